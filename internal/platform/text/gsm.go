package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// GSM returns a text in the letters of the GSM 7-bit alphabet (3GPP TS 23.038), so
// that a name in any script never turns a text message of one segment into three:
// without the accents that the alphabet lacks, with the plain forms of quotes, dashes
// and letters that it has none of, and with a question mark for what has no plain form.
func GSM(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		plain := inGSM(r)
		if plain == "" && !unicode.Is(unicode.Mn, r) {
			plain = "?"
		}
		b.WriteString(plain)
	}
	return b.String()
}

// LostInGSM returns the characters for which GSM has but a question mark, each once.
func LostInGSM(s string) string {
	var lost strings.Builder
	for _, r := range norm.NFC.String(s) {
		if inGSM(r) == "" && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune(lost.String(), r) {
			lost.WriteRune(r)
		}
	}
	return lost.String()
}

// inGSM returns a character in letters of the alphabet, empty if there are none. What
// takes two places there is left out but for the euro, which has no other sign.
func inGSM(r rune) string {
	switch {
	case r >= ' ' && r <= '~' && !strings.ContainsRune("`^{}[]~|\\", r), strings.ContainsRune("éèùìòÇØøÅåÆæßÉÄÖÑÜäöñüà£¥§¡¿€", r):
		return string(r)
	case plainForms[r] != "":
		return plainForms[r]
	case unicode.Is(unicode.Pd, r): // every other dash
		return "-"
	case unicode.Is(unicode.Zs, r): // every other space
		return " "
	}
	apart := norm.NFKD.String(string(r))
	if apart == string(r) {
		return ""
	}
	var b strings.Builder
	for _, part := range apart {
		if unicode.Is(unicode.Mn, part) {
			continue
		}
		plain := inGSM(part)
		if plain == "" {
			return ""
		}
		b.WriteString(plain)
	}
	return b.String()
}

// plainForms are of what Unicode does not take apart, or takes apart into something
// with another sense.
var plainForms = map[rune]string{
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '´': "'", '`': "'", 'ʼ': "'", 'ʻ': "'", '‹': "'", '›': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '″': `"`, '«': `"`, '»': `"`,
	'−': "-", '~': "-", '•': "-", '·': "-", '…': "...", '⁄': "/", '|': "/", '\\': "/", '¦': "/",
	'{': "(", '[': "(", '}': ")", ']': ")",
	'Ł': "L", 'ł': "l", 'Đ': "D", 'đ': "d", 'Ð': "D", 'ð': "d", 'Þ': "Th", 'þ': "th", 'ı': "i", 'Œ': "OE", 'œ': "oe", 'Ħ': "H", 'ħ': "h", 'ẞ': "SS",
	'©': "(c)", '®': "(R)", '×': "x",
}

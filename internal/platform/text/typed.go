package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Typed returns what a person typed or pasted, as it would look on a plain keyboard:
// every digit as one of ASCII's, full-width characters as the usual ones, every dash
// as a hyphen and every space as a space, without characters that nobody sees and
// without spaces around it.
func Typed(s string) string {
	return strings.TrimSpace(strings.Map(plain, width.Fold.String(s)))
}

// Code returns the characters of a code that a person typed or pasted, without what
// it was written in groups with: spaces and dashes.
func Code(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, Typed(s))
}

// plain returns the plain character that stands for r, or -1 for none.
func plain(r rune) rune {
	switch {
	case r < unicode.MaxASCII && r >= ' ':
		return r
	case unicode.IsSpace(r), unicode.Is(unicode.Zs, r):
		return ' '
	case hides(r) && !unicode.IsControl(r):
		return -1
	case unicode.Is(unicode.Nd, r):
		return '0' + digit(r)
	case unicode.Is(unicode.Pd, r), strings.ContainsRune("\u2212\u30fc\u2043\u02d7", r):
		return '-'
	default:
		return r
	}
}

// digit returns the value of a decimal digit of any script. Unicode has the ten of a
// script in order, each ten behind the other where a range has several.
func digit(r rune) rune {
	for _, in := range unicode.Nd.R16 {
		if first := rune(in.Lo); first <= r && r <= rune(in.Hi) {
			return (r - first) % 10
		}
	}
	for _, in := range unicode.Nd.R32 {
		if first := rune(in.Lo); first <= r && r <= rune(in.Hi) { //nolint:gosec // no character is that large
			return (r - first) % 10
		}
	}
	return 0
}

// letters are those that Unicode takes apart nowhere, and that people who look
// for the name write as its plain letters. Apostrophes are left out: which one a
// keyboard has depends on the keyboard.
var letters = strings.NewReplacer(
	"ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ŧ", "t",
	"ß", "ss", "æ", "ae", "œ", "oe", "þ", "th",
	"'", "", "’", "", "‘", "", "ʼ", "", "ʻ", "", "′", "", "`", "", "´", "",
)

// Fold returns the form in which names and other texts are compared: that of Typed,
// lowercase, without accents and apostrophes, single spaces inside.
func Fold(s string) string {
	if s == "" {
		return s
	}
	stripped, _, err := transform.String(
		transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ReplaceAll(s, "´", ""))
	if err != nil {
		stripped = s
	}
	return strings.Join(strings.Fields(letters.Replace(strings.ToLower(Typed(stripped)))), " ")
}

// Composed returns a text in the one form in which equal letters are equal bytes
// (Unicode's NFC): keyboards and systems differ in how they compose accents.
func Composed(s string) string { return norm.NFC.String(s) }

package user

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// The length of a password, in characters. Every sign-in wants a second factor, too.
const (
	ShortestPassword = 12
	LongestPassword  = 200
)

// besidesKnown is how much of a password must be left once the words that are known of
// its user are taken out of it.
const besidesKnown = 8

//go:embed commonpasswords.txt
var commonPasswords string

var commonOnes = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(commonPasswords) {
		if word := strings.TrimSpace(line); word != "" && word[0] != '#' {
			all[word] = true
		}
	}
	return all
})

// Hashed returns the form of a password that is hashed: the letters that a keyboard or
// a system composes in another way are the same ones.
func Hashed(password string) string { return text.Composed(password) }

// Typed returns what a password that was typed may have been hashed from, Hashed first.
// Passwords that were set before they were composed were hashed as they were typed, so
// there are two where that is not the same: as many for whatever account, so that the
// time that checking takes says nothing.
func Typed(password string) []string {
	if hashed := Hashed(password); hashed != password {
		return []string{hashed, password}
	}
	return []string{password}
}

// CheckPassword answers INVALID_INPUT at a field for a password that is not good
// enough: it is to be long, and not what everybody, or everybody who knows the
// user, would try first. It asks for no mixture of characters (NIST SP 800-63B-4,
// 3.1.1.2). What is compared is folded: nobody makes a password good by accents, by
// full-width letters or by an apostrophe.
// known are words that whoever attacks the user knows: the institution's name,
// the user's name and email address.
func CheckPassword(field, password string, known ...string) error {
	password = Hashed(password)
	if n := utf8.RuneCountInString(password); n < ShortestPassword || n > LongestPassword || !utf8.ValidString(password) {
		return fault.Invalid(field, "A password has %d to %d characters.", ShortestPassword, LongestPassword)
	}
	folded := text.Fold(password)
	switch {
	case isCommon(folded):
		return fault.Invalid(field, "This password is one of the first that anybody would try. Choose another one, such as four words that have nothing to do with each other.")
	case utf8.RuneCountInString(withoutKnown(folded, known)) < besidesKnown:
		return fault.Invalid(field, "This password is little more than your own name, your address or your bank's. Choose another one.")
	}
	return nil
}

// isCommon reports whether a password is listed, by itself or once more, or with
// nothing but digits and signs around it, or has next to no different characters.
func isCommon(folded string) bool {
	different := map[rune]bool{}
	for _, r := range folded {
		different[r] = true
	}
	core := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(different) < 5 || commonOnes()[folded] || commonOnes()[core] || commonOnes()[unrepeated(core)] || core == ""
}

// unrepeated returns the text that another one repeats, or the text itself.
func unrepeated(s string) string {
	if s == "" {
		return s
	}
	return s[:strings.Index((s + s)[1:], s)+1]
}

// withoutKnown takes the words out of a password, in the parts that people make of
// them. Short parts would be found in anything.
func withoutKnown(folded string, known []string) string {
	for _, word := range known {
		for _, part := range strings.FieldsFunc(text.Fold(text.Shown(word)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(part) >= 3 {
				folded = strings.ReplaceAll(folded, part, "")
			}
		}
	}
	return folded
}

package user

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/platform/fault"
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

// CheckPassword answers INVALID_INPUT at a field for a password that is not good
// enough: it is to be long, and not what everybody, or everybody who knows the
// user, would try first. It asks for no mixture of characters (NIST SP 800-63B-4,
// 3.1.1.2).
// known are words that whoever attacks the user knows: the institution's name,
// the user's name and email address.
func CheckPassword(field, password string, known ...string) error {
	if n := utf8.RuneCountInString(password); n < ShortestPassword || n > LongestPassword || !utf8.ValidString(password) {
		return fault.Invalid(field, "A password has %d to %d characters.", ShortestPassword, LongestPassword)
	}
	lower := strings.ToLower(password)
	switch {
	case isCommon(lower):
		return fault.Invalid(field, "This password is one of the first that anybody would try. Choose another one, such as four words that have nothing to do with each other.")
	case utf8.RuneCountInString(withoutKnown(lower, known)) < besidesKnown:
		return fault.Invalid(field, "This password is little more than your own name, your address or your bank's. Choose another one.")
	}
	return nil
}

// isCommon reports whether a password is listed, by itself or once more, or with
// nothing but digits and signs around it, or has next to no different characters.
func isCommon(lower string) bool {
	different := map[rune]bool{}
	for _, r := range lower {
		different[r] = true
	}
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(different) < 5 || commonOnes()[lower] || commonOnes()[core] || commonOnes()[unrepeated(core)] || core == ""
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
func withoutKnown(lower string, known []string) string {
	for _, word := range known {
		for _, part := range strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(part) >= 3 {
				lower = strings.ReplaceAll(lower, part, "")
			}
		}
	}
	return lower
}

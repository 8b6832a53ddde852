// Package password says which passwords are good enough: long ones that are not
// what everybody, or everybody who knows the user, would try first. It asks for
// no mixture of characters (NIST SP 800-63B-4, 3.1.1.2).
package password

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// The length, in characters. Every sign-in wants a second factor, too.
const (
	Shortest = 12
	Longest  = 200
)

// padded is how much of a password must be left once the words that are known of
// its user are taken out of it.
const padded = 8

//go:embed common.txt
var list string

var common = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(list) {
		if word := strings.TrimSpace(line); word != "" && word[0] != '#' {
			all[word] = true
		}
	}
	return all
})

// Check answers INVALID_INPUT at a field for a password that is not good enough.
// known are words that whoever attacks the user knows: the institution's name,
// the user's name and email address.
func Check(field, password string, known ...string) error {
	if n := utf8.RuneCountInString(password); n < Shortest || n > Longest || !utf8.ValidString(password) {
		return fault.Invalid(field, "A password has %d to %d characters.", Shortest, Longest)
	}
	lower := strings.ToLower(password)
	switch {
	case isCommon(lower):
		return fault.Invalid(field, "This password is one of the first that anybody would try. Choose another one, such as four words that have nothing to do with each other.")
	case utf8.RuneCountInString(without(lower, known)) < padded:
		return fault.Invalid(field, "This password is little more than your own name, your address or your bank's. Choose another one.")
	}
	return nil
}

// isCommon tells whether a password is listed, by itself or once more, or with
// nothing but digits and signs around it, or has next to no different characters.
func isCommon(lower string) bool {
	different := map[rune]bool{}
	for _, r := range lower {
		different[r] = true
	}
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(different) < 5 || common()[lower] || common()[core] || common()[once(core)] || core == ""
}

// once gives what a text is a repetition of, or the text itself.
func once(s string) string {
	if s == "" {
		return s
	}
	return s[:strings.Index((s + s)[1:], s)+1]
}

// without takes the words out of a password, in the parts that people make of
// them. Short parts would be found in anything.
func without(lower string, known []string) string {
	for _, word := range known {
		for _, part := range strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(part) >= 3 {
				lower = strings.ReplaceAll(lower, part, "")
			}
		}
	}
	return lower
}

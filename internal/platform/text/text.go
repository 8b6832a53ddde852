// Package text knows which characters people may put into what others read: a name
// that turns its line around, or shows nothing, makes one user look like another.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// IsLine reports whether s is one line that shows all it holds: valid UTF-8 of
// longest characters at most, without control characters, controls of the direction
// of writing (Unicode's bidi controls), or characters that nobody sees. The two
// joiners, which Persian and Indic names are spelled with, may stand between others.
// The empty line is one.
func IsLine(s string, longest int) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > longest {
		return false
	}
	joins := true // so that no joiner stands first
	for _, r := range s {
		joiner := r == zeroWidthJoiner || r == zeroWidthNonJoiner
		if hides(r) && !joiner || joiner && joins {
			return false
		}
		joins = joiner
	}
	return s == "" || !joins
}

// IsName reports whether s is a line of 1 to longest characters that somebody can
// read: one of them at least is a letter, a digit or a sign.
func IsName(s string, longest int) bool {
	return IsLine(s, longest) && strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.N, unicode.P, unicode.S}, r) && !hides(r)
	})
}

// hides reports whether a character changes how others are shown, or is not shown.
func hides(r rune) bool {
	return unicode.IsOneOf([]*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point}, r)
}

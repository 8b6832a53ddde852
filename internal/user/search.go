package user

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/factordesk/factordesk/internal/platform/phone"
)

// Terms returns what a search may begin with to find the user by name or address.
func (u User) Terms() []string {
	first, last := Normalize(u.FirstName), Normalize(u.LastName)
	return []string{first + " " + last, last + " " + first, Normalize(u.Email)}
}

// PhoneTerms returns what a search may begin with to find the owner of a number.
func PhoneTerms(number string) []string {
	return append(phone.National(number), strings.TrimPrefix(number, "+"))
}

// letters are those that Unicode takes apart nowhere, and that people who look
// for the name write as its plain letters.
var letters = strings.NewReplacer(
	"ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ŧ", "t",
	"ß", "ss", "æ", "ae", "œ", "oe", "þ", "th",
)

// Normalize returns the form in which names are compared: lowercase, without
// accents and outer spaces, single spaces inside.
func Normalize(s string) string {
	if s == "" {
		return s
	}
	stripped, _, err := transform.String(
		transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		stripped = s
	}
	return strings.Join(strings.Fields(letters.Replace(strings.ToLower(stripped))), " ")
}

// prefix returns the beginning that terms are compared with. What looks like a
// phone number is reduced to its digits.
func prefix(search string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" +-().\u00a0\u2011", r) {
			return -1
		}
		return r
	}, search)
	if digits != "" && strings.Trim(digits, "0123456789") == "" {
		return digits
	}
	return Normalize(search)
}

// after returns the smallest string greater than every string that begins with p.
func after(p string) string {
	return p + "\U0010FFFF"
}

// Package phone reads, checks, formats and masks telephone numbers. Inside
// Factordesk a number is always E.164: a plus sign and digits.
package phone

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Valid reports whether s is a possible number in E.164. Whether it is assigned
// to anyone only a look-up at the provider can say.
func Valid(s string) bool {
	if !e164.MatchString(s) {
		return false
	}
	n, err := phonenumbers.Parse(s, "")
	return err == nil && phonenumbers.IsPossibleNumber(n)
}

// Parse returns the E.164 form of what a person typed, which begins with the
// country code, with or without spaces, hyphens, dots and brackets:
// INVALID_INPUT for the named field otherwise.
func Parse(field, s string) (string, error) {
	invalid := fault.Invalid(field, "Give a phone number with its country code, such as +12025550101.")
	if len(s) > 40 {
		return "", invalid
	}
	compact := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "", "\u00a0", "").Replace(s)
	if !Valid(compact) {
		return "", invalid
	}
	return compact, nil
}

// Mask shows the last four digits only.
func Mask(number string) string {
	if len(number) <= 4 {
		return "••••"
	}
	return "••• " + number[len(number)-4:]
}

// National returns the digits of a number without its country code, for searching:
// as they are, and as they are dialled at home where that is with a zero before
// them. It returns none for what is no number.
func National(number string) []string {
	n, err := phonenumbers.Parse(number, "")
	if err != nil {
		return nil
	}
	digits := []string{phonenumbers.GetNationalSignificantNumber(n)}
	dialled := phonenumbers.NormalizeDigitsOnly(phonenumbers.Format(n, phonenumbers.NATIONAL))
	if dialled != digits[0] {
		digits = append(digits, dialled)
	}
	return digits
}

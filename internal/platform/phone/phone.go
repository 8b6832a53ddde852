// Package phone reads, checks, formats and masks telephone numbers. Inside
// Factordesk a number is always E.164, a plus sign and digits, as the library of
// numbering plans writes it: whichever way people type it, it is one number.
package phone

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
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

// longest is how long what is typed may be, in bytes.
const longest = 120

// written is a number as people write it, once it is plain: all there is in it are
// digits and what they are written in groups with.
var written = regexp.MustCompile(`^(?i:tel:)?\+?[0-9 ()\[\]./~-]+$`)

// Parse returns the E.164 form of what a person typed or pasted: with its country code,
// which begins with + or 00, or as it is dialled within a country (ISO 3166, two
// letters; empty for none): INVALID_INPUT for the named field otherwise.
func Parse(field, s, country string) (string, error) {
	plain := text.Typed(s)
	if len(s) <= longest && written.MatchString(plain) {
		for _, typed := range []string{plain, international(plain)} {
			if n, err := phonenumbers.Parse(typed, country); err == nil && phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE {
				return phonenumbers.Format(n, phonenumbers.E164), nil
			}
		}
	}
	return "", fault.Invalid(field, "Give a phone number with its country code, such as +12025550101.")
}

// international returns a number with a plus for the 00 that some countries dial
// before a country code.
func international(plain string) string {
	if rest, ok := strings.CutPrefix(plain, "00"); ok {
		return "+" + rest
	}
	return plain
}

// IsCountry reports whether a country (ISO 3166, two letters) has numbers.
func IsCountry(country string) bool { return phonenumbers.GetSupportedRegions()[country] }

// Country returns the country of a number in E.164; empty where the number has none, or
// one that nobody knows.
func Country(number string) string {
	n, err := phonenumbers.Parse(number, "")
	if err != nil {
		return ""
	}
	if country := phonenumbers.GetRegionCodeForNumber(n); IsCountry(country) {
		return country
	}
	if country := phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode())); IsCountry(country) {
		return country
	}
	return ""
}

// Format returns a number in E.164 as people read it, with its country code and in
// groups; what is no number, such as the name of a sender, as it is.
func Format(number string) string {
	if !e164.MatchString(number) {
		return number
	}
	n, err := phonenumbers.Parse(number, "")
	if err != nil {
		return number
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// Mask shows the last four digits only.
func Mask(number string) string {
	if len(number) <= 4 {
		return "••••"
	}
	return "••• " + number[len(number)-4:]
}

// shortestEnding is how many digits of a number's end find it.
const shortestEnding = 4

// Endings returns by what digits a number is found: all of them, each ending of four
// digits or more, and the number as it is dialled at home where that is with another
// digit before it.
func Endings(number string) []string {
	all := strings.TrimPrefix(number, "+")
	endings := []string{all}
	for i := 1; i <= len(all)-shortestEnding; i++ {
		endings = append(endings, all[i:])
	}
	n, err := phonenumbers.Parse(number, "")
	if err != nil {
		return endings
	}
	if dialled := phonenumbers.NormalizeDigitsOnly(phonenumbers.Format(n, phonenumbers.NATIONAL)); !strings.HasSuffix(all, dialled) {
		endings = append(endings, dialled)
	}
	return endings
}

// trunk is the zero that is dialled at home only, behind a country code.
var trunk = regexp.MustCompile(`^(\+[0-9]{1,3} *)[(\[]0[)\]]`)

// Digits returns the digits of a number, or of the part of one, that somebody looks
// for; ok is false for what is none. Of a number with its country code they are those
// of E.164.
func Digits(typed string) (digits string, ok bool) {
	plain := text.Typed(typed)
	if !written.MatchString(plain) {
		return "", false
	}
	plain = trunk.ReplaceAllString(international(plain), "$1")
	if strings.HasPrefix(plain, "+") {
		if number, err := Parse("", plain, ""); err == nil {
			plain = number
		}
	}
	digits = phonenumbers.NormalizeDigitsOnly(plain)
	return digits, digits != ""
}

package twiliosandbox

import (
	"regexp"
	"slices"
	"strings"
)

// Reasons why a number isn't valid, in Lookup's words.
const (
	tooShort           = "TOO_SHORT"
	tooLong            = "TOO_LONG"
	invalidButPossible = "INVALID_BUT_POSSIBLE"
	invalidCountryCode = "INVALID_COUNTRY_CODE"
	notANumber         = "NOT_A_NUMBER"
)

// phoneNumber is what a numbering plan says of a number.
type phoneNumber struct {
	callingCode, country, national string
	valid                          bool
	problem                        string
}

// region is a country's part of a numbering plan.
type region struct {
	country string
	lengths string // of the national number: "10" or "9-11"; "" is 5-12
	trunk   string // dialled before the national number at home
}

// regions holds the calling codes that a desk meets most, and enough of the
// others that a number of theirs isn't called impossible.
var regions = map[string]region{
	"1": {"US", "10", ""}, "7": {"RU", "10", "8"}, "20": {"EG", "8-10", "0"}, "27": {"ZA", "9", "0"},
	"30": {"GR", "10", ""}, "31": {"NL", "9", "0"}, "32": {"BE", "8-9", "0"}, "33": {"FR", "9", "0"},
	"34": {"ES", "9", ""}, "36": {"HU", "8-9", "06"}, "39": {"IT", "6-11", ""}, "40": {"RO", "9", "0"},
	"41": {"CH", "9", "0"}, "43": {"AT", "4-13", "0"}, "44": {"GB", "9-10", "0"}, "45": {"DK", "8", ""},
	"46": {"SE", "7-10", "0"}, "47": {"NO", "8", ""}, "48": {"PL", "9", ""}, "49": {"DE", "5-13", "0"},
	"51": {"PE", "8-9", "0"}, "52": {"MX", "10", ""}, "53": {"CU", "8", "0"}, "54": {"AR", "10-11", "0"}, "55": {"BR", "10-11", "0"},
	"56": {"CL", "9", ""}, "57": {"CO", "10", ""}, "58": {"VE", "10", "0"}, "60": {"MY", "8-10", "0"},
	"61": {"AU", "9", "0"}, "62": {"ID", "8-12", "0"}, "63": {"PH", "8-10", "0"}, "64": {"NZ", "8-10", "0"},
	"65": {"SG", "8", ""}, "66": {"TH", "8-9", "0"}, "81": {"JP", "9-10", "0"}, "82": {"KR", "8-10", "0"},
	"84": {"VN", "9-10", "0"}, "86": {"CN", "10-11", "0"}, "90": {"TR", "10", "0"}, "91": {"IN", "10", "0"},
	"92": {"PK", "9-10", "0"}, "93": {"AF", "9", "0"}, "94": {"LK", "9", "0"}, "95": {"MM", "8-10", "0"}, "98": {"IR", "10", "0"}, "212": {"MA", "9", "0"},
	"213": {"DZ", "8-9", "0"}, "216": {"TN", "8", ""}, "233": {"GH", "9", "0"}, "234": {"NG", "8-10", "0"},
	"254": {"KE", "9", "0"}, "255": {"TZ", "9", "0"}, "256": {"UG", "9", "0"}, "351": {"PT", "9", ""},
	"352": {"LU", "6-11", ""}, "353": {"IE", "7-9", "0"}, "354": {"IS", "7", ""}, "356": {"MT", "8", ""},
	"357": {"CY", "8", ""}, "358": {"FI", "5-12", "0"}, "359": {"BG", "7-9", "0"}, "370": {"LT", "8", "0"},
	"371": {"LV", "8", ""}, "372": {"EE", "7-8", ""}, "380": {"UA", "9", "0"}, "381": {"RS", "8-9", "0"},
	"385": {"HR", "8-9", "0"}, "386": {"SI", "8", "0"}, "420": {"CZ", "9", ""}, "421": {"SK", "9", "0"},
	"502": {"GT", "8", ""}, "503": {"SV", "8", ""}, "504": {"HN", "8", ""}, "506": {"CR", "8", ""},
	"507": {"PA", "7-8", ""}, "591": {"BO", "8", "0"}, "593": {"EC", "8-9", "0"}, "595": {"PY", "9", "0"},
	"598": {"UY", "8", "0"}, "852": {"HK", "8", ""}, "853": {"MO", "8", ""}, "855": {"KH", "8-9", "0"},
	"880": {"BD", "10", "0"}, "886": {"TW", "8-9", "0"}, "962": {"JO", "8-9", "0"}, "965": {"KW", "8", ""},
	"966": {"SA", "9", "0"}, "968": {"OM", "8", ""}, "971": {"AE", "8-9", "0"}, "972": {"IL", "8-9", "0"},
	"973": {"BH", "8", ""}, "974": {"QA", "8", ""}, "977": {"NP", "8-10", "0"}, "995": {"GE", "9", "0"},
}

var (
	canada = strings.Fields(`204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437
		438 450 460 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782
		807 819 825 867 873 879 902 905`)
	nanp = regexp.MustCompile(`^[2-9]\d\d[2-9]\d{6}$`)
	plus = regexp.MustCompile(`^\+\d+$`)
	e164 = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
)

// number writes a number in E.164 as Twilio does: without spaces and brackets,
// ten digits being North American.
func number(text string) string {
	digits := strings.NewReplacer(" ", "", "(", "", ")", "", "-", "", ".", "").Replace(text)
	bare := strings.TrimPrefix(digits, "+")
	switch {
	case bare == "" || strings.Trim(bare, "0123456789") != "":
		return text
	case bare == digits && len(digits) == 10:
		return "+1" + digits
	case bare == digits && len(digits) < 10:
		return text
	}
	return "+" + bare
}

// readNumber reads an E.164 number by its plan.
func readNumber(text string) phoneNumber {
	if !plus.MatchString(text) {
		return phoneNumber{problem: notANumber}
	}
	digits := text[1:]
	for length := min(3, len(digits)); length > 0; length-- {
		if r, ok := regions[digits[:length]]; ok {
			return r.read(digits[:length], digits[length:])
		}
	}
	switch {
	case len(digits) < 7:
		return phoneNumber{problem: tooShort}
	case !assigned(digits):
		return phoneNumber{problem: invalidCountryCode}
	}
	return region{}.read(digits[:3], digits[3:])
}

// assigned reports whether a calling code of three digits may exist outside regions.
func assigned(digits string) bool {
	switch digits[:2] {
	case "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68", "69", "85", "88", "96", "97", "99":
		return digits[:3] != "210" && digits[:3] != "999"
	}
	return false
}

func (r region) read(code, national string) phoneNumber {
	n := phoneNumber{callingCode: code, country: r.country, national: national}
	n.problem = r.measure(len(national))
	if code == "1" && n.problem == "" {
		if slices.Contains(canada, national[:3]) {
			n.country = "CA"
		}
		if !nanp.MatchString(national) || national[1:3] == "11" || national[4:6] == "11" {
			n.problem = invalidButPossible
		}
	}
	n.valid = n.problem == ""
	return n
}

// measure compares a length with the plan's.
func (r region) measure(length int) string {
	least, most := 5, 12
	if r.lengths != "" {
		from, to, isRange := strings.Cut(r.lengths, "-")
		least = atoi(from)
		if most = least; isRange {
			most = atoi(to)
		}
	}
	switch {
	case length < least:
		return tooShort
	case length > most:
		return tooLong
	}
	return ""
}

func atoi(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}

// nationalFormat writes a valid number as people write it at home.
func nationalFormat(text string) string {
	n := readNumber(text)
	if !n.valid {
		return strings.TrimPrefix(text, "+")
	}
	switch n.callingCode {
	case "1":
		return "(" + n.national[:3] + ") " + n.national[3:6] + "-" + n.national[6:]
	case "44":
		return britishFormat(n.national)
	case "33":
		return "0" + group(n.national, 1, 2, 2, 2, 2)
	}
	return regions[n.callingCode].trunk + group(n.national, 3, 3, 4)
}

func britishFormat(national string) string {
	switch {
	case len(national) < 10:
		return "0" + group(national, 3, 6)
	case national[0] == '2':
		return "0" + group(national, 2, 4, 4)
	case national[0] == '7':
		return "0" + group(national, 4, 6)
	case national[0] != '1', national[1] == '1', national[2] == '1':
		return "0" + group(national, 3, 3, 4)
	}
	return "0" + group(national, 4, 6)
}

// group splits digits into groups of the given sizes; the last takes the rest.
func group(digits string, sizes ...int) string {
	var groups []string
	for i, size := range sizes {
		if len(digits) <= size || i == len(sizes)-1 {
			break
		}
		groups = append(groups, digits[:size])
		digits = digits[size:]
	}
	return strings.Join(append(groups, digits), " ")
}

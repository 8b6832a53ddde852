package phone

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestParse(t *testing.T) {
	t.Run("returns E.164 for what people type and paste", func(t *testing.T) {
		for _, test := range []struct{ typed, country, want string }{
			{"+12025550101", "", "+12025550101"},
			{"+1 202 555 0101", "", "+12025550101"},
			{"+1 (202) 555-0101", "GB", "+12025550101"},
			{"+1.202.555.0101", "", "+12025550101"},
			{"+1\u00a0202\u00a0555\u00a00101", "", "+12025550101"},
			{" +44 7700 900104 ", "", "+447700900104"},
			{"+1" + strings.Repeat(" ", 40) + "2025550101", "", "+12025550101"},
			{"+44 (0)7700 900104", "US", "+447700900104"},
			{"+44 [0] 7700 900104", "US", "+447700900104"},
			{"0044 7700 900104", "US", "+447700900104"},
			{"0044 (0)7700 900104", "US", "+447700900104"},
			{"00 44 7700-900104", "GB", "+447700900104"},
			{"011 44 7700 900104", "US", "+447700900104"},
			{"0011 44 7700 900104", "AU", "+447700900104"},
			{"0044 7700 900104", "AU", "+447700900104"},
			{"0012025550101", "", "+12025550101"},
			{"\u202a+44 7700 900104\u202c", "US", "+447700900104"},
			{"\u200e+44\u20097700\u2011900\u2013104\ufeff", "US", "+447700900104"},
			{"＋４４　７７００　９００１０４", "US", "+447700900104"},
			{"+٤٤ ٧٧٠٠ ٩٠٠١٠٤", "US", "+447700900104"},
			{"tel:+44-7700-900104", "US", "+447700900104"},
			{"07700 900104", "GB", "+447700900104"},
			{"(07700) 900 104", "GB", "+447700900104"},
			{"2025550102", "US", "+12025550102"},
			{"(202) 555-0102", "US", "+12025550102"},
			{"1 202 555 0102", "US", "+12025550102"},
			{"+49 (0)171 3920012", "US", "+491713920012"},
			{"+49 0171/3920012", "US", "+491713920012"},
			{"0171 39200-12", "DE", "+491713920012"},
			{"+44 (0)20 7946 0018", "US", "+442079460018"},
			{"+39 06 5550 1234", "US", "+390655501234"}, // Italy keeps its zero
		} {
			if got, err := Parse("phoneNumber", test.typed, test.country); err != nil || got != test.want {
				t.Errorf("%+q in %s gives %q, %v", test.typed, test.country, got, err)
			}
		}
	})

	t.Run("gives a number back as it is", func(t *testing.T) {
		for _, number := range []string{"+12025550101", "+447700900104", "+491713920012", "+390655501234", "+442079460018"} {
			for _, country := range []string{"", "US", "GB", "IT"} {
				if got, err := Parse("phoneNumber", number, country); err != nil || got != number {
					t.Errorf("%s in %s gives %q, %v", number, country, got, err)
				}
			}
		}
	})

	t.Run("refuses what is no number, and names the field", func(t *testing.T) {
		for _, test := range []struct{ typed, country string }{
			{"", "US"},
			{"+", "US"},
			{"ann", "US"},
			{"2025550101", ""},
			{"12025550101", ""},
			{"5550101", "US"},
			{"+0 202 555 0101", "US"},
			{"+1202555010", "US"},
			{"+120255501011", "US"},
			{"+12025550101 ext. 5", "US"},
			{"+1202555O101", "US"},
			{"1-800-FLOWERS", "US"},
			{"+12025550101\x01", "US"},
			{"++12025550101", "US"},
			{"+999 202 555 0101", "US"},
			{"+1" + strings.Repeat(" ", 120) + "2025550101", "US"},
			{"+12025550101 / +12025550102", "US"},
		} {
			_, err := Parse("phoneNumber", test.typed, test.country)
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "phoneNumber" {
				t.Errorf("%+q in %s: %v", test.typed, test.country, err)
			}
		}
	})
}

func TestValid(t *testing.T) {
	for number, want := range map[string]bool{
		"+12025550101": true, "+447700900104": true,
		"+1 202 555 0101": false, "12025550101": false, "": false, "+1": false, "+12025550101\n": false,
	} {
		if Valid(number) != want {
			t.Errorf("%q: %v, want %v", number, !want, want)
		}
	}
}

func TestCountry(t *testing.T) {
	for number, want := range map[string]string{
		"+12025550101": "US", "+447700900104": "GB", "+491713920012": "DE", "+442079460018": "GB", "+80012345678": "", "Harbor": "", "": "",
	} {
		if got := Country(number); got != want {
			t.Errorf("%q is of %q, want %q", number, got, want)
		}
	}
	for country, want := range map[string]bool{"US": true, "GB": true, "gb": false, "XX": false, "": false, "001": false} {
		if IsCountry(country) != want {
			t.Errorf("%q: %t", country, !want)
		}
	}
}

func TestFormat(t *testing.T) {
	for number, want := range map[string]string{
		"+12025550101": "+1 202-555-0101", "+447700900104": "+44 7700 900104", "+491713920012": "+49 171 3920012", "Harbor": "Harbor", "12345": "12345", "": "",
	} {
		if got := Format(number); got != want {
			t.Errorf("%q is shown as %q, want %q", number, got, want)
		}
	}
}

func TestMask(t *testing.T) {
	for number, want := range map[string]string{
		"+12025550101": "••• 0101", "+447700900104": "••• 0104", "0101": "••••", "1": "••••", "": "••••",
	} {
		if got := Mask(number); got != want {
			t.Errorf("%q is shown as %q, want %q", number, got, want)
		}
	}
}

func TestEndings(t *testing.T) {
	got := Endings("+447700900104")
	for _, want := range []string{"447700900104", "7700900104", "07700900104", "900104", "0104"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not among %q", want, got)
		}
	}
	if slices.Contains(got, "104") {
		t.Errorf("three digits are among %q", got)
	}
	if got := Endings("+12025550101"); len(got) != 8 {
		t.Errorf("an ending twice, or too few: %q", got)
	}
}

func TestDigits(t *testing.T) {
	for typed, want := range map[string]string{
		"0102": "0102", "555-0102": "5550102", "(202) 555\u20110102": "2025550102", "+44 (0)7700 900104": "447700900104", "0044 7700": "447700",
		"+44 07700 900104": "447700900104", "+44 (0)7700": "447700", "٠١٠٢": "0102", "\u202a0102\u202c": "0102", "07700 900104": "07700900104", "0": "0",
	} {
		if got, ok := Digits(typed); !ok || got != want {
			t.Errorf("%+q: %q, %t, want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "ann", "0102a", "-", "a@0102"} {
		if got, ok := Digits(typed); ok {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

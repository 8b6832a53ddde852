package phone

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestParse(t *testing.T) {
	t.Run("returns E.164 for what people type", func(t *testing.T) {
		for typed, want := range map[string]string{
			"+12025550101":                   "+12025550101",
			"+1 202 555 0101":                "+12025550101",
			"+1 (202) 555-0101":              "+12025550101",
			"+1.202.555.0101":                "+12025550101",
			"+1\u00a0202\u00a0555\u00a00101": "+12025550101",
			" +44 7700 900104 ":              "+447700900104",
		} {
			if got, err := Parse("phoneNumber", typed); err != nil || got != want {
				t.Errorf("%q gives %q, %v", typed, got, err)
			}
		}
	})

	t.Run("refuses what is no number with its country code, and names the field", func(t *testing.T) {
		for _, typed := range []string{
			"", "+", "ann", "2025550101", "12025550101", "0012025550101", "+0 202 555 0101", "+1202555010", "+120255501011",
			"+12025550101 ext. 5", "+1202555O101", "+１２０２５５５０１０１", "+12025550101\x00", "++12025550101", "tel:+12025550101",
			"+999 202 555 0101", "+1" + strings.Repeat(" ", 40) + "2025550101",
		} {
			_, err := Parse("phoneNumber", typed)
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "phoneNumber" {
				t.Errorf("%q: %v", typed, err)
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

func TestMask(t *testing.T) {
	for number, want := range map[string]string{
		"+12025550101": "••• 0101", "+447700900104": "••• 0104", "0101": "••••", "1": "••••", "": "••••",
	} {
		if got := Mask(number); got != want {
			t.Errorf("%q is shown as %q, want %q", number, got, want)
		}
	}
}

func TestNational(t *testing.T) {
	for number, want := range map[string][]string{
		"+12025550101":  {"2025550101"},
		"+447700900104": {"7700900104", "07700900104"},
		"no number":     nil,
	} {
		if got := National(number); !slices.Equal(got, want) {
			t.Errorf("%s at home is %q, want %q", number, got, want)
		}
	}
}

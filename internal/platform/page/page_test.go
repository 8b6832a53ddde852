package page

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestDecode(t *testing.T) {
	t.Run("returns the key that was encoded", func(t *testing.T) {
		for _, key := range [][]string{
			{"archer ann", "usr_1"}, {"", ""}, {`"quoted"`, "[1]"}, {"naïve 🙂", "\t\n"}, {"one"}, {"a", "b", "c"},
		} {
			got, err := Decode(Encode(key...), len(key))

			if err != nil || !slices.Equal(got, key) {
				t.Errorf("%q comes back as %q, %v", key, got, err)
			}
		}
	})

	t.Run("refuses what no page gave", func(t *testing.T) {
		encode := base64.RawURLEncoding.EncodeToString
		for name, c := range map[string]string{
			"nothing":                "",
			"no Base64":              "!!",
			"padded Base64":          Encode("a", "b") + "==",
			"no JSON":                encode([]byte("a,b")),
			"a string":               encode([]byte(`"ab"`)),
			"numbers":                encode([]byte(`[1,2]`)),
			"null":                   encode([]byte(`null`)),
			"more than one value":    encode([]byte(`["a","b"]["c"]`)),
			"too few parts":          Encode("a"),
			"too many parts":         Encode("a", "b", "c"),
			"a NUL, which SQL lacks": Encode("a", "b\x00"),
			"more than 2048 bytes":   Encode(strings.Repeat("a", 2048), "b"),
		} {
			_, err := Decode(c, 2)

			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Code != fault.InvalidInput || f.Field != "after" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})

	t.Run("returns text that is valid UTF-8, whatever was put in", func(t *testing.T) {
		got, err := Decode(base64.RawURLEncoding.EncodeToString([]byte("[\"\xff\",\"b\"]")), 2)

		if err != nil || !slices.Equal(got, []string{"\ufffd", "b"}) {
			t.Errorf("got %q", got)
		}
	})
}

func TestTime(t *testing.T) {
	t.Run("comes back to the microsecond, in UTC", func(t *testing.T) {
		for _, given := range []time.Time{
			time.Date(2026, 3, 4, 5, 6, 7, 891_234_000, time.UTC),
			time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
			time.Date(2026, 3, 4, 7, 6, 7, 500_000_000, time.FixedZone("", 2*60*60)),
		} {
			got, err := ParseTime(Time(given))

			if err != nil || !got.Equal(given) || got.Location() != time.UTC {
				t.Errorf("%s comes back as %s, %v", given, got, err)
			}
		}
	})

	t.Run("refuses what is none", func(t *testing.T) {
		for _, s := range []string{"", "yesterday", "2026-03-04", "2026-13-04T05:06:07Z"} {
			if _, err := ParseTime(s); fault.CodeOf(err) != fault.InvalidInput {
				t.Errorf("%q: %v", s, err)
			}
		}
	})
}

func TestFirst(t *testing.T) {
	for asked, want := range map[int]int{1: 1, 20: 20, 100: 100} {
		if got, err := First(&asked, 20); err != nil || got != want {
			t.Errorf("%d gives %d, %v", asked, got, err)
		}
	}
	if got, err := First(nil, 20); err != nil || got != 20 {
		t.Errorf("none gives %d, %v", got, err)
	}
	for _, asked := range []int{-1, 0, 101, 1 << 31} {
		_, err := First(&asked, 20)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "first" {
			t.Errorf("%d: %v", asked, err)
		}
	}
}

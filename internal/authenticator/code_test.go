package authenticator

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// vectorSecret is the ASCII secret 12345678901234567890 of both RFCs.
var vectorSecret = secret.NewText("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

func at(unix int64) time.Time { return time.Unix(unix, 0) }

// codeAt returns the one code of six digits that is right at a step only.
func codeAt(t *testing.T, n int64) string {
	t.Helper()
	code, err := codeOf(vectorSecret, n)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestVectors(t *testing.T) {
	t.Run("RFC 4226, appendix D", func(t *testing.T) {
		for counter, want := range []string{
			"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
		} {
			if got := codeAt(t, int64(counter)); got != want {
				t.Errorf("counter %d gives %s, want %s", counter, got, want)
			}
		}
	})

	// The last six of eight digits are the code of six.
	t.Run("RFC 6238, appendix B", func(t *testing.T) {
		for unix, want := range map[int64]string{
			59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
		} {
			seen, ok, err := Seen{}.find(vectorSecret, want, at(unix))
			if err != nil || !ok || seen.LastStep != unix/30 {
				t.Errorf("%s at %d: %+v, %v, %v", want, unix, seen, ok, err)
			}
		}
	})

	t.Run("steps are wider than 32 bits", func(t *testing.T) {
		if codeAt(t, 1<<32+1) == codeAt(t, 1) {
			t.Error("a step is cut to 32 bits")
		}
	})
}

func TestSeen_find(t *testing.T) {
	const now = 50_000_000 // a step
	for _, test := range []struct {
		name string
		seen Seen
		off  int64
		want Seen
		ok   bool
	}{
		{"the step of now", Seen{}, 0, Seen{now, 0, false}, true},
		{"one step back, which is not believed yet", Seen{}, -1, Seen{now - 1, 0, true}, true},
		{"one step back again, which is", Seen{LastStep: now - 3, Late: true}, -1, Seen{now - 1, -1, false}, true},
		{"one step back, then none", Seen{LastStep: now - 3, Late: true}, 0, Seen{now, 0, false}, true},
		{"two steps back", Seen{}, -2, Seen{}, false},
		{"one step ahead, which is believed at once", Seen{}, 1, Seen{now + 1, 1, false}, true},
		{"two steps ahead", Seen{}, 2, Seen{}, false},
		{"two steps ahead where one is known", Seen{Drift: 1}, 2, Seen{now + 2, 2, false}, true},
		{"three steps ahead where they are known", Seen{Drift: 3}, 3, Seen{now + 3, 3, false}, true},
		{"four steps ahead, which is too many", Seen{Drift: 3}, 4, Seen{}, false},
		{"three steps back where they are known", Seen{Drift: -3}, -3, Seen{now - 3, -3, false}, true},
		{"four steps back, which is too many", Seen{Drift: -3}, -4, Seen{}, false},
		{"the step of now, from a clock that was slow and is right again", Seen{Drift: -3}, 0, Seen{now, 0, false}, true},
		{"the step of now, from a clock that was fast and may be right again", Seen{Drift: 3}, 0, Seen{now, 3, true}, true},
		{"the step of now, from a clock that was fast and is right again", Seen{Drift: 3, Late: true}, 0, Seen{now, 0, false}, true},
		{"one that was accepted", Seen{LastStep: now}, 0, Seen{}, false},
		{"one before the last that was accepted", Seen{LastStep: now}, -1, Seen{}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			// The code has to be of that step alone.
			code := codeAt(t, now+test.off)

			got, ok, err := test.seen.find(vectorSecret, code, at(now*30+17))

			if err != nil || ok != test.ok || ok && got != test.want {
				t.Errorf("got %+v, %v, %v; want %+v, %v", got, ok, err, test.want, test.ok)
			}
		})
	}

	t.Run("begins and ends with its seconds", func(t *testing.T) {
		code := codeAt(t, now)
		for second, want := range map[int64]bool{now*30 - 31: false, now*30 - 30: true, now * 30: true, now*30 + 59: true, now*30 + 60: false} {
			if _, ok, _ := (Seen{}).find(vectorSecret, code, at(second)); ok != want {
				t.Errorf("at %+d s: %v", second-now*30, ok)
			}
		}
	})

	t.Run("forgives how it is written and nothing else", func(t *testing.T) {
		code := codeAt(t, now)
		for typed, want := range map[string]bool{
			code[:3] + " " + code[3:]: true, "\t" + code + "\n": true, code[:3] + "-" + code[3:]: true, code[:3] + "\u2013" + code[3:]: true,
			"\u200e" + code: true, shifted(code, '０'): true, shifted(code, '٠'): true,
			"": false, code[:5]: false, code + "0": false, "0" + code: false, fmt.Sprintf("%1000s", code) + "x": false,
		} {
			if _, ok, err := (Seen{}).find(vectorSecret, typed, at(now*30)); ok != want || err != nil {
				t.Errorf("%q: %v, %v", typed, ok, err)
			}
		}
	})
}

// An app whose clock goes wrong slowly stays usable up to three steps, and never
// for more codes at a time than five.
func TestSeen_drift(t *testing.T) {
	for name, direction := range map[string]int64{"ahead": 1, "back": -1} {
		t.Run(name, func(t *testing.T) {
			seen, now := Seen{}, int64(50_000_000)
			try := func(off int64) bool {
				now += 10
				next, ok, err := seen.find(vectorSecret, codeAt(t, now+off), at(now*30))
				if err != nil {
					t.Fatal(err)
				}
				if n := len(next.candidates(now)); n > 5 {
					t.Errorf("%d codes are good at once", n)
				}
				seen = next
				return ok
			}
			for off := int64(0); off <= maxDrift; off++ {
				for range 2 {
					if !try(direction * off) {
						t.Fatalf("%d steps off: refused, with %+v", direction*off, seen)
					}
				}
			}
			if try(direction * (maxDrift + 1)) {
				t.Errorf("more than %d steps off: accepted", maxDrift)
			}
		})
	}
}

// shifted returns digits in the script whose zero is given.
func shifted(code string, zero rune) string {
	return strings.Map(func(r rune) rune { return zero + r - '0' }, code)
}

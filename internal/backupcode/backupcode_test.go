package backupcode

import (
	"strings"
	"testing"
	"time"
)

func TestDraw(t *testing.T) {
	codes := draw(10)

	t.Run("returns codes of 15 letters that nobody mistakes", func(t *testing.T) {
		for _, code := range codes {
			if len(code) != 15 || strings.Trim(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "" {
				t.Errorf("drew %q", code)
			}
		}
	})

	t.Run("makes each a selector of its own", func(t *testing.T) {
		for range 100 {
			seen := map[string]bool{}
			for _, code := range draw(10) {
				if seen[code[:2]] {
					t.Fatalf("%s twice", code[:2])
				}
				seen[code[:2]] = true
			}
		}
	})

	t.Run("draws every letter as often as any other", func(t *testing.T) {
		count := map[rune]int{}
		for range 400 {
			for _, r := range draw(1)[0] {
				count[r]++
			}
		}
		// 6,000 letters of 32: 187 of each, give or take six standard deviations.
		for _, r := range alphabet {
			if n := count[r]; n < 107 || n > 268 {
				t.Errorf("%c came %d times", r, n)
			}
		}
	})
}

func TestParse(t *testing.T) {
	const code = "01ABCDE23FGHJKM"

	t.Run("returns what is shown", func(t *testing.T) {
		if got := show(code); got != "01ABC-DE23F-GHJKM" {
			t.Errorf("shown as %s", got)
		}
		for _, drawn := range draw(10) {
			if got, ok := parse(show(drawn)); !ok || got != drawn {
				t.Errorf("%s comes back as %s", drawn, got)
			}
		}
	})

	t.Run("forgives case, spaces, dashes, other keyboards and look-alikes", func(t *testing.T) {
		for _, typed := range []string{
			"01abc-de23f-ghjkm", "  01ABCDE23FGHJKM\t", "0 1 A B C D E 2 3 F G H J K M", "01ABC–DE23F–GHJKM", "01ABC\u2011DE23F\u2011GHJKM",
			"01ABC\u00a0DE23F\u00a0GHJKM", "OIABC-DE23F-GHJKM", "oiabc-de23f-ghjkm", "OlABC-DE23F-GHJKM", "oLabc-de23f-ghjkm", "--01ABCDE23FGHJKM--",
			"01ABC—DE23F−GHJKM", "０１ＡＢＣ－ＤＥ２３Ｆ－ＧＨＪＫＭ", "\u200e01ABC-DE23F-GHJKM\ufeff", "٠١ABC-DE٢٣F-GHJKM", "01ABC\nDE23F\nGHJKM",
		} {
			if got, ok := parse(typed); !ok || got != code {
				t.Errorf("%q is read as %q, %v", typed, got, ok)
			}
		}
	})

	t.Run("refuses what can be no code", func(t *testing.T) {
		for _, typed := range []string{
			"", "-", "01ABC-DE23F-GHJK", "01ABC-DE23F-GHJKMN", "01ABC-DE23F-GHJKU", "01ABC-DE23F-GHJK!", "01ABC-DE23F-GHJK\x00",
			"01ABC-DE23F-GHJKé", "123456", strings.Repeat(" ", 200) + code,
		} {
			if got, ok := parse(typed); ok {
				t.Errorf("%q is read as %q", typed, got)
			}
		}
	})
}

func TestSet_Summary(t *testing.T) {
	made := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	at := func(d time.Duration) *time.Time { return new(made.Add(d)) }
	const day = 24 * time.Hour

	for _, test := range []struct {
		name                  string
		used, voided, expires *time.Time
		now                   time.Duration
		want                  Status
	}{
		{"is UNUSED while it works", nil, nil, at(day), day - time.Microsecond, Unused},
		{"is EXPIRED from its end on", nil, nil, at(day), day, Expired},
		{"is UNUSED for ever without an end", nil, nil, nil, 1000 * day, Unused},
		{"is USED once it was", at(time.Hour), nil, at(day), 2 * time.Hour, Used},
		{"is USED also after its end", at(time.Hour), nil, at(day), 2 * day, Used},
		{"is USED also when it was voided later", at(time.Hour), at(2 * time.Hour), at(day), 3 * time.Hour, Used},
		{"is VOIDED once it was", nil, at(time.Hour), at(day), 2 * time.Hour, Voided},
		{"is VOIDED also after its end", nil, at(time.Hour), at(day), 2 * day, Voided},
		{"is VOIDED without an end", nil, at(time.Hour), nil, 2 * day, Voided},
		{"is EXPIRED if it was voided at its end", nil, at(day), at(day), 2 * day, Expired},
		{"is EXPIRED if it was voided after its end", nil, at(2 * day), at(day), 3 * day, Expired},
	} {
		t.Run("a code "+test.name, func(t *testing.T) {
			set := Set{GeneratedAt: made, ExpiresAt: test.expires, VoidedAt: test.voided, Purpose: Lockout, Codes: []Code{{UsedAt: test.used}}}

			got := set.Summary(made.Add(test.now))

			remaining := 0
			if test.want == Unused {
				remaining = 1
			}
			if got.Codes[0].Status != test.want || got.Codes[0].UsedAt != test.used || got.Remaining != remaining || got.Total != 1 {
				t.Errorf("got %+v, want %s", got, test.want)
			}
		})
	}

	t.Run("counts all codes and those that work", func(t *testing.T) {
		set := Set{Origin: ByStaff, GeneratedAt: made, ExpiresAt: at(day), Purpose: Enrollment, Codes: []Code{{UsedAt: at(time.Hour)}, {}, {}}}

		got := set.Summary(made.Add(2 * time.Hour))

		if got.Total != 3 || got.Remaining != 2 || got.Origin != ByStaff || *got.Purpose != Enrollment || !got.GeneratedAt.Equal(made) || !got.ExpiresAt.Equal(made.Add(day)) {
			t.Errorf("got %+v", got)
		}
	})
}

package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/throttle"
)

func testThrottling(t *testing.T, db *DB) {
	ctx := t.Context()

	t.Run("a window takes as many as its limit, then says until when", func(t *testing.T) {
		closes := now.Add(time.Minute)
		for i := range 5 {
			at := now.Add(time.Duration(i) * time.Second)

			ok, until, err := db.TakeWindow(ctx, "limit", 3, at, at.Add(time.Minute))

			check(t, err)
			same(t, ok, i < 3)
			same(t, until, closes) // the first event's
		}
	})

	t.Run("a window opens anew at the moment in which it closes", func(t *testing.T) {
		take := func(at time.Time) bool {
			ok, _, err := db.TakeWindow(ctx, "again", 1, at, at.Add(time.Minute))
			check(t, err)
			return ok
		}

		same(t, take(now), true)
		same(t, take(now.Add(time.Minute-time.Microsecond)), false)
		same(t, take(now.Add(time.Minute)), true)
		same(t, take(now.Add(2*time.Minute-time.Microsecond)), false)
		same(t, take(now.Add(2*time.Minute)), true)
	})

	t.Run("windows of other keys are apart", func(t *testing.T) {
		for _, key := range []string{"a", "A", "a "} {
			ok, _, err := db.TakeWindow(ctx, key, 1, now, now.Add(time.Minute))

			check(t, err)
			same(t, ok, true)
		}
	})

	t.Run("an event that is returned can be taken again, and no more than were taken", func(t *testing.T) {
		take := func() bool {
			ok, _, err := db.TakeWindow(ctx, "return", 1, now, now.Add(time.Minute))
			check(t, err)
			return ok
		}
		same(t, take(), true)

		for range 3 {
			check(t, db.ReturnWindow(ctx, "return"))
		}

		same(t, []bool{take(), take()}, []bool{true, false})
		check(t, db.ReturnWindow(ctx, "never taken"))
	})

	schedule := throttle.Schedule{
		From: 3, Until: []time.Time{now.Add(time.Minute), now.Add(2 * time.Minute), now.Add(3 * time.Minute)}, DisableAt: 8,
	}
	begin := func(t *testing.T, authenticator string, browser throttle.Browser, at time.Time) (throttle.Count, bool) {
		t.Helper()
		s := schedule
		s.Until = nil
		for _, until := range schedule.Until {
			s.Until = append(s.Until, until.Add(at.Sub(now)))
		}
		count, ok, err := db.BeginAttempt(ctx, authenticator, browser, at, s)
		check(t, err)
		return count, ok
	}

	t.Run("attempts count, pause by the schedule and stop at the end", func(t *testing.T) {
		at := now
		for failures, pause := range []time.Duration{1: 0, 2: 0, 3: time.Minute, 4: 2 * time.Minute, 5: 3 * time.Minute, 6: 3 * time.Minute, 7: 3 * time.Minute, 8: 3 * time.Minute} {
			if failures == 0 {
				continue
			}
			want := throttle.Count{Failures: failures}
			if pause > 0 {
				want.PausedUntil = at.Add(pause)
			}

			count, ok := begin(t, "device", throttle.UnknownBrowser, at)

			same(t, ok, true)
			same(t, count, want)
			if pause > 0 {
				again, ok := begin(t, "device", throttle.UnknownBrowser, want.PausedUntil.Add(-time.Microsecond))
				same(t, ok, false)
				same(t, again, want)
			}
			at = at.Add(pause)
		}
		count, ok := begin(t, "device", throttle.UnknownBrowser, at.Add(time.Hour))
		same(t, ok, false)
		same(t, count.Failures, 8)
	})

	t.Run("attempts in each kind of browser and of each authenticator are apart", func(t *testing.T) {
		for range 4 {
			begin(t, "shared", throttle.UnknownBrowser, now)
		}

		for _, one := range []struct {
			authenticator string
			browser       throttle.Browser
		}{{"shared", throttle.KnownBrowser}, {"other", throttle.UnknownBrowser}} {
			count, ok := begin(t, one.authenticator, one.browser, now)

			same(t, ok, true)
			same(t, count, throttle.Count{Failures: 1})
		}
	})

	t.Run("attempts in a kind of browser are forgotten after a success, and only those", func(t *testing.T) {
		for range 2 {
			begin(t, "cleared", throttle.UnknownBrowser, now)
			begin(t, "cleared", throttle.KnownBrowser, now)
		}

		check(t, db.ClearAttempts(ctx, "cleared", throttle.KnownBrowser))
		check(t, db.ClearAttempts(ctx, "cleared", throttle.KnownBrowser)) // nothing there is fine

		listed, err := db.ListAttempts(ctx, []string{"cleared", "never tried"}, throttle.KnownBrowser)
		check(t, err)
		same(t, listed, map[string]throttle.Count{})
		listed, err = db.ListAttempts(ctx, []string{"cleared", "never tried"}, throttle.UnknownBrowser)
		check(t, err)
		same(t, listed["cleared"].Failures, 2)
		listed, err = db.ListAttempts(ctx, nil, throttle.UnknownBrowser)
		check(t, err)
		same(t, len(listed), 0)
		known, _ := begin(t, "cleared", throttle.KnownBrowser, now)
		stranger, _ := begin(t, "cleared", throttle.UnknownBrowser, now)
		same(t, []int{known.Failures, stranger.Failures}, []int{1, 3})
	})
}

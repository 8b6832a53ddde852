package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/throttle"
)

func testThrottling(t *testing.T, db *DB) {
	ctx := t.Context()

	take := func(t *testing.T, key string, limit int, at time.Time, then time.Duration) (throttle.Counted, bool) {
		t.Helper()
		w := throttle.Window{Key: key, Events: limit, ClosesAt: at.Add(time.Minute)}
		if then > 0 {
			w.NextAt = at.Add(then)
		}
		taken, err := db.TakeWindows(ctx, at, []throttle.Window{w})
		check(t, err)
		if len(taken) == 0 {
			return throttle.Counted{}, false
		}
		same(t, len(taken), 1)
		return taken[0], true
	}

	t.Run("a window takes as many as its limit, until the first event's time is over", func(t *testing.T) {
		for i := range 5 {
			taken, ok := take(t, "limit", 3, now.Add(time.Duration(i)*time.Second), 0)

			same(t, ok, i < 3)
			if ok {
				same(t, taken, throttle.Counted{Key: "limit", Events: i + 1, ClosesAt: now.Add(time.Minute)})
			}
		}
		full, err := db.ListWindows(ctx, []string{"limit", "never taken"})
		check(t, err)
		same(t, full, []throttle.Counted{{Key: "limit", Events: 3, ClosesAt: now.Add(time.Minute)}})
	})

	t.Run("a window opens anew at the moment in which it closes", func(t *testing.T) {
		for _, one := range []struct {
			at time.Duration
			ok bool
		}{{0, true}, {time.Minute - time.Microsecond, false}, {time.Minute, true}, {2*time.Minute - time.Microsecond, false}, {2 * time.Minute, true}} {
			_, ok := take(t, "again", 1, now.Add(one.at), 0)
			same(t, ok, one.ok)
		}
	})

	t.Run("a full window takes one more where its limit says so, and then waits again", func(t *testing.T) {
		for _, one := range []struct {
			at     time.Duration
			events int
		}{{0, 1}, {0, 2}, {10*time.Second - time.Microsecond, 0}, {10 * time.Second, 3}, {19 * time.Second, 0}, {20 * time.Second, 4}, {time.Minute, 1}} {
			taken, ok := take(t, "then", 2, now.Add(one.at), 10*time.Second)
			same(t, taken.Events, one.events)
			same(t, ok, one.events > 0)
		}
	})

	t.Run("windows of other keys are apart", func(t *testing.T) {
		for _, key := range []string{"a", "A", "a "} {
			_, ok := take(t, key, 1, now, 0)

			same(t, ok, true)
		}
	})

	t.Run("of several windows those take it that have room, each by its own limit", func(t *testing.T) {
		take(t, "few", 1, now, 0)
		var got []string
		taken, err := db.TakeWindows(ctx, now, []throttle.Window{
			{Key: "z", Events: 1, ClosesAt: now.Add(time.Hour)}, {Key: "few", Events: 1, ClosesAt: now.Add(time.Hour)}, {Key: "m", Events: 2, ClosesAt: now.Add(time.Minute)},
		})

		check(t, err)
		for _, w := range taken {
			got = append(got, fmt.Sprint(w.Key, w.Events, w.ClosesAt.Sub(now)))
		}
		slices.Sort(got)
		same(t, got, []string{"m1 1m0s", "z1 1h0m0s"})
	})

	t.Run("an event that is returned can be taken again, and no more than were taken", func(t *testing.T) {
		taken, _ := take(t, "return", 1, now, 30*time.Second)

		for range 3 {
			check(t, db.ReturnWindows(ctx, now, []throttle.Counted{taken}))
		}

		again, ok := take(t, "return", 1, now.Add(time.Second), 30*time.Second)
		same(t, []any{ok, again.Events, again.ClosesAt}, []any{true, 1, now.Add(time.Minute + time.Second)}) // nothing was counted: it opens anew
		_, ok = take(t, "return", 1, now.Add(time.Second), 30*time.Second)
		same(t, ok, false)
		check(t, db.ReturnWindows(ctx, now, []throttle.Counted{taken})) // of the window before
		_, ok = take(t, "return", 1, now.Add(time.Second), 30*time.Second)
		same(t, ok, false)
		check(t, db.ReturnWindows(ctx, now, []throttle.Counted{{Key: "swept", ClosesAt: now}}))
	})

	t.Run("an event that is returned to a full window makes nobody wait", func(t *testing.T) {
		for range 2 {
			take(t, "over", 2, now, 30*time.Second)
		}
		over, ok := take(t, "over", 2, now.Add(30*time.Second), 30*time.Second)
		same(t, ok, true)

		check(t, db.ReturnWindows(ctx, now.Add(31*time.Second), []throttle.Counted{over}))

		_, ok = take(t, "over", 2, now.Add(31*time.Second), 30*time.Second)
		same(t, ok, true)
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

package throttle_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// retryAfter returns how long a refusal says to wait; it fails the test if err is
// no THROTTLED.
func retryAfter(t *testing.T, err error) time.Duration {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != fault.Throttled {
		t.Fatalf("got %v, want THROTTLED", err)
	}
	return f.RetryAfter
}

func TestLimiter(t *testing.T) {
	limit := throttle.Limit{Events: 3, Per: time.Minute}
	fill := func(t *testing.T, l *throttle.Limiter, key string) {
		t.Helper()
		for range limit.Events {
			if err := l.Take(t.Context(), key, limit); err != nil {
				t.Fatal(err)
			}
		}
	}

	t.Run("takes as many as its limit, then says how long to wait", func(t *testing.T) {
		fake := clock.NewFake(began)
		l := &throttle.Limiter{Store: storetest.New(t), Clock: fake}
		fill(t, l, "key")
		fake.Advance(20 * time.Second)

		if wait := retryAfter(t, l.Take(t.Context(), "key", limit)); wait != 40*time.Second {
			t.Errorf("wait %s, want 40s", wait)
		}

		fake.Advance(40 * time.Second)
		fill(t, l, "key")
		retryAfter(t, l.Take(t.Context(), "key", limit))
	})

	t.Run("asking again and again makes the wait no longer", func(t *testing.T) {
		fake := clock.NewFake(began)
		l := &throttle.Limiter{Store: storetest.New(t), Clock: fake}
		fill(t, l, "key")
		for range 59 {
			fake.Advance(time.Second)
			retryAfter(t, l.Take(t.Context(), "key", limit))
		}

		fake.Advance(time.Second)

		fill(t, l, "key")
	})

	t.Run("keys are apart", func(t *testing.T) {
		l := &throttle.Limiter{Store: storetest.New(t), Clock: clock.NewFake(began)}
		fill(t, l, "one")

		fill(t, l, "two")
	})

	t.Run("an event that is given back can be taken again, and once only", func(t *testing.T) {
		fake := clock.NewFake(began)
		l := &throttle.Limiter{Store: storetest.New(t), Clock: fake}
		fill(t, l, "another")
		first, err := l.TakeAll(t.Context(), throttle.Event{Key: "key", Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		fake.Advance(time.Minute)
		fill(t, l, "key")

		if err := l.Return(t.Context(), first...); err != nil { // its window is over
			t.Fatal(err)
		}

		retryAfter(t, l.Take(t.Context(), "key", limit))
	})

	t.Run("takes from all or from none, and says the longest wait", func(t *testing.T) {
		fake := clock.NewFake(began)
		l := &throttle.Limiter{Store: storetest.New(t), Clock: fake}
		gap, hour, day := throttle.Limit{Events: 1, Per: time.Minute}, throttle.Limit{Events: 2, Per: time.Hour}, throttle.Limit{Events: 3, Per: 24 * time.Hour, Then: 15 * time.Minute}
		all := []throttle.Event{{"gap", gap}, {"hour", hour}, {"day", day}}
		for _, want := range []time.Duration{time.Minute, time.Hour - time.Minute} {
			taken, err := l.TakeAll(t.Context(), all...)
			if err != nil || throttle.Longest(fake.Now(), taken...) != want {
				t.Fatalf("%+v, %v", taken, err)
			}
			fake.Advance(time.Minute)
		}

		_, err := l.TakeAll(t.Context(), all...)
		if wait := retryAfter(t, err); wait != 58*time.Minute {
			t.Errorf("wait %s", wait)
		}

		taken, err := l.TakeAll(t.Context(), all[0], all[2])
		if err != nil || taken[0].Count != 1 || taken[1].Count != 3 || taken[1].Wait(fake.Now()) != 15*time.Minute {
			t.Errorf("%+v, %v", taken, err)
		}
		fake.Advance(58 * time.Minute)
		if _, err := l.TakeAll(t.Context(), all...); err != nil {
			t.Error(err)
		}
	})
}

func TestKey(t *testing.T) {
	t.Run("tells parts apart wherever they are cut", func(t *testing.T) {
		if throttle.Key("k", "ab", "c") == throttle.Key("k", "a", "bc") {
			t.Error("two lists of parts have one key")
		}
		if throttle.Key("k", "a") == throttle.Key("l", "a") {
			t.Error("two names have one key")
		}
	})

	t.Run("tells nothing about its parts and is bounded", func(t *testing.T) {
		key := throttle.Key("password", "ann@customer.example", strings.Repeat("x", 10_000))

		if strings.Contains(key, "ann") || len(key) > 60 {
			t.Errorf("got %q", key)
		}
	})
}

func TestAttempts(t *testing.T) {
	begin := func(t *testing.T, a *throttle.Attempts, browser throttle.Browser) int {
		t.Helper()
		failures, err := a.Begin(t.Context(), "device", browser)
		if err != nil {
			t.Fatal(err)
		}
		return failures
	}

	t.Run("pause from the fifth on, 30 seconds doubling to an hour, and end at the fiftieth", func(t *testing.T) {
		fake := clock.NewFake(began)
		a := &throttle.Attempts{Store: storetest.New(t), Clock: fake}
		pause := 30 * time.Second
		for failures := 1; failures <= 50; failures++ {
			if got := begin(t, a, throttle.UnknownBrowser); got != failures {
				t.Fatalf("failure number %d counts %d", failures, got)
			}
			if failures < 5 || failures == 50 {
				continue
			}
			_, err := a.Begin(t.Context(), "device", throttle.UnknownBrowser)
			if wait := retryAfter(t, err); wait != pause {
				t.Fatalf("failure %d pauses %s, want %s", failures, wait, pause)
			}
			fake.Advance(pause - time.Microsecond)
			_, err = a.Begin(t.Context(), "device", throttle.UnknownBrowser)
			retryAfter(t, err)
			fake.Advance(time.Microsecond)
			pause = min(2*pause, time.Hour)
		}

		fake.Advance(365 * 24 * time.Hour)

		if _, err := a.Begin(t.Context(), "device", throttle.UnknownBrowser); fault.CodeOf(err) != fault.Locked {
			t.Errorf("after fifty: %v", err)
		}
	})

	t.Run("of strangers leave the owner's browser alone, even when they end", func(t *testing.T) {
		fake := clock.NewFake(began)
		a := &throttle.Attempts{Store: storetest.New(t), Clock: fake}
		for range 50 {
			begin(t, a, throttle.UnknownBrowser)
			fake.Advance(time.Hour)
		}

		if got := begin(t, a, throttle.KnownBrowser); got != 1 {
			t.Errorf("the owner's first counts %d", got)
		}
	})

	t.Run("are forgotten after a success, in that kind of browser only", func(t *testing.T) {
		a := &throttle.Attempts{Store: storetest.New(t), Clock: clock.NewFake(began)}
		for range 4 {
			begin(t, a, throttle.KnownBrowser)
			begin(t, a, throttle.UnknownBrowser)
		}

		if err := a.Clear(t.Context(), "device", throttle.KnownBrowser); err != nil {
			t.Fatal(err)
		}

		if got := begin(t, a, throttle.KnownBrowser); got != 1 {
			t.Errorf("the owner's next counts %d", got)
		}
		if got := begin(t, a, throttle.UnknownBrowser); got != 5 {
			t.Errorf("the stranger's next counts %d", got)
		}
	})
}

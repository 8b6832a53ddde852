package twilio

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

// watched is a guard and the time.
type watched struct {
	*guard
	t   *testing.T
	now time.Time
}

func watch(t *testing.T) *watched {
	return &watched{&guard{}, t, time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
}

var (
	errDown = fault.Errorf(fault.ProviderUnavailable, "down")
	errAway = &fault.Error{Code: fault.ProviderError, ProviderCode: 20003, Message: "turned away"}
)

// sends has one send come to a result, and reports whether it was let through.
func (w *watched) sends(r result, err error) bool {
	w.t.Helper()
	p, refused := w.enter(w.now, nil, false)
	if refused == nil {
		w.leave(p, w.now, r, err)
	}
	return refused == nil
}

func (w *watched) failsInARow(n int, err error) {
	for range n {
		w.sends(fails, err)
	}
}

func TestGuard(t *testing.T) {
	t.Run("leaves alone what failed some times in a row, then lets one through", func(t *testing.T) {
		w := watch(t)
		w.failsInARow(openAfter-1, errDown)
		w.sends(works, nil)
		w.failsInARow(openAfter-1, errDown)
		w.sends(ignored, context.Canceled) // who leaves says nothing
		if !w.sends(fails, errDown) {
			t.Fatal("it was left alone early")
		}
		_, err := w.enter(w.now, nil, false)
		if fault.CodeOf(err) != fault.ProviderUnavailable || w.sends(works, nil) {
			t.Fatalf("it was not left alone: %v", err)
		}

		w.now = w.now.Add(openFor)
		one, err := w.enter(w.now, nil, false)
		if err != nil || w.sends(works, nil) {
			t.Fatalf("one is let through: %v", err)
		}
		w.leave(one, w.now, ignored, context.Canceled)
		if !w.sends(fails, errDown) || w.sends(works, nil) {
			t.Fatal("another is, since the first left, and it fails")
		}
		w.now = w.now.Add(openFor)
		if !w.sends(works, nil) || !w.sends(fails, errDown) || !w.sends(works, nil) {
			t.Error("it sends again")
		}
	})
	t.Run("asks no sooner than it is told to", func(t *testing.T) {
		w := watch(t)
		w.sends(limits, fault.Throttle(7*time.Second, "busy"))
		w.now = w.now.Add(3 * time.Second)
		_, err := w.enter(w.now, nil, false)
		if f := asFault(err); f.Code != fault.Throttled || f.RetryAfter != 4*time.Second {
			t.Errorf("%+v", f)
		}
		w.now = w.now.Add(4 * time.Second)
		if !w.sends(works, nil) {
			t.Error("the time is over")
		}
		w.sends(limits, fault.Throttle(time.Hour, "busy"))
		if w.now = w.now.Add(openAtMost); !w.sends(works, nil) {
			t.Error("an hour is not believed")
		}
	})
	t.Run("says what it was told, with its code", func(t *testing.T) {
		w := watch(t)
		w.failsInARow(openAfter, errAway)
		_, err := w.enter(w.now, nil, false)
		if f := asFault(err); f.Code != fault.ProviderError || f.ProviderCode != 20003 {
			t.Errorf("%+v", f)
		}
	})
	t.Run("hears nothing of what began before", func(t *testing.T) {
		w := watch(t)
		old, _ := w.enter(w.now, nil, false)
		w.sends(limits, fault.Throttle(time.Minute, "busy"))
		w.leave(old, w.now, works, nil)
		if w.sends(works, nil) {
			t.Error("an old success ended the wait")
		}
	})
	t.Run("a check that was answered well ends it, but for what is too much", func(t *testing.T) {
		well := func(at time.Time, s provider.Status) *provider.Health {
			return &provider.Health{CheckedAt: at, Checks: []provider.Check{{ID: provider.CheckCredentials, Status: s}}}
		}
		for name, tt := range map[string]struct {
			health func(w *watched) *provider.Health
			busy   bool
			want   bool
		}{
			"later":          {func(w *watched) *provider.Health { return well(w.now, provider.Pass) }, false, true},
			"before":         {func(w *watched) *provider.Health { return well(w.now.Add(-2*time.Second), provider.Pass) }, false, false},
			"not answered":   {func(w *watched) *provider.Health { return well(w.now, provider.Unknown) }, false, false},
			"still bad":      {func(w *watched) *provider.Health { return well(w.now, provider.Fail) }, false, false},
			"of one limited": {func(w *watched) *provider.Health { return well(w.now, provider.Pass) }, true, false},
		} {
			w := watch(t)
			if tt.busy {
				w.sends(limits, fault.Throttle(time.Minute, "busy"))
			} else {
				w.failsInARow(openAfter, errAway)
			}
			w.now = w.now.Add(time.Second)
			if _, err := w.enter(w.now, tt.health(w), false); (err == nil) != tt.want {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("lets what names it through, and learns of it", func(t *testing.T) {
		w := watch(t)
		w.failsInARow(openAfter, errAway)
		named, err := w.enter(w.now, nil, true)
		if err != nil {
			t.Fatal(err)
		}
		if w.leave(named, w.now, works, nil); !w.sends(works, nil) {
			t.Error("it sends")
		}
	})
}

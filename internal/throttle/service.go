package throttle

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Limiter limits events.
type Limiter struct {
	Store WindowStore
	Clock clock.Clock
}

// Event is one event that a limit counts under a key.
type Event struct {
	Key   string
	Limit Limit
}

// Each returns an event for each source, of which every one has the limit for itself.
func Each(name string, sources []string, limit Limit) []Event {
	events := make([]Event, len(sources))
	for i, source := range sources {
		events[i] = Event{Key: Key(name, source), Limit: limit}
	}
	return events
}

// Taken is an event that was counted.
type Taken struct {
	Event
	// Count is which event of its window it is, and At when it was counted.
	Count int
	At    time.Time

	window Counted
}

// Window returns the window with the event.
func (t Taken) Window() Counted { return t.window }

// Wait returns how long the window takes no other event.
func (t Taken) Wait(now time.Time) time.Duration {
	if t.Count < t.Limit.Events {
		return 0
	}
	return t.window.wait(now)
}

// wait returns how long a full window takes no event.
func (c Counted) wait(now time.Time) time.Duration {
	until := c.ClosesAt
	if !c.NextAt.IsZero() && c.NextAt.Before(until) {
		until = c.NextAt
	}
	return max(0, until.Sub(now))
}

// Longest returns how long it takes until all windows take another event.
func Longest(now time.Time, taken ...Taken) (wait time.Duration) {
	for _, t := range taken {
		wait = max(wait, t.Wait(now))
	}
	return wait
}

// Take counts one event of a key, or answers THROTTLED with the time to wait.
func (l *Limiter) Take(ctx context.Context, key string, limit Limit) error {
	_, err := l.TakeAll(ctx, Event{key, limit})
	return err
}

// TakeAll counts all events, in the order in which they are given, or none and
// answers THROTTLED with the longest time to wait. No two have the same key.
func (l *Limiter) TakeAll(ctx context.Context, events ...Event) ([]Taken, error) {
	now := l.Clock.Now()
	windows := make([]Window, len(events))
	for i, e := range events {
		windows[i] = Window{Key: e.Key, Events: e.Limit.Events, ClosesAt: now.Add(e.Limit.Per)}
		if e.Limit.Then > 0 {
			windows[i].NextAt = now.Add(e.Limit.Then)
		}
	}
	if len(events) > 1 { // or tries that one limit refuses would, for a moment, count against the others
		if err := l.room(ctx, now, windows); err != nil {
			return nil, err
		}
	}
	counted, err := l.Store.TakeWindows(ctx, now, windows)
	if err != nil {
		return nil, err
	}
	taken := make([]Taken, 0, len(events))
	for _, e := range events {
		if i := slices.IndexFunc(counted, func(c Counted) bool { return c.Key == e.Key }); i >= 0 {
			taken = append(taken, Taken{Event: e, Count: counted[i].Events, At: now, window: counted[i]})
		}
	}
	if len(taken) == len(events) {
		return taken, nil
	}
	if err := l.Return(ctx, taken...); err != nil {
		return nil, err
	}
	return nil, cmp.Or(l.room(ctx, now, windows), throttled(0)) // others may have given back meanwhile
}

// room answers THROTTLED unless each window takes another event.
func (l *Limiter) room(ctx context.Context, now time.Time, windows []Window) error {
	keys := make([]string, len(windows))
	for i, w := range windows {
		keys[i] = w.Key
	}
	counted, err := l.Store.ListWindows(ctx, keys)
	if err != nil {
		return err
	}
	var wait time.Duration
	for _, c := range counted {
		i := slices.IndexFunc(windows, func(w Window) bool { return w.Key == c.Key })
		if c.Events >= windows[i].Events {
			wait = max(wait, c.wait(now))
		}
	}
	if wait == 0 {
		return nil
	}
	return throttled(wait)
}

func throttled(wait time.Duration) error {
	return fault.Throttle(wait, "That was tried too often. Wait a little, then try again.")
}

// Return gives events back that were taken, once, for limits that count failures
// only. It frees no more than they took: not where their window is over.
func (l *Limiter) Return(ctx context.Context, taken ...Taken) error {
	if len(taken) == 0 {
		return nil
	}
	counted := make([]Counted, len(taken))
	for i, t := range taken {
		counted[i] = t.window
	}
	return l.Store.ReturnWindows(ctx, l.Clock.Now(), counted)
}

// CountMisses counts the look-ups of people whom nobody knows yet that find nothing:
// THROTTLED after too many. Each counts before it is looked at, so that parallel ones
// can't pass the limit.
func (l *Limiter) CountMisses(ctx context.Context, events []Event, find func() error) error {
	taken, err := l.TakeAll(ctx, events...)
	if err != nil {
		return err
	}
	if err = find(); fault.CodeOf(err) == fault.NotFound {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return cmp.Or(l.Return(ctx, taken...), err)
}

// Attempts counts tries at authenticators.
type Attempts struct {
	Store AttemptStore
	Clock clock.Clock
}

// Begin counts a try before it is checked. It answers THROTTLED while the
// authenticator is paused and LOCKED once it is disabled. failures is the number
// in a row if this try fails too: at PauseFrom the user is to be told, at
// DisableAt the authenticator is off.
func (a *Attempts) Begin(ctx context.Context, authenticator string, browser Browser) (failures int, err error) {
	now := a.Clock.Now()
	count, ok, err := a.Store.BeginAttempt(ctx, authenticator, browser, now, schedule(now))
	switch {
	case err != nil:
		return 0, err
	case !ok && count.Failures >= DisableAt:
		return 0, fault.Errorf(fault.Locked, "Too many wrong codes: this way of signing in is switched off until it is set up again. Use another one, or call support.")
	case !ok:
		return 0, fault.Throttle(count.PausedUntil.Sub(now), "Too many wrong codes. Wait, or use another way to sign in.")
	}
	return count.Failures, nil
}

// Closed returns which authenticators Begin would answer THROTTLED for, and which
// LOCKED.
func (a *Attempts) Closed(ctx context.Context, authenticators []string, browser Browser) (paused, off []string, err error) {
	counts, err := a.Store.ListAttempts(ctx, authenticators, browser)
	if err != nil {
		return nil, nil, err
	}
	now := a.Clock.Now()
	for authenticator, count := range counts {
		switch {
		case count.Failures >= DisableAt:
			off = append(off, authenticator)
		case now.Before(count.PausedUntil):
			paused = append(paused, authenticator)
		}
	}
	return paused, off, nil
}

// Clear forgets the failures after a success.
func (a *Attempts) Clear(ctx context.Context, authenticator string, browser Browser) error {
	return a.Store.ClearAttempts(ctx, authenticator, browser)
}

// schedule doubles from FirstPause up to LongPause.
func schedule(now time.Time) Schedule {
	s := Schedule{From: PauseFrom, DisableAt: DisableAt}
	for pause := FirstPause; pause < LongPause; pause *= 2 {
		s.Until = append(s.Until, now.Add(pause))
	}
	s.Until = append(s.Until, now.Add(LongPause))
	return s
}

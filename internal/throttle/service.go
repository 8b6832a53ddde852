package throttle

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Limiter limits events.
type Limiter struct {
	Store WindowStore
	Clock clock.Clock
}

// Take counts one event of a key, or answers THROTTLED with the time to wait.
func (l *Limiter) Take(ctx context.Context, key string, limit Limit) error {
	now := l.Clock.Now()
	ok, until, err := l.Store.TakeWindow(ctx, key, limit.Events, now, now.Add(limit.Per))
	if err != nil {
		return err
	}
	if !ok {
		return fault.Throttle(until.Sub(now), "That was tried too often. Wait a little, then try again.")
	}
	return nil
}

// Return takes one event back, for limits that count failures only.
func (l *Limiter) Return(ctx context.Context, key string) error {
	return l.Store.ReturnWindow(ctx, key)
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

// Package throttle limits how often something may happen. Its counts are in the
// database, so that they hold over processes, sessions, requests and aliases,
// and each is changed by one conditional statement, so that they hold under
// parallel tries.
//
// There are two kinds. A Limiter's window opens with the first event, takes a
// number of them, and closes when its time is over: sends, passwords, look-ups.
// Attempts counts failures in a row on one authenticator and makes the wait
// between tries grow: every try counts as a failure until it is known to be a
// success, so parallel tries gain nothing.
package throttle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// WindowStore counts events in windows.
type WindowStore interface {
	// TakeWindow counts one event under a key if fewer than limit are counted in
	// the window that is open, opening one that lasts until closes if none is.
	// ok tells whether it was counted; until is when the open window closes.
	TakeWindow(ctx context.Context, key string, limit int, now, closes time.Time) (ok bool, until time.Time, err error)
	// ReturnWindow takes one event back.
	ReturnWindow(ctx context.Context, key string) error
}

// Limiter limits events.
type Limiter struct {
	Store WindowStore
	Clock clock.Clock
}

// Limit is a number of events in a time.
type Limit struct {
	Events int
	Per    time.Duration
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

// Key makes a key of bounded length that tells nothing about its parts.
func Key(name string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return name + ":" + hex.EncodeToString(sum[:16])
}

// Rules of failures in a row on one authenticator (NIST SP 800-63B-4, 3.2.2
// allows 100 at most). Known browsers and strangers are counted apart, so both
// together stay within it.
const (
	PauseFrom  = 5
	FirstPause = 30 * time.Second
	LongPause  = time.Hour
	DisableAt  = 50
)

// Lane says who tries: a browser in which the user completed a sign-in before,
// or a stranger, who can't lock the owner's browser out.
type Lane string

// The lanes.
const (
	KnownBrowser Lane = "known"
	Stranger     Lane = "stranger"
)

// Count is the state of one authenticator in one lane.
type Count struct {
	Failures    int
	PausedUntil time.Time
}

// Schedule says until when the failures in a row pause an authenticator: the
// failure number From until Until[0], the next one until Until[1], and all after
// the list's end until its last.
type Schedule struct {
	From      int
	Until     []time.Time
	DisableAt int
}

// AttemptStore counts failures in a row.
type AttemptStore interface {
	// BeginAttempt counts a failure of an authenticator in a lane, and pauses it
	// by the schedule, unless it is paused at now or disabled already. ok tells
	// whether it was counted; count is what stands then.
	BeginAttempt(ctx context.Context, authenticator string, lane Lane, now time.Time, s Schedule) (count Count, ok bool, err error)
	// ListAttempts gives the counts in a lane of those authenticators that have one.
	ListAttempts(ctx context.Context, authenticators []string, lane Lane) (map[string]Count, error)
	// ClearAttempts forgets the failures of a lane.
	ClearAttempts(ctx context.Context, authenticator string, lane Lane) error
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
func (a *Attempts) Begin(ctx context.Context, authenticator string, lane Lane) (failures int, err error) {
	now := a.Clock.Now()
	count, ok, err := a.Store.BeginAttempt(ctx, authenticator, lane, now, schedule(now))
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

// Closed gives which authenticators Begin would answer THROTTLED for, and which
// LOCKED.
func (a *Attempts) Closed(ctx context.Context, authenticators []string, lane Lane) (paused, off []string, err error) {
	counts, err := a.Store.ListAttempts(ctx, authenticators, lane)
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
func (a *Attempts) Clear(ctx context.Context, authenticator string, lane Lane) error {
	return a.Store.ClearAttempts(ctx, authenticator, lane)
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

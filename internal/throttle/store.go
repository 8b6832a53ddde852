package throttle

import (
	"context"
	"time"
)

// WindowStore counts events in windows.
type WindowStore interface {
	// TakeWindow counts one event under a key if fewer than limit are counted in
	// the window that is open, opening one that lasts until closes if none is.
	// ok reports whether it was counted; until is when the open window closes.
	TakeWindow(ctx context.Context, key string, limit int, now, closes time.Time) (ok bool, until time.Time, err error)
	// ReturnWindow takes one event back.
	ReturnWindow(ctx context.Context, key string) error
}

// Count is the state of one authenticator in one kind of browser.
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
	// BeginAttempt counts a failure of an authenticator in a kind of browser, and pauses it
	// by the schedule, unless it is paused at now or disabled already. ok tells
	// whether it was counted; count is what stands then.
	BeginAttempt(ctx context.Context, authenticator string, browser Browser, now time.Time, s Schedule) (count Count, ok bool, err error)
	// ListAttempts returns the counts in a kind of browser of those authenticators that have one.
	ListAttempts(ctx context.Context, authenticators []string, browser Browser) (map[string]Count, error)
	// ClearAttempts forgets the failures in a kind of browser.
	ClearAttempts(ctx context.Context, authenticator string, browser Browser) error
}

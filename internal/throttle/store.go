package throttle

import (
	"context"
	"time"
)

// Window is an event that is to be counted under a key, and the window that it
// opens if none is open.
type Window struct {
	Key string
	// Events is how many the window takes.
	Events   int
	ClosesAt time.Time
	// NextAt is when a window that this event fills takes one more; zero for not
	// before it closes.
	NextAt time.Time
}

// Counted is a window with the events that are counted in it.
type Counted struct {
	Key      string
	Events   int
	ClosesAt time.Time
	NextAt   time.Time
}

// WindowStore counts events in windows.
type WindowStore interface {
	// TakeWindows counts an event in each window that has room for it at now, by one
	// statement, and returns those, as they are with it. No two have the same key.
	TakeWindows(ctx context.Context, now time.Time, windows []Window) ([]Counted, error)
	// ListWindows returns the windows of keys, those that have closed, too.
	ListWindows(ctx context.Context, keys []string) ([]Counted, error)
	// ReturnWindows takes one event out of each, unless another window was opened
	// since. A full one takes another from now on.
	ReturnWindows(ctx context.Context, now time.Time, counted []Counted) error
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

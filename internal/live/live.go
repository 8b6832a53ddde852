// Package live tells those who wait what has changed, as it changes.
//
// Whoever writes a row says so once that is committed. The hub tells the streams of
// this process at once, and the other processes a moment later; they read the row
// anew, so nothing but ids is ever passed on:
//
//	store ── Change ──> Hub ──┬──> streams of this process
//	                          └──> batch ── Line ──> hubs of other processes ──> their streams
//
// Nothing is kept for who is not there. A stream that may have missed something ends, so
// that its client subscribes and reads again: where it is read too slowly, where the
// line was lost for a while, where another process says that it could not tell. A stream
// also ends with its session, with the permission that it stands on (watch.go), and when
// the process begins to end.
package live

import (
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Kind is what a change is of.
type Kind string

// The kinds: the texts to a user, and what becomes of a user's codes.
const (
	Notifications Kind = "notification"
	Codes         Kind = "code"
)

// Topic is what a stream is about: all that is of one kind and a user's.
type Topic struct {
	InstitutionID string
	UserID        string
	Kind          Kind
}

// Change names a row that was made or changed, and says nothing of it.
type Change struct {
	Topic
	ID string
}

// Wanted is what somebody subscribes to.
type Wanted struct {
	Topic
	// Actor is who does. The stream ends with the actor's session.
	Actor auth.Actor
	// Permission is what the actor must go on holding.
	Permission auth.Permission
}

// Bounds of streams.
const (
	// MostOfSession is how many streams one session may have at a time.
	MostOfSession = 10
	// Most is how many one process has at a time.
	Most = 5000
	// mostWaiting is how many changes wait for one stream. One row waits once, however
	// often it changes.
	mostWaiting = 100
)

// retryIn is when to try again where there was no room for a stream.
const retryIn = 30 * time.Second

var (
	errTooMany = &fault.Error{
		Code: fault.Throttled, RetryAfter: retryIn,
		Message: "This session has as many live updates open as it may. Close one first.",
	}
	errFull = &fault.Error{
		Code: fault.Throttled, RetryAfter: retryIn,
		Message: "Too many live updates are open at the moment. Try again in half a minute.",
	}
	errEnding = &fault.Error{
		Code: fault.Unavailable, RetryAfter: time.Second,
		Message: "This server is about to stop. Subscribe again.",
	}
)

package auth

import (
	"context"
	"time"
)

// SessionStore keeps sessions.
type SessionStore interface {
	// CreateSession also keeps when the user last signed in.
	CreateSession(ctx context.Context, s Session) error
	// FindActor returns the session that has the token hash, with its user's
	// permissions, or NOT_FOUND: ended sessions and users that are closed or disabled
	// are not found, nor customers where there is no digital banking.
	FindActor(ctx context.Context, tokenHash string) (Session, Actor, error)
	// FindActors returns those sessions among some that FindActor would return, in no order,
	// each with its actor at the same place.
	FindActors(ctx context.Context, sessionIDs []string) ([]Session, []Actor, error)
	// TouchSession moves the last use forward, never back.
	TouchSession(ctx context.Context, id string, at time.Time) error
	// EndSessionOf ends a session of a user; ok reports whether this call did.
	EndSessionOf(ctx context.Context, userID, id string, at time.Time) (ok bool, err error)
	// RenewSession sets the token of a live session of a user, its factor and last
	// use, and the backup code that it comes from: NOT_FOUND if it has ended.
	RenewSession(ctx context.Context, s Session) error
	// WatchActors has changed called with the id of each user, empty for all, of whom
	// FindActor may say something else from now on, because of what this process did:
	// after the transaction, if there is one, and before the call that did it returns.
	WatchActors(changed func(userID string))
}

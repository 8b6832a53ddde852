package live

import (
	"context"

	"github.com/factordesk/factordesk/internal/auth"
)

// Line joins the processes that share a database.
type Line interface {
	// WatchChanges has changed called with every change that this process made, after
	// the transaction.
	WatchChanges(changed func(c Change))
	// WatchActors is auth.SessionStore's.
	WatchActors(changed func(userID string))
	// Tell says something to every process that listens, this one too.
	Tell(ctx context.Context, words string) error
	// Hear calls heard with what any process tells, until the context ends, and joined
	// each time that it begins to hear: what was told before then is lost. Of a line that is
	// lost, or can't be had, troubled is told. It returns at once where no other process can
	// share the database.
	Hear(ctx context.Context, heard func(words string), joined func(), troubled func(error)) error
}

// Sessions says whose session goes on.
type Sessions interface {
	// Look returns the actors of those among sessions that are live, by session, as they
	// are now. It is no use of a session.
	Look(ctx context.Context, sessionIDs []string) (map[string]auth.Actor, error)
}

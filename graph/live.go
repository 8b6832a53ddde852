package graph

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/graph/transport"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// readWithin is how long the reading of one row may take that a stream is told of.
const readWithin = 5 * time.Second

// subscribed opens a stream of what is a user's, of the actor's institution, and returns
// what read returns for each row that changes; rows that it does not find are left out.
// The stream ends where read fails: its client subscribes and reads again.
func subscribed[T any](ctx context.Context, r *Resolver, kind live.Kind, userID string, p auth.Permission, read func(ctx context.Context, rowID string) (*T, error)) (<-chan *T, error) {
	actor, err := auth.Require(ctx, p)
	if err != nil {
		return nil, err
	}
	stream, err := r.s.Live.Subscribe(live.Wanted{
		Topic: live.Topic{InstitutionID: actor.InstitutionID, UserID: userID, Kind: kind}, Actor: actor, Permission: p,
	})
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, stream.Close)
	shown := make(chan *T, 1)
	transport.FeedBy(ctx, func() bool {
		for {
			rowID, open := stream.Next()
			if !open {
				return false
			}
			row, err := readSafely(ctx, rowID, read)
			switch {
			case err == nil:
				shown <- row // the one before was taken
				return true
			case fault.CodeOf(err) != fault.NotFound:
				unread(ctx, r, kind, err)
				return false
			}
		}
	})
	return shown, nil
}

func unread(ctx context.Context, r *Resolver, kind live.Kind, err error) {
	r.log.WarnContext(ctx, "live updates end: what changed could not be read", "kind", kind, "error", err)
}

// readSafely returns a panic as an error: there is an answer under way.
func readSafely[T any](ctx context.Context, rowID string, read func(ctx context.Context, rowID string) (*T, error)) (row *T, err error) {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	defer func() {
		if value := recover(); value != nil {
			err = recoverPanic(ctx, value)
		}
	}()
	return read(ctx, rowID)
}

package graph

import (
	"context"
	"time"

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
	shown := make(chan *T)
	go func() {
		defer close(shown)
		defer stream.Close()
		for rowID, ok := stream.Next(ctx); ok; rowID, ok = stream.Next(ctx) {
			row, err := readSafely(ctx, rowID, read)
			switch {
			case fault.CodeOf(err) == fault.NotFound:
				continue
			case err != nil:
				r.log.WarnContext(ctx, "live updates end: what changed could not be read", "kind", kind, "error", err)
				return
			}
			select {
			case shown <- row:
			case <-stream.Over():
				return
			case <-ctx.Done():
				return
			}
		}
	}()
	return shown, nil
}

// readSafely returns a panic as an error: it would end the process here.
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

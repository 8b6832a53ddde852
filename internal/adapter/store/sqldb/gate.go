package sqldb

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// gate lets in as many as there are connections, first come, first served.
// database/sql alone hands a free connection to any of those who wait, so under
// load some wait very long.
type gate struct {
	places *semaphore.Weighted
}

func newGate(width int) gate { return gate{semaphore.NewWeighted(int64(width))} }

// enter waits for a place. Its error is the context's, whose place in the queue
// the next one gets.
func (g gate) enter(ctx context.Context) error { return g.places.Acquire(ctx, 1) }

func (g gate) leave() { g.places.Release(1) }

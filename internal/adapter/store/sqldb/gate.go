package sqldb

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// gate lets in as many as there are connections, first come, first served.
// database/sql alone hands a free connection to any of those who wait, so under
// load some wait very long.
type gate struct {
	places *semaphore.Weighted
	width  int64
	// inside is how many are, moved when one came or went last.
	inside, moved atomic.Int64
}

func newGate(width int) *gate {
	return &gate{places: semaphore.NewWeighted(int64(width)), width: int64(width)}
}

// enter waits for a place. Its error is the context's, whose place in the queue
// the next one gets.
func (g *gate) enter(ctx context.Context) error {
	err := g.places.Acquire(ctx, 1)
	if err == nil {
		g.inside.Add(1)
		g.moved.Store(time.Now().UnixNano())
	}
	return err
}

func (g *gate) leave() {
	g.inside.Add(-1)
	g.moved.Store(time.Now().UnixNano())
	g.places.Release(1)
}

// stuck reports whether all places have been taken, by the same, for so long.
func (g *gate) stuck(long time.Duration) bool {
	return g.inside.Load() >= g.width && time.Since(time.Unix(0, g.moved.Load())) >= long
}

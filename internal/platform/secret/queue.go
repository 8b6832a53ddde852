package secret

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// queue lets in so many at once and lets so many more wait, first come, first
// served. All others are THROTTLED.
type queue struct {
	places chan struct{}
	// inside counts who waits, too; most bounds it.
	inside atomic.Int64
	most   int64
	// retry is when to try again.
	retry time.Duration
}

func newQueue(places, waiting int, retry time.Duration) *queue {
	return &queue{places: make(chan struct{}, places), most: int64(places + waiting), retry: retry}
}

func (q *queue) enter(ctx context.Context) error {
	if q.inside.Add(1) > q.most {
		q.inside.Add(-1)
		return busy(q.retry)
	}
	select {
	case q.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		q.inside.Add(-1)
		return context.Cause(ctx)
	}
}

func (q *queue) leave() {
	<-q.places
	q.inside.Add(-1)
}

func busy(retry time.Duration) error {
	return fault.Throttle(retry, "The service is busy. Try again in a moment.")
}

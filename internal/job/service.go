package job

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// Enqueuer writes jobs, inside the transaction of what they follow.
type Enqueuer interface {
	Enqueue(ctx context.Context, jobs ...Job) error
}

// Service writes jobs down.
type Service struct {
	Store Store
	Clock clock.Clock
	// wakes has a channel for each queue, which holds a word for each worker.
	wakes map[Queue]chan struct{}
}

// New returns a service.
func New(store Store, c clock.Clock) *Service {
	s := &Service{Store: store, Clock: c, wakes: make(map[Queue]chan struct{})}
	for _, q := range Queues() {
		s.wakes[q] = make(chan struct{}, workers[q])
	}
	return s
}

// Enqueue implements Enqueuer: each job is due now, unless it says when, and the
// workers of this process are told once the transaction is committed.
func (s *Service) Enqueue(ctx context.Context, jobs ...Job) error {
	now := s.Clock.Now()
	queues := map[Queue]int{}
	for i := range jobs {
		j := &jobs[i]
		j.ID, j.CreatedAt = id.New(id.Job), now
		if j.DueAt.IsZero() {
			j.DueAt = now
		}
		queues[j.Queue]++
	}
	if err := s.Store.CreateJobs(ctx, jobs); err != nil {
		return err
	}
	s.Store.AfterCommit(ctx, func() {
		for q, n := range queues {
			s.wake(q, n)
		}
	})
	return nil
}

// wake tells workers of a queue that there is something to do. Those who know already
// need not hear it twice.
func (s *Service) wake(q Queue, workers int) {
	for range workers {
		select {
		case s.wakes[q] <- struct{}{}:
		default:
			return
		}
	}
}

// backoff is how long a job waits after so many attempts.
func backoff(attempts int) time.Duration {
	return min(time.Duration(attempts*attempts)*10*time.Second, time.Hour)
}

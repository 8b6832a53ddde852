package provider

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/job"
)

const (
	// lookEvery is how often it is looked which accounts are due to be checked.
	lookEvery = time.Minute
	// checkEvery is how often an account is checked, about: up to checkSpread earlier or
	// later, so that accounts that began together drift apart.
	checkEvery, checkSpread = 5 * time.Minute, time.Minute
	// atOnce is how many are checked at once, and checkLimit how long one may take. Half of
	// them may hang, and a round still gets to all of some dozens.
	atOnce, checkLimit = 4, 15 * time.Second
)

// Handlers returns what looks at accounts by itself: nothing in UAT, where nothing is sent.
func (s *Service) Handlers() map[job.Kind]job.Handler {
	if s.UAT {
		return nil
	}
	return map[job.Kind]job.Handler{"CHECK_PROVIDERS": {
		Queue: job.Checks, Every: lookEvery, Deadline: 2 * time.Minute,
		Do: func(ctx context.Context, _ *job.Claimed) error { return s.CheckDue(ctx) },
	}}
}

// CheckDue asks Twilio how those accounts stand that it was not asked for lately, some at
// once: first those of which it was not asked for longest, so that a Twilio that hangs
// keeps none out for good. The status page is asked once for all.
func (s *Service) CheckDue(ctx context.Context) error {
	rows, err := s.Store.ListProviders(ctx, "")
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	rows = slices.DeleteFunc(rows, func(r Row) bool { return now.Before(r.dueAt()) })
	if len(rows) == 0 {
		return nil
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return a.checkedAt().Compare(b.checkedAt()) })
	page := s.statusPage(ctx)
	var errs []error
	var lock sync.Mutex
	var all sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for _, row := range rows {
		free <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		all.Go(func() {
			defer func() { <-free }()
			err := s.checkInTime(ctx, row, page)
			lock.Lock()
			defer lock.Unlock()
			errs = append(errs, err)
		})
	}
	all.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

func (s *Service) checkInTime(ctx context.Context, row Row, page func() Check) error {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	_, err := s.check(ctx, row, page)
	return err
}

// checkedAt returns when Twilio was asked last, zero for never.
func (r Row) checkedAt() time.Time {
	if r.Health == nil {
		return time.Time{}
	}
	return r.Health.CheckedAt
}

// dueAt returns when Twilio is to be asked next, zero for at once.
func (r Row) dueAt() time.Time {
	last := r.checkedAt()
	if last.IsZero() {
		return last
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(r.ID + last.UTC().String()))
	return last.Add(checkEvery - checkSpread + time.Duration(h.Sum64()%uint64(2*checkSpread)))
}

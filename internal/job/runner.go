package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// workers is how many jobs of a queue a process does at once.
var workers = map[Queue]int{Mail: 2, Phone: 4, Checks: 2, Registrations: 1, Chores: 2}

const (
	usualDeadline = 30 * time.Second
	// leaseMargin is how much longer than the deadline a claim lasts.
	leaseMargin = 30 * time.Second
	usualGiveUp = 7 * 24 * time.Hour
)

// Handler does the jobs of a kind.
type Handler struct {
	// Do does one. What it returns as an error is tried again later, unless the job was
	// begun: that is given up, but for NotDone.
	Do func(ctx context.Context, c *Claimed) error
	// Deadline is how long Do may take; 30 s if it is zero.
	Deadline time.Duration
	// GiveUpAfter is how long after it was made a job is tried again; 7 days if it is
	// zero.
	GiveUpAfter time.Duration
	// Every makes a chore of the kind, which is done once in each such time by one of all
	// processes.
	Every time.Duration
	// Queue is where the chore waits; Chores if it is empty.
	Queue Queue
}

// Runner does the jobs of a process.
type Runner struct {
	*Service
	Handlers map[Kind]Handler
	Log      *slog.Logger
	// Poll is how often the queues are looked at for what other processes wrote, or put
	// off.
	Poll time.Duration

	mu      sync.Mutex
	givenUp map[Kind]int
}

// GivenUp returns how many jobs of each kind this process has given up. Chores never are.
func (r *Runner) GivenUp() map[Kind]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make(map[Kind]int, len(r.Handlers))
	for kind, h := range r.Handlers {
		if h.Every == 0 {
			all[kind] = r.givenUp[kind]
		}
	}
	return all
}

func (r *Runner) countGivenUp(k Kind) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.givenUp == nil {
		r.givenUp = map[Kind]int{}
	}
	r.givenUp[k]++
}

// Run does jobs until ctx ends, and returns after those that are claimed by then.
func (r *Runner) Run(ctx context.Context) {
	var running sync.WaitGroup
	for q, n := range workers {
		for range n {
			running.Go(func() { r.work(ctx, q) })
		}
	}
	running.Go(func() { r.poll(ctx) })
	running.Wait()
}

func (r *Runner) work(ctx context.Context, q Queue) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.wakes[q]:
		}
		for ctx.Err() == nil && r.Next(ctx, q) {
		}
	}
}

// poll wakes the workers of queues in which something is due. The chores are written
// down first: those of a new version have no rows yet.
func (r *Runner) poll(ctx context.Context) {
	timer := time.NewTicker(r.Poll)
	defer timer.Stop()
	planned := false
	for {
		if !planned {
			planned = r.report(ctx, "the chores could not be written down", r.plan(ctx))
		}
		queues, err := r.Store.DueQueues(ctx, r.Clock.Now())
		r.report(ctx, "the queues could not be read", err)
		for _, q := range queues {
			r.wake(q, workers[q])
		}
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
	}
}

func (r *Runner) plan(ctx context.Context) error {
	now := r.Clock.Now()
	var chores []Job
	for kind, h := range r.Handlers {
		if h.Every > 0 {
			chores = append(chores, Job{ID: choreID(kind), Queue: h.queue(), Kind: kind, CreatedAt: now, DueAt: now})
		}
	}
	return r.Store.CreateChores(ctx, chores)
}

// ChoreID begins the ids of chores.
const ChoreID = "chore "

// choreID returns the id of the one row of a chore.
func choreID(k Kind) string { return ChoreID + string(k) }

// Next does the next job of a queue and reports whether to look for another at once.
func (r *Runner) Next(ctx context.Context, q Queue) bool {
	now := r.Clock.Now()
	j, ok, err := r.Store.ClaimJob(ctx, q, now, now.Add(r.longest(q)))
	if !r.report(ctx, "no job could be claimed", err) || !ok {
		return false
	}
	h, known := r.Handlers[j.Kind]
	if !known { // another version's, who knows it
		_, err := r.Store.PutOffJob(ctx, j, now.Add(time.Minute))
		r.report(ctx, "a job of another version could not be left to it", err)
		return true
	}
	// A job that is claimed is seen through, also at shutdown.
	doing, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.deadline())
	defer cancel()
	c := &Claimed{Job: j, store: r.Store, clock: r.Clock}
	r.settle(context.WithoutCancel(ctx), h, c, r.try(doing, h, c))
	return true
}

// longest is how long a claim on a queue lasts: longer than any of its jobs may take.
func (r *Runner) longest(q Queue) time.Duration {
	longest := usualDeadline
	for _, h := range r.Handlers {
		if h.Every > 0 && h.queue() == q || h.Every == 0 && q != Chores {
			longest = max(longest, h.deadline())
		}
	}
	return longest + leaseMargin
}

// queue is where a chore waits.
func (h Handler) queue() Queue { return cmp.Or(h.Queue, Chores) }

func (h Handler) deadline() time.Duration {
	if h.Deadline > 0 {
		return h.Deadline
	}
	return usualDeadline
}

func (h Handler) giveUpAfter() time.Duration {
	if h.GiveUpAfter > 0 {
		return h.GiveUpAfter
	}
	return usualGiveUp
}

// try does a job. A panic is an error like others, with where it was.
func (r *Runner) try(ctx context.Context, h Handler, c *Claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h.Do(ctx, c)
}

// settle writes down what came of a job.
func (r *Runner) settle(ctx context.Context, h Handler, c *Claimed, err error) {
	ctx, cancel := context.WithTimeout(ctx, usualDeadline)
	defer cancel()
	log := r.Log.With("job", c.ID, "kind", c.Kind, "attempt", c.Attempts)
	now := r.Clock.Now()
	more, isMore := errors.AsType[again](err)
	_, surelyNot := errors.AsType[notDone](err)
	_, isFinal := errors.AsType[final](err)
	begun := c.BegunAt != nil && !surelyNot
	var ok bool
	var settled error
	switch {
	case errors.Is(err, ErrOvertaken):
		log.WarnContext(ctx, "a job was taken over by another worker")
		return
	case isMore:
		c.Attempts = 0
		ok, settled = r.Store.PutOffJob(ctx, c.Job, now.Add(more.after))
	case err == nil && c.DoneAt != nil:
		return
	case err == nil && h.Every > 0:
		c.Attempts = 0
		ok, settled = r.Store.PutOffJob(ctx, c.Job, now.Add(h.Every))
	case err == nil:
		ok, settled = r.Store.FinishJob(ctx, c.Job, "", now)
	case h.Every == 0 && (begun || isFinal || now.Sub(c.CreatedAt) >= h.giveUpAfter()):
		reason := reasonOf(err, begun)
		log.ErrorContext(ctx, "a job was given up", "reason", reason, "error", err)
		if ok, settled = r.Store.FinishJob(ctx, c.Job, reason, now); ok {
			r.countGivenUp(c.Kind)
		}
	default:
		wait := backoff(c.Attempts)
		if h.Every > 0 {
			wait = min(wait, h.Every)
		}
		log.ErrorContext(ctx, "a job failed, and is tried again", "in", wait, "error", err)
		ok, settled = r.Store.PutOffJob(ctx, c.Job, now.Add(wait))
	}
	if err := fenced(ok, settled); err != nil {
		log.ErrorContext(ctx, "what came of a job could not be written down", "error", err)
	}
}

// reasonOf returns why a job was given up, in a word that names no one. Of what was
// begun and had no answer nobody knows.
func reasonOf(err error, begun bool) string {
	code := fault.CodeOf(err)
	if begun && code != fault.ProviderError {
		return Unknown
	}
	return string(code)
}

// report logs an error, unless the end of ctx is its cause, and reports whether there
// was none.
func (r *Runner) report(ctx context.Context, what string, err error) bool {
	if err != nil && ctx.Err() == nil {
		r.Log.ErrorContext(ctx, what, "error", err)
	}
	return err == nil
}

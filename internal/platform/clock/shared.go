package clock

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// Reference is the database, by whose clock all processes on it go.
type Reference interface {
	// DatabaseTime returns the time by the database's clock; ok is false where it has none of its
	// own, being a file on this machine.
	DatabaseTime(ctx context.Context) (now time.Time, ok bool, err error)
	// ReportClock remembers how far a process's clock is ahead at a time of the database's,
	// and returns how many other processes reported one within the limit since a time.
	ReportClock(ctx context.Context, process string, ahead time.Duration, at, since time.Time, limit time.Duration) (agreeing int, err error)
}

const (
	// checkEvery is how often a process compares its clock.
	checkEvery = time.Minute
	// reportsLast is how long a report of another process counts.
	reportsLast = 3 * checkEvery
	// steady is what a clock may be off by before Shared follows: it is not to jump at
	// each measurement.
	steady = 100 * time.Millisecond
)

// Shared is a clock that all processes on a database have in common: the machine's, put
// right by the database's. Call Check before it is used.
type Shared struct {
	Machine   Clock
	Reference Reference
	// Process names this process among the others.
	Process string
	// Limit is how far off the machine's clock may be before that is a fault.
	Limit time.Duration

	ahead   atomic.Int64
	outlier atomic.Bool
}

// Now returns the time that all processes agree on.
func (s *Shared) Now() time.Time { return s.Machine.Now().Add(-s.Ahead()) }

// Ahead returns how far the machine's clock is ahead of the database's; less than zero
// if it is behind.
func (s *Shared) Ahead() time.Duration { return time.Duration(s.ahead.Load()) }

// Wrong reports whether the machine's clock is off beyond the limit, and another
// process agrees with the database: then it is this machine that is wrong, and not the
// database.
func (s *Shared) Wrong() bool { return s.outlier.Load() }

// World returns a clock that tells the time of the world outside, as apps that make codes
// have it: the machine's, unless that is the one that is wrong.
func (s *Shared) World() Clock { return world{s} }

type world struct{ s *Shared }

func (w world) Now() time.Time {
	if w.s.Wrong() {
		return w.s.Now()
	}
	return w.s.Machine.Now()
}

// Check compares the clocks, tells the other processes, and follows the database's.
func (s *Shared) Check(ctx context.Context) error {
	ahead, theirs, ok, err := s.measure(ctx)
	if err != nil || !ok {
		return err
	}
	if (ahead - s.Ahead()).Abs() > steady {
		s.ahead.Store(int64(ahead))
	}
	agreeing, err := s.Reference.ReportClock(ctx, s.Process, ahead, theirs, theirs.Add(-reportsLast), s.Limit)
	if err != nil {
		return err
	}
	s.outlier.Store(ahead.Abs() > s.Limit && agreeing > 0)
	return nil
}

// measure asks three times and believes the answer that took the shortest: it is off by
// half of that at most.
func (s *Shared) measure(ctx context.Context) (ahead time.Duration, theirs time.Time, ok bool, err error) {
	var best time.Duration
	for i := range 3 {
		began := time.Now()
		var now time.Time
		if now, ok, err = s.Reference.DatabaseTime(ctx); err != nil || !ok {
			return 0, time.Time{}, ok, err
		}
		took := time.Since(began)
		if i == 0 || took < best {
			best, ahead, theirs = took, s.Machine.Now().Add(-took/2).Sub(now), now
		}
	}
	return ahead, theirs, true, nil
}

// Run checks each minute until ctx ends.
func (s *Shared) Run(ctx context.Context, log *slog.Logger) {
	timer := time.NewTicker(checkEvery)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		s.CheckAndLog(ctx, log)
	}
}

// CheckAndLog checks, and says what is wrong.
func (s *Shared) CheckAndLog(ctx context.Context, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := s.Check(ctx); err != nil {
		log.Warn("the clock could not be compared with the database's", "error", err)
		return
	}
	if ahead := s.Ahead(); ahead.Abs() > s.Limit {
		log.Error("the clocks of this machine and of the database differ", "ahead", ahead.String(), "limit", s.Limit.String(),
			"wrong", map[bool]string{true: "this machine: another process agrees with the database", false: "not known: no other process tells"}[s.Wrong()],
			"do", "let NTP set both")
	}
}

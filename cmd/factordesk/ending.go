package main

import (
	"log/slog"
	"sync/atomic"
	"time"
)

const (
	// endWithin is how long the end of the process may take in all, the drain too:
	// whoever runs it may kill it after that.
	endWithin = 30 * time.Second
	// shutdownTimeout is how long running requests may take to end. They have 10 s of
	// their own, and the database a little more.
	shutdownTimeout = 12 * time.Second
)

// ending is the end of a process, which comes whatever hangs.
type ending struct {
	log *slog.Logger
	// exit ends the process by force.
	exit     func(code int)
	draining atomic.Bool
	step     atomic.Value
	force    *time.Timer
}

// begin starts the time that the end may take.
func (e *ending) begin() {
	e.force = time.AfterFunc(endWithin, func() {
		e.log.Error("the end was forced, for something hung", "hung", e.step.Load(), "after", endWithin.String())
		e.exit(exitFailed)
	})
}

// drain says that no more requests should be sent here while it still takes them.
func (e *ending) drain(long time.Duration) {
	e.on("the drain")
	e.draining.Store(true)
	if long <= 0 {
		return
	}
	e.log.Info("stopping soon: /readyz says so, and requests are still taken", "for", long.String())
	time.Sleep(long)
}

// on names what is being ended.
func (e *ending) on(step string) { e.step.Store(step) }

// over is called when everything has ended.
func (e *ending) over() {
	if e.force != nil {
		e.force.Stop()
	}
}

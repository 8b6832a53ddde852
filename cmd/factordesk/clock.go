package main

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/server"
)

// sharedClock makes the clock that all processes on a database have in common.
func (c *serveCmd) sharedClock(db *store.DB) *clock.Shared {
	return &clock.Shared{Machine: clock.System{}, Reference: db, Process: rand.Text(), Limit: c.ClockLimit}
}

// clockMetric tells how far the machine's clock is off.
func clockMetric(c *clock.Shared) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "factordesk_clock_ahead_seconds", Help: "How far this machine's clock is ahead of the database's, less than zero if it is behind.",
	}, func() float64 { return c.Ahead().Seconds() })
}

var errClock = errors.New("this machine's clock is wrong: another process agrees with the database")

// health is that of the database and of the clock.
type health struct {
	*store.DB
	clock *clock.Shared
}

var _ server.Health = health{}

// Ready implements server.Health.
func (h health) Ready(ctx context.Context) error {
	if h.clock.Wrong() {
		return errClock
	}
	return h.DB.Ready(ctx)
}

// TroubleOf implements server.Health.
func (h health) TroubleOf(err error) string {
	if errors.Is(err, errClock) {
		return "clock"
	}
	return h.DB.TroubleOf(err)
}

// Package world provides the test of one noun with what its service stands on: a
// real store with two institutions, a clock that stands still until it is moved, and
// doubles of what tells, records, hashes and sends. The test wires its own service
// with them and takes from here what it is not about.
//
//	w := world.New(t)
//	s := &freeze.Service{Store: w.DB, Notices: w.Told, Audit: w.Audited, Clock: w.Time, …}
//	owner, agent := w.User(t), w.User(t, world.Staff)
//	_, err := s.Unfreeze(w.As(t, agent, auth.ResetTwoFactorDevice), owner.ID, "why")
//	world.WantCode(t, err, fault.Conflict)
//
// A whole desk, over HTTP, is what package desktest provides.
package world

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Began is when the clock of every world starts, and when what its builders make was
// made.
var Began = time.Date(2026, time.March, 4, 5, 6, 7, 0, time.UTC)

// World is what a service stands on. No field has the name of one of a service's, so
// that a test can embed both.
type World struct {
	DB *store.DB
	// Time stands at Began until the test moves it.
	Time *clock.Fake
	// Bank is where users are, Other is another institution with the same settings.
	Bank, Other institution.Institution
	Told        *Teller
	Audited     *Recorder
	Hashes      *Hasher
	Inbox       *Inbox

	url string
}

// New makes a world on SQLite. The settings are changed in both institutions.
func New(t testing.TB, settings ...func(s *institution.Settings)) *World {
	t.Helper()
	return on(t, storetest.SQLite(t), settings...)
}

// OnBoth runs a test on SQLite and on PostgreSQL, in a world of its own on each.
func OnBoth(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	for name, url := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) { test(t, on(t, url(t))) })
	}
}

func on(t testing.TB, url string, settings ...func(s *institution.Settings)) *World {
	t.Helper()
	w := &World{DB: storetest.Open(t, url), Time: clock.NewFake(Began), Audited: &Recorder{}, Hashes: &Hasher{}, url: url}
	w.Inbox = &Inbox{Log: w.DB, Time: w.Time}
	w.Told = &Teller{outbox: &notice.Service{Store: w.DB, Directory: device.Directory{Store: w.DB}, Institutions: w.Finder(), Jobs: w.Jobs(), Clock: w.Time}}
	w.Bank = w.Institution(t, "harbor", "Harbor", settings...)
	w.Other = w.Institution(t, "summit", "Summit", settings...)
	return w
}

// Second returns the world's database as another process reaches it, by connections
// of its own.
func (w *World) Second(t testing.TB) *store.DB {
	t.Helper()
	return storetest.Open(t, w.url)
}

// Finder returns the service that finds the world's institutions.
func (w *World) Finder() *institution.Service {
	return &institution.Service{Store: w.DB, Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Clock: w.Time}
}

// Jobs returns the service that writes jobs down.
func (w *World) Jobs() *job.Service { return job.New(w.DB, w.Time) }

// WantCode fails the test unless an error has a code; "" is for no error.
func WantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

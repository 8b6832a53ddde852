package clock_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
)

var began = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// database is a reference whose clock stands.
type database struct {
	now    time.Time
	none   bool
	err    error
	others []time.Duration
	told   time.Duration
}

func (d *database) DatabaseTime(context.Context) (time.Time, bool, error) {
	return d.now, !d.none, d.err
}

func (d *database) ReportClock(_ context.Context, _ string, ahead time.Duration, _, _ time.Time, limit time.Duration) (int, error) {
	d.told = ahead
	n := 0
	for _, o := range d.others {
		if o.Abs() <= limit {
			n++
		}
	}
	return n, nil
}

func TestShared(t *testing.T) {
	const limit = 5 * time.Second
	for _, tt := range []struct {
		name   string
		ahead  time.Duration
		others []time.Duration
		wrong  bool
		// world is how far the clock for the world is ahead of the database's.
		world time.Duration
	}{
		{"agrees", 0, []time.Duration{0}, false, 0},
		{"ahead, and alone", 10 * time.Minute, nil, false, 10 * time.Minute},
		{"ahead, as is another", 10 * time.Minute, []time.Duration{10 * time.Minute}, false, 10 * time.Minute},
		{"ahead, where another agrees with the database", 10 * time.Minute, []time.Duration{10 * time.Minute, time.Second}, true, 0},
		{"behind, where another agrees with the database", -10 * time.Minute, []time.Duration{0}, true, 0},
		{"within the limit", 4 * time.Second, []time.Duration{0}, false, 4 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &database{now: began, others: tt.others}
			s := &clock.Shared{Machine: clock.NewFake(began.Add(tt.ahead)), Reference: d, Limit: limit}

			if err := s.Check(t.Context()); err != nil {
				t.Fatal(err)
			}

			if off := s.Now().Sub(began); off.Abs() > time.Second {
				t.Errorf("Now is off by %s", off)
			}
			if off := s.World().Now().Sub(began) - tt.world; off.Abs() > time.Second {
				t.Errorf("World is off by %s", off)
			}
			if s.Wrong() != tt.wrong || (d.told-tt.ahead).Abs() > time.Second {
				t.Errorf("wrong %v, told the others %s", s.Wrong(), d.told)
			}
		})
	}
}

func TestShared_goesOnWithoutAnAnswer(t *testing.T) {
	d := &database{now: began}
	s := &clock.Shared{Machine: clock.NewFake(began.Add(time.Minute)), Reference: d, Limit: time.Second}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}

	d.err, d.now = errors.New("no"), began.Add(time.Hour)
	if err := s.Check(t.Context()); !errors.Is(err, d.err) {
		t.Error(err)
	}
	d.err, d.none = nil, true
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}

	if off := s.Now().Sub(began); off.Abs() > time.Second {
		t.Errorf("off by %s", off)
	}
}

func TestShared_doesNotJumpForALittle(t *testing.T) {
	d := &database{now: began}
	s := &clock.Shared{Machine: clock.NewFake(began.Add(30 * time.Millisecond)), Reference: d, Limit: time.Second}

	if err := s.Check(t.Context()); err != nil || s.Ahead() != 0 {
		t.Errorf("%v, ahead %s", err, s.Ahead())
	}
}

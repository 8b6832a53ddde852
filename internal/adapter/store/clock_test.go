package store

import (
	"testing"
	"time"
)

func testClocks(t *testing.T, db *DB) {
	ctx := t.Context()
	report := func(process string, ahead time.Duration, at time.Time) int {
		t.Helper()
		n, err := db.ReportClock(ctx, process, ahead, at, at.Add(-3*time.Minute), 5*time.Second)
		check(t, err)
		return n
	}

	t.Run("are told of those that agree, of the last minutes", func(t *testing.T) {
		for _, step := range []struct {
			process string
			ahead   time.Duration
			at      time.Time
			want    int
		}{
			{"a", 0, now, 0},
			{"a", time.Second, now.Add(time.Minute), 0},
			{"b", time.Hour, now.Add(time.Minute), 1},
			{"c", -5 * time.Second, now.Add(time.Minute), 1},
			{"a", time.Hour, now.Add(2 * time.Minute), 1},
			{"c", -5*time.Second - time.Microsecond, now.Add(2 * time.Minute), 0},
			{"d", 0, now.Add(3 * time.Minute), 0},
			{"a", 0, now.Add(10 * time.Minute), 0},
			{"a", 0, now.Add(2 * time.Hour), 0},
		} {
			if got := report(step.process, step.ahead, step.at); got != step.want {
				t.Errorf("%s %s ahead: %d agree, want %d", step.process, step.ahead, got, step.want)
			}
		}
	})

	t.Run("are the database's where it has one", func(t *testing.T) {
		got, ok, err := db.DatabaseTime(ctx)
		check(t, err)
		if off := time.Since(got).Abs(); ok && off > time.Minute {
			t.Errorf("off by %s", off)
		}
	})
}

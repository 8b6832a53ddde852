package store

import (
	"context"
	"time"
)

// DatabaseTime implements clock.Reference: SQLite has no clock but this machine's.
func (db *DB) DatabaseTime(ctx context.Context) (now time.Time, ok bool, err error) {
	return db.sql.Time(ctx)
}

// forgottenAfter is how long the report of a process that is gone is kept.
const forgottenAfter = time.Hour

// ReportClock implements clock.Reference.
func (db *DB) ReportClock(ctx context.Context, process string, ahead time.Duration, at, since time.Time, limit time.Duration) (agreeing int, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		if _, err := db.sql.Exec(ctx, "clock", `
			INSERT INTO process_clocks (process, ahead_us, reported_at) VALUES (?, ?, ?)
			ON CONFLICT (process) DO UPDATE SET ahead_us = excluded.ahead_us, reported_at = excluded.reported_at`,
			process, ahead.Microseconds(), at); err != nil {
			return err
		}
		if _, err := db.sql.Exec(ctx, "clock", `DELETE FROM process_clocks WHERE reported_at < ?`, at.Add(-forgottenAfter)); err != nil {
			return err
		}
		return db.sql.Get(ctx, "clock", &agreeing, `
			SELECT COUNT(*) FROM process_clocks WHERE process <> ? AND reported_at >= ? AND ahead_us BETWEEN ? AND ?`,
			process, since, -limit.Microseconds(), limit.Microseconds())
	})
	return agreeing, err
}

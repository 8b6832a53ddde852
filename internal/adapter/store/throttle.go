package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

type windowRow struct {
	Key      string     `db:"key"`
	Events   int        `db:"events"`
	ClosesAt time.Time  `db:"closes_at"`
	NextAt   *time.Time `db:"next_at"`
}

var windowColumns = sqldb.ColumnsOf[windowRow]().From("throttle_windows", nil)

func (r windowRow) counted() throttle.Counted {
	return throttle.Counted{Key: r.Key, Events: r.Events, ClosesAt: r.ClosesAt, NextAt: value(r.NextAt)}
}

// TakeWindows implements throttle.WindowStore. The rows are changed in the order of
// their keys everywhere, or two statements could wait for each other.
func (db *DB) TakeWindows(ctx context.Context, now time.Time, windows []throttle.Window) ([]throttle.Counted, error) {
	windows = slices.SortedFunc(slices.Values(windows), func(a, b throttle.Window) int { return cmp.Compare(a.Key, b.Key) })
	var rows, limits []any
	for _, w := range windows {
		rows = append(rows, w.Key, w.ClosesAt, nullable(w.NextAt))
		limits = append(limits, w.Key, w.Events)
	}
	n := len(windows)
	return sqldb.Read(ctx, db.sql, windowRow.counted, `
		INSERT INTO throttle_windows (key, events, closes_at, next_at) VALUES (?, 1, ?, ?)`+strings.Repeat(`, (?, 1, ?, ?)`, n-1)+`
		ON CONFLICT (key) DO UPDATE SET
		  events = CASE WHEN throttle_windows.closes_at <= ? THEN 1 ELSE throttle_windows.events + 1 END,
		  closes_at = CASE WHEN throttle_windows.closes_at <= ? OR throttle_windows.events = 0 THEN excluded.closes_at ELSE throttle_windows.closes_at END,
		  next_at = excluded.next_at
		WHERE throttle_windows.closes_at <= ? OR throttle_windows.next_at <= ?
		  OR throttle_windows.events < CASE excluded.key`+strings.Repeat(` WHEN ? THEN CAST(? AS INTEGER)`, n)+` END
		RETURNING `+windowColumns, slices.Concat(rows, []any{now, now, now, now}, limits)...)
}

// ListWindows implements throttle.WindowStore.
func (db *DB) ListWindows(ctx context.Context, keys []string) ([]throttle.Counted, error) {
	return sqldb.Read(ctx, db.sql, windowRow.counted, `SELECT `+windowColumns+` FROM throttle_windows WHERE key IN (?)`, keys)
}

// ReturnWindows implements throttle.WindowStore. What it would insert, were a window
// gone, counts nothing; so its rows are changed in order, too.
func (db *DB) ReturnWindows(ctx context.Context, now time.Time, counted []throttle.Counted) error {
	counted = slices.SortedFunc(slices.Values(counted), func(a, b throttle.Counted) int { return cmp.Compare(a.Key, b.Key) })
	var rows []any
	for _, c := range counted {
		rows = append(rows, c.Key, c.ClosesAt)
	}
	_, err := db.sql.Exec(ctx, "window", `
		INSERT INTO throttle_windows (key, events, closes_at) VALUES (?, 0, ?)`+strings.Repeat(`, (?, 0, ?)`, len(counted)-1)+`
		ON CONFLICT (key) DO UPDATE SET
		  events = throttle_windows.events - 1, next_at = CASE WHEN throttle_windows.next_at > ? THEN ? ELSE throttle_windows.next_at END
		WHERE throttle_windows.closes_at = excluded.closes_at AND throttle_windows.events > 0`, append(rows, now, now)...)
	return err
}

type countRow struct {
	Failures    int        `db:"failures"`
	PausedUntil *time.Time `db:"paused_until"`
}

// BeginAttempt implements throttle.AttemptStore. What refused the try may be gone
// when it is read, because another try succeeded: then this one is made again.
func (db *DB) BeginAttempt(ctx context.Context, authenticator string, browser throttle.Browser, now time.Time, s throttle.Schedule) (throttle.Count, bool, error) {
	pause, pauseArgs := pauseCase(s)
	args := append([]any{authenticator, browser, now}, pauseArgs...)
	args = append(args, now, s.DisableAt)
	for {
		var r countRow
		err := db.sql.Get(ctx, "count", &r, `
			INSERT INTO throttle_attempts (authenticator, browser, failures, tried_at) VALUES (?, ?, 1, ?)
			ON CONFLICT (authenticator, browser) DO UPDATE SET failures = throttle_attempts.failures + 1, tried_at = excluded.tried_at, paused_until = `+pause+`
			WHERE (throttle_attempts.paused_until IS NULL OR throttle_attempts.paused_until <= ?) AND throttle_attempts.failures < ?
			RETURNING failures, paused_until`, args...)
		if fault.CodeOf(err) != fault.NotFound {
			return r.count(), err == nil, err
		}
		err = db.sql.Get(ctx, "count", &r, `
			SELECT failures, paused_until FROM throttle_attempts
			WHERE authenticator = ? AND browser = ? AND (paused_until > ? OR failures >= ?)`, authenticator, browser, now, s.DisableAt)
		if fault.CodeOf(err) != fault.NotFound {
			return r.count(), false, err
		}
	}
}

func (r countRow) count() throttle.Count {
	return throttle.Count{Failures: r.Failures, PausedUntil: value(r.PausedUntil)}
}

// pauseCase picks the end of the pause by the failures counted before this one,
// so that count and pause change in one statement.
func pauseCase(s throttle.Schedule) (string, []any) {
	var b strings.Builder
	var args []any
	b.WriteString("CASE")
	for i, until := range s.Until {
		op := " = "
		if i == len(s.Until)-1 {
			op = " >= "
		}
		b.WriteString(" WHEN throttle_attempts.failures + 1" + op + "? THEN ?")
		args = append(args, s.From+i, until)
	}
	b.WriteString(" ELSE throttle_attempts.paused_until END")
	return b.String(), args
}

// ListAttempts implements throttle.AttemptStore.
func (db *DB) ListAttempts(ctx context.Context, authenticators []string, browser throttle.Browser) (map[string]throttle.Count, error) {
	if len(authenticators) == 0 {
		return nil, nil
	}
	var rows []struct {
		Authenticator string `db:"authenticator"`
		countRow
	}
	err := db.sql.List(ctx, &rows, `
		SELECT authenticator, failures, paused_until FROM throttle_attempts WHERE authenticator IN (?) AND browser = ?`, authenticators, browser)
	counts := make(map[string]throttle.Count, len(rows))
	for _, r := range rows {
		counts[r.Authenticator] = r.count()
	}
	return counts, err
}

// ClearAttempts implements throttle.AttemptStore.
func (db *DB) ClearAttempts(ctx context.Context, authenticator string, browser throttle.Browser) error {
	_, err := db.sql.Exec(ctx, "count", `DELETE FROM throttle_attempts WHERE authenticator = ? AND browser = ?`, authenticator, browser)
	return err
}

// LiftPauses implements device.Store. What is switched off stays so.
func (db *DB) LiftPauses(ctx context.Context, institutionID, userID string, now time.Time) (int, error) {
	n, err := db.sql.Exec(ctx, "pause", `
		UPDATE throttle_attempts SET paused_until = NULL
		WHERE paused_until > ? AND failures < ? AND authenticator IN (
		  SELECT id FROM devices WHERE user_id = ? AND institution_id = ? AND removed_at IS NULL)`,
		now, throttle.DisableAt, userID, institutionID)
	return int(n), err
}

package store

import (
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/onetimecode"
)

// How long what is over is kept, in case someone asks.
const (
	keepChallenges = 24 * time.Hour
	keepSessions   = 90 * 24 * time.Hour
	keepNotices    = 30 * 24 * time.Hour
	keepBrowsers   = 400 * 24 * time.Hour
)

// sweptAtOnce is how many rows go in a transaction: on SQLite nobody writes meanwhile.
const sweptAtOnce = 500

// sweep deletes some of the rows of a table that are over, and returns how many.
type sweep struct {
	table string
	some  func(ctx context.Context, db *DB, now time.Time, most int) (int, error)
}

// sweeps are in the order in which one makes rows of the next go. Codes, devices that
// somebody confirmed and the log of notifications stay.
var sweeps = []sweep{
	{"registrations", func(ctx context.Context, db *DB, now time.Time, most int) (int, error) {
		return db.sweepRegistrations(ctx, now, most)
	}},
	{"registered_addresses", func(ctx context.Context, db *DB, _ time.Time, most int) (int, error) {
		return db.sweepSome(ctx, "registered_addresses", "(institution_id, email)", `NOT EXISTS (SELECT 1 FROM registrations r
			WHERE r.institution_id = registered_addresses.institution_id AND r.email = registered_addresses.email)`, nil, most)
	}},
	over("challenges", "token_hash", `expires_at < ?`, keepChallenges),
	over("password_resets", "user_id", `expires_at < ?`, keepChallenges),
	over("password_reset_requests", "id", `created_at < ?`, keepChallenges),
	over("backup_code_confirmations", "token_hash", `expires_at < ?`, keepChallenges),
	{"devices", sweepDevices},
	over("one_time_codes", "(subject, device_id)", `expires_at < ? AND NOT (`+confirming+`)`, keepChallenges),
	over("authenticators", "device_id", `device_id IN (SELECT id FROM devices WHERE kind = 'AUTHENTICATOR' AND removed_at < ?)`, 0),
	over("throttle_windows", "key", `closes_at < ?`, 0),
	over("sessions", "id", `expires_at < ?`, keepSessions),
	over("browsers", "(token_hash, user_id)", `created_at < ?`, keepBrowsers),
	over("notices", "id", `done_at < ?`, keepNotices),
	over("jobs", "id", `done_at < ?`, keepNotices),
	over("not_you_links", "token_hash", `expires_at < ?`, 0),
}

// over deletes the rows of a table that have been over for a while.
func over(table, key, condition string, keep time.Duration) sweep {
	return sweep{table, func(ctx context.Context, db *DB, now time.Time, most int) (int, error) {
		return db.sweepSome(ctx, table, key, condition, []any{now.Add(-keep)}, most)
	}}
}

func (db *DB) sweepSome(ctx context.Context, table, key, condition string, args []any, most int) (int, error) {
	n, err := db.sql.Exec(ctx, "", `DELETE FROM `+table+` WHERE `+key+` IN (SELECT `+strings.Trim(key, "()")+` FROM `+table+` WHERE `+condition+` LIMIT ?)`,
		append(args, most)...)
	return int(n), err
}

// Sweeps lists the tables from which something goes in time.
func Sweeps() []string {
	tables := make([]string, len(sweeps))
	for i, s := range sweeps {
		tables[i] = s.table
	}
	return tables
}

// SweepSome deletes from a table some of the rows that nothing asks for any more, in a
// short transaction, and reports whether there may be more. Those who registered and
// did not prove the address in time become tombstones.
func (db *DB) SweepSome(ctx context.Context, table string, now time.Time) (more bool, err error) {
	for _, s := range sweeps {
		if s.table == table {
			n, err := s.some(ctx, db, now, sweptAtOnce)
			return n >= sweptAtOnce, err
		}
	}
	return false, nil
}

// Sweep deletes everything that nothing asks for any more, as SweepSome does.
func (db *DB) Sweep(ctx context.Context, now time.Time) error {
	for _, table := range Sweeps() {
		for more := true; more; {
			var err error
			if more, err = db.SweepSome(ctx, table, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// confirming are the codes of devices that wait to be confirmed.
const confirming = `subject = '` + onetimecode.DeviceConfirmation + `' AND device_id IN (SELECT id FROM devices WHERE confirmed_at IS NULL)`

// unproved are the phones and addresses that their owners added and whose last
// code is over, and the apps that nobody bound in time.
const unproved = `confirmed_at IS NULL AND (
	id IN (SELECT device_id FROM one_time_codes WHERE subject = '` + onetimecode.DeviceConfirmation + `' AND expires_at < ?)
	AND id NOT IN (SELECT device_id FROM one_time_codes WHERE subject <> '` + onetimecode.DeviceConfirmation + `')
	OR id IN (SELECT device_id FROM authenticators WHERE expires_at < ?))`

// sweepDevices deletes devices that nobody confirmed, and what finds users by them.
func sweepDevices(ctx context.Context, db *DB, now time.Time, most int) (n int, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		var ids []string
		if err := db.sql.List(ctx, &ids, `SELECT id FROM devices WHERE `+unproved+` LIMIT ?`, now.Add(-keepChallenges), now, most); err != nil || len(ids) == 0 {
			return err
		}
		n = len(ids)
		if _, err := db.sql.Exec(ctx, "", `DELETE FROM user_terms WHERE source IN (?) AND user_id IN (SELECT user_id FROM devices WHERE id IN (?))`, ids, ids); err != nil {
			return err
		}
		_, err := db.sql.Exec(ctx, "", `DELETE FROM devices WHERE confirmed_at IS NULL AND id IN (?)`, ids)
		return err
	})
	return n, err
}

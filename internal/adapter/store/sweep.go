package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/throttle"
)

const day = 24 * time.Hour

// Retention is how long rows are kept that are over, in case someone asks, by table.
type Retention map[string]time.Duration

// UsualRetention returns how long rows are kept unless somebody says otherwise.
func UsualRetention() Retention {
	return Retention{
		"challenges": day, "password_resets": day, "password_reset_requests": day, "backup_code_confirmations": day,
		"devices": day, "one_time_codes": day, // which nobody confirmed, and of those
		"sessions": 90 * day, "browsers": 400 * day, "notices": 30 * day, "jobs": 30 * day,
		"backup_code_sets": 400 * day, "throttle_attempts": 90 * day, "notification_refreshes": 400 * day,
		"code_events": 400 * day, "opt_outs": 400 * day,
	}
}

// sweptAtOnce is how many rows go in a transaction: on SQLite nobody writes meanwhile.
const sweptAtOnce = 500

// countedAtMost is how many rows of a table are counted.
const countedAtMost = 10_000

// sweep is how rows that are over leave a table.
type sweep struct {
	table string
	// key names the rows for deletion.
	key string
	// atOnce is how many go in a transaction; sweptAtOnce if it is zero.
	atOnce int
	// find selects the keys of some rows that have been over since a time.
	find func(now, since time.Time, most int) (query string, args []any)
	// remove deletes the rows that a query finds, and what hangs on them; nil if nothing
	// does.
	remove func(db *DB, ctx context.Context, now time.Time, query string, args []any) (int, error)
}

// sweeps are in the order in which one makes rows of the next go. Devices that somebody
// confirmed, the log of notifications and the audit record stay.
var sweeps = []sweep{
	{table: "registrations", find: findRegistrations, remove: (*DB).removeRegistrations},
	{table: "registered_addresses", key: "(institution_id, email)", find: findAddresses},
	over("challenges", "token_hash", "expires_at", ""),
	over("password_resets", "user_id", "expires_at", ""),
	over("password_reset_requests", "id", "created_at", ""),
	over("backup_code_confirmations", "token_hash", "expires_at", ""),
	{table: "backup_code_sets", atOnce: sweptAtOnce / 10, find: findSets, remove: (*DB).removeSets},
	{table: "devices", find: findDevices, remove: (*DB).removeDevices},
	over("one_time_codes", "(subject, device_id)", "expires_at", `AND (subject <> '`+onetimecode.DeviceConfirmation+`'
		OR NOT EXISTS (SELECT 1 FROM devices d WHERE d.id = one_time_codes.device_id AND d.confirmed_at IS NULL))`),
	{table: "authenticators", key: "device_id", find: findRemovedApps},
	over("throttle_windows", "key", "closes_at", ""),
	over("throttle_attempts", "(authenticator, browser)", "tried_at", fmt.Sprintf("AND failures < %d", throttle.DisableAt)),
	over("send_allowances", "notification_id", "closes_at", ""),
	over("sessions", "id", "expires_at", ""),
	over("browsers", "(token_hash, user_id)", "created_at", ""),
	over("notices", "id", "done_at", ""),
	over("jobs", "id", "done_at", ""),
	over("not_you_links", "token_hash", "expires_at", ""),
	over("code_events", "(attempt_id, slot)", "at", ""),
	over("opt_outs", "(institution_id, number)", "since", ""),
	over("notification_refreshes", "(institution_id, recipient)", "refreshed_at", ""),
}

// over is for rows that are over at the time in a column. They go in its order, or
// PostgreSQL might read, each time, through all that went before.
func over(table, key, column, and string) sweep {
	return sweep{table: table, key: key, find: func(_, since time.Time, most int) (string, []any) {
		return fmt.Sprintf(`SELECT %s FROM %s WHERE %s < ? %s ORDER BY %s LIMIT %d`, strings.Trim(key, "()"), table, column, and, column, most), []any{since}
	}}
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
func (db *DB) SweepSome(ctx context.Context, table string, now time.Time, keep Retention) (more bool, err error) {
	i := slices.IndexFunc(sweeps, func(s sweep) bool { return s.table == table })
	if i < 0 {
		return false, nil
	}
	s := sweeps[i]
	most := cmp.Or(s.atOnce, sweptAtOnce)
	query, args := s.find(now, now.Add(-keep[table]), most)
	if s.remove != nil {
		n, err := s.remove(db, ctx, now, query, args)
		return n >= most, err
	}
	n, err := db.sql.Exec(ctx, "", `DELETE FROM `+table+` WHERE `+s.key+` IN (`+query+`)`, args...)
	return n >= int64(most), err
}

// CountLeft counts, by table, the rows that wait to be swept, up to 10,000 of each.
func (db *DB) CountLeft(ctx context.Context, now time.Time, keep Retention) (map[string]int, error) {
	var counts []string
	var all []any
	for _, s := range sweeps {
		query, args := s.find(now, now.Add(-keep[s.table]), countedAtMost)
		counts = append(counts, `SELECT '`+s.table+`' AS swept, count(*) AS rows_left FROM (`+query+`) `+s.table+`_over`)
		all = append(all, args...)
	}
	var rows []struct {
		Swept    string `db:"swept"`
		RowsLeft int    `db:"rows_left"`
	}
	err := db.sql.List(ctx, &rows, strings.Join(counts, " UNION ALL "), all...)
	left := make(map[string]int, len(rows))
	for _, r := range rows {
		left[r.Swept] = min(r.RowsLeft, countedAtMost)
	}
	return left, err
}

// findAddresses finds the addresses for which nobody waits any more.
func findAddresses(_, _ time.Time, most int) (string, []any) {
	return fmt.Sprintf(`SELECT a.institution_id, a.email FROM registered_addresses a
		WHERE NOT EXISTS (SELECT 1 FROM registrations r WHERE r.institution_id = a.institution_id AND r.email = a.email) LIMIT %d`, most), nil
}

// findRemovedApps finds what the codes of apps were made from that were removed.
func findRemovedApps(now, _ time.Time, most int) (string, []any) {
	return fmt.Sprintf(`SELECT a.device_id FROM devices d JOIN authenticators a ON a.device_id = d.id
		WHERE d.kind = 'AUTHENTICATOR' AND d.removed_at < ? LIMIT %d`, most), []any{now}
}

// findDevices finds the phones and addresses that their owners added and whose last
// code is over, and the apps that nobody bound in time.
func findDevices(now, since time.Time, most int) (string, []any) {
	return fmt.Sprintf(`
		SELECT id FROM (SELECT d.id FROM one_time_codes o JOIN devices d ON d.id = o.device_id
		  WHERE o.subject = '%[2]s' AND o.expires_at < ? AND d.confirmed_at IS NULL
		    AND NOT EXISTS (SELECT 1 FROM one_time_codes other WHERE other.device_id = d.id AND other.subject <> '%[2]s') LIMIT %[1]d) phones
		UNION ALL
		SELECT id FROM (SELECT d.id FROM authenticators a JOIN devices d ON d.id = a.device_id
		  WHERE a.expires_at < ? AND d.confirmed_at IS NULL ORDER BY a.expires_at LIMIT %[1]d) apps`, most, onetimecode.DeviceConfirmation), []any{since, now}
}

// removeDevices deletes devices that nobody confirmed, and what finds users by them.
func (db *DB) removeDevices(ctx context.Context, _ time.Time, query string, args []any) (n int, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		var ids []string
		if err := db.sql.List(ctx, &ids, query, args...); err != nil || len(ids) == 0 {
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

// findSets finds the sets of backup codes that are void, over, or spent to the last
// code: each is found once.
func findSets(_, since time.Time, most int) (string, []any) {
	return fmt.Sprintf(`
		SELECT id FROM (SELECT id FROM backup_code_sets WHERE voided_at < ? ORDER BY voided_at LIMIT %[1]d) void
		UNION ALL
		SELECT id FROM (SELECT id FROM backup_code_sets WHERE voided_at IS NULL AND expires_at < ? ORDER BY expires_at LIMIT %[1]d) over_long
		UNION ALL
		SELECT id FROM (SELECT s.id FROM backup_code_sets s
		  WHERE s.id IN (SELECT set_id FROM backup_codes WHERE used_at < ?) AND s.voided_at IS NULL AND (s.expires_at IS NULL OR s.expires_at >= ?)
		    AND NOT EXISTS (SELECT 1 FROM backup_codes c WHERE c.set_id = s.id AND (c.used_at IS NULL OR c.used_at >= ?)) LIMIT %[1]d) spent`, most),
		[]any{since, since, since, since, since}
}

// removeSets deletes sets of backup codes with their codes.
func (db *DB) removeSets(ctx context.Context, _ time.Time, query string, args []any) (n int, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		var ids []string
		if err := db.sql.List(ctx, &ids, query, args...); err != nil || len(ids) == 0 {
			return err
		}
		n = len(ids)
		if _, err := db.sql.Exec(ctx, "", `DELETE FROM backup_codes WHERE set_id IN (?)`, ids); err != nil {
			return err
		}
		_, err := db.sql.Exec(ctx, "", `DELETE FROM backup_code_sets WHERE id IN (?)`, ids)
		return err
	})
	return n, err
}

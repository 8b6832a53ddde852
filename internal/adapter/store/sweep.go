package store

import (
	"context"
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

// unproved are the phones and addresses that their owners added and whose last
// code is over.
const unproved = `confirmed_at IS NULL
	AND id IN (SELECT device_id FROM one_time_codes WHERE subject = '` + onetimecode.DeviceConfirmation + `' AND expires_at < ?)
	AND id NOT IN (SELECT device_id FROM one_time_codes WHERE subject <> '` + onetimecode.DeviceConfirmation + `')`

// confirming are the codes of devices that wait to be confirmed.
const confirming = `subject = '` + onetimecode.DeviceConfirmation + `' AND device_id IN (SELECT id FROM devices WHERE confirmed_at IS NULL)`

// Sweep deletes what nothing asks for any more: challenges, confirmations and links
// that are over, devices that nobody confirmed, the secrets of apps that were
// removed, windows that have closed, sessions long ended, notices long sent. Those who
// registered and did not prove the address in time become tombstones.
// Codes, devices and the log of notifications stay.
func (db *DB) Sweep(ctx context.Context, now time.Time) error {
	if err := db.sweepRegistrations(ctx, now); err != nil {
		return err
	}
	day := now.Add(-keepChallenges)
	for _, s := range []struct {
		query  string
		before time.Time
	}{
		{`DELETE FROM challenges WHERE expires_at < ?`, day},
		{`DELETE FROM password_resets WHERE expires_at < ?`, day},
		{`DELETE FROM backup_code_confirmations WHERE expires_at < ?`, day},
		{`DELETE FROM devices WHERE confirmed_at IS NULL AND id IN (SELECT device_id FROM authenticators WHERE expires_at < ?)`, now},
		{`DELETE FROM user_terms WHERE (user_id, source) IN (SELECT user_id, id FROM devices WHERE ` + unproved + `)`, day},
		{`DELETE FROM devices WHERE ` + unproved, day},
		{`DELETE FROM one_time_codes WHERE expires_at < ? AND NOT (` + confirming + `)`, day},
		{`DELETE FROM authenticators WHERE device_id IN (SELECT id FROM devices WHERE kind = 'AUTHENTICATOR' AND removed_at < ?)`, now},
		{`DELETE FROM throttle_windows WHERE closes_at < ?`, now},
		{`DELETE FROM sessions WHERE expires_at < ?`, now.Add(-keepSessions)},
		{`DELETE FROM browsers WHERE created_at < ?`, now.Add(-keepBrowsers)},
		{`DELETE FROM notices WHERE done_at < ?`, now.Add(-keepNotices)},
		{`DELETE FROM not_you_links WHERE expires_at < ?`, now},
	} {
		if _, err := db.sql.Exec(ctx, "", s.query, s.before); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/onetimecode"
)

// PutOneTimeCode implements onetimecode.Store.
func (db *DB) PutOneTimeCode(ctx context.Context, c onetimecode.Code) (replaced string, err error) {
	err = db.sql.Get(ctx, "code", &replaced, `
		INSERT INTO one_time_codes (subject, device_id, mac, sent_at, expires_at, attempt_id) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (subject, device_id) DO UPDATE
		SET mac = excluded.mac, sent_at = excluded.sent_at, expires_at = excluded.expires_at, spent_at = NULL, attempt_id = excluded.attempt_id,
		  previous_mac = one_time_codes.mac,
		  previous_attempt_id = CASE WHEN one_time_codes.spent_at IS NULL THEN one_time_codes.attempt_id ELSE '' END
		RETURNING previous_attempt_id`,
		c.Subject, c.DeviceID, c.MAC, c.SentAt, c.ExpiresAt, c.AttemptID)
	return replaced, err
}

// FindOneTimeCode implements onetimecode.Store.
func (db *DB) FindOneTimeCode(ctx context.Context, subject, deviceID string) (onetimecode.Code, error) {
	var r struct {
		MAC               []byte    `db:"mac"`
		SentAt            time.Time `db:"sent_at"`
		ExpiresAt         time.Time `db:"expires_at"`
		AttemptID         string    `db:"attempt_id"`
		PreviousMAC       []byte    `db:"previous_mac"`
		PreviousAttemptID string    `db:"previous_attempt_id"`
	}
	err := db.sql.Get(ctx, "code", &r, `
		SELECT mac, sent_at, expires_at, attempt_id, previous_mac, previous_attempt_id FROM one_time_codes
		WHERE subject = ? AND device_id = ? AND spent_at IS NULL`, subject, deviceID)
	return onetimecode.Code{
		Subject: subject, DeviceID: deviceID, MAC: r.MAC, SentAt: r.SentAt, ExpiresAt: r.ExpiresAt, AttemptID: r.AttemptID,
		PreviousMAC: r.PreviousMAC, PreviousAttemptID: r.PreviousAttemptID,
	}, err
}

// ConsumeOneTimeCode implements onetimecode.Store.
func (db *DB) ConsumeOneTimeCode(ctx context.Context, c onetimecode.Code, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE one_time_codes SET spent_at = ?
		WHERE subject = ? AND device_id = ? AND mac = ? AND spent_at IS NULL AND expires_at > ?`,
		now, c.Subject, c.DeviceID, c.MAC, now)
}

// DeleteOneTimeCode implements onetimecode.Store.
func (db *DB) DeleteOneTimeCode(ctx context.Context, c onetimecode.Code) error {
	_, err := db.sql.Exec(ctx, "code", `DELETE FROM one_time_codes WHERE subject = ? AND device_id = ? AND mac = ?`, c.Subject, c.DeviceID, c.MAC)
	return err
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/onetimecode"
)

// PutOneTimeCode implements onetimecode.Store.
func (db *DB) PutOneTimeCode(ctx context.Context, c onetimecode.Code) error {
	_, err := db.sql.Exec(ctx, "code", `
		INSERT INTO one_time_codes (subject, device_id, mac, sent_at, expires_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (subject, device_id) DO UPDATE
		SET mac = excluded.mac, sent_at = excluded.sent_at, expires_at = excluded.expires_at, spent_at = NULL`,
		c.Subject, c.DeviceID, c.MAC, c.SentAt, c.ExpiresAt)
	return err
}

// FindOneTimeCode implements onetimecode.Store.
func (db *DB) FindOneTimeCode(ctx context.Context, subject, deviceID string, now time.Time) (onetimecode.Code, error) {
	var r struct {
		MAC       []byte    `db:"mac"`
		SentAt    time.Time `db:"sent_at"`
		ExpiresAt time.Time `db:"expires_at"`
	}
	err := db.sql.Get(ctx, "code", &r, `
		SELECT mac, sent_at, expires_at FROM one_time_codes
		WHERE subject = ? AND device_id = ? AND spent_at IS NULL AND expires_at > ?`, subject, deviceID, now)
	return onetimecode.Code{Subject: subject, DeviceID: deviceID, MAC: r.MAC, SentAt: r.SentAt, ExpiresAt: r.ExpiresAt}, err
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

// ListSent implements onetimecode.Store.
func (db *DB) ListSent(ctx context.Context, subject string) (map[string]time.Time, error) {
	var rows []struct {
		DeviceID string    `db:"device_id"`
		SentAt   time.Time `db:"sent_at"`
	}
	err := db.sql.List(ctx, &rows, `SELECT device_id, sent_at FROM one_time_codes WHERE subject = ?`, subject)
	sent := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		sent[r.DeviceID] = r.SentAt
	}
	return sent, err
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// ReplacePending implements device.Store.
func (db *DB) ReplacePending(ctx context.Context, d device.Device, at time.Time) error {
	r := rowOf(d)
	return db.InTx(ctx, func(ctx context.Context) error {
		var before string
		err := db.get(ctx, "device", &before, `
			SELECT id FROM devices JOIN device_confirmations ON device_id = id
			WHERE user_id = ? AND institution_id = ? AND kind = ? AND address = ? AND confirmed_at IS NULL AND removed_at IS NULL`,
			r.UserID, r.InstitutionID, r.Kind, r.Address)
		if err == nil {
			err = db.RemoveDevice(ctx, r.InstitutionID, before, at)
		}
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		return db.CreateDevice(ctx, d)
	})
}

// PutDeviceCode implements device.Store.
func (db *DB) PutDeviceCode(ctx context.Context, c device.Code) error {
	_, err := db.exec(ctx, "code", `
		INSERT INTO device_confirmations (device_id, mac, expires_at) VALUES (?, ?, ?)
		ON CONFLICT (device_id) DO UPDATE SET mac = excluded.mac, expires_at = excluded.expires_at, spent_at = NULL`,
		c.DeviceID, c.MAC, c.ExpiresAt)
	return err
}

// FindDeviceCode implements device.Store.
func (db *DB) FindDeviceCode(ctx context.Context, deviceID string, now time.Time) (device.Code, error) {
	c := device.Code{DeviceID: deviceID}
	var r struct {
		MAC       []byte    `db:"mac"`
		ExpiresAt time.Time `db:"expires_at"`
	}
	err := db.get(ctx, "code", &r, `
		SELECT mac, expires_at FROM device_confirmations WHERE device_id = ? AND spent_at IS NULL AND expires_at > ?`, deviceID, now)
	c.MAC, c.ExpiresAt = r.MAC, r.ExpiresAt
	return c, err
}

// ConsumeDeviceCode implements device.Store.
func (db *DB) ConsumeDeviceCode(ctx context.Context, c device.Code, now time.Time) (bool, error) {
	return db.once(ctx, `
		UPDATE device_confirmations SET spent_at = ? WHERE device_id = ? AND mac = ? AND spent_at IS NULL AND expires_at > ?`,
		now, c.DeviceID, c.MAC, now)
}

// ConfirmDevice implements device.Store.
func (db *DB) ConfirmDevice(ctx context.Context, institutionID, userID, id string, at time.Time) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		n, err := db.exec(ctx, "device", `
			UPDATE devices SET confirmed_at = ? WHERE id = ? AND user_id = ? AND institution_id = ? AND confirmed_at IS NULL AND removed_at IS NULL`,
			at, id, userID, institutionID)
		if err := missing("device", n, err); err != nil {
			return err
		}
		var defaults int
		if err := db.get(ctx, "device", &defaults, `
			SELECT count(*) FROM devices WHERE user_id = ? AND is_default AND confirmed_at IS NOT NULL AND removed_at IS NULL`, userID); err != nil || defaults > 0 {
			return err
		}
		return db.SetDefaultDevice(ctx, institutionID, userID, id)
	})
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
)

// SuspendDevices implements freeze.Store.
func (db *DB) SuspendDevices(ctx context.Context, institutionID, userID string, since time.Time, because notification.Notice, at time.Time) (int, error) {
	var n int64
	err := db.InTx(ctx, func(ctx context.Context) (err error) {
		if n, err = db.sql.Exec(ctx, "device", `
			UPDATE devices SET suspended_at = ?, suspended_for = ?, is_default = FALSE
			WHERE user_id = ? AND institution_id = ? AND confirmed_at >= ? AND suspended_at IS NULL AND removed_at IS NULL`,
			at, because, userID, institutionID, since); err != nil || n == 0 {
			return err
		}
		return db.anyDefault(ctx, userID)
	})
	return int(n), err
}

// RestoreDevice implements device.Store.
func (db *DB) RestoreDevice(ctx context.Context, institutionID, userID, id string) (restored bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		if restored, err = db.sql.Once(ctx, `
			UPDATE devices SET suspended_at = NULL, suspended_for = NULL
			WHERE id = ? AND user_id = ? AND institution_id = ? AND suspended_at IS NOT NULL AND removed_at IS NULL`,
			id, userID, institutionID); err != nil || !restored {
			return err
		}
		return db.anyDefault(ctx, userID)
	})
	return restored && err == nil, err
}

// SpendCodes implements freeze.Store.
func (db *DB) SpendCodes(ctx context.Context, userID string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "code", `
		UPDATE one_time_codes SET spent_at = ?
		WHERE spent_at IS NULL AND expires_at > ?
		  AND (device_id IN (SELECT id FROM devices WHERE user_id = ?) OR subject IN (SELECT token_hash FROM challenges WHERE user_id = ?))`,
		at, at, userID, userID)
	return err
}

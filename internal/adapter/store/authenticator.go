package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/device"
)

type authenticatorRow struct {
	DeviceID  string     `db:"device_id"`
	Secret    []byte     `db:"secret"`
	LastStep  int64      `db:"last_step"`
	Drift     int64      `db:"drift"`
	Late      bool       `db:"late"`
	ExpiresAt *time.Time `db:"expires_at"`
}

// ownedAuthenticator is a row of authenticators with what its device says.
type ownedAuthenticator struct {
	authenticatorRow
	UserID      string     `db:"user_id"`
	ConfirmedAt *time.Time `db:"confirmed_at"`
}

func (r ownedAuthenticator) row() authenticator.Row {
	return authenticator.Row{
		DeviceID: r.DeviceID, UserID: r.UserID, Secret: r.Secret, Confirmed: r.ConfirmedAt != nil, ExpiresAt: r.ExpiresAt,
		Seen: authenticator.Seen{LastStep: r.LastStep, Drift: r.Drift, Late: r.Late},
	}
}

var selectAuthenticators = `SELECT ` +
	sqldb.ColumnsOf[ownedAuthenticator]().From("a", sqldb.Made{"user_id": "d.user_id", "confirmed_at": "d.confirmed_at"}) +
	` FROM authenticators a JOIN devices d ON d.id = a.device_id `

// CreateAuthenticator implements authenticator.Store.
func (db *DB) CreateAuthenticator(ctx context.Context, d *device.Authenticator, r authenticator.Row) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if d.ConfirmedAt == nil {
			if _, err := db.sql.Exec(ctx, "", `
				DELETE FROM devices WHERE user_id = ? AND kind = ? AND confirmed_at IS NULL AND removed_at IS NULL`,
				d.UserID, authenticatorKind); err != nil {
				return err
			}
		}
		if err := db.CreateDevice(ctx, d); err != nil {
			return err
		}
		return sqldb.Insert(ctx, db.sql, "authenticator app", `INSERT INTO authenticators VALUES (?)`,
			authenticatorRow{
				DeviceID: d.ID, Secret: r.Secret, LastStep: r.Seen.LastStep, Drift: r.Seen.Drift, Late: r.Seen.Late, ExpiresAt: r.ExpiresAt,
			})
	})
}

// FindAuthenticator implements authenticator.Store.
func (db *DB) FindAuthenticator(ctx context.Context, institutionID, deviceID string) (authenticator.Row, error) {
	r, err := sqldb.Find[ownedAuthenticator](ctx, db.sql, "authenticator app", selectAuthenticators+`
		WHERE a.device_id = ? AND d.institution_id = ? AND d.removed_at IS NULL AND d.suspended_at IS NULL`, deviceID, institutionID)
	return r.row(), err
}

// AcceptStep implements authenticator.Store.
func (db *DB) AcceptStep(ctx context.Context, deviceID string, s authenticator.Seen) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE authenticators SET last_step = ?, drift = ?, late = ?
		WHERE device_id = ? AND last_step < ? AND EXISTS (
		  SELECT 1 FROM devices WHERE id = authenticators.device_id AND confirmed_at IS NOT NULL AND removed_at IS NULL AND suspended_at IS NULL)`,
		s.LastStep, s.Drift, s.Late, deviceID, s.LastStep)
}

// BindAuthenticator implements authenticator.Store.
func (db *DB) BindAuthenticator(ctx context.Context, deviceID, sessionID string, s authenticator.Seen, now time.Time) (bool, error) {
	bound := false
	err := db.InTx(ctx, func(ctx context.Context) error {
		var err error
		if bound, err = db.sql.Once(ctx, `
			UPDATE authenticators SET last_step = ?, drift = ?, late = ?, bound_in = ?, expires_at = NULL
			WHERE device_id = ? AND last_step < ? AND expires_at > ?`,
			s.LastStep, s.Drift, s.Late, sessionID, deviceID, s.LastStep, now); err != nil || !bound {
			return err
		}
		return db.sql.Update(ctx, "authenticator app", `
			UPDATE devices SET confirmed_at = ?, backup_code_used_at = (SELECT s.backup_code_used_at FROM sessions s WHERE s.id = ?)
			WHERE id = ? AND confirmed_at IS NULL AND removed_at IS NULL`, now, sessionID, deviceID)
	})
	return bound && err == nil, err
}

// BoundIn implements authenticator.Store.
func (db *DB) BoundIn(ctx context.Context, userID, sessionID string) (bool, error) {
	var n int
	err := db.sql.Get(ctx, "", &n, `
		SELECT count(*) FROM devices d JOIN authenticators a ON a.device_id = d.id WHERE d.user_id = ? AND a.bound_in = ?`, userID, sessionID)
	return n > 0, err
}

// ListAuthenticators implements authenticator.Store.
func (db *DB) ListAuthenticators(ctx context.Context, after string, limit int) ([]authenticator.Row, error) {
	return sqldb.Read(ctx, db.sql, ownedAuthenticator.row, selectAuthenticators+`WHERE a.device_id > ? ORDER BY a.device_id LIMIT ?`, after, limit)
}

// ReplaceSecret implements authenticator.Store.
func (db *DB) ReplaceSecret(ctx context.Context, deviceID string, was, becomes []byte) (bool, error) {
	return db.sql.Once(ctx, `UPDATE authenticators SET secret = ? WHERE device_id = ? AND secret = ?`, becomes, deviceID, was)
}

package store

import (
	"context"
	"fmt"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

const (
	phoneKind         = "PHONE"
	emailKind         = "EMAIL"
	authenticatorKind = "AUTHENTICATOR"
)

type deviceRow struct {
	ID                 string     `db:"id"`
	InstitutionID      string     `db:"institution_id"`
	UserID             string     `db:"user_id"`
	Kind               string     `db:"kind"`
	Label              string     `db:"label"`
	IsDefault          bool       `db:"is_default"`
	Address            string     `db:"address"`
	DetectedNumberType *string    `db:"detected_number_type"`
	Carrier            *string    `db:"carrier"`
	OverrideNumberType *string    `db:"override_number_type"`
	OverrideReason     *string    `db:"override_reason"`
	OverrideBy         *string    `db:"override_by"`
	OverrideAt         *time.Time `db:"override_at"`
	AddedAt            time.Time  `db:"added_at"`
	ConfirmedAt        *time.Time `db:"confirmed_at"`
	LastUsedAt         *time.Time `db:"last_used_at"`
	DisabledAt         *time.Time `db:"disabled_at"`
	RemovedAt          *time.Time `db:"removed_at"`
	PausedKnown        *time.Time `db:"paused_known"`
	PausedStranger     *time.Time `db:"paused_stranger"`
}

// selectDevices reads devices with their pauses. What is switched off in a lane is
// not paused there.
var selectDevices = fmt.Sprintf(`
	SELECT id, institution_id, user_id, kind, label, is_default, address, detected_number_type, carrier,
	  override_number_type, override_reason, override_by, override_at,
	  added_at, confirmed_at, last_used_at, disabled_at, removed_at,
	  known.paused_until AS paused_known, stranger.paused_until AS paused_stranger
	FROM devices
	LEFT JOIN throttle_attempts known ON known.authenticator = id AND known.lane = '%[1]s' AND known.failures < %[3]d
	LEFT JOIN throttle_attempts stranger ON stranger.authenticator = id AND stranger.lane = '%[2]s' AND stranger.failures < %[3]d
	`, throttle.KnownBrowser, throttle.Stranger, throttle.DisableAt)

func (r *deviceRow) Columns() []any {
	return []any{
		&r.ID, &r.InstitutionID, &r.UserID, &r.Kind, &r.Label, &r.IsDefault, &r.Address, &r.DetectedNumberType, &r.Carrier,
		&r.OverrideNumberType, &r.OverrideReason, &r.OverrideBy, &r.OverrideAt,
		&r.AddedAt, &r.ConfirmedAt, &r.LastUsedAt, &r.DisabledAt, &r.RemovedAt, &r.PausedKnown, &r.PausedStranger,
	}
}

func (r deviceRow) device() device.Device {
	base := device.Base{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Label: r.Label, IsDefault: r.IsDefault,
		AddedAt: r.AddedAt, ConfirmedAt: r.ConfirmedAt, LastUsedAt: r.LastUsedAt, DisabledAt: r.DisabledAt, RemovedAt: r.RemovedAt,
		PausedUntil: latest(r.PausedKnown, r.PausedStranger),
	}
	switch r.Kind {
	case emailKind:
		return &device.Email{Base: base, Address: r.Address}
	case authenticatorKind:
		return &device.Authenticator{Base: base}
	}
	p := &device.Phone{
		Base: base, PhoneNumber: r.Address, Carrier: r.Carrier,
		DetectedNumberType: (*device.NumberType)(r.DetectedNumberType),
	}
	if r.OverrideNumberType != nil {
		p.NumberTypeOverride = &device.Override{
			NumberType: device.NumberType(*r.OverrideNumberType), Reason: value(r.OverrideReason),
			ByID: value(r.OverrideBy), At: value(r.OverrideAt),
		}
	}
	return p
}

// latest gives the later of two times of which either may be missing.
func latest(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.After(*a) {
		return b
	}
	return a
}

func rowOf(d device.Device) deviceRow {
	b := d.Common()
	r := deviceRow{
		ID: b.ID, InstitutionID: b.InstitutionID, UserID: b.UserID, Kind: authenticatorKind, Label: b.Label,
		AddedAt: b.AddedAt, ConfirmedAt: b.ConfirmedAt,
	}
	switch d := d.(type) {
	case *device.Phone:
		r.Kind, r.Address, r.Carrier = phoneKind, d.PhoneNumber, d.Carrier
		r.DetectedNumberType = (*string)(d.DetectedNumberType)
	case *device.Email:
		r.Kind, r.Address = emailKind, d.Address
	}
	return r
}

// CreateDevice implements device.Store.
func (db *DB) CreateDevice(ctx context.Context, d device.Device) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		r := rowOf(d)
		if err := db.sql.Insert(ctx, "device", `
			INSERT INTO devices (id, institution_id, user_id, kind, label, is_default, address, detected_number_type, carrier, added_at, confirmed_at)
			VALUES (:id, :institution_id, :user_id, :kind, :label, FALSE, :address, :detected_number_type, :carrier, :added_at, :confirmed_at)`, r); err != nil {
			return err
		}
		if _, err := db.sql.Exec(ctx, "device", `
			UPDATE devices SET is_default = TRUE WHERE id = ? AND NOT EXISTS (
			  SELECT 1 FROM devices other WHERE other.user_id = ? AND other.is_default AND other.removed_at IS NULL)`, r.ID, r.UserID); err != nil {
			return err
		}
		if r.Kind != phoneKind {
			return nil
		}
		return db.addTerms(ctx, r.UserID, r.ID, user.PhoneTerms(r.Address))
	})
}

// FindDevice implements device.Store.
func (db *DB) FindDevice(ctx context.Context, institutionID, id string) (device.Device, error) {
	var r deviceRow
	if err := db.sql.Get(ctx, "device", &r, selectDevices+`WHERE id = ? AND institution_id = ? AND removed_at IS NULL`, id, institutionID); err != nil {
		return nil, err
	}
	return r.device(), nil
}

// ListDevices implements device.Store.
func (db *DB) ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	return sqldb.Read(ctx, db.sql, deviceRow.device, selectDevices+`
		WHERE user_id IN (?) AND institution_id = ? AND removed_at IS NULL ORDER BY user_id, added_at, id`, userIDs, institutionID)
}

// ListNotifiable implements device.Directory.
func (db *DB) ListNotifiable(ctx context.Context, institutionID, userID string, removedSince time.Time) ([]device.Device, error) {
	var rows []deviceRow
	err := db.sql.List(ctx, &rows, selectDevices+`
		WHERE user_id = ? AND institution_id = ? AND (removed_at IS NULL OR removed_at >= ?) ORDER BY added_at, id`,
		userID, institutionID, removedSince)
	return convert(rows, deviceRow.device), err
}

// SetNumberTypeOverride implements device.Store.
func (db *DB) SetNumberTypeOverride(ctx context.Context, institutionID, id string, o *device.Override) error {
	var r deviceRow
	if o != nil {
		r.OverrideNumberType, r.OverrideReason, r.OverrideBy, r.OverrideAt = (*string)(&o.NumberType), &o.Reason, &o.ByID, &o.At
	}
	n, err := db.sql.Exec(ctx, "device", `
		UPDATE devices SET override_number_type = ?, override_reason = ?, override_by = ?, override_at = ?
		WHERE id = ? AND institution_id = ? AND kind = ? AND removed_at IS NULL`,
		r.OverrideNumberType, r.OverrideReason, r.OverrideBy, r.OverrideAt, id, institutionID, phoneKind)
	return sqldb.Missing("phone", n, err)
}

// LockUser implements device.Store: the update changes nothing, and who makes it
// next waits for the end of this transaction.
func (db *DB) LockUser(ctx context.Context, institutionID, userID string) (user.User, error) {
	n, err := db.sql.Exec(ctx, "user", `UPDATE users SET status = status WHERE id = ? AND institution_id = ?`, userID, institutionID)
	if err := sqldb.Missing("user", n, err); err != nil {
		return user.User{}, err
	}
	return db.FindUser(ctx, institutionID, userID)
}

// RenameDevice implements device.Store.
func (db *DB) RenameDevice(ctx context.Context, institutionID, id, label string) error {
	n, err := db.sql.Exec(ctx, "device", `UPDATE devices SET label = ? WHERE id = ? AND institution_id = ? AND removed_at IS NULL`, label, id, institutionID)
	return sqldb.Missing("device", n, err)
}

// SetDefaultDevice implements device.Store.
func (db *DB) SetDefaultDevice(ctx context.Context, institutionID, userID, id string) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if _, err := db.sql.Exec(ctx, "device", `
			UPDATE devices SET is_default = FALSE WHERE user_id = ? AND institution_id = ? AND is_default AND removed_at IS NULL`, userID, institutionID); err != nil {
			return err
		}
		n, err := db.sql.Exec(ctx, "device", `
			UPDATE devices SET is_default = TRUE WHERE id = ? AND user_id = ? AND institution_id = ? AND removed_at IS NULL`, id, userID, institutionID)
		return sqldb.Missing("device", n, err)
	})
}

// MarkDeviceUsed implements challenge.Store.
func (db *DB) MarkDeviceUsed(ctx context.Context, institutionID, id string, now time.Time) error {
	n, err := db.sql.Exec(ctx, "device", `
		UPDATE devices SET last_used_at = ?, confirmed_at = COALESCE(confirmed_at, ?)
		WHERE id = ? AND institution_id = ? AND removed_at IS NULL`, now, now, id, institutionID)
	return sqldb.Missing("device", n, err)
}

// DisableDevice implements challenge.Store.
func (db *DB) DisableDevice(ctx context.Context, institutionID, id string, now time.Time) error {
	n, err := db.sql.Exec(ctx, "device", `
		UPDATE devices SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ? AND institution_id = ? AND removed_at IS NULL`, now, id, institutionID)
	return sqldb.Missing("device", n, err)
}

// RemoveDevice implements device.Store. The row keeps what notices need to reach
// the device for a while; the same number added again is another row.
func (db *DB) RemoveDevice(ctx context.Context, institutionID, id string, at time.Time) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		var owner string
		if err := db.sql.Get(ctx, "device", &owner, `
			UPDATE devices SET removed_at = ?, is_default = FALSE
			WHERE id = ? AND institution_id = ? AND removed_at IS NULL RETURNING user_id`, at, id, institutionID); err != nil {
			return err
		}
		for _, s := range []struct {
			query string
			args  []any
		}{
			{`DELETE FROM user_terms WHERE user_id = ? AND source = ?`, []any{owner, id}},
			{`DELETE FROM one_time_codes WHERE device_id = ? AND subject <> ?`, []any{id, onetimecode.DeviceConfirmation}}, // by which a sweep finds it
			{`UPDATE devices SET is_default = TRUE WHERE id = (
			    SELECT id FROM devices WHERE user_id = ? AND removed_at IS NULL AND confirmed_at IS NOT NULL
			    ORDER BY added_at, id LIMIT 1)
			  AND NOT EXISTS (SELECT 1 FROM devices d WHERE d.user_id = ? AND d.is_default AND d.removed_at IS NULL)`, []any{owner, owner}},
		} {
			if _, err := db.sql.Exec(ctx, "device", s.query, s.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReplacePending implements device.Store.
func (db *DB) ReplacePending(ctx context.Context, d device.Device, at time.Time) error {
	r := rowOf(d)
	return db.InTx(ctx, func(ctx context.Context) error {
		var before string
		err := db.sql.Get(ctx, "device", &before, `
			SELECT id FROM devices JOIN one_time_codes ON device_id = id AND subject = ?
			WHERE user_id = ? AND institution_id = ? AND kind = ? AND address = ? AND confirmed_at IS NULL AND removed_at IS NULL`,
			onetimecode.DeviceConfirmation, r.UserID, r.InstitutionID, r.Kind, r.Address)
		if err == nil {
			err = db.RemoveDevice(ctx, r.InstitutionID, before, at)
		}
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		return db.CreateDevice(ctx, d)
	})
}

// ConfirmDevice implements device.Store.
func (db *DB) ConfirmDevice(ctx context.Context, institutionID, userID, id string, at time.Time) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		n, err := db.sql.Exec(ctx, "device", `
			UPDATE devices SET confirmed_at = ? WHERE id = ? AND user_id = ? AND institution_id = ? AND confirmed_at IS NULL AND removed_at IS NULL`,
			at, id, userID, institutionID)
		if err := sqldb.Missing("device", n, err); err != nil {
			return err
		}
		var defaults int
		if err := db.sql.Get(ctx, "device", &defaults, `
			SELECT count(*) FROM devices WHERE user_id = ? AND is_default AND confirmed_at IS NOT NULL AND removed_at IS NULL`, userID); err != nil || defaults > 0 {
			return err
		}
		return db.SetDefaultDevice(ctx, institutionID, userID, id)
	})
}

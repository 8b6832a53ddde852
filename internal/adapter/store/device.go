package store

import (
	"context"
	"fmt"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
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

// deviceRow is a row of devices. The tag part is for profiles: see isPart.
type deviceRow struct {
	ID                 string                `db:"id"`
	InstitutionID      string                `db:"institution_id" part:"-"`
	UserID             string                `db:"user_id" part:"-"`
	Kind               string                `db:"kind"`
	Label              string                `db:"label"`
	IsDefault          bool                  `db:"is_default"`
	Address            string                `db:"address"`
	DetectedNumberType sqldb.Null[string]    `db:"detected_number_type"`
	Carrier            sqldb.Null[string]    `db:"carrier" part:"Details"`
	OverrideNumberType sqldb.Null[string]    `db:"override_number_type"`
	OverrideReason     sqldb.Null[string]    `db:"override_reason" part:"Details"`
	OverrideBy         sqldb.Null[string]    `db:"override_by" part:"Details"`
	OverrideAt         sqldb.Null[time.Time] `db:"override_at" part:"Details"`
	AddedAt            time.Time             `db:"added_at" part:"Dates"`
	ConfirmedAt        sqldb.Null[time.Time] `db:"confirmed_at" part:"Dates"`
	LastUsedAt         sqldb.Null[time.Time] `db:"last_used_at" part:"Dates"`
	DisabledAt         sqldb.Null[time.Time] `db:"disabled_at"`
	SuspendedAt        sqldb.Null[time.Time] `db:"suspended_at"`
	SuspendedFor       sqldb.Null[string]    `db:"suspended_for" part:"Details"`
	BackupCodeUsedAt   sqldb.Null[time.Time] `db:"backup_code_used_at" part:"Details"`
	MailRefusedAt      sqldb.Null[time.Time] `db:"mail_refused_at" part:"Details"`
	RemovedAt          sqldb.Null[time.Time] `db:"removed_at" part:"-"`
}

// rowOf returns the row of a device that is added.
func rowOf(d device.Device) deviceRow {
	b := d.Common()
	r := deviceRow{
		ID: b.ID, InstitutionID: b.InstitutionID, UserID: b.UserID, Kind: authenticatorKind, Label: b.Label,
		AddedAt: b.AddedAt, ConfirmedAt: sqldb.NullOf(b.ConfirmedAt), BackupCodeUsedAt: sqldb.NullOf(b.BackupCodeUsedAt),
	}
	switch d := d.(type) {
	case *device.Phone:
		r.Kind, r.Address, r.Carrier = phoneKind, d.PhoneNumber, sqldb.NullOf(d.Carrier)
		r.DetectedNumberType = sqldb.NullOf((*string)(d.DetectedNumberType))
	case *device.Email:
		r.Kind, r.Address = emailKind, d.Address
	}
	return r
}

// pausedDevice is a device as every read has it.
type pausedDevice struct {
	deviceRow
	PausedUntil   sqldb.Null[time.Time] `db:"paused_until" part:"Pauses"`
	OptedOutSince sqldb.Null[time.Time] `db:"opted_out_since" part:"OptOuts"`
	OptedOutOf    sqldb.Null[string]    `db:"opted_out_of" part:"OptOuts"`
	OptedOutBy    sqldb.Null[string]    `db:"opted_out_by" part:"OptOuts"`
}

// withPauses follows devices d in a FROM: what is counted of them in each browser in
// which they are not switched off.
var withPauses = fmt.Sprintf(`
	LEFT JOIN throttle_attempts known ON known.authenticator = d.id AND known.browser = '%[1]s' AND known.failures < %[3]d
	LEFT JOIN throttle_attempts unknown ON unknown.authenticator = d.id AND unknown.browser = '%[2]s' AND unknown.failures < %[3]d
	`, throttle.KnownBrowser, throttle.UnknownBrowser, throttle.DisableAt)

// withOptOuts follows devices d in a FROM: what is known of their numbers.
const withOptOuts = ` LEFT JOIN opt_outs opted ON opted.institution_id = d.institution_id AND opted.number = d.address `

var (
	// madeOfJoins has what devices are joined for.
	madeOfJoins = sqldb.Made{
		"opted_out_since": "opted.since", "opted_out_of": "opted.sender", "opted_out_by": "opted.learned_by",
		// the end of its last pause
		"paused_until": `CASE
	  WHEN known.paused_until IS NULL OR unknown.paused_until > known.paused_until THEN unknown.paused_until
	  ELSE known.paused_until END`,
	}
	selectDevices = `SELECT ` + sqldb.ColumnsOf[pausedDevice]().From("d", madeOfJoins) + ` FROM devices d` + withPauses + withOptOuts
)

func (r pausedDevice) device() device.Device {
	base := device.Base{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Label: r.Label, IsDefault: r.IsDefault,
		AddedAt: r.AddedAt, ConfirmedAt: sqldb.Ptr(r.ConfirmedAt), LastUsedAt: sqldb.Ptr(r.LastUsedAt),
		DisabledAt: sqldb.Ptr(r.DisabledAt), SuspendedAt: sqldb.Ptr(r.SuspendedAt), SuspendedFor: notification.Notice(r.SuspendedFor.V),
		BackupCodeUsedAt: sqldb.Ptr(r.BackupCodeUsedAt), MailRefusedAt: sqldb.Ptr(r.MailRefusedAt), RemovedAt: sqldb.Ptr(r.RemovedAt), PausedUntil: sqldb.Ptr(r.PausedUntil),
	}
	switch r.Kind {
	case emailKind:
		return &device.Email{Base: base, Address: r.Address}
	case authenticatorKind:
		return &device.Authenticator{Base: base}
	}
	p := &device.Phone{
		Base: base, PhoneNumber: r.Address, Carrier: sqldb.Ptr(r.Carrier),
		DetectedNumberType: (*device.NumberType)(sqldb.Ptr(r.DetectedNumberType)),
	}
	if r.OptedOutSince.Valid {
		p.OptedOut = &notification.OptOut{Sender: r.OptedOutOf.V, Since: r.OptedOutSince.V, LearnedBy: notification.OptOutSource(r.OptedOutBy.V)}
	}
	if r.OverrideNumberType.Valid {
		p.NumberTypeOverride = &device.Override{
			NumberType: device.NumberType(r.OverrideNumberType.V), Reason: r.OverrideReason.V, ByID: r.OverrideBy.V, At: r.OverrideAt.V,
		}
	}
	return p
}

// CreateDevice implements device.Store.
func (db *DB) CreateDevice(ctx context.Context, d device.Device) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		r := rowOf(d)
		if err := sqldb.Insert(ctx, db.sql, "device", `INSERT INTO devices VALUES (?)`, r); err != nil {
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
	r, err := sqldb.Find[pausedDevice](ctx, db.sql, "device", selectDevices+`
		WHERE d.id = ? AND d.institution_id = ? AND d.removed_at IS NULL`, id, institutionID)
	if err != nil {
		return nil, err
	}
	return r.device(), nil
}

// ListDevices implements device.Store.
func (db *DB) ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	return sqldb.Read(ctx, db.sql, pausedDevice.device, selectDevices+`
		WHERE d.user_id IN (?) AND d.institution_id = ? AND d.removed_at IS NULL ORDER BY d.user_id, d.added_at, d.id`, userIDs, institutionID)
}

// ListNotifiable implements notice.Store.
func (db *DB) ListNotifiable(ctx context.Context, institutionID, userID string, removedSince time.Time) ([]device.Device, error) {
	return sqldb.Read(ctx, db.sql, pausedDevice.device, selectDevices+`
		WHERE d.user_id = ? AND d.institution_id = ? AND (d.removed_at IS NULL OR d.removed_at >= ?) ORDER BY d.added_at, d.id`,
		userID, institutionID, removedSince)
}

// SetNumberTypeOverride implements device.Store.
func (db *DB) SetNumberTypeOverride(ctx context.Context, institutionID, id string, seen device.Seen, o *device.Override) error {
	var r deviceRow
	if o != nil {
		r.OverrideNumberType, r.OverrideReason = sqldb.NullOf((*string)(&o.NumberType)), sqldb.NullOf(&o.Reason)
		r.OverrideBy, r.OverrideAt = sqldb.NullOf(&o.ByID), sqldb.NullOf(&o.At)
	}
	asked := 0
	if seen.Known {
		asked = 1
	}
	return db.sql.Update(ctx, "phone", `
		UPDATE devices SET override_number_type = ?, override_reason = ?, override_by = ?, override_at = ?
		WHERE id = ? AND institution_id = ? AND kind = ? AND removed_at IS NULL AND (? = 0 OR override_at IS NOT DISTINCT FROM ?)`,
		r.OverrideNumberType, r.OverrideReason, r.OverrideBy, r.OverrideAt, id, institutionID, phoneKind, asked, seen.At)
}

// LockUser implements device.Store: the update changes nothing, and who makes it
// next waits for the end of this transaction.
func (db *DB) LockUser(ctx context.Context, institutionID, userID string) (user.User, error) {
	r, err := sqldb.Find[userRow](ctx, db.sql, "user",
		`UPDATE users SET status = status WHERE id = ? AND institution_id = ? RETURNING `+lockedColumns, userID, institutionID)
	return r.user(), err
}

var lockedColumns = sqldb.ColumnsOf[userRow]().From("users", nil)

// RenameDevice implements device.Store.
func (db *DB) RenameDevice(ctx context.Context, institutionID, id, label string) error {
	return db.sql.Update(ctx, "device", `UPDATE devices SET label = ? WHERE id = ? AND institution_id = ? AND removed_at IS NULL`, label, id, institutionID)
}

// SetDefaultDevice implements device.Store.
func (db *DB) SetDefaultDevice(ctx context.Context, institutionID, userID, id string) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if _, err := db.sql.Exec(ctx, "device", `
			UPDATE devices SET is_default = FALSE WHERE user_id = ? AND institution_id = ? AND is_default AND removed_at IS NULL`, userID, institutionID); err != nil {
			return err
		}
		return db.sql.Update(ctx, "device", `
			UPDATE devices SET is_default = TRUE WHERE id = ? AND user_id = ? AND institution_id = ? AND removed_at IS NULL`, id, userID, institutionID)
	})
}

// MarkDeviceUsed implements challenge.Store.
func (db *DB) MarkDeviceUsed(ctx context.Context, institutionID, id string, now time.Time) error {
	return db.sql.Update(ctx, "device", `
		UPDATE devices SET last_used_at = ?, confirmed_at = COALESCE(confirmed_at, ?)
		WHERE id = ? AND institution_id = ? AND removed_at IS NULL AND suspended_at IS NULL`, now, now, id, institutionID)
}

// DisableDevice implements challenge.Store.
func (db *DB) DisableDevice(ctx context.Context, institutionID, id string, now time.Time) error {
	return db.sql.Update(ctx, "device", `
		UPDATE devices SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ? AND institution_id = ? AND removed_at IS NULL`, now, id, institutionID)
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
		if _, err := db.sql.Exec(ctx, "device", `DELETE FROM user_terms WHERE user_id = ? AND source = ?`, owner, id); err != nil {
			return err
		}
		if _, err := db.sql.Exec(ctx, "device", `DELETE FROM one_time_codes WHERE device_id = ? AND subject <> ?`,
			id, onetimecode.DeviceConfirmation); err != nil { // by which a sweep finds it
			return err
		}
		return db.anyDefault(ctx, owner)
	})
}

// anyDefault makes the oldest device that proves something the default of a user who
// has none.
func (db *DB) anyDefault(ctx context.Context, userID string) error {
	_, err := db.sql.Exec(ctx, "device", `
		UPDATE devices SET is_default = TRUE WHERE id = (
		  SELECT id FROM devices WHERE user_id = ? AND removed_at IS NULL AND confirmed_at IS NOT NULL AND suspended_at IS NULL
		  ORDER BY added_at, id LIMIT 1)
		AND NOT EXISTS (SELECT 1 FROM devices d WHERE d.user_id = ? AND d.is_default AND d.removed_at IS NULL)`, userID, userID)
	return err
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
		if err := db.sql.Update(ctx, "device", `
			UPDATE devices SET confirmed_at = ? WHERE id = ? AND user_id = ? AND institution_id = ? AND confirmed_at IS NULL AND removed_at IS NULL`,
			at, id, userID, institutionID); err != nil {
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

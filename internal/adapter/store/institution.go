package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/user"
)

type institutionRow struct {
	ID        string    `db:"id"`
	Slug      string    `db:"slug"`
	Name      string    `db:"name"`
	Settings  string    `db:"settings"`
	Demo      bool      `db:"demo"`
	CreatedAt time.Time `db:"created_at"`
}

func (r institutionRow) institution() (institution.Institution, error) {
	i := institution.Institution{
		ID: r.ID, Slug: r.Slug, Name: r.Name, Demo: r.Demo, CreatedAt: r.CreatedAt, Settings: institution.DefaultSettings(),
	}
	return i, json.Unmarshal([]byte(r.Settings), &i.Settings)
}

// CreateInstitution implements institution.Store.
func (db *DB) CreateInstitution(ctx context.Context, i institution.Institution) error {
	settings, err := json.Marshal(i.Settings)
	if err != nil {
		return err
	}
	return sqldb.Insert(ctx, db.sql, "institution", `INSERT INTO institutions VALUES (?)`,
		institutionRow{ID: i.ID, Slug: i.Slug, Name: i.Name, Settings: string(settings), Demo: i.Demo, CreatedAt: i.CreatedAt})
}

var selectInstitutions = `SELECT ` + sqldb.ColumnsOf[institutionRow]().From("i", nil) + ` FROM institutions i `

// FindInstitution implements institution.Store.
func (db *DB) FindInstitution(ctx context.Context, id string) (institution.Institution, error) {
	r, err := sqldb.Find[institutionRow](ctx, db.sql, "institution", selectInstitutions+`WHERE i.id = ?`, id)
	if err != nil {
		return institution.Institution{}, err
	}
	return r.institution()
}

// FindInstitutionBySlug implements institution.Store.
func (db *DB) FindInstitutionBySlug(ctx context.Context, slug string) (institution.Institution, error) {
	r, err := sqldb.Find[institutionRow](ctx, db.sql, "institution", selectInstitutions+`WHERE i.slug = ?`, slug)
	if err != nil {
		return institution.Institution{}, err
	}
	return r.institution()
}

// UpdateSettings implements institution.Store.
func (db *DB) UpdateSettings(ctx context.Context, id string, version int, s institution.Settings) (bool, error) {
	settings, err := json.Marshal(s)
	if err != nil {
		return false, err
	}
	r, err := sqldb.Find[institutionRow](ctx, db.sql, "institution", selectInstitutions+`WHERE i.id = ?`, id)
	if err != nil {
		return false, err
	}
	now, err := r.institution()
	if err != nil || now.Version != version {
		return false, err
	}
	defer db.actorChanged(ctx, everybody) // customers may be nobody from now on
	return db.sql.Once(ctx, `UPDATE institutions SET settings = ? WHERE id = ? AND settings = ?`, string(settings), id, r.Settings)
}

// lockedOut counts users who have devices for codes and none with a way among
// those in the IN.
const lockedOut = `
	SELECT COUNT(CASE WHEN kind = ? THEN 1 END) AS customers, COUNT(CASE WHEN kind = ? THEN 1 END) AS staff, COUNT(CASE WHEN id = ? THEN 1 END) > 0 AS actor
	FROM (
	  SELECT u.id, u.kind FROM users u JOIN devices d ON d.user_id = u.id
	  WHERE u.institution_id = ? AND u.status <> ? AND u.disabled_at IS NULL AND d.removed_at IS NULL AND d.disabled_at IS NULL AND d.suspended_at IS NULL
	    AND (d.confirmed_at IS NOT NULL OR u.status IN (?) AND d.kind <> ?)
	  GROUP BY u.id, u.kind
	  HAVING COUNT(CASE WHEN CASE
	    WHEN d.kind = ? THEN ? WHEN d.kind = ? THEN ?
	    WHEN COALESCE(d.override_number_type, d.detected_number_type, ?) = ? THEN ?
	    WHEN COALESCE(d.override_number_type, d.detected_number_type) = ? THEN ? ELSE ? END IN (?) THEN 1 END) = 0) AS out`

// LockedOut implements institution.Store.
func (db *DB) LockedOut(ctx context.Context, institutionID, actorID string, ways []string) (institution.LockedOut, error) {
	return sqldb.Find[institution.LockedOut](ctx, db.sql, "", lockedOut,
		auth.Customer, auth.Staff, actorID,
		institutionID, user.Closed, []string{string(user.Registered), string(user.Enrolling)}, authenticatorKind,
		emailKind, institution.Email, authenticatorKind, institution.AuthenticatorApp,
		device.Mobile, device.Mobile, institution.SMS, device.VoIP, institution.VoIPWay, institution.Voice, ways)
}

// CountCustomers implements institution.Store.
func (db *DB) CountCustomers(ctx context.Context, institutionID string) (n int, err error) {
	err = db.sql.Get(ctx, "", &n, `
		SELECT COUNT(*) FROM users WHERE institution_id = ? AND kind = ? AND status <> ? AND email_proved_at IS NOT NULL`, institutionID, auth.Customer, user.Closed)
	return n, err
}

// EndSessionsOfCustomers implements institution.Store.
func (db *DB) EndSessionsOfCustomers(ctx context.Context, institutionID string, at time.Time) (int, error) {
	defer db.actorChanged(ctx, everybody)
	n, err := db.sql.Exec(ctx, "session", `
		UPDATE sessions SET ended_at = ? WHERE ended_at IS NULL AND expires_at > ?
		  AND user_id IN (SELECT id FROM users WHERE institution_id = ? AND kind = ?)`, at, at, institutionID, auth.Customer)
	return int(n), err
}

// HasDemoData implements institution.Store.
func (db *DB) HasDemoData(ctx context.Context) (bool, error) {
	has, err := db.sql.HasTable(ctx, "institutions")
	if err != nil || !has {
		return false, err
	}
	err = db.sql.Get(ctx, "", &has, `SELECT EXISTS (SELECT 1 FROM institutions WHERE demo)`)
	return has, err
}

package store

import (
	"context"
	"fmt"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/user"
)

// ListCredentials implements challenge.Store.
func (db *DB) ListCredentials(ctx context.Context, institutionID, email, browserHash string) ([]user.Credentials, error) {
	found, err := sqldb.Read(ctx, db.sql, credentialsRow.credentials, selectCredentials+`
		LEFT JOIN registrations r ON r.user_id = u.id
		WHERE u.institution_id = ? AND u.email = ? AND (u.email_proved_at IS NOT NULL OR r.user_id IS NOT NULL)
		ORDER BY CASE WHEN u.email_proved_at IS NOT NULL THEN 0 WHEN r.browser_hash <> '' AND r.browser_hash = ? THEN 1 ELSE 2 END,
		  r.made_at DESC, u.id DESC LIMIT 2`, institutionID, email, browserHash)
	if len(found) == 2 && found[0].User.Waits() { // both wait
		found = found[:1]
	}
	return found, err
}

// registrationRow is a row of registrations.
type registrationRow struct {
	UserID        string    `db:"user_id"`
	InstitutionID string    `db:"institution_id"`
	Email         string    `db:"email"`
	BrowserHash   string    `db:"browser_hash"`
	MadeAt        time.Time `db:"made_at"`
	LapsesAt      time.Time `db:"lapses_at"`
}

// HoldAddress implements enrollment.Store.
func (db *DB) HoldAddress(ctx context.Context, institutionID, email string) error {
	_, err := db.sql.Exec(ctx, "", `
		INSERT INTO registered_addresses (institution_id, email) VALUES (?, ?)
		ON CONFLICT (institution_id, email) DO UPDATE SET email = excluded.email`, institutionID, email)
	return err
}

// CreateWaiting implements enrollment.Store.
func (db *DB) CreateWaiting(ctx context.Context, w enrollment.Waiting, most int) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if err := db.HoldAddress(ctx, w.InstitutionID, w.Email); err != nil {
			return err
		}
		if err := sqldb.Insert(ctx, db.sql, "registration", `INSERT INTO registrations VALUES (?)`, registrationRow(w)); err != nil {
			return err
		}
		var waiting []string
		if err := db.sql.List(ctx, &waiting, `
			SELECT r.user_id FROM registrations r WHERE r.institution_id = ? AND r.email = ? AND `+mayLapse+`
			ORDER BY r.made_at DESC, r.user_id DESC`, w.InstitutionID, w.Email, backupcode.ByStaff, w.MadeAt); err != nil {
			return err
		}
		return db.lapse(ctx, waiting[min(most, len(waiting)):], w.MadeAt)
	})
}

// mayLapse is true of registrations r that ever lapse and have no code left that
// staff made.
const mayLapse = `r.lapses_at IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM backup_code_sets s JOIN backup_codes c ON c.set_id = s.id
	WHERE s.user_id = r.user_id AND s.origin = ? AND s.voided_at IS NULL AND s.expires_at > ? AND c.used_at IS NULL)`

// findRegistrations finds the addresses of registrations whose time is up.
func findRegistrations(now, _ time.Time, most int) (string, []any) {
	return fmt.Sprintf(`SELECT r.institution_id, r.email `+overdue+` ORDER BY r.lapses_at LIMIT %d`, most), []any{now, backupcode.ByStaff, now}
}

const overdue = `FROM registrations r WHERE r.lapses_at < ? AND ` + mayLapse

// removeRegistrations makes those go whose time is up, address by address.
func (db *DB) removeRegistrations(ctx context.Context, now time.Time, query string, args []any) (int, error) {
	var over []struct {
		InstitutionID string `db:"institution_id"`
		Email         string `db:"email"`
	}
	if err := db.sql.List(ctx, &over, query, args...); err != nil {
		return 0, err
	}
	for _, o := range over {
		if err := db.InTx(ctx, func(ctx context.Context) error {
			if err := db.HoldAddress(ctx, o.InstitutionID, o.Email); err != nil {
				return err
			}
			var userIDs []string
			if err := db.sql.List(ctx, &userIDs, `SELECT r.user_id `+overdue+` AND r.institution_id = ? AND r.email = ?`,
				now, backupcode.ByStaff, now, o.InstitutionID, o.Email); err != nil {
				return err
			}
			return db.lapse(ctx, userIDs, now)
		}); err != nil {
			return 0, err
		}
	}
	return len(over), nil
}

// lapse makes registrations for an address that is held go. What is left of each is a
// closed user with neither a password nor a device, for whatever names it.
func (db *DB) lapse(ctx context.Context, userIDs []string, at time.Time) error {
	if len(userIDs) == 0 {
		return nil
	}
	if _, err := db.sql.Exec(ctx, "", `DELETE FROM registrations WHERE user_id IN (?)`, userIDs); err != nil {
		return err
	}
	var gone []string
	if err := db.sql.List(ctx, &gone, `
		UPDATE users SET status = ?, password_hash = '' WHERE id IN (?) AND email_proved_at IS NULL RETURNING id`, user.Closed, userIDs); err != nil || len(gone) == 0 {
		return err
	}
	for _, id := range gone {
		db.actorChanged(ctx, id)
	}
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM user_terms WHERE user_id IN (?)`, []any{gone}},
		{`UPDATE devices SET removed_at = ?, is_default = FALSE WHERE user_id IN (?) AND removed_at IS NULL`, []any{at, gone}},
		{`UPDATE challenges SET expires_at = ? WHERE user_id IN (?) AND completed_at IS NULL AND expires_at > ?`, []any{at, gone, at}},
	} {
		if _, err := db.sql.Exec(ctx, "", s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// ProveEmail implements enrollment.Store. That nobody else owns the address is the
// unique index's to say, should somebody prove it who does not wait here.
func (db *DB) ProveEmail(ctx context.Context, u user.User, at time.Time) (first bool, err error) {
	defer db.actorChanged(ctx, u.ID)
	err = db.InTx(ctx, func(ctx context.Context) error {
		if err := db.HoldAddress(ctx, u.InstitutionID, u.Email); err != nil {
			return err
		}
		first, err = db.sql.Once(ctx, `
			UPDATE users SET owned_email = email, email_proved_at = ?
			WHERE id = ? AND institution_id = ? AND status = ? AND email_proved_at IS NULL
			  AND NOT EXISTS (SELECT 1 FROM users o WHERE o.institution_id = users.institution_id AND o.owned_email = users.email)`,
			at, u.ID, u.InstitutionID, user.Registered)
		if err != nil || !first {
			return err
		}
		if _, err := db.sql.Exec(ctx, "", `DELETE FROM registrations WHERE user_id = ?`, u.ID); err != nil {
			return err
		}
		_, err := db.sql.Exec(ctx, "", `
			UPDATE users SET status = ? WHERE email_proved_at IS NULL
			  AND id IN (SELECT user_id FROM registrations WHERE institution_id = ? AND email = ?)`, user.Closed, u.InstitutionID, u.Email)
		return err
	})
	return first, err
}

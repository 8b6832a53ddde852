package store

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/user"
)

// rewrittenAtOnce is how many rows are brought into the form of this version in one
// transaction.
const rewrittenAtOnce = 500

// rewrites bring so many rows of a table behind an id into the form of this version,
// and return the last id, which is empty once there are none left. Which of two has a
// number or an address that are one from now on is nobody's to decide: the second is
// left as it is, for Leftovers to list.
func (db *DB) rewrites() map[string]func(ctx context.Context, after string) (last string, err error) {
	return map[string]func(context.Context, string) (string, error){
		"institutions": db.rewriteInstitutions, "users": db.rewriteUsers, "devices": db.rewriteDevices,
	}
}

// rewrite does what the migrations leave to the program. What was begun goes on where
// it stopped.
func (db *DB) rewrite(ctx context.Context) error {
	for {
		var left []struct {
			Name  string `db:"name"`
			After string `db:"after_id"`
		}
		if err := db.sql.List(ctx, &left, `SELECT name, after_id FROM rewrites ORDER BY name DESC LIMIT 1`); err != nil || len(left) == 0 {
			return err
		}
		next := left[0]
		if err := db.InTx(ctx, func(ctx context.Context) error {
			last, err := db.rewrites()[next.Name](ctx, next.After)
			if err != nil {
				return err
			}
			if last == "" {
				_, err = db.sql.Exec(ctx, "", `DELETE FROM rewrites WHERE name = ?`, next.Name)
			} else {
				_, err = db.sql.Exec(ctx, "", `UPDATE rewrites SET after_id = ? WHERE name = ?`, last, next.Name)
			}
			return err
		}); err != nil {
			return err
		}
	}
}

// checkRewritten returns an error unless rewrite has nothing left to do.
func (db *DB) checkRewritten(ctx context.Context) error {
	var left int
	if err := db.sql.Get(ctx, "", &left, `SELECT count(*) FROM rewrites`); err != nil || left == 0 {
		return err
	}
	return errors.New("the database was not migrated to the end: run: factordesk migrate up")
}

// rewriteInstitutions gives institutions a country, that of the support phone or the
// sender, and their support phone its one form.
func (db *DB) rewriteInstitutions(ctx context.Context, after string) (string, error) {
	var rows []struct {
		institutionRow
		Sender string `db:"sender"`
	}
	if err := db.sql.List(ctx, &rows, `
		SELECT i.id, i.slug, i.name, i.settings, i.demo, i.created_at, COALESCE(p.sender, '') AS sender
		FROM institutions i LEFT JOIN sms_providers p ON p.institution_id = i.id WHERE i.id > ? ORDER BY i.id LIMIT ?`, after, rewrittenAtOnce); err != nil {
		return "", err
	}
	last := ""
	for _, r := range rows {
		last = r.ID
		i, err := r.institution()
		if err != nil {
			return "", err
		}
		if number, err := phone.Parse("", i.SupportPhone, ""); err == nil {
			i.SupportPhone = number
		}
		if !strings.Contains(r.Settings, `"country":`) {
			for _, number := range []string{r.Sender, i.SupportPhone} {
				if country := phone.Country(number); country != "" {
					i.Country = country
				}
			}
		}
		settings, err := json.Marshal(i.Settings)
		if err != nil {
			return "", err
		}
		if _, err := db.sql.Exec(ctx, "", `UPDATE institutions SET settings = ? WHERE id = ?`, string(settings), r.ID); err != nil {
			return "", err
		}
	}
	return last, nil
}

// termRow is a row of user_terms.
type termRow struct {
	UserID        string `db:"user_id"`
	Source        string `db:"source"`
	Term          string `db:"term"`
	InstitutionID string `db:"institution_id"`
	Kind          string `db:"kind"`
}

// newTerms puts terms in the place of those that come from the same sources.
func (db *DB) newTerms(ctx context.Context, userIDs, sources []string, terms map[termRow]bool) error {
	if len(userIDs) == 0 {
		return nil
	}
	if _, err := db.sql.Exec(ctx, "", `DELETE FROM user_terms WHERE user_id IN (?) AND source IN (?)`, userIDs, sources); err != nil {
		return err
	}
	batch := make([]termRow, 0, rewrittenAtOnce)
	for t := range terms {
		if batch = append(batch, t); len(batch) == rewrittenAtOnce {
			if err := sqldb.Insert(ctx, db.sql, "", `INSERT INTO user_terms VALUES (?)`, batch...); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return sqldb.Insert(ctx, db.sql, "", `INSERT INTO user_terms VALUES (?)`, batch...)
}

// rewriteUsers gives addresses their one form, and users the terms that find them.
func (db *DB) rewriteUsers(ctx context.Context, after string) (string, error) {
	rows, err := sqldb.Read(ctx, db.sql, userRow.user, selectUsers+`WHERE u.id > ? ORDER BY u.id LIMIT ?`, after, rewrittenAtOnce)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	ids, terms := make([]string, len(rows)), map[termRow]bool{}
	for i, u := range rows {
		ids[i] = u.ID
		if u.Email, err = db.rewriteEmail(ctx, u); err != nil {
			return "", err
		}
		if _, err := db.sql.Exec(ctx, "", `UPDATE users SET sort_key = ? WHERE id = ? AND sort_key <> ?`, u.SortKey(), u.ID, u.SortKey()); err != nil {
			return "", err
		}
		if u.Waits() && u.Status == user.Closed { // who lapsed is found by nothing
			continue
		}
		for _, term := range u.Terms() {
			terms[termRow{u.ID, "profile", term, u.InstitutionID, string(u.Kind)}] = true
		}
	}
	return ids[len(ids)-1], db.newTerms(ctx, ids, []string{"profile"}, terms)
}

// rewriteEmail returns the address of a user from now on, which is the one before where
// somebody else owns the other.
func (db *DB) rewriteEmail(ctx context.Context, u user.User) (string, error) {
	email, ok := text.Address(u.Email)
	if !ok || email == u.Email {
		return u.Email, nil
	}
	moved, err := db.sql.Once(ctx, `
		UPDATE users SET email = ?, owned_email = CASE WHEN email_proved_at IS NULL THEN owned_email ELSE CAST(? AS TEXT) END
		WHERE id = ? AND (email_proved_at IS NULL OR NOT EXISTS (SELECT 1 FROM users o WHERE o.institution_id = users.institution_id AND o.owned_email = ?))`,
		email, email, u.ID, email)
	if err != nil || !moved {
		return u.Email, err
	}
	for _, query := range []string{
		`UPDATE registrations SET email = ? WHERE institution_id = ? AND email = ? AND user_id = ?`,
		`UPDATE notices SET recipient = ? WHERE institution_id = ? AND recipient = ? AND user_id = ?`,
		`UPDATE notifications SET recipient = ? WHERE institution_id = ? AND recipient = ? AND user_id = ?`,
	} {
		if _, err := db.sql.Exec(ctx, "", query, email, u.InstitutionID, u.Email, u.ID); err != nil {
			return "", err
		}
	}
	return email, nil
}

// rewriteDevices gives numbers and addresses of devices their one form, and their
// owners the terms that find them.
func (db *DB) rewriteDevices(ctx context.Context, after string) (string, error) {
	var rows []struct {
		ID            string `db:"id"`
		UserID        string `db:"user_id"`
		InstitutionID string `db:"institution_id"`
		Kind          string `db:"kind"`
		Address       string `db:"address"`
		Removed       bool   `db:"removed"`
		UserKind      string `db:"user_kind"`
	}
	if err := db.sql.List(ctx, &rows, `
		SELECT d.id, d.user_id, d.institution_id, d.kind, d.address, d.removed_at IS NOT NULL AS removed, u.kind AS user_kind
		FROM devices d JOIN users u ON u.id = d.user_id WHERE d.id > ? ORDER BY d.id LIMIT ?`, after, rewrittenAtOnce); err != nil || len(rows) == 0 {
		return "", err
	}
	var owners, phones []string
	terms := map[termRow]bool{}
	for _, r := range rows {
		address, err := db.rewriteAddress(ctx, r.ID, r.InstitutionID, r.Kind, r.Address)
		if err != nil {
			return "", err
		}
		if r.Kind != phoneKind || r.Removed {
			continue
		}
		owners, phones = append(owners, r.UserID), append(phones, r.ID)
		for _, term := range user.PhoneTerms(address) {
			terms[termRow{r.UserID, r.ID, term, r.InstitutionID, r.UserKind}] = true
		}
	}
	return rows[len(rows)-1].ID, db.newTerms(ctx, owners, phones, terms)
}

// formOf returns the one form of what a device is reached by; ok is false for what has
// none.
func formOf(kind, address string) (form string, ok bool) {
	switch kind {
	case phoneKind:
		number, err := phone.Parse("", address, "")
		return number, err == nil
	case emailKind:
		return text.Address(address)
	default:
		return address, true
	}
}

// rewriteAddress returns the number or address of a device from now on, which is the
// one before where its owner has the other, too.
func (db *DB) rewriteAddress(ctx context.Context, id, institutionID, kind, before string) (string, error) {
	form, ok := formOf(kind, before)
	if !ok || form == before {
		return before, nil
	}
	moved, err := db.sql.Once(ctx, `
		UPDATE devices SET address = ? WHERE id = ? AND (removed_at IS NOT NULL OR NOT EXISTS (
		  SELECT 1 FROM devices o WHERE o.user_id = devices.user_id AND o.kind = devices.kind AND o.address = ? AND o.removed_at IS NULL))`, form, id, form)
	if err != nil || !moved {
		return before, err
	}
	for _, query := range []string{
		`UPDATE notices SET recipient = ? WHERE institution_id = ? AND recipient = ?`,
		`UPDATE notifications SET recipient = ? WHERE institution_id = ? AND recipient = ?`,
	} {
		if _, err := db.sql.Exec(ctx, "", query, form, institutionID, before); err != nil {
			return "", err
		}
	}
	_, err = db.sql.Exec(ctx, "", `DELETE FROM notification_refreshes WHERE institution_id = ? AND recipient = ?`, institutionID, form)
	return form, err
}

package store

import (
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/user"
)

// HoldInstitution implements departure.Store: the update changes nothing, and who makes
// it next waits for the end of this transaction.
func (db *DB) HoldInstitution(ctx context.Context, institutionID string) error {
	return db.sql.Update(ctx, "institution", `UPDATE institutions SET slug = slug WHERE id = ?`, institutionID)
}

// holderRow is a row of users with what decides what staff may do.
type holderRow struct {
	ID                 string `db:"id"`
	AdminLevel         bool   `db:"admin_level"`
	RemovedPermissions string `db:"removed_permissions"`
	Granted            string `db:"granted"`
}

var selectHolders = `SELECT ` + sqldb.ColumnsOf[holderRow]().From("u", sqldb.Made{"granted": granted}) + ` FROM users u`

// ListHolders implements departure.Store.
func (db *DB) ListHolders(ctx context.Context, institutionID string, all []auth.Permission) ([]string, error) {
	staff, err := sqldb.Read(ctx, db.sql, func(r holderRow) holderRow { return r }, selectHolders+`
		WHERE u.institution_id = ? AND u.kind = ? AND u.status <> ? AND u.disabled_at IS NULL`, institutionID, auth.Staff, user.Closed)
	var holders []string
	for _, r := range staff {
		held := auth.Effective(r.AdminLevel, splitPermissions(r.Granted), splitPermissions(r.RemovedPermissions))
		if !slices.ContainsFunc(all, func(p auth.Permission) bool { return !slices.Contains(held, p) }) {
			holders = append(holders, r.ID)
		}
	}
	return holders, err
}

// DisableUser implements departure.Store.
func (db *DB) DisableUser(ctx context.Context, institutionID, userID string, at time.Time) error {
	defer db.actorChanged(ctx, userID)
	return db.sql.Update(ctx, "user", `
		UPDATE users SET disabled_at = ? WHERE id = ? AND institution_id = ? AND disabled_at IS NULL AND status <> ?`, at, userID, institutionID, user.Closed)
}

// EnableUser implements departure.Store.
func (db *DB) EnableUser(ctx context.Context, institutionID, userID string) error {
	defer db.actorChanged(ctx, userID)
	return db.sql.Update(ctx, "user", `
		UPDATE users SET disabled_at = NULL WHERE id = ? AND institution_id = ? AND disabled_at IS NOT NULL AND status <> ?`, userID, institutionID, user.Closed)
}

// CloseUser implements departure.Store.
func (db *DB) CloseUser(ctx context.Context, institutionID, userID string) error {
	defer db.actorChanged(ctx, userID)
	return db.sql.Update(ctx, "user", `UPDATE users SET status = ? WHERE id = ? AND institution_id = ? AND status <> ?`, user.Closed, userID, institutionID, user.Closed)
}

// EndNotYouLinks implements departure.Store.
func (db *DB) EndNotYouLinks(ctx context.Context, userID string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "link", `UPDATE not_you_links SET used_at = ? WHERE user_id = ? AND used_at IS NULL AND expires_at > ?`, at, userID, at)
	return err
}

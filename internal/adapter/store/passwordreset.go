package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/passwordreset"
)

// CreateResetRequest implements passwordreset.Store.
func (db *DB) CreateResetRequest(ctx context.Context, r passwordreset.Request) error {
	_, err := db.sql.Exec(ctx, "request", `
		INSERT INTO password_reset_requests (id, institution, username, created_at, due_at) VALUES (?, ?, ?, ?, ?)`,
		r.ID, r.Institution, r.Username, r.CreatedAt, adopted(r.CreatedAt))
	return err
}

// adopted returns when a request becomes due that a job answers: to earlier versions,
// which answer what is due, never in its life.
func adopted(at time.Time) time.Time { return at.Add(2 * passwordreset.Lifetime) }

// requestRow is a row of password_reset_requests.
type requestRow struct {
	ID          string    `db:"id"`
	Institution string    `db:"institution"`
	Username    string    `db:"username"`
	CreatedAt   time.Time `db:"created_at"`
}

var requestColumns = sqldb.ColumnsOf[requestRow]().From("password_reset_requests", nil)

// FindResetRequest implements passwordreset.Store.
func (db *DB) FindResetRequest(ctx context.Context, id string) (passwordreset.Request, error) {
	r, err := sqldb.Find[requestRow](ctx, db.sql, "request", `SELECT `+requestColumns+` FROM password_reset_requests WHERE id = ?`, id)
	return passwordreset.Request(r), err
}

// AdoptResetRequests implements passwordreset.Store.
func (db *DB) AdoptResetRequests(ctx context.Context, now time.Time) (ids []string, err error) {
	err = db.sql.List(ctx, &ids, `UPDATE password_reset_requests SET due_at = ? WHERE due_at <= ? RETURNING id`, adopted(now), now)
	return ids, err
}

// DeleteResetRequest implements passwordreset.Store.
func (db *DB) DeleteResetRequest(ctx context.Context, id string) error {
	_, err := db.sql.Exec(ctx, "request", `DELETE FROM password_reset_requests WHERE id = ?`, id)
	return err
}

// PutResetLink implements passwordreset.Store. A challenge that the link before it
// was exchanged for may still be met, and then spends this one.
func (db *DB) PutResetLink(ctx context.Context, l passwordreset.Link) error {
	_, err := db.sql.Exec(ctx, "link", `
		INSERT INTO password_resets (user_id, institution_id, token_hash, expires_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at, spent_at = NULL`,
		l.UserID, l.InstitutionID, l.TokenHash, l.ExpiresAt)
	return err
}

// FindResetLink implements passwordreset.Store.
func (db *DB) FindResetLink(ctx context.Context, tokenHash string, now time.Time) (passwordreset.Link, error) {
	var r struct {
		UserID        string    `db:"user_id"`
		InstitutionID string    `db:"institution_id"`
		TokenHash     string    `db:"token_hash"`
		ExpiresAt     time.Time `db:"expires_at"`
	}
	err := db.sql.Get(ctx, "link", &r, `
		SELECT user_id, institution_id, token_hash, expires_at FROM password_resets
		WHERE token_hash = ? AND spent_at IS NULL AND expires_at > ?`, tokenHash, now)
	return passwordreset.Link(r), err
}

// ExchangeResetLink implements passwordreset.Store. The link's row is held first:
// of two exchanges at once the second sees the challenge of the first, and ends it.
func (db *DB) ExchangeResetLink(ctx context.Context, l passwordreset.Link, challengeHash string, now time.Time) (ok bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		ok, err = db.sql.Once(ctx, `
			UPDATE password_resets SET challenge_hash = ? WHERE token_hash = ? AND spent_at IS NULL AND expires_at > ?`,
			challengeHash, l.TokenHash, now)
		if err != nil || !ok {
			return err
		}
		return db.endWaiting(ctx, l.UserID, challengeHash, now)
	})
	return ok, err
}

// endWaiting ends the challenges of a user but one on which a new password waits.
func (db *DB) endWaiting(ctx context.Context, userID, exceptHash string, now time.Time) error {
	_, err := db.sql.Exec(ctx, "challenge", `
		UPDATE challenges SET expires_at = ?
		WHERE user_id = ? AND new_password <> '' AND token_hash <> ? AND completed_at IS NULL AND expires_at > ?`,
		now, userID, exceptHash, now)
	return err
}

// SpendResetLink implements passwordreset.Store.
func (db *DB) SpendResetLink(ctx context.Context, userID, challengeHash string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE password_resets SET spent_at = ? WHERE user_id = ? AND challenge_hash = ? AND spent_at IS NULL`, now, userID, challengeHash)
}

// EndResetLink implements account.Store.
func (db *DB) EndResetLink(ctx context.Context, userID string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "link", `UPDATE password_resets SET spent_at = ? WHERE user_id = ? AND spent_at IS NULL`, at, userID)
	return err
}

// SetPassword implements passwordreset.Store.
func (db *DB) SetPassword(ctx context.Context, institutionID, userID, hash string) error {
	defer db.actorChanged(ctx, userID)
	return db.sql.Update(ctx, "user", `
		UPDATE users SET password_hash = ?, password_voided_at = NULL, password_expires_at = NULL WHERE id = ? AND institution_id = ?`, hash, userID, institutionID)
}

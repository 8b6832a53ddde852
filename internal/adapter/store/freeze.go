package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// CreateNotYouLink implements freeze.Store.
func (db *DB) CreateNotYouLink(ctx context.Context, l freeze.Link) error {
	_, err := db.sql.Exec(ctx, "link", `
		INSERT INTO not_you_links (token_hash, institution_id, user_id, notice, noticed_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)`,
		l.TokenHash, l.InstitutionID, l.UserID, l.Notice, l.NoticedAt, l.ExpiresAt)
	return err
}

// ConsumeNotYouLink implements freeze.Store.
func (db *DB) ConsumeNotYouLink(ctx context.Context, tokenHash string, now time.Time) (freeze.Link, error) {
	var r struct {
		InstitutionID string     `db:"institution_id"`
		UserID        string     `db:"user_id"`
		Notice        string     `db:"notice"`
		NoticedAt     *time.Time `db:"noticed_at"`
		ExpiresAt     time.Time  `db:"expires_at"`
	}
	err := db.sql.Get(ctx, "link", &r, `
		UPDATE not_you_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?
		RETURNING institution_id, user_id, notice, noticed_at, expires_at`, now, tokenHash, now)
	return freeze.Link{
		TokenHash: tokenHash, InstitutionID: r.InstitutionID, UserID: r.UserID, Notice: notification.Notice(r.Notice), NoticedAt: value(r.NoticedAt), ExpiresAt: r.ExpiresAt,
	}, err
}

// EndPending implements freeze.Store: what expires now is over.
func (db *DB) EndPending(ctx context.Context, institutionID, userID string, at time.Time) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		for _, query := range []string{
			`UPDATE password_resets SET expires_at = ? WHERE user_id = ? AND institution_id = ? AND spent_at IS NULL AND expires_at > ?`,
			`UPDATE challenges SET expires_at = ? WHERE user_id = ? AND institution_id = ? AND completed_at IS NULL AND expires_at > ?`,
			`UPDATE backup_code_confirmations SET expires_at = ? WHERE user_id = ? AND institution_id = ? AND used_at IS NULL AND expires_at > ?`,
			`UPDATE backup_code_confirmations SET expires_at = ? WHERE staff_id = ? AND institution_id = ? AND used_at IS NULL AND expires_at > ?`,
		} {
			if _, err := db.sql.Exec(ctx, "", query, at, userID, institutionID, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// FreezeUser implements freeze.Store.
func (db *DB) FreezeUser(ctx context.Context, institutionID, userID string, at time.Time) error {
	defer db.actorChanged(ctx, userID)
	return db.InTx(ctx, func(ctx context.Context) error {
		if _, err := db.sql.Exec(ctx, "user", `
			INSERT INTO freezes (user_id, status, frozen_at) SELECT id, status, ? FROM users WHERE id = ? AND institution_id = ? AND status <> ?
			ON CONFLICT (user_id) DO UPDATE SET status = excluded.status, frozen_at = excluded.frozen_at`,
			at, userID, institutionID, user.Frozen); err != nil {
			return err
		}
		return db.sql.Update(ctx, "user", `UPDATE users SET status = ?, password_voided_at = ? WHERE id = ? AND institution_id = ?`,
			user.Frozen, at, userID, institutionID)
	})
}

// UnfreezeUser implements freeze.Store.
func (db *DB) UnfreezeUser(ctx context.Context, institutionID, userID string) (ok bool, err error) {
	defer db.actorChanged(ctx, userID)
	err = db.InTx(ctx, func(ctx context.Context) error {
		if ok, err = db.sql.Once(ctx, `
			UPDATE users SET status = COALESCE((SELECT f.status FROM freezes f WHERE f.user_id = users.id), ?)
			WHERE id = ? AND institution_id = ? AND status = ?`, user.Active, userID, institutionID, user.Frozen); err != nil || !ok {
			return err
		}
		_, err := db.sql.Exec(ctx, "", `DELETE FROM freezes WHERE user_id = ?`, userID)
		return err
	})
	return ok, err
}

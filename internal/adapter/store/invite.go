package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/invite"
	"github.com/factordesk/factordesk/internal/user"
)

// inviteRow is a row of staff_invites.
type inviteRow struct {
	ID            string    `db:"id"`
	UserID        string    `db:"user_id"`
	InstitutionID string    `db:"institution_id"`
	TokenHash     string    `db:"token_hash"`
	InvitedBy     string    `db:"invited_by"`
	CreatedAt     time.Time `db:"created_at"`
	ExpiresAt     time.Time `db:"expires_at"`
}

var selectInvites = `SELECT ` + sqldb.ColumnsOf[inviteRow]().From("i", nil) + ` FROM staff_invites i`

// PutInvite implements invite.Store.
func (db *DB) PutInvite(ctx context.Context, i invite.Invitation) error {
	_, err := db.sql.Exec(ctx, "invitation", `
		INSERT INTO staff_invites (user_id, id, institution_id, token_hash, invited_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash, challenge_hash = '',
		  invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at, used_at = NULL`,
		i.UserID, i.ID, i.InstitutionID, i.TokenHash, i.InvitedBy, i.CreatedAt, i.ExpiresAt)
	return err
}

// FindInvite implements invite.Store.
func (db *DB) FindInvite(ctx context.Context, id string, now time.Time) (invite.Invitation, error) {
	r, err := sqldb.Find[inviteRow](ctx, db.sql, "invitation", selectInvites+` WHERE i.id = ? AND i.used_at IS NULL AND i.expires_at > ?`, id, now)
	return invite.Invitation(r), err
}

// FindInviteByToken implements invite.Store.
func (db *DB) FindInviteByToken(ctx context.Context, tokenHash string, now time.Time) (invite.Invitation, error) {
	r, err := sqldb.Find[inviteRow](ctx, db.sql, "invitation", selectInvites+` WHERE i.token_hash = ? AND i.used_at IS NULL AND i.expires_at > ?`, tokenHash, now)
	return invite.Invitation(r), err
}

// SetInviteToken implements invite.Store.
func (db *DB) SetInviteToken(ctx context.Context, id, tokenHash string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `UPDATE staff_invites SET token_hash = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?`, tokenHash, id, now)
}

// ExchangeInvite implements invite.Store. The invitation's row is held first: of two
// exchanges at once the second sees the challenge of the first, and ends it.
func (db *DB) ExchangeInvite(ctx context.Context, i invite.Invitation, challengeHash string, now time.Time) (ok bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		ok, err = db.sql.Once(ctx, `
			UPDATE staff_invites SET challenge_hash = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?`,
			challengeHash, i.TokenHash, now)
		if err != nil || !ok {
			return err
		}
		return db.endWaiting(ctx, i.UserID, challengeHash, now)
	})
	return ok, err
}

// SpendInvite implements invite.Store.
func (db *DB) SpendInvite(ctx context.Context, userID, challengeHash string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE staff_invites SET used_at = ? WHERE user_id = ? AND challenge_hash = ? AND used_at IS NULL`, now, userID, challengeHash)
}

// EndInvite implements departure.Store.
func (db *DB) EndInvite(ctx context.Context, userID string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "invitation", `
		UPDATE staff_invites SET expires_at = ?, challenge_hash = '' WHERE user_id = ? AND used_at IS NULL AND expires_at > ?`, at, userID, at)
	return err
}

// ListInvited implements invite.Store.
func (db *DB) ListInvited(ctx context.Context, institutionID string, userIDs []string, now time.Time) (map[string]time.Time, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	open, err := sqldb.Read(ctx, db.sql, func(r inviteRow) inviteRow { return r }, selectInvites+`
		WHERE i.institution_id = ? AND i.user_id IN (?) AND i.used_at IS NULL AND i.expires_at > ?`, institutionID, userIDs, now)
	until := make(map[string]time.Time, len(open))
	for _, r := range open {
		until[r.UserID] = r.ExpiresAt
	}
	return until, err
}

// JoinStaff implements invite.Store.
func (db *DB) JoinStaff(ctx context.Context, institutionID, userID, passwordHash string) (bool, error) {
	defer db.actorChanged(ctx, userID)
	return db.sql.Once(ctx, `
		UPDATE users SET status = ?, password_hash = ?
		WHERE id = ? AND institution_id = ? AND kind = ? AND status = ? AND disabled_at IS NULL`,
		user.Active, passwordHash, userID, institutionID, auth.Staff, user.Registered)
}

// RenameUser implements invite.Store.
func (db *DB) RenameUser(ctx context.Context, u user.User) error {
	defer db.actorChanged(ctx, u.ID)
	return db.InTx(ctx, func(ctx context.Context) error {
		if err := db.sql.Update(ctx, "user", `UPDATE users SET first_name = ?, last_name = ?, sort_key = ? WHERE id = ? AND institution_id = ?`,
			u.FirstName, u.LastName, u.SortKey(), u.ID, u.InstitutionID); err != nil {
			return err
		}
		if _, err := db.sql.Exec(ctx, "user", `DELETE FROM user_terms WHERE user_id = ? AND source = 'profile'`, u.ID); err != nil {
			return err
		}
		return db.addTerms(ctx, u.ID, "profile", u.Terms())
	})
}

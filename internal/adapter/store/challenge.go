package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/challenge"
)

// CreateChallenge implements challenge.Store.
func (db *DB) CreateChallenge(ctx context.Context, c challenge.Challenge) error {
	_, err := db.sql.Exec(ctx, "challenge", `
		INSERT INTO challenges (token_hash, institution_id, user_id, step, session_id, new_password, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, c.TokenHash, c.InstitutionID, c.UserID, c.Step, c.SessionID, c.NewPassword, c.CreatedAt, c.ExpiresAt)
	return err
}

// FindChallenge implements challenge.Store.
func (db *DB) FindChallenge(ctx context.Context, tokenHash string) (challenge.Challenge, error) {
	var r struct {
		InstitutionID string     `db:"institution_id"`
		UserID        string     `db:"user_id"`
		Step          string     `db:"step"`
		SessionID     string     `db:"session_id"`
		NewPassword   string     `db:"new_password"`
		CreatedAt     time.Time  `db:"created_at"`
		ExpiresAt     time.Time  `db:"expires_at"`
		CompletedAt   *time.Time `db:"completed_at"`
	}
	err := db.sql.Get(ctx, "challenge", &r, `
		SELECT institution_id, user_id, step, session_id, new_password, created_at, expires_at, completed_at
		FROM challenges WHERE token_hash = ?`, tokenHash)
	return challenge.Challenge{
		TokenHash: tokenHash, InstitutionID: r.InstitutionID, UserID: r.UserID, Step: challenge.Step(r.Step), SessionID: r.SessionID,
		NewPassword: r.NewPassword, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, CompletedAt: r.CompletedAt,
	}, err
}

// CompleteChallenge implements challenge.Store.
func (db *DB) CompleteChallenge(ctx context.Context, tokenHash string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE challenges SET completed_at = ? WHERE token_hash = ? AND completed_at IS NULL AND expires_at > ?`, now, tokenHash, now)
}

// EndSignIns implements account.Store.
func (db *DB) EndSignIns(ctx context.Context, userID, exceptHash string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "challenge", `
		UPDATE challenges SET expires_at = ?
		WHERE user_id = ? AND step = ? AND token_hash <> ? AND completed_at IS NULL AND expires_at > ?`,
		at, userID, challenge.SecondFactor, exceptHash, at)
	return err
}

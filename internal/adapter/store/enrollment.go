package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// BeginEnrollment implements enrollment.Store.
func (db *DB) BeginEnrollment(ctx context.Context, e enrollment.Enrollment) (bool, error) {
	return db.sql.Once(ctx, `
		INSERT INTO enrollments (user_id, institution_id, verify_email, began_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (user_id) DO NOTHING`, e.UserID, e.InstitutionID, e.VerifyEmail, e.BeganAt)
}

// FindEnrollment implements enrollment.Store.
func (db *DB) FindEnrollment(ctx context.Context, userID string) (enrollment.Enrollment, error) {
	var r struct {
		InstitutionID   string     `db:"institution_id"`
		VerifyEmail     bool       `db:"verify_email"`
		BeganAt         time.Time  `db:"began_at"`
		EmailVerifiedAt *time.Time `db:"email_verified_at"`
	}
	err := db.sql.Get(ctx, "enrollment", &r, `SELECT institution_id, verify_email, began_at, email_verified_at FROM enrollments WHERE user_id = ?`, userID)
	return enrollment.Enrollment{
		UserID: userID, InstitutionID: r.InstitutionID, VerifyEmail: r.VerifyEmail, BeganAt: r.BeganAt, EmailVerifiedAt: r.EmailVerifiedAt,
	}, err
}

// VerifyEmail implements enrollment.Store.
func (db *DB) VerifyEmail(ctx context.Context, userID string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "enrollment", `UPDATE enrollments SET email_verified_at = ? WHERE user_id = ? AND email_verified_at IS NULL`, at, userID)
	return err
}

// AcceptCode implements enrollment.Store.
func (db *DB) AcceptCode(ctx context.Context, institutionID, userID string, at time.Time) (ok bool, err error) {
	defer db.actorChanged(ctx, userID)
	err = db.InTx(ctx, func(ctx context.Context) error {
		if ok, err = db.sql.Once(ctx, `
			UPDATE enrollments SET code_accepted_at = COALESCE(code_accepted_at, ?)
			WHERE user_id = ? AND institution_id = ? AND email_verified_at IS NOT NULL`, at, userID, institutionID); err != nil || !ok {
			return err
		}
		_, err := db.sql.Exec(ctx, "user", `UPDATE users SET status = ? WHERE id = ? AND institution_id = ? AND status = ?`,
			user.Enrolling, userID, institutionID, user.Registered)
		return err
	})
	return ok, err
}

// FinishEnrollment implements enrollment.Store.
func (db *DB) FinishEnrollment(ctx context.Context, institutionID, userID string, l message.Language, at time.Time) (ok bool, err error) {
	defer db.actorChanged(ctx, userID)
	err = db.InTx(ctx, func(ctx context.Context) error {
		if ok, err = db.sql.Once(ctx, `UPDATE users SET status = ?, language = ? WHERE id = ? AND institution_id = ? AND status = ?`,
			user.Active, l, userID, institutionID, user.Enrolling); err != nil || !ok {
			return err
		}
		_, err := db.sql.Exec(ctx, "enrollment", `UPDATE enrollments SET finished_at = ? WHERE user_id = ?`, at, userID)
		return err
	})
	return ok, err
}

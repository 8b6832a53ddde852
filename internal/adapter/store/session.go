package store

import (
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/user"
)

// CreateSession implements auth.SessionStore.
func (db *DB) CreateSession(ctx context.Context, s auth.Session) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if err := db.createSession(ctx, s); err != nil {
			return err
		}
		return db.sql.Update(ctx, "user", `UPDATE users SET last_signed_in_at = ?, last_signed_in_by = ? WHERE id = ? AND institution_id = ?`, s.CreatedAt, s.By, s.UserID, s.InstitutionID)
	})
}

func (db *DB) createSession(ctx context.Context, s auth.Session) error {
	_, err := db.sql.Exec(ctx, "session", `
		INSERT INTO sessions (id, token_hash, user_id, institution_id, kind, created_at, last_used_at, expires_at, factor_at, by_backup_code, backup_code_used_at, address, user_agent)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.ID, s.TokenHash, s.UserID, s.InstitutionID, s.Kind, s.CreatedAt, s.LastUsedAt, s.ExpiresAt, nullable(s.FactorAt), s.ByBackupCode, nullable(s.BackupCodeUsedAt), s.Address, s.UserAgent)
	return err
}

type sessionRow struct {
	ID            string     `db:"id"`
	UserID        string     `db:"user_id"`
	InstitutionID string     `db:"institution_id"`
	Kind          string     `db:"kind"`
	CreatedAt     time.Time  `db:"created_at"`
	LastUsedAt    time.Time  `db:"last_used_at"`
	ExpiresAt     time.Time  `db:"expires_at"`
	FactorAt      *time.Time `db:"factor_at"`
	Address       string     `db:"address"`
	UserAgent     string     `db:"user_agent"`
}

func (r sessionRow) session() auth.Session {
	return auth.Session{
		ID: r.ID, UserID: r.UserID, InstitutionID: r.InstitutionID, Kind: auth.Kind(r.Kind), CreatedAt: r.CreatedAt,
		LastUsedAt: r.LastUsedAt, ExpiresAt: r.ExpiresAt, FactorAt: value(r.FactorAt), Address: r.Address, UserAgent: r.UserAgent,
	}
}

var selectSessions = `SELECT ` + sqldb.ColumnsOf[sessionRow]().From("s", nil) + ` FROM sessions s`

// actorRow is a row of sessions with what decides what may be done in it.
type actorRow struct {
	sessionRow
	ByBackupCode       bool       `db:"by_backup_code"`
	BackupCodeUsedAt   *time.Time `db:"backup_code_used_at"`
	Status             string     `db:"status"`
	AdminLevel         bool       `db:"admin_level"`
	RemovedPermissions string     `db:"removed_permissions"`
	PasswordExpiresAt  *time.Time `db:"password_expires_at"`
	Granted            string     `db:"granted"`
}

// granted is what the roles of a user u grant.
const granted = `COALESCE((SELECT string_agg(r.permissions, ',') FROM user_roles ur JOIN roles r ON r.id = ur.role_id
  WHERE ur.user_id = u.id AND r.institution_id = u.institution_id), '')`

var selectActors = `SELECT ` + sqldb.ColumnsOf[actorRow]().From("s", sqldb.Made{
	"kind": "u.kind", "status": "u.status", "admin_level": "u.admin_level", "removed_permissions": "u.removed_permissions",
	"password_expires_at": "u.password_expires_at", "granted": granted,
}) + ` FROM sessions s JOIN users u ON u.id = s.user_id`

// banks is whether a user u of a kind that signs in does so at its institution: settings
// are the JSON that UpdateSettings writes, in which nothing that people type has quotes
// of its own.
const banks = `(u.kind = '` + string(auth.Staff) + `' OR NOT EXISTS (
  SELECT 1 FROM institutions i WHERE i.id = u.institution_id AND i.settings LIKE '%"products":["` + string(institution.AccountOpeningOnly) + `"]%'))`

// FindActor implements auth.SessionStore.
func (db *DB) FindActor(ctx context.Context, tokenHash string) (auth.Session, auth.Actor, error) {
	r, err := sqldb.Find[actorRow](ctx, db.sql, "session", selectActors+`
		WHERE s.token_hash = ? AND s.ended_at IS NULL AND u.status <> ? AND u.disabled_at IS NULL AND `+banks, tokenHash, user.Closed)
	if err != nil {
		return auth.Session{}, auth.Actor{}, err
	}
	session, actor := r.actor()
	session.TokenHash = tokenHash
	return session, actor, nil
}

// FindActors implements auth.SessionStore.
func (db *DB) FindActors(ctx context.Context, sessionIDs []string) ([]auth.Session, []auth.Actor, error) {
	var sessions []auth.Session
	var actors []auth.Actor
	for some := range slices.Chunk(sessionIDs, mostAsked) {
		err := sqldb.Each(ctx, db.sql, func(r actorRow) {
			session, actor := r.actor()
			sessions, actors = append(sessions, session), append(actors, actor)
		}, selectActors+` WHERE s.id IN (?) AND s.ended_at IS NULL AND u.status <> ? AND u.disabled_at IS NULL AND `+banks, some, user.Closed)
		if err != nil {
			return nil, nil, err
		}
	}
	return sessions, actors, nil
}

// mostAsked is how many sessions one statement asks about.
const mostAsked = 1000

// actor returns the session and who acts in it.
func (r actorRow) actor() (auth.Session, auth.Actor) {
	session := r.session()
	session.ByBackupCode, session.BackupCodeUsedAt = r.ByBackupCode, value(r.BackupCodeUsedAt)
	actor := auth.Actor{
		UserID: r.UserID, InstitutionID: r.InstitutionID, SessionID: r.ID, Kind: session.Kind,
		Frozen: user.Status(r.Status) == user.Frozen, AdminLevel: r.AdminLevel, FactorAt: session.FactorAt, ByBackupCode: r.ByBackupCode, BackupCodeUsedAt: session.BackupCodeUsedAt,
		PasswordExpiresAt: value(r.PasswordExpiresAt),
	}
	if actor.Kind == auth.Staff {
		actor.Permissions = auth.Effective(r.AdminLevel, splitPermissions(r.Granted), splitPermissions(r.RemovedPermissions))
	}
	return session, actor
}

// TouchSession implements auth.SessionStore.
func (db *DB) TouchSession(ctx context.Context, id string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "session", `UPDATE sessions SET last_used_at = ? WHERE id = ? AND last_used_at < ?`, at, id, at)
	return err
}

// RenewSession implements auth.SessionStore.
func (db *DB) RenewSession(ctx context.Context, s auth.Session) error {
	defer db.actorChanged(ctx, s.UserID)
	return db.sql.Update(ctx, "session", `
		UPDATE sessions SET token_hash = ?, factor_at = ?, last_used_at = ?, backup_code_used_at = ?
		WHERE id = ? AND user_id = ? AND ended_at IS NULL`,
		s.TokenHash, s.FactorAt, s.LastUsedAt, nullable(s.BackupCodeUsedAt), s.ID, s.UserID)
}

// mostSessions bounds what one answer holds; nobody looks through more.
const mostSessions = 100

// ListSessions implements account.Store.
func (db *DB) ListSessions(ctx context.Context, userID string, now, usedSince time.Time) ([]auth.Session, error) {
	return sqldb.Read(ctx, db.sql, sessionRow.session, selectSessions+`
		WHERE s.user_id = ? AND s.ended_at IS NULL AND s.expires_at > ? AND s.last_used_at > ?
		ORDER BY s.last_used_at DESC, s.id DESC LIMIT ?`, userID, now, usedSince, mostSessions)
}

// ListSessionsOf implements account.Store.
func (db *DB) ListSessionsOf(ctx context.Context, institutionID string, userIDs []string, now, usedSince time.Time) ([]auth.Session, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	return sqldb.Read(ctx, db.sql, sessionRow.session, selectSessions+` JOIN (
		  SELECT id, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY last_used_at DESC, id DESC) AS n FROM sessions
		  WHERE user_id IN (?) AND institution_id = ? AND ended_at IS NULL AND expires_at > ? AND last_used_at > ?
		) newest ON newest.id = s.id
		WHERE newest.n <= ? ORDER BY s.last_used_at DESC, s.id DESC`, userIDs, institutionID, now, usedSince, mostSessions)
}

// EndSessionOf implements auth.SessionStore and account.Store.
func (db *DB) EndSessionOf(ctx context.Context, userID, id string, at time.Time) (bool, error) {
	defer db.actorChanged(ctx, userID)
	return db.sql.Once(ctx, `UPDATE sessions SET ended_at = ? WHERE id = ? AND user_id = ? AND ended_at IS NULL`, at, id, userID)
}

// EndSessionsOf implements account.Store.
func (db *DB) EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error) {
	defer db.actorChanged(ctx, userID)
	n, err := db.sql.Exec(ctx, "session", `UPDATE sessions SET ended_at = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL`, at, userID, exceptID)
	return int(n), err
}

// KnowsBrowser implements auth.Browsers.
func (db *DB) KnowsBrowser(ctx context.Context, userID, tokenHash string) (byUser, byAnyone bool, err error) {
	var userIDs []string
	err = db.sql.List(ctx, &userIDs, `SELECT user_id FROM browsers WHERE token_hash = ?`, tokenHash)
	for _, id := range userIDs {
		byUser = byUser || id == userID
	}
	return byUser, len(userIDs) > 0, err
}

// RememberBrowser implements auth.Browsers.
func (db *DB) RememberBrowser(ctx context.Context, userID, tokenHash string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "browser", `INSERT INTO browsers (token_hash, user_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		tokenHash, userID, at)
	return err
}

// ForgetBrowsers implements auth.Browsers and freeze.Store.
func (db *DB) ForgetBrowsers(ctx context.Context, userID string) error {
	_, err := db.sql.Exec(ctx, "browser", `DELETE FROM browsers WHERE user_id = ?`, userID)
	return err
}

package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// userRow is a row of users, as every read has it. The tag part is for profiles: see
// isPart.
type userRow struct {
	ID            string                `db:"id"`
	InstitutionID string                `db:"institution_id" part:"-"`
	Kind          string                `db:"kind"`
	Status        string                `db:"status"`
	Email         string                `db:"email"`
	FirstName     string                `db:"first_name"`
	LastName      string                `db:"last_name"`
	Language      string                `db:"language"`
	AdminLevel    bool                  `db:"admin_level"`
	CreatedAt     time.Time             `db:"created_at"`
	VoidedAt      sqldb.Null[time.Time] `db:"password_voided_at"`
	ExpiresAt     sqldb.Null[time.Time] `db:"password_expires_at"`
	// EmailProvedAt is NULL for who registered and has not proved the address.
	EmailProvedAt sqldb.Null[time.Time] `db:"email_proved_at"`
	MailRefusedAt sqldb.Null[time.Time] `db:"mail_refused_at"`
	DisabledAt    sqldb.Null[time.Time] `db:"disabled_at"`
	SignedInAt    sqldb.Null[time.Time] `db:"last_signed_in_at"`
}

func userRowOf(u user.User) userRow {
	return userRow{
		ID: u.ID, InstitutionID: u.InstitutionID, Kind: string(u.Kind), Status: string(u.Status),
		Email: u.Email, FirstName: u.FirstName, LastName: u.LastName,
		Language: string(u.Language), AdminLevel: u.AdminLevel, CreatedAt: u.CreatedAt,
		VoidedAt: sqldb.NullOf(u.PasswordVoidedAt), ExpiresAt: sqldb.NullOf(u.PasswordExpiresAt), EmailProvedAt: sqldb.NullOf(u.AddressProvedAt()),
		MailRefusedAt: sqldb.NullOf(u.MailRefusedAt), DisabledAt: sqldb.NullOf(u.DisabledAt), SignedInAt: sqldb.NullOf(u.LastSignedInAt),
	}
}

func (r userRow) user() user.User {
	return user.User{
		ID: r.ID, InstitutionID: r.InstitutionID, Kind: auth.Kind(r.Kind), Status: user.Status(r.Status),
		Email: r.Email, FirstName: r.FirstName, LastName: r.LastName,
		Language: message.Language(r.Language), AdminLevel: r.AdminLevel, CreatedAt: r.CreatedAt,
		PasswordVoidedAt: sqldb.Ptr(r.VoidedAt), PasswordExpiresAt: sqldb.Ptr(r.ExpiresAt), EmailProvedAt: r.EmailProvedAt.V, MailRefusedAt: sqldb.Ptr(r.MailRefusedAt),
		DisabledAt: sqldb.Ptr(r.DisabledAt), LastSignedInAt: sqldb.Ptr(r.SignedInAt),
	}
}

var selectUsers = `SELECT ` + sqldb.ColumnsOf[userRow]().From("u", nil) + ` FROM users u `

// credentialsRow is a row of users with their password.
type credentialsRow struct {
	userRow
	PasswordHash string `db:"password_hash"`
}

func (r credentialsRow) credentials() user.Credentials {
	return user.Credentials{User: r.user(), PasswordHash: r.PasswordHash}
}

var selectCredentials = `SELECT ` + sqldb.ColumnsOf[credentialsRow]().From("u", nil) + ` FROM users u `

// newUserRow is what is written of a user who is added.
type newUserRow struct {
	credentialsRow
	SortKey string `db:"sort_key"`
	// OwnedEmail is the address if it is proved, which nobody else's may be then, and
	// the id otherwise.
	OwnedEmail string `db:"owned_email"`
}

// CreateUser implements user.Store.
func (db *DB) CreateUser(ctx context.Context, u user.User, passwordHash string) error {
	owned := u.Email
	if u.Waits() {
		owned = u.ID
	}
	return db.InTx(ctx, func(ctx context.Context) error {
		if err := sqldb.Insert(ctx, db.sql, "user with this email address", `INSERT INTO users VALUES (?)`,
			newUserRow{credentialsRow{userRowOf(u), passwordHash}, u.SortKey(), owned}); err != nil {
			return err
		}
		return db.addTerms(ctx, u.ID, "profile", u.Terms())
	})
}

// addTerms makes a user searchable by terms that come from a source.
func (db *DB) addTerms(ctx context.Context, userID, source string, terms []string) error {
	args := []any{source}
	for _, term := range terms {
		args = append(args, term)
	}
	_, err := db.sql.Exec(ctx, "user", `
		INSERT INTO user_terms (user_id, source, term, institution_id, kind)
		SELECT u.id, CAST(? AS TEXT), t.column1, u.institution_id, u.kind
		FROM users u CROSS JOIN (VALUES (?)`+strings.Repeat(`, (?)`, len(terms)-1)+`) AS t WHERE u.id = ?
		ON CONFLICT DO NOTHING`, append(args, userID)...)
	return err
}

// FindUser implements user.Store.
func (db *DB) FindUser(ctx context.Context, institutionID, id string) (user.User, error) {
	r, err := sqldb.Find[userRow](ctx, db.sql, "user", selectUsers+`WHERE u.id = ? AND u.institution_id = ?`, id, institutionID)
	return r.user(), err
}

// FindUsers implements user.Store.
func (db *DB) FindUsers(ctx context.Context, institutionID string, ids []string) ([]user.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return sqldb.Read(ctx, db.sql, userRow.user, selectUsers+`WHERE u.institution_id = ? AND u.id IN (?)`, institutionID, ids)
}

// FindCredentials implements user.Store.
func (db *DB) FindCredentials(ctx context.Context, institutionID, email string) (user.Credentials, error) {
	r, err := sqldb.Find[credentialsRow](ctx, db.sql, "user", selectCredentials+`
		WHERE u.institution_id = ? AND u.email = ? AND u.email_proved_at IS NOT NULL`, institutionID, email)
	return r.credentials(), err
}

// matchRow is a row of users with the key that they are ordered by.
type matchRow struct {
	userRow
	Key string `db:"match_key"`
}

func (r matchRow) match() user.Match { return user.Match{User: r.user(), Key: r.Key} }

var (
	selectByName = `SELECT ` + sqldb.ColumnsOf[matchRow]().From("u", sqldb.Made{"match_key": "u.sort_key"}) + ` FROM users u`
	selectByTerm = `SELECT ` + sqldb.ColumnsOf[matchRow]().From("u", sqldb.Made{"match_key": "t.term"}) + ` FROM user_terms t JOIN users u ON u.id = t.user_id`
)

// listed leaves out who registered and is nobody's customer: because the address is
// somebody else's, or was not proved in time.
const listed = ` AND (u.email_proved_at IS NOT NULL OR u.status <> '` + string(user.Closed) + `')`

// ListUsers implements user.Store.
func (db *DB) ListUsers(ctx context.Context, q user.Query) ([]user.Match, error) {
	query, args := listUsers(q)
	return sqldb.Read(ctx, db.sql, matchRow.match, query, args...)
}

// listUsers reads an index in order and stops at the limit, however many users
// match. A user that several terms match is given once, by the first of them.
//
// The limit is part of the text: of a limit that it does not know PostgreSQL thinks
// a tenth of the table, and plans each page anew instead.
func listUsers(q user.Query) (string, []any) {
	kind, args, limit := "", []any{q.InstitutionID}, strconv.Itoa(q.Limit)
	if q.Kind != "" {
		kind, args = ` AND %.kind = ?`, append(args, q.Kind)
	}
	if q.From == "" {
		return selectByName + `
			WHERE u.institution_id = ?` + strings.ReplaceAll(kind, "%", "u") + listed + ` AND (u.sort_key, u.id) > (?, ?)
			ORDER BY u.sort_key, u.id LIMIT ` + limit, append(args, q.AfterKey, q.AfterID)
	}
	// One lower bound, from which the index is read: of two, each database picks
	// one to begin at and steps over what is before the other.
	if q.AfterKey < q.From {
		q.AfterKey, q.AfterID = q.From, ""
	}
	return selectByTerm + `
		WHERE t.institution_id = ?` + strings.ReplaceAll(kind, "%", "t") + listed + `
		  AND (t.term, t.user_id) > (?, ?) AND t.term < ?
		  AND NOT EXISTS (
		    SELECT 1 FROM user_terms s
		    WHERE s.user_id = t.user_id AND s.term >= ? AND s.term <= t.term AND (s.term, s.source) < (t.term, t.source))
		ORDER BY t.term, t.user_id LIMIT ` + limit, append(args, q.AfterKey, q.AfterID, q.To, q.From)
}

// SetUserStatus implements user.Store.
func (db *DB) SetUserStatus(ctx context.Context, institutionID, id string, s user.Status) error {
	defer db.actorChanged(ctx, id)
	return db.sql.Update(ctx, "user", `UPDATE users SET status = ? WHERE id = ? AND institution_id = ?`, s, id, institutionID)
}

// SetLanguage implements account.Store.
func (db *DB) SetLanguage(ctx context.Context, institutionID, userID string, l message.Language) error {
	defer db.actorChanged(ctx, userID)
	return db.sql.Update(ctx, "user", `UPDATE users SET language = ? WHERE id = ? AND institution_id = ?`, l, userID, institutionID)
}

// GrantRole implements user.Store.
func (db *DB) GrantRole(ctx context.Context, institutionID, userID string, r user.Role) error {
	defer db.actorChanged(ctx, userID)
	return db.InTx(ctx, func(ctx context.Context) error {
		if _, err := db.sql.Exec(ctx, "role", `
			INSERT INTO roles (id, institution_id, name, permissions) VALUES (?, ?, ?, ?)
			ON CONFLICT (institution_id, name) DO NOTHING`, r.ID, institutionID, r.Name, joinPermissions(r.Permissions)); err != nil {
			return err
		}
		return db.sql.Update(ctx, "staff user", `
			INSERT INTO user_roles (user_id, role_id)
			SELECT u.id, r.id FROM users u JOIN roles r ON r.institution_id = u.institution_id
			WHERE u.id = ? AND u.institution_id = ? AND r.name = ? AND u.kind = ?
			ON CONFLICT (user_id, role_id) DO UPDATE SET role_id = excluded.role_id`, userID, institutionID, r.Name, auth.Staff)
	})
}

// RemovePermissions implements user.Store.
func (db *DB) RemovePermissions(ctx context.Context, institutionID, userID string, p []auth.Permission) error {
	defer db.actorChanged(ctx, userID)
	return db.sql.Update(ctx, "staff user", `UPDATE users SET removed_permissions = ? WHERE id = ? AND institution_id = ? AND kind = ?`,
		joinPermissions(p), userID, institutionID, auth.Staff)
}

func joinPermissions(ps []auth.Permission) string {
	return strings.Join(convert(ps, func(p auth.Permission) string { return string(p) }), ",")
}

func splitPermissions(s string) []auth.Permission {
	return convert(strings.FieldsFunc(s, func(r rune) bool { return r == ',' }), func(p string) auth.Permission { return auth.Permission(p) })
}

// ReplacePassword implements account.Store.
func (db *DB) ReplacePassword(ctx context.Context, userID, before, after string) (bool, error) {
	defer db.actorChanged(ctx, userID)
	return db.sql.Once(ctx, `
		UPDATE users SET password_hash = ?, password_expires_at = NULL
		WHERE id = ? AND password_hash = ? AND status <> ?`, after, userID, before, user.Frozen)
}

// RehashPassword implements challenge.Store.
func (db *DB) RehashPassword(ctx context.Context, userID, before, after string) error {
	_, err := db.sql.Exec(ctx, "user", `UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?`, after, userID, before)
	return err
}

// SetFirstPassword implements account.Store.
func (db *DB) SetFirstPassword(ctx context.Context, institutionID, userID, hash string, expiresAt time.Time) (bool, error) {
	defer db.actorChanged(ctx, userID)
	return db.sql.Once(ctx, `
		UPDATE users SET password_hash = ?, password_expires_at = ?, password_voided_at = NULL
		WHERE id = ? AND institution_id = ? AND kind = ? AND status = ? AND disabled_at IS NULL`, hash, expiresAt, userID, institutionID, auth.Staff, user.Active)
}

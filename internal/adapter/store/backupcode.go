package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/backupcode"
)

type confirmationRow struct {
	TokenHash     string     `db:"token_hash"`
	InstitutionID string     `db:"institution_id"`
	StaffID       string     `db:"staff_id"`
	UserID        string     `db:"user_id"`
	Purpose       string     `db:"purpose"`
	Reason        string     `db:"reason"`
	IdentityCheck string     `db:"identity_check"`
	CreatedAt     time.Time  `db:"created_at"`
	ExpiresAt     time.Time  `db:"expires_at"`
	UsedAt        *time.Time `db:"used_at"`
}

func (r confirmationRow) confirmation() backupcode.Confirmation {
	return backupcode.Confirmation{
		TokenHash: r.TokenHash, InstitutionID: r.InstitutionID, StaffID: r.StaffID, UserID: r.UserID,
		Purpose: backupcode.Purpose(r.Purpose), Reason: r.Reason, IdentityCheck: backupcode.IdentityCheck(r.IdentityCheck),
		CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, UsedAt: r.UsedAt,
	}
}

var selectConfirmations = `SELECT ` + sqldb.ColumnsOf[confirmationRow]().From("c", nil) + ` FROM backup_code_confirmations c `

// CreateConfirmation implements backupcode.Store.
func (db *DB) CreateConfirmation(ctx context.Context, c backupcode.Confirmation) error {
	return sqldb.Insert(ctx, db.sql, "confirmation", `INSERT INTO backup_code_confirmations VALUES (?)`,
		confirmationRow{
			TokenHash: c.TokenHash, InstitutionID: c.InstitutionID, StaffID: c.StaffID, UserID: c.UserID, Purpose: string(c.Purpose),
			Reason: c.Reason, IdentityCheck: string(c.IdentityCheck), CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt,
		})
}

// FindConfirmation implements backupcode.Store.
func (db *DB) FindConfirmation(ctx context.Context, institutionID, tokenHash string) (backupcode.Confirmation, error) {
	r, err := sqldb.Find[confirmationRow](ctx, db.sql, "confirmation", selectConfirmations+`WHERE c.token_hash = ? AND c.institution_id = ?`,
		tokenHash, institutionID)
	return r.confirmation(), err
}

// ConsumeConfirmation implements backupcode.Store.
func (db *DB) ConsumeConfirmation(ctx context.Context, tokenHash string, at time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE backup_code_confirmations SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?`, at, tokenHash, at)
}

// countLive counts the codes that would work now.
const countLive = `
	SELECT count(*) FROM backup_codes c JOIN backup_code_sets s ON s.id = c.set_id
	WHERE s.user_id = ? AND s.institution_id = ? AND s.origin = ? AND s.voided_at IS NULL
	  AND (s.expires_at IS NULL OR s.expires_at > ?) AND c.used_at IS NULL`

// CountLiveCodes implements backupcode.Store.
func (db *DB) CountLiveCodes(ctx context.Context, institutionID, userID string, o backupcode.Origin, now time.Time) (int, error) {
	var n int
	err := db.sql.Get(ctx, "", &n, countLive, userID, institutionID, o, now)
	return n, err
}

// CountCodes implements backupcode.Store.
func (db *DB) CountCodes(ctx context.Context, institutionID, userID string, now time.Time) (map[backupcode.Origin]int, error) {
	var rows []struct {
		Origin string `db:"origin"`
		Live   int    `db:"live"`
	}
	err := db.sql.List(ctx, &rows, `
		SELECT s.origin, SUM(CASE WHEN c.used_at IS NULL AND s.voided_at IS NULL
		    AND (s.expires_at IS NULL OR s.expires_at > ?) THEN 1 ELSE 0 END) AS live
		FROM backup_codes c JOIN backup_code_sets s ON s.id = c.set_id
		WHERE s.user_id = ? AND s.institution_id = ? GROUP BY s.origin`, now, userID, institutionID)
	live := make(map[backupcode.Origin]int, len(rows))
	for _, r := range rows {
		live[backupcode.Origin(r.Origin)] = r.Live
	}
	return live, err
}

// VoidCodes implements backupcode.Store.
func (db *DB) VoidCodes(ctx context.Context, institutionID, userID string, o backupcode.Origin, at time.Time) (int, error) {
	var n int
	err := db.InTx(ctx, func(ctx context.Context) error {
		var err error
		if n, err = db.CountLiveCodes(ctx, institutionID, userID, o, at); err != nil {
			return err
		}
		_, err = db.sql.Exec(ctx, "set of codes", `
			UPDATE backup_code_sets SET voided_at = ?
			WHERE user_id = ? AND institution_id = ? AND origin = ? AND voided_at IS NULL`, at, userID, institutionID, o)
		return err
	})
	return n, err
}

// VoidCodesMadeBy implements freeze.Store.
func (db *DB) VoidCodesMadeBy(ctx context.Context, institutionID, staffID string, since, at time.Time) (n int, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		const made = ` institution_id = ? AND made_by = ? AND origin = ? AND generated_at >= ? AND voided_at IS NULL`
		args := []any{institutionID, staffID, backupcode.ByStaff, since}
		if err := db.sql.Get(ctx, "", &n, `
			SELECT COUNT(*) FROM backup_codes WHERE used_at IS NULL
			  AND set_id IN (SELECT id FROM backup_code_sets WHERE`+made+` AND (expires_at IS NULL OR expires_at > ?))`, append(args, at)...); err != nil {
			return err
		}
		_, err := db.sql.Exec(ctx, "", `UPDATE backup_code_sets SET voided_at = ? WHERE`+made, append([]any{at}, args...)...)
		return err
	})
	return n, err
}

// setRow is a row of backup_code_sets. The tag part is for profiles: see isPart.
type setRow struct {
	ID            string                `db:"id"`
	InstitutionID string                `db:"institution_id" part:"-"`
	UserID        string                `db:"user_id" part:"-"`
	Origin        string                `db:"origin"`
	Purpose       string                `db:"purpose"`
	Reason        string                `db:"reason" part:"-"`
	IdentityCheck string                `db:"identity_check" part:"-"`
	Handover      string                `db:"handover" part:"-"`
	MadeBy        string                `db:"made_by" part:"-"`
	GeneratedAt   time.Time             `db:"generated_at"`
	ExpiresAt     sqldb.Null[time.Time] `db:"expires_at"`
	VoidedAt      sqldb.Null[time.Time] `db:"voided_at"`
}

func setRowOf(s backupcode.Set) setRow {
	return setRow{
		ID: s.ID, InstitutionID: s.InstitutionID, UserID: s.UserID, Origin: string(s.Origin), Purpose: string(s.Purpose),
		Reason: s.Reason, IdentityCheck: string(s.IdentityCheck), Handover: string(s.Handover), MadeBy: s.ByID,
		GeneratedAt: s.GeneratedAt, ExpiresAt: sqldb.NullOf(s.ExpiresAt), VoidedAt: sqldb.NullOf(s.VoidedAt),
	}
}

func (r setRow) set() backupcode.Set {
	return backupcode.Set{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Origin: backupcode.Origin(r.Origin),
		Purpose: backupcode.Purpose(r.Purpose), Reason: r.Reason, IdentityCheck: backupcode.IdentityCheck(r.IdentityCheck),
		Handover: backupcode.Handover(r.Handover), ByID: r.MadeBy,
		GeneratedAt: r.GeneratedAt, ExpiresAt: sqldb.Ptr(r.ExpiresAt), VoidedAt: sqldb.Ptr(r.VoidedAt),
	}
}

// setAndCode is a code c with the set s that it is of, as every read has them.
type setAndCode struct {
	setRow
	CodeID   string                `db:"code_id" part:"-"`
	Position int                   `db:"position" part:"-"`
	UsedAt   sqldb.Null[time.Time] `db:"used_at"`
}

var (
	madeOfCodes = sqldb.Made{"code_id": "c.id", "position": "c.position", "used_at": "c.used_at"}
	selectSets  = `SELECT ` + sqldb.ColumnsOf[setAndCode]().From("s", madeOfCodes) + ` FROM backup_code_sets s JOIN backup_codes c ON c.set_id = s.id `
)

// addTo adds the code to its set: the last of some, or one more.
func (r setAndCode) addTo(sets []backupcode.Set) []backupcode.Set {
	if len(sets) == 0 || sets[len(sets)-1].ID != r.ID {
		sets = append(sets, r.set())
	}
	last := &sets[len(sets)-1]
	last.Codes = append(last.Codes, backupcode.Code{ID: r.CodeID, Position: r.Position, UsedAt: sqldb.Ptr(r.UsedAt)})
	return sets
}

// CreateCodes implements backupcode.Store.
func (db *DB) CreateCodes(ctx context.Context, s backupcode.Set, codes []backupcode.Hashed) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if err := sqldb.Insert(ctx, db.sql, "set of codes", `INSERT INTO backup_code_sets VALUES (?)`, setRowOf(s)); err != nil {
			return err
		}
		for _, c := range codes {
			if _, err := db.sql.Exec(ctx, "code", `
				INSERT INTO backup_codes (id, set_id, position, selector, hash) VALUES (?, ?, ?, ?, ?)`,
				c.ID, s.ID, c.Position, c.Selector, c.Hash); err != nil {
				return err
			}
		}
		return nil
	})
}

// isLatestSet is whether a set is the one that counts of its origin.
const isLatestSet = `NOT EXISTS (
		  SELECT 1 FROM backup_code_sets newer
		  WHERE newer.user_id = s.user_id AND newer.origin = s.origin
		    AND (newer.voided_at IS NULL, newer.generated_at, newer.id) > (s.voided_at IS NULL, s.generated_at, s.id))`

// LatestSets implements backupcode.Store.
func (db *DB) LatestSets(ctx context.Context, institutionID string, userIDs []string) ([]backupcode.Set, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	var sets []backupcode.Set
	err := sqldb.Each(ctx, db.sql, func(r setAndCode) { sets = r.addTo(sets) }, selectSets+`
		WHERE s.user_id IN (?) AND s.institution_id = ? AND `+isLatestSet+`
		ORDER BY s.user_id, s.generated_at DESC, s.id DESC, c.position`, userIDs, institutionID)
	return sets, err
}

// FindLiveCodes implements backupcode.Store.
func (db *DB) FindLiveCodes(ctx context.Context, institutionID, userID, selector string, of []backupcode.Origin, now time.Time) ([]backupcode.Candidate, error) {
	var rows []struct {
		ID   string `db:"id"`
		Hash string `db:"hash"`
	}
	err := db.sql.List(ctx, &rows, `
		SELECT c.id, c.hash FROM backup_codes c JOIN backup_code_sets s ON s.id = c.set_id
		WHERE s.user_id = ? AND s.institution_id = ? AND c.selector = ? AND s.origin IN (?) AND c.used_at IS NULL
		  AND s.voided_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > ?)
		ORDER BY s.origin`, userID, institutionID, selector, convert(of, func(o backupcode.Origin) string { return string(o) }), now)
	candidates := make([]backupcode.Candidate, len(rows))
	for i, r := range rows {
		candidates[i] = backupcode.Candidate(r)
	}
	return candidates, err
}

// ConsumeCode implements backupcode.Store.
func (db *DB) ConsumeCode(ctx context.Context, codeID string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE backup_codes SET used_at = ? WHERE id = ? AND used_at IS NULL AND EXISTS (
		  SELECT 1 FROM backup_code_sets s
		  WHERE s.id = backup_codes.set_id AND s.voided_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > ?))`, now, codeID, now)
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/platform/fault"
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

// CreateConfirmation implements backupcode.Store.
func (db *DB) CreateConfirmation(ctx context.Context, c backupcode.Confirmation) error {
	return db.sql.Insert(ctx, "confirmation", `
		INSERT INTO backup_code_confirmations (token_hash, institution_id, staff_id, user_id, purpose, reason, identity_check, created_at, expires_at)
		VALUES (:token_hash, :institution_id, :staff_id, :user_id, :purpose, :reason, :identity_check, :created_at, :expires_at)`,
		confirmationRow{
			TokenHash: c.TokenHash, InstitutionID: c.InstitutionID, StaffID: c.StaffID, UserID: c.UserID, Purpose: string(c.Purpose),
			Reason: c.Reason, IdentityCheck: string(c.IdentityCheck), CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt,
		})
}

// FindConfirmation implements backupcode.Store.
func (db *DB) FindConfirmation(ctx context.Context, institutionID, tokenHash string) (backupcode.Confirmation, error) {
	var r confirmationRow
	err := db.sql.Get(ctx, "confirmation", &r, `
		SELECT token_hash, institution_id, staff_id, user_id, purpose, reason, identity_check, created_at, expires_at, used_at
		FROM backup_code_confirmations WHERE token_hash = ? AND institution_id = ?`, tokenHash, institutionID)
	return backupcode.Confirmation{
		TokenHash: r.TokenHash, InstitutionID: r.InstitutionID, StaffID: r.StaffID, UserID: r.UserID,
		Purpose: backupcode.Purpose(r.Purpose), Reason: r.Reason, IdentityCheck: backupcode.IdentityCheck(r.IdentityCheck),
		CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, UsedAt: r.UsedAt,
	}, err
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

type setRow struct {
	ID            string     `db:"id"`
	InstitutionID string     `db:"institution_id"`
	UserID        string     `db:"user_id"`
	Origin        string     `db:"origin"`
	Purpose       string     `db:"purpose"`
	Reason        string     `db:"reason"`
	IdentityCheck string     `db:"identity_check"`
	Handover      string     `db:"handover"`
	MadeBy        string     `db:"made_by"`
	GeneratedAt   time.Time  `db:"generated_at"`
	ExpiresAt     *time.Time `db:"expires_at"`
	VoidedAt      *time.Time `db:"voided_at"`
}

// CreateCodes implements backupcode.Store.
func (db *DB) CreateCodes(ctx context.Context, s backupcode.Set, codes []backupcode.Hashed) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		if err := db.sql.Insert(ctx, "set of codes", `
			INSERT INTO backup_code_sets (id, institution_id, user_id, origin, purpose, reason, identity_check, handover, made_by, generated_at, expires_at)
			VALUES (:id, :institution_id, :user_id, :origin, :purpose, :reason, :identity_check, :handover, :made_by, :generated_at, :expires_at)`,
			setRow{
				ID: s.ID, InstitutionID: s.InstitutionID, UserID: s.UserID, Origin: string(s.Origin), Purpose: string(s.Purpose),
				Reason: s.Reason, IdentityCheck: string(s.IdentityCheck), Handover: string(s.Handover), MadeBy: s.ByID,
				GeneratedAt: s.GeneratedAt, ExpiresAt: s.ExpiresAt,
			}); err != nil {
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
	var rows []struct {
		setRow
		CodeID   string     `db:"code_id"`
		Position int        `db:"position"`
		UsedAt   *time.Time `db:"used_at"`
	}
	err := db.sql.List(ctx, &rows, `
		SELECT s.id, s.institution_id, s.user_id, s.origin, s.purpose, s.reason, s.identity_check, s.handover, s.made_by,
		  s.generated_at, s.expires_at, s.voided_at, c.id AS code_id, c.position, c.used_at
		FROM backup_code_sets s JOIN backup_codes c ON c.set_id = s.id
		WHERE s.user_id IN (?) AND s.institution_id = ? AND `+isLatestSet+`
		ORDER BY s.user_id, s.generated_at DESC, s.id DESC, c.position`, userIDs, institutionID)
	if err != nil {
		return nil, err
	}
	var sets []backupcode.Set
	for _, r := range rows {
		if len(sets) == 0 || sets[len(sets)-1].ID != r.ID {
			sets = append(sets, r.set())
		}
		last := &sets[len(sets)-1]
		last.Codes = append(last.Codes, backupcode.Code{ID: r.CodeID, Position: r.Position, UsedAt: r.UsedAt})
	}
	return sets, nil
}

func (r setRow) set() backupcode.Set {
	return backupcode.Set{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Origin: backupcode.Origin(r.Origin),
		Purpose: backupcode.Purpose(r.Purpose), Reason: r.Reason, IdentityCheck: backupcode.IdentityCheck(r.IdentityCheck),
		Handover: backupcode.Handover(r.Handover), ByID: r.MadeBy,
		GeneratedAt: r.GeneratedAt, ExpiresAt: r.ExpiresAt, VoidedAt: r.VoidedAt,
	}
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

// LastBackupCodeUse implements device.Store.
func (db *DB) LastBackupCodeUse(ctx context.Context, institutionID, userID string) (time.Time, error) {
	var at time.Time
	err := db.sql.Get(ctx, "code", &at, `
		SELECT c.used_at FROM backup_codes c JOIN backup_code_sets s ON s.id = c.set_id
		WHERE s.institution_id = ? AND s.user_id = ? AND c.used_at IS NOT NULL ORDER BY c.used_at DESC LIMIT 1`, institutionID, userID)
	if fault.CodeOf(err) == fault.NotFound {
		return time.Time{}, nil
	}
	return at, err
}

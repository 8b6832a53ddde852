package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

type auditRow struct {
	InstitutionID string    `db:"institution_id"`
	Sequence      int64     `db:"sequence"`
	At            time.Time `db:"at"`
	ActorID       string    `db:"actor_id"`
	ActorKind     string    `db:"actor_kind"`
	Action        string    `db:"action"`
	TargetID      string    `db:"target_id"`
	Outcome       string    `db:"outcome"`
	Details       string    `db:"details"`
	Address       string    `db:"address"`
	MAC           []byte    `db:"mac"`
	DeviceOwnerID string    `db:"device_owner_id"`
}

// AuditHead implements audit.Store.
func (db *DB) AuditHead(ctx context.Context, institutionID string) (audit.Head, error) {
	var r auditRow
	err := db.sql.Get(ctx, "entry", &r, `
		SELECT sequence, mac FROM audit_entries WHERE institution_id = ? ORDER BY sequence DESC LIMIT 1`, institutionID)
	if fault.CodeOf(err) == fault.NotFound {
		return audit.Head{}, nil
	}
	return audit.Head{Sequence: r.Sequence, MAC: r.MAC}, err
}

const (
	auditColumns = `institution_id, sequence, at, actor_id, actor_kind, action, target_id, outcome, details, address, mac`
	// The first row is none: it tells PostgreSQL the types of the others.
	auditRows     = `SELECT ` + auditColumns + ` FROM audit_entries WHERE FALSE`
	nextAuditRow  = ` UNION ALL SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`
	lastAuditMAC  = `SELECT mac FROM audit_entries WHERE institution_id = ? ORDER BY sequence DESC LIMIT 1`
	appendEntries = `INSERT INTO audit_entries (` + auditColumns + `) SELECT * FROM (` + auditRows + `%s) AS e
		WHERE (` + lastAuditMAC + `) IS NOT DISTINCT FROM ?`
)

// AppendEntries implements audit.Store. The last entry's MAC stands for all of
// it. Who loses a number to somebody who took it just now finds a single entry
// not added, and for several an error, which undoes those that came after.
func (db *DB) AppendEntries(ctx context.Context, after audit.Head, entries []audit.Entry) (bool, error) {
	args := make([]any, 0, 11*len(entries)+2)
	for _, e := range entries {
		details, err := json.Marshal(e.Details)
		if err != nil {
			return false, err
		}
		args = append(args, e.InstitutionID, e.Sequence, e.At, e.ActorID, e.ActorKind, e.Action, e.TargetID, e.Outcome, string(details), e.Address, e.MAC)
	}
	var mac any
	if after.Sequence > 0 {
		mac = after.MAC
	}
	query := fmt.Sprintf(appendEntries, strings.Repeat(nextAuditRow, len(entries)))
	if len(entries) == 1 {
		query += ` ON CONFLICT DO NOTHING`
	}
	n, err := db.sql.Exec(ctx, "entry", query, append(args, entries[0].InstitutionID, mac)...)
	if len(entries) > 1 && fault.CodeOf(err) == fault.Conflict {
		return false, nil
	}
	return n > 0, err
}

// ListEntries implements audit.Store.
func (db *DB) ListEntries(ctx context.Context, q audit.Query) ([]audit.Entry, error) {
	query := `
		SELECT institution_id, sequence, at, actor_id, actor_kind, action, target_id, outcome, details, address, mac,
		       COALESCE((SELECT user_id FROM devices d WHERE d.id = target_id AND d.institution_id = e.institution_id), '') AS device_owner_id
		FROM audit_entries e WHERE institution_id = ?`
	args := []any{q.InstitutionID}
	for _, f := range []struct {
		condition string
		value     any
		given     bool
	}{
		{` AND actor_id = ?`, q.ActorID, q.ActorID != ""},
		{` AND action = ?`, q.Action, q.Action != ""},
		{` AND at >= ?`, q.From, !q.From.IsZero()},
		{` AND at < ?`, q.To, !q.To.IsZero()},
	} {
		if f.given {
			query, args = query+f.condition, append(args, f.value)
		}
	}
	if q.TargetID != "" {
		query += ` AND target_id IN (SELECT id FROM devices d WHERE d.user_id = ? AND d.institution_id = e.institution_id UNION ALL SELECT ?)`
		args = append(args, q.TargetID, q.TargetID)
	}
	if q.Below > 0 {
		query, args = query+` AND sequence < ? ORDER BY sequence DESC LIMIT ?`, append(args, q.Below, q.Limit)
	} else {
		query, args = query+` AND sequence > ? ORDER BY sequence LIMIT ?`, append(args, q.Above, q.Limit)
	}
	var rows []auditRow
	if err := db.sql.List(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	entries := make([]audit.Entry, len(rows))
	for i, r := range rows {
		entries[i] = audit.Entry{
			InstitutionID: r.InstitutionID, Sequence: r.Sequence, At: r.At, ActorID: r.ActorID, ActorKind: auth.Kind(r.ActorKind),
			Action: audit.Action(r.Action), TargetID: r.TargetID, Outcome: r.Outcome, Address: r.Address, MAC: r.MAC, DeviceOwnerID: r.DeviceOwnerID,
		}
		if json.Unmarshal([]byte(r.Details), &entries[i].Details) != nil {
			entries[i].Details = map[string]string{"unreadable": r.Details} // changed, as the MAC will show
		}
	}
	return entries, nil
}

// CountFailure implements audit.Store.
func (db *DB) CountFailure(ctx context.Context, f audit.Failures, most int) error {
	const few = `(SELECT count(*) FROM sign_in_failures WHERE institution_id = ? AND minute = ?) < ?`
	_, err := db.sql.Exec(ctx, "count", `
		INSERT INTO sign_in_failures (institution_id, minute, address, name_hash, count)
		VALUES (?, ?, CASE WHEN `+few+` THEN ? ELSE '' END, CASE WHEN `+few+` THEN ? ELSE '' END, 1)
		ON CONFLICT (institution_id, minute, address, name_hash) DO UPDATE SET count = sign_in_failures.count + 1`,
		f.InstitutionID, f.Minute, f.InstitutionID, f.Minute, most, f.Address, f.InstitutionID, f.Minute, most, f.NameHash)
	return err
}

type failuresRow struct {
	InstitutionID string    `db:"institution_id"`
	Minute        time.Time `db:"minute"`
	Address       string    `db:"address"`
	NameHash      string    `db:"name_hash"`
	Count         int       `db:"count"`
}

// TakeFailures implements audit.Store.
func (db *DB) TakeFailures(ctx context.Context, before time.Time, limit int) ([]audit.Failures, error) {
	var rows []failuresRow
	err := db.sql.List(ctx, &rows, `
		DELETE FROM sign_in_failures WHERE (institution_id, minute, address, name_hash) IN (
		  SELECT institution_id, minute, address, name_hash FROM sign_in_failures WHERE minute < ? ORDER BY minute LIMIT ?)
		RETURNING institution_id, minute, address, name_hash, count`, before, limit)
	failures := make([]audit.Failures, len(rows))
	for i, r := range rows {
		failures[i] = audit.Failures(r)
	}
	return failures, err
}

// ListInstitutionIDs implements audit.Store.
func (db *DB) ListInstitutionIDs(ctx context.Context) ([]string, error) {
	var ids []string
	err := db.sql.List(ctx, &ids, `SELECT id FROM institutions ORDER BY id`)
	return ids, err
}

// ListRecordIDs implements audit.Store.
func (db *DB) ListRecordIDs(ctx context.Context) ([]string, error) {
	has, err := db.sql.HasTable(ctx, "audit_entries")
	if err != nil || !has {
		return nil, err
	}
	var ids []string
	err = db.sql.List(ctx, &ids, `SELECT DISTINCT institution_id FROM audit_entries ORDER BY institution_id`)
	return ids, err
}

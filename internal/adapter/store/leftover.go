package store

import (
	"context"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/user"
)

// ListLeftovers returns the users and devices whose address or number is not in the
// form of this version, of all institutions.
func (db *DB) ListLeftovers(ctx context.Context) ([]user.Leftover, error) {
	users, err := db.leftovers(ctx, `
		SELECT i.slug, u.id AS user_id, '' AS device_id, '' AS kind, u.email AS stored, u.institution_id
		FROM users u JOIN institutions i ON i.id = u.institution_id WHERE u.id > ? AND u.email_proved_at IS NOT NULL ORDER BY u.id LIMIT ?`,
		`SELECT id FROM users WHERE institution_id = ? AND owned_email = ?`,
		func(r leftoverRow) (string, string) { return r.UserID, r.InstitutionID })
	if err != nil {
		return nil, err
	}
	devices, err := db.leftovers(ctx, `
		SELECT i.slug, d.user_id, d.id AS device_id, d.kind, d.address AS stored, d.institution_id
		FROM devices d JOIN institutions i ON i.id = d.institution_id WHERE d.id > ? AND d.removed_at IS NULL ORDER BY d.id LIMIT ?`,
		`SELECT id FROM devices WHERE user_id = ? AND address = ? AND removed_at IS NULL`,
		func(r leftoverRow) (string, string) { return r.DeviceID, r.UserID })
	return append(users, devices...), err
}

type leftoverRow struct {
	Slug          string `db:"slug"`
	UserID        string `db:"user_id"`
	DeviceID      string `db:"device_id"`
	Kind          string `db:"kind"`
	Stored        string `db:"stored"`
	InstitutionID string `db:"institution_id"`
}

// leftovers reads a table by its ids; taken finds who has the other form, among those
// of the owner that where returns beside the id.
func (db *DB) leftovers(ctx context.Context, list, taken string, where func(r leftoverRow) (id, owner string)) (all []user.Leftover, err error) {
	for after := ""; ; {
		var rows []leftoverRow
		if err := db.sql.List(ctx, &rows, list, after, rewrittenAtOnce); err != nil || len(rows) == 0 {
			return all, err
		}
		for _, r := range rows {
			id, owner := where(r)
			after = id
			form, ok := text.Address(r.Stored)
			if r.Kind != "" {
				form, ok = formOf(r.Kind, r.Stored)
			}
			if ok && form == r.Stored {
				continue
			}
			l := user.Leftover{Institution: r.Slug, UserID: r.UserID, DeviceID: r.DeviceID, Stored: r.Stored, Form: form}
			if ok {
				if err := db.sql.Get(ctx, "owner", &l.TakenBy, taken, owner, form); err != nil && fault.CodeOf(err) != fault.NotFound {
					return nil, err
				}
			}
			all = append(all, l)
		}
	}
}

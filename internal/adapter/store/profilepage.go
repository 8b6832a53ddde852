package store

import (
	"context"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/user"
)

// ListProfiles implements profile.Store. Users and devices are read one after the
// other: rows that are wide enough for both, and sorted once more, cost PostgreSQL
// more than a second statement does.
func (db *DB) ListProfiles(ctx context.Context, q user.Query, parts profile.Parts) ([]profile.Row, error) {
	if parts.Has(profile.BackupCodes) {
		query, args := listUsers(q)
		return db.profiles(ctx, q.InstitutionID, parts, `
			SELECT row_number() OVER (ORDER BY match_key, id) AS n, found.* FROM (`+query+`) AS found`, args...)
	}
	query, args := listUsers(q)
	all, ids := make([]profile.Row, 0, q.Limit), make([]string, 0, q.Limit)
	var found matchRow
	err := db.sql.Each(ctx, query, args, found.Columns(), func() {
		all, ids = append(all, profile.Row{Match: found.match()}), append(ids, found.ID)
	})
	if err != nil || len(all) == 0 || !parts.Has(profile.Devices) {
		return all, err
	}
	of := make(map[string]*profile.Row, len(all))
	for i := range all {
		of[ids[i]] = &all[i]
	}
	var row listedDevice
	joined := ``
	if parts.Has(profile.Pauses) {
		joined = withPauses
	}
	query, args = sqldb.Expand(`
		SELECT `+row.columns(parts)+` FROM devices d`+joined+`
		WHERE d.user_id IN (?) AND d.institution_id = ? AND d.removed_at IS NULL ORDER BY d.added_at, d.id`, []any{ids, q.InstitutionID})
	err = db.sql.Each(ctx, query, args, row.into, func() {
		owner := of[row.userID]
		if owner.Devices == nil {
			owner.Devices = make([]device.Device, 0, 4)
		}
		owner.Devices = append(owner.Devices, row.profileRow.device(q.InstitutionID, owner.User.ID))
	})
	return all, err
}

// listedDevice is a row of the devices of a page.
type listedDevice struct {
	profileRow
	userID string
	into   []any
}

// columns gives those of parts, and sets their places.
func (r *listedDevice) columns(parts profile.Parts) string {
	columns := `d.user_id, d.kind, d.id, d.label, d.address, d.detected_number_type, d.override_number_type, d.is_default, d.disabled_at`
	r.into = []any{&r.userID, &r.kind, &r.id, &r.words[0], &r.words[1], &r.words[2], &r.words[3], &r.flag, &r.at[0]}
	if parts.Has(profile.Details) {
		columns += `, d.carrier, d.override_reason, d.override_by, d.override_at`
		r.into = append(r.into, &r.words[4], &r.words[5], &r.words[6], &r.at[4])
	}
	if parts.Has(profile.Dates) {
		columns += `, d.added_at, d.confirmed_at, d.last_used_at`
		r.into = append(r.into, &r.at[1], &r.at[2], &r.at[3])
	}
	if parts.Has(profile.Pauses) {
		columns += `, ` + pausedUntil
		r.into = append(r.into, &r.at[5])
	}
	return columns
}

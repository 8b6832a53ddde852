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
	query, args := listUsers(q)
	if parts.Has(profile.BackupCodes) {
		return db.profiles(ctx, q.InstitutionID, parts, `
			SELECT row_number() OVER (ORDER BY match_key, id) AS n, found.* FROM (`+query+`) AS found`, args...)
	}
	all, ids := make([]profile.Row, 0, q.Limit), make([]string, 0, q.Limit)
	err := sqldb.Each(ctx, db.sql, func(found matchRow) {
		all, ids = append(all, profile.Row{Match: found.match()}), append(ids, found.ID)
	}, query, args...)
	if err != nil || len(all) == 0 || !parts.Has(profile.Devices) {
		return all, err
	}
	of := make(map[string]*profile.Row, len(all))
	for i := range all {
		of[ids[i]] = &all[i]
	}
	var row pausedDevice
	layout := layoutOf(parts)
	query = db.sql.Text(listedText(parts), func() string {
		return `SELECT ` + layout.listed.From("d", madeOfJoins) + ` FROM devices d` + layout.joined() + `
			WHERE d.user_id IN (?) AND d.institution_id = ? AND d.removed_at IS NULL ORDER BY d.added_at, d.id`
	})
	err = db.sql.Scan(ctx, layout.listed.Places(&row), func() {
		row.InstitutionID = q.InstitutionID
		owner := of[row.UserID]
		if owner.Devices == nil {
			owner.Devices = make([]device.Device, 0, 4)
		}
		owner.Devices = append(owner.Devices, row.device())
	}, query, ids, q.InstitutionID)
	return all, err
}

// listedText is what the text of the devices of a page is made of.
type listedText profile.Parts

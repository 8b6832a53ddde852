package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/profile"
)

// What a row of a profile is about. The statement has an arm for each.
const (
	aboutUser = iota
	aboutDevice
	aboutCode
	arms
)

// profileRow is one row of a select of profiles: a user, or a device or a code of
// the user before. Only the row that it is about is read.
type profileRow struct {
	profileKey
	user   matchRow
	device pausedDevice
	code   setAndCode
}

type profileKey struct {
	Number int `db:"n"` // of the user, from 1
	About  int `db:"about"`
}

// places returns the places of the columns of a select of profiles.
func (r *profileRow) places(l *profileLayout) []any {
	rows, shared := [arms]any{&r.user, &r.device, &r.code}, make([]sharedPlace, len(l.shared))
	places := append(make([]any, 0, 2+len(shared)), sqldb.ColumnsOf[profileKey]().Places(&r.profileKey)...)
	for i := range shared {
		shared[i].about = &r.About
		for arm, column := range l.shared[i].of {
			if column >= 0 {
				shared[i].of[arm] = l.columns[arm][column].Place(rows[arm])
			}
		}
		places = append(places, &shared[i])
	}
	return places
}

// sharedPlace is the place of a column in the row that it is about, if that row has
// one.
type sharedPlace struct {
	about *int
	of    [arms]sqldb.Place
}

// Scan implements sql.Scanner.
func (p *sharedPlace) Scan(v any) error { return p.of[*p.about].Scan(v) }

// FindProfile implements profile.Store.
func (db *DB) FindProfile(ctx context.Context, institutionID, userID string, parts profile.Parts) (profile.Row, error) {
	found, err := db.profiles(ctx, institutionID, parts, oneUser, userID, institutionID)
	if err == nil && len(found) == 0 {
		err = sqldb.NotFound("user")
	}
	if err != nil {
		return profile.Row{}, err
	}
	return found[0], nil
}

// profiles reads the profiles of a page of users of an institution. The users come
// as a select of n and the columns of matchRow.
func (db *DB) profiles(ctx context.Context, institutionID string, parts profile.Parts, page string, args ...any) ([]profile.Row, error) {
	var all []profile.Row
	var row profileRow
	layout := layoutOf(parts)
	query := db.sql.Text(profileText{page, parts}, func() string { return layout.query(page) })
	err := db.sql.Scan(ctx, row.places(layout), func() {
		if row.About == aboutUser {
			row.user.InstitutionID = institutionID
			all = append(all, profile.Row{Match: row.user.match()})
			return
		}
		of := &all[row.Number-1]
		switch row.About {
		case aboutDevice:
			row.device.InstitutionID, row.device.UserID = institutionID, of.User.ID
			of.Devices = append(of.Devices, row.device.device())
		case aboutCode:
			row.code.InstitutionID, row.code.UserID = institutionID, of.User.ID
			of.Sets = row.code.addTo(of.Sets)
		}
	}, query, args...)
	for _, found := range all {
		slices.SortFunc(found.Sets, func(a, b backupcode.Set) int {
			return cmp.Or(b.GeneratedAt.Compare(a.GeneratedAt), cmp.Compare(b.ID, a.ID))
		})
	}
	return all, err
}

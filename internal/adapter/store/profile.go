package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/user"
)

// What a row of a profile is about.
const (
	aboutUser = iota
	aboutDevice
	aboutCode
)

// profileRow is one row of a select of profiles. Rows of all that they are about
// share its columns, so that one statement brings them.
type profileRow struct {
	n, about sqldb.Number // n counts the users, from 1
	id, kind sqldb.Text
	words    [7]sqldb.Text
	flag     bool
	at       [6]sqldb.Moment
}

// filled is how many texts and times parts fill.
func filled(parts profile.Parts) (words, times int) {
	switch {
	case parts.Has(profile.Pauses):
		return 7, 6
	case parts.Has(profile.Details):
		return 7, 5
	case parts.Has(profile.Dates), parts.Has(profile.BackupCodes):
		return 6, 4
	}
	return 6, 1
}

func profileColumns(parts profile.Parts) string {
	columns := `n, about, id, kind, flag`
	words, times := filled(parts)
	for i := range words {
		columns += ", w" + strconv.Itoa(i)
	}
	for i := range times {
		columns += ", at" + strconv.Itoa(i)
	}
	return columns
}

// places gives the places of profileColumns.
func (r *profileRow) places(parts profile.Parts) []any {
	places := append(make([]any, 0, 18), &r.n, &r.about, &r.id, &r.kind, &r.flag)
	words, times := filled(parts)
	for i := range words {
		places = append(places, &r.words[i])
	}
	for i := range times {
		places = append(places, &r.at[i])
	}
	return places
}

// profileText is what a text is made of.
type profileText struct {
	page  string
	parts profile.Parts
}

const oneUser = `SELECT 1 AS n, '' AS match_key, ` + userColumns + ` FROM users u WHERE u.id = ? AND u.institution_id = ?`

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
// as a select of n, match_key and userColumns.
func (db *DB) profiles(ctx context.Context, institutionID string, parts profile.Parts, page string, args ...any) ([]profile.Row, error) {
	var all []profile.Row
	var row profileRow
	query := db.sql.Text(profileText{page, parts}, func() string { return profileQuery(page, parts) })
	err := db.sql.Each(ctx, query, args, row.places(parts), func() {
		switch row.about {
		case aboutUser:
			all = append(all, profile.Row{Match: user.Match{User: row.user(institutionID), Key: row.words[5].Value}})
		case aboutDevice:
			of := &all[row.n-1]
			of.Devices = append(of.Devices, row.device(institutionID, of.User.ID))
		case aboutCode:
			of := &all[row.n-1]
			if n := len(of.Sets); n == 0 || of.Sets[n-1].ID != row.id.Value {
				of.Sets = append(of.Sets, row.codes(of.User))
			}
			last := &of.Sets[len(of.Sets)-1]
			last.Codes = append(last.Codes, backupcode.Code{UsedAt: row.at[3].OrNil()})
		}
	})
	for _, found := range all {
		slices.SortFunc(found.Sets, func(a, b backupcode.Set) int {
			return cmp.Or(b.GeneratedAt.Compare(a.GeneratedAt), cmp.Compare(b.ID, a.ID))
		})
	}
	return all, err
}

// What is selected where there is nothing, or nothing is asked for.
const (
	noText = `CAST(NULL AS TEXT)`
	noTime = `CAST(NULL AS TIMESTAMPTZ)`
)

// profileQuery gives the text for parts. There are few, so each is prepared once a
// connection. It orders by no more than it must: that takes a fifth of its time. It
// joins by CROSS JOIN, whose order SQLite keeps: it does not know how short a page
// is, and would read the devices of everybody first.
func profileQuery(page string, parts profile.Parts) string {
	rows := []string{`
		SELECT n, 0 AS about, id, kind,
		  status AS w0, email AS w1, first_name AS w2, last_name AS w3, language AS w4, match_key AS w5, ` + noText + ` AS w6, admin_level AS flag,
		  created_at AS at0, ` + noTime + ` AS at1, ` + noTime + ` AS at2, ` + noTime + ` AS at3, ` + noTime + ` AS at4, ` + noTime + ` AS at5,
		  0 AS place, ` + noTime + ` AS since
		FROM page`}
	if parts.Has(profile.Devices) {
		rows = append(rows, devicesOfPage(parts))
	}
	order := `n, about, since, id`
	if parts.Has(profile.BackupCodes) {
		rows, order = append(rows, codesOfPage), order+`, place`
	}
	return `WITH page AS MATERIALIZED (` + page + `) SELECT ` + profileColumns(parts) + ` FROM (` + strings.Join(rows, ` UNION ALL `) + `) AS rows_of_all
		ORDER BY ` + order
}

func devicesOfPage(parts profile.Parts) string {
	texts := strings.Repeat(noText+`, `, 3)
	if parts.Has(profile.Details) {
		texts = `d.carrier, d.override_reason, d.override_by, `
	}
	dates := strings.Repeat(noTime+`, `, 3)
	if parts.Has(profile.Dates) {
		dates = `d.added_at, d.confirmed_at, d.last_used_at, `
	}
	overridden, paused, joined := noTime, noTime, ``
	if parts.Has(profile.Details) {
		overridden = `d.override_at`
	}
	if parts.Has(profile.Pauses) {
		paused, joined = pausedUntil, withPauses
	}
	return `
		SELECT page.n, 1, d.id, d.kind, d.label, d.address, d.detected_number_type, d.override_number_type, ` + texts + `d.is_default,
		  d.disabled_at, ` + dates + overridden + `, ` + paused + `, 0, d.added_at
		FROM page CROSS JOIN devices d` + joined + `
		WHERE d.user_id = page.id AND d.institution_id = page.institution_id AND d.removed_at IS NULL`
}

// codesOfPage are the codes of the sets that count, those of a set together.
const codesOfPage = `
		SELECT page.n, 2, s.id, s.origin, s.purpose, NULL, NULL, NULL, NULL, NULL, NULL, FALSE,
		  s.generated_at, s.expires_at, s.voided_at, c.used_at, NULL, NULL, c.position, NULL
		FROM page CROSS JOIN backup_code_sets s CROSS JOIN backup_codes c
		WHERE s.user_id = page.id AND s.institution_id = page.institution_id AND c.set_id = s.id AND ` + isLatestSet + `
`

func (r *profileRow) user(institutionID string) user.User {
	return user.User{
		ID: r.id.Value, InstitutionID: institutionID, Kind: auth.Kind(r.kind.Value), Status: user.Status(r.words[0].Value),
		Email: r.words[1].Value, FirstName: r.words[2].Value, LastName: r.words[3].Value,
		Language: message.Language(r.words[4].Value), AdminLevel: r.flag, CreatedAt: r.at[0].Value,
	}
}

func (r *profileRow) device(institutionID, userID string) device.Device {
	base := device.Base{
		ID: r.id.Value, InstitutionID: institutionID, UserID: userID, Label: r.words[0].Value, IsDefault: r.flag,
		AddedAt: r.at[1].Value, ConfirmedAt: r.at[2].OrNil(), LastUsedAt: r.at[3].OrNil(), DisabledAt: r.at[0].OrNil(),
		PausedUntil: r.at[5].OrNil(),
	}
	switch r.kind.Value {
	case emailKind:
		return &device.Email{Base: base, Address: r.words[1].Value}
	case authenticatorKind:
		return &device.Authenticator{Base: base}
	}
	p := &device.Phone{
		Base: base, PhoneNumber: r.words[1].Value, Carrier: r.words[4].OrNil(), DetectedNumberType: (*device.NumberType)(r.words[2].OrNil()),
	}
	if override := r.words[3]; override.Given {
		p.NumberTypeOverride = &device.Override{
			NumberType: device.NumberType(override.Value), Reason: r.words[5].Value, ByID: r.words[6].Value, At: r.at[4].Value,
		}
	}
	return p
}

func (r *profileRow) codes(of user.User) backupcode.Set {
	return backupcode.Set{
		ID: r.id.Value, InstitutionID: of.InstitutionID, UserID: of.ID, Origin: backupcode.Origin(r.kind.Value),
		Purpose: backupcode.Purpose(r.words[0].Value), GeneratedAt: r.at[0].Value, ExpiresAt: r.at[1].OrNil(), VoidedAt: r.at[2].OrNil(),
	}
}

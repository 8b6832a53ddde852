package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// rowTypes are the tables that a row type stands for, and who reads or writes those
// of their columns that it does not have.
var rowTypes = map[string]struct {
	columns sqldb.Columns
	but     map[string]string
}{
	"authenticators":            {sqldb.ColumnsOf[authenticatorRow](), map[string]string{"bound_in": "BoundIn"}},
	"backup_code_confirmations": {sqldb.ColumnsOf[confirmationRow](), nil},
	"backup_code_sets":          {sqldb.ColumnsOf[setRow](), nil},
	"devices":                   {sqldb.ColumnsOf[deviceRow](), nil},
	"jobs":                      {sqldb.ColumnsOf[jobRow](), nil},
	"institutions":              {sqldb.ColumnsOf[institutionRow](), map[string]string{"providers_changed_at": "HoldProviders"}},
	"notices": {sqldb.ColumnsOf[noticeRow](), map[string]string{
		"attempts": "CreateNotices", "due_at": "CreateNotices", "claimed_until": "AdoptNotices", "done_at": "AdoptNotices",
	}},
	"notifications": {sqldb.ColumnsOf[notificationRow](), map[string]string{"looks": "ListUnfinished"}},
	"registrations": {sqldb.ColumnsOf[registrationRow](), nil},
	"sms_providers": {sqldb.ColumnsOf[providerRow](), nil},
	"users": {sqldb.ColumnsOf[userRow](), map[string]string{
		"password_hash": "FindCredentials", "sort_key": "ListUsers", "removed_permissions": "FindActor", "last_signed_in_by": "ListAccess", "owned_email": "ProveEmail",
	}},
}

// testRows is about what is named in a migration, a row type and a type of its noun:
// a column that one of them has and another has not.
func testRows(t *testing.T, db *DB) {
	for table, of := range rowTypes {
		t.Run("have the columns of "+table, func(t *testing.T) {
			var named []string
			for _, c := range of.columns {
				named = append(named, c.Name)
			}
			for name := range of.but {
				named = append(named, name)
			}
			migrated := db.columns(t, table)
			slices.Sort(named)
			slices.Sort(migrated)

			same(t, named, migrated)
		})
	}

	t.Run("are read as they were written, whatever reads them", func(t *testing.T) {
		ctx, b := t.Context(), newBank(t, db)
		row := newUserRow{}
		fill(&row)
		row.InstitutionID = b.ID
		check(t, sqldb.Insert(ctx, db.sql, "user", `INSERT INTO users VALUES (?)`, row))
		owned := filledDevice(row.ID, b.ID)
		check(t, sqldb.Insert(ctx, db.sql, "device", `INSERT INTO devices VALUES (?)`, owned.deviceRow))
		b.pause(owned.ID, throttle.UnknownBrowser, 5, owned.PausedUntil.V)
		check(t, db.SetOptOut(ctx, b.ID, owned.Address, notification.OptOut{
			Sender: owned.OptedOutOf.V, Since: owned.OptedOutSince.V, LearnedBy: notification.OptOutSource(owned.OptedOutBy.V),
		}))
		set := setRow{}
		fill(&set)
		set.InstitutionID, set.UserID, set.MadeBy = b.ID, row.ID, row.ID
		check(t, sqldb.Insert(ctx, db.sql, "set", `INSERT INTO backup_code_sets VALUES (?)`, set))
		_, err := db.sql.Exec(ctx, "code", `INSERT INTO backup_codes (id, set_id, position, selector, hash, used_at) VALUES (?, ?, ?, ?, ?, ?)`,
			"code", set.ID, 7, "AB", "hash", now)
		check(t, err)

		u, err := db.FindUser(ctx, b.ID, row.ID)
		check(t, err)
		same(t, u, row.user())
		d, err := db.FindDevice(ctx, b.ID, owned.ID)
		check(t, err)
		same(t, d, owned.device())
		sets, err := db.LatestSets(ctx, b.ID, []string{row.ID})
		check(t, err)
		same(t, sets, setAndCode{set, "code", 7, sqldb.NullOf(&now)}.addTo(nil))
		found, err := db.FindProfile(ctx, b.ID, row.ID, profile.Everything)
		check(t, err)
		same(t, found, b.profile(row.user(), "", profile.Everything))
		for _, parts := range []profile.Parts{profile.Everything, profile.Everything &^ profile.BackupCodes} {
			page, err := db.ListProfiles(ctx, user.Query{InstitutionID: b.ID, Limit: 5}, parts)
			check(t, err)
			same(t, page, []profile.Row{b.profile(row.user(), row.SortKey, parts)})
		}
	})
}

// columns returns the columns that the migrations gave a table.
func (db *DB) columns(t *testing.T, table string) (names []string) {
	t.Helper()
	query := `SELECT name FROM pragma_table_info(?)`
	if isPostgres(db) {
		query = `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ?`
	}
	check(t, db.sql.List(t.Context(), &names, query, table))
	return names
}

// Each column of a row says something of what it is converted to, all of which a row
// says.
func TestRows(t *testing.T) {
	t.Run("name parts of profiles that are there", func(t *testing.T) {
		for _, c := range slices.Concat(sqldb.ColumnsOf[matchRow](), sqldb.ColumnsOf[pausedDevice](), sqldb.ColumnsOf[setAndCode]()) {
			if tag, ok := c.Tag.Lookup("part"); ok && tag != "-" && partsByTag[tag] == 0 {
				t.Errorf("%s is in the part %q", c.Name, tag)
			}
		}
	})

	t.Run("become users and come back", func(t *testing.T) {
		row := userRow{}
		fill(&row)

		everyColumnCounts(t, row, userRow.user)
		same(t, zeroFields(row.user()), []string(nil))
		same(t, userRowOf(row.user()), row)
	})

	t.Run("become devices, and come back as such that are added", func(t *testing.T) {
		row := filledDevice("usr_1", "ins_1")
		row.RemovedAt = sqldb.NullOf(&now)

		everyColumnCounts(t, row, pausedDevice.device, "Kind") // without one it is a phone
		same(t, zeroFields(row.device()), []string(nil))
		added := row.deviceRow
		none, never := sqldb.Null[string]{}, sqldb.Null[time.Time]{}
		added.IsDefault, added.LastUsedAt, added.DisabledAt, added.RemovedAt, added.OverrideAt = false, never, never, never, never
		added.SuspendedAt, added.SuspendedFor, added.MailRefusedAt = never, none, never
		added.OverrideNumberType, added.OverrideReason, added.OverrideBy = none, none, none
		same(t, rowOf(row.device()), added)
	})

	t.Run("become sets of codes and come back", func(t *testing.T) {
		row := setAndCode{}
		fill(&row)
		convert := func(r setAndCode) backupcode.Set { return r.addTo(nil)[0] }

		everyColumnCounts(t, row, convert)
		same(t, zeroFields(convert(row)), []string(nil))
		same(t, setRowOf(convert(row)), row.setRow)
	})
}

// filledDevice is a row of a phone, of which alone every column says something.
func filledDevice(userID, institutionID string) pausedDevice {
	var r pausedDevice
	fill(&r)
	r.UserID, r.InstitutionID, r.Kind, r.RemovedAt = userID, institutionID, phoneKind, sqldb.Null[time.Time]{}
	return r
}

// fill sets each field of a row to a value of its own.
func fill(row any) {
	v := reflect.ValueOf(row).Elem()
	for i, f := range reflect.VisibleFields(v.Type()) {
		if f.Anonymous {
			continue
		}
		text, at := fmt.Sprint("text ", i), now.Add(time.Duration(i)*time.Minute)
		var value any
		switch v.FieldByIndex(f.Index).Interface().(type) {
		case string:
			value = text
		case sqldb.Null[string]:
			value = sqldb.NullOf(&text)
		case sqldb.Null[time.Time]:
			value = sqldb.NullOf(&at)
		case time.Time:
			value = at
		case int:
			value = i
		case bool:
			value = true
		}
		v.FieldByIndex(f.Index).Set(reflect.ValueOf(value))
	}
}

// everyColumnCounts fails the test if a row without the value of some column is
// converted to the same, but for some.
func everyColumnCounts[R, T any](t *testing.T, filled R, convert func(R) T, but ...string) {
	t.Helper()
	for _, f := range reflect.VisibleFields(reflect.TypeFor[R]()) {
		without := filled
		if f.Anonymous || slices.Contains(but, f.Name) {
			continue
		}
		reflect.ValueOf(&without).Elem().FieldByIndex(f.Index).SetZero()
		if reflect.DeepEqual(convert(without), convert(filled)) {
			t.Errorf("nothing of %T comes from %s", convert(filled), f.Name)
		}
	}
}

// zeroFields returns the names of the fields that have no value, however deep.
func zeroFields(of any) (names []string) {
	v := reflect.Indirect(reflect.ValueOf(of))
	for i := range v.NumField() {
		field := v.Field(i)
		at := reflect.Indirect(field)
		switch {
		case field.IsZero():
			names = append(names, v.Type().Field(i).Name)
		case at.Kind() == reflect.Struct && at.Type() != reflect.TypeFor[time.Time]():
			names = append(names, zeroFields(at.Interface())...)
		}
	}
	return names
}

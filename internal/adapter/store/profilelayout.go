package store

import (
	"fmt"
	"strings"
	"sync"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/profile"
)

// profileLayout is how one select brings users, devices and codes. It is a union of
// an arm for each, and the arms share its columns: the first text of each arm is in
// the same, and so on.
type profileLayout struct {
	columns [arms]sqldb.Columns
	shared  []sharedColumn
	// listed are the columns of devices that are read apart from their owners.
	listed sqldb.Columns
}

// sharedColumn is a column that arms share.
type sharedColumn struct {
	sqlType string
	// of is which of its columns each arm has here, or -1.
	of [arms]int
}

// layouts has the layout of all parts that were asked for together.
var layouts sync.Map

func layoutOf(parts profile.Parts) *profileLayout {
	if known, ok := layouts.Load(parts); ok {
		return known.(*profileLayout)
	}
	l := &profileLayout{listed: sqldb.ColumnsOf[pausedDevice]().Only(func(c sqldb.Column) bool {
		return c.Name == "user_id" || isPart(c, parts)
	})}
	l.add(aboutUser, sqldb.ColumnsOf[matchRow](), parts)
	if parts.Has(profile.Devices) {
		l.add(aboutDevice, sqldb.ColumnsOf[pausedDevice](), parts)
	}
	if parts.Has(profile.BackupCodes) {
		l.add(aboutCode, sqldb.ColumnsOf[setAndCode](), parts)
	}
	layouts.Store(parts, l)
	return l
}

// partsByTag are the parts that the tag part of a column may name.
var partsByTag = map[string]profile.Parts{"Dates": profile.Dates, "Pauses": profile.Pauses, "Details": profile.Details, "OptOuts": profile.OptOuts}

// isPart reports whether a profile with some parts has a column. Without a tag part
// it always has. The tag names the one part that brings the column, or is "-" for what
// no profile reads: what it does not show, and whose something is, which it knows.
func isPart(c sqldb.Column, parts profile.Parts) bool {
	tag := c.Tag.Get("part")
	return tag == "" || tag != "-" && parts.Has(partsByTag[tag])
}

func (l *profileLayout) add(arm int, of sqldb.Columns, parts profile.Parts) {
	l.columns[arm] = of.Only(func(c sqldb.Column) bool { return isPart(c, parts) })
	for i, c := range l.columns[arm] {
		l.share(arm, i, c.Type)
	}
}

// share puts a column of an arm into the first shared one of its type that is free.
func (l *profileLayout) share(arm, column int, sqlType string) {
	for i := range l.shared {
		if s := &l.shared[i]; s.sqlType == sqlType && s.of[arm] < 0 {
			s.of[arm] = column
			return
		}
	}
	one := sharedColumn{sqlType, [arms]int{-1, -1, -1}}
	one.of[arm] = column
	l.shared = append(l.shared, one)
}

// profileText is what the text of a select of profiles is made of.
type profileText struct {
	page  string
	parts profile.Parts
}

var oneUser = `SELECT 1 AS n, ` + sqldb.ColumnsOf[matchRow]().From("u", sqldb.Made{"match_key": "''"}) + `
	FROM users u WHERE u.id = ? AND u.institution_id = ?`

// query returns the text. There are few, so each is prepared once a connection. It
// orders by no more than it must: that takes a fifth of its time. It joins by CROSS
// JOIN, whose order SQLite keeps: it does not know how short a page is, and would
// read the devices of everybody first. Each row type has its id first, so that is
// the first column that the arms share.
func (l *profileLayout) query(page string) string {
	selects := []string{l.arm(aboutUser, "page", nil, `CAST(NULL AS TIMESTAMPTZ)`, `0`) + ` FROM page`}
	order := `n, about, since, c0`
	if len(l.columns[aboutDevice]) > 0 {
		selects = append(selects, l.arm(aboutDevice, "d", madeOfJoins, `d.added_at`, `0`)+`
			FROM page CROSS JOIN devices d`+l.joined()+`
			WHERE d.user_id = page.id AND d.institution_id = page.institution_id AND d.removed_at IS NULL`)
	}
	if len(l.columns[aboutCode]) > 0 {
		order += `, place`
		selects = append(selects, l.arm(aboutCode, "s", madeOfCodes, `NULL`, `c.position`)+`
			FROM page CROSS JOIN backup_code_sets s CROSS JOIN backup_codes c
			WHERE s.user_id = page.id AND s.institution_id = page.institution_id AND c.set_id = s.id AND `+isLatestSet)
	}
	names := `n, about`
	for i := range l.shared {
		names += fmt.Sprintf(`, c%d`, i)
	}
	return `WITH page AS MATERIALIZED (` + page + `) SELECT ` + names + ` FROM (` + strings.Join(selects, ` UNION ALL `) + `) AS rows_of_all
		ORDER BY ` + order
}

// arm returns what an arm selects from a table: the shared columns, and what its
// rows are ordered by, when they began and which place they have.
func (l *profileLayout) arm(arm int, table string, made sqldb.Made, since, place string) string {
	text := fmt.Sprintf(`
		SELECT page.n AS n, %d AS about, %s AS since, %s AS place`, arm, since, place)
	for i, s := range l.shared {
		value := `NULL`
		if column := s.of[arm]; column >= 0 {
			value = l.columns[arm][column].From(table, made)
		}
		if value == `NULL` && arm == aboutUser { // the first arm, which says the types of the others
			value = `CAST(NULL AS ` + s.sqlType + `)`
		}
		text += fmt.Sprintf(`, %s AS c%d`, value, i)
	}
	return text
}

// joined is what devices are joined with for what is read of them.
func (l *profileLayout) joined() string {
	var joins string
	for _, c := range l.listed {
		switch c.Name {
		case "paused_until":
			joins += withPauses
		case "opted_out_since":
			joins += withOptOuts
		}
	}
	return joins
}

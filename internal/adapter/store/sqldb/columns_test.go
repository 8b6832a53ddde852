package sqldb

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

type thing struct {
	ID   string `db:"id"`
	Kind string `db:"kind"`
}

// seen is a thing with what a select makes of others.
type seen struct {
	thing
	Said   *string    `db:"said"`
	Since  time.Time  `db:"since"`
	Until  *time.Time `db:"until"`
	Big    bool       `db:"big"`
	Few    int        `db:"few"`
	Many   int64      `db:"many"`
	Bytes  []byte     `db:"bytes"`
	Ignore string
}

func testRows(t *testing.T, db *DB) {
	ctx, noon := t.Context(), time.Date(2026, 3, 4, 12, 0, 0, 891_000, time.UTC)
	everything := `SELECT ` + ColumnsOf[seen]().From("t", Made{
		"said": `t.kind`, "since": `t.since`, "until": `CASE WHEN t.kind = 'b' THEN t.since END`, "big": `t.id > 'p'`, "few": `2`, "many": `3`, "bytes": `NULL`,
	}) + ` FROM things t `

	t.Run("are added by one statement, and found with all their columns", func(t *testing.T) {
		before := db.Statements()
		check(t, Insert(ctx, db, "thing", `INSERT INTO things VALUES (?)`, thing{"three", "b"}, thing{"two", "c"}))
		same(t, db.Statements()-before, int64(1))
		exec(t, db, `UPDATE things SET since = ?`, noon)

		all, err := Read(ctx, db, func(r seen) string {
			return fmt.Sprintln(r.ID, r.Kind, *r.Said, r.Since.Equal(noon), r.Until != nil, r.Big, r.Few, r.Many)
		}, `SELECT `+ColumnsOf[seen]().From("s", nil)+` FROM (`+everything+`) AS s WHERE s.id IN (?) ORDER BY s.id`, []string{"one", "two", "three"})

		check(t, err)
		same(t, all, []string{"one a a true false false 2 3\n", "three b b true true true 2 3\n", "two c c true false true 2 3\n"})
	})

	t.Run("of something that is there, or not there, are CONFLICT and NOT_FOUND", func(t *testing.T) {
		wantCode(t, Insert(ctx, db, "thing", `INSERT INTO things VALUES (?)`, thing{"four", "d"}, thing{"one", "d"}), fault.Conflict)
		_, err := Find[thing](ctx, db, "thing", `SELECT id, kind FROM things WHERE id = ?`, "four")
		wantCode(t, err, fault.NotFound)
	})

	t.Run("may add to what follows the values", func(t *testing.T) {
		check(t, Insert(ctx, db, "thing", `INSERT INTO things VALUES (?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind`, thing{"one", "z"}))

		found, err := Find[thing](ctx, db, "thing", `SELECT id, kind FROM things WHERE id = ?`, "one")
		check(t, err)
		same(t, found == thing{"one", "z"}, true)
	})

	t.Run("have no NULL where there is no room for it", func(t *testing.T) {
		_, err := Find[thing](ctx, db, "thing", `SELECT NULL, kind FROM things WHERE id = ?`, "one")

		wantCode(t, err, fault.Internal)
	})
}

func TestPlace(t *testing.T) {
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	var row seen
	places := ColumnsOf[seen]().Places(&row)
	names := map[string]*Place{}
	for i, c := range ColumnsOf[seen]() {
		names[c.Name] = places[i].(*Place)
	}
	for _, tt := range []struct {
		column string
		value  any
		ok     bool
	}{
		{"id", "a", true}, {"id", int64(1), false}, {"id", nil, false},
		{"said", "a", true}, {"said", nil, true}, {"said", true, false},
		{"since", noon, true}, {"since", "2026-03-04 12:00:00.5+00:00", true}, {"since", "noon", false}, {"since", nil, false},
		{"until", noon, true}, {"until", "2026-03-04 12:00:00+00:00", true}, {"until", "noon", false}, {"until", nil, true},
		{"big", true, true}, {"big", int64(1), true}, {"big", nil, false}, {"big", "t", false},
		{"few", int64(1), true}, {"few", "1", false}, {"many", int64(1), true}, {"many", nil, false},
		{"bytes", nil, true}, {"bytes", []byte("a"), true}, {"bytes", "a", false},
	} {
		if err := names[tt.column].Scan(tt.value); (err == nil) != tt.ok {
			t.Errorf("%s takes %v: %v", tt.column, tt.value, err)
		}
	}
	same(t, []any{row.ID, row.Said, row.Since, row.Until, row.Big, row.Few, row.Many, row.Bytes, len(places)},
		[]any{"a", (*string)(nil), noon.Add(time.Second / 2), (*time.Time)(nil), true, 1, int64(1), []byte("a"), 9})
}

package sqldb

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// TestDB is what every database has to keep to, whatever is stored in it.
func TestDB(t *testing.T) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, db *DB)
	}{
		{"the gate", testGate},
		{"prepared statements", testPrepared},
		{"rows", testRows},
		{"trouble", testTrouble},
	} {
		for name, url := range databases {
			t.Run(part.name+"/"+name, func(t *testing.T) {
				db := open(t, url(t))
				exec(t, db, `CREATE TABLE things (id TEXT PRIMARY KEY, kind TEXT NOT NULL, since TIMESTAMP)`)
				exec(t, db, `INSERT INTO things (id, kind) VALUES ('one', 'a')`)
				part.test(t, db)
			})
		}
	}
}

// databases returns the URL of a new, empty database of each kind.
var databases = map[string]func(t testing.TB) string{
	"SQLite":     func(t testing.TB) string { return "sqlite://" + filepath.Join(t.TempDir(), "desk.db") },
	"PostgreSQL": pgtest.DSN,
}

// open returns one more handle on a database, as another process would have.
func open(t testing.TB, url string) *DB {
	t.Helper()
	db, err := Open(context.Background(), url, ReadWrite)
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	return db
}

func exec(t testing.TB, db *DB, query string, args ...any) {
	t.Helper()
	_, err := db.Exec(t.Context(), "thing", query, args...)
	check(t, err)
}

// kindOf reads what kind a thing is.
func kindOf(ctx context.Context, db *DB, id string) (kind string, err error) {
	err = db.Get(ctx, "thing", &kind, `SELECT kind FROM things WHERE id = ?`, id)
	return kind, err
}

// check stops the test at an error that it is not about.
func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("the error is %q (%v), want %q", got, err, want)
	}
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("not what was wanted (-want +got):\n%s", diff)
	}
}

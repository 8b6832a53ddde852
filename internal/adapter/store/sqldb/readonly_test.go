package sqldb

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// beside returns the files in the folder of a SQLite database, each with its mode and
// what is in it.
func beside(t *testing.T, path string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		info, err := e.Info()
		check(t, err)
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		check(t, err)
		files[e.Name()] = info.Mode().String() + string(data)
	}
	return files
}

func TestOpen_Modes(t *testing.T) {
	t.Run("SQLite: only ReadWrite makes a file, which nobody else can read", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "deep", "desk.db")
		for _, mode := range []Mode{Existing, ReadOnly} {
			_, err := Open(t.Context(), "sqlite://"+path, mode)
			var none *NoDatabaseError
			same(t, errors.As(err, &none) && strings.Contains(err.Error(), path) && strings.Contains(err.Error(), "factordesk migrate up"), true)
			same(t, len(beside(t, path)), 0)
		}

		db := open(t, "sqlite://"+path)
		check(t, db.Migrate(t.Context()))

		made := beside(t, path)
		for _, name := range []string{"desk.db", "desk.db-wal", "desk.db-shm"} {
			same(t, strings.HasPrefix(made[name], "-rw-------"), true)
		}
	})

	t.Run("SQLite: ReadOnly writes nothing, whether others have the file open or not", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "desk.db")
		writer := open(t, "sqlite://"+path)
		check(t, writer.Migrate(t.Context()))
		for _, others := range []bool{true, false} {
			if !others {
				check(t, writer.Close())
			}
			before := beside(t, path)
			db, err := Open(t.Context(), "sqlite://"+path, ReadOnly)
			check(t, err)
			check(t, db.CheckSchema(t.Context()))
			if _, err := db.Exec(t.Context(), "", `DELETE FROM institutions`); err == nil {
				t.Error("it wrote")
			}
			check(t, db.Close())
			delete(before, "desk.db-shm") // where readers say how far they are
			after := beside(t, path)
			delete(after, "desk.db-shm")
			same(t, after, before)
		}
	})

	t.Run("PostgreSQL: ReadOnly writes nothing", func(t *testing.T) {
		url := databases["PostgreSQL"](t)
		check(t, open(t, url).Migrate(t.Context()))
		db, err := Open(t.Context(), url, ReadOnly)
		check(t, err)
		defer func() { _ = db.Close() }()
		check(t, db.CheckSchema(t.Context()))
		if _, err := db.Exec(t.Context(), "", `DELETE FROM institutions`); err == nil || !strings.Contains(err.Error(), "read-only") {
			t.Errorf("it wrote: %v", err)
		}
	})
}

func TestCheckSchema(t *testing.T) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			url := newDatabase(t)
			db := open(t, url)
			says := func(want string) {
				t.Helper()
				reader, err := Open(t.Context(), url, ReadOnly)
				check(t, err)
				defer func() { _ = reader.Close() }()
				if err := reader.CheckSchema(t.Context()); err == nil && want != "" || err != nil && !strings.Contains(err.Error(), want) || err != nil && want == "" {
					t.Errorf("%v, want %q", err, want)
				}
			}
			says("the database is empty; if it is the right one, run: factordesk migrate up")
			has, err := db.HasTable(t.Context(), "goose_db_version")
			check(t, err)
			same(t, has, false)

			check(t, db.Migrate(t.Context()))
			says("")
			_, err = db.Exec(t.Context(), "", `DELETE FROM goose_db_version WHERE version_id = 10`)
			check(t, err)
			says("older than this version (step 10 is missing): run: factordesk migrate up")
			_, err = db.Exec(t.Context(), "", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, ?)`, true)
			check(t, err)
			says("a newer version migrated the database (step 99999): use that version")

			if err := db.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "a newer version") {
				t.Errorf("migrated by an older one: %v", err)
			}
			steps, err := db.Migrations(t.Context())
			check(t, err)
			if last := steps[len(steps)-1]; last.Version != 99999 || last.Name != "" || last.AppliedAt.IsZero() || !steps[9].AppliedAt.IsZero() {
				t.Errorf("got %v", steps)
			}
		})
	}
}

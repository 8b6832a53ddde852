// Package storetest provides the test of a domain with a database of its own, so that
// rules are tested over the store that they will have.
package storetest

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
)

// SQLite makes the URL of an SQLite database that is gone after the test.
func SQLite(t testing.TB) string { return "sqlite://" + filepath.Join(t.TempDir(), "desk.db") }

// New returns a new SQLite database with the whole schema.
func New(t testing.TB) *store.DB {
	t.Helper()
	return Open(t, SQLite(t))
}

// Open opens a database, migrates it and closes it after the test.
func Open(t testing.TB, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// Sweep deletes everything that nothing asks for any more at a time, batch by batch.
func Sweep(t testing.TB, db *store.DB, now time.Time) {
	t.Helper()
	for _, table := range store.Sweeps() {
		for more := true; more; {
			var err error
			if more, err = db.SweepSome(t.Context(), table, now, store.UsualRetention()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

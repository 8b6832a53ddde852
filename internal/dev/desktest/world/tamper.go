package world

import (
	"database/sql"
	"testing"
)

// Tamper runs statements behind the desk's back, as whoever owns the database can: the
// triggers that keep the audit record go first.
func Tamper(t testing.TB, db *sql.DB, statements ...string) {
	t.Helper()
	drop := []string{`DROP TRIGGER IF EXISTS audit_entries_stay`, `DROP TRIGGER IF EXISTS audit_entries_stay_the_same`}
	var version string
	if db.QueryRowContext(t.Context(), `SELECT sqlite_version()`).Scan(&version) != nil {
		drop = []string{`DROP TRIGGER IF EXISTS audit_entries_stay ON audit_entries`}
	}
	for _, statement := range append(drop, statements...) {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

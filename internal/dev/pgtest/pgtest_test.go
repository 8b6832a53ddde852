package pgtest

import (
	"database/sql"
	"strings"
	"testing"
)

func TestDSN(t *testing.T) {
	t.Run("provides every call with an empty database", func(t *testing.T) {
		first, second := open(t, DSN(t)), open(t, DSN(t))

		if _, err := first.Exec("CREATE TABLE device (id text)"); err != nil {
			t.Fatal(err)
		}
		var tables int
		if err := second.QueryRow("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil {
			t.Fatal(err)
		}
		if tables != 0 {
			t.Errorf("the second database has %d tables, want none", tables)
		}
	})

	t.Run("drops it when the test ends, open connections or not", func(t *testing.T) {
		var name string
		t.Run("inner", func(t *testing.T) {
			leaked, err := sql.Open("postgres", DSN(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := leaked.QueryRow("SELECT current_database()").Scan(&name); err != nil {
				t.Fatal(err)
			}
		})
		var left int
		if err := open(t, DSN(t)).QueryRow("SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&left); err != nil {
			t.Fatal(err)
		}
		if left != 0 {
			t.Errorf("%s is still there", name)
		}
	})
}

func TestParse(t *testing.T) {
	t.Run("says what to do when the variable is not set", func(t *testing.T) {
		_, err := parse("")
		if err == nil || !strings.Contains(err.Error(), "make test") || !strings.Contains(err.Error(), Variable) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("refuses what is not a URL", func(t *testing.T) {
		if _, err := parse("host=127.0.0.1 dbname=postgres"); err == nil {
			t.Error("a key=value string was accepted")
		}
	})
	t.Run("turns TLS off unless told otherwise", func(t *testing.T) {
		for given, want := range map[string]string{
			"postgres://u@127.0.0.1/postgres":                 "postgres://u@127.0.0.1/postgres?sslmode=disable",
			"postgres://u@127.0.0.1/postgres?sslmode=require": "postgres://u@127.0.0.1/postgres?sslmode=require",
		} {
			if got, err := parse(given); err != nil || got.String() != want {
				t.Errorf("parse(%s) = %v, %v, want %s", given, got, err, want)
			}
		}
	})
}

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

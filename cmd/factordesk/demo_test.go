package main

import (
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// TestServe_DemoTwice starts the demo again on what the first start left.
func TestServe_DemoTwice(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := []string{"DATABASE_URL=" + url}
			serve(t, settings, "--demo").stop()
			first := dumpData(t, url)
			if len(first["users"]) != 49 {
				t.Errorf("%d users", len(first["users"]))
			}
			serve(t, settings, "--demo").stop()
			if diff := cmp.Diff(first, dumpData(t, url)); diff != "" {
				t.Errorf("the second start changed:\n%s", diff)
			}
		})
	}
}

// TestServe_DemoAtOnce starts two processes at the same time on one fresh
// database. Both come up, and everything is there once.
func TestServe_DemoAtOnce(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := []string{"DATABASE_URL=" + url}
			alone := dump(t, "sqlite://"+demoCopy(t))
			both := []*process{launch(t, settings, "--demo"), launch(t, settings, "--demo")}
			for _, p := range both {
				p.await()
				if status, _ := p.browser().send("GET", p.API+"/readyz", nil); status != 200 {
					t.Errorf("/readyz: %d", status)
				}
			}
			both[0].signIn("harbor", "agent@harbor.example", "+12025550182")
			both[1].signIn("harbor", "viewer@harbor.example", "+12025550183")
			got := dump(t, url)
			for _, table := range []string{"institutions", "sms_providers", "users", "roles", "user_roles", "devices", "user_terms"} {
				if len(got[table]) != len(alone[table]) || len(got[table]) == 0 {
					t.Errorf("%s has %d rows, and %d when one starts alone", table, len(got[table]), len(alone[table]))
				}
			}
		})
	}
}

// demoDatabases returns databases that `serve --demo` fills, or has filled before.
func demoDatabases(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{"SQLite": "sqlite://" + demoCopy(t), "PostgreSQL": pgtest.DSN(t)}
}

// demoCopy returns a SQLite file of its own with the demo's data in it.
func demoCopy(t *testing.T) string {
	t.Helper()
	demoOnce.Do(func() {
		demoFile = filepath.Join(scratch, "demo.db")
		serve(t, []string{"DATABASE_URL=sqlite://" + demoFile}, "--demo").stop()
	})
	data, err := os.ReadFile(demoFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(demoFile + "-wal"); err == nil {
		t.Error("the database was not closed")
	}
	file := filepath.Join(t.TempDir(), "demo.db")
	write(t, file, string(data))
	return file
}

var (
	demoOnce sync.Once
	demoFile string
)

// dump reads all tables of a database: a line a row, in an order of its own.
func dump(t *testing.T, url string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, found := range tables(t, url) {
		all[name] = sorted(found.lines())
	}
	return all
}

// columns reads all tables of a database: the values of each column, by
// table.column, a line each.
func columns(t *testing.T, url string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, found := range tables(t, url) {
		for _, row := range found.rows {
			for i, column := range found.columns {
				all[name+"."+column] += row[i] + "\n"
			}
		}
	}
	return all
}

// table is what a query returns.
type table struct {
	columns []string
	rows    [][]string
}

func (f table) lines() []string {
	lines := make([]string, len(f.rows))
	for n, row := range f.rows {
		for i, column := range f.columns {
			lines[n] += column + "=" + row[i] + "\n"
		}
	}
	return lines
}

func tables(t *testing.T, url string) map[string]table {
	t.Helper()
	named := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	if strings.HasPrefix(url, "sqlite://") {
		named = `SELECT name FROM sqlite_master WHERE type = 'table'`
	}
	db := openSQL(t, url)
	defer func() { _ = db.Close() }()
	all := map[string]table{}
	for _, row := range query(t, db, named).rows {
		all[row[0]] = query(t, db, "SELECT * FROM "+row[0])
	}
	if len(all) < 10 {
		t.Fatalf("only %d tables: %v", len(all), slices.Collect(maps.Keys(all)))
	}
	return all
}

func query(t *testing.T, db *sql.DB, statement string) table {
	t.Helper()
	found, err := db.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	var got table
	if got.columns, err = found.Columns(); err != nil {
		t.Fatal(err)
	}
	for found.Next() {
		values, row := make([]any, len(got.columns)), make([]string, len(got.columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := found.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for i := range values {
			value := *values[i].(*any)
			if b, ok := value.([]byte); ok {
				value = string(b)
			}
			row[i] = fmt.Sprint(value)
		}
		got.rows = append(got.rows, row)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return got
}

// dumpData returns what is in a database but for the jobs, which go on by themselves.
func dumpData(t *testing.T, url string) map[string][]string {
	t.Helper()
	tables := dump(t, url)
	delete(tables, "jobs")
	delete(tables, "process_clocks")
	for i, row := range tables["sms_providers"] {
		tables["sms_providers"][i], _, _ = strings.Cut(row, "health=") // Twilio is asked by the clock
	}
	return tables
}

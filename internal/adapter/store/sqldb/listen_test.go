package sqldb

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// next waits for what a listener hears, "" for joining.
func next(t *testing.T, heard <-chan string) string {
	t.Helper()
	select {
	case said := <-heard:
		return said
	case <-time.After(20 * time.Second):
		t.Fatal("nothing is heard")
		return ""
	}
}

// What is said is heard by others, after a connection that was lost, too, and whatever
// settings the URL has for statements.
func TestListen(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	line := pgtest.NewLine(t, dsn)
	db, other := open(t, line.URL+"&statement_timeout=5000&lock_timeout=1000"), open(t, dsn)
	ctx, stop := context.WithCancel(t.Context())
	heard, troubled, ended := make(chan string, 10), make(chan error, 10), make(chan error)
	go func() {
		ended <- db.Listen(ctx, "things", func(payload string) { heard <- payload }, func() { heard <- "" }, func(err error) { troubled <- err })
	}()
	for range 2 {
		same(t, next(t, heard), "")
		for _, channel := range []string{"others", "things"} {
			check(t, other.Notify(t.Context(), channel, "to "+channel))
		}
		same(t, next(t, heard), "to things")
		check(t, db.Notify(t.Context(), "things", "by itself"))
		same(t, next(t, heard), "by itself")
		line.Cut()
	}
	same(t, next(t, heard), "")
	if len(troubled) == 0 {
		t.Error("nobody is told that the connection was lost")
	}
	stop()
	check(t, within(t, bound, func() error { return <-ended }))
}

// A silent line keeps nobody who has hung up.
func TestListen_EndsOnASilentLine(t *testing.T) {
	t.Parallel()
	line := pgtest.NewLine(t, pgtest.DSN(t))
	db := open(t, line.URL)
	ctx, stop := context.WithCancel(t.Context())
	joined, ended := make(chan string, 10), make(chan error, 1)
	go func() {
		ended <- db.Listen(ctx, "things", func(string) {}, func() { joined <- "" }, func(error) {})
	}()
	next(t, joined)
	line.Silence()
	stop()
	check(t, within(t, bound, func() error { return <-ended }))
}

// Nobody shares a file of SQLite's.
func TestListen_OnSQLite(t *testing.T) {
	t.Parallel()
	db := open(t, "sqlite://"+t.TempDir()+"/x.db")
	check(t, db.Notify(t.Context(), "things", "said"))
	check(t, db.Listen(t.Context(), "things", func(string) { t.Error("heard") }, func() { t.Error("joined") }, func(error) { t.Error("troubled") }))
}

package sqldb

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still not %s", what)
		}
	}
}

// write is what Ready is given in these tests.
const write = `UPDATE things SET kind = kind WHERE id = ''`

// readiness returns what ails the database, as Ready finds it within its time.
func readiness(t *testing.T, db *DB) Trouble {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	return TroubleOf(within(t, bound, func() error { return db.Ready(ctx, write) }))
}

// unavailable fails an error that is not UNAVAILABLE with a time to wait.
func unavailable(t *testing.T, err error) {
	t.Helper()
	wantCode(t, err, fault.Unavailable)
	var f *fault.Error
	if errors.As(err, &f) && f.RetryAfter <= 0 {
		t.Errorf("no time to wait: %v", err)
	}
}

// told runs a statement on the one connection of the pool, or on Ready's own.
func told(t *testing.T, db *DB, own bool, statement map[dialect]string) {
	t.Helper()
	pool := db.x.DB
	if own {
		pool = db.own
	}
	_, err := pool.ExecContext(t.Context(), statement[db.dialect])
	check(t, err)
}

// testTrouble is about what each database says of itself.
func testTrouble(t *testing.T, db *DB) {
	db.x.SetMaxOpenConns(1) // which keeps what it is told
	same(t, readiness(t, db), Trouble(""))

	t.Run("what can only be read is UNAVAILABLE, and read-only", func(t *testing.T) {
		readOnly := map[dialect]string{onSQLite: `PRAGMA query_only = 1`, onPostgres: `SET default_transaction_read_only = on`}
		told(t, db, false, readOnly)
		_, err := kindOf(t.Context(), db, "one")
		check(t, err)

		unavailable(t, rename(t.Context(), db, "b"))

		told(t, db, true, readOnly)
		same(t, readiness(t, db), TakesNoWrites)

		if db.dialect == onSQLite { // PostgreSQL's connections were dropped
			told(t, db, false, map[dialect]string{onSQLite: `PRAGMA query_only = 0`})
			told(t, db, true, map[dialect]string{onSQLite: `PRAGMA query_only = 0`})
		}
		same(t, readiness(t, db), Trouble(""))
		check(t, rename(t.Context(), db, "b"))
	})

	t.Run("what somebody else holds is UNAVAILABLE, and locked", func(t *testing.T) {
		told(t, db, false, map[dialect]string{onSQLite: `PRAGMA busy_timeout = 50`, onPostgres: `SET lock_timeout = 50`})
		other, err := db.connector.Connect(t.Context())
		check(t, err)
		defer func() { check(t, other.Close()) }()
		hold := func(statement map[dialect]string) {
			t.Helper()
			_, err := other.(connection).ExecContext(t.Context(), statement[db.dialect], nil)
			check(t, err)
		}
		hold(map[dialect]string{onSQLite: `BEGIN IMMEDIATE`, onPostgres: `BEGIN; LOCK TABLE things IN ACCESS EXCLUSIVE MODE`})

		unavailable(t, rename(t.Context(), db, "b"))
		same(t, readiness(t, db), Locked)
		if db.dialect == onSQLite { // unless it is this process that holds it
			asked := make(chan Trouble)
			go func() { asked <- readiness(t, db) }()
			eventually(t, "asking", func() bool { return db.own.Stats().InUse == 1 })
			check(t, db.wrote(nil))
			same(t, <-asked, Trouble(""))
		}

		hold(map[dialect]string{onSQLite: `ROLLBACK`, onPostgres: `ROLLBACK`})
		check(t, rename(t.Context(), db, "b"))
		same(t, readiness(t, db), Trouble(""))
	})

	t.Run("what is full is UNAVAILABLE, and full for a while", func(t *testing.T) {
		told(t, db, false, map[dialect]string{onSQLite: `PRAGMA max_page_count = 1`})
		fill := map[dialect]string{
			onSQLite:   `INSERT INTO things (id, kind) VALUES ('big', hex(zeroblob(100000)))`,
			onPostgres: `DO $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$`,
		}[db.dialect]
		_, err := db.Exec(t.Context(), "thing", fill)

		unavailable(t, err)
		same(t, readiness(t, db), Full)
	})
}

func TestAlive(t *testing.T) {
	for name, url := range databases {
		t.Run(name, func(t *testing.T) {
			db := open(t, url(t))
			hour := time.Hour.Nanoseconds()
			for range db.gate.width {
				check(t, db.gate.enter(t.Context()))
			}
			check(t, db.Alive(t.Context()))

			db.gate.moved.Add(-hour)
			same(t, errors.Is(db.Alive(t.Context()), ErrStuck), true)

			gone, hangUp := context.WithCancel(t.Context())
			hangUp()
			check(t, db.Alive(gone)) // as where the database answers nobody

			db.gate.leave()
			db.gate.moved.Add(-hour)
			check(t, db.Alive(t.Context()))
		})
	}
}

func TestGate_Stuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(2)
		check(t, g.enter(t.Context()))
		check(t, g.enter(t.Context()))
		time.Sleep(50 * time.Second)
		g.leave()
		check(t, g.enter(t.Context()))
		time.Sleep(50 * time.Second)
		same(t, g.stuck(time.Minute), false)
		time.Sleep(10 * time.Second)
		same(t, g.stuck(time.Minute), true)
		g.leave()
		time.Sleep(time.Hour)
		same(t, g.stuck(time.Minute), false)
	})
}

func TestLongest(t *testing.T) {
	for given, want := range map[string]time.Duration{
		"15000": 17 * time.Second, "500": 2500 * time.Millisecond, "3s": 5 * time.Second, "2min": 122 * time.Second, "250ms": 2250 * time.Millisecond,
		"0": 0, "": 0, "-1": 0, "1d": 0, "soon": 0,
	} {
		same(t, longest(given), want)
	}
}

package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
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

// TestUncertain has PostgreSQL say what it says of a commit that no standby has.
func TestUncertain(t *testing.T) {
	warning := func(routine string) []byte {
		said := "SWARNING\x00C01000\x00Mcanceling wait for synchronous replication due to user request\x00R" + routine + "\x00\x00"
		return append(binary.BigEndian.AppendUint32([]byte{'N'}, uint32(len(said)+4)), said...)
	}
	line, db := silentLine(t, "")
	returning := func(ctx context.Context) error {
		return db.Get(ctx, "thing", new(string), `UPDATE things SET kind = ? WHERE id = ? RETURNING id`, "a word", "one")
	}
	for name, c := range map[string]struct {
		at     string
		change func() error
	}{
		"by itself":        {"a word", func() error { return rename(t.Context(), db, "a word") }},
		"that returns":     {"a word", func() error { return returning(t.Context()) }},
		"in a transaction": {"COMMIT", func() error { return db.InTx(t.Context(), returning) }},
	} {
		t.Run("a change "+name+" of which PostgreSQL says so is unknown", func(t *testing.T) {
			check(t, c.change())
			line.Interject(c.at, warning("SyncRepWaitForLSN"))

			err := c.change()

			wantCode(t, err, fault.Timeout)
			same(t, errors.Is(err, errUnknown), true)
			line.Interject(c.at, warning("vac_update_datfrozenxid"))
			check(t, c.change())
		})
	}
}

func TestTrouble(t *testing.T) {
	t.Run("PostgreSQL that takes no writes any more is left at the first word of it", func(t *testing.T) {
		_, db := silentLine(t, "")
		old := make([]*sql.Conn, 3)
		for i := range old {
			var err error
			old[i], err = db.x.Conn(t.Context())
			check(t, err)
			_, err = old[i].ExecContext(t.Context(), `SET default_transaction_read_only = on`)
			check(t, err)
		}
		for _, c := range old {
			check(t, c.Close())
		}

		unavailable(t, rename(t.Context(), db, "b"))

		for range len(old) {
			check(t, rename(t.Context(), db, "b"))
		}
	})

	t.Run("PostgreSQL of which no server takes writes is read-only", func(t *testing.T) {
		url := pgtest.DSN(t)
		exec(t, open(t, url), `ALTER DATABASE `+strings.TrimPrefix(mustParse(t, url).Path, "/")+` SET default_transaction_read_only = on`)

		_, err := Open(t.Context(), url+"&target_session_attrs=read-write", ReadWrite)

		same(t, TroubleOf(err), TakesNoWrites)
	})

	t.Run("PostgreSQL that is not there is refused, and a change that was cut is unknown", func(t *testing.T) {
		line, db := silentLine(t, "")
		gone := mustParse(t, line.URL)
		gone.Host = "127.0.0.1:1"
		_, err := Open(t.Context(), gone.String(), ReadWrite)
		same(t, TroubleOf(err), Refused)

		slow := make(chan error)
		go func() {
			_, err := db.Exec(t.Context(), "thing", `UPDATE things SET kind = pg_sleep(30)::text WHERE id = ?`, "one")
			slow <- err
		}()
		eventually(t, "under way", func() bool { return db.x.Stats().InUse == 1 })
		line.Refuse()
		err = <-slow
		if got := fault.CodeOf(err); got != fault.Timeout && got != fault.Unavailable {
			t.Errorf("%v", err)
		}
		unavailable(t, rename(t.Context(), db, "b"))
		same(t, readiness(t, db), Refused)
	})

	t.Run("PostgreSQL that is silent is so within 2 s, whoever holds the pool", func(t *testing.T) {
		line, db := silentLine(t, "")
		same(t, readiness(t, db), Trouble(""))
		line.Silence()

		same(t, readiness(t, db), Silent)

		line.Speak()
		same(t, readiness(t, db), Trouble(""))
		for range db.gate.width {
			check(t, db.gate.enter(t.Context()))
		}
		same(t, readiness(t, db), Trouble(""))
	})

	t.Run("a SQLite file that is no longer there to be opened is refused", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "deep")
		db := open(t, "sqlite://"+filepath.Join(dir, "desk.db"))
		db.x.SetMaxIdleConns(0)
		check(t, os.RemoveAll(dir))

		_, err := kindOf(t.Context(), db, "one")

		unavailable(t, err)
	})
}

func TestTroubleOf(t *testing.T) {
	for code, want := range map[string]Trouble{
		"08006": Refused, "53300": Refused, "57P01": Refused, "57P03": Refused, "58030": Refused,
		"25006": TakesNoWrites, "53100": Full, "55P03": Locked, "40P01": Locked, "57014": Silent, "42601": "", "23505": "", "": "",
	} {
		same(t, TroubleOf(fmt.Errorf("wrapped: %w", &pq.Error{Code: pqerror.Code(code)})), want)
	}
	for code, want := range map[int]Trouble{
		5: Locked, 6: Locked, 8: TakesNoWrites, 9: Silent, 10: Refused, 13: Full, 14: Refused, 15: Locked, 1: "", 11: "", 19: "",
	} {
		same(t, troubleOfSQLite(code), want)
	}
	same(t, TroubleOf(driver.ErrBadConn), Refused)
	same(t, TroubleOf(errors.New("no such table")), Trouble(""))
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

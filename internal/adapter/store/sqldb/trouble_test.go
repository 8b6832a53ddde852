package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

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
		wantCode(t, err, fault.Timeout)
		same(t, errors.Is(err, errUnknown), true)
		unavailable(t, rename(t.Context(), db, "b"))
		same(t, readiness(t, db), Refused)
	})

	t.Run("connections that ended while nobody used them are noticed before they are", func(t *testing.T) {
		line, db := silentLine(t, "")
		for name, end := range map[string]func(){
			"cut": line.Cut,
			"by word": func() {
				var n int
				check(t, open(t, line.URL).Get(t.Context(), "", &n, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
					WHERE datname = current_database() AND pid <> pg_backend_pid()`))
			},
		} {
			idle := make([]*sql.Conn, 3)
			for i := range idle {
				var err error
				idle[i], err = db.x.Conn(t.Context())
				check(t, err)
				// Preparing it on a connection that ended would be done again elsewhere.
				_, err = idle[i].ExecContext(t.Context(), db.bound(`UPDATE things SET kind = ? WHERE id = ?`), "b", "one")
				check(t, err)
			}
			lines := make([]net.Conn, len(idle))
			for i, c := range idle {
				check(t, c.Raw(func(c any) error {
					lines[i] = c.(*preparingConn).connection.(*watchedConn).line
					return nil
				}))
				check(t, c.Close())
			}
			end()
			for _, line := range lines {
				eventually(t, "ended "+name, func() bool { return !quiet(line) })
			}

			for range len(idle) {
				check(t, rename(t.Context(), db, "b"))
			}
		}
	})

	t.Run("a commit that is cut is unknown", func(t *testing.T) {
		line, db := silentLine(t, "")

		err := db.InTx(t.Context(), func(ctx context.Context) error {
			defer line.Cut()
			return rename(ctx, db, "b")
		})

		wantCode(t, err, fault.Timeout)
		same(t, errors.Is(err, errUnknown), true)
		check(t, rename(t.Context(), db, "b"))
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

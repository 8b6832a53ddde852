package sqldb

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// bound is how long after a statement's time is over the caller has its answer at
// the latest, on a machine that is busy with other tests.
const bound = 5 * time.Second

// within fails a call that does not end in time, and returns its error.
func within(t *testing.T, limit time.Duration, call func() error) error {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- call() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(limit):
		t.Fatalf("it still hangs after %s", limit)
		return nil
	}
}

// silentLine returns a database behind a line, with things in it.
func silentLine(t *testing.T, parameters string) (*pgtest.Line, *DB) {
	t.Helper()
	line := pgtest.NewLine(t, pgtest.DSN(t)+parameters)
	db := open(t, line.URL)
	exec(t, db, `CREATE TABLE things (id TEXT PRIMARY KEY, kind TEXT NOT NULL, since TIMESTAMP)`)
	exec(t, db, `INSERT INTO things (id, kind) VALUES ('one', 'a')`)
	return line, db
}

func rename(ctx context.Context, db *DB, kind string) error {
	return db.Update(ctx, "thing", `UPDATE things SET kind = ? WHERE id = ?`, kind, "one")
}

func TestSilence(t *testing.T) {
	t.Parallel()
	line, db := silentLine(t, "")
	short := func(t *testing.T) context.Context {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		t.Cleanup(cancel)
		return ctx
	}
	works := func(t *testing.T) {
		t.Helper()
		line.Speak()
		check(t, within(t, bound, func() error { return rename(t.Context(), db, "b") }))
		same(t, db.x.Stats().InUse, 0)
	}

	for name, call := range map[string]func(ctx context.Context) error{
		"a read":            func(ctx context.Context) error { _, err := kindOf(ctx, db, "one"); return err },
		"a read row by row": func(ctx context.Context) error { return db.Scan(ctx, nil, func() {}, `SELECT id FROM things`) },
		"a new text": func(ctx context.Context) error {
			return db.Get(ctx, "", new(int), `SELECT 42 FROM things WHERE id = ?`, "one")
		},
		"a write":     func(ctx context.Context) error { return rename(ctx, db, "c") },
		"a beginning": func(ctx context.Context) error { return db.InTx(ctx, func(context.Context) error { return nil }) },
		"a statement in a transaction": func(ctx context.Context) error {
			return db.InTx(t.Context(), func(tx context.Context) error {
				line.Silence()
				tx, cancel := context.WithTimeout(tx, 300*time.Millisecond)
				defer cancel()
				return rename(tx, db, "c")
			})
		},
		"a commit": func(ctx context.Context) error {
			return db.InTx(ctx, func(ctx context.Context) error {
				if err := rename(ctx, db, "c"); err != nil {
					return err
				}
				line.Silence()
				return nil
			})
		},
	} {
		t.Run(name+" ends with its time, and the pool recovers", func(t *testing.T) {
			check(t, rename(t.Context(), db, "a"))
			if name != "a commit" && name != "a statement in a transaction" {
				line.Silence()
			}
			defer works(t)

			err := within(t, bound, func() error { return call(short(t)) })

			wantCode(t, err, fault.Timeout)
		})
	}

	t.Run("a caller who goes away early gets TIMEOUT early", func(t *testing.T) {
		check(t, rename(t.Context(), db, "a"))
		line.Silence()
		defer works(t)
		ctx, hangUp := context.WithCancel(t.Context())
		go func() {
			defer hangUp()
			eventually(t, "under way", func() bool { return db.x.Stats().InUse == 1 })
		}()

		err := within(t, bound, func() error { return rename(ctx, db, "c") })

		wantCode(t, err, fault.Timeout)
	})

	t.Run("rows that stop coming end with their caller, who has no deadline", func(t *testing.T) {
		ctx, hangUp := context.WithCancel(t.Context())
		defer works(t)
		read := 0

		err := within(t, bound, func() error {
			return db.Scan(ctx, []any{new(string)}, func() {
				if read++; read == 1 {
					line.Silence()
					hangUp()
				}
			}, `SELECT repeat('x', 1000) FROM generate_series(1, ?)`, 100_000)
		})

		wantCode(t, err, fault.Timeout)
		same(t, read > 0 && read < 100_000, true)
	})

	t.Run("while connecting, too, and many at once", func(t *testing.T) {
		db.x.SetMaxIdleConns(0)
		defer db.x.SetMaxIdleConns(db.x.Stats().MaxOpenConnections)
		line.Silence()
		defer works(t)

		ended := make(chan error)
		for range 3 * db.x.Stats().MaxOpenConnections {
			go func() { ended <- rename(short(t), db, "c") }()
		}
		for range 3 * db.x.Stats().MaxOpenConnections {
			wantCode(t, within(t, bound, func() error { return <-ended }), fault.Timeout)
		}
	})
}

// TestSilence_WithoutADeadline is about callers who would wait for ever.
func TestSilence_WithoutADeadline(t *testing.T) {
	t.Parallel()
	line, db := silentLine(t, "&statement_timeout=500")
	for name, call := range map[string]func() error{
		"a statement": func() error { return rename(context.Background(), db, "c") },
		"a commit": func() error {
			return db.InTx(context.Background(), func(ctx context.Context) error {
				if err := rename(ctx, db, "c"); err != nil {
					return err
				}
				line.Silence()
				return nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, rename(t.Context(), db, "a"))
			if name == "a statement" {
				line.Silence()
			}

			err := within(t, 2*bound, call)

			wantCode(t, err, fault.Timeout)
			line.Speak()
			check(t, within(t, bound, func() error { return rename(t.Context(), db, "b") }))
		})
	}
}

// TestSilence_Targets connects where it is asked whether one can write.
func TestSilence_Targets(t *testing.T) {
	t.Parallel()
	line, db := silentLine(t, "&target_session_attrs=read-write&connect_timeout=60")
	db.x.SetMaxIdleConns(0)
	line.Silence()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()

	wantCode(t, within(t, bound, func() error { return rename(ctx, db, "c") }), fault.Timeout)
}

// TestArming is about what one statement leaves to the next on its connection.
func TestArming(t *testing.T) {
	t.Parallel()
	_, db := silentLine(t, "")
	db.x.SetMaxOpenConns(1)
	pid := func() (pid int) {
		t.Helper()
		check(t, db.Get(t.Context(), "", &pid, `SELECT pg_backend_pid() FROM things WHERE id = ?`, "one"))
		return pid
	}
	before := pid()

	t.Run("the end of a caller who has his answer cuts nobody else", func(t *testing.T) {
		ctx, hangUp := context.WithCancel(t.Context())
		check(t, rename(ctx, db, "b"))
		slow := make(chan error)
		go func() {
			slow <- db.Get(t.Context(), "", new(string), `SELECT pg_sleep(1.5)::text FROM things WHERE id = ?`, "one")
		}()

		eventually(t, "under way", func() bool { return db.x.Stats().InUse == 1 })
		hangUp()

		check(t, <-slow)
		same(t, pid(), before)
	})

	t.Run("a statement that the server gives up in time leaves the connection", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()

		err := db.Get(ctx, "", new(string), `SELECT pg_sleep(30)::text FROM things WHERE id = ?`, "one")

		wantCode(t, err, fault.Timeout)
		same(t, pid(), before)
	})
}

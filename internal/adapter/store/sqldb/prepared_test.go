package sqldb

import (
	"context"
	"database/sql/driver"
	"fmt"
	"maps"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// keptBy looks into a connection.
func keptBy(t *testing.T, db *DB, look func(c *preparingConn)) {
	t.Helper()
	conn, err := db.x.Conn(t.Context())
	check(t, err)
	check(t, conn.Raw(func(c any) error {
		look(c.(*preparingConn))
		return nil
	}))
	check(t, conn.Close())
}

func testPrepared(t *testing.T, db *DB) {
	// With one connection it is known which one is asked.
	db.x.SetMaxOpenConns(1)

	t.Run("a text is prepared once a connection, in transactions too", func(t *testing.T) {
		read := func(ctx context.Context) {
			_, err := kindOf(ctx, db, "one")
			check(t, err)
		}
		read(t.Context())
		var before int
		var first map[string]statement
		keptBy(t, db, func(c *preparingConn) { before, first = len(c.statements), maps.Clone(c.statements) })

		read(t.Context())
		check(t, db.InTx(t.Context(), func(ctx context.Context) error { read(ctx); return nil }))

		keptBy(t, db, func(c *preparingConn) {
			same(t, len(c.statements), before)
			for query, s := range c.statements {
				if s != first[query] {
					t.Errorf("prepared twice: %s", query)
				}
			}
		})
	})

	t.Run("a connection keeps no more than so many", func(t *testing.T) {
		var n int
		for i := range mostPrepared + 10 {
			check(t, db.Get(t.Context(), "", &n, fmt.Sprintf(`SELECT count(*) + %d FROM things WHERE id = ?`, i), "none"))
			same(t, n, i)
		}

		keptBy(t, db, func(c *preparingConn) { same(t, len(c.statements), mostPrepared) })
	})

	t.Run("a statement that failed works again, in its transaction's successor too", func(t *testing.T) {
		add := func(ctx context.Context, id, kind string) error {
			_, err := db.Exec(ctx, "thing", `INSERT INTO things (id, kind) VALUES (?, ?)`, id, kind)
			return err
		}
		for range 3 {
			err := db.InTx(t.Context(), func(ctx context.Context) error {
				return add(ctx, "one", "b")
			})
			wantCode(t, err, fault.Conflict)
		}
		check(t, add(t.Context(), "another", "c"))
		kind, err := kindOf(t.Context(), db, "another")
		check(t, err)
		same(t, kind, "c")
	})

	t.Run("a statement outlives a change of its table", func(t *testing.T) {
		exec(t, db, `CREATE TABLE changing (id TEXT, kind TEXT)`)
		exec(t, db, `INSERT INTO changing (id, kind) VALUES ('a', '1')`)
		read := func() (kind string, err error) {
			err = db.Get(t.Context(), "", &kind, `SELECT kind FROM changing WHERE id = ?`, "a")
			return kind, err
		}
		_, err := read()
		check(t, err)

		exec(t, db, `DROP TABLE changing`)
		exec(t, db, `CREATE TABLE changing (id TEXT, kind INTEGER)`)
		exec(t, db, `INSERT INTO changing (id, kind) VALUES ('a', 2)`)

		// PostgreSQL refuses a statement whose columns have another type, once.
		kind, err := read()
		if err != nil {
			kind, err = read()
		}
		check(t, err)
		same(t, kind, "2")
	})

	t.Run("a script of many statements runs as it did", func(t *testing.T) {
		_, err := db.x.ExecContext(t.Context(), `CREATE TABLE one (id TEXT); CREATE TABLE two (id TEXT)`)
		check(t, err)
		var n int
		check(t, db.Get(t.Context(), "", &n, `SELECT count(*) FROM one, two`))
	})
}

// bare is a connection that can't do what the store asks of it.
type bare struct {
	driver.Conn
	closed bool
}

func (b *bare) Close() error { b.closed = true; return nil }

func (b *bare) Connect(context.Context) (driver.Conn, error) { return b, nil }

func (b *bare) Driver() driver.Driver { return nil }

func TestPreparing_RefusesADriverThatCannotDoIt(t *testing.T) {
	b := &bare{}

	_, err := preparing{Connector: b}.Connect(t.Context())

	if err == nil || !b.closed {
		t.Errorf("got %v, closed: %v", err, b.closed)
	}
}

package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"maps"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
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
	b := newBank(t, db)
	u := b.user()
	// With one connection it is known which one is asked.
	db.x.SetMaxOpenConns(1)

	t.Run("a text is prepared once a connection, in transactions too", func(t *testing.T) {
		read := func(ctx context.Context) {
			_, err := db.FindUser(ctx, b.ID, u.ID)
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
			check(t, db.get(t.Context(), "", &n, fmt.Sprintf(`SELECT count(*) + %d FROM users WHERE id = ?`, i), "usr_none"))
			same(t, n, i)
		}

		keptBy(t, db, func(c *preparingConn) { same(t, len(c.statements), mostPrepared) })
	})

	t.Run("a statement that failed works again, in its transaction's successor too", func(t *testing.T) {
		for range 3 {
			err := db.InTx(t.Context(), func(ctx context.Context) error {
				return db.CreateUser(ctx, user.User{ID: u.ID, InstitutionID: b.ID, Email: u.Email, CreatedAt: now}, "hash")
			})
			wantCode(t, err, fault.Conflict)
		}
		another := b.user()
		found, err := db.FindUser(t.Context(), b.ID, another.ID)
		check(t, err)
		same(t, found, another)
	})

	t.Run("a statement outlives a change of its table", func(t *testing.T) {
		_, err := db.exec(t.Context(), "", `CREATE TABLE changing (id TEXT, kind TEXT)`)
		check(t, err)
		_, err = db.exec(t.Context(), "", `INSERT INTO changing (id, kind) VALUES ('a', '1')`)
		check(t, err)
		read := func() (kind string, err error) {
			err = db.get(t.Context(), "", &kind, `SELECT kind FROM changing WHERE id = ?`, "a")
			return kind, err
		}
		_, err = read()
		check(t, err)

		_, err = db.exec(t.Context(), "", `DROP TABLE changing`)
		check(t, err)
		_, err = db.exec(t.Context(), "", `CREATE TABLE changing (id TEXT, kind INTEGER)`)
		check(t, err)
		_, err = db.exec(t.Context(), "", `INSERT INTO changing (id, kind) VALUES ('a', 2)`)
		check(t, err)

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
		check(t, db.get(t.Context(), "", &n, `SELECT count(*) FROM one, two`))
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

package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"golang.org/x/sync/singleflight"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// DB is a database, ready to use. It is safe for concurrent use.
type DB struct {
	x       *sqlx.DB
	dialect dialect
	// path is SQLite's file.
	path       string
	gate       *gate
	statements atomic.Int64
	texts      texts
	connector  driver.Connector
	// own is the one connection beside the pool, on which Ready asks.
	own    *sql.DB
	asking singleflight.Group
	// listenURL is PostgreSQL's, for a listener.
	listenURL string
	// fullAt is when there was no room last.
	fullAt atomic.Int64
	// wroteAt is when something was written last.
	wroteAt atomic.Int64
}

type dialect string

const (
	onPostgres dialect = "postgres"
	onSQLite   dialect = "sqlite"
)

func init() { sqlx.BindDriver(string(onSQLite), sqlx.QUESTION) }

// Through stands between those who run statements and the connections that they
// run on.
type Through func(driver.Connector) driver.Connector

// Mode says what may be done with a database.
type Mode int

// The modes.
const (
	// ReadWrite opens what is there, and makes SQLite's file if there is none.
	ReadWrite Mode = iota
	// Existing opens what is there.
	Existing
	// ReadOnly opens what is there and changes nothing, not even beside the file.
	ReadOnly
)

// NoDatabaseError is the error of Open for a SQLite file that is not there.
type NoDatabaseError struct{ Path string }

func (e *NoDatabaseError) Error() string {
	return fmt.Sprintf("there is no database at %s; if the name is right, make one with: factordesk migrate up", e.Path)
}

// Open opens the database of a URL: sqlite://path, where the path is relative
// unless it begins with a slash, or postgres://… as lib/pq takes it. Statements go
// through each of through.
func Open(ctx context.Context, databaseURL string, mode Mode, through ...Through) (*DB, error) {
	var db *DB
	var err error
	switch {
	case strings.HasPrefix(databaseURL, "sqlite://"):
		db, err = openSQLite(strings.TrimPrefix(databaseURL, "sqlite://"), mode, through)
	case strings.HasPrefix(databaseURL, "postgres://"), strings.HasPrefix(databaseURL, "postgresql://"):
		db, err = openPostgres(databaseURL, mode, through)
	default:
		return nil, fmt.Errorf("a database URL begins with sqlite:// or postgres://")
	}
	if err != nil {
		return nil, err
	}
	// Two processes that open a new SQLite file both want it for themselves, to
	// switch on its write-ahead log: one is told at once that it is busy.
	if err := waitFor(ctx, func() (bool, error) {
		err := db.Ping(ctx)
		return err == nil, ignoreBusy(err)
	}); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("the database does not answer: %w", err)
	}
	if err := db.inUTF8(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// pooled returns a database with its connections, and as many places at the gate. It
// keeps as many idle ones as open ones: database/sql closes all but two
// otherwise, at twice the cost a request.
func pooled(db *DB, c driver.Connector, through []Through) *DB {
	width := max(4, 2*runtime.GOMAXPROCS(0))
	c = preparing{Connector: c, finalize: db.dialect == onSQLite}
	for _, pass := range through {
		c = pass(c)
	}
	db.x = sqlx.NewDb(sql.OpenDB(c), string(db.dialect))
	db.connector = c
	db.gate = newGate(width)
	db.x.SetMaxOpenConns(width)
	db.x.SetMaxIdleConns(width)
	db.x.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// Ping returns an error if the database does not answer.
func (db *DB) Ping(ctx context.Context) error { return db.x.PingContext(ctx) }

// Close closes all connections.
func (db *DB) Close() error { return errors.Join(db.x.Close(), db.own.Close()) }

// Statements returns how many SQL statements were run so far.
func (db *DB) Statements() int64 { return db.statements.Load() }

// SQL returns the pool itself, for its metrics.
func (db *DB) SQL() *sql.DB { return db.x.DB }

type txKey struct{}

// InTx runs f in a transaction that every store call with f's context is part
// of: committed if f returns nil, rolled back otherwise. Inside a transaction it
// runs f in that one. No hashing, provider call or mail belongs inside: on
// SQLite the lock stops every other writer.
func (db *DB) InTx(ctx context.Context, f func(ctx context.Context) error) error {
	if db.WithinTx(ctx) {
		return f(ctx)
	}
	if err := db.gate.enter(ctx); err != nil {
		return db.mapped(ctx, "", err)
	}
	defer db.gate.leave()
	tx, err := db.x.BeginTxx(ctx, nil)
	if err != nil {
		return db.mapped(ctx, "", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := f(context.WithValue(ctx, txKey{}, tx)); err != nil {
		return err
	}
	return db.mapped(ctx, "", db.wrote(tx.Commit()))
}

// WithinTx reports whether a context is that of a transaction.
func (db *DB) WithinTx(ctx context.Context) bool {
	_, ok := ctx.Value(txKey{}).(*sqlx.Tx)
	return ok
}

// run runs one statement: in the transaction of the context, which has its place
// at the gate, or on a connection of its own.
func (db *DB) run(ctx context.Context, noun, query string, statement func(on sqlx.ExtContext) error) error {
	db.statements.Add(1)
	if tx, ok := ctx.Value(txKey{}).(*sqlx.Tx); ok {
		return db.mapped(ctx, noun, statement(tx))
	}
	if err := db.gate.enter(ctx); err != nil {
		return db.mapped(ctx, noun, err)
	}
	defer db.gate.leave()
	err := statement(db.x)
	if changes(query) {
		err = db.wrote(err)
	}
	return db.mapped(ctx, noun, err)
}

// wrote notes what became of a change, and returns its error.
func (db *DB) wrote(err error) error {
	if err == nil {
		db.wroteAt.Store(time.Now().UnixNano())
	}
	return uncertain(err)
}

// changes reports whether a statement changes something.
func changes(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	return verb == "INSERT" || verb == "UPDATE" || verb == "DELETE"
}

// Get reads one row; noun names what is missing in a NOT_FOUND.
func (db *DB) Get(ctx context.Context, noun string, dest any, query string, args ...any) error {
	return db.run(ctx, noun, query, func(on sqlx.ExtContext) error {
		return sqlx.GetContext(ctx, on, dest, db.bound(query), exact(args)...)
	})
}

// List reads all rows. A list among args fills an IN (?).
func (db *DB) List(ctx context.Context, dest any, query string, args ...any) error {
	query, args = expand(query, args)
	return db.run(ctx, "", query, func(on sqlx.ExtContext) error {
		return sqlx.SelectContext(ctx, on, dest, db.bound(query), exact(args)...)
	})
}

// Exec runs a statement and returns how many rows it changed; noun names what a
// CONFLICT is about. A list among args fills an IN (?).
func (db *DB) Exec(ctx context.Context, noun, query string, args ...any) (n int64, err error) {
	query, args = expand(query, args)
	err = db.run(ctx, noun, query, func(on sqlx.ExtContext) error {
		res, err := on.ExecContext(ctx, db.bound(query), exact(args)...)
		if err == nil {
			n, err = res.RowsAffected()
		}
		return err
	})
	return n, err
}

// Once runs a conditional statement and reports whether it changed the one row.
func (db *DB) Once(ctx context.Context, query string, args ...any) (bool, error) {
	n, err := db.Exec(ctx, "", query, args...)
	return n == 1, err
}

// Time returns the time by the database's own clock; ok is false on SQLite, which has
// none.
func (db *DB) Time(ctx context.Context) (now time.Time, ok bool, err error) {
	if db.dialect != onPostgres {
		return time.Time{}, false, nil
	}
	err = db.Get(ctx, "clock", &now, `SELECT clock_timestamp()`)
	return now.UTC(), true, err
}

// Update runs a statement that changes what is there. If it is not, the error is
// NOT_FOUND; noun names what is missing then, or what a CONFLICT is about.
func (db *DB) Update(ctx context.Context, noun, query string, args ...any) error {
	n, err := db.Exec(ctx, noun, query, args...)
	if err == nil && n == 0 {
		return fault.Errorf(fault.NotFound, "There is no such %s; it may have been removed.", noun)
	}
	return err
}

// exact cuts times to what both databases keep: UTC, to the microsecond. Left to
// themselves PostgreSQL would round and SQLite keep the nanoseconds.
func exact(args []any) []any {
	for i, arg := range args {
		switch t := arg.(type) {
		case time.Time:
			args[i] = t.UTC().Truncate(time.Microsecond)
		case *time.Time:
			if t != nil {
				args[i] = t.UTC().Truncate(time.Microsecond)
			}
		case Null[time.Time]:
			if t.Valid {
				args[i] = t.V.UTC().Truncate(time.Microsecond)
			}
		}
	}
	return args
}

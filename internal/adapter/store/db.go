package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"modernc.org/sqlite"
)

// DB is a database, ready to use. It implements the store interfaces of all
// domains and is safe for concurrent use.
type DB struct {
	x       *sqlx.DB
	dialect dialect
	// path is SQLite's file.
	path       string
	gate       gate
	statements atomic.Int64
	texts      texts
	// watchers are told of each user whose actors may have changed.
	watchers []func(userID string)
}

type dialect string

const (
	onPostgres dialect = "postgres"
	onSQLite   dialect = "sqlite"
)

func init() { sqlx.BindDriver(string(onSQLite), sqlx.QUESTION) }

// Open opens the database of a URL: sqlite://path, where the path is relative
// unless it begins with a slash, or postgres://… as lib/pq takes it.
func Open(ctx context.Context, databaseURL string) (*DB, error) {
	var db *DB
	var err error
	switch {
	case strings.HasPrefix(databaseURL, "sqlite://"):
		db, err = openSQLite(strings.TrimPrefix(databaseURL, "sqlite://"))
	case strings.HasPrefix(databaseURL, "postgres://"), strings.HasPrefix(databaseURL, "postgresql://"):
		db, err = openPostgres(databaseURL)
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
		_ = db.x.Close()
		return nil, fmt.Errorf("the database does not answer: %w", err)
	}
	return db, nil
}

func openSQLite(path string) (*DB, error) {
	if path == "" {
		return nil, fmt.Errorf("a SQLite URL names a file: sqlite://var/factordesk.db")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_time_format=sqlite&_texttotime=1&_timezone=UTC"
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return pooled(&DB{dialect: onSQLite, path: path}, connector), nil
}

func openPostgres(databaseURL string) (*DB, error) {
	dsn, err := postgresDSN(databaseURL)
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("the PostgreSQL URL cannot be read")
	}
	return pooled(&DB{dialect: onPostgres}, connector), nil
}

// postgresDSN adds what a URL leaves open. What is read often is in memory, where
// one page costs as much as the next; PostgreSQL takes it to be on a turning disk,
// and would rather read all devices than those of fifty users one by one.
func postgresDSN(databaseURL string) (string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return "", fmt.Errorf("the PostgreSQL URL cannot be read") // its own message could show the password
	}
	q := u.Query()
	for name, value := range map[string]string{
		"application_name": "factordesk", "connect_timeout": "5", "statement_timeout": "15000", "TimeZone": "UTC", "random_page_cost": "1.1",
	} {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// pooled gives a database its connections, and as many places at the gate. It
// keeps as many idle ones as open ones: database/sql closes all but two
// otherwise, at twice the cost a request.
func pooled(db *DB, c driver.Connector) *DB {
	width := max(4, 2*runtime.GOMAXPROCS(0))
	db.x = sqlx.NewDb(sql.OpenDB(preparing{Connector: c, finalize: db.dialect == onSQLite}), string(db.dialect))
	db.gate = newGate(width)
	db.x.SetMaxOpenConns(width)
	db.x.SetMaxIdleConns(width)
	db.x.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.x.PingContext(ctx) }

// Close closes all connections.
func (db *DB) Close() error { return db.x.Close() }

// Statements gives how many SQL statements were run so far.
func (db *DB) Statements() int64 { return db.statements.Load() }

// SQL gives the pool itself, for its metrics.
func (db *DB) SQL() *sql.DB { return db.x.DB }

type txKey struct{}

// transaction is what the context of a transaction carries.
type transaction struct {
	*sqlx.Tx
	// changed are the users of whom there is something to tell at its end.
	changed []string
}

// InTx runs f in a transaction that every store call with f's context is part
// of: committed if f gives nil, rolled back otherwise. Inside a transaction it
// runs f in that one. No hashing, provider call or mail belongs inside: on
// SQLite the lock stops every other writer.
func (db *DB) InTx(ctx context.Context, f func(ctx context.Context) error) error {
	if inTx(ctx) {
		return f(ctx)
	}
	if err := db.gate.enter(ctx); err != nil {
		return mapError(ctx, "", err)
	}
	defer db.gate.leave()
	begun, err := db.x.BeginTxx(ctx, nil)
	if err != nil {
		return mapError(ctx, "", err)
	}
	tx := &transaction{Tx: begun}
	defer func() { db.tell(tx.changed...) }() // whatever came of it: a commit that failed may have been one
	defer func() { _ = tx.Rollback() }()      // after a commit it does nothing
	if err := f(context.WithValue(ctx, txKey{}, tx)); err != nil {
		return err
	}
	return mapError(ctx, "", tx.Commit())
}

// WithinTx tells whether a context is that of a transaction.
func (db *DB) WithinTx(ctx context.Context) bool { return inTx(ctx) }

func inTx(ctx context.Context) bool {
	_, ok := ctx.Value(txKey{}).(*transaction)
	return ok
}

// run runs one statement: in the transaction of the context, which has its place
// at the gate, or on a connection of its own.
func (db *DB) run(ctx context.Context, noun string, statement func(on sqlx.ExtContext) error) error {
	db.statements.Add(1)
	if tx, ok := ctx.Value(txKey{}).(*transaction); ok {
		return mapError(ctx, noun, statement(tx))
	}
	if err := db.gate.enter(ctx); err != nil {
		return mapError(ctx, noun, err)
	}
	defer db.gate.leave()
	return mapError(ctx, noun, statement(db.x))
}

// get reads one row; noun names what is missing in a NOT_FOUND.
func (db *DB) get(ctx context.Context, noun string, dest any, query string, args ...any) error {
	return db.run(ctx, noun, func(on sqlx.ExtContext) error {
		return sqlx.GetContext(ctx, on, dest, db.bound(query), exact(args)...)
	})
}

// list reads all rows. A list among args fills an IN (?).
func (db *DB) list(ctx context.Context, dest any, query string, args ...any) error {
	query, args = expand(query, args)
	return db.run(ctx, "", func(on sqlx.ExtContext) error {
		return sqlx.SelectContext(ctx, on, dest, db.bound(query), exact(args)...)
	})
}

// exec runs a statement and gives how many rows it changed; noun names what a
// CONFLICT is about.
func (db *DB) exec(ctx context.Context, noun, query string, args ...any) (n int64, err error) {
	err = db.run(ctx, noun, func(on sqlx.ExtContext) error {
		res, err := on.ExecContext(ctx, db.bound(query), exact(args)...)
		if err == nil {
			n, err = res.RowsAffected()
		}
		return err
	})
	return n, err
}

// insert adds a row whose columns the query names.
func (db *DB) insert(ctx context.Context, noun, query string, row any) error {
	query, args, err := db.x.BindNamed(query, row)
	if err != nil {
		return err
	}
	_, err = db.exec(ctx, noun, query, args...)
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
		}
	}
	return args
}

// once runs a conditional statement and tells whether it changed the one row.
func (db *DB) once(ctx context.Context, query string, args ...any) (bool, error) {
	n, err := db.exec(ctx, "", query, args...)
	return n == 1, err
}

package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/live"
)

// DB is a database, ready to use. It implements the store interfaces of all
// domains and is safe for concurrent use.
type DB struct {
	sql *sqldb.DB
	// watchers are told of each user whose actors may have changed.
	watchers []func(userID string)
	// changes are told of each row that others wait for; see live.go.
	changes []func(live.Change)
}

// Open opens the database of a URL: sqlite://path, where the path is relative
// unless it begins with a slash, or postgres://… as lib/pq takes it. It makes
// SQLite's file if there is none.
func Open(ctx context.Context, databaseURL string) (*DB, error) {
	return openAs(ctx, databaseURL, sqldb.ReadWrite)
}

// OpenExisting opens a database that is there: IsNoDatabase if SQLite's file is not.
func OpenExisting(ctx context.Context, databaseURL string) (*DB, error) {
	return openAs(ctx, databaseURL, sqldb.Existing)
}

// IsNoDatabase reports whether an error says that SQLite's file is not there.
func IsNoDatabase(err error) bool {
	var none *sqldb.NoDatabaseError
	return errors.As(err, &none)
}

// OpenReadOnly opens a database that is there to read it. Nothing is written, not
// even beside SQLite's file.
func OpenReadOnly(ctx context.Context, databaseURL string) (*DB, error) {
	return openAs(ctx, databaseURL, sqldb.ReadOnly)
}

func openAs(ctx context.Context, databaseURL string, mode sqldb.Mode) (*DB, error) {
	db, err := sqldb.Open(ctx, databaseURL, mode)
	if err != nil {
		return nil, err
	}
	return &DB{sql: db}, nil
}

// Close closes all connections.
func (db *DB) Close() error { return db.sql.Close() }

// Ping returns an error if the database does not answer.
func (db *DB) Ping(ctx context.Context) error { return db.sql.Ping(ctx) }

// Ready returns an error unless the database can be written to.
func (db *DB) Ready(ctx context.Context) error {
	return db.sql.Ready(ctx, `UPDATE jobs SET claim = claim WHERE id = ''`)
}

// TroubleOf returns, in a word, what ails the database by an error of Ready, or of a
// statement: refused, read-only, full, locked or silent; "" for anything else.
func (db *DB) TroubleOf(err error) string { return string(sqldb.TroubleOf(err)) }

// Alive returns an error if the pool is broken while the database works.
func (db *DB) Alive(ctx context.Context) error { return db.sql.Alive(ctx) }

// SQL returns the pool itself, for its metrics.
func (db *DB) SQL() *sql.DB { return db.sql.SQL() }

// Statements returns how many SQL statements were run so far.
func (db *DB) Statements() int64 { return db.sql.Statements() }

// Migrate brings the schema up to date, and what is stored into the form of this
// version, under a lock over all processes.
func (db *DB) Migrate(ctx context.Context) error {
	if err := db.sql.Migrate(ctx); err != nil {
		return err
	}
	return db.Locked(ctx, db.rewrite)
}

// CheckSchema returns an error that says what to do unless the schema is the one of
// this version, and what is stored in its form. It reads only.
func (db *DB) CheckSchema(ctx context.Context) error {
	if err := db.sql.CheckSchema(ctx); err != nil {
		return err
	}
	return db.checkRewritten(ctx)
}

// Migrations returns the steps of the schema, and which of them are applied.
func (db *DB) Migrations(ctx context.Context) ([]sqldb.Migration, error) {
	return db.sql.Migrations(ctx)
}

// Locked runs f while no other process that uses the database runs anything
// under Locked.
func (db *DB) Locked(ctx context.Context, f func(ctx context.Context) error) error {
	return db.sql.Locked(ctx, f)
}

// WithinTx reports whether a context is that of a transaction.
func (db *DB) WithinTx(ctx context.Context) bool { return db.sql.WithinTx(ctx) }

// toldKey is where the context of a transaction carries the users of whom there
// is something to tell at its end.
type toldKey struct{}

// InTx runs f in a transaction that every store call with f's context is part
// of: committed if f returns nil, rolled back otherwise. Inside a transaction it
// runs f in that one. No hashing, provider call or mail belongs inside: on
// SQLite the lock stops every other writer.
func (db *DB) InTx(ctx context.Context, f func(ctx context.Context) error) error {
	if db.WithinTx(ctx) {
		return f(ctx)
	}
	var changed []string
	var after []func()
	defer func() { db.tell(changed...) }() // whatever came of it: a commit that failed may have been one
	if err := db.sql.InTx(context.WithValue(context.WithValue(ctx, toldKey{}, &changed), afterKey{}, &after), f); err != nil {
		return err
	}
	for _, do := range after {
		do()
	}
	return nil
}

// afterKey is where the context of a transaction carries what is done after it.
type afterKey struct{}

// AfterCommit calls f once the transaction of the context was committed, and at once
// where there is none.
func (db *DB) AfterCommit(ctx context.Context, f func()) {
	if after, ok := ctx.Value(afterKey{}).(*[]func()); ok {
		*after = append(*after, f)
		return
	}
	f()
}

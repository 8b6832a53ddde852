package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/factordesk/factordesk/migrations"
)

// Migration is one step of the schema.
type Migration struct {
	Version   int64
	Name      string
	AppliedAt time.Time // zero if it has not been applied
}

func (db *DB) migrator() (*goose.Provider, error) {
	dialect, dir, fsys := goose.DialectPostgres, "postgres", fs.FS(migrations.Postgres)
	if db.dialect == onSQLite {
		dialect, dir, fsys = goose.DialectSQLite3, "sqlite", migrations.SQLite
	}
	sub, err := fs.Sub(fsys, dir)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db.x.DB, sub, goose.WithAllowOutofOrder(true))
}

// Migrate brings the schema up to date, under a lock over all processes.
func (db *DB) Migrate(ctx context.Context) error {
	return db.Locked(ctx, func(ctx context.Context) error {
		m, err := db.migrator()
		if err != nil {
			return err
		}
		_, err = m.Up(ctx)
		return err
	})
}

// Migrations returns the steps of the schema and which of them are applied.
func (db *DB) Migrations(ctx context.Context) ([]Migration, error) {
	m, err := db.migrator()
	if err != nil {
		return nil, err
	}
	states, err := m.Status(ctx)
	if err != nil {
		return nil, err
	}
	steps := make([]Migration, len(states))
	for i, s := range states {
		steps[i] = Migration{Version: s.Source.Version, Name: s.Source.Path, AppliedAt: s.AppliedAt}
	}
	return steps, nil
}

// advisoryLock is Factordesk's number among PostgreSQL's advisory locks.
const advisoryLock = 7_262_411_031

// Locked runs f while no other process that uses the database runs anything
// under Locked: an advisory lock on PostgreSQL, a lock on a file beside the
// database on SQLite.
func (db *DB) Locked(ctx context.Context, f func(ctx context.Context) error) error {
	if db.dialect == onSQLite {
		return db.fileLocked(ctx, f)
	}
	// The lock is the connection's. Who waits holds none: f needs some.
	var held *sql.Conn
	if err := waitFor(ctx, func() (locked bool, err error) {
		conn, err := db.x.Conn(ctx)
		if err != nil {
			return false, err
		}
		err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", advisoryLock).Scan(&locked)
		if !locked {
			_ = conn.Close()
		}
		held = conn
		return locked, err
	}); err != nil {
		return err
	}
	defer func() {
		_, _ = held.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", advisoryLock)
		_ = held.Close()
	}()
	return f(ctx)
}

func (db *DB) fileLocked(ctx context.Context, f func(ctx context.Context) error) error {
	file, err := os.OpenFile(db.path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // closing unlocks
	if err := waitFor(ctx, func() (bool, error) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == syscall.EWOULDBLOCK {
			return false, nil
		}
		return err == nil, err
	}); err != nil {
		return err
	}
	return f(ctx)
}

// waitFor tries until it succeeds, for a minute.
func waitFor(ctx context.Context, try func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		ok, err := try()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("another process has held the database's lock for too long: %w", ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

package sqldb

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/factordesk/factordesk/migrations"
)

// Migration is one step of the schema.
type Migration struct {
	Version   int64
	Name      string    // empty for a step that was applied and that this version does not know
	AppliedAt time.Time // zero if it has not been applied
}

// steps are the migrations of a database's dialect.
func (db *DB) steps() (fs.FS, error) {
	if db.dialect == onSQLite {
		return fs.Sub(migrations.SQLite, "sqlite")
	}
	return fs.Sub(migrations.Postgres, "postgres")
}

// Migrate brings the schema up to date, under a lock over all processes. It leaves a
// schema that a newer version has migrated as it is, and returns a *SchemaError.
func (db *DB) Migrate(ctx context.Context) error {
	steps, err := db.steps()
	if err != nil {
		return err
	}
	dialect := goose.DialectPostgres
	if db.dialect == onSQLite {
		dialect = goose.DialectSQLite3
	}
	return db.Locked(ctx, func(ctx context.Context) error {
		var problem *SchemaError
		if err := db.CheckSchema(ctx); errors.As(err, &problem) && problem.Unknown > 0 {
			return err
		}
		m, err := goose.NewProvider(dialect, db.x.DB, steps, goose.WithAllowOutofOrder(true))
		if err != nil {
			return err
		}
		_, err = m.Up(ctx)
		return err
	})
}

// HasTable reports whether there is a table of a name.
func (db *DB) HasTable(ctx context.Context, name string) (has bool, err error) {
	query := `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)`
	if db.dialect == onPostgres {
		query = `SELECT to_regclass(?) IS NOT NULL`
	}
	err = db.Get(ctx, "table", &has, query, name)
	return has, err
}

// applied returns when each step was applied. It reads only, which goose doesn't.
func (db *DB) applied(ctx context.Context) (map[int64]time.Time, error) {
	has, err := db.HasTable(ctx, goose.DefaultTablename)
	if err != nil || !has {
		return nil, err
	}
	var rows []struct {
		Version int64     `db:"version_id"`
		At      time.Time `db:"tstamp"`
	}
	if err := db.List(ctx, &rows, `SELECT version_id, tstamp FROM `+goose.DefaultTablename+` WHERE version_id > 0 AND is_applied`); err != nil {
		return nil, err
	}
	applied := make(map[int64]time.Time, len(rows))
	for _, r := range rows {
		applied[r.Version] = r.At
	}
	return applied, nil
}

// Migrations returns the steps of the schema in their order, those that only a newer
// version knows among them, and which are applied.
func (db *DB) Migrations(ctx context.Context) ([]Migration, error) {
	fsys, err := db.steps()
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, err
	}
	applied, err := db.applied(ctx)
	if err != nil {
		return nil, err
	}
	steps := make([]Migration, len(names), len(names)+len(applied))
	for i, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		steps[i] = Migration{Version: version, Name: name, AppliedAt: applied[version]}
		delete(applied, version)
	}
	for version, at := range applied {
		steps = append(steps, Migration{Version: version, AppliedAt: at})
	}
	slices.SortFunc(steps, func(a, b Migration) int { return cmp.Compare(a.Version, b.Version) })
	return steps, nil
}

// SchemaError is a schema that is not the one of this version.
type SchemaError struct {
	// Missing is the first step that is not applied, 0 if all are; Unknown the last
	// that was applied and that this version does not know.
	Missing, Unknown int64
	// Empty is a database to which no step was applied.
	Empty bool
}

func (e *SchemaError) Error() string {
	switch {
	case e.Unknown > 0:
		return fmt.Sprintf("a newer version migrated the database (step %d): use that version", e.Unknown)
	case e.Empty:
		return "the database is empty; if it is the right one, run: factordesk migrate up"
	default:
		return fmt.Sprintf("the database's schema is older than this version (step %d is missing): run: factordesk migrate up", e.Missing)
	}
}

// CheckSchema returns a *SchemaError unless the schema is the one of this version. It
// reads only.
func (db *DB) CheckSchema(ctx context.Context) error {
	steps, err := db.Migrations(ctx)
	if err != nil {
		return err
	}
	problem := SchemaError{Empty: true}
	for _, step := range slices.Backward(steps) {
		switch {
		case step.AppliedAt.IsZero():
			problem.Missing = step.Version
			continue
		case step.Name == "" && problem.Unknown == 0:
			problem.Unknown = step.Version
		}
		problem.Empty = false
	}
	if problem.Missing == 0 && problem.Unknown == 0 {
		return nil
	}
	return &problem
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

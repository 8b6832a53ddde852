package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

const (
	// readyIn is how long the database has to show that it can be written to. Who asks
	// has an answer within two seconds, for it may take cancelFor more.
	readyIn = 1200 * time.Millisecond
	// readyLock is how long of that it may be held by somebody else, in milliseconds.
	readyLock = "800"
	// fullFor is how long a database counts as full after it had no room for something:
	// small writes fit while large ones don't.
	fullFor = 30 * time.Second
	// stuckFor is how long no statement may end before the process is taken for broken.
	stuckFor = time.Minute
)

var errFull = fmt.Errorf("the database had no room for something in the last %s", fullFor)

// errHeld is of a SQLite file, which is never silent.
var errHeld = errors.New("somebody else writes, or the disk hangs")

// Ready returns an error unless the database can be written to. It asks on a
// connection of its own, so it hears of the database and not of who waits for the
// pool, and runs a statement that would write, had it found anything. Who asks while it
// is asking gets the same answer.
//
// SQLite's lock may be this process's own under load: what it could write meanwhile
// shows that nobody else holds it.
func (db *DB) Ready(ctx context.Context, write string) error {
	if time.Since(time.Unix(0, db.fullAt.Load())) < fullFor {
		return errFull
	}
	began := time.Now()
	asked := db.asking.DoChan("ready", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyIn)
		defer cancel()
		_, err := db.own.ExecContext(ctx, write)
		return nil, err
	})
	var err error
	select {
	case answer := <-asked:
		err = answer.Err
	case <-ctx.Done():
		err = ctx.Err()
	}
	if trouble := TroubleOf(err); db.dialect == onSQLite && (trouble == Locked || trouble == Silent) {
		if time.Unix(0, db.wroteAt.Load()).After(began) {
			return nil
		}
		return fmt.Errorf("%w: %w", errHeld, err)
	}
	return err
}

// ErrStuck is of a pool that is broken while the database works.
var ErrStuck = errors.New("no statement has ended for a minute, and a new connection works")

// Alive returns ErrStuck if every place has been taken by the same for a minute while
// the database answers on a new connection. A process can't mend that; that the
// database is gone is not its fault.
func (db *DB) Alive(ctx context.Context) error {
	if !db.gate.stuck(stuckFor) {
		return nil
	}
	c, err := db.connector.Connect(ctx)
	if err != nil {
		return nil // the database's fault
	}
	defer func() { _ = c.Close() }()
	if p, ok := c.(driver.Pinger); !ok || p.Ping(ctx) != nil {
		return nil
	}
	return ErrStuck
}

// alone returns a pool of one connection.
func alone(c driver.Connector) *sql.DB {
	one := sql.OpenDB(c)
	one.SetMaxOpenConns(1)
	one.SetConnMaxIdleTime(5 * time.Minute)
	return one
}

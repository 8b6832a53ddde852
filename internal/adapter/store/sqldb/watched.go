package sqldb

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lib/pq"
)

// watched makes connections to PostgreSQL on which no call outlasts its context, or
// longest where that is sooner, however silent the network is: lib/pq reads without a
// deadline, and at the end of a context sends no more than a request to cancel.
type watched struct {
	driver.Connector
	// connectFor bounds how long a connection takes to be made.
	connectFor time.Duration
	// longest is 0 where there is no bound but the context's.
	longest time.Duration
	// wantsWriter is whether the URL asks for a server that takes writes.
	wantsWriter bool
	// failovers counts how often a server turned out to take no writes. What was
	// connected before that is not used again.
	failovers *atomic.Int64
}

// connectError is the error of a connection that could not be made: nothing was sent.
type connectError struct {
	error
	// noWriter is whether there are servers, but none that takes writes.
	noWriter bool
}

func (e *connectError) Unwrap() error { return e.error }

// Connect implements driver.Connector.
func (w *watched) Connect(ctx context.Context) (driver.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, w.connectFor)
	defer cancel()
	to := &connecting{ctx: ctx}
	failovers := w.failovers.Load()
	opened, err := w.Connector.Connect(context.WithValue(ctx, connectingKey{}, to))
	if err == nil && !to.release() {
		_ = opened.Close()
		err = ctx.Err()
	}
	if err != nil {
		return nil, w.unconnected(ctx, err)
	}
	inner, ok := opened.(connection)
	if !ok {
		_ = opened.Close()
		return nil, fmt.Errorf("a %T can't do what the store asks of it", opened)
	}
	c := &watchedConn{connection: inner, line: to.line, of: w, failovers: failovers}
	pq.SetNoticeHandler(opened, c.notice)
	return c, nil
}

// unconnected returns the error of a connection that could not be made. lib/pq has no
// type for servers that take no writes: they are what is left.
func (w *watched) unconnected(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &connectError{error: fmt.Errorf("%w: %w", ctx.Err(), err)}
	}
	var said *pq.Error
	var network net.Error
	return &connectError{err, w.wantsWriter && !errors.As(err, &said) && !errors.As(err, &network) && !errors.Is(err, io.EOF)}
}

// watchedConn is a connection to PostgreSQL.
type watchedConn struct {
	connection
	of        *watched
	line      net.Conn
	failovers int64
	// inTx is whether a transaction has begun: what is cut in one is undone.
	inTx bool
	// unsure is set where PostgreSQL said of a commit that it may be undone.
	unsure bool

	mu sync.Mutex
	// armed is the number of the call that the deadline is for: the end of a context
	// whose call has ended must not cut the next one.
	armed  int64
	disarm func() bool
}

// arm sets how long the next call may take. The deadline stands when it returns, for
// rows are read later.
func (c *watchedConn) arm(ctx context.Context, longest time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.disarm != nil {
		c.disarm()
	}
	c.unsure = false
	c.armed++
	call := c.armed
	var until time.Time
	if longest > 0 {
		until = time.Now().Add(longest)
	}
	if deadline, ok := ctx.Deadline(); ok && (until.IsZero() || deadline.Add(grace).Before(until)) {
		until = deadline.Add(grace)
	}
	_ = c.line.SetDeadline(until) // fails where it is closed, as does the call then
	c.disarm = context.AfterFunc(ctx, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.armed == call {
			_ = c.line.SetDeadline(time.Now().Add(grace))
		}
	})
}

// shortly is how long may take what has no context: no more than a word each way.
const shortly = time.Second

func (c *watchedConn) armShortly() { c.arm(context.Background(), shortly) }

// notice takes what PostgreSQL says beside its answers. Where a commit waits for a
// standby and is told to end, it warns and answers as if all were well. The code of the
// warning is that of all others, so the function that warns tells.
func (c *watchedConn) notice(n *pq.Error) {
	if n.Routine == "SyncRepWaitForLSN" {
		c.unsure = true
	}
}

// ended returns the error of a call.
func (c *watchedConn) ended(err error) error {
	var said *pq.Error
	switch {
	case err == nil && c.unsure:
		return errUnknown
	case errors.As(err, &said) && said.Code == pqReadOnly:
		c.of.failovers.CompareAndSwap(c.failovers, c.failovers+1)
	}
	return err
}

// changed returns the error of a statement that may have changed something by itself,
// or of a commit. lib/pq calls a connection bad that was cut, and database/sql would
// do the statement once more.
func (c *watchedConn) changed(changes bool, err error) error {
	if changes && !c.inTx && errors.Is(err, driver.ErrBadConn) {
		return fmt.Errorf("%w: the connection was cut", errUnknown)
	}
	return c.ended(err)
}

// IsValid implements driver.Validator.
func (c *watchedConn) IsValid() bool {
	return c.of.failovers.Load() == c.failovers && c.connection.IsValid()
}

// ResetSession implements driver.SessionResetter. A connection on which PostgreSQL has
// said something since it was used, or that it closed, is not used again.
func (c *watchedConn) ResetSession(ctx context.Context) error {
	if !c.IsValid() || !quiet(c.line) {
		return driver.ErrBadConn
	}
	return c.connection.ResetSession(ctx)
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *watchedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.arm(ctx, c.of.longest)
	made, err := c.connection.PrepareContext(ctx, query)
	if err != nil {
		return nil, c.ended(err)
	}
	s, ok := made.(statement)
	if !ok {
		_ = made.Close()
		return nil, fmt.Errorf("a %T can't do what the store asks of it", made)
	}
	return &watchedStatement{s, c, changes(query)}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.arm(ctx, c.of.longest)
	result, err := c.connection.ExecContext(ctx, query, args)
	return result, c.changed(changes(query), err)
}

// QueryContext implements driver.QueryerContext.
func (c *watchedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.arm(ctx, c.of.longest)
	rows, err := c.connection.QueryContext(ctx, query, args)
	return c.rows(changes(query), rows, err)
}

// Ping implements driver.Pinger.
func (c *watchedConn) Ping(ctx context.Context) error {
	c.arm(ctx, c.of.longest)
	return c.connection.Ping(ctx)
}

// Close implements driver.Conn.
func (c *watchedConn) Close() error {
	c.armShortly()
	return c.connection.Close()
}

// BeginTx implements driver.ConnBeginTx.
func (c *watchedConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	c.arm(ctx, c.of.longest)
	tx, err := c.connection.BeginTx(ctx, options)
	if err != nil {
		return nil, c.ended(err)
	}
	c.inTx = true
	return &watchedTx{tx, c, ctx}, nil
}

// watchedTx is a transaction. Its end is given no context.
type watchedTx struct {
	driver.Tx
	on  *watchedConn
	ctx context.Context
}

// Commit implements driver.Tx, in the time of who began the transaction.
func (tx *watchedTx) Commit() error {
	tx.on.arm(tx.ctx, tx.on.of.longest)
	tx.on.inTx = false
	sent := tx.on.IsValid()
	return tx.on.changed(sent, tx.Tx.Commit())
}

// Rollback implements driver.Tx.
func (tx *watchedTx) Rollback() error {
	tx.on.armShortly()
	tx.on.inTx = false
	return tx.Tx.Rollback()
}

package sqldb

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// mostPrepared bounds the statements that a connection keeps. There are fewer
// texts in this package, lists of each length counted, unless clients ask for pages
// of many lengths.
const mostPrepared = 256

// preparing makes connections that prepare each text once and keep it: an
// unprepared statement with arguments costs PostgreSQL a round trip and a parse
// more. It sits below database/sql, where a connection is one caller's at a time,
// so a transaction needs neither a lock nor a second connection to prepare on.
//
// A connection has to stay the same server process for as long as it lasts: a
// pooler that stands between has to pool sessions, not transactions.
type preparing struct {
	driver.Connector
	// finalize is whether statements outlive a connection that is closed, as in
	// SQLite. PostgreSQL drops them by itself.
	finalize bool
}

// connection is what both drivers' connections can do.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// statement is what both drivers' statements can do.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// Connect implements driver.Connector.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c, ok := opened.(connection)
	if !ok {
		_ = opened.Close()
		return nil, fmt.Errorf("a %T can't do what the store asks of it", opened)
	}
	return &preparingConn{connection: c, finalize: p.finalize, statements: map[string]statement{}}, nil
}

type preparingConn struct {
	connection
	finalize   bool
	statements map[string]statement
}

// QueryContext implements driver.QueryerContext. What has no arguments goes
// unprepared: it may be a script of many statements, as migrations are.
func (c *preparingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return c.connection.QueryContext(ctx, query, args)
	}
	return prepared(ctx, c, query, args, statement.QueryContext)
}

// ExecContext implements driver.ExecerContext.
func (c *preparingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.connection.ExecContext(ctx, query, args)
	}
	return prepared(ctx, c, query, args, statement.ExecContext)
}

// prepared runs what a text was prepared as.
func prepared[T any](ctx context.Context, c *preparingConn, query string, args []driver.NamedValue,
	run func(statement, context.Context, []driver.NamedValue) (T, error),
) (result T, err error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return result, err
	}
	if result, err = run(s, ctx, args); err != nil {
		c.forget(query)
	}
	return result, err
}

func (c *preparingConn) prepare(ctx context.Context, query string) (statement, error) {
	if s, ok := c.statements[query]; ok {
		return s, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, ok := made.(statement)
	if !ok {
		_ = made.Close()
		return nil, fmt.Errorf("a %T can't do what the store asks of it", made)
	}
	for text := range c.statements {
		if len(c.statements) < mostPrepared {
			break
		}
		c.forget(text)
	}
	c.statements[query] = s
	return s, nil
}

// forget drops a statement: one too many, or one that failed, as all do whose
// tables another process has since migrated. The next call prepares it anew.
func (c *preparingConn) forget(query string) {
	_ = c.statements[query].Close()
	delete(c.statements, query)
}

// Close implements driver.Conn.
func (c *preparingConn) Close() error {
	if c.finalize {
		for query := range c.statements {
			c.forget(query)
		}
	}
	return c.connection.Close()
}

package sqldb

import (
	"context"
	"database/sql/driver"
	"io"
)

type watchedStatement struct {
	statement
	on      *watchedConn
	changes bool
}

// ExecContext implements driver.StmtExecContext.
func (s *watchedStatement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.on.arm(ctx, s.on.of.longest)
	sent := s.on.IsValid()
	result, err := s.statement.ExecContext(ctx, args)
	return result, s.on.changed(s.changes && sent, err)
}

// QueryContext implements driver.StmtQueryContext.
func (s *watchedStatement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.on.arm(ctx, s.on.of.longest)
	sent := s.on.IsValid()
	rows, err := s.statement.QueryContext(ctx, args)
	return s.on.rows(s.changes && sent, rows, err)
}

// Close implements driver.Stmt.
func (s *watchedStatement) Close() error {
	s.on.armShortly()
	return s.statement.Close()
}

func (c *watchedConn) rows(changes bool, rows driver.Rows, err error) (driver.Rows, error) {
	if err != nil {
		return nil, c.changed(changes, err)
	}
	return &watchedRows{rows, c, changes}, nil
}

type watchedRows struct {
	driver.Rows
	on      *watchedConn
	changes bool
}

// Next implements driver.Rows.
func (r *watchedRows) Next(to []driver.Value) error {
	err := r.Rows.Next(to)
	switch {
	case err == nil:
		return nil
	case err == io.EOF && r.on.unsure: //nolint:errorlint // as database/sql compares it
		return errUnknown
	default:
		return r.on.changed(r.changes, err)
	}
}

// Close implements driver.Rows. It reads what is left.
func (r *watchedRows) Close() error { return r.on.changed(r.changes, r.Rows.Close()) }

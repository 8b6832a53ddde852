package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// columns are a row's places for what a select reads, in the select's order.
type columns[R any] interface {
	*R
	columns() []any
}

// read reads all rows as list does, and converts each. It is for what is read
// often: the places are asked for once, not looked up by name for each row.
func read[R, T any, P columns[R]](ctx context.Context, db *DB, convert func(R) T, query string, args ...any) ([]T, error) {
	var all []T
	var row R
	query, args = expand(query, args)
	err := db.each(ctx, query, args, P(&row).columns(), func() { all = append(all, convert(row)) })
	return all, err
}

// each reads row after row into the same places.
func (db *DB) each(ctx context.Context, query string, args, places []any, take func()) error {
	return db.run(ctx, "", func(on sqlx.ExtContext) error {
		rows, err := on.QueryxContext(ctx, db.bound(query), exact(args)...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			if err := rows.Rows.Scan(places...); err != nil {
				return err
			}
			take()
		}
		return rows.Err()
	})
}

// The places of columns that may be NULL, of which database/sql finds the way by
// reflection, as it does for any int. They take as they are what both databases
// give.
type (
	number int
	text   struct {
		value string
		given bool
	}
	moment struct {
		value time.Time
		given bool
	}
)

// Scan implements sql.Scanner; NULL is 0.
func (n *number) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n = 0
	case int64:
		*n = number(v)
	default:
		return fmt.Errorf("a %T is no number", v)
	}
	return nil
}

// Scan implements sql.Scanner.
func (t *text) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = text{}
	case string:
		*t = text{v, true}
	default:
		return fmt.Errorf("a %T is no text", v)
	}
	return nil
}

// Scan implements sql.Scanner. SQLite tells times from texts by the column that a
// value is read from, so that the time of an expression is a text.
func (m *moment) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*m = moment{}
	case time.Time:
		*m = moment{v, true}
	case string:
		at, err := time.Parse("2006-01-02 15:04:05.999999999-07:00", v)
		*m = moment{at.UTC(), true}
		return err
	default:
		return fmt.Errorf("a %T is no time", v)
	}
	return nil
}

// orNil gives nil for NULL.
func (m moment) orNil() *time.Time {
	if !m.given {
		return nil
	}
	at := m.value
	return &at
}

// orNil gives nil for NULL.
func (t text) orNil() *string {
	if !t.given {
		return nil
	}
	s := t.value
	return &s
}

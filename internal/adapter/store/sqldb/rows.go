package sqldb

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// Columns are a row's places for what a select reads, in the select's order.
type Columns[R any] interface {
	*R
	Columns() []any
}

// Read reads all rows as List does, and converts each. It is for what is read
// often: the places are asked for once, not looked up by name for each row.
func Read[R, T any, P Columns[R]](ctx context.Context, db *DB, convert func(R) T, query string, args ...any) ([]T, error) {
	var all []T
	var row R
	query, args = Expand(query, args)
	err := db.Each(ctx, query, args, P(&row).Columns(), func() { all = append(all, convert(row)) })
	return all, err
}

// Find reads one row as Read does; noun names what is missing in a NOT_FOUND.
func Find[R, T any, P Columns[R]](ctx context.Context, db *DB, noun string, convert func(R) T, query string, args ...any) (found T, err error) {
	all, err := Read[R, T, P](ctx, db, convert, query, args...)
	if err == nil && len(all) == 0 {
		err = NotFound(noun)
	}
	if err != nil {
		return found, err
	}
	return all[0], nil
}

// Each reads row after row into the same places.
func (db *DB) Each(ctx context.Context, query string, args, places []any, take func()) error {
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
	Number int
	Text   struct {
		Value string
		Given bool
	}
	Moment struct {
		Value time.Time
		Given bool
	}
)

// Scan implements sql.Scanner; NULL is 0.
func (n *Number) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n = 0
	case int64:
		*n = Number(v)
	default:
		return fmt.Errorf("a %T is no number", v)
	}
	return nil
}

// Scan implements sql.Scanner.
func (t *Text) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = Text{}
	case string:
		*t = Text{v, true}
	default:
		return fmt.Errorf("a %T is no text", v)
	}
	return nil
}

// Scan implements sql.Scanner. SQLite tells times from texts by the column that a
// value is read from, so that the time of an expression is a text.
func (m *Moment) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*m = Moment{}
	case time.Time:
		*m = Moment{v, true}
	case string:
		at, err := time.Parse("2006-01-02 15:04:05.999999999-07:00", v)
		*m = Moment{at.UTC(), true}
		return err
	default:
		return fmt.Errorf("a %T is no time", v)
	}
	return nil
}

// OrNil gives nil for NULL.
func (m Moment) OrNil() *time.Time {
	if !m.Given {
		return nil
	}
	at := m.Value
	return &at
}

// OrNil gives nil for NULL.
func (t Text) OrNil() *string {
	if !t.Given {
		return nil
	}
	s := t.Value
	return &s
}

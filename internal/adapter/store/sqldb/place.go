package sqldb

import (
	"bytes"
	"database/sql"
	"fmt"
	"time"
)

// Null is a value that may be NULL, for rows that are read often: it needs no memory
// of its own.
type Null[T any] = sql.Null[T]

// NullOf returns what a pointer points at; nil is NULL.
func NullOf[T any](p *T) (n Null[T]) {
	if p != nil {
		n = Null[T]{V: *p, Valid: true}
	}
	return n
}

// Ptr returns a pointer to a value, or nil for NULL.
func Ptr[T any](n Null[T]) *T {
	if !n.Valid {
		return nil
	}
	v := n.V
	return &v
}

// Place is the place of a column in a row. It takes what both databases give without
// reflection, by which database/sql would find the way of much of it.
type Place struct{ into any }

// Scan implements sql.Scanner. The zero Place takes anything, and keeps nothing.
func (p *Place) Scan(v any) error {
	switch into := p.into.(type) {
	case nil:
		return nil
	case *string:
		if s, ok := v.(string); ok {
			*into = s
			return nil
		}
	case *Null[string]:
		if s, ok := v.(string); ok || v == nil {
			*into = Null[string]{V: s, Valid: ok}
			return nil
		}
	case *bool:
		switch v := v.(type) {
		case bool:
			*into = v
			return nil
		case int64: // of SQLite, which has none, if it is read from an expression
			*into = v != 0
			return nil
		}
	case *int:
		if n, ok := v.(int64); ok {
			*into = int(n)
			return nil
		}
	case *int64:
		if n, ok := v.(int64); ok {
			*into = n
			return nil
		}
	case *time.Time:
		if at, ok := asTime(v); ok {
			*into = at
			return nil
		}
	case *Null[time.Time]:
		if at, ok := asTime(v); ok || v == nil {
			*into = Null[time.Time]{V: at, Valid: ok}
			return nil
		}
	case **string:
		if s, ok := v.(string); ok || v == nil {
			*into = Ptr(Null[string]{V: s, Valid: ok})
			return nil
		}
	case **time.Time:
		if at, ok := asTime(v); ok || v == nil {
			*into = Ptr(Null[time.Time]{V: at, Valid: ok})
			return nil
		}
	case *[]byte:
		if b, ok := v.([]byte); ok || v == nil {
			*into = bytes.Clone(b)
			return nil
		}
	}
	return fmt.Errorf("a %T can't be read into a %T", v, p.into)
}

// asTime returns a value as a time, if it is one. SQLite tells times from texts by
// the column that a value is read from, so that the time of an expression is a
// text.
func asTime(v any) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v, true
	case string:
		at, err := time.Parse("2006-01-02 15:04:05.999999999-07:00", v)
		return at.UTC(), err == nil
	default:
		return time.Time{}, false
	}
}

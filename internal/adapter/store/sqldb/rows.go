package sqldb

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// Each reads row after row. The select has the columns of the row type, in their
// order: so their places are asked for once, not looked up by name for each row. A
// list among args fills an IN (?).
func Each[R any](ctx context.Context, db *DB, take func(R), query string, args ...any) error {
	var row R
	return db.Scan(ctx, ColumnsOf[R]().Places(&row), func() { take(row) }, query, args...)
}

// Read reads all rows as Each does, and converts them.
func Read[R, T any](ctx context.Context, db *DB, convert func(R) T, query string, args ...any) (all []T, err error) {
	err = Each(ctx, db, func(row R) { all = append(all, convert(row)) }, query, args...)
	return all, err
}

// Find reads one row as Each does; noun names what is missing in a NOT_FOUND.
func Find[R any](ctx context.Context, db *DB, noun, query string, args ...any) (found R, err error) {
	none := true
	err = Each(ctx, db, func(row R) { found, none = row, false }, query, args...)
	if err == nil && none {
		err = NotFound(noun)
	}
	return found, err
}

// Scan reads row after row into the same places, and calls take for each.
func (db *DB) Scan(ctx context.Context, places []any, take func(), query string, args ...any) error {
	query, args = expand(query, args)
	return db.run(ctx, "", query, func(on sqlx.ExtContext) error {
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

package store

import (
	"context"

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
	query, args = expand(query, args)
	err := db.run(ctx, "", func(on sqlx.ExtContext) error {
		rows, err := on.QueryxContext(ctx, db.x.Rebind(query), exact(args)...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		var row R
		places := P(&row).columns()
		for rows.Next() {
			if err := rows.Rows.Scan(places...); err != nil {
				return err
			}
			all = append(all, convert(row))
		}
		return rows.Err()
	})
	return all, err
}

package sqldb

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"time"
)

// Column is a column of a row type: a field whose tag db names it.
type Column struct {
	Name string
	// Type is its type in SQL.
	Type string
	// Tag is the field's whole tag.
	Tag   reflect.StructTag
	index []int
}

// Columns are columns of one row type. What reads and writes rows takes the names
// from here, so a column is named in its row type and in no statement that has all
// of them.
type Columns []Column

// columnsOf has the columns of each row type that was asked for.
var columnsOf sync.Map

// ColumnsOf returns the columns of a row type, those of rows inside it too, in the
// order of their fields.
func ColumnsOf[R any]() Columns {
	row := reflect.TypeFor[R]()
	if known, ok := columnsOf.Load(row); ok {
		return known.(Columns)
	}
	var all Columns
	for _, f := range reflect.VisibleFields(row) {
		if name, ok := f.Tag.Lookup("db"); ok {
			all = append(all, Column{name, typeOf(f.Type), f.Tag, f.Index})
		}
	}
	columnsOf.Store(row, all)
	return all
}

func typeOf(field reflect.Type) string {
	if field.Kind() == reflect.Pointer {
		field = field.Elem()
	}
	switch field {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[Null[time.Time]]():
		return "TIMESTAMPTZ"
	case reflect.TypeFor[[]byte]():
		return "BYTEA"
	}
	switch field.Kind() {
	case reflect.Bool:
		return "BOOLEAN"
	case reflect.Int, reflect.Int64:
		return "BIGINT"
	default:
		return "TEXT"
	}
}

// Only returns the columns of which keep returns true.
func (c Columns) Only(keep func(Column) bool) Columns {
	var kept Columns
	for _, column := range c {
		if keep(column) {
			kept = append(kept, column)
		}
	}
	return kept
}

// Made has the expressions of columns that are not plainly those of the table that
// a select reads, by the names of the columns.
type Made map[string]string

// From returns what a select from a table reads the column from.
func (c Column) From(table string, made Made) string {
	if expression, ok := made[c.Name]; ok {
		return expression
	}
	return table + "." + c.Name
}

// From returns what a select from a table has between SELECT and FROM.
func (c Columns) From(table string, made Made) string {
	return c.join(func(column Column) string { return column.From(table, made) + " AS " + column.Name })
}

func (c Columns) join(write func(Column) string) string {
	all := make([]string, len(c))
	for i, column := range c {
		all[i] = write(column)
	}
	return strings.Join(all, ", ")
}

// Place returns the column's place in a row, whose pointer is given.
func (c Column) Place(row any) Place {
	return Place{reflect.ValueOf(row).Elem().FieldByIndex(c.index).Addr().Interface()}
}

// Places returns the columns' places in a row, whose pointer is given, as DB.Scan
// takes them.
func (c Columns) Places(row any) []any {
	all, places := make([]any, len(c)), make([]Place, len(c))
	for i, column := range c {
		places[i] = column.Place(row)
		all[i] = &places[i]
	}
	return all
}

// Insert adds rows, at least one, by one statement, which names their table and has
// VALUES (?) for all that they hold. noun names what a CONFLICT is about.
func Insert[R any](ctx context.Context, db *DB, noun, query string, rows ...R) error {
	query, args := inserting(query, rows)
	_, err := db.Exec(ctx, noun, query, args...)
	return err
}

// InsertReturning adds rows as Insert does, and calls take with each row that the
// statement returns, whose columns are those of the row type B.
func InsertReturning[B, R any](ctx context.Context, db *DB, take func(B), query string, rows ...R) error {
	query, args := inserting(query, rows)
	return Each(ctx, db, take, query, args...)
}

// inserting returns the statement that adds rows, and all that they hold.
func inserting[R any](query string, rows []R) (text string, args []any) {
	columns := ColumnsOf[R]()
	args = make([]any, 0, len(rows)*len(columns))
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		for _, column := range columns {
			args = append(args, row.FieldByIndex(column.index).Interface())
		}
	}
	names := columns.join(func(column Column) string { return column.Name })
	values := `(` + columns.join(func(Column) string { return `?` }) + `)`
	return strings.Replace(query, `VALUES (?)`, `(`+names+`) VALUES `+values+strings.Repeat(`, `+values, len(rows)-1), 1), args
}

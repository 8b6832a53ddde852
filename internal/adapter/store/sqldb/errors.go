package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/lib/pq"
	"modernc.org/sqlite"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// What the drivers call a broken constraint.
const (
	pqForeignKey = "23503"
	pqUnique     = "23505"

	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	sqliteForeignKey = 787
)

// mapped returns an error of a driver with its fault code, once, here.
func (db *DB) mapped(ctx context.Context, noun string, err error) error {
	if err == nil {
		return nil
	}
	if noun == "" {
		noun = "entry"
	}
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil { // database/sql rolled back for the caller who left
		return ctx.Err()
	}
	if errors.Is(err, sql.ErrNoRows) {
		return NotFound(noun)
	}
	var ofPostgres *pq.Error
	if errors.As(err, &ofPostgres) {
		switch ofPostgres.Code {
		case pqUnique, pqForeignKey:
			return fault.Wrap(err, fault.Conflict, "This %s is there already, or changed meanwhile.", noun)
		}
	}
	trouble := TroubleOf(err)
	if trouble == Full {
		db.fullAt.Store(time.Now().UnixNano())
	}
	if trouble != "" || errors.Is(err, errUnknown) {
		return troubled(ctx, trouble, err)
	}
	var ofSQLite *sqlite.Error
	if errors.As(err, &ofSQLite) {
		switch ofSQLite.Code() {
		case sqlitePrimaryKey, sqliteUnique, sqliteForeignKey:
			return fault.Wrap(err, fault.Conflict, "This %s is there already, or changed meanwhile.", noun)
		}
	}
	return err
}

// NotFound is the error of a statement that finds nothing.
func NotFound(noun string) error {
	return fault.Errorf(fault.NotFound, "There is no such %s.", noun)
}

// ignoreBusy returns nil for SQLite's word that others hold the file.
func ignoreBusy(err error) error {
	var ofSQLite *sqlite.Error
	if errors.As(err, &ofSQLite) && ofSQLite.Code()&0xff == sqliteBusy {
		return nil
	}
	return err
}

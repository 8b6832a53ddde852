package sqldb

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"time"

	"github.com/lib/pq"
	"modernc.org/sqlite"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Trouble is what ails a database.
type Trouble string

// The troubles.
const (
	// Refused is one that can't be reached, takes no connection, or was cut off.
	Refused Trouble = "refused"
	// TakesNoWrites is one that can be read only, such as a standby.
	TakesNoWrites Trouble = "read-only"
	// Full is one that has no room.
	Full Trouble = "full"
	// Locked is one that somebody else holds.
	Locked Trouble = "locked"
	// Silent is one that does not answer.
	Silent Trouble = "silent"
)

// retryIn is when to try again what a troubled database refused.
const retryIn = 5 * time.Second

// errUnknown is of a change that may have been made.
var errUnknown = errors.New("nobody knows whether this was written")

// What PostgreSQL calls trouble.
const (
	pqReadOnly        = "25006"
	pqDeadlock        = "40P01"
	pqDiskFull        = "53100"
	pqLockTaken       = "55P03"
	pqCanceled        = "57014"
	pqClassConnection = "08"
	pqClassResources  = "53"
	pqClassOperator   = "57"
	pqClassSystem     = "58"
)

// What SQLite calls trouble, by primary codes.
const (
	sqliteBusy      = 5
	sqliteLocked    = 6
	sqliteReadOnly  = 8
	sqliteInterrupt = 9
	sqliteIO        = 10
	sqliteFull      = 13
	sqliteCantOpen  = 14
	sqliteProtocol  = 15
)

// TroubleOf returns what ails the database by the error of a statement; "" if nothing
// does.
func TroubleOf(err error) Trouble {
	var ofPostgres *pq.Error
	var ofSQLite *sqlite.Error
	var connecting *connectError
	var network net.Error
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errHeld):
		return Locked
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Silent
	case errors.As(err, &connecting) && connecting.noWriter:
		return TakesNoWrites
	case errors.Is(err, errFull):
		return Full
	case errors.As(err, &ofSQLite):
		return troubleOfSQLite(ofSQLite.Code() & 0xff)
	case errors.As(err, &ofPostgres) && troubleOfPostgres(string(ofPostgres.Code)) != "":
		return troubleOfPostgres(string(ofPostgres.Code))
	case errors.As(err, &network) && network.Timeout():
		return Silent
	case connecting != nil, network != nil, errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return Refused
	default:
		return ""
	}
}

func troubleOfPostgres(code string) Trouble {
	switch code {
	case pqCanceled:
		return Silent
	case pqReadOnly:
		return TakesNoWrites
	case pqDiskFull:
		return Full
	case pqLockTaken, pqDeadlock:
		return Locked
	}
	switch code[:min(2, len(code))] {
	case pqClassConnection, pqClassResources, pqClassOperator, pqClassSystem:
		return Refused
	}
	return ""
}

func troubleOfSQLite(code int) Trouble {
	switch code {
	case sqliteBusy, sqliteLocked, sqliteProtocol:
		return Locked
	case sqliteReadOnly:
		return TakesNoWrites
	case sqliteFull:
		return Full
	case sqliteIO, sqliteCantOpen:
		return Refused
	case sqliteInterrupt:
		return Silent
	}
	return ""
}

// troubled returns the error of a database in trouble with its fault code: TIMEOUT
// where nothing is known of what was asked, UNAVAILABLE where it was not done.
func troubled(ctx context.Context, t Trouble, err error) error {
	switch {
	case errors.Is(err, errUnknown):
		return fault.Wrap(err, fault.Timeout, "Nobody knows whether this was done. Look before you try again.")
	case ctx.Err() != nil:
		return ctx.Err()
	case t == Silent:
		return fault.Wrap(err, fault.Timeout, "This took too long.")
	}
	return &fault.Error{Code: fault.Unavailable, RetryAfter: retryIn, Cause: err, Message: map[Trouble]string{
		Refused:       "Our database can't be reached. Try again in a few seconds.",
		TakesNoWrites: "Our database can only be read at the moment. Try again in a few seconds.",
		Full:          "Our database has no room left. Try again later.",
		Locked:        "Our database is busy with something else. Try again in a few seconds.",
	}[t]}
}

// uncertain returns the error of a statement that changes something, or of a commit:
// errUnknown joins one that had no answer. Whatever the database said itself is
// certain, as is what was never sent.
func uncertain(err error) error {
	var ofPostgres *pq.Error
	var connecting *connectError
	trouble := TroubleOf(err)
	if trouble != Silent && trouble != Refused || errors.As(err, &ofPostgres) || errors.As(err, &connecting) || errors.Is(err, driver.ErrBadConn) {
		return err
	}
	return errors.Join(errUnknown, err)
}

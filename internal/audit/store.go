package audit

import (
	"context"
	"time"
)

// Store keeps entries. There is no way to change or delete one.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// WithinTx reports whether a context is that of a transaction.
	WithinTx(ctx context.Context) bool
	// AuditHead returns the last entry's number and MAC; zero if there is none.
	AuditHead(ctx context.Context, institutionID string) (Head, error)
	// AppendEntries adds an institution's next entries behind a head, all or none;
	// ok is false if it is not the last entry, or not any more. It waits for a
	// transaction that is about to take a number. In a transaction add one at a time.
	AppendEntries(ctx context.Context, after Head, entries []Entry) (ok bool, err error)
	// ListEntries returns entries by their number: the newest first below a number,
	// or, for a check, the oldest first above one.
	ListEntries(ctx context.Context, q Query) ([]Entry, error)
	// CountFailure counts one failed sign-in more of its address, name and minute.
	// Where the institution has most of them in the minute already it is counted
	// without address and name.
	CountFailure(ctx context.Context, f Failures, most int) error
	// TakeFailures removes and returns some counts of minutes before a time, the oldest
	// first.
	TakeFailures(ctx context.Context, before time.Time, limit int) ([]Failures, error)
	// AfterCommit calls f once the transaction of the context was committed, and at once
	// where there is none.
	AfterCommit(ctx context.Context, f func())
	// ListInstitutionIDs returns all institutions.
	ListInstitutionIDs(ctx context.Context) ([]string, error)
	// ListRecordIDs returns the institutions that have entries; none where the schema is
	// older than the record.
	ListRecordIDs(ctx context.Context) ([]string, error)
}

// Failures are the failed sign-ins of one minute, from one address with one name.
type Failures struct {
	InstitutionID string
	Minute        time.Time
	// Address and NameHash are empty for those beyond what a minute may have.
	Address, NameHash string
	Count             int
}

// Query selects entries of one institution.
type Query struct {
	InstitutionID string
	Filter
	// Below returns the newest entries below a number, newest first; Above the
	// oldest above one, oldest first. One of the two is set.
	Below, Above int64
	Limit        int
}

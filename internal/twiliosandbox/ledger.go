package twiliosandbox

import (
	"cmp"
	"slices"
	"time"
)

// record is a row of a ledger.
type record interface {
	comparable
	id() string
	bornAt() time.Time
	account() string
	gone() bool // deleted through the API: kept for the handset, hidden from lists
	view() any  // Twilio's JSON of it
}

// ledger keeps the newest records, oldest first. Its owner's lock guards it.
type ledger[R record] struct {
	rows  []R
	bySID map[string]R
	max   int
	evict func(R)
}

func newLedger[R record](max int, evict func(R)) *ledger[R] {
	return &ledger[R]{bySID: map[string]R{}, max: max, evict: evict}
}

// add puts r at its place in time and pushes the oldest out when full. A record
// whose SID exists is left alone, and add says so.
func (l *ledger[R]) add(r R) bool {
	if _, ok := l.bySID[r.id()]; ok {
		return false
	}
	at := len(l.rows)
	if at > 0 && r.bornAt().Before(l.rows[at-1].bornAt()) {
		at, _ = slices.BinarySearchFunc(l.rows, r.bornAt(), func(row R, t time.Time) int {
			return cmp.Or(row.bornAt().Compare(t), -1) // after its equals
		})
	}
	l.rows = slices.Insert(l.rows, at, r)
	l.bySID[r.id()] = r
	if len(l.rows) > l.max {
		oldest := l.rows[0]
		var none R
		l.rows[0] = none
		l.rows = l.rows[1:]
		delete(l.bySID, oldest.id())
		l.evict(oldest)
	}
	return true
}

// find returns the account's record with that SID.
func (l *ledger[R]) find(account, sid string) (R, bool) {
	r, ok := l.bySID[sid]
	if !ok || r.account() != account || r.gone() {
		var none R
		return none, false
	}
	return r, true
}

// newest returns the account's records that match, newest first.
func (l *ledger[R]) newest(account string, match func(R) bool) []R {
	var found []R
	for _, r := range slices.Backward(l.rows) {
		if r.account() == account && !r.gone() && match(r) {
			found = append(found, r)
		}
	}
	return found
}

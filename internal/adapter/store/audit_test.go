package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
)

// entry returns an entry of the bank's record.
func (b bank) entry(sequence int64, change ...func(e *audit.Entry)) audit.Entry {
	e := audit.Entry{
		InstitutionID: b.ID, Sequence: sequence, At: now.Add(time.Duration(sequence) * time.Minute), ActorID: "usr_agent",
		ActorKind: auth.Staff, Action: audit.UpdatedNumberType, TargetID: "dev_1", Outcome: audit.Done,
		Details: map[string]string{"reason": "“why” \\ 2026-03-04 05:06:07", "": ""}, Address: "192.0.2.1", MAC: []byte{0, 255, byte(sequence)},
	}
	for _, f := range change {
		f(&e)
	}
	return e
}

func headOf(e audit.Entry) audit.Head { return audit.Head{Sequence: e.Sequence, MAC: e.MAC} }

func (b bank) record(t *testing.T, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		head, err := b.db.AuditHead(t.Context(), e.InstitutionID)
		check(t, err)
		ok, err := b.db.AppendEntries(t.Context(), head, []audit.Entry{e})
		check(t, err)
		same(t, ok, true)
	}
}

func testAudit(t *testing.T, db *DB) {
	ctx := t.Context()
	list := func(t *testing.T, q audit.Query) (numbers []int64) {
		t.Helper()
		if q.Limit == 0 {
			q.Limit = 100
		}
		entries, err := db.ListEntries(ctx, q)
		check(t, err)
		for _, e := range entries {
			numbers = append(numbers, e.Sequence)
		}
		return numbers
	}

	t.Run("entries come back with every field", func(t *testing.T) {
		b := newBank(t, db)
		bare := b.entry(2, func(e *audit.Entry) {
			*e = audit.Entry{InstitutionID: b.ID, Sequence: 2, At: now, Action: audit.SignInFailed, Outcome: "WRONG_CREDENTIALS", MAC: []byte{1}}
		})
		b.record(t, b.entry(1), bare)

		got, err := db.ListEntries(ctx, audit.Query{InstitutionID: b.ID, Above: 0, Limit: 9})

		check(t, err)
		same(t, got, []audit.Entry{b.entry(1), bare})
	})

	t.Run("the head is the last entry of the institution, none at first", func(t *testing.T) {
		b, other := newBank(t, db), newBank(t, db)
		head, err := db.AuditHead(ctx, b.ID)
		check(t, err)
		same(t, head, audit.Head{})
		b.record(t, b.entry(1), b.entry(2))
		other.record(t, other.entry(1), other.entry(2), other.entry(3))

		head, err = db.AuditHead(ctx, b.ID)

		check(t, err)
		same(t, head, audit.Head{Sequence: 2, MAC: b.entry(2).MAC})
	})

	t.Run("several are added at once, in their order", func(t *testing.T) {
		b := newBank(t, db)
		b.record(t, b.entry(1))

		ok, err := db.AppendEntries(ctx, headOf(b.entry(1)), []audit.Entry{b.entry(2), b.entry(3), b.entry(4)})

		check(t, err)
		same(t, ok, true)
		got, err := db.ListEntries(ctx, audit.Query{InstitutionID: b.ID, Limit: 9})
		check(t, err)
		same(t, got, []audit.Entry{b.entry(1), b.entry(2), b.entry(3), b.entry(4)})
	})

	t.Run("nothing is added behind what is not the last entry", func(t *testing.T) {
		b := newBank(t, db)
		b.record(t, b.entry(1), b.entry(2))
		another := func(e *audit.Entry) { e.Action, e.MAC = audit.GeneratedCodes, []byte{9} }
		for name, test := range map[string]struct {
			after   audit.Head
			entries []audit.Entry
		}{
			"none":                        {audit.Head{}, []audit.Entry{b.entry(1, another)}},
			"none, before several":        {audit.Head{}, []audit.Entry{b.entry(1, another), b.entry(2, another), b.entry(3, another)}},
			"the last but one":            {headOf(b.entry(1)), []audit.Entry{b.entry(2, another)}},
			"the last but one, to exceed": {headOf(b.entry(1)), []audit.Entry{b.entry(2, another), b.entry(3, another)}},
			"the last, with another MAC":  {headOf(b.entry(2, another)), []audit.Entry{b.entry(3)}},
			"one that is not there":       {headOf(b.entry(3)), []audit.Entry{b.entry(4)}},
		} {
			ok, err := db.AppendEntries(ctx, test.after, test.entries)

			check(t, err)
			if ok {
				t.Errorf("added behind %s", name)
			}
		}
		got, err := db.ListEntries(ctx, audit.Query{InstitutionID: b.ID, Limit: 9})
		check(t, err)
		same(t, got, []audit.Entry{b.entry(1), b.entry(2)})
	})

	t.Run("who waits for a number that is then taken adds nothing", func(t *testing.T) {
		for name, rest := range map[string][]audit.Entry{"a single one": nil, "several": {{}, {}}} {
			b := newBank(t, db)
			entries := []audit.Entry{b.entry(1, func(e *audit.Entry) { e.TargetID = "dev_loser" })}
			for i := range rest {
				entries = append(entries, b.entry(int64(i+2)))
			}
			lost := make(chan bool, 1)
			err := db.InTx(ctx, func(ctx context.Context) error {
				ok, err := db.AppendEntries(ctx, audit.Head{}, []audit.Entry{b.entry(1)})
				same(t, ok, true)
				go func() {
					ok, err := db.AppendEntries(t.Context(), audit.Head{}, entries)
					lost <- !ok && err == nil
				}()
				return err
			})
			check(t, err)

			if !<-lost {
				t.Errorf("%s: added, or failed", name)
			}
			same(t, len(list(t, audit.Query{InstitutionID: b.ID})), 1)
		}
	})

	t.Run("an entry of a transaction that is rolled back is not there", func(t *testing.T) {
		b := newBank(t, db)
		errNo := errors.New("no")

		err := db.InTx(ctx, func(ctx context.Context) error {
			_, err := db.AppendEntries(ctx, audit.Head{}, []audit.Entry{b.entry(1)})
			check(t, err)
			return errNo
		})

		same(t, errors.Is(err, errNo), true)
		same(t, len(list(t, audit.Query{InstitutionID: b.ID})), 0)
	})

	b, other := newBank(t, db), newBank(t, db)
	for i := range int64(9) {
		b.record(t, b.entry(i+1, func(e *audit.Entry) {
			if i%2 == 0 {
				e.ActorID, e.Action, e.TargetID = "usr_other", audit.ReadHistory, "dev_2"
			}
		}))
	}
	other.record(t, other.entry(1))
	for name, test := range map[string]struct {
		q    audit.Query
		want []int64
	}{
		"the newest first below a number":  {audit.Query{Below: 10, Limit: 3}, []int64{9, 8, 7}},
		"further pages":                    {audit.Query{Below: 7, Limit: 3}, []int64{6, 5, 4}},
		"the last page":                    {audit.Query{Below: 2, Limit: 3}, []int64{1}},
		"the oldest first above a number":  {audit.Query{Above: 3, Limit: 2}, []int64{4, 5}},
		"those of an actor":                {audit.Query{Below: 10, Filter: audit.Filter{ActorID: "usr_agent"}}, []int64{8, 6, 4, 2}},
		"those on a target":                {audit.Query{Below: 10, Filter: audit.Filter{TargetID: "dev_2"}}, []int64{9, 7, 5, 3, 1}},
		"those of an action":               {audit.Query{Below: 6, Filter: audit.Filter{Action: audit.ReadHistory}}, []int64{5, 3, 1}},
		"those of a time, without its end": {audit.Query{Below: 10, Filter: audit.Filter{From: now.Add(3 * time.Minute), To: now.Add(6 * time.Minute)}}, []int64{5, 4, 3}},
		"none of nobody":                   {audit.Query{Below: 10, Filter: audit.Filter{ActorID: "usr_none"}}, nil},
	} {
		t.Run("lists give "+name, func(t *testing.T) {
			test.q.InstitutionID = b.ID

			same(t, list(t, test.q), test.want)
		})
	}

	t.Run("failures are counted by institution, minute, address and name, and taken once", func(t *testing.T) {
		counted := func(institutionID, address, name string, minute time.Time, n int) audit.Failures {
			return audit.Failures{InstitutionID: institutionID, Minute: minute, Address: address, NameHash: name, Count: n}
		}
		failed := func(institutionID, address, name string, minute time.Time) audit.Failures {
			return counted(institutionID, address, name, minute, 0)
		}
		for _, f := range []audit.Failures{
			failed(b.ID, "192.0.2.1", "a", now), failed(b.ID, "192.0.2.1", "a", now), failed(b.ID, "192.0.2.2", "a", now),
			failed(b.ID, "192.0.2.3", "a", now), failed(b.ID, "192.0.2.1", "b", now), // too many for a minute
			failed(b.ID, "192.0.2.1", "a", now.Add(time.Minute)), failed(other.ID, "192.0.2.1", "a", now),
		} {
			check(t, db.CountFailure(ctx, f, 2))
		}

		taken := map[audit.Failures]bool{}
		for range 4 {
			some, err := db.TakeFailures(ctx, now.Add(time.Minute), 1)
			check(t, err)
			same(t, len(some), 1)
			some[0].Minute = some[0].Minute.UTC()
			taken[some[0]] = true
		}
		again, err := db.TakeFailures(ctx, now.Add(time.Minute), 100)
		check(t, err)
		rest, err := db.TakeFailures(ctx, now.Add(time.Hour), 100)
		check(t, err)

		same(t, taken, map[audit.Failures]bool{
			counted(b.ID, "192.0.2.1", "a", now, 2): true, counted(b.ID, "192.0.2.2", "a", now, 1): true, counted(b.ID, "", "", now, 2): true,
			counted(other.ID, "192.0.2.1", "a", now, 1): true,
		})
		same(t, len(again), 0)
		same(t, rest, []audit.Failures{counted(b.ID, "192.0.2.1", "a", now.Add(time.Minute), 1)})
	})

	t.Run("the institutions are all there", func(t *testing.T) {
		ids, err := db.ListInstitutionIDs(ctx)

		check(t, err)
		same(t, slices.Contains(ids, b.ID) && slices.Contains(ids, other.ID) && slices.IsSorted(ids), true)
	})
}

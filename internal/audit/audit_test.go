package audit_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// desk is a record in a world, and what the service logs.
type desk struct {
	*audit.Service
	*world.World
	log bytes.Buffer
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, d *desk)) {
	world.OnBoth(t, func(t *testing.T, w *world.World) { test(t, deskIn(w)) })
}

func deskIn(w *world.World) *desk {
	d := &desk{World: w}
	d.Service = &audit.Service{Store: w.DB, Keys: secret.Development().Audit(), Clock: w.Time, Log: slog.New(slog.NewTextHandler(&d.log, nil))}
	return d
}

func (d *desk) actor(institutionID string) auth.Actor {
	return auth.Actor{UserID: id.New(id.User), InstitutionID: institutionID, Kind: auth.Staff, Permissions: auth.Permissions()}
}

// write records n entries of an institution, a minute apart.
func (d *desk) write(t *testing.T, institutionID string, n int) {
	t.Helper()
	for i := range n {
		d.Time.Advance(time.Minute)
		check(t, d.RecordFor(t.Context(), d.actor(institutionID), audit.Event{
			Action: audit.GeneratedCodes, TargetID: id.New(id.User), Details: map[string]string{"reason": fmt.Sprintf("reason %d", i)},
		}))
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestService_Record(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		actor := d.actor(d.Bank.ID)
		ctx := auth.WithClient(auth.WithActor(t.Context(), actor), auth.Client{Address: "192.0.2.7"})
		target := id.New(id.Device)

		check(t, d.Record(ctx, audit.Event{
			Action: audit.UpdatedNumberType, TargetID: target, Details: map[string]string{"reason": "texts fail"},
		}))
		check(t, d.Record(ctx, audit.Event{Action: audit.Refused, Outcome: fault.Forbidden}))

		page, err := d.List(ctx, audit.Filter{}, nil, "")
		check(t, err)
		want := []audit.Entry{
			{
				InstitutionID: d.Bank.ID, Sequence: 2, At: world.Began, ActorID: actor.UserID, ActorKind: auth.Staff,
				Action: audit.Refused, Outcome: "FORBIDDEN", Address: "192.0.2.7",
			},
			{
				InstitutionID: d.Bank.ID, Sequence: 1, At: world.Began, ActorID: actor.UserID, ActorKind: auth.Staff,
				Action: audit.UpdatedNumberType, TargetID: target, Outcome: audit.Done,
				Details: map[string]string{"reason": "texts fail"}, Address: "192.0.2.7",
			},
		}
		for i := range page.Entries {
			page.Entries[i].MAC = nil
		}
		if diff := cmp.Diff(want, page.Entries); diff != "" {
			t.Error(diff)
		}
	})
}

func TestService_Record_NobodySignedIn(t *testing.T) {
	d := deskIn(world.New(t))

	err := d.Record(t.Context(), audit.Event{Action: audit.SignedOut})

	if fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("got %v", err)
	}
}

func TestService_Record_LeavesNoGapUnderParallelActs(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		const writers, failing = 64, 16
		var all sync.WaitGroup
		for i := range writers {
			all.Go(func() {
				// Some acts fail after their entry was written: their numbers must
				// not be missing afterwards.
				err := d.DB.InTx(t.Context(), func(ctx context.Context) error {
					if err := d.RecordFor(ctx, d.actor(d.Bank.ID), audit.Event{Action: audit.PreparedCodes}); err != nil {
						return err
					}
					if i < failing {
						return errors.New("the act failed")
					}
					return nil
				})
				if i >= failing && err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()

		head, err := d.Verify(t.Context(), d.Bank.ID, nil)

		check(t, err)
		if head.Sequence != writers-failing {
			t.Errorf("got %d entries, want %d", head.Sequence, writers-failing)
		}
	})
}

// from is a context of a request from an address.
func from(t *testing.T, address string) context.Context {
	return auth.WithClient(t.Context(), auth.Client{Address: address})
}

func TestService_CountFailure(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		here, there := from(t, "192.0.2.1"), from(t, "2001:db8::2")
		for range 3 {
			check(t, d.CountFailure(here, d.Bank.ID, "ann@bank.example"))
		}
		check(t, d.CountFailure(here, d.Bank.ID, "bo@bank.example"))
		check(t, d.CountFailure(there, d.Bank.ID, "ann@bank.example"))
		check(t, d.CountFailure(here, d.Other.ID, "ann@bank.example"))
		check(t, d.SumFailures(t.Context())) // the minute is not over
		d.Time.Advance(time.Minute)
		check(t, d.CountFailure(here, d.Bank.ID, "ann@bank.example"))

		check(t, d.SumFailures(t.Context()))
		check(t, d.SumFailures(t.Context())) // nothing twice

		page, err := d.List(auth.WithActor(t.Context(), d.actor(d.Bank.ID)), audit.Filter{}, nil, "")
		check(t, err)
		got := map[string]string{}
		for _, e := range page.Entries {
			if e.Action != audit.SignInFailed || e.Outcome != "WRONG_CREDENTIALS" || e.ActorID != "" || e.Details["minute"] != "2026-03-04T05:06:00Z" {
				t.Errorf("got %+v", e)
			}
			got[e.Address+" "+e.Details["name"]] = e.Details["count"]
		}
		ann, err := d.NameHash(d.Bank.ID, "ann@bank.example")
		check(t, err)
		bo, err := d.NameHash(d.Bank.ID, "bo@bank.example")
		check(t, err)
		if want := map[string]string{"192.0.2.1 " + ann: "3", "192.0.2.1 " + bo: "1", "2001:db8::2 " + ann: "1"}; !cmp.Equal(got, want) {
			t.Error(cmp.Diff(want, got))
		}
		elsewhere, err := d.NameHash(d.Other.ID, "ann@bank.example")
		check(t, err)
		if ann == elsewhere || ann == bo || len(ann) != 32 {
			t.Errorf("hashes %s, %s, %s", ann, elsewhere, bo)
		}
		_, err = d.VerifyAll(t.Context(), nil)
		check(t, err)
	})
}

// A minute takes a thousand names and addresses; the rest of it is one number.
func TestService_CountFailure_Many(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		for i := range 1003 {
			check(t, d.CountFailure(from(t, "192.0.2.1"), d.Bank.ID, fmt.Sprintf("nobody%d", i)))
		}
		check(t, d.CountFailure(from(t, "192.0.2.1"), d.Other.ID, "ann"))
		d.Time.Advance(time.Minute)

		check(t, d.SumFailures(t.Context()))

		head, err := d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		entries, err := d.DB.ListEntries(t.Context(), audit.Query{InstitutionID: d.Bank.ID, Limit: 2000})
		check(t, err)
		named, counted := 0, ""
		for _, e := range entries {
			if e.Details["name"] != "" {
				named++
			} else {
				counted += e.Address + e.Details["count"]
			}
		}
		if head.Sequence != 1001 || named != 1000 || counted != "3" {
			t.Errorf("%d entries, %d of them with a name, and %q without", head.Sequence, named, counted)
		}
	})
}

// The head is in the log with each act of very high risk that was done, and of no
// other.
func TestService_Record_LogsTheHead(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		act := func(e audit.Event, came error) {
			t.Helper()
			err := d.DB.InTx(t.Context(), func(ctx context.Context) error {
				return errors.Join(d.RecordFor(ctx, d.actor(d.Bank.ID), e), came)
			})
			if !errors.Is(err, came) {
				t.Fatal(err)
			}
		}
		act(audit.Event{Action: audit.RenamedDevice}, nil)
		act(audit.Event{Action: audit.GeneratedCodes, Outcome: fault.Forbidden}, nil)
		act(audit.Event{Action: audit.GeneratedCodes}, errCameToNothing)
		if d.log.Len() > 0 {
			t.Errorf("logged: %s", &d.log)
		}

		act(audit.Event{Action: audit.GeneratedCodes}, nil)

		head, err := d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		if line := "institution=" + d.Bank.ID + " head=" + head.String(); head.Sequence != 3 || bytes.Count(d.log.Bytes(), []byte(line)) != 1 {
			t.Errorf("logged: %s, want %s", &d.log, line)
		}
	})
}

func TestService_LogHeads(t *testing.T) {
	d := deskIn(world.New(t))
	d.write(t, d.Bank.ID, 2)
	head, err := d.Verify(t.Context(), d.Bank.ID, nil)
	check(t, err)

	check(t, d.LogHeads(t.Context()))

	if line := "institution=" + d.Bank.ID + " head=" + head.String(); !bytes.Contains(d.log.Bytes(), []byte(line)) {
		t.Errorf("the log lacks %q: %s", line, d.log.String())
	}
	parsed, err := audit.ParseHead(head.String())
	check(t, err)
	if !cmp.Equal(parsed, head) {
		t.Errorf("got %v, want %v", parsed, head)
	}
}

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

func TestService_CountFailure(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		for range 3 {
			check(t, d.CountFailure(t.Context(), d.Bank.ID))
		}
		check(t, d.CountFailure(t.Context(), d.Other.ID))
		check(t, d.SumFailures(t.Context())) // the minute is not over
		d.Time.Advance(time.Minute)
		check(t, d.CountFailure(t.Context(), d.Bank.ID))

		check(t, d.SumFailures(t.Context()))
		check(t, d.SumFailures(t.Context())) // nothing twice

		page, err := d.List(auth.WithActor(t.Context(), d.actor(d.Bank.ID)), audit.Filter{}, nil, "")
		check(t, err)
		if len(page.Entries) != 1 {
			t.Fatalf("got %d entries, want 1", len(page.Entries))
		}
		e := page.Entries[0]
		want := map[string]string{"count": "3", "minute": "2026-03-04T05:06:00Z"}
		if e.Action != audit.SignInFailed || e.ActorID != "" || !cmp.Equal(e.Details, want) {
			t.Errorf("got %+v", e)
		}
		_, err = d.VerifyAll(t.Context(), nil)
		check(t, err)
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

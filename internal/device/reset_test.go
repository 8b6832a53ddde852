package device_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// fresh gives the context in which staff act who have just proved a factor.
func fresh(t *testing.T, u user.User, p ...auth.Permission) context.Context {
	return proved(t, u, began, p...)
}

func proved(t *testing.T, u user.User, at time.Time, p ...auth.Permission) context.Context {
	actor, _ := auth.FromContext(as(t, u, p...))
	actor.FactorAt = at
	return auth.WithActor(t.Context(), actor)
}

// fail enters wrong codes, with time enough in between, the last one now.
func (d *desk) fail(t *testing.T, deviceID string, lane throttle.Lane, times int) {
	t.Helper()
	past := clock.NewFake(began.Add(-time.Duration(times) * 2 * throttle.LongPause))
	attempts := throttle.Attempts{Store: d.db, Clock: past}
	for range times {
		past.Advance(2 * throttle.LongPause)
		if _, err := attempts.Begin(t.Context(), deviceID, lane); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMayReset(t *testing.T) {
	all := auth.Permissions()
	for _, test := range []struct {
		name   string
		actor  auth.Actor
		target user.User
		want   fault.Code
	}{
		{"staff who hold the permission, on a customer", auth.Actor{UserID: "a", Kind: auth.Staff, Permissions: all}, user.User{ID: "b", Kind: auth.Customer}, ""},
		{"staff without it", auth.Actor{UserID: "a", Kind: auth.Staff}, user.User{ID: "b", Kind: auth.Customer}, fault.Forbidden},
		{"a customer", auth.Actor{UserID: "a", Kind: auth.Customer, Permissions: all}, user.User{ID: "b", Kind: auth.Customer}, fault.Forbidden},
		{"staff, on other staff", auth.Actor{UserID: "a", Kind: auth.Staff, Permissions: all}, user.User{ID: "b", Kind: auth.Staff}, fault.Forbidden},
		{"Admin-level staff, on other staff", auth.Actor{UserID: "a", Kind: auth.Staff, AdminLevel: true, Permissions: all}, user.User{ID: "b", Kind: auth.Staff, AdminLevel: true}, ""},
		{"Admin-level staff without the permission", auth.Actor{UserID: "a", Kind: auth.Staff, AdminLevel: true}, user.User{ID: "b", Kind: auth.Staff}, fault.Forbidden},
		{"Admin-level staff, on themselves", auth.Actor{UserID: "a", Kind: auth.Staff, AdminLevel: true, Permissions: all}, user.User{ID: "a", Kind: auth.Staff}, fault.Forbidden},
		{"staff, on who has left", auth.Actor{UserID: "a", Kind: auth.Staff, Permissions: all}, user.User{ID: "b", Kind: auth.Customer, Status: user.Closed}, fault.Conflict},
	} {
		t.Run(test.name, func(t *testing.T) { wantCode(t, device.MayReset(test.actor, test.target), test.want) })
	}
}

func TestService_Reset(t *testing.T) {
	t.Run("takes the device off, tells its owner by every other way and records it", func(t *testing.T) {
		d := newDesk(t)
		owner, agent := d.user(t, auth.Customer, false), d.user(t, auth.Staff, false)
		p := d.phone(t, owner)

		got, err := d.Reset(fresh(t, agent, auth.ResetTwoFactorDevice), p.ID, " Lost in the sea ")

		if err != nil || got.ID != owner.ID {
			t.Fatalf("%v, %v", got, err)
		}
		_, err = d.Find(as(t, owner), p.ID)
		wantCode(t, err, fault.NotFound)
		if diff := cmp.Diff([]tell{{notification.DeviceReset, p.ID}}, d.notices, cmp.AllowUnexported(tell{})); diff != "" {
			t.Error(diff)
		}
		want := []audit.Event{{Action: audit.ResetDevice, TargetID: p.ID, Details: map[string]string{"reason": "Lost in the sea", "user": owner.ID}}}
		if diff := cmp.Diff(want, d.audited); diff != "" {
			t.Error(diff)
		}
		_, err = d.Reset(fresh(t, agent, auth.ResetTwoFactorDevice), p.ID, "again")
		wantCode(t, err, fault.NotFound)
	})

	t.Run("changes nothing that it may not, cannot tell or cannot record", func(t *testing.T) {
		d := newDesk(t)
		owner, agent, other := d.user(t, auth.Customer, false), d.user(t, auth.Staff, false), d.user(t, auth.Staff, false)
		p, ofStaff := d.phone(t, owner), d.phone(t, other)
		reset := func(ctx context.Context, deviceID, why string, want fault.Code) {
			t.Helper()
			_, err := d.Reset(ctx, deviceID, why)
			wantCode(t, err, want)
		}
		holder := fresh(t, agent, auth.ResetTwoFactorDevice)
		reset(t.Context(), p.ID, "why", fault.Unauthenticated)
		reset(fresh(t, agent), p.ID, "why", fault.Forbidden)
		reset(fresh(t, owner), p.ID, "why", fault.Forbidden)
		reset(holder, ofStaff.ID, "why", fault.Forbidden)
		reset(fresh(t, d.stranger(), auth.Permissions()...), p.ID, "why", fault.NotFound)
		reset(holder, owner.ID, "why", fault.NotFound)
		reset(holder, p.ID, " ", fault.InvalidInput)
		reset(proved(t, agent, began.Add(-auth.StaffStepUp-time.Second), auth.ResetTwoFactorDevice), p.ID, "why", fault.StepUpRequired)
		reset(proved(t, agent, time.Time{}, auth.ResetTwoFactorDevice), p.ID, "why", fault.StepUpRequired)

		errNo := errors.New("no")
		for _, broken := range []*error{&d.silent, &d.unrecorded} {
			*broken = errNo
			if _, err := d.Reset(holder, p.ID, "why"); !errors.Is(err, errNo) {
				t.Errorf("got %v", err)
			}
			*broken = nil
		}
		if _, err := d.Find(as(t, owner), p.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestService_LiftPause(t *testing.T) {
	t.Run("ends the pauses and keeps the counts", func(t *testing.T) {
		d := newDesk(t)
		owner, agent := d.user(t, auth.Customer, false), d.user(t, auth.Staff, false)
		p := d.phone(t, owner)
		d.fail(t, p.ID, throttle.Stranger, throttle.PauseFrom)
		d.fail(t, p.ID, throttle.KnownBrowser, throttle.PauseFrom+1)
		ctx := fresh(t, agent, auth.ResetTwoFactorDevice, auth.ViewUsers)
		paused := func() *time.Time {
			t.Helper()
			found, err := d.Find(ctx, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return found.Common().PausedUntil
		}
		if until := paused(); until == nil || !until.Equal(began.Add(2*throttle.FirstPause)) {
			t.Errorf("paused until %v, which is not the longer of two", until)
		}

		_, err := d.LiftPause(ctx, owner.ID, "Typed the wrong app's codes")

		if err != nil || paused() != nil {
			t.Fatalf("%v, still paused until %v", err, paused())
		}
		if diff := cmp.Diff([]tell{{notification.PauseLifted, ""}}, d.notices, cmp.AllowUnexported(tell{})); diff != "" {
			t.Error(diff)
		}
		want := []audit.Event{{Action: audit.LiftedPause, TargetID: owner.ID, Details: map[string]string{"reason": "Typed the wrong app's codes", "pauses": "2"}}}
		if diff := cmp.Diff(want, d.audited); diff != "" {
			t.Error(diff)
		}
		attempts := throttle.Attempts{Store: d.db, Clock: d.Clock}
		if n, err := attempts.Begin(t.Context(), p.ID, throttle.Stranger); err != nil || n != throttle.PauseFrom+1 {
			t.Errorf("failure %d in a row, %v", n, err)
		}
		_, err = attempts.Begin(t.Context(), p.ID, throttle.Stranger)
		wantCode(t, err, fault.Throttled)
	})

	t.Run("is CONFLICT where nothing is paused, and leaves what is switched off so", func(t *testing.T) {
		d := newDesk(t)
		owner, neighbor, agent := d.user(t, auth.Customer, false), d.user(t, auth.Customer, false), d.user(t, auth.Staff, false)
		off, paused := d.phone(t, owner), d.phone(t, neighbor)
		d.fail(t, off.ID, throttle.KnownBrowser, throttle.DisableAt)
		d.fail(t, paused.ID, throttle.KnownBrowser, throttle.PauseFrom)
		ctx := fresh(t, agent, auth.ResetTwoFactorDevice)

		_, err := d.LiftPause(ctx, owner.ID, "why")

		wantCode(t, err, fault.Conflict)
		attempts := throttle.Attempts{Store: d.db, Clock: d.Clock}
		_, err = attempts.Begin(t.Context(), off.ID, throttle.KnownBrowser)
		wantCode(t, err, fault.Locked)
		_, err = attempts.Begin(t.Context(), paused.ID, throttle.KnownBrowser)
		wantCode(t, err, fault.Throttled)
	})

	t.Run("changes nothing that it may not", func(t *testing.T) {
		d := newDesk(t)
		owner, agent := d.user(t, auth.Customer, false), d.user(t, auth.Staff, false)
		p := d.phone(t, owner)
		d.fail(t, p.ID, throttle.Stranger, throttle.PauseFrom)
		for _, test := range []struct {
			ctx    context.Context
			userID string
			why    string
			want   fault.Code
		}{
			{t.Context(), owner.ID, "why", fault.Unauthenticated},
			{fresh(t, agent), owner.ID, "why", fault.Forbidden},
			{fresh(t, owner), owner.ID, "why", fault.Forbidden},
			{fresh(t, agent, auth.ResetTwoFactorDevice), agent.ID, "why", fault.Forbidden},
			{fresh(t, agent, auth.ResetTwoFactorDevice), owner.ID, "", fault.InvalidInput},
			{fresh(t, d.stranger(), auth.Permissions()...), owner.ID, "why", fault.NotFound},
		} {
			_, err := d.LiftPause(test.ctx, test.userID, test.why)
			wantCode(t, err, test.want)
		}
		attempts := throttle.Attempts{Store: d.db, Clock: d.Clock}
		_, err := attempts.Begin(t.Context(), p.ID, throttle.Stranger)
		wantCode(t, err, fault.Throttled)
	})
}

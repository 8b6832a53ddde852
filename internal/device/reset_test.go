package device_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// fail enters wrong codes, with time enough in between, the last one now.
func (d *desk) fail(t *testing.T, deviceID string, browser throttle.Browser, times int) {
	t.Helper()
	past := clock.NewFake(world.Began.Add(-time.Duration(times) * 2 * throttle.LongPause))
	attempts := throttle.Attempts{Store: d.DB, Clock: past}
	for range times {
		past.Advance(2 * throttle.LongPause)
		if _, err := attempts.Begin(t.Context(), deviceID, browser); err != nil {
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
		t.Run(test.name, func(t *testing.T) { world.WantCode(t, device.MayReset(test.actor, test.target), test.want) })
	}
}

func TestService_Reset(t *testing.T) {
	t.Run("takes the device off, tells its owner by every other way and records it", func(t *testing.T) {
		d := newDesk(t)
		owner, agent := d.User(t), d.User(t, world.Staff)
		p := d.phone(t, owner)

		got, err := d.Reset(d.As(t, agent, auth.ResetTwoFactorDevice), p.ID, " Lost in the sea ")

		if err != nil || got.ID != owner.ID {
			t.Fatalf("%v, %v", got, err)
		}
		_, err = d.Find(d.As(t, owner), p.ID)
		world.WantCode(t, err, fault.NotFound)
		if diff := cmp.Diff([]world.Told{{Notice: notification.DeviceReset, Except: p.ID}}, d.Told.All); diff != "" {
			t.Error(diff)
		}
		want := []audit.Event{{Action: audit.ResetDevice, TargetID: p.ID, Details: map[string]string{"reason": "Lost in the sea", "user": owner.ID, "sessions": "0"}}}
		if diff := cmp.Diff(want, d.Audited.Events); diff != "" {
			t.Error(diff)
		}
		_, err = d.Reset(d.As(t, agent, auth.ResetTwoFactorDevice), p.ID, "again")
		world.WantCode(t, err, fault.NotFound)
	})

	t.Run("ends the owner's sessions and nobody else's", func(t *testing.T) {
		world.OnBoth(t, func(t *testing.T, w *world.World) {
			d := deskIn(w)
			owner, neighbor := d.User(t), d.User(t)
			sessions := auth.NewSessions(d.DB, d.Time)
			var tokens []string
			for _, u := range []user.User{owner, owner, neighbor} {
				token, err := sessions.Start(t.Context(), auth.Session{UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind})
				if err != nil {
					t.Fatal(err)
				}
				tokens = append(tokens, token)
			}

			if _, err := d.Reset(d.Agent(t, auth.ResetTwoFactorDevice), d.phone(t, owner).ID, "Stolen"); err != nil {
				t.Fatal(err)
			}

			for i, want := range []fault.Code{fault.Unauthenticated, fault.Unauthenticated, ""} {
				_, err := sessions.Resolve(t.Context(), tokens[i], auth.Customer)
				world.WantCode(t, err, want)
			}
			if got := d.Audited.Events[0].Details["sessions"]; got != "2" {
				t.Errorf("recorded %s sessions", got)
			}
		})
	})

	t.Run("changes nothing that it may not, cannot tell or cannot record", func(t *testing.T) {
		d := newDesk(t)
		owner, agent, other := d.User(t), d.User(t, world.Staff), d.User(t, world.Staff)
		p, ofStaff := d.phone(t, owner), d.phone(t, other)
		reset := func(ctx context.Context, deviceID, why string, want fault.Code) {
			t.Helper()
			_, err := d.Reset(ctx, deviceID, why)
			world.WantCode(t, err, want)
		}
		holder := d.As(t, agent, auth.ResetTwoFactorDevice)
		reset(t.Context(), p.ID, "why", fault.Unauthenticated)
		reset(d.As(t, agent), p.ID, "why", fault.Forbidden)
		reset(d.As(t, owner), p.ID, "why", fault.Forbidden)
		reset(holder, ofStaff.ID, "why", fault.Forbidden)
		reset(d.As(t, d.Stranger(), auth.Permissions()...), p.ID, "why", fault.NotFound)
		reset(holder, owner.ID, "why", fault.NotFound)
		reset(holder, p.ID, " ", fault.InvalidInput)
		reset(world.FactorAt(holder, world.Began.Add(-auth.StaffStepUp-time.Second)), p.ID, "why", fault.StepUpRequired)
		reset(world.FactorAt(holder, time.Time{}), p.ID, "why", fault.StepUpRequired)

		errNo := errors.New("no")
		for _, broken := range []*error{&d.Told.Err, &d.Audited.Err} {
			*broken = errNo
			if _, err := d.Reset(holder, p.ID, "why"); !errors.Is(err, errNo) {
				t.Errorf("got %v", err)
			}
			*broken = nil
		}
		if _, err := d.Find(d.As(t, owner), p.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestService_LiftPause(t *testing.T) {
	t.Run("ends the pauses and keeps the counts", func(t *testing.T) {
		d := newDesk(t)
		owner, agent := d.User(t), d.User(t, world.Staff)
		p := d.phone(t, owner)
		d.fail(t, p.ID, throttle.UnknownBrowser, throttle.PauseFrom)
		d.fail(t, p.ID, throttle.KnownBrowser, throttle.PauseFrom+1)
		ctx := d.As(t, agent, auth.ResetTwoFactorDevice, auth.ViewUsers)
		paused := func() *time.Time {
			t.Helper()
			found, err := d.Find(ctx, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return found.Common().PausedUntil
		}
		if until := paused(); until == nil || !until.Equal(world.Began.Add(2*throttle.FirstPause)) {
			t.Errorf("paused until %v, which is not the longer of two", until)
		}

		_, err := d.LiftPause(ctx, owner.ID, "Typed the wrong app's codes")

		if err != nil || paused() != nil {
			t.Fatalf("%v, still paused until %v", err, paused())
		}
		if diff := cmp.Diff([]world.Told{{Notice: notification.PauseLifted, Except: ""}}, d.Told.All); diff != "" {
			t.Error(diff)
		}
		want := []audit.Event{{Action: audit.LiftedPause, TargetID: owner.ID, Details: map[string]string{"reason": "Typed the wrong app's codes", "pauses": "2"}}}
		if diff := cmp.Diff(want, d.Audited.Events); diff != "" {
			t.Error(diff)
		}
		attempts := throttle.Attempts{Store: d.DB, Clock: d.Clock}
		if n, err := attempts.Begin(t.Context(), p.ID, throttle.UnknownBrowser); err != nil || n != throttle.PauseFrom+1 {
			t.Errorf("failure %d in a row, %v", n, err)
		}
		_, err = attempts.Begin(t.Context(), p.ID, throttle.UnknownBrowser)
		world.WantCode(t, err, fault.Throttled)
	})

	t.Run("is CONFLICT where nothing is paused, and leaves what is switched off so", func(t *testing.T) {
		d := newDesk(t)
		owner, neighbor, agent := d.User(t), d.User(t), d.User(t, world.Staff)
		off, paused := d.phone(t, owner), d.phone(t, neighbor)
		d.fail(t, off.ID, throttle.KnownBrowser, throttle.DisableAt)
		d.fail(t, paused.ID, throttle.KnownBrowser, throttle.PauseFrom)
		ctx := d.As(t, agent, auth.ResetTwoFactorDevice)

		_, err := d.LiftPause(ctx, owner.ID, "why")

		world.WantCode(t, err, fault.Conflict)
		attempts := throttle.Attempts{Store: d.DB, Clock: d.Clock}
		_, err = attempts.Begin(t.Context(), off.ID, throttle.KnownBrowser)
		world.WantCode(t, err, fault.Locked)
		_, err = attempts.Begin(t.Context(), paused.ID, throttle.KnownBrowser)
		world.WantCode(t, err, fault.Throttled)
	})

	t.Run("changes nothing that it may not", func(t *testing.T) {
		d := newDesk(t)
		owner, agent := d.User(t), d.User(t, world.Staff)
		p := d.phone(t, owner)
		d.fail(t, p.ID, throttle.UnknownBrowser, throttle.PauseFrom)
		for _, test := range []struct {
			ctx    context.Context
			userID string
			why    string
			want   fault.Code
		}{
			{t.Context(), owner.ID, "why", fault.Unauthenticated},
			{d.As(t, agent), owner.ID, "why", fault.Forbidden},
			{d.As(t, owner), owner.ID, "why", fault.Forbidden},
			{d.As(t, agent, auth.ResetTwoFactorDevice), agent.ID, "why", fault.Forbidden},
			{d.As(t, agent, auth.ResetTwoFactorDevice), owner.ID, "", fault.InvalidInput},
			{world.FactorAt(d.As(t, agent, auth.ResetTwoFactorDevice), world.Began.Add(-16*time.Minute)), owner.ID, "why", fault.StepUpRequired},
			{d.As(t, d.Stranger(), auth.Permissions()...), owner.ID, "why", fault.NotFound},
		} {
			_, err := d.LiftPause(test.ctx, test.userID, test.why)
			world.WantCode(t, err, test.want)
		}
		attempts := throttle.Attempts{Store: d.DB, Clock: d.Clock}
		_, err := attempts.Begin(t.Context(), p.ID, throttle.UnknownBrowser)
		world.WantCode(t, err, fault.Throttled)
	})
}

package device_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// suspend suspends every device of a user.
func (d *desk) suspend(t *testing.T, u user.User) {
	t.Helper()
	if _, err := d.DB.SuspendDevices(t.Context(), u.InstitutionID, u.ID, time.Time{}, notification.AuthenticatorAdded, d.Time.Now()); err != nil {
		t.Fatal(err)
	}
}

func TestService_Restore(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		owner, colleague := d.User(t, world.Frozen), d.User(t, world.Staff)
		p, app, ofStaff := d.phone(t, owner), d.app(t, owner, true), d.phone(t, colleague)
		d.suspend(t, owner)
		d.suspend(t, colleague)
		may := d.Agent(t, auth.ResetTwoFactorDevice, auth.ViewUsers)

		found, err := d.Find(may, p.ID)
		if err != nil || found.Common().SuspendedAt == nil || !strings.Contains(*found.Common().SuspensionReason(), "An authenticator app was set up") {
			t.Fatalf("%+v, %v", found, err)
		}
		if device.Usable(d.Bank, found) || found.Common().IsDefault {
			t.Error("a suspended device is usable, or the default")
		}
		world.WantCode(t, func() error { _, err := d.SetDefault(d.As(t, owner), p.ID); return err }(), fault.Conflict)

		for _, refused := range []struct {
			ctx           context.Context
			deviceID, why string
			want          fault.Code
		}{
			{t.Context(), p.ID, "why", fault.Unauthenticated},
			{d.Agent(t), p.ID, "why", fault.Forbidden},
			{d.As(t, owner, auth.Permissions()...), p.ID, "why", fault.Forbidden},
			{d.As(t, colleague, auth.ResetTwoFactorDevice), ofStaff.ID, "why", fault.Forbidden},
			{may, ofStaff.ID, "why", fault.Forbidden},
			{d.As(t, d.Stranger(), auth.Permissions()...), p.ID, "why", fault.NotFound},
			{may, id.New(id.Device), "why", fault.NotFound},
			{may, owner.ID, "why", fault.NotFound},
			{world.FactorAt(may, world.Began.Add(-auth.StaffStepUp-time.Second)), p.ID, "why", fault.StepUpRequired},
			{may, p.ID, " ", fault.InvalidInput},
			{may, d.Phone(t, d.User(t), "+12025550102").ID, "why", fault.Conflict},
		} {
			_, _, err := d.Restore(refused.ctx, refused.deviceID, refused.why)
			world.WantCode(t, err, refused.want)
		}
		errNo := errors.New("no")
		for _, broken := range []*error{&d.Told.Err, &d.Audited.Err} {
			*broken = errNo
			if _, _, err := d.Restore(may, p.ID, "why"); !errors.Is(err, errNo) || stored(t, d, p.ID).SuspendedAt == nil {
				t.Errorf("%v, or it is restored", err)
			}
			*broken = nil
		}
		d.Told.All, d.Audited.Events = nil, nil

		got, of, err := d.Restore(may, p.ID, " It is hers ")

		if err != nil || of.ID != owner.ID || got.Common().SuspendedAt != nil || got.Common().SuspensionReason() != nil || !got.Common().IsDefault || !device.Usable(d.Bank, got) {
			t.Errorf("%+v, %v", got, err)
		}
		if other, err := d.Find(may, app.ID); err != nil || other.Common().SuspendedAt == nil {
			t.Errorf("the other is %+v, %v", other, err)
		}
		want := []audit.Event{{Action: audit.RestoredDevice, TargetID: p.ID, Details: map[string]string{"reason": "It is hers", "user": owner.ID}}}
		if diff := cmp.Diff(want, d.Audited.Events) + cmp.Diff([]world.Told{{Notice: notification.DeviceRestored, Except: p.ID}}, d.Told.All); diff != "" {
			t.Error(diff)
		}
		_, _, err = d.Restore(may, p.ID, "again")
		world.WantCode(t, err, fault.Conflict)
	})
}

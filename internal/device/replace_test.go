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
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

var newPhone = device.NewPhone{PhoneNumber: "+12025550155", Label: "Phone"}

func TestService_Replace(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		owner, neighbor := d.User(t, world.Staff), d.User(t, world.Staff)
		had, waits := d.phone(t, owner), d.Phone(t, owner, "+12025550156", func(p *device.Phone) { p.ConfirmedAt = nil })
		kept := d.phone(t, neighbor)
		sessions := auth.NewSessions(d.DB, d.Time)
		token, err := sessions.Start(t.Context(), auth.Session{UserID: owner.ID, InstitutionID: owner.InstitutionID, Kind: owner.Kind})
		if err != nil {
			t.Fatal(err)
		}
		ctx := d.As(t, d.User(t, world.Admin), auth.ResetTwoFactorDevice, auth.ViewUsers)

		did, err := d.Replace(ctx, owner.ID, newPhone, " Bag stolen ")

		if err != nil || did.Devices != 2 || did.Sessions != 1 || did.Codes != 0 {
			t.Fatalf("%+v, %v", did, err)
		}
		left, err := d.List(ctx, []string{owner.ID, neighbor.ID})
		if err != nil || len(left[owner.ID]) != 1 || len(left[neighbor.ID]) != 1 || left[neighbor.ID][0].Common().ID != kept.ID {
			t.Fatalf("left are %+v, %v", left, err)
		}
		phone, ok := left[owner.ID][0].(*device.Phone)
		if !ok || phone.PhoneNumber != "+12025550155" || phone.ConfirmedAt == nil || !phone.IsDefault || phone.ID != did.Phone.ID {
			t.Errorf("in their place is %+v", left[owner.ID][0])
		}
		_, err = sessions.Resolve(t.Context(), token, auth.Staff)
		world.WantCode(t, err, fault.Unauthenticated)
		if diff := cmp.Diff([]world.Told{{Notice: notification.DeviceReset}, {Notice: notification.DeviceAdded, Except: phone.ID}}, d.Told.All); diff != "" {
			t.Error(diff)
		}
		details := map[string]string{"reason": "Bag stolen", "user": owner.ID, "sessions": "1", "codes": "0"}
		want := []audit.Event{
			{Action: audit.ResetDevice, TargetID: had.ID, Details: details}, {Action: audit.ResetDevice, TargetID: waits.ID, Details: details},
			{Action: audit.AddedDevice, TargetID: phone.ID, Details: details},
		}
		if diff := cmp.Diff(want, d.Audited.Events); diff != "" {
			t.Error(diff)
		}
		if again, err := d.Replace(ctx, owner.ID, newPhone, "Once more"); err != nil || again.Devices != 1 {
			t.Errorf("the same number again: %+v, %v", again, err)
		}
	})
}

func TestService_Replace_Refused(t *testing.T) {
	d := newDesk(t)
	owner, admin := d.User(t, world.Staff), d.User(t, world.Admin)
	p := d.phone(t, owner)
	ctx := d.As(t, admin, auth.ResetTwoFactorDevice)
	replace := func(ctx context.Context, userID string, n device.NewPhone, why string, want fault.Code) {
		t.Helper()
		_, err := d.Replace(ctx, userID, n, why)
		world.WantCode(t, err, want)
	}
	replace(t.Context(), owner.ID, newPhone, "why", fault.Unauthenticated)
	replace(d.As(t, admin), owner.ID, newPhone, "why", fault.Forbidden)
	replace(d.Agent(t, auth.ResetTwoFactorDevice), owner.ID, newPhone, "why", fault.Forbidden)
	replace(ctx, admin.ID, newPhone, "why", fault.Forbidden)
	replace(d.As(t, d.Stranger(), auth.Permissions()...), owner.ID, newPhone, "why", fault.NotFound)
	replace(ctx, d.User(t).ID, newPhone, "why", fault.Conflict)
	replace(ctx, d.User(t, world.Staff, func(u *user.User) { u.DisabledAt = new(world.Began) }).ID, newPhone, "why", fault.Conflict)
	replace(ctx, d.User(t, world.Staff, func(u *user.User) { u.Status = user.Closed }).ID, newPhone, "why", fault.Conflict)
	replace(ctx, owner.ID, newPhone, " ", fault.InvalidInput)
	replace(ctx, owner.ID, device.NewPhone{PhoneNumber: "12"}, "why", fault.InvalidInput)
	replace(world.FactorAt(ctx, world.Began.Add(-auth.StaffStepUp-time.Second)), owner.ID, newPhone, "why", fault.StepUpRequired)
	errNo := errors.New("no")
	for _, broken := range []*error{&d.Told.Err, &d.Audited.Err} {
		*broken = errNo
		if _, err := d.Replace(ctx, owner.ID, newPhone, "why"); !errors.Is(err, errNo) {
			t.Errorf("got %v", err)
		}
		*broken = nil
	}
	left, err := d.List(d.As(t, owner), []string{owner.ID})
	if err != nil || len(left[owner.ID]) != 1 || left[owner.ID][0].Common().ID != p.ID {
		t.Errorf("something was changed: %+v, %v", left, err)
	}
}

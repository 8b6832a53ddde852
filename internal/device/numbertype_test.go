package device_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func stored(t *testing.T, d *desk, deviceID string) *device.Phone {
	t.Helper()
	found, err := d.DB.FindDevice(t.Context(), d.Bank.ID, deviceID)
	if err != nil {
		t.Fatal(err)
	}
	return found.(*device.Phone)
}

func TestPhone_NumberType(t *testing.T) {
	mobile, landline, voip := device.Mobile, device.Landline, device.VoIP
	for _, test := range []struct {
		name     string
		detected *device.NumberType
		override *device.NumberType
		want     device.NumberType
		method   device.CommunicationMethod
	}{
		{"is MOBILE if nothing is known", nil, nil, device.Mobile, device.Text},
		{"is what was detected", &landline, nil, device.Landline, device.Call},
		{"is what staff set, over nothing", nil, &landline, device.Landline, device.Call},
		{"is what staff set, over a detected type", &voip, &mobile, device.Mobile, device.Text},
		{"is what staff set, even if it was detected", &mobile, &mobile, device.Mobile, device.Text},
		{"VOIP gets calls", &mobile, &voip, device.VoIP, device.Call},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &device.Phone{DetectedNumberType: test.detected}
			if test.override != nil {
				p.NumberTypeOverride = &device.Override{NumberType: *test.override}
			}

			if p.NumberType() != test.want || p.CommunicationMethod() != test.method {
				t.Errorf("got %s by %s", p.NumberType(), p.CommunicationMethod())
			}
		})
	}
}

func TestService_UpdateNumberType(t *testing.T) {
	t.Run("sets the type beside the detected one, with who, when and why, and tells the owner", func(t *testing.T) {
		d := newDesk(t)
		p, agent := d.phone(t, d.User(t)), d.User(t, world.Staff)

		got, err := d.UpdateNumberType(d.As(t, agent, auth.UpdateNumberType), p.ID, device.Landline, "  texts end in 30006 ", device.Seen{})
		if err != nil {
			t.Fatal(err)
		}

		changed := got.(*device.Phone)
		want := device.Override{NumberType: device.Landline, Reason: "texts end in 30006", ByID: agent.ID, At: world.Began}
		if *changed.NumberTypeOverride != want || *changed.DetectedNumberType != device.Mobile || changed.CommunicationMethod() != device.Call {
			t.Errorf("got %+v, override %+v", changed, changed.NumberTypeOverride)
		}
		if !slices.Equal(d.Told.All, []world.Told{{Notice: notification.NumberTypeChanged, Except: p.ID}}) {
			t.Errorf("told of %v", d.Told.All)
		}
	})

	t.Run("is recorded with its reason", func(t *testing.T) {
		d := newDesk(t)
		owner := d.User(t)
		p, may := d.phone(t, owner), d.As(t, d.User(t, world.Staff), auth.UpdateNumberType)

		_, err := d.UpdateNumberType(may, p.ID, device.Landline, " why ", device.Seen{})
		world.WantCode(t, err, "")
		_, err = d.ClearNumberType(may, p.ID, " why not ", device.Seen{})
		world.WantCode(t, err, "")

		if len(d.Audited.Events) != 2 || d.Audited.Events[0].Action != audit.UpdatedNumberType || d.Audited.Events[1].Action != audit.ClearedNumberType {
			t.Fatalf("recorded %v", d.Audited.Events)
		}
		for i, reason := range []string{"why", "why not"} {
			if e := d.Audited.Events[i]; e.TargetID != p.ID || e.Details["user"] != owner.ID || e.Details["reason"] != reason {
				t.Errorf("recorded %v", e)
			}
		}
	})

	t.Run("changes nothing if the owner can't be told or nothing recorded", func(t *testing.T) {
		d := newDesk(t)
		p, may := d.phone(t, d.User(t)), d.As(t, d.User(t, world.Staff), auth.UpdateNumberType)
		errNo := errors.New("no")

		d.Told.Err = errNo
		_, untold := d.UpdateNumberType(may, p.ID, device.Landline, "why", device.Seen{})
		d.Told.Err, d.Audited.Err = nil, errNo
		_, unrecorded := d.UpdateNumberType(may, p.ID, device.Landline, "why", device.Seen{})

		if !errors.Is(untold, errNo) || !errors.Is(unrecorded, errNo) || stored(t, d, p.ID).NumberTypeOverride != nil {
			t.Errorf("got %v and %v", untold, unrecorded)
		}
	})

	d := newDesk(t)
	customer, agent, boss := d.User(t), d.User(t, world.Staff), d.User(t, world.Admin)
	ofCustomer, ofAgent, ofBoss := d.phone(t, customer), d.phone(t, agent), d.phone(t, boss)
	mail := &device.Email{Address: "ann@customer.example", Base: world.Base(customer)}
	d.AddDevice(t, mail)
	may := func(u user.User) context.Context { return d.As(t, u, auth.UpdateNumberType, auth.ViewUsers) }

	for _, test := range []struct {
		name     string
		ctx      context.Context
		deviceID string
		to       device.NumberType
		reason   string
		want     fault.Code
	}{
		{"is for staff who hold the permission", may(agent), ofCustomer.ID, device.Landline, "why", ""},
		{"is for a colleague's phone by Admin-level staff", may(boss), ofAgent.ID, device.Landline, "why", ""},
		{"is for Admin-level staff's phones by Admin-level staff", may(d.User(t, world.Admin)), ofBoss.ID, device.Landline, "why", ""},
		{"is not for a colleague's phone by others", may(d.User(t, world.Staff)), ofAgent.ID, device.Landline, "why", fault.Forbidden},
		{"is not for one's own phone", may(agent), ofAgent.ID, device.Landline, "why", fault.Forbidden},
		{"is not for one's own phone, whatever one's level", may(boss), ofBoss.ID, device.Landline, "why", fault.Forbidden},
		{"wants a second factor of the last 15 minutes", world.FactorAt(may(agent), world.Began.Add(-15*time.Minute-time.Second)), ofCustomer.ID, device.Landline, "why", fault.StepUpRequired},
		{"is not for Admin-level staff's phones by others", may(agent), ofBoss.ID, device.Landline, "why", fault.Forbidden},
		{"is not for staff without the permission", d.As(t, boss, auth.ViewUsers), ofCustomer.ID, device.Landline, "why", fault.Forbidden},
		{"is not for owners", d.As(t, customer), ofCustomer.ID, device.Landline, "why", fault.Forbidden},
		{"is not for nobody", t.Context(), ofCustomer.ID, device.Landline, "why", fault.Unauthenticated},
		{"is not for another institution's phones", may(d.Stranger()), ofCustomer.ID, device.Landline, "why", fault.NotFound},
		{"is not for what is no device", may(agent), customer.ID, device.Landline, "why", fault.NotFound},
		{"is not for email addresses", may(agent), mail.ID, device.Landline, "why", fault.InvalidInput},
		{"needs a reason", may(agent), ofCustomer.ID, device.Landline, " ", fault.InvalidInput},
		{"needs a reason of 500 characters at most", may(agent), ofCustomer.ID, device.Landline, strings.Repeat("x", 501), fault.InvalidInput},
		{"needs a type that there is", may(agent), ofCustomer.ID, "PAGER", "why", fault.InvalidInput},
		{"asks for the permission before the reason", d.As(t, agent), ofCustomer.ID, device.Landline, "", fault.Forbidden},
		{"is not to VOIP where the institution has not accepted its risk", may(agent), ofCustomer.ID, device.VoIP, "why", fault.Conflict},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := d.UpdateNumberType(test.ctx, test.deviceID, test.to, test.reason, device.Seen{})

			world.WantCode(t, err, test.want)
		})
	}

	t.Run("is CONFLICT where a colleague changed it since it was looked at", func(t *testing.T) {
		d := newDesk(t)
		p, may := d.phone(t, d.User(t)), d.As(t, d.User(t, world.Staff), auth.UpdateNumberType)
		none := device.Seen{Known: true}
		_, err := d.UpdateNumberType(may, p.ID, device.Landline, "a colleague", none)
		world.WantCode(t, err, "")
		d.Told.All = nil

		_, err = d.UpdateNumberType(may, p.ID, device.Mobile, "why", none)
		_, cleared := d.ClearNumberType(may, p.ID, "why", none)

		world.WantCode(t, err, fault.Conflict)
		world.WantCode(t, cleared, fault.Conflict)
		if held := stored(t, d, p.ID).NumberTypeOverride; held == nil || held.Reason != "a colleague" || len(d.Told.All) != 0 {
			t.Errorf("holds %v, told %v", held, d.Told.All)
		}
		if !strings.Contains(err.Error(), "now go as to a landline") {
			t.Error(err)
		}
		at := stored(t, d, p.ID).NumberTypeOverride.At
		_, err = d.ClearNumberType(may, p.ID, "why", device.Seen{Known: true, At: &at})
		world.WantCode(t, err, "")
	})

	t.Run("is to VOIP where the risk is accepted", func(t *testing.T) {
		d := newDesk(t, world.VoIP)
		p := d.phone(t, d.User(t))

		_, err := d.UpdateNumberType(d.As(t, d.User(t, world.Staff), auth.UpdateNumberType), p.ID, device.VoIP, "why", device.Seen{})

		if err != nil || stored(t, d, p.ID).NumberType() != device.VoIP {
			t.Errorf("got %v", err)
		}
	})
}

func TestService_ClearNumberType(t *testing.T) {
	d := newDesk(t)
	p, agent := d.phone(t, d.User(t)), d.User(t, world.Staff)
	may := d.As(t, agent, auth.UpdateNumberType)
	if _, err := d.UpdateNumberType(may, p.ID, device.Landline, "why", device.Seen{}); err != nil {
		t.Fatal(err)
	}

	t.Run("is refused as setting is", func(t *testing.T) {
		for _, test := range []struct {
			ctx    context.Context
			reason string
			want   fault.Code
		}{
			{t.Context(), "why", fault.Unauthenticated},
			{d.As(t, agent, auth.ViewUsers), "why", fault.Forbidden},
			{may, "", fault.InvalidInput},
			{d.As(t, d.Stranger(), auth.UpdateNumberType), "why", fault.NotFound},
		} {
			_, err := d.ClearNumberType(test.ctx, p.ID, test.reason, device.Seen{})
			world.WantCode(t, err, test.want)
		}
		if stored(t, d, p.ID).NumberTypeOverride == nil {
			t.Error("it was cleared all the same")
		}
	})

	t.Run("returns to the detected type and tells the owner", func(t *testing.T) {
		d.Told.All = nil

		got, err := d.ClearNumberType(may, p.ID, "why", device.Seen{})

		if err != nil || got.(*device.Phone).NumberType() != device.Mobile || len(d.Told.All) != 1 {
			t.Errorf("got %v, %v, told %v", got, err, d.Told.All)
		}
	})

	t.Run("is CONFLICT if nothing is set", func(t *testing.T) {
		_, err := d.ClearNumberType(may, p.ID, "why", device.Seen{})

		world.WantCode(t, err, fault.Conflict)
	})
}

func TestMayChangeNumberType(t *testing.T) {
	customer, boss := user.User{ID: "usr_c", Kind: auth.Customer}, user.User{ID: "usr_b", Kind: auth.Staff, AdminLevel: true}
	for _, test := range []struct {
		name  string
		actor auth.Actor
		owner user.User
		want  fault.Code
	}{
		{"with the permission", auth.Actor{Kind: auth.Staff, Permissions: []auth.Permission{auth.UpdateNumberType}}, customer, ""},
		{"without the permission", auth.Actor{Kind: auth.Staff, AdminLevel: true}, customer, fault.Forbidden},
		{"on Admin-level staff", auth.Actor{Kind: auth.Staff, Permissions: []auth.Permission{auth.UpdateNumberType}}, boss, fault.Forbidden},
		{"as Admin-level staff on Admin-level staff", auth.Actor{Kind: auth.Staff, AdminLevel: true, Permissions: []auth.Permission{auth.UpdateNumberType}}, boss, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			world.WantCode(t, device.MayChangeNumberType(test.actor, test.owner), test.want)
		})
	}
}

package device_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world, with a detector that finds what the test says.
type desk struct {
	*device.Service
	*world.World
	detect func(number string) (device.Detection, error)
}

func (d *desk) Detect(_ context.Context, _, number string) (device.Detection, error) {
	return d.detect(number)
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	return deskIn(world.New(t, settings...))
}

func deskIn(w *world.World) *desk {
	limiter := &throttle.Limiter{Store: w.DB, Clock: w.Time}
	d := &desk{World: w, detect: func(string) (device.Detection, error) {
		return device.Detection{Valid: true, LineType: "mobile", Carrier: "Carrier"}, nil
	}}
	d.Service = &device.Service{
		Store: w.DB, Detector: d, Users: &user.Service{Store: w.DB, Clock: w.Time}, Institutions: w.Finder(),
		Codes:   &onetimecode.Service{Store: w.DB, Keys: secret.Development(), Sender: w.Inbox, Limiter: limiter, Clock: w.Time},
		Limiter: limiter, Attempts: &throttle.Attempts{Store: w.DB, Clock: w.Time},
		Notices: w.Told, Audit: w.Audited, Clock: w.Time, Log: slog.New(slog.DiscardHandler),
	}
	return d
}

// phone adds a phone as the service does it, confirmed.
func (d *desk) phone(t *testing.T, owner user.User) *device.Phone {
	t.Helper()
	p, err := d.AddPhone(t.Context(), owner, device.NewPhone{PhoneNumber: "+12025550101", Confirmed: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestService_AddPhone(t *testing.T) {
	t.Run("takes what Lookup says of a number", func(t *testing.T) {
		for _, test := range []struct {
			found   device.Detection
			err     error
			want    device.NumberType // detected; empty for none
			method  device.CommunicationMethod
			carrier string
			refused bool
		}{
			{found: device.Detection{Valid: true, LineType: "mobile", Carrier: "C"}, want: device.Mobile, method: device.Text, carrier: "C"},
			{found: device.Detection{Valid: true, LineType: "landline"}, want: device.Landline, method: device.Call},
			{found: device.Detection{Valid: true, LineType: "fixedVoip"}, want: device.VoIP, method: device.Call},
			{found: device.Detection{Valid: true, LineType: "nonFixedVoip", Carrier: "V"}, want: device.VoIP, method: device.Call, carrier: "V"},
			{found: device.Detection{Valid: true, LineType: "personal"}, method: device.Text},
			{found: device.Detection{Valid: true, LineType: "unknown"}, method: device.Text},
			{found: device.Detection{Valid: true, LineType: ""}, method: device.Text},
			{found: device.Detection{Valid: true, LineType: "a new word", Carrier: "N"}, method: device.Text, carrier: "N"},
			{err: fault.Errorf(fault.ProviderUnavailable, "down"), method: device.Text},
			{err: errors.New("anything"), method: device.Text},
			{found: device.Detection{Valid: true, LineType: "premium"}, refused: true},
			{found: device.Detection{Valid: true, LineType: "tollFree"}, refused: true},
			{found: device.Detection{Valid: true, LineType: "pager"}, refused: true},
			{found: device.Detection{Valid: true, LineType: "voicemail"}, refused: true},
			{found: device.Detection{Valid: true, LineType: "sharedCost"}, refused: true},
			{found: device.Detection{Valid: true, LineType: "uan"}, refused: true},
			{found: device.Detection{Valid: false, LineType: "mobile"}, refused: true},
		} {
			d := newDesk(t)
			d.detect = func(string) (device.Detection, error) { return test.found, test.err }

			p, err := d.AddPhone(t.Context(), d.User(t), device.NewPhone{PhoneNumber: "+1 202 555 0101"})

			if test.refused {
				if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "phoneNumber" {
					t.Errorf("%+v: %v, want INVALID_INPUT", test.found, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%+v, %v: %v", test.found, test.err, err)
				continue
			}
			var detected device.NumberType
			if p.DetectedNumberType != nil {
				detected = *p.DetectedNumberType
			}
			var carrier string
			if p.Carrier != nil {
				carrier = *p.Carrier
			}
			if detected != test.want || p.CommunicationMethod() != test.method || carrier != test.carrier {
				t.Errorf("%+v: detected %q by %q, goes by %s", test.found, detected, carrier, p.CommunicationMethod())
			}
			if p.PhoneNumber != "+12025550101" || !p.IsDefault || p.ConfirmedAt != nil || p.NumberTypeOverride != nil {
				t.Errorf("%+v: added %+v", test.found, p)
			}
		}
	})

	t.Run("is confirmed only where someone vouches for it", func(t *testing.T) {
		d := newDesk(t)

		if p := d.phone(t, d.User(t)); p.ConfirmedAt == nil || !p.ConfirmedAt.Equal(world.Began) {
			t.Errorf("confirmed at %v", p.ConfirmedAt)
		}
	})

	t.Run("is CONFLICT for a number that the user has", func(t *testing.T) {
		d := newDesk(t)
		owner := d.User(t)
		d.phone(t, owner)

		_, err := d.AddPhone(t.Context(), owner, device.NewPhone{PhoneNumber: "+1 (202) 555-0101"})

		world.WantCode(t, err, fault.Conflict)
	})

	t.Run("refuses what is no number without asking Lookup", func(t *testing.T) {
		d := newDesk(t)
		d.detect = func(number string) (device.Detection, error) {
			t.Errorf("it asked for %q", number)
			return device.Detection{}, nil
		}
		for _, number := range []string{"", "2025550101", "+1", "ann"} {
			_, err := d.AddPhone(t.Context(), d.User(t), device.NewPhone{PhoneNumber: number})
			world.WantCode(t, err, fault.InvalidInput)
		}
		_, err := d.AddPhone(t.Context(), d.User(t), device.NewPhone{PhoneNumber: "+12025550101", Label: "a\nb"})
		world.WantCode(t, err, fault.InvalidInput)
	})
}

func TestService_Find(t *testing.T) {
	d := newDesk(t)
	owner := d.User(t)
	p := d.phone(t, owner)
	agent := d.User(t, world.Staff)

	for _, test := range []struct {
		name       string
		ctx        context.Context
		find, list fault.Code
	}{
		{"gives devices to their owner", d.As(t, owner), "", ""},
		{"gives devices to staff who may view users", d.As(t, agent, auth.ViewUsers), "", ""},
		{"keeps devices from other customers", d.As(t, d.User(t)), fault.NotFound, fault.Forbidden},
		{"keeps devices from staff who may not view users", d.As(t, agent), fault.NotFound, fault.Forbidden},
		{"keeps devices from nobody", t.Context(), fault.Unauthenticated, fault.Unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := d.Find(test.ctx, p.ID)
			world.WantCode(t, err, test.find)
			byUser, err := d.List(test.ctx, []string{owner.ID})
			world.WantCode(t, err, test.list)
			if test.list == "" && len(byUser[owner.ID]) != 1 {
				t.Errorf("listed %v", byUser)
			}
		})
	}

	t.Run("says nothing of another institution's", func(t *testing.T) {
		ctx := d.As(t, d.Stranger(), auth.Permissions()...)
		_, err := d.Find(ctx, p.ID)
		world.WantCode(t, err, fault.NotFound)
		byUser, err := d.List(ctx, []string{owner.ID})
		if err != nil || len(byUser) != 0 {
			t.Errorf("listed %v, %v", byUser, err)
		}
	})

	t.Run("is NOT_FOUND for what is no device", func(t *testing.T) {
		for _, deviceID := range []string{"", owner.ID, id.New(id.Device), "dev_\x00"} {
			_, err := d.Find(d.As(t, agent, auth.ViewUsers), deviceID)
			world.WantCode(t, err, fault.NotFound)
		}
	})
}

// try is who acts on which device.
type try struct {
	ctx      context.Context
	deviceID string
}

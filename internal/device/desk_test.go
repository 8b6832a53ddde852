package device_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// desk is a service on a real store, with a detector and a notifier that do what
// the test says.
type desk struct {
	*device.Service
	db    *store.DB
	clock *clock.Fake
	bank  institution.Institution
	other institution.Institution
	// audited is what was recorded.
	audited []audit.Event
	// silent makes telling fail, unrecorded makes recording fail.
	silent, unrecorded error
	sent               []sent
	// notices are what owners were told, with the device that was left out.
	notices []tell
	detect  func(number string) (device.Detection, error)
}

func (d *desk) Detect(_ context.Context, _, number string) (device.Detection, error) {
	return d.detect(number)
}

type tell struct {
	notice notification.Notice
	except string
}

func (d *desk) Tell(_ context.Context, _ user.User, n notification.Notice, exceptDevice string) error {
	d.notices = append(d.notices, tell{n, exceptDevice})
	return d.silent
}

func (d *desk) Record(_ context.Context, e audit.Event) error {
	if d.unrecorded == nil {
		d.audited = append(d.audited, e)
	}
	return d.unrecorded
}

func (d *desk) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	return d.Tell(ctx, u, n, "")
}

func (d *desk) RecordFor(ctx context.Context, _ auth.Actor, e audit.Event) error {
	return d.Record(ctx, e)
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	db := storetest.New(t)
	fake := clock.NewFake(began)
	institutions := &institution.Service{Store: db, Clock: fake}
	d := &desk{db: db, clock: fake, detect: func(string) (device.Detection, error) {
		return device.Detection{Valid: true, LineType: "mobile", Carrier: "Carrier"}, nil
	}}
	for slug, bank := range map[string]*institution.Institution{"bank": &d.bank, "other": &d.other} {
		n := institution.New{Slug: slug, Name: "Test Bank", Settings: institution.DefaultSettings()}
		for _, f := range settings {
			f(&n.Settings)
		}
		var err error
		if *bank, err = institutions.Create(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	limiter := &throttle.Limiter{Store: db, Clock: fake}
	d.Service = &device.Service{
		Store: db, Detector: d, Users: &user.Service{Store: db, Clock: fake}, Institutions: institutions,
		Codes: &onetimecode.Service{Store: db, Keys: secret.Development(), Sender: d, Limiter: limiter, Clock: fake}, Limiter: limiter, Attempts: &throttle.Attempts{Store: db, Clock: fake},
		Notices: d, Audit: d, Clock: fake, Log: slog.New(slog.DiscardHandler),
	}
	return d
}

func (d *desk) user(t *testing.T, kind auth.Kind, adminLevel bool) user.User {
	t.Helper()
	u := user.User{
		ID: id.New(id.User), InstitutionID: d.bank.ID, Kind: kind, Status: user.Active, FirstName: "Ann", LastName: "Archer",
		AdminLevel: adminLevel, CreatedAt: began,
	}
	u.Email = u.ID + "@customer.example"
	if err := d.db.CreateUser(t.Context(), u, ""); err != nil {
		t.Fatal(err)
	}
	return u
}

func (d *desk) phone(t *testing.T, owner user.User) *device.Phone {
	t.Helper()
	p, err := d.AddPhone(t.Context(), owner, device.NewPhone{PhoneNumber: "+12025550101", Confirmed: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// as gives the context in which a user acts.
func as(t *testing.T, u user.User, p ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{
		UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, AdminLevel: u.AdminLevel, Permissions: p, FactorAt: began,
	})
}

// stranger is staff of another institution.
func (d *desk) stranger() user.User {
	return user.User{ID: id.New(id.User), InstitutionID: d.other.ID, Kind: auth.Staff, AdminLevel: true}
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
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

			p, err := d.AddPhone(t.Context(), d.user(t, auth.Customer, false), device.NewPhone{PhoneNumber: "+1 202 555 0101"})

			if test.refused {
				if f, ok := err.(*fault.Error); !ok || f.Code != fault.InvalidInput || f.Field != "phoneNumber" {
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

		if p := d.phone(t, d.user(t, auth.Customer, false)); p.ConfirmedAt == nil || !p.ConfirmedAt.Equal(began) {
			t.Errorf("confirmed at %v", p.ConfirmedAt)
		}
	})

	t.Run("is CONFLICT for a number that the user has", func(t *testing.T) {
		d := newDesk(t)
		owner := d.user(t, auth.Customer, false)
		d.phone(t, owner)

		_, err := d.AddPhone(t.Context(), owner, device.NewPhone{PhoneNumber: "+1 (202) 555-0101"})

		wantCode(t, err, fault.Conflict)
	})

	t.Run("refuses what is no number without asking Lookup", func(t *testing.T) {
		d := newDesk(t)
		d.detect = func(number string) (device.Detection, error) {
			t.Errorf("it asked for %q", number)
			return device.Detection{}, nil
		}
		for _, number := range []string{"", "2025550101", "+1", "ann"} {
			_, err := d.AddPhone(t.Context(), d.user(t, auth.Customer, false), device.NewPhone{PhoneNumber: number})
			wantCode(t, err, fault.InvalidInput)
		}
		_, err := d.AddPhone(t.Context(), d.user(t, auth.Customer, false), device.NewPhone{PhoneNumber: "+12025550101", Label: "a\nb"})
		wantCode(t, err, fault.InvalidInput)
	})
}

func TestService_Find(t *testing.T) {
	d := newDesk(t)
	owner := d.user(t, auth.Customer, false)
	p := d.phone(t, owner)
	agent := d.user(t, auth.Staff, false)

	for _, test := range []struct {
		name       string
		ctx        context.Context
		find, list fault.Code
	}{
		{"gives devices to their owner", as(t, owner), "", ""},
		{"gives devices to staff who may view users", as(t, agent, auth.ViewUsers), "", ""},
		{"keeps devices from other customers", as(t, d.user(t, auth.Customer, false)), fault.NotFound, fault.Forbidden},
		{"keeps devices from staff who may not view users", as(t, agent), fault.NotFound, fault.Forbidden},
		{"keeps devices from nobody", t.Context(), fault.Unauthenticated, fault.Unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := d.Find(test.ctx, p.ID)
			wantCode(t, err, test.find)
			byUser, err := d.List(test.ctx, []string{owner.ID})
			wantCode(t, err, test.list)
			if test.list == "" && len(byUser[owner.ID]) != 1 {
				t.Errorf("listed %v", byUser)
			}
		})
	}

	t.Run("says nothing of another institution's", func(t *testing.T) {
		ctx := as(t, d.stranger(), auth.Permissions()...)
		_, err := d.Find(ctx, p.ID)
		wantCode(t, err, fault.NotFound)
		byUser, err := d.List(ctx, []string{owner.ID})
		if err != nil || len(byUser) != 0 {
			t.Errorf("listed %v, %v", byUser, err)
		}
	})

	t.Run("is NOT_FOUND for what is no device", func(t *testing.T) {
		for _, deviceID := range []string{"", owner.ID, id.New(id.Device), "dev_\x00"} {
			_, err := d.Find(as(t, agent, auth.ViewUsers), deviceID)
			wantCode(t, err, fault.NotFound)
		}
	})
}

// try is who acts on which device.
type try struct {
	ctx      context.Context
	deviceID string
}

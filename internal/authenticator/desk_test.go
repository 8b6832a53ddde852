package authenticator_test

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// desk is a service on a real store.
type desk struct {
	*authenticator.Service
	db    *store.DB
	clock *clock.Fake
	bank  institution.Institution
	// told and audited are what was told and recorded.
	told    []notification.Notice
	audited []audit.Event
	// silent makes telling fail.
	silent error
}

func (d *desk) Tell(_ context.Context, _ user.User, n notification.Notice, _ string) error {
	d.told = append(d.told, n)
	return d.silent
}

func (d *desk) Record(_ context.Context, e audit.Event) error {
	d.audited = append(d.audited, e)
	return nil
}

func (d *desk) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	return d.Tell(ctx, u, n, "")
}

func (d *desk) RecordFor(ctx context.Context, _ auth.Actor, e audit.Event) error {
	return d.Record(ctx, e)
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	return deskOn(t, storetest.New(t), settings...)
}

func deskOn(t *testing.T, db *store.DB, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	d := &desk{db: db, clock: clock.NewFake(began)}
	institutions := &institution.Service{Store: db, Clock: d.clock}
	n := institution.New{Slug: "bank", Name: "Bank: of Tests", Settings: institution.DefaultSettings()}
	for _, f := range settings {
		f(&n.Settings)
	}
	var err error
	if d.bank, err = institutions.Create(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	d.Service = &authenticator.Service{
		Store: db, Institutions: institutions, Keys: secret.Development(), Attempts: &throttle.Attempts{Store: db, Clock: d.clock},
		Notices: d, Audit: d, Clock: d.clock,
	}
	return d
}

func (d *desk) user(t *testing.T, change ...func(u *user.User)) user.User {
	t.Helper()
	u := user.User{
		ID: id.New(id.User), InstitutionID: d.bank.ID, Kind: auth.Customer, Status: user.Active, FirstName: "Ann", LastName: "Archer", CreatedAt: began,
	}
	u.Email = u.ID + "@customer.example"
	for _, f := range change {
		f(&u)
	}
	if err := d.db.CreateUser(t.Context(), u, ""); err != nil {
		t.Fatal(err)
	}
	return u
}

// as gives the context in which a user acts, with a factor just proved.
func (d *desk) as(t *testing.T, u user.User, change ...func(a *auth.Actor)) context.Context {
	a := auth.Actor{UserID: u.ID, InstitutionID: u.InstitutionID, SessionID: id.New(id.Session), Kind: u.Kind, FactorAt: d.clock.Now()}
	for _, f := range change {
		f(&a)
	}
	return auth.WithActor(t.Context(), a)
}

func byBackupCode(a *auth.Actor) { a.FactorAt = time.Time{} }

func (d *desk) start(t *testing.T, ctx context.Context) authenticator.Started {
	t.Helper()
	s, err := d.Start(ctx, "My app")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// code is what the app shows now.
func (d *desk) code(t *testing.T, s authenticator.Started) string {
	t.Helper()
	code, err := totp.GenerateCode(s.Secret.Reveal(), d.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// wrong is a code of six digits that is not right now, nor around now.
func (d *desk) wrong(t *testing.T, s authenticator.Started) string {
	t.Helper()
	for _, code := range []string{"000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"} {
		if ok, _ := totp.ValidateCustom(code, s.Secret.Reveal(), d.clock.Now(), totp.ValidateOpts{Period: 30, Skew: 4, Digits: 6}); !ok {
			return code
		}
	}
	t.Fatal("every code is right")
	return ""
}

// bound gives an app of a user that is bound, whose next code is not spent.
func (d *desk) bound(t *testing.T, u user.User) authenticator.Started {
	t.Helper()
	ctx := d.as(t, u)
	s := d.start(t, ctx)
	_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
	wantCode(t, err, "")
	d.clock.Advance(time.Minute)
	return s
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

func (silence) Tell(context.Context, user.User, notification.Notice, string) error { return nil }
func (silence) Record(context.Context, audit.Event) error                          { return nil }

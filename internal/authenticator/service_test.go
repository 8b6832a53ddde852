package authenticator_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/id"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/pgtest"
	"github.com/factordesk/factordesk/internal/secret"
	"github.com/factordesk/factordesk/internal/store"
	"github.com/factordesk/factordesk/internal/store/storetest"
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
		Notifier: d, Audit: d, Clock: d.clock,
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

func TestService_Start(t *testing.T) {
	t.Run("shows a secret of 160 bits, as text, as otpauth and as a picture", func(t *testing.T) {
		d := newDesk(t)
		u := d.user(t)

		s := d.start(t, d.as(t, u))

		uri, err := url.Parse(s.URI.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		q := uri.Query()
		if uri.Scheme != "otpauth" || uri.Host != "totp" || uri.Path != "/Bank  of Tests:"+u.Email || q.Get("issuer") != "Bank  of Tests" ||
			q.Get("secret") != s.Secret.Reveal() || q.Get("digits") != "6" || q.Get("period") != "30" || q.Get("algorithm") != "SHA1" {
			t.Errorf("the URI is %s", uri.Redacted())
		}
		if len(s.Secret.Reveal()) != 32 || strings.Contains(s.URI.Reveal(), "+") {
			t.Errorf("the secret has %d letters", len(s.Secret.Reveal()))
		}
		if picture, err := png.Decode(bytes.NewReader(s.QRCode)); err != nil || picture.Bounds().Dx() != 300 {
			t.Errorf("the picture: %v", err)
		}
		if s.Device.ConfirmedAt != nil || s.Device.Label != "My app" || s.Device.UserID != u.ID || !s.Device.AddedAt.Equal(began) {
			t.Errorf("the device is %+v", s.Device)
		}
		if len(d.told) != 0 || len(d.audited) != 1 || d.audited[0].Action != audit.StartedAuthenticator || d.audited[0].TargetID != s.Device.ID {
			t.Errorf("told %v, recorded %+v", d.told, d.audited)
		}
	})

	t.Run("gives everyone another secret, every time", func(t *testing.T) {
		d := newDesk(t)
		u := d.user(t)

		first, second := d.start(t, d.as(t, u)).Secret, d.start(t, d.as(t, u)).Secret

		if first.Reveal() == second.Reveal() {
			t.Error("one secret twice")
		}
	})

	t.Run("replaces the app that is still to be bound, and none that is", func(t *testing.T) {
		d := newDesk(t)
		u, other := d.user(t), d.user(t)
		bound, others := d.bound(t, u), d.start(t, d.as(t, other))
		ctx := d.as(t, u)

		first, second := d.start(t, ctx), d.start(t, ctx)

		_, err := d.Confirm(ctx, first.Device.ID, d.code(t, first))
		wantCode(t, err, fault.NotFound)
		_, err = d.Confirm(ctx, second.Device.ID, d.code(t, second))
		wantCode(t, err, "")
		_, err = d.Confirm(d.as(t, other), others.Device.ID, d.code(t, others))
		wantCode(t, err, "")
		devices, err := d.db.ListDevices(t.Context(), d.bank.ID, []string{u.ID})
		if err != nil || len(devices) != 2 || devices[0].Common().ID != bound.Device.ID || devices[1].Common().ID != second.Device.ID {
			t.Errorf("the devices are %v, %v", devices, err)
		}
	})

	t.Run("wants a fresh factor", func(t *testing.T) {
		d := newDesk(t)
		for age, want := range map[time.Duration]fault.Code{auth.CustomerStepUp: "", auth.CustomerStepUp + time.Microsecond: fault.StepUpRequired} {
			_, err := d.Start(d.as(t, d.user(t), func(a *auth.Actor) { a.FactorAt = began.Add(-age) }), "")
			wantCode(t, err, want)
		}
	})

	t.Run("refuses", func(t *testing.T) {
		for name, test := range map[string]struct {
			want   fault.Code
			ctx    func(d *desk) context.Context
			label  string
			change func(s *institution.Settings)
		}{
			"nobody in particular": {want: fault.Unauthenticated, ctx: func(*desk) context.Context { return t.Context() }},
			"where apps are not permitted": {want: fault.Conflict, change: func(s *institution.Settings) { s.Methods = []institution.Method{institution.SMS} },
				ctx: func(d *desk) context.Context { return d.as(t, d.user(t)) }},
			"who is frozen": {want: fault.Conflict, ctx: func(d *desk) context.Context {
				return d.as(t, d.user(t, func(u *user.User) { u.Status = user.Frozen }))
			}},
			"a long label": {want: fault.InvalidInput, label: strings.Repeat("x", 51), ctx: func(d *desk) context.Context { return d.as(t, d.user(t)) }},
		} {
			var settings []func(s *institution.Settings)
			if test.change != nil {
				settings = append(settings, test.change)
			}
			_, err := newDeskStart(t, settings, test.ctx, test.label)
			t.Run(name, func(t *testing.T) { wantCode(t, err, test.want) })
		}
	})
}

func newDeskStart(t *testing.T, settings []func(s *institution.Settings), ctx func(d *desk) context.Context, label string) (authenticator.Started, error) {
	t.Helper()
	d := newDesk(t, settings...)
	return d.Start(ctx(d), label)
}

func TestService_Confirm(t *testing.T) {
	t.Run("binds the app by a right code, and tells its owner", func(t *testing.T) {
		d := newDesk(t)
		u := d.user(t)
		ctx := d.as(t, u)
		s := d.start(t, ctx)
		d.clock.Advance(15*time.Minute - time.Microsecond)

		got, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))

		if err != nil || got.ConfirmedAt == nil || !got.ConfirmedAt.Equal(d.clock.Now()) || got.LastUsedAt != nil || got.ID != s.Device.ID {
			t.Fatalf("got %+v, %v", got, err)
		}
		if len(d.told) != 1 || d.told[0] != notification.AuthenticatorAdded || d.audited[len(d.audited)-1].Action != audit.ConfirmedDevice {
			t.Errorf("told %v, recorded %+v", d.told, d.audited)
		}
		if ok, err := d.Verify(t.Context(), d.bank.ID, s.Device.ID, d.code(t, s)); ok || err != nil {
			t.Errorf("the code that bound it signs in: %v, %v", ok, err)
		}
		_, err = d.Confirm(ctx, s.Device.ID, d.code(t, s))
		wantCode(t, err, fault.Conflict)
	})

	t.Run("changes nothing if the owner can't be told", func(t *testing.T) {
		d := newDesk(t)
		ctx := d.as(t, d.user(t))
		s := d.start(t, ctx)
		d.silent = errors.New("made up")

		_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
		wantCode(t, err, fault.Internal)

		d.silent = nil
		_, err = d.Confirm(ctx, s.Device.ID, d.code(t, s))
		wantCode(t, err, "")
	})

	t.Run("is too late after 15 minutes", func(t *testing.T) {
		d := newDesk(t)
		ctx := d.as(t, d.user(t))
		s := d.start(t, ctx)
		d.clock.Advance(15 * time.Minute)

		_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))

		wantCode(t, err, fault.Expired)
	})

	t.Run("knows no app of anyone else, whose code is right or not", func(t *testing.T) {
		d := newDesk(t)
		owner, other := d.user(t), d.user(t)
		s := d.start(t, d.as(t, owner))

		for _, deviceID := range []string{s.Device.ID, id.New(id.Device), "", "dev_x", strings.Repeat("9", 10_000)} {
			_, err := d.Confirm(d.as(t, other), deviceID, d.code(t, s))
			wantCode(t, err, fault.NotFound)
		}
		_, err := d.Confirm(t.Context(), s.Device.ID, d.code(t, s))
		wantCode(t, err, fault.Unauthenticated)
	})

	t.Run("pauses after five wrong codes", func(t *testing.T) {
		d := newDesk(t)
		ctx := d.as(t, d.user(t))
		s := d.start(t, ctx)
		for range throttle.PauseFrom {
			_, err := d.Confirm(ctx, s.Device.ID, d.wrong(t, s))
			wantCode(t, err, fault.WrongCode)
		}

		_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
		wantCode(t, err, fault.Throttled)

		d.clock.Advance(throttle.FirstPause)
		_, err = d.Confirm(ctx, s.Device.ID, d.code(t, s))
		wantCode(t, err, "")
	})

	t.Run("is refused once the owner is frozen or apps are not permitted any more", func(t *testing.T) {
		d := newDesk(t)
		frozen := d.user(t, func(u *user.User) { u.Status = user.Frozen })
		ctx := d.as(t, frozen)
		if err := d.Add(t.Context(), frozen, "", secret.NewText("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")); err != nil {
			t.Fatal(err)
		}
		devices, err := d.db.ListDevices(ctx, d.bank.ID, []string{frozen.ID})
		if err != nil {
			t.Fatal(err)
		}

		_, err = d.Confirm(ctx, devices[0].Common().ID, "000000")

		wantCode(t, err, fault.Conflict)
	})
}

// Who came in by a backup code may bind one app without another factor.
func TestService_AfterBackupCode(t *testing.T) {
	d := newDesk(t)
	u := d.user(t)
	ctx := d.as(t, u, byBackupCode)

	s := d.start(t, ctx)
	s = d.start(t, ctx) // before it is bound, again
	_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
	wantCode(t, err, "")

	_, err = d.Start(ctx, "")
	wantCode(t, err, fault.StepUpRequired)
	other := d.start(t, d.as(t, u))
	_, err = d.Confirm(ctx, other.Device.ID, d.code(t, other))
	wantCode(t, err, fault.StepUpRequired)
	again := d.as(t, u, byBackupCode) // another code, another session
	s = d.start(t, again)
	_, err = d.Confirm(again, s.Device.ID, d.code(t, s))
	wantCode(t, err, "")
}

func TestService_Verify(t *testing.T) {
	verify := func(t *testing.T, d *desk, s authenticator.Started, code string, want bool) {
		t.Helper()
		if ok, err := d.Verify(t.Context(), d.bank.ID, s.Device.ID, code); ok != want || err != nil {
			t.Errorf("got %v, %v; want %v", ok, err, want)
		}
	}

	t.Run("takes each code once", func(t *testing.T) {
		d := newDesk(t)
		s := d.bound(t, d.user(t))
		code := d.code(t, s)

		verify(t, d, s, d.wrong(t, s), false)
		verify(t, d, s, code, true)
		verify(t, d, s, code, false)
		d.clock.Advance(30 * time.Second)
		verify(t, d, s, code, false)
		verify(t, d, s, d.code(t, s), true)
	})

	t.Run("takes a code of the step before, and none older", func(t *testing.T) {
		d := newDesk(t)
		s := d.bound(t, d.user(t))
		old, older := "", d.code(t, s)
		d.clock.Advance(30 * time.Second)
		old = d.code(t, s)
		d.clock.Advance(30 * time.Second)

		verify(t, d, s, older, false)
		verify(t, d, s, old, true)
	})

	t.Run("takes no code of another app, another institution's request or an app that is not bound", func(t *testing.T) {
		d := newDesk(t)
		s, other := d.bound(t, d.user(t)), d.bound(t, d.user(t))
		waiting := d.start(t, d.as(t, d.user(t)))

		verify(t, d, s, d.code(t, other), false)
		verify(t, d, waiting, d.code(t, waiting), false)
		if ok, err := d.Verify(t.Context(), id.New(id.Institution), s.Device.ID, d.code(t, s)); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
		if ok, err := d.Verify(t.Context(), d.bank.ID, id.New(id.Device), d.code(t, s)); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
	})

	t.Run("follows a clock that is ahead", func(t *testing.T) {
		d := newDesk(t)
		s := d.bound(t, d.user(t))
		for ahead := range 3 {
			d.clock.Advance(5 * time.Minute)
			code, err := totp.GenerateCode(s.Secret.Reveal(), d.clock.Now().Add(time.Duration(ahead+1)*30*time.Second))
			if err != nil {
				t.Fatal(err)
			}
			verify(t, d, s, code, true)
		}
	})
}

func TestService_VerifyInParallel(t *testing.T) {
	for name, newDatabase := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) {
			dsn := newDatabase(t)
			d := deskOn(t, storetest.Open(t, dsn))
			s := d.bound(t, d.user(t))
			second := *d.Service
			second.Store = storetest.Open(t, dsn)
			code := d.code(t, s)
			var right atomic.Int64
			var done sync.WaitGroup

			for i := range 64 {
				service := []*authenticator.Service{d.Service, &second}[i%2]
				done.Go(func() {
					ok, err := service.Verify(t.Context(), d.bank.ID, s.Device.ID, code)
					if err != nil {
						t.Error(err)
					}
					if ok {
						right.Add(1)
					}
				})
			}
			done.Wait()

			if right.Load() != 1 {
				t.Errorf("one code was right %d times", right.Load())
			}
		})
	}
}

func TestService_ConfirmInParallel(t *testing.T) {
	for name, newDatabase := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) {
			db := storetest.Open(t, newDatabase(t))
			d := deskOn(t, db)
			d.Attempts = unlimited{} // what is looked at is the binding
			d.Notifier, d.Audit = silence{}, silence{}
			u := d.user(t)
			ctx := d.as(t, u)
			s := d.start(t, ctx)
			code := d.code(t, s)
			var bound atomic.Int64
			var done sync.WaitGroup

			for range 64 {
				done.Go(func() {
					switch _, err := d.Confirm(ctx, s.Device.ID, code); fault.CodeOf(err) {
					case "":
						bound.Add(1)
					case fault.Conflict, fault.WrongCode:
					default:
						t.Error(err)
					}
				})
			}
			done.Wait()

			if bound.Load() != 1 {
				t.Errorf("bound %d times", bound.Load())
			}
		})
	}
}

func TestService_StartInParallel(t *testing.T) {
	for name, newDatabase := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) {
			d := deskOn(t, storetest.Open(t, newDatabase(t)))
			d.Audit = silence{}
			u := d.user(t)
			ctx := d.as(t, u)
			var done sync.WaitGroup

			for range 16 {
				done.Go(func() {
					if _, err := d.Start(ctx, ""); err != nil && fault.CodeOf(err) != fault.Conflict {
						t.Error(err)
					}
				})
			}
			done.Wait()

			devices, err := d.db.ListDevices(ctx, d.bank.ID, []string{u.ID})
			if err != nil || len(devices) != 1 {
				t.Errorf("%d apps wait, %v", len(devices), err)
			}
		})
	}
}

type unlimited struct{}

func (unlimited) Begin(context.Context, string, throttle.Lane) (int, error) { return 1, nil }
func (unlimited) Clear(context.Context, string, throttle.Lane) error        { return nil }

type silence struct{}

func (silence) Tell(context.Context, user.User, notification.Notice, string) error { return nil }
func (silence) Record(context.Context, audit.Event) error                          { return nil }

func TestService_Reencrypt(t *testing.T) {
	d := newDesk(t)
	u := d.user(t)
	const known = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for range 3 {
		if err := d.Add(t.Context(), u, "", secret.NewText(known)); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := d.db.ListAuthenticators(t.Context(), "", 100)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}

	n, err := d.Reencrypt(t.Context())

	if err != nil || n != 3 {
		t.Errorf("wrote %d anew, %v", n, err)
	}
	after, err := d.db.ListAuthenticators(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for i := range after {
		if bytes.Equal(after[i].Secret, rows[i].Secret) || bytes.Contains(after[i].Secret, []byte(known)) {
			t.Errorf("row %d was not written anew", i)
		}
	}
	code, err := totp.GenerateCode(known, d.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := d.Verify(t.Context(), d.bank.ID, after[0].DeviceID, code); !ok || err != nil {
		t.Errorf("the secret is lost: %v, %v", ok, err)
	}
}

func TestService_Add(t *testing.T) {
	d := newDesk(t)
	for _, key := range []string{"", "GEZDGNBV", "not Base32", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq"} {
		wantCode(t, d.Add(t.Context(), d.user(t), "", secret.NewText(key)), fault.InvalidInput)
	}
}

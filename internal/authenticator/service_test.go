package authenticator_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_Start(t *testing.T) {
	t.Run("shows a secret of 160 bits, as text, as otpauth and as a picture", func(t *testing.T) {
		d := newDesk(t)
		bank := d.Institution(t, "colon", "Bank: of Tests")
		u := d.User(t, func(u *user.User) { u.InstitutionID = bank.ID })

		s := d.start(t, d.As(t, u))

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
		if s.Device.ConfirmedAt != nil || s.Device.Label != "My app" || s.Device.UserID != u.ID || !s.Device.AddedAt.Equal(world.Began) {
			t.Errorf("the device is %+v", s.Device)
		}
		if len(d.Told.All) != 0 || len(d.Audited.Events) != 1 || d.Audited.Events[0].Action != audit.StartedAuthenticator || d.Audited.Events[0].TargetID != s.Device.ID {
			t.Errorf("told %v, recorded %+v", d.Told.All, d.Audited.Events)
		}
	})

	t.Run("makes everyone another secret, every time", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)

		first, second := d.start(t, d.As(t, u)).Secret, d.start(t, d.As(t, u)).Secret

		if first.Reveal() == second.Reveal() {
			t.Error("one secret twice")
		}
	})

	t.Run("replaces the app that is still to be bound, and none that is", func(t *testing.T) {
		d := newDesk(t)
		u, other := d.User(t), d.User(t)
		bound, others := d.bound(t, u), d.start(t, d.As(t, other))
		ctx := d.As(t, u)

		first, second := d.start(t, ctx), d.start(t, ctx)

		_, err := d.Confirm(ctx, first.Device.ID, d.code(t, first))
		world.WantCode(t, err, fault.NotFound)
		_, err = d.Confirm(ctx, second.Device.ID, d.code(t, second))
		world.WantCode(t, err, "")
		_, err = d.Confirm(d.As(t, other), others.Device.ID, d.code(t, others))
		world.WantCode(t, err, "")
		devices, err := d.DB.ListDevices(t.Context(), d.Bank.ID, []string{u.ID})
		if err != nil || len(devices) != 2 || devices[0].Common().ID != bound.Device.ID || devices[1].Common().ID != second.Device.ID {
			t.Errorf("the devices are %v, %v", devices, err)
		}
	})

	t.Run("wants a fresh factor", func(t *testing.T) {
		d := newDesk(t)
		for age, want := range map[time.Duration]fault.Code{auth.CustomerStepUp: "", auth.CustomerStepUp + time.Microsecond: fault.StepUpRequired} {
			_, err := d.Start(world.FactorAt(d.As(t, d.User(t)), world.Began.Add(-age)), "")
			world.WantCode(t, err, want)
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
				ctx: func(d *desk) context.Context { return d.As(t, d.User(t)) }},
			"who is frozen": {want: fault.Conflict, ctx: func(d *desk) context.Context {
				return d.As(t, d.User(t, world.Frozen))
			}},
			"a long label": {want: fault.InvalidInput, label: strings.Repeat("x", 51), ctx: func(d *desk) context.Context { return d.As(t, d.User(t)) }},
		} {
			var settings []func(s *institution.Settings)
			if test.change != nil {
				settings = append(settings, test.change)
			}
			_, err := newDeskStart(t, settings, test.ctx, test.label)
			t.Run(name, func(t *testing.T) { world.WantCode(t, err, test.want) })
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
		u := d.User(t)
		ctx := d.As(t, u)
		s := d.start(t, ctx)
		d.Time.Advance(15*time.Minute - time.Microsecond)

		got, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))

		if err != nil || got.ConfirmedAt == nil || !got.ConfirmedAt.Equal(d.Time.Now()) || got.LastUsedAt != nil || got.ID != s.Device.ID {
			t.Fatalf("got %+v, %v", got, err)
		}
		if len(d.Told.All) != 1 || d.Told.All[0].Notice != notification.AuthenticatorAdded || d.Audited.Events[len(d.Audited.Events)-1].Action != audit.ConfirmedDevice {
			t.Errorf("told %v, recorded %+v", d.Told.All, d.Audited.Events)
		}
		if ok, err := verify(t.Context(), d.Service, d.Bank.ID, s.Device.ID, d.code(t, s)); ok || err != nil {
			t.Errorf("the code that bound it signs in: %v, %v", ok, err)
		}
		_, err = d.Confirm(ctx, s.Device.ID, d.code(t, s))
		world.WantCode(t, err, fault.Conflict)
	})

	t.Run("changes nothing if the owner can't be told", func(t *testing.T) {
		d := newDesk(t)
		ctx := d.As(t, d.User(t))
		s := d.start(t, ctx)
		d.Told.Err = errors.New("made up")

		_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
		world.WantCode(t, err, fault.Internal)

		d.Told.Err = nil
		_, err = d.Confirm(ctx, s.Device.ID, d.code(t, s))
		world.WantCode(t, err, "")
	})

	t.Run("is too late after 15 minutes", func(t *testing.T) {
		d := newDesk(t)
		ctx := d.As(t, d.User(t))
		s := d.start(t, ctx)
		d.Time.Advance(15 * time.Minute)

		_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))

		world.WantCode(t, err, fault.Expired)
	})

	t.Run("knows no app of anyone else, whose code is right or not", func(t *testing.T) {
		d := newDesk(t)
		owner, other := d.User(t), d.User(t)
		s := d.start(t, d.As(t, owner))

		for _, deviceID := range []string{s.Device.ID, id.New(id.Device), "", "dev_x", strings.Repeat("9", 10_000)} {
			_, err := d.Confirm(d.As(t, other), deviceID, d.code(t, s))
			world.WantCode(t, err, fault.NotFound)
		}
		_, err := d.Confirm(t.Context(), s.Device.ID, d.code(t, s))
		world.WantCode(t, err, fault.Unauthenticated)
	})

	t.Run("pauses after five wrong codes", func(t *testing.T) {
		d := newDesk(t)
		ctx := d.As(t, d.User(t))
		s := d.start(t, ctx)
		for range throttle.PauseFrom {
			_, err := d.Confirm(ctx, s.Device.ID, d.wrong(t, s))
			world.WantCode(t, err, fault.WrongCode)
		}

		_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
		world.WantCode(t, err, fault.Throttled)

		d.Time.Advance(throttle.FirstPause)
		_, err = d.Confirm(ctx, s.Device.ID, d.code(t, s))
		world.WantCode(t, err, "")
	})

	t.Run("is refused once the owner is frozen or apps are not permitted any more", func(t *testing.T) {
		d := newDesk(t)
		frozen := d.User(t, world.Frozen)
		ctx := d.As(t, frozen)
		if err := d.Add(t.Context(), frozen, "", secret.NewText("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")); err != nil {
			t.Fatal(err)
		}
		devices, err := d.DB.ListDevices(ctx, d.Bank.ID, []string{frozen.ID})
		if err != nil {
			t.Fatal(err)
		}

		_, err = d.Confirm(ctx, devices[0].Common().ID, "000000")

		world.WantCode(t, err, fault.Conflict)
	})
}

// Who came in by a backup code may bind one app without another factor.
func TestService_AfterBackupCode(t *testing.T) {
	d := newDesk(t)
	u := d.User(t)
	ctx := d.byBackupCode(t, u)

	d.start(t, ctx)
	s := d.start(t, ctx) // before it is bound, again
	_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
	world.WantCode(t, err, "")

	_, err = d.Start(ctx, "")
	world.WantCode(t, err, fault.Forbidden)
	_, err = d.Start(world.FactorAt(ctx, d.Time.Now()), "") // stepped up by it
	world.WantCode(t, err, fault.Forbidden)
	other := d.start(t, d.As(t, u))
	_, err = d.Confirm(ctx, other.Device.ID, d.code(t, other))
	world.WantCode(t, err, fault.Forbidden)
	bound, err := d.DB.FindDevice(t.Context(), d.Bank.ID, s.Device.ID)
	if err != nil || bound.Common().BackupCodeUsedAt == nil || !bound.Common().BackupCodeUsedAt.Equal(d.Time.Now()) {
		t.Errorf("the app does not remember where it comes from: %+v, %v", bound, err)
	}
	again := d.byBackupCode(t, u) // another code, another session
	s = d.start(t, again)
	_, err = d.Confirm(again, s.Device.ID, d.code(t, s))
	world.WantCode(t, err, "")
}

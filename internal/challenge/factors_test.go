package challenge_test

import (
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// app adds a bound authenticator app of a person and returns the option by which it signs in.
func (d *desk) app(t *testing.T, p person) (option, deviceID string) {
	t.Helper()
	a := &device.Authenticator{Base: world.Base(p.User)}
	d.AddDevice(t, a)
	return "AUTHENTICATOR_APP:" + a.ID, a.ID
}

func TestService_Verify_authenticatorApp(t *testing.T) {
	t.Run("signs in by what the app shows, once, with a fresh factor", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		option, deviceID := d.app(t, ann)
		d.factors.appCodes[deviceID+" 123456"] = true
		c, again := d.signIn(t, ann), d.signIn(t, ann)

		proof, err := d.Verify(t.Context(), c.Token, option, " 123 456 ")
		_, replayed := d.Verify(t.Context(), again.Token, option, "123456")

		world.WantCode(t, err, "")
		world.WantCode(t, replayed, fault.WrongCode)
		_, actor, err := d.DB.FindActor(t.Context(), auth.HashToken(proof.Token))
		if err != nil || !actor.FactorAt.Equal(world.Began) || actor.ByBackupCode {
			t.Errorf("session of %+v, %v", actor, err)
		}
	})

	t.Run("has no code sent", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		option, _ := d.app(t, ann)

		_, err := d.SendCode(t.Context(), d.signIn(t, ann).Token, option, false)

		world.WantCode(t, err, fault.InvalidInput)
	})

	t.Run("is paused by wrong codes, says so at the next sign-in, and leaves the phone open", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		option, _ := d.app(t, ann)
		c := d.signIn(t, ann)
		for range 5 {
			_, err := d.Verify(t.Context(), c.Token, option, "000000")
			world.WantCode(t, err, fault.WrongCode)
		}
		_, err := d.Verify(t.Context(), c.Token, option, "000000")
		world.WantCode(t, err, fault.Throttled)

		next := d.signIn(t, ann)

		missing := []challenge.Unavailable{{Kind: challenge.AuthenticatorApp, Label: "Code from your authenticator app", Reason: challenge.Paused}}
		if len(next.Options) != 1 || next.Options[0].ID != ann.option() || !slices.Equal(next.Unavailable, missing) {
			t.Errorf("offered %+v, missing %+v", next.Options, next.Unavailable)
		}
		d.Time.Advance(30 * time.Second)
		if open := d.signIn(t, ann); len(open.Options) != 2 || len(open.Unavailable) != 0 {
			t.Errorf("after the pause: %+v", open)
		}
	})
}

func TestService_SendCode_byMail(t *testing.T) {
	d := newDesk(t, world.Mail)
	ann := d.person(t, "ann@customer.example")
	mail := &device.Email{Base: world.Base(ann.User), Address: "ann@home.example"}
	d.AddDevice(t, mail)
	c := d.signIn(t, ann)

	_, err := d.SendCode(t.Context(), c.Token, "EMAIL:"+mail.ID, false)

	world.WantCode(t, err, "")
	if to := d.Inbox.Last().To; to.Channel != notification.Email || to.To != "ann@home.example" {
		t.Errorf("sent to %+v", to)
	}
	_, err = d.Verify(t.Context(), c.Token, "EMAIL:"+mail.ID, d.Inbox.Last().Code)
	world.WantCode(t, err, "")
}

func TestService_Verify_backupCode(t *testing.T) {
	holder := func(t *testing.T) (*desk, person) {
		d := newDesk(t)
		d.factors.held, d.factors.backupCodes["AB123-45678-9ABCD"] = backupcode.SomeLeft, true
		return d, d.person(t, "ann@customer.example")
	}

	t.Run("signs in once, tells the user, and proves no factor for step-up", func(t *testing.T) {
		d, ann := holder(t)
		c, again := d.signIn(t, ann), d.signIn(t, ann)
		if last := c.Options[len(c.Options)-1]; last.ID != "BACKUP_CODE" || last.Label != "Backup code" {
			t.Fatalf("offered %+v", c.Options)
		}

		proof, err := d.Verify(t.Context(), c.Token, "BACKUP_CODE", "AB123-45678-9ABCD")
		_, replayed := d.Verify(t.Context(), again.Token, "BACKUP_CODE", "AB123-45678-9ABCD")

		world.WantCode(t, err, "")
		world.WantCode(t, replayed, fault.WrongCode)
		_, actor, err := d.DB.FindActor(t.Context(), auth.HashToken(proof.Token))
		if err != nil || !actor.FactorAt.IsZero() || !actor.ByBackupCode {
			t.Errorf("session of %+v, %v", actor, err)
		}
		if !slices.Equal(d.Told.All, []world.Told{{Notice: notification.BackupCodeUsed}}) {
			t.Errorf("told %v", d.Told.All)
		}
	})

	t.Run("is no way to meet a step-up", func(t *testing.T) {
		d, ann := holder(t)
		mine := d.session(t, d.enter(t, ann).Token)

		c, err := d.StartStepUp(mine)

		if err != nil || len(c.Options) != 1 || c.Options[0].ID != ann.option() {
			t.Fatalf("offered %+v, %v", c.Options, err)
		}
		_, err = d.Verify(mine, c.Token, "BACKUP_CODE", "AB123-45678-9ABCD")
		world.WantCode(t, err, fault.InvalidInput)
		if !d.factors.backupCodes["AB123-45678-9ABCD"] {
			t.Error("the code is spent")
		}
	})

	t.Run("wrong ones slow down to five a minute, pause nothing and never disable", func(t *testing.T) {
		d, ann := holder(t)
		c := d.signIn(t, ann)
		for range 60 {
			for range 5 {
				_, err := d.Verify(t.Context(), c.Token, "BACKUP_CODE", "wrong")
				world.WantCode(t, err, fault.WrongCode)
			}
			_, err := d.Verify(t.Context(), c.Token, "BACKUP_CODE", "AB123-45678-9ABCD")
			world.WantCode(t, err, fault.Throttled)
			d.Time.Advance(time.Minute)
			c = d.signIn(t, ann)
		}

		if len(d.Told.All) != 0 {
			t.Errorf("told %v", d.Told.All)
		}
		_, err := d.Verify(t.Context(), c.Token, "BACKUP_CODE", "AB123-45678-9ABCD")
		world.WantCode(t, err, "")
	})

	t.Run("a desk that was too busy to look counts nothing", func(t *testing.T) {
		d, ann := holder(t)
		c := d.signIn(t, ann)
		d.Hashes.Err = fault.Throttle(time.Second, "busy")
		for range 20 {
			_, err := d.Verify(t.Context(), c.Token, "BACKUP_CODE", "AB123-45678-9ABCD")
			world.WantCode(t, err, fault.Throttled)
		}
		d.Hashes.Err = nil

		_, err := d.Verify(t.Context(), c.Token, "BACKUP_CODE", "AB123-45678-9ABCD")

		world.WantCode(t, err, "")
	})

	t.Run("is missing with its reason, and for who never had one not mentioned", func(t *testing.T) {
		d, ann := holder(t)
		for held, want := range map[backupcode.Held][]challenge.Unavailable{
			backupcode.NoSet:        nil,
			backupcode.NoneLeft:     {{Kind: challenge.BackupCode, Label: "Backup code", Reason: challenge.NoneLeft}},
			backupcode.NotPermitted: {{Kind: challenge.BackupCode, Label: "Backup code", Reason: challenge.NotPermitted}},
		} {
			d.factors.held = held

			c := d.signIn(t, ann)

			if len(c.Options) != 1 || !slices.Equal(c.Unavailable, want) {
				t.Errorf("%q: offered %+v, missing %+v", held, c.Options, c.Unavailable)
			}
		}
	})
}

package challenge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

func TestService_SendCode(t *testing.T) {
	t.Run("sends six digits to the device, and says how long they are good", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)

		got, err := d.SendCode(t.Context(), c.Token, ann.option(), false)

		if err != nil || got.RetryAfter != 30*time.Second || !got.ExpiresAt.Equal(world.Began.Add(5*time.Minute)) {
			t.Errorf("got %+v, %v", got, err)
		}
		if to := d.Inbox.Last().To; len(d.Inbox.Last().Code) != 6 || to.To != "+12025550101" || to.Channel != notification.SMS || to.UserID != ann.ID || !to.Confirmed {
			t.Errorf("sent %q to %+v", d.Inbox.Last().Code, to)
		}
	})

	t.Run("keeps no code: the database has a MAC for this challenge and device", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)

		stored, err := d.DB.FindOneTimeCode(t.Context(), auth.HashToken(c.Token), ann.phone.ID)

		if err != nil || strings.Contains(string(stored.MAC), code) || !d.Codes.Keys.VerifyMAC(stored.MAC, auth.HashToken(c.Token), ann.phone.ID, code) {
			t.Errorf("got %+v, %v", stored, err)
		}
	})

	t.Run("goes the way that the device goes now, whatever the option said", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		agent := d.person(t, "agent@harbor.example", world.Staff)
		override := &device.Override{NumberType: device.Landline, Reason: "why", ByID: agent.ID, At: world.Began}
		if err := d.DB.SetNumberTypeOverride(t.Context(), ann.InstitutionID, ann.phone.ID, device.Seen{}, override); err != nil {
			t.Fatal(err)
		}

		d.send(t, c, ann)

		if d.Inbox.Last().To.Channel != notification.Voice {
			t.Errorf("sent by %s", d.Inbox.Last().To.Channel)
		}
	})

	t.Run("is THROTTLED within 30 seconds of the last, which stays good", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		d.Time.Advance(30*time.Second - time.Microsecond)

		_, err := d.SendCode(t.Context(), c.Token, ann.option(), false)
		_, inAnother := d.SendCode(t.Context(), d.signIn(t, ann).Token, ann.option(), false)

		world.WantCode(t, err, fault.Throttled)
		world.WantCode(t, inAnother, fault.Throttled)
		if len(d.Inbox.All) != 1 {
			t.Errorf("%d were sent", len(d.Inbox.All))
		}
		_, err = d.Verify(t.Context(), c.Token, ann.option(), code)
		world.WantCode(t, err, "")
	})

	t.Run("is THROTTLED over five an hour for a device, over all sign-ins", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		for range 5 {
			d.send(t, d.signIn(t, ann), ann)
			d.Time.Advance(time.Minute)
		}

		_, err := d.SendCode(t.Context(), d.signIn(t, ann).Token, ann.option(), false)

		world.WantCode(t, err, fault.Throttled)
		d.Time.Advance(55 * time.Minute)
		d.send(t, d.signIn(t, ann), ann)
	})

	t.Run("replaces the code before it", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		old := d.send(t, c, ann)
		d.Time.Advance(30 * time.Second)
		fresh := d.send(t, c, ann)
		for fresh == old {
			d.Time.Advance(30 * time.Second)
			fresh = d.send(t, c, ann)
		}

		_, err := d.Verify(t.Context(), c.Token, ann.option(), old)
		world.WantCode(t, err, fault.WrongCode)
		_, err = d.Verify(t.Context(), c.Token, ann.option(), fresh)
		world.WantCode(t, err, "")
	})

	t.Run("leaves a code good that the provider may have sent after all", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		d.Inbox.Err = fault.Errorf(fault.ProviderUnavailable, "down")

		_, err := d.SendCode(t.Context(), c.Token, ann.option(), false)
		world.WantCode(t, err, fault.ProviderUnavailable)

		_, err = d.Verify(t.Context(), c.Token, ann.option(), d.Inbox.Last().Code)
		world.WantCode(t, err, "")
	})

	t.Run("refuses what is no challenge or no option of it", func(t *testing.T) {
		d := newDesk(t)
		ann, bob := d.person(t, "ann@customer.example"), d.person(t, "bob@customer.example")
		c := d.signIn(t, ann)
		for _, test := range []struct {
			token, option string
			want          fault.Code
		}{
			{"", ann.option(), fault.NotFound},
			{auth.NewToken(), ann.option(), fault.NotFound},
			{auth.HashToken(c.Token), ann.option(), fault.NotFound},
			{strings.Repeat("x", 1<<20), ann.option(), fault.NotFound},
			{"\x00", ann.option(), fault.NotFound},
			{c.Token, "", fault.InvalidInput},
			{c.Token, "SMS:" + id.New(id.Device), fault.InvalidInput},
			{c.Token, bob.option(), fault.InvalidInput},
			{c.Token, ann.phone.ID, fault.InvalidInput},
		} {
			_, err := d.SendCode(t.Context(), test.token, test.option, false)
			world.WantCode(t, err, test.want)
			_, err = d.Verify(t.Context(), test.token, test.option, "123456")
			world.WantCode(t, err, test.want)
		}
		if len(d.Inbox.All) != 0 {
			t.Errorf("%d codes were sent", len(d.Inbox.All))
		}
	})

	t.Run("refuses a challenge that is over", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		late := d.signIn(t, ann)
		d.Time.Advance(15*time.Minute - time.Microsecond)
		done := d.signIn(t, ann)
		if _, err := d.Verify(t.Context(), done.Token, ann.option(), d.send(t, done, ann)); err != nil {
			t.Fatal(err)
		}
		d.Time.Advance(time.Microsecond)

		for _, token := range []string{late.Token, done.Token} {
			_, err := d.SendCode(t.Context(), token, ann.option(), false)
			world.WantCode(t, err, fault.Expired)
		}
	})

	t.Run("refuses a challenge at the client that did not get it", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		admin := auth.WithClient(t.Context(), auth.Client{Kind: auth.Staff})

		_, err := d.SendCode(admin, c.Token, ann.option(), false)
		world.WantCode(t, err, fault.NotFound)
		_, err = d.Verify(admin, c.Token, ann.option(), "123456")
		world.WantCode(t, err, fault.NotFound)
	})
}

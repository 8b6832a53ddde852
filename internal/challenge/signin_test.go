package challenge_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_SignIn(t *testing.T) {
	t.Run("returns a challenge of 15 minutes with what can get a code, and no session", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")

		c, err := d.SignIn(t.Context(), challenge.Credentials{Institution: "harbor", Username: " Ann@Customer.EXAMPLE ", Password: world.Password})

		if err != nil || c.Step != challenge.SecondFactor || len(c.Token) != 43 || !c.ExpiresAt.Equal(world.Began.Add(15*time.Minute)) {
			t.Fatalf("got %+v, %v", c, err)
		}
		if len(c.Options) != 1 || c.Options[0].ID != ann.option() || c.Options[0].Kind != challenge.SMS || len(d.Inbox.All) != 0 {
			t.Errorf("options %+v, %d codes sent", c.Options, len(d.Inbox.All))
		}
	})

	t.Run("says the same in the same time whatever is wrong", func(t *testing.T) {
		d := newDesk(t)
		d.person(t, "ann@customer.example")
		d.person(t, "staff@harbor.example", world.Staff)
		d.person(t, "closed@customer.example", func(u *user.User) { u.Status = user.Closed })
		banking, admin := auth.Client{Kind: auth.Customer}, auth.Client{Kind: auth.Staff}

		messages := map[string]bool{}
		for name, test := range map[string]struct {
			client auth.Client
			typed  challenge.Credentials
		}{
			"a wrong password":              {banking, challenge.Credentials{Institution: "harbor", Username: "ann@customer.example", Password: "wrong"}},
			"no password":                   {banking, challenge.Credentials{Institution: "harbor", Username: "ann@customer.example"}},
			"a user who does not exist":     {banking, typed("nobody@customer.example")},
			"no user":                       {banking, typed("")},
			"an institution that is none":   {banking, challenge.Credentials{Institution: "nowhere", Username: "ann@customer.example", Password: world.Password}},
			"no institution":                {banking, challenge.Credentials{Username: "ann@customer.example", Password: world.Password}},
			"staff at the banking client":   {banking, typed("staff@harbor.example")},
			"customers at the staff client": {admin, typed("ann@customer.example")},
			"a user who is closed":          {banking, typed("closed@customer.example")},
		} {
			d.Hashes.Count = 0
			_, err := d.SignIn(auth.WithClient(t.Context(), test.client), test.typed)

			world.WantCode(t, err, fault.WrongCredentials)
			messages[fmt.Sprint(err)] = true
			if d.Hashes.Count != 1 {
				t.Errorf("%s: %d hashes", name, d.Hashes.Count)
			}
		}
		if len(messages) != 1 {
			t.Errorf("the answers differ: %v", messages)
		}
		if d.Audited.Failures != 7 { // all but the two of no institution
			t.Errorf("%d were counted", d.Audited.Failures)
		}
	})

	t.Run("refuses what no database and no hasher should see", func(t *testing.T) {
		d := newDesk(t)
		for _, c := range []challenge.Credentials{
			typed("a\x00b"), {Institution: "a\x00", Username: "x", Password: world.Password}, {Institution: "harbor", Username: "x", Password: strings.Repeat("x", 1001)},
		} {
			_, err := d.SignIn(t.Context(), c)
			world.WantCode(t, err, fault.WrongCredentials)
		}
	})

	t.Run("is CONFLICT for a user who has no device that gets codes", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		if err := d.DB.DisableDevice(t.Context(), ann.InstitutionID, ann.phone.ID, world.Began); err != nil {
			t.Fatal(err)
		}

		_, err := d.SignIn(t.Context(), typed(ann.Email))

		world.WantCode(t, err, fault.Conflict)
	})

	t.Run("lets both clients in where the server could not tell which it is", func(t *testing.T) {
		d := newDesk(t)
		d.person(t, "staff@harbor.example", world.Staff)

		_, err := d.SignIn(t.Context(), typed("staff@harbor.example"))

		world.WantCode(t, err, "")
	})
}

func TestService_SignIn_throttled(t *testing.T) {
	wrong := challenge.Credentials{Institution: "harbor", Username: "ann@customer.example", Password: "wrong"}
	fail := func(t *testing.T, d *desk, address string, n int) {
		t.Helper()
		for range n {
			_, err := d.SignIn(from(t, address, ""), wrong)
			world.WantCode(t, err, fault.WrongCredentials)
		}
	}

	t.Run("after ten failures from one address in 15 minutes, for the right password too", func(t *testing.T) {
		d := newDesk(t)
		d.person(t, "ann@customer.example")
		fail(t, d, "192.0.2.1", 10)
		d.Hashes.Count = 0

		_, err := d.SignIn(from(t, "192.0.2.1", ""), typed("ann@customer.example"))

		world.WantCode(t, err, fault.Throttled)
		if d.Hashes.Count != 0 {
			t.Error("it was hashed all the same")
		}
		d.Time.Advance(15 * time.Minute)
		_, err = d.SignIn(from(t, "192.0.2.1", ""), typed("ann@customer.example"))
		world.WantCode(t, err, "")
	})

	t.Run("never locks the account: other addresses still get in", func(t *testing.T) {
		d := newDesk(t)
		d.person(t, "ann@customer.example")
		for i := range 5 {
			fail(t, d, fmt.Sprintf("192.0.2.%d", i), 10)
		}

		_, err := d.SignIn(from(t, "192.0.2.99", ""), typed("ann@customer.example"))

		world.WantCode(t, err, "")
	})

	t.Run("the same for users who do not exist", func(t *testing.T) {
		d := newDesk(t)
		fail(t, d, "192.0.2.1", 10)

		_, err := d.SignIn(from(t, "192.0.2.1", ""), wrong)

		world.WantCode(t, err, fault.Throttled)
	})

	t.Run("after a hundred failures from one address, over all accounts", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		for i := range 100 {
			c := wrong
			c.Username = fmt.Sprintf("person-%d@customer.example", i)
			_, err := d.SignIn(from(t, "192.0.2.1", ""), c)
			world.WantCode(t, err, fault.WrongCredentials)
		}

		_, err := d.SignIn(from(t, "192.0.2.1", ""), typed(ann.Email))
		world.WantCode(t, err, fault.Throttled)
		_, err = d.SignIn(from(t, "192.0.2.2", ""), typed(ann.Email))
		world.WantCode(t, err, "")
	})

	t.Run("never by successes", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		fail(t, d, "", 9)

		for range 30 {
			d.signIn(t, ann)
		}

		fail(t, d, "", 1)
		_, err := d.SignIn(t.Context(), typed(ann.Email))
		world.WantCode(t, err, fault.Throttled)
	})

	t.Run("never by a desk that was too busy to look", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		d.Hashes.Err = fault.Throttle(time.Second, "busy")
		for range 20 {
			_, err := d.SignIn(t.Context(), typed(ann.Email))
			world.WantCode(t, err, fault.Throttled)
		}

		d.Hashes.Err = nil

		d.signIn(t, ann)
	})

	t.Run("never by requests that ended before anybody looked", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		for range 20 {
			ctx, cancel := context.WithCancel(t.Context())
			d.Hashes.During = cancel // the browser is gone while the password is being hashed
			d.Hashes.Err = context.Canceled
			if _, err := d.SignIn(ctx, typed(ann.Email)); err == nil {
				t.Fatal("it signed in without a look at the password")
			}
		}

		d.Hashes.During, d.Hashes.Err = nil, nil

		d.signIn(t, ann)
	})

	t.Run("never by tries at another account that is throttled already", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := wrong
		c.Username = "bob@customer.example"
		for i := range 200 {
			_, err := d.SignIn(t.Context(), c)
			want := fault.Throttled
			if i < 10 {
				want = fault.WrongCredentials
			}
			world.WantCode(t, err, want)
		}

		d.signIn(t, ann)
	})
}

package challenge_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// One who registered with somebody's address is told nothing by it, and the owner
// signs in as before.
func TestService_SignIn_whoWaitsForAnAddress(t *testing.T) {
	onBoth := func(t *testing.T, test func(t *testing.T, d *desk)) {
		world.OnBoth(t, func(t *testing.T, w *world.World) { test(t, deskIn(w)) })
	}
	waits := func(t *testing.T, d *desk, email, password string, s user.Status) user.User {
		t.Helper()
		u := user.User{
			ID: id.New(id.User), InstitutionID: d.Bank.ID, Kind: auth.Customer, Status: s, Email: email,
			FirstName: "Mallory", LastName: "Mole", CreatedAt: world.Began,
		}
		if err := errors.Join(d.DB.CreateUser(t.Context(), u, world.Hash(password)), d.DB.CreateWaiting(t.Context(), enrollment.Waiting{
			UserID: u.ID, InstitutionID: u.InstitutionID, Email: email, MadeAt: world.Began, LapsesAt: world.Began.Add(time.Hour),
		}, 3)); err != nil {
			t.Fatal(err)
		}
		return u
	}

	t.Run("each by the own password, for one hash", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			owner := d.person(t, "ann@customer.example")
			gone := d.person(t, "gone@customer.example", func(u *user.User) { u.Status = user.Closed })
			taken, free := waits(t, d, owner.Email, "another password", user.Closed), waits(t, d, "free@customer.example", "another password", user.Registered)
			left := waits(t, d, gone.Email, "another password", user.Closed)
			for _, test := range []struct {
				email, password string
				want            user.User
				step            challenge.Step
			}{
				{owner.Email, world.Password, owner.User, challenge.SecondFactor},
				{owner.Email, "another password", taken, challenge.EmailVerification},
				{"free@customer.example", "another password", free, challenge.EmailVerification},
				{gone.Email, "another password", left, challenge.EmailVerification},
				{gone.Email, world.Password, user.User{}, ""},
				{owner.Email, "a third password", user.User{}, ""},
				{"free@customer.example", world.Password, user.User{}, ""},
			} {
				before := d.Hashes.Count

				c, err := d.SignIn(t.Context(), challenge.Credentials{Institution: "harbor", Username: test.email, Password: test.password})

				if c.UserID != test.want.ID || c.Step != test.step || (err == nil) != (test.step != "") || d.Hashes.Count != before+1 {
					t.Errorf("%s with %q: %+v, %v after %d hashes", test.email, test.password, c, err, d.Hashes.Count-before)
				}
			}
		})
	})

	t.Run("wrong passwords that were typed before count after, whoever has the address", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			owner := d.person(t, "ann@customer.example")
			for i, test := range []struct {
				email string
				as    user.Status
			}{{owner.Email, user.Closed}, {"free@customer.example", user.Registered}} {
				source := from(t, fmt.Sprintf("192.0.2.%d", 1+i), "")
				wrong := challenge.Credentials{Institution: "harbor", Username: test.email, Password: "a third password"}
				for range 10 {
					_, err := d.SignIn(source, wrong)
					world.WantCode(t, err, fault.WrongCredentials)
				}
				waits(t, d, test.email, "another password", test.as)

				_, err := d.SignIn(source, wrong)

				world.WantCode(t, err, fault.Throttled)
			}
		})
	})

	t.Run("staff's client knows none of them", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			boss := d.person(t, "boss@harbor.example", world.Admin)
			waits(t, d, boss.Email, "another password", user.Closed)

			_, err := d.SignIn(auth.WithClient(t.Context(), auth.Client{Kind: auth.Staff}),
				challenge.Credentials{Institution: "harbor", Username: boss.Email, Password: "another password"})

			world.WantCode(t, err, fault.WrongCredentials)
		})
	})

	t.Run("the owner is written to without a code, and the owner of the mailbox with one", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			owner := d.person(t, "ann@customer.example", func(u *user.User) { u.Language = message.Spanish })
			waits(t, d, owner.Email, "another password", user.Closed)
			free := waits(t, d, "free@customer.example", "another password", user.Registered)
			for _, test := range []struct {
				email, id string
				has       bool
			}{{owner.Email, owner.ID, true}, {free.Email, free.ID, false}} {
				c, err := d.SignIn(t.Context(), challenge.Credentials{Institution: "harbor", Username: test.email, Password: "another password"})
				world.WantCode(t, err, "")

				_, err = d.SendCode(t.Context(), c.Token, "EMAIL", false)

				world.WantCode(t, err, "")
				if to := d.Inbox.Last().To; to.HasAccount != test.has || to.UserID != test.id || to.To != test.email || to.Confirmed || test.has != (to.Language == message.Spanish) {
					t.Errorf("sent to %+v", to)
				}
			}
		})
	})

	t.Run("nobody is told of wrong codes, nor is the code that nobody got good for anything", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			owner := d.person(t, "ann@customer.example")
			waits(t, d, owner.Email, "another password", user.Closed)
			c, err := d.SignIn(t.Context(), challenge.Credentials{Institution: "harbor", Username: owner.Email, Password: "another password"})
			world.WantCode(t, err, "")
			_, err = d.SendCode(t.Context(), c.Token, "EMAIL", false)
			world.WantCode(t, err, "")
			for range 5 {
				_, err := d.Verify(t.Context(), c.Token, "EMAIL", other(d.Inbox.Last().Code))
				world.WantCode(t, err, fault.WrongCode)
			}
			d.Time.Advance(time.Minute)

			_, err = d.Verify(t.Context(), c.Token, "EMAIL", d.Inbox.Last().Code)

			world.WantCode(t, err, fault.Expired)
			if len(d.Told.All) > 0 {
				t.Errorf("told %v", d.Told.All)
			}
		})
	})
}

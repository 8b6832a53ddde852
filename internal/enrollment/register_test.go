package enrollment_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// nora is who registers at Harbor, but for what is changed.
func nora(change ...func(r *enrollment.Registration)) enrollment.Registration {
	r := enrollment.Registration{
		Institution: "harbor", Email: "nora@customer.example", Password: "kettle-moss-41",
		FirstName: "Nora", LastName: "New", PhoneNumber: "+44 7700 900142",
	}
	for _, f := range change {
		f(&r)
	}
	return r
}

// at is somebody else's address, or another spelling of Nora's.
func at(email string) func(r *enrollment.Registration) {
	return func(r *enrollment.Registration) { r.Email = email }
}

// from returns the context of a request from a place.
func from(t *testing.T, address string) context.Context {
	return auth.WithClient(t.Context(), auth.Client{Address: address})
}

// mails returns what waits in the outbox, each as its channel, address and notice.
func (d *desk) mails(t *testing.T) (all []string) {
	t.Helper()
	for _, row := range d.Outbox(t) {
		all = append(all, fmt.Sprintf("%s %s %s", row.Channel, row.To, row.Notice))
	}
	return all
}

// credentials returns the first who owns an address at Harbor or waits for it, or
// NOT_FOUND.
func (d *desk) credentials(t *testing.T, email string) (user.Credentials, error) {
	t.Helper()
	found, err := d.DB.ListCredentials(t.Context(), d.Bank.ID, email, "")
	if err == nil && len(found) == 0 {
		return user.Credentials{}, fault.Errorf(fault.NotFound, "nobody")
	}
	if err != nil {
		return user.Credentials{}, err
	}
	return found[0], nil
}

func TestService_Register(t *testing.T) {
	t.Run("makes a REGISTERED customer with a phone that proves nothing yet, and writes to the address alone", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			err := d.register(t.Context(), nora(at(" Nora@Customer.Example "), func(r *enrollment.Registration) { r.Language = message.Spanish }))

			world.WantCode(t, err, "")
			made, err := d.credentials(t, "nora@customer.example")
			if err != nil {
				t.Fatal(err)
			}
			want := user.User{
				ID: made.User.ID, InstitutionID: d.Bank.ID, Kind: auth.Customer, Status: user.Registered, Email: "nora@customer.example",
				FirstName: "Nora", LastName: "New", Language: message.Spanish, CreatedAt: world.Began,
			}
			if diff := cmp.Diff(want, made.User); diff != "" || made.PasswordHash != world.Hash("kettle-moss-41") {
				t.Errorf("made %s with %s", diff, made.PasswordHash)
			}
			devices := d.devices(t, made.User)
			if len(devices) != 1 {
				t.Fatalf("the devices are %v", devices)
			}
			if p, ok := devices[0].(*device.Phone); !ok || p.PhoneNumber != "+447700900142" || p.ConfirmedAt != nil || p.NumberType() != device.Mobile {
				t.Errorf("the device is %+v", devices[0])
			}
			if diff := cmp.Diff([]string{"EMAIL nora@customer.example REGISTERED"}, d.mails(t)); diff != "" {
				t.Error(diff)
			}
		})
	})

	t.Run("speaks English to who chose nothing", func(t *testing.T) {
		d := newDesk(t)
		world.WantCode(t, d.register(t.Context(), nora()), "")

		if made, err := d.credentials(t, "nora@customer.example"); err != nil || made.User.Language != message.English {
			t.Errorf("made %+v, %v", made.User, err)
		}
	})

	t.Run("makes nobody whom it can't write to", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Told.Err = errors.New("no")
			if err := d.register(t.Context(), nora()); !errors.Is(err, d.Told.Err) {
				t.Errorf("got %v", err)
			}
			_, err := d.credentials(t, "nora@customer.example")
			world.WantCode(t, err, fault.NotFound)

			d.Told.Err = nil
			world.WantCode(t, d.register(t.Context(), nora()), "")
		})
	})

	for _, test := range []struct {
		name, field string
		change      func(r *enrollment.Registration)
	}{
		{"an institution that is none", "institution", func(r *enrollment.Registration) { r.Institution = "nowhere" }},
		{"no address", "email", at("nora")},
		{"a password with the name in it", "password", func(r *enrollment.Registration) { r.Password = "nora-new-2026" }},
		{"no first name", "firstName", func(r *enrollment.Registration) { r.FirstName = " " }},
		{"a last name of 101 letters", "lastName", func(r *enrollment.Registration) { r.LastName = strings.Repeat("x", 101) }},
		{"what is no number", "phoneNumber", func(r *enrollment.Registration) { r.PhoneNumber = "+12" }},
		{"a language that is none", "language", func(r *enrollment.Registration) { r.Language = "XX" }},
	} {
		t.Run("refuses "+test.name+", and looks nothing up", func(t *testing.T) {
			d := newDesk(t)

			err := d.register(t.Context(), nora(test.change))

			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != test.field {
				t.Errorf("got %v, want INVALID_INPUT of %s", err, test.field)
			}
			if len(d.lookups) > 0 || len(d.mails(t)) > 0 {
				t.Errorf("looked %v up", d.lookups)
			}
		})
	}
}

// Nobody learns from registering who has an account, but its owner.
func TestService_Register_aTakenAddress(t *testing.T) {
	t.Run("changes nothing, tells its owner by mail, and answers after the same work", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			owner := d.User(t, func(u *user.User) { u.Email = "nora@customer.example" })
			phone := d.Phone(t, owner, "+12025550101")

			again := d.register(t.Context(), nora(at("NORA@customer.example")))
			taken, asked := d.Hashes.Count, len(d.lookups)
			fresh := d.register(t.Context(), nora(at("else@customer.example")))

			world.WantCode(t, again, "")
			world.WantCode(t, fresh, "")
			if taken != 1 || d.Hashes.Count != 2 || asked != 1 || len(d.lookups) != 2 {
				t.Errorf("%d hashes and %d look-ups, then %d and %d in all", taken, asked, d.Hashes.Count, len(d.lookups))
			}
			found, err := d.credentials(t, owner.Email)
			if err != nil || found.User != d.stored(t, owner) || found.User.FirstName != "Ann" || found.PasswordHash != world.Hash(world.Password) {
				t.Errorf("now %+v, %v", found, err)
			}
			if devices := d.devices(t, owner); len(devices) != 1 || devices[0].Common().ID != phone.ID {
				t.Errorf("the devices are %v", devices)
			}
			want := []string{"EMAIL nora@customer.example REGISTERED_AGAIN", "EMAIL else@customer.example REGISTERED"}
			if diff := cmp.Diff(want, d.mails(t)); diff != "" {
				t.Error(diff)
			}
		})
	})

	t.Run("is one of whoever has it, and whoever has left is told nothing", func(t *testing.T) {
		for name, test := range map[string]struct {
			owner func(u *user.User)
			told  []string
		}{
			"who registered": {registered, []string{"EMAIL nora@customer.example REGISTERED_AGAIN"}},
			"staff":          {world.Staff, []string{"EMAIL nora@customer.example REGISTERED_AGAIN"}},
			"who is frozen":  {world.Frozen, []string{"EMAIL nora@customer.example REGISTERED_AGAIN"}},
			"who has left":   {func(u *user.User) { u.Status = user.Closed }, nil},
		} {
			d := newDesk(t)
			owner := d.User(t, test.owner, func(u *user.User) { u.Email = "nora@customer.example" })

			world.WantCode(t, d.register(t.Context(), nora()), "")

			if diff := cmp.Diff(test.told, d.mails(t)); diff != "" || d.stored(t, owner).Status != owner.Status {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})

	t.Run("is free at another institution", func(t *testing.T) {
		d := newDesk(t)
		d.User(t, func(u *user.User) { u.Email = "nora@customer.example" })

		world.WantCode(t, d.register(t.Context(), nora(func(r *enrollment.Registration) { r.Institution = "summit" })), "")

		if diff := cmp.Diff([]string{"EMAIL nora@customer.example REGISTERED"}, d.mails(t)); diff != "" {
			t.Error(diff)
		}
	})
}

// One address may be registered by several, until one proves it.
func TestService_Register_severalWithOneAddress(t *testing.T) {
	t.Run("wait at once, and each is written to", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Phones = noLookup{}
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() { world.WantCode(t, d.register(t.Context(), nora()), "") })
			}
			all.Wait()

			want := slices.Repeat([]string{"EMAIL nora@customer.example REGISTERED"}, 3)
			if diff := cmp.Diff(want, d.mails(t)); diff != "" {
				t.Error(diff)
			}
			_, err := d.DB.FindCredentials(t.Context(), d.Bank.ID, "nora@customer.example")
			world.WantCode(t, err, fault.NotFound)
		})
	})

	t.Run("are told apart by their browsers, whose token is made once", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			first, err := d.Register(t.Context(), nora())
			world.WantCode(t, err, "")
			d.Time.Advance(time.Minute)
			known, err := d.Register(auth.WithClient(t.Context(), auth.Client{Browser: "known"}), nora(func(r *enrollment.Registration) { r.FirstName = "Nadia" }))
			world.WantCode(t, err, "")
			if len(first) != 43 || known != "known" {
				t.Errorf("the tokens are %q and %q", first, known)
			}
			for browser, want := range map[string]string{first: "Nora", known: "Nadia", "another": "Nadia"} {
				found, err := d.DB.ListCredentials(t.Context(), d.Bank.ID, "nora@customer.example", auth.HashToken(browser))
				if err != nil || len(found) != 1 || found[0].User.FirstName != want {
					t.Errorf("in %q: %+v, %v", browser, found, err)
				}
			}
		})
	})
}

// noLookup drafts phones without asking anybody.
type noLookup struct{}

func (noLookup) DraftPhone(_ context.Context, owner user.User, n device.NewPhone) (*device.Phone, error) {
	return &device.Phone{Base: world.Base(owner), PhoneNumber: n.PhoneNumber}, nil
}

func TestService_Register_throttled(t *testing.T) {
	t.Run("after 20 from one place in an hour, what was refused too", func(t *testing.T) {
		d := newDesk(t)
		for i := range 20 {
			want, email := fault.Code(""), fmt.Sprintf("person-%d@customer.example", i)
			if i%2 == 0 {
				want, email = fault.InvalidInput, "nobody"
			}
			world.WantCode(t, d.register(from(t, "192.0.2.1"), nora(at(email))), want)
		}

		world.WantCode(t, d.register(from(t, "192.0.2.1"), nora()), fault.Throttled)
		world.WantCode(t, d.register(from(t, "192.0.2.2"), nora()), "")
		d.Time.Advance(time.Hour)
		world.WantCode(t, d.register(from(t, "192.0.2.1"), nora(at("late@customer.example"))), "")
	})

	t.Run("after three with one address in an hour, before its number is looked up", func(t *testing.T) {
		d := newDesk(t)
		for i, email := range []string{"nora@customer.example", "NORA@customer.example", " nora@customer.example"} {
			world.WantCode(t, d.register(from(t, fmt.Sprintf("192.0.2.%d", i)), nora(at(email))), "")
		}

		world.WantCode(t, d.register(from(t, "192.0.2.9"), nora()), fault.Throttled)
		if len(d.lookups) != 3 || len(d.mails(t)) != 3 {
			t.Errorf("looked %v up", d.lookups)
		}
		world.WantCode(t, d.register(t.Context(), nora(at("else@customer.example"))), "")
		world.WantCode(t, d.register(t.Context(), nora(func(r *enrollment.Registration) { r.Institution = "summit" })), "")
		d.Time.Advance(time.Hour)
		world.WantCode(t, d.register(t.Context(), nora()), "")
	})

	t.Run("never for an address by what was refused", func(t *testing.T) {
		d := newDesk(t)
		for range 10 {
			world.WantCode(t, d.register(t.Context(), nora(func(r *enrollment.Registration) { r.Password = "short" })), fault.InvalidInput)
		}

		world.WantCode(t, d.register(t.Context(), nora()), "")
	})
}

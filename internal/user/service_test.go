package user_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world.
type desk struct {
	*user.Service
	*world.World
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := world.New(t)
	return &desk{&user.Service{Store: w.DB, Hasher: w.Hashes, Clock: w.Time}, w}
}

// ann is who can be made, but for what is changed.
func (d *desk) ann(change ...func(n *user.New)) user.New {
	n := user.New{
		InstitutionID: d.Bank.ID, Kind: auth.Customer, Status: user.Active, Email: "ann@customer.example",
		FirstName: "Ann", LastName: "Archer", Password: world.Password,
	}
	for _, f := range change {
		f(&n)
	}
	return n
}

func (d *desk) create(t *testing.T, n user.New) user.User {
	t.Helper()
	u, err := d.Create(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestService_Create(t *testing.T) {
	t.Run("makes a user with what was given, tidied up", func(t *testing.T) {
		d := newDesk(t)

		made := d.create(t, d.ann(func(n *user.New) { n.Email, n.FirstName, n.LastName = " Ann@Customer.Example ", " Ann ", " Archer " }))

		if made.Email != "ann@customer.example" || made.Name() != "Ann Archer" || !id.Is(id.User, made.ID) || !made.CreatedAt.Equal(world.Began) {
			t.Errorf("made %v", made)
		}
		stored, err := d.DB.FindCredentials(t.Context(), d.Bank.ID, "ann@customer.example")
		if err != nil || stored.User != made || stored.PasswordHash != world.Hash(world.Password) {
			t.Errorf("stored %v, %v", stored, err)
		}
	})

	t.Run("takes an address in any spelling for one, and hashes a password composed", func(t *testing.T) {
		d := newDesk(t)

		made := d.create(t, d.ann(func(n *user.New) { n.Email, n.Password = "Ann@Bu\u0308cher.example", "bru\u0301jula can\u0303o\u0301n" }))

		stored, err := d.DB.FindCredentials(t.Context(), d.Bank.ID, "ann@xn--bcher-kva.example")
		if err != nil || stored.User != made || stored.PasswordHash != world.Hash("brújula cañón") {
			t.Errorf("stored %v, %v", stored, err)
		}
		_, err = d.Create(t.Context(), d.ann(func(n *user.New) { n.Email = "ann@XN--bcher-kva.example" }))
		world.WantCode(t, err, fault.Conflict)
	})

	t.Run("makes nobody Admin-level who is not staff", func(t *testing.T) {
		d := newDesk(t)

		if made := d.create(t, d.ann(func(n *user.New) { n.AdminLevel = true })); made.AdminLevel {
			t.Error("a customer is Admin-level")
		}
		boss := d.create(t, d.ann(func(n *user.New) { n.Kind, n.AdminLevel, n.Email = auth.Staff, true, "boss@harbor.example" }))
		if !boss.AdminLevel {
			t.Error("staff are not Admin-level")
		}
	})

	t.Run("is CONFLICT for an email that the institution has, in any case", func(t *testing.T) {
		d := newDesk(t)
		d.create(t, d.ann())

		if _, err := d.Create(t.Context(), d.ann(func(n *user.New) { n.Email = "ANN@customer.example" })); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("got %v", err)
		}
		d.create(t, d.ann(func(n *user.New) { n.InstitutionID = d.Other.ID }))
	})

	d := newDesk(t)
	for _, test := range []struct {
		name, field string
		change      func(n *user.New)
	}{
		{"no email", "email", func(n *user.New) { n.Email = "" }},
		{"an email without a domain", "email", func(n *user.New) { n.Email = "ann" }},
		{"an email at a number", "email", func(n *user.New) { n.Email = "ann@[192.0.2.1]" }},
		{"an email with letters that look like others", "email", func(n *user.New) { n.Email = "аnn@customer.example" }},
		{"an email with a name", "email", func(n *user.New) { n.Email = "Ann <ann@customer.example>" }},
		{"an email of 255 letters", "email", func(n *user.New) { n.Email = strings.Repeat("a", 255-len("@c.example")) + "@c.example" }},
		{"an email with a line break", "email", func(n *user.New) { n.Email = "ann@customer.example\nBcc: x@c.example" }},
		{"no first name", "firstName", func(n *user.New) { n.FirstName = " " }},
		{"a last name of 101 letters", "lastName", func(n *user.New) { n.LastName = strings.Repeat("é", 101) }},
		{"a name with a NUL", "lastName", func(n *user.New) { n.LastName = "a\x00" }},
		{"a name that is no text", "firstName", func(n *user.New) { n.FirstName = "\xff" }},
		{"a password of 11 letters", "password", func(n *user.New) { n.Password = "eleven char" }},
		{"a password that everybody tries", "password", func(n *user.New) { n.Password = "password2026" }},
		{"a password that is the name", "password", func(n *user.New) { n.Password = "Ann.Archer.2026" }},
		{"a password of 201 letters", "password", func(n *user.New) { n.Password = strings.Repeat("é", 201) }},
		{"a name that turns its line around", "firstName", func(n *user.New) { n.FirstName = "Ann\u202e" }},
		{"a name that nobody sees", "lastName", func(n *user.New) { n.LastName = "\u200b" }},
		{"an address that shows less than it holds", "email", func(n *user.New) { n.Email = "ann\u200b@customer.example" }},
	} {
		t.Run("refuses "+test.name, func(t *testing.T) {
			_, err := d.Create(t.Context(), d.ann(test.change))

			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != test.field {
				t.Errorf("got %v, want INVALID_INPUT of %s", err, test.field)
			}
		})
	}
}

func TestService_Find(t *testing.T) {
	d := newDesk(t)
	u := d.create(t, d.ann())

	for _, test := range []struct {
		name string
		ctx  context.Context
		want fault.Code
	}{
		{"gives users to themselves", d.As(t, u), ""},
		{"gives users to staff who may view them", d.Agent(t, auth.ViewUsers), ""},
		{"keeps users from other customers", d.As(t, d.User(t)), fault.Forbidden},
		{"keeps users from staff who may not view them", d.Agent(t, auth.UpdateNumberType), fault.Forbidden},
		{"says nothing of users of another institution", d.As(t, d.Stranger(), auth.ViewUsers), fault.NotFound},
		{"keeps users from nobody", t.Context(), fault.Unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := d.Find(test.ctx, u.ID)

			if got := fault.CodeOf(err); got != test.want || got == "" && found != u {
				t.Errorf("got %v, %v, want %q", found, err, test.want)
			}
		})
	}

	t.Run("is NOT_FOUND for what is no user", func(t *testing.T) {
		agent := d.Agent(t, auth.ViewUsers)
		for _, userID := range []string{"", "x", id.New(id.User), id.New(id.Device), "usr_' OR 1=1 --"} {
			if _, err := d.Find(agent, userID); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", userID, err)
			}
			if _, err := d.Target(agent, userID); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q as target: %v", userID, err)
			}
		}
	})

	t.Run("returns many to staff who may view them, without those of others", func(t *testing.T) {
		other := d.create(t, d.ann(func(n *user.New) { n.InstitutionID = d.Other.ID }))

		found, err := d.FindAll(d.Agent(t, auth.ViewUsers), []string{u.ID, other.ID, id.New(id.User)})

		if err != nil || len(found) != 1 || *found[u.ID] != u {
			t.Errorf("got %v, %v", found, err)
		}
		if _, err := d.FindAll(d.As(t, u), []string{u.ID}); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("for a customer: %v", err)
		}
	})
}

func TestService_Search(t *testing.T) {
	d := newDesk(t)
	d.create(t, d.ann())

	for _, test := range []struct {
		name string
		ctx  context.Context
		want fault.Code
	}{
		{"is for staff who may view users", d.Agent(t, auth.ViewUsers), ""},
		{"is not for other staff", d.Agent(t, auth.GenerateLockoutCodes), fault.Forbidden},
		{"is not for customers", d.As(t, d.User(t), auth.ViewUsers), fault.Forbidden},
		{"is not for nobody", t.Context(), fault.Unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := d.Search(test.ctx, user.Filter{}); fault.CodeOf(err) != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}

	t.Run("refuses a page size outside 1 to 100", func(t *testing.T) {
		for _, first := range []int{-1, 0, 101} {
			_, err := d.Search(d.Agent(t, auth.ViewUsers), user.Filter{First: &first})
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "first" {
				t.Errorf("%d: %v", first, err)
			}
		}
	})
}

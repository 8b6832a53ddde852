package user_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

const (
	harbor = "ins_harbor"
	summit = "ins_summit"
)

// plain hashes nothing, in no time.
type plain struct{}

func (plain) Hash(_ context.Context, s string) (string, error) { return "hash of " + s, nil }

func newService(t *testing.T) *user.Service {
	t.Helper()
	db := storetest.New(t)
	for _, institutionID := range []string{harbor, summit} {
		i := institution.Institution{ID: institutionID, Slug: institutionID, CreatedAt: began}
		if err := db.CreateInstitution(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	return &user.Service{Store: db, Hasher: plain{}, Clock: clock.NewFake(began)}
}

func ann(change func(n *user.New)) user.New {
	n := user.New{
		InstitutionID: harbor, Kind: auth.Customer, Status: user.Active, Email: "ann@customer.example",
		FirstName: "Ann", LastName: "Archer", Password: "made-up password",
	}
	if change != nil {
		change(&n)
	}
	return n
}

func create(t *testing.T, s *user.Service, n user.New) user.User {
	t.Helper()
	u, err := s.Create(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func as(t *testing.T, kind auth.Kind, institutionID, userID string, p ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{UserID: userID, InstitutionID: institutionID, Kind: kind, Permissions: p})
}

func TestService_Create(t *testing.T) {
	t.Run("makes a user with what was given, tidied up", func(t *testing.T) {
		s := newService(t)

		made := create(t, s, ann(func(n *user.New) { n.Email, n.FirstName, n.LastName = " Ann@Customer.Example ", " Ann ", " Archer " }))

		if made.Email != "ann@customer.example" || made.Name() != "Ann Archer" || !id.Is(id.User, made.ID) || !made.CreatedAt.Equal(began) {
			t.Errorf("made %v", made)
		}
		stored, err := s.Store.FindCredentials(t.Context(), harbor, "ann@customer.example")
		if err != nil || stored.User != made || stored.PasswordHash != "hash of made-up password" {
			t.Errorf("stored %v, %v", stored, err)
		}
	})

	t.Run("makes nobody Admin-level who is not staff", func(t *testing.T) {
		s := newService(t)

		if made := create(t, s, ann(func(n *user.New) { n.AdminLevel = true })); made.AdminLevel {
			t.Error("a customer is Admin-level")
		}
		boss := create(t, s, ann(func(n *user.New) { n.Kind, n.AdminLevel, n.Email = auth.Staff, true, "boss@harbor.example" }))
		if !boss.AdminLevel {
			t.Error("staff are not Admin-level")
		}
	})

	t.Run("is CONFLICT for an email that the institution has, in any case", func(t *testing.T) {
		s := newService(t)
		create(t, s, ann(nil))

		if _, err := s.Create(t.Context(), ann(func(n *user.New) { n.Email = "ANN@customer.example" })); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("got %v", err)
		}
		create(t, s, ann(func(n *user.New) { n.InstitutionID = summit }))
	})

	s := newService(t)
	for _, test := range []struct {
		name, field string
		change      func(n *user.New)
	}{
		{"no email", "email", func(n *user.New) { n.Email = "" }},
		{"an email without a domain", "email", func(n *user.New) { n.Email = "ann" }},
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
	} {
		t.Run("refuses "+test.name, func(t *testing.T) {
			_, err := s.Create(t.Context(), ann(test.change))

			if f, ok := err.(*fault.Error); !ok || f.Code != fault.InvalidInput || f.Field != test.field {
				t.Errorf("got %v, want INVALID_INPUT of %s", err, test.field)
			}
		})
	}
}

func TestService_Find(t *testing.T) {
	s := newService(t)
	u := create(t, s, ann(nil))

	for _, test := range []struct {
		name string
		ctx  context.Context
		want fault.Code
	}{
		{"gives users to themselves", as(t, auth.Customer, harbor, u.ID), ""},
		{"gives users to staff who may view them", as(t, auth.Staff, harbor, "usr_agent", auth.ViewUsers), ""},
		{"keeps users from other customers", as(t, auth.Customer, harbor, "usr_other"), fault.Forbidden},
		{"keeps users from staff who may not view them", as(t, auth.Staff, harbor, "usr_agent", auth.UpdateNumberType), fault.Forbidden},
		{"says nothing of users of another institution", as(t, auth.Staff, summit, "usr_agent", auth.ViewUsers), fault.NotFound},
		{"keeps users from nobody", t.Context(), fault.Unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := s.Find(test.ctx, u.ID)

			if got := fault.CodeOf(err); got != test.want || got == "" && found != u {
				t.Errorf("got %v, %v, want %q", found, err, test.want)
			}
		})
	}

	t.Run("is NOT_FOUND for what is no user", func(t *testing.T) {
		agent := as(t, auth.Staff, harbor, "usr_agent", auth.ViewUsers)
		for _, userID := range []string{"", "x", id.New(id.User), id.New(id.Device), "usr_' OR 1=1 --"} {
			if _, err := s.Find(agent, userID); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", userID, err)
			}
			if _, err := s.Target(agent, userID); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q as target: %v", userID, err)
			}
		}
	})

	t.Run("gives many to staff who may view them, without those of others", func(t *testing.T) {
		other := create(t, s, ann(func(n *user.New) { n.InstitutionID = summit }))

		found, err := s.FindAll(as(t, auth.Staff, harbor, "usr_agent", auth.ViewUsers), []string{u.ID, other.ID, id.New(id.User)})

		if err != nil || len(found) != 1 || *found[u.ID] != u {
			t.Errorf("got %v, %v", found, err)
		}
		if _, err := s.FindAll(as(t, auth.Customer, harbor, u.ID), []string{u.ID}); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("for a customer: %v", err)
		}
	})
}

func TestService_Search(t *testing.T) {
	s := newService(t)
	create(t, s, ann(nil))

	for _, test := range []struct {
		name string
		ctx  context.Context
		want fault.Code
	}{
		{"is for staff who may view users", as(t, auth.Staff, harbor, "usr_agent", auth.ViewUsers), ""},
		{"is not for other staff", as(t, auth.Staff, harbor, "usr_agent", auth.GenerateLockoutCodes), fault.Forbidden},
		{"is not for customers", as(t, auth.Customer, harbor, "usr_ann", auth.ViewUsers), fault.Forbidden},
		{"is not for nobody", t.Context(), fault.Unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := s.Search(test.ctx, user.Filter{}); fault.CodeOf(err) != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}

	t.Run("refuses a page size outside 1 to 100", func(t *testing.T) {
		for _, first := range []int{-1, 0, 101} {
			_, err := s.Search(as(t, auth.Staff, harbor, "usr_agent", auth.ViewUsers), user.Filter{First: &first})
			if f, ok := err.(*fault.Error); !ok || f.Code != fault.InvalidInput || f.Field != "first" {
				t.Errorf("%d: %v", first, err)
			}
		}
	})
}

func TestNormalize(t *testing.T) {
	for given, want := range map[string]string{
		"Archer": "archer", "  Änn-María  ": "ann-maria", "van  der\tBerg": "van der berg", "Ｗｉｄｅ": "wide",
		"İstanbul": "istanbul", "O’Archer": "o’archer", "ﬁn": "fin",
		"ŁUKASZ Wałęsa": "lukasz walesa", "Bjørn Ǿster": "bjorn oster", "Weiß STRAẞE": "weiss strasse", "Ægir Ǽr": "aegir aer", "Đorđe": "dorde",
		"Œuvre": "oeuvre", "Þórður": "thordur", "Ħal": "hal", "Yıldız": "yildiz", "Ŧa": "ta", "": "", "Анна": "анна", "李": "李",
	} {
		if got := user.Normalize(given); got != want {
			t.Errorf("%q is compared as %q, want %q", given, got, want)
		}
	}
}

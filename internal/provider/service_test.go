package provider_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

// newService returns a service, and the institutions of two accounts.
func newService(t *testing.T) (s *provider.Service, harbor, summit string) {
	t.Helper()
	w := world.New(t)
	return &provider.Service{Store: w.DB, Keys: secret.Development(), Clock: w.Time}, w.Bank.ID, w.Other.ID
}

func account(n int, institutionID string) provider.New {
	return provider.New{
		InstitutionID: institutionID, AccountSID: fmt.Sprintf("AC%032x", n),
		Token: secret.NewText(fmt.Sprintf("madeUpToken%d", n)), From: "+12025550190",
	}
}

func create(t *testing.T, s *provider.Service, n provider.New) {
	t.Helper()
	if err := s.Create(t.Context(), n); err != nil {
		t.Fatal(err)
	}
}

func TestService_Create(t *testing.T) {
	t.Run("makes the account that sends for the institution", func(t *testing.T) {
		s, harbor, _ := newService(t)
		create(t, s, account(1, harbor))

		found, err := s.Find(t.Context(), harbor)

		if err != nil || found.Token.Reveal() != "madeUpToken1" || found.From != "+12025550190" || !found.Enabled || found.InstitutionID != harbor {
			t.Errorf("got %v, %v", found, err)
		}
	})

	t.Run("keeps the token encrypted, for its row only", func(t *testing.T) {
		s, harbor, _ := newService(t)
		create(t, s, account(1, harbor))
		row, err := s.Store.FindProvider(t.Context(), harbor)
		if err != nil {
			t.Fatal(err)
		}

		if strings.Contains(string(row.Token), "madeUpToken") {
			t.Error("it is not")
		}
		if _, err := s.Keys.Open(row.Token, secret.Place{Table: "sms_providers", Row: id.New(id.Provider), Column: "token"}); err == nil {
			t.Error("it opens for another row")
		}
	})

	t.Run("is CONFLICT for an account that another institution has", func(t *testing.T) {
		s, harbor, summit := newService(t)
		create(t, s, account(1, harbor))

		if err := s.Create(t.Context(), account(1, summit)); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("got %v", err)
		}
	})

	for _, test := range []struct {
		name, field string
		change      func(n *provider.New)
	}{
		{"an SID of another kind", "accountSid", func(n *provider.New) { n.AccountSID = "SK" + n.AccountSID[2:] }},
		{"an SID that is cut off", "accountSid", func(n *provider.New) { n.AccountSID = n.AccountSID[:33] }},
		{"an SID in capitals", "accountSid", func(n *provider.New) { n.AccountSID = "AC" + strings.Repeat("A", 32) }},
		{"no token", "authToken", func(n *provider.New) { n.Token = secret.Text{} }},
		{"a token with a space", "authToken", func(n *provider.New) { n.Token = secret.NewText("made up token") }},
		{"a sender that is no number", "sender", func(n *provider.New) { n.From = "Harbor" }},
		{"a sender without its country", "sender", func(n *provider.New) { n.From = "2025550190" }},
	} {
		t.Run("refuses "+test.name, func(t *testing.T) {
			s, harbor, _ := newService(t)
			n := account(1, harbor)
			test.change(&n)

			err := s.Create(t.Context(), n)

			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != test.field {
				t.Errorf("got %v, want INVALID_INPUT of %s", err, test.field)
			}
		})
	}
}

func TestService_Find(t *testing.T) {
	s, harbor, summit := newService(t)
	create(t, s, account(1, harbor))

	t.Run("is PROVIDER_UNAVAILABLE for an institution that has none", func(t *testing.T) {
		if _, err := s.Find(t.Context(), summit); fault.CodeOf(err) != fault.ProviderUnavailable {
			t.Errorf("got %v", err)
		}
	})

	t.Run("by id is NOT_FOUND for what is no provider", func(t *testing.T) {
		for _, providerID := range []string{"", id.New(id.Provider), id.New(id.User), "prv_\x00"} {
			if _, err := s.FindByID(t.Context(), providerID); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%q: %v", providerID, err)
			}
		}
	})

	t.Run("by id gives the account that a webhook names", func(t *testing.T) {
		named, err := s.Find(t.Context(), harbor)
		if err != nil {
			t.Fatal(err)
		}

		if found, err := s.FindByID(t.Context(), named.ID); err != nil || found.Token.Reveal() != "madeUpToken1" {
			t.Errorf("got %v, %v", found, err)
		}
	})
}

func TestService_Reencrypt(t *testing.T) {
	keys := func(data []byte, err error) *secret.Keyset {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		k, err := secret.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	old, err := secret.Create()
	if err != nil {
		t.Fatal(err)
	}
	added, err := secret.Add(old)
	if err != nil {
		t.Fatal(err)
	}
	s, harbor, summit := newService(t)
	s.Keys = keys(old, nil)
	create(t, s, account(1, harbor))
	create(t, s, account(2, summit))
	s.Keys = keys(secret.Promote(added))

	n, err := s.Reencrypt(t.Context())

	if err != nil || n != 2 {
		t.Fatalf("wrote %d anew, %v", n, err)
	}
	if all, err := s.List(t.Context()); err != nil || len(all) != 2 || all[1].Token.Reveal() != "madeUpToken2" {
		t.Errorf("under the new key: %v, %v", all, err)
	}
	s.Keys = keys(old, nil)
	if _, err := s.List(t.Context()); err == nil {
		t.Error("the old key still opens a token")
	}
}

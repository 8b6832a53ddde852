package main

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Who forgot it, or let it expire, is given a new one; nobody but staff who can sign in.
func TestStaff_FirstPassword(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		said := succeeds(t, staffPassword+"\n", "staff", "create", "--institution", "bank", "--admin", "--password-stdin", "--email", "ann@bank.example",
			"--first-name", "Ann", "--last-name", "Boss", "--phone", "+12025550181")
		if !strings.Contains(said, "choose a password of their own at their first sign-in") || strings.Contains(said, staffPassword) {
			t.Error(said)
		}
		db := storetest.Open(t, url)
		institutions, err := db.ListInstitutionIDs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		before, err := db.FindCredentials(t.Context(), institutions[0], "ann@bank.example")
		if err != nil {
			t.Fatal(err)
		}
		if at := before.User.PasswordExpiresAt; at == nil || time.Until(*at) > user.FirstPasswordLifetime || time.Until(*at) < user.FirstPasswordLifetime-time.Hour {
			t.Errorf("a password that was typed for them expires at %v", at)
		}
		customer := user.User{
			ID: id.New(id.User), InstitutionID: institutions[0], Kind: auth.Customer, Status: user.Active, Email: "cleo@customer.example",
			FirstName: "Cleo", LastName: "Clark", CreatedAt: time.Now(), EmailProvedAt: time.Now(),
		}
		if err := db.CreateUser(t.Context(), customer, "made-up hash"); err != nil {
			t.Fatal(err)
		}
		first := func(email string) []string {
			return []string{"staff", "first-password", "--institution", "bank", "--email", email}
		}

		said = succeeds(t, "", first("ann@bank.example")...)

		after, err := db.FindCredentials(t.Context(), institutions[0], "ann@bank.example")
		if err != nil || after.PasswordHash == before.PasswordHash || !after.User.PasswordExpiresAt.After(*before.User.PasswordExpiresAt) {
			t.Errorf("%v: %+v", err, after.User)
		}
		_, shown, _ := strings.Cut(strings.TrimSpace(said), "shown this once: ")
		for table, rows := range dump(t, url) {
			if shown == "" || strings.Contains(strings.Join(rows, "\n"), shown) {
				t.Errorf("%q is in %s", shown, table)
			}
		}
		if said := succeeds(t, "", "user", "show", "--institution", "bank", "--email", "ann@bank.example"); !strings.Contains(said, "The password is a first one") {
			t.Error(said)
		}
		if said := fails(t, exitFailed, first("cleo@customer.example")...); !strings.Contains(said, "for the accounts of staff") {
			t.Error(said)
		}
		if err := db.DisableUser(t.Context(), institutions[0], after.User.ID, time.Now()); err != nil {
			t.Fatal(err)
		}
		if said := fails(t, exitFailed, first("ann@bank.example")...); !strings.Contains(said, "no password would open it") {
			t.Error(said)
		}
		if entries := strings.Join(dump(t, url)["audit_entries"], "\n"); strings.Count(entries, "action=GIVE_FIRST_PASSWORD\n") != 1 {
			t.Error(entries)
		}
	})
}

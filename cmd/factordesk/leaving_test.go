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

// Who leaves at night is switched off from the machine itself, by the rules of the pages.
func TestLeaving(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		for _, email := range []string{"ann@bank.example", "bob@bank.example"} {
			succeeds(t, "", "staff", "create", "--institution", "bank", "--admin", "--email", email,
				"--first-name", "Ann", "--last-name", "Boss", "--phone", "+12025550181")
		}
		db := storetest.Open(t, url)
		institutions, err := db.ListInstitutionIDs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found, err := db.FindCredentials(t.Context(), institutions[0], "bob@bank.example")
		if err != nil {
			t.Fatal(err)
		}
		now, bob := time.Now(), found.User
		customer := user.User{
			ID: id.New(id.User), InstitutionID: bob.InstitutionID, Kind: auth.Customer, Status: user.Active, Email: "cleo@customer.example",
			FirstName: "Cleo", LastName: "Clark", CreatedAt: now, EmailProvedAt: now,
		}
		if err := db.CreateUser(t.Context(), customer, "made-up hash"); err != nil {
			t.Fatal(err)
		}
		if err := db.CreateSession(t.Context(), auth.Session{
			ID: "ses_1", UserID: bob.ID, InstitutionID: bob.InstitutionID, Kind: auth.Staff, TokenHash: "made up", CreatedAt: now, LastUsedAt: now,
			ExpiresAt: now.Add(time.Hour), Address: "192.0.2.7", UserAgent: "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0",
		}); err != nil {
			t.Fatal(err)
		}
		named := func(noun, act, email string, more ...string) []string {
			return append([]string{noun, act, "--institution", "bank", "--email", email}, more...)
		}
		because := []string{"--reason", "Left us"}
		const ann, cleo = "ann@bank.example", "cleo@customer.example"

		if said := succeeds(t, "", named("user", "sessions", bob.Email)...); !strings.Contains(said, "ses_1  Firefox, Windows  192.0.2.7  since 20") {
			t.Error(said)
		}
		wantJSON(t, succeeds(t, "", named("user", "sessions", bob.Email, "--json")...),
			`{"address":"192.0.2.7","device":"Firefox, Windows","id":"ses_1","lastUsedAt":"TIME","startedAt":"TIME"}`)
		for want, args := range map[string][]string{
			"--reason": named("staff", "disable", ann), "500 characters": named("user", "close", cleo, "--reason", " "),
		} {
			if said := fails(t, exitSettings, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		for _, step := range []struct {
			does bool
			want string
			args []string
		}{
			{true, "Disabled bob@bank.example", named("staff", "disable", bob.Email, because...)},
			{false, "disabled already", named("staff", "disable", bob.Email, because...)},
			{true, "", named("user", "sessions", bob.Email)},
			{false, "Nobody else can manage roles and staff", named("staff", "disable", ann, because...)},
			{true, "Enabled bob@bank.example", named("staff", "enable", bob.Email, because...)},
			{false, "not disabled", named("staff", "enable", bob.Email, because...)},
			{false, "accounts of staff", named("staff", "disable", cleo, because...)},
			{false, "accounts of customers", named("user", "close", ann, because...)},
			{true, "Closed the account of cleo@customer.example for good", named("user", "close", cleo, because...)},
			{false, "is closed", named("user", "close", cleo, because...)},
		} {
			var said string
			if step.does {
				said = succeeds(t, "", step.args...)
			} else {
				said = fails(t, exitFailed, step.args...)
			}
			if !strings.Contains(said, step.want) || step.want == "" && said != "" {
				t.Errorf("%v: %q, want %q", step.args, said, step.want)
			}
		}
		entries := strings.Join(dump(t, url)["audit_entries"], "\n")
		for action, times := range map[string]int{"DISABLE_USER": 1, "ENABLE_USER": 1, "CLOSE_USER": 1, "READ_PROFILE": 3} {
			if strings.Count(entries, "action="+action+"\n") != times {
				t.Errorf("%s is not recorded %d times: %s", action, times, entries)
			}
		}
		succeeds(t, "", "audit", "verify")
	})
}

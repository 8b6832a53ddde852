package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/config"
)

// Two accounts have one address, as it is read now: an operator learns of it, and
// nothing is merged.
func TestUserCollisions(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		for _, email := range []string{"ann@bücher.example", "bob@bank.example"} {
			succeeds(t, "", "staff", "create", "--institution", "bank", "--email", email,
				"--first-name", "Ann", "--last-name", "Boss", "--phone", "(202) 555-0181")
		}
		if said := succeeds(t, "", "user", "collisions"); !strings.Contains(said, "in its one form") {
			t.Error(said)
		}
		for _, statement := range []string{
			`UPDATE users SET email = 'ann@bücher.example', owned_email = 'ann@bücher.example' WHERE email = 'bob@bank.example'`,
			`INSERT INTO rewrites (name, after_id) VALUES ('users', ''), ('devices', '')`,
		} {
			execute(t, url, statement)
		}

		if said := fails(t, exitFailed, "user", "collisions"); !strings.Contains(said, "factordesk migrate up") {
			t.Error(said)
		}
		succeeds(t, "", "migrate", "up")

		said := succeeds(t, "", "user", "collisions")
		if strings.Count(said, "\n") != 1 || !strings.Contains(said, `"ann@bücher.example" is ann@xn--bcher-kva.example, which usr_`) || !strings.HasPrefix(said, "bank usr_") {
			t.Error(said)
		}
		// Either is found by the spelling that is stored of it.
		for email, want := range map[string]string{"ann@bücher.example": "<ann@bücher.example>", "ann@xn--bcher-kva.example": "<ann@xn--bcher-kva.example>"} {
			if said := succeeds(t, "", "user", "show", "--institution", "bank", "--email", email); !strings.Contains(said, want) || !strings.Contains(said, "+12025550181") {
				t.Errorf("%s: %s", email, said)
			}
		}
	})
}

// Whatever words others put into an error, no address and no number is in the log.
func TestLog_HidesAddresses(t *testing.T) {
	for _, e := range []config.Environment{config.Development, config.Production} {
		var out bytes.Buffer
		newLogger(&out, "debug", e).Info("550 <ann.archer@customer.example>: no such user",
			"error", "550 5.1.1 <ann.archer@customer.example>, +12025550101", "path", slog.AnyValue("mailto:zoë@xn--bcher-kva.example?x"))

		if said := out.String(); strings.Contains(said, "ann.archer") || strings.Contains(said, "zoë") || strings.Contains(said, "2025550101") || !strings.Contains(said, "•••@customer.example") {
			t.Errorf("%s: %s", e, said)
		}
	}
}

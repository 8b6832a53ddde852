package main

import (
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// TestServe_LeastRole serves as the role that docs/operating.md makes: everything
// works, and the role can't change the record.
func TestServe_LeastRole(t *testing.T) {
	owner := pgtest.DSN(t)
	docs, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)<!-- least-role -->\\n```sql\\n(.*?)```").FindSubmatch(docs)
	if block == nil {
		t.Fatal("docs/operating.md makes no role")
	}
	parsed, err := url.Parse(owner)
	if err != nil {
		t.Fatal(err)
	}
	role := "role" + strings.TrimPrefix(parsed.Path, "/test")
	setenv(t, map[string]string{"DATABASE_URL": owner, "FACTORDESK_ENVIRONMENT": "development"})
	succeeds(t, "", "migrate", "up")
	db := openSQL(t, owner)
	defer func() { _ = db.Close() }()
	t.Cleanup(func() {
		db := openSQL(t, owner)
		defer func() { _ = db.Close() }()
		for _, statement := range []string{"DROP OWNED BY " + role, "DROP ROLE " + role} {
			if _, err := db.Exec(statement); err != nil {
				t.Error(err)
			}
		}
	})
	if _, err := db.ExecContext(t.Context(), strings.ReplaceAll(string(block[1]), "factordesk_serve", role)+"ALTER ROLE "+role+" PASSWORD 'made-up-password'"); err != nil {
		t.Fatal(err)
	}
	parsed.User = url.UserPassword(role, "made-up-password")
	as := parsed.String()

	p := serve(t, []string{"DATABASE_URL=" + as}, "--demo")
	nobody := p.browser()
	nobody.post(`mutation { signIn(input: {institution: "harbor", username: "nobody@customer.example", password: "a wrong guess"}) { challenge { id } } }`, nil)
	agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
	agent.ask(&struct{}{}, `{ users(first: 1) { nodes { id } } notificationHistory(phoneNumber: "+12025550101", source: LOG) { stale } }`, nil)
	agent.ask(&struct{}{}, `mutation { signOut { signedOut } }`, nil)
	p.stop()
	if said := p.errs.String(); strings.Contains(said, "permission denied") || strings.Contains(said, "internal error") || strings.Contains(said, "a job failed") {
		t.Error(said)
	}
	t.Setenv("DATABASE_URL", as)
	if said := succeeds(t, "", "audit", "verify"); !strings.Contains(said, "is whole: 4 entries") {
		t.Error(said)
	}
	stranger := openSQL(t, as)
	defer func() { _ = stranger.Close() }()
	for _, statement := range []string{
		"UPDATE audit_entries SET outcome = 'DONE'", "DELETE FROM audit_entries", "TRUNCATE audit_entries", "DROP TABLE audit_entries",
		"ALTER TABLE audit_entries DISABLE TRIGGER ALL", "DROP TRIGGER audit_entries_stay ON audit_entries", "DELETE FROM goose_db_version",
		"CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END; $$",
	} {
		if _, err := stranger.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

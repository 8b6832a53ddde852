package main

import (
	"database/sql"
	"regexp"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
)

// TestAuditVerify writes a record by signing in, changes the database behind the
// program's back, and asks the program.
func TestAuditVerify(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			setenv(t, map[string]string{"DATABASE_URL": url, "FACTORDESK_ENVIRONMENT": "development"})
			p := serve(t, []string{"DATABASE_URL=" + url}, "--demo")
			for range 3 {
				c := p.browser()
				c.post(`mutation { signIn(input: {institution: "harbor", username: "nobody@customer.example", password: "a wrong guess"}) { challenge { id } } }`, nil)
			}
			admin, _ := p.signIn("harbor", "admin@harbor.example", "+12025550181")
			agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
			agent.ask(&struct{}{}, `{ notificationHistory(phoneNumber: "+12025550101", source: LOG) { stale } }`, nil)
			admin.ask(&struct{}{}, `mutation { signOut { signedOut } }`, nil)
			p.stop()
			execute(t, url, `UPDATE sign_in_failures SET minute = '2026-01-02 03:04:00+00:00'`)

			// The next start sums up what is left of a minute that is over, and logs
			// the heads.
			p = serve(t, []string{"DATABASE_URL=" + url}, "--demo")
			eventually(t, "summed up", func() bool {
				return strings.Contains(columns(t, url)["audit_entries.details"], `"count":"3"`)
			})
			logged := regexp.MustCompile(`msg="audit head" institution=(\S+) head=([45]:\S+)`)
			eventually(t, "logged", func() bool { return logged.MatchString(p.errs.String()) })
			p.stop()
			found := logged.FindStringSubmatch(p.errs.String())
			harbor := found[1]
			said := succeeds(t, "", "audit", "verify", "--head", harbor+"="+found[2])
			whole := regexp.MustCompile(harbor + ` is whole: 5 entries, head (\S+)\n`).FindStringSubmatch(said)
			if whole == nil {
				t.Fatalf("%q", said)
			}
			head := whole[1]

			for _, h := range []string{"5", harbor, harbor + "=", harbor + "=x:00"} {
				fails(t, exitSettings, "audit", "verify", "--head", h)
			}
			says := func(want string, args ...string) {
				t.Helper()
				if said := fails(t, exitFailed, append([]string{"audit", "verify"}, args...)...); !strings.Contains(said, "the audit record of "+harbor+" is broken at entry "+want) {
					t.Errorf("%q, want entry %s", said, want)
				}
			}
			execute(t, url, `DELETE FROM audit_entries WHERE sequence = 5`)
			succeeds(t, "", "audit", "verify") // who has no head can't know
			says("5: it was cut off; the logged head is entry 5", "--head", head)
			execute(t, url, `UPDATE audit_entries SET outcome = 'FORBIDDEN' WHERE sequence = 3`)
			says("3: it was changed")
			execute(t, url, `DELETE FROM audit_entries WHERE sequence = 2`)
			says("2: it is missing; the next one is entry 3")
			execute(t, url, `DELETE FROM audit_entries`)
			says("1: it was cut off", "--head", head)
		})
	}
}

// execute changes a database behind the program's back.
func execute(t *testing.T, url, statement string) {
	t.Helper()
	db := openSQL(t, url)
	defer func() { _ = db.Close() }()
	world.Tamper(t, db, statement)
}

func openSQL(t *testing.T, url string) *sql.DB {
	t.Helper()
	driver, source := "postgres", url
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

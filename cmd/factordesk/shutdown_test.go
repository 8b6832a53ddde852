package main

import (
	"database/sql"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// TestServe_Shutdown ends the server while a sign-in waits for a slow Twilio,
// right after a notice was written.
func TestServe_Shutdown(t *testing.T) {
	for name, url := range demoDatabases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			letters := mailbox(t.TempDir())
			settings := []string{"DATABASE_URL=" + url, "FACTORDESK_MAIL_DIR=" + string(letters)}
			p := serve(t, settings, "--demo")
			agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
			colleague := p.browser()
			asked := colleague.password("harbor", "viewer@harbor.example", password)
			phoneID := agent.phoneOf("landline@customer.example")

			const slow = 4 * time.Second
			p.order(http.MethodPost, "faults", fmt.Sprintf(`{"path": "/2010-04-01/", "latencyMs": %d}`, slow.Milliseconds()))
			began := time.Now()
			answered := make(chan answer, 1)
			go func() {
				defer close(answered)
				_, a := colleague.post(sendCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID})
				answered <- a
			}()
			eventually(t, "under way", func() bool { return p.inFlight() == 1 })
			agent.ask(&struct{}{}, switchNumber, vars{"device": phoneID})
			p.signal(syscall.SIGTERM)
			eventually(t, "closed to others", func() bool {
				conn, err := net.DialTimeout("tcp", strings.TrimPrefix(p.API, "http://"), time.Second)
				if err == nil {
					_ = conn.Close()
				}
				return err != nil
			})
			select {
			case <-p.ended:
				if took := time.Since(began); took < slow {
					t.Errorf("the process waited %s for a request that takes %s", took, slow)
				}
			default:
			}
			p.wait() // for exit code 0

			a := <-answered
			if len(a.Errors) != 0 || !strings.Contains(string(a.Data), `"retryAfterSeconds":30`) {
				t.Errorf("the request under way was answered %s %+v", a.Data, a.Errors)
			}
			if log := p.errs.String(); strings.Contains(log, "ERROR") {
				t.Error(log)
			}
			serve(t, settings, "--demo")
			eventually(t, "told", func() bool { return !strings.Contains(strings.Join(dump(t, url)["notices"], "\n"), "done_at=<nil>") })
			told := letters.read(t)
			if len(told) != 1 || told[0].to != "landline@customer.example" {
				t.Errorf("%+v", told)
			}
		})
	}
}

// TestServe_SecondSignal doesn't wait for a Twilio that hangs.
func TestServe_SecondSignal(t *testing.T) {
	t.Parallel()
	p := launch(t, []string{"DATABASE_URL=sqlite://" + demoCopy(t)}, "--demo")
	p.await()
	asked := p.browser().password("harbor", "viewer@harbor.example", password)
	p.order(http.MethodPost, "faults", `{"path": "/2010-04-01/", "hang": true}`)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		body := strings.NewReader(`{"query": "mutation { sendCode(input: {challengeId: \"` + asked.ID + `\", optionId: \"` + asked.Options[0].ID + `\"}) { expiresAt } }"}`)
		if res, err := http.Post(p.API+"/graphql", "application/json", body); err == nil {
			_ = res.Body.Close()
		}
	}()
	eventually(t, "under way", func() bool { return p.inFlight() == 1 })
	started := time.Now()
	p.signal(syscall.SIGTERM)
	eventually(t, "stopping", func() bool { return strings.Contains(p.errs.String(), "stopping") })
	p.signal(syscall.SIGTERM)
	<-p.ended
	<-gone
	if took := time.Since(started); took > 6*time.Second {
		t.Errorf("took %s", took)
	}
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || status.Signal() != syscall.SIGTERM {
		t.Errorf("ended by %v", p.endErr)
	}
	p.endErr = nil // as it should be
}

// TestServe_StopsAtOnce interrupts a server that has nothing to do.
func TestServe_StopsAtOnce(t *testing.T) {
	t.Parallel()
	p := serve(t, []string{"DATABASE_URL=sqlite://" + demoCopy(t)}, "--demo")
	p.signal(syscall.SIGINT)
	started := time.Now()
	p.wait()
	if took := time.Since(started); took > 15*time.Second {
		t.Errorf("an idle server took %s to end", took)
	}
	if log := p.errs.String(); strings.Contains(log, "ERROR") || strings.Contains(log, "WARN") {
		t.Error(log)
	}
}

var inFlight = regexp.MustCompile(`(?m)^factordesk_http_requests_in_flight (\d+)$`)

// inFlight is how many requests are being answered.
func (p *process) inFlight() int {
	p.t.Helper()
	_, text := p.browser().send(http.MethodGet, p.Ops+"/metrics", nil)
	found := inFlight.FindSubmatch(text)
	if found == nil {
		p.t.Fatalf("no such number in %s", text)
	}
	return int(found[1][0] - '0')
}

// phoneOf returns the id of a user's phone.
func (c *client) phoneOf(email string) string {
	c.t.Helper()
	var found struct {
		Users struct {
			Nodes []struct{ Devices []struct{ ID string } }
		}
	}
	c.ask(&found, `query($search: String!) { users(search: $search) { nodes { devices { id } } } }`, vars{"search": email})
	if len(found.Users.Nodes) != 1 || len(found.Users.Nodes[0].Devices) != 1 {
		c.t.Fatalf("%s: %+v", email, found)
	}
	return found.Users.Nodes[0].Devices[0].ID
}

// TestServe_Ready tells that the process can't serve once its database is gone.
func TestServe_Ready(t *testing.T) {
	t.Parallel()
	database := pgtest.DSN(t)
	p := serve(t, []string{"DATABASE_URL=" + database, "FACTORDESK_ENVIRONMENT=development"})
	got := map[string]int{}
	look := func() map[string]int {
		for _, path := range []string{"/healthz", "/readyz"} {
			got[path], _ = p.browser().send(http.MethodGet, p.API+path, nil)
		}
		return got
	}
	if want := map[string]int{"/healthz": 200, "/readyz": 200}; !maps.Equal(look(), want) {
		t.Errorf("%v", got)
	}
	lockOut(t, database)
	if want := map[string]int{"/healthz": 200, "/readyz": 503}; !maps.Equal(look(), want) {
		t.Errorf("without a database: %v", got)
	}
	if slices.ContainsFunc(strings.Split(p.errs.String(), "\n"), func(line string) bool { return strings.Contains(line, "postgres://") }) {
		t.Errorf("the log shows the database's URL: %s", p.errs.String())
	}
}

// lockOut ends all connections to a PostgreSQL database and admits no more.
func lockOut(t *testing.T, database string) {
	t.Helper()
	name := strings.TrimPrefix(parsed(t, database).Path, "/")
	inCluster(t, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false", endConnections(name))
}

func endConnections(name string) string {
	return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'"
}

func parsed(t *testing.T, databaseURL string) *url.URL {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// inCluster runs statements outside the databases of the tests.
func inCluster(t *testing.T, statements ...string) {
	t.Helper()
	u := parsed(t, os.Getenv(pgtest.Variable))
	if q := u.Query(); !q.Has("sslmode") {
		q.Set("sslmode", "disable")
		u.RawQuery = q.Encode()
	}
	db, err := sql.Open("postgres", u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

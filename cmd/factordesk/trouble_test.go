package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// health returns the status and the words of /healthz or /readyz.
func (p *process) health(path string) string {
	p.t.Helper()
	began := time.Now()
	status, text := p.browser().send(http.MethodGet, p.API+path, nil)
	if took := time.Since(began); took > 10*time.Second {
		p.t.Errorf("%s took %s", path, took)
	}
	return fmt.Sprint(status, " ", strings.TrimSpace(string(text)))
}

const (
	passwordOnly = `mutation { signIn(input: {institution: "harbor", username: "viewer@harbor.example", password: "wrong"}) { challenge { id } } }`
	signOut      = `mutation { signOut { __typename } }`
)

// faultOf asks, and returns the code of the one error of the answer and how long it
// says to wait, where the header says so, too.
func (c *client) faultOf(document string) string {
	c.t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.api+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "no answer: " + err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	var a struct {
		Errors []struct {
			Extensions struct {
				Code              string
				RetryAfterSeconds int
			}
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		return "no answer: " + err.Error()
	}
	if len(a.Errors) != 1 {
		return fmt.Sprintf("%d errors", len(a.Errors))
	}
	e := a.Errors[0].Extensions
	wait := res.Header.Get("Retry-After")
	if e.RetryAfterSeconds == 0 && wait == "" {
		return e.Code
	}
	return fmt.Sprintf("%s %d %s", e.Code, e.RetryAfterSeconds, wait)
}

// TestServe_SilentDatabase has the network lose everything between the desk and its
// database, while more ask than there are connections.
func TestServe_SilentDatabase(t *testing.T) {
	t.Parallel()
	line := pgtest.NewLine(t, pgtest.DSN(t))
	p := serve(t, []string{"DATABASE_URL=" + line.URL}, "--demo")
	agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
	line.Silence()

	const crowd = 30
	began := time.Now()
	answers := make(chan string, crowd)
	for i := range crowd {
		who, document := p.browser(), passwordOnly
		if i%2 == 0 {
			who, document = agent, signOut
		}
		go func() { answers <- who.faultOf(document) }()
	}
	if said := p.health("/readyz"); said != "503 not ready: silent" {
		t.Error(said)
	}
	if said := p.health("/healthz"); said != "200 ok" {
		t.Error(said)
	}
	for range crowd {
		if said := <-answers; said != "TIMEOUT" {
			t.Errorf("answered %s", said)
		}
	}
	if took := time.Since(began); took > 25*time.Second { // 10 s, and what a busy machine adds
		t.Errorf("the last answer came after %s", took)
	}

	line.Speak()
	eventually(t, "ready again", func() bool { return p.health("/readyz") == "200 ready" })
	p.signIn("harbor", "viewer@harbor.example", "+12025550183")

	line.Silence()
	go func() { answers <- p.browser().faultOf(passwordOnly) }()
	eventually(t, "under way", func() bool { return p.inFlight() == 1 })
	p.signal(syscall.SIGTERM)
	p.wait() // for exit code 0
	if said := <-answers; said != "TIMEOUT" {
		t.Errorf("the request under way was answered %s", said)
	}
	if log := p.errs.String(); strings.Contains(log, "internal error") || strings.Contains(log, "forced") {
		t.Error(log)
	}
}

// TestServe_DatabaseInTrouble names what ails the database, whoever asks.
func TestServe_DatabaseInTrouble(t *testing.T) {
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		line := pgtest.NewLine(t, pgtest.DSN(t))
		p := serve(t, []string{"DATABASE_URL=" + line.URL}, "--demo")
		agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
		line.Refuse()
		p.inTrouble(t, agent, "refused")
	})
	t.Run("read-only, until a server takes writes again", func(t *testing.T) {
		t.Parallel()
		database := pgtest.DSN(t)
		p := serve(t, []string{"DATABASE_URL=" + database + "&target_session_attrs=read-write"}, "--demo")
		agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
		name := strings.TrimPrefix(parsed(t, database).Path, "/")
		inCluster(t, "ALTER DATABASE "+name+" SET default_transaction_read_only = on", endConnections(name))
		p.inTrouble(t, agent, "read-only")
		inCluster(t, "ALTER DATABASE "+name+" RESET default_transaction_read_only", endConnections(name))
		eventually(t, "ready again", func() bool { return p.health("/readyz") == "200 ready" })
		p.signIn("harbor", "viewer@harbor.example", "+12025550183")
	})
	t.Run("locked", func(t *testing.T) {
		t.Parallel()
		file := demoCopy(t)
		p := serve(t, []string{"DATABASE_URL=sqlite://" + file}, "--demo")
		agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
		db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=busy_timeout(5000)") // reports may be written just now
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		p.inTrouble(t, agent, "locked")
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if said := p.health("/readyz"); said != "200 ready" {
			t.Error(said)
		}
	})
}

// inTrouble fails unless those who sign in, those who have signed in and those who ask
// for health are told.
func (p *process) inTrouble(t *testing.T, signedIn *client, trouble string) {
	t.Helper()
	if said := p.browser().faultOf(passwordOnly); said != "UNAVAILABLE 5 5" {
		t.Errorf("signing in: %s", said)
	}
	if said := signedIn.faultOf(signOut); said != "UNAVAILABLE 5 5" {
		t.Errorf("signed in: %s", said)
	}
	if said := p.health("/readyz"); said != "503 not ready: "+trouble {
		t.Error(said)
	}
	if said := p.health("/healthz"); said != "200 ok" {
		t.Error(said)
	}
	if log := p.errs.String(); strings.Contains(log, "internal error") {
		t.Error(log)
	}
}

// TestServe_Drain serves on for a while after it was asked to end.
func TestServe_Drain(t *testing.T) {
	t.Parallel()
	p := serve(t, []string{"DATABASE_URL=sqlite://" + demoCopy(t), "FACTORDESK_DRAIN=4s"}, "--demo")
	if said := p.health("/readyz"); said != "200 ready" {
		t.Error(said)
	}
	p.signal(syscall.SIGTERM)
	eventually(t, "draining", func() bool { return p.health("/readyz") == "503 not ready: draining" })
	if said := p.health("/healthz"); said != "200 ok" {
		t.Error(said)
	}
	p.browser().password("harbor", "viewer@harbor.example", password)
	p.wait()
}

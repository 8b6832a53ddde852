package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// TestServe_Clocks has a database whose clock is ten minutes ahead of the machine's: of
// one process alone nobody knows which is wrong, of one beside another that agrees with
// the database it is known.
func TestServe_Clocks(t *testing.T) {
	url := pgtest.DSN(t)
	execute(t, url, `CREATE SCHEMA off`)
	execute(t, url, `CREATE FUNCTION off.clock_timestamp() RETURNS timestamptz LANGUAGE SQL AS $$ SELECT pg_catalog.clock_timestamp() + INTERVAL '10 minutes' $$`)
	execute(t, url, `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, off, pg_catalog', current_database()); END $$`)

	alone := serve(t, []string{"DATABASE_URL=" + url}, "--demo")
	if said := alone.health("/readyz"); said != "200 ready" {
		t.Error(said)
	}
	if _, metrics := alone.browser().send(http.MethodGet, alone.Ops+"/metrics", nil); !regexp.MustCompile(`(?m)^factordesk_clock_ahead_seconds -(599|600)`).Match(metrics) {
		t.Error("the metric does not say that the machine is ten minutes behind")
	}
	if !strings.Contains(alone.errs.String(), "the clocks of this machine and of the database differ") {
		t.Error("nothing was logged")
	}
	alone.signIn("harbor", "viewer@harbor.example", "+12025550183")
	execute(t, url, `DO $$ BEGIN ASSERT (SELECT max(created_at) > now() + INTERVAL '9 minutes' FROM sessions), 'a session by the machine''s clock'; END $$`)

	execute(t, url, `INSERT INTO process_clocks (process, ahead_us, reported_at) SELECT 'another', 1000, off.clock_timestamp()`)
	beside := launch(t, []string{"DATABASE_URL=" + url}, "--demo")
	beside.await()
	if said := beside.health("/readyz"); said != "503 not ready: clock" {
		t.Error(said)
	}
	if said := alone.health("/healthz"); said != "200 ok" {
		t.Error(said)
	}
}

package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// graphqlOverHTTP is how many audits the suite has at its pinned version.
const graphqlOverHTTP = 61

// TestServe_GraphQLOverHTTP runs the public suite of audits, the npm package
// graphql-http, against the program. See https://graphql.github.io/graphql-over-http/draft/
func TestServe_GraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	t.Run("development passes all", func(t *testing.T) {
		expect(t, serve(t, []string{"FACTORDESK_ENVIRONMENT=development"}).API, nil)
	})
	t.Run("production fails what it closes", func(t *testing.T) {
		const mayFail, shouldFail, mustFail = "notice", "warn", "error"
		expect(t, at(t, "desk.bank.example", serve(t, environ(production(t))).API), map[string]string{
			// GET is refused: addresses end up in logs.
			"5A70": mayFail, // accept GET
			"D6D5": mayFail, // variables in GETs
			"6A70": mayFail, // the same, accepting application/json
			// The suite tries variables on __type, and introspection is off. With any other field they work.
			"2EA1": shouldFail, // variables
			"28B9": mustFail,   // the same, accepting application/json
		})
	})
}

// outcome is what came of one audit: status ok, or how bad it is that it failed.
type outcome struct{ ID, Name, Status, Reason string }

// expect audits the API. What is not named must pass.
// at returns an address behind which a server is asked under the name of a host.
func at(t *testing.T, host, address string) string {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = host
	}})
	t.Cleanup(proxy.Close)
	return proxy.URL
}

func expect(t *testing.T, address string, fails map[string]string) {
	t.Helper()
	outcomes := audits(t, address+"/graphql")
	if len(outcomes) != graphqlOverHTTP {
		t.Errorf("%d audits, want %d", len(outcomes), graphqlOverHTTP)
	}
	for _, o := range outcomes {
		want, failing := fails[o.ID]
		if !failing {
			want = "ok"
		}
		if o.Status != want {
			t.Errorf("%s %s: %s, want %s: %s", o.ID, o.Name, o.Status, want, o.Reason)
		}
		delete(fails, o.ID)
	}
	for id := range fails {
		t.Errorf("%s is no audit of the suite", id)
	}
}

func audits(t *testing.T, url string) []outcome {
	t.Helper()
	const web = "../../web"
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("Node.js is missing, which runs the audits: https://nodejs.org/en/download")
	}
	if _, err := os.Stat(filepath.Join(web, "node_modules/graphql-http")); err != nil {
		t.Fatal("the audits are not installed: run `make test-go`, or `npm ci` in web/")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, errs buffer
	cmd := exec.CommandContext(ctx, node, "audit.mjs", url)
	cmd.Dir, cmd.Stdout, cmd.Stderr = web, &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("the audits did not run: %v\n%s", err, errs.String())
	}
	var outcomes []outcome
	if err := json.Unmarshal([]byte(out.String()), &outcomes); err != nil {
		t.Fatal(err)
	}
	return outcomes
}

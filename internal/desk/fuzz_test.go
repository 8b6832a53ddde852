package desk_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/server"
)

// FuzzGraphQL sends the endpoint any body, from nobody and from an admin: it
// answers in GraphQL's form, blames the request and never itself, and answers to
// what is no JSON always the same, so that it can't quote it.
func FuzzGraphQL(f *testing.F) {
	for _, tt := range abusiveDocuments {
		if len(tt.document) < 2000 {
			f.Add(request(f, tt.document, nil), false, false)
		}
	}
	for _, tt := range abusiveBodies {
		if len(tt.body) < 2000 {
			f.Add([]byte(tt.body), false, true)
		}
	}
	f.Add([]byte(`{"query":"{ viewer { user { id } } }","operationName":"`+marked+`","extensions":{"a":[1.5e300]}}`), true, false)
	f.Add([]byte("{\"query\":\"{ __typename }\",\"variables\":{\"\x00\":\"\\ud800\"}}"), true, true)
	f.Add([]byte(`{"query": "{ viewer { user { email`+marked), false, true)
	f.Add(request(f, `query A($n: Int = 5, $s: String) @include(if: true) { users(first: $n, search: $s) { nodes { ...F @skip(if: false) } } }
		fragment F on User { id devices { __typename id ... on PhoneDevice { phoneNumber } } }`, V{"n": 1 << 40, "s": "%_\\'\x00"}), true, true)
	f.Add(request(f, `query($n: PhoneNumber!) { notificationHistory(phoneNumber: $n, source: LOG) { stale messages { nodes { sid } } } }`, V{"n": "+12025550101"}), true, false)
	f.Add(request(f, `query { auditLog(first: 2, after: "bm8=", filter: {}) { nodes { id details { name value } } } node(id: "dev_1") { id ... on User { email } } }`, nil), true, true)
	f.Add(request(f, signIn, V{"institution": "harbor", "username": "a@customer.example", "password": marked}), false, true)
	f.Add(request(f, verify, V{"challenge": "x", "option": "\u202e", "code": "１２３"}), false, false)
	f.Add(request(f, generate, V{"token": marked, "userId": nil}), true, true)

	d := desktest.New(f, desktest.Server(func(c *server.Config) { c.Log = slog.New(slog.DiscardHandler) }))
	admin := d.As(d.Harbor.Admin)
	session := admin.Cookies["fd_staff"]
	noJSON := d.Browser("").Post("").Body.String()

	f.Fuzz(func(t *testing.T, body []byte, signedIn, graphqlJSON bool) {
		browser := d.Browser("")
		if signedIn {
			browser.Cookies["fd_staff"] = session
		}
		r := httptest.NewRequest("POST", "/graphql", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		if graphqlJSON {
			r.Header.Set("Accept", "application/graphql-response+json")
		}
		w := browser.Send(r)

		if !json.Valid(body) && len(body) <= 128<<10 && (w.Code != 400 || w.Body.String() != noJSON) {
			t.Errorf("what is no JSON is answered %d %s", w.Code, w.Body)
		}
		if err := wellFormed(w.Code, w.Body.Bytes(), graphqlJSON); err != nil {
			t.Errorf("%v: %d %s", err, w.Code, w.Body)
		}
	})
}

// request makes a request's body.
func request(tb testing.TB, document string, variables V) []byte {
	tb.Helper()
	body, err := json.Marshal(V{"query": document, "variables": variables})
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

// wellFormed tells what is wrong with an answer of the endpoint.
func wellFormed(status int, body []byte, graphqlJSON bool) error {
	var a map[string]json.RawMessage
	if err := json.Unmarshal(body, &a); err != nil {
		return err
	}
	_, hasData := a["data"]
	_, hasErrors := a["errors"]
	var errors []desktest.Error
	if hasErrors {
		if err := json.Unmarshal(a["errors"], &errors); err != nil {
			return err
		}
	}
	delete(a, "data")
	delete(a, "errors")
	switch {
	case len(a) > 0:
		return fmt.Errorf("more than data and errors")
	case !hasData && !hasErrors, hasErrors && len(errors) == 0:
		return fmt.Errorf("neither data nor errors")
	case hasData && status != 200, graphqlJSON && !hasData && status == 200, status != 200 && status != 400 && status != 413:
		return fmt.Errorf("the wrong status")
	}
	for _, e := range errors {
		if code, _ := e.Extensions["code"].(string); code == "" || code == "INTERNAL" || e.Message == "" {
			return fmt.Errorf("an error that is ours, or none")
		}
	}
	return nil
}

package desk_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	plainJSON   = "application/json"
	graphqlJSON = "application/graphql-response+json"
)

// exchange is one request and what it is answered.
func exchange(d *desktest.Desk, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if method == "POST" {
		r.Header.Set("Content-Type", plainJSON)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	return d.As(d.Harbor.Admin).Send(r)
}

// https://graphql.github.io/graphql-over-http/draft/
func TestTransport_StatusesFollowTheMediaType(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for _, tt := range []struct {
		name, body     string
		plain, graphql int
		hasData        bool
	}{
		{"an answer", `{"query": "{ viewer { user { id } } }"}`, 200, 200, true},
		{"an answer with null variables", `{"query": "{ __typename }", "variables": null, "operationName": null, "extensions": null}`, 200, 200, true},
		{"an answer to an operation by name", `{"query": "query A { __typename } query B { viewer { user { id } } }", "operationName": "B"}`, 200, 200, true},
		{"part of an answer", `{"query": "{ node(id: \"x\") { id } viewer { user { id } } }"}`, 200, 200, true},
		{"a document that does not parse", `{"query": "{"}`, 200, 400, false},
		{"a document that is not valid", `{"query": "{ nothing }"}`, 200, 400, false},
		{"a variable of another type", `{"query": "query($n: Int!) { users(first: $n) { nodes { id } } }", "variables": {"n": "x"}}`, 200, 400, false},
		{"a limit", `{"query": "` + aliases(31) + `"}`, 200, 400, false},
		{"an operation that is not there", `{"query": "query A { __typename }", "operationName": "B"}`, 200, 400, false},
		{"no JSON", `{`, 400, 400, false},
		{"no query", `{}`, 400, 400, false},
		{"a batch", `[{"query": "{ __typename }"}]`, 400, 400, false},
	} {
		for accept, want := range map[string]int{plainJSON: tt.plain, graphqlJSON: tt.graphql} {
			w := exchange(d, "POST", "/graphql", tt.body, "Accept", accept)
			if w.Code != want || w.Header().Get("Content-Type") != accept+"; charset=utf-8" {
				t.Errorf("%s as %s: %d %s", tt.name, accept, w.Code, w.Header().Get("Content-Type"))
			}
			if strings.Contains(w.Body.String(), `"data"`) != tt.hasData {
				t.Errorf("%s as %s: %s", tt.name, accept, w.Body)
			}
			if w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s as %s: Cache-Control %q", tt.name, accept, w.Header().Get("Cache-Control"))
			}
		}
	}
}

func TestTransport_AcceptChoosesTheMediaType(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for accept, want := range map[string]string{
		"":                                plainJSON,
		"*/*":                             plainJSON,
		"application/*":                   plainJSON,
		plainJSON:                         plainJSON,
		plainJSON + "; charset=utf-8":     plainJSON,
		graphqlJSON:                       graphqlJSON,
		graphqlJSON + "; charset=UTF-8":   graphqlJSON,
		graphqlJSON + "; charset=utf8":    graphqlJSON,
		graphqlJSON + ", " + plainJSON:    graphqlJSON,
		"text/html, " + plainJSON:         plainJSON,
		"text/html, */*;q=0.1":            plainJSON,
		"text/html":                       "",
		"image/png, text/*":               "",
		plainJSON + "; charset=shift-jis": "",
		";;":                              "",
	} {
		w := exchange(d, "POST", "/graphql", `{"query": "{ __typename }"}`, "Accept", accept)
		if want == "" {
			if w.Code != 406 || !strings.Contains(w.Body.String(), `"INVALID_INPUT"`) || strings.Contains(w.Body.String(), `"data"`) {
				t.Errorf("Accept %q: %d %s", accept, w.Code, w.Body)
			}
			continue
		}
		if w.Code != 200 || w.Header().Get("Content-Type") != want+"; charset=utf-8" {
			t.Errorf("Accept %q: %d %s", accept, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

// What a form can send without asking is no request, which is half of the
// protection against other sites.
func TestTransport_TakesNothingButJSON(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for contentType, want := range map[string]int{
		plainJSON: 200, plainJSON + "; charset=utf-8": 200, plainJSON + ";charset=UTF-8": 200, plainJSON + "; charset=utf8": 200, plainJSON + `; charset="UTF8"`: 200,
		"": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415,
		"application/graphql": 415, graphqlJSON: 415, plainJSON + "; charset=latin1": 415, "application/json5": 415, "nonsense/": 415,
	} {
		w := exchange(d, "POST", "/graphql", `{"query": "{ __typename }"}`, "Content-Type", contentType)
		if w.Code != want {
			t.Errorf("Content-Type %q: %d %s", contentType, w.Code, w.Body)
		}
	}
}

// Some write a mark before JSON that says that it is in UTF-8.
func TestTransport_TakesAByteOrderMark(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for body, want := range map[string]int{
		"\uFEFF" + `{"query": "{ __typename }"}`: 200, "\uFEFF": 400, "\uFEFF\uFEFF" + `{"query": "{ __typename }"}`: 400, `{"query": "{ __typename }"}` + "\uFEFF": 400,
	} {
		if w := exchange(d, "POST", "/graphql", body); w.Code != want {
			t.Errorf("%q: %d %s", body, w.Code, w.Body)
		}
	}
}

func TestTransport_OtherMethodsAreNotAllowed(t *testing.T) {
	t.Parallel()
	production, development := desktest.New(t, desktest.Production), desktest.New(t)
	want := func(d *desktest.Desk, method, allow string) {
		t.Helper()
		w := exchange(d, method, "/graphql?query=%7B__typename%7D", "")
		if w.Code != 405 || w.Header().Get("Allow") != allow || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", method, w.Code, w.Header())
		}
	}
	want(production, "GET", "POST")
	for _, method := range []string{"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		want(production, method, "POST")
		want(development, method, "GET, POST")
	}
}

func TestTransport_GETIsForQueriesInDevelopment(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	get := func(values url.Values) *httptest.ResponseRecorder {
		return exchange(d, "GET", "/graphql?"+values.Encode(), "")
	}
	w := get(url.Values{"query": {`query A { x: __typename } query B($n: Int) { users(first: $n) { nodes { id } } }`}, "operationName": {"B"}, "variables": {`{"n": 1}`}})
	if w.Code != 200 || strings.Count(w.Body.String(), "usr_") != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for name, tt := range map[string]struct {
		values url.Values
		want   int
	}{
		"no query":                     {url.Values{}, 400},
		"variables that are no object": {url.Values{"query": {"{ __typename }"}, "variables": {`[1]`}}, 400},
		"variables and more":           {url.Values{"query": {"{ __typename }"}, "variables": {`{"a": 1}}`}}, 400},
		"extensions that are no JSON":  {url.Values{"query": {"{ __typename }"}, "extensions": {`{`}}, 400},
		"a mutation":                   {url.Values{"query": {"mutation { signOut { signedOut } }"}}, 405},
		"a mutation among queries":     {url.Values{"query": {"query A { __typename } mutation B { signOut { signedOut } }"}, "operationName": {"B"}}, 405},
	} {
		w := get(tt.values)
		if w.Code != tt.want || strings.Contains(w.Body.String(), `"data"`) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	admin := d.As(d.Harbor.Admin)
	if admin.Send(httptest.NewRequest("GET", "/graphql?query="+url.QueryEscape("mutation { signOut { signedOut } }"), nil)); !signedIn(t, admin) {
		t.Error("a GET signed the viewer out")
	}
}

// An answer comes at once and whole. What @defer puts off would be missing from it.
func TestTransport_DoesNotDefer(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	a := d.As(d.Harbor.Admin).Do(`{ viewer { user { id ... @defer(if: true) { devices { id } } } } }`)
	if e := a.Error(""); a.Data != nil || e.Extensions["code"] != "INVALID_INPUT" || !strings.Contains(e.Message, "@defer") {
		t.Error(a.Body)
	}
	if a := d.As(d.Harbor.Admin).Do(`{ __schema { directives { name } } }`).OK(); strings.Contains(a.Body, "defer") || !strings.Contains(a.Body, "include") {
		t.Error(a.Body)
	}
}

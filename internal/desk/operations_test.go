package desk_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/graph/transport"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Documents of a made-up client, and one that differs from the first by a space.
const (
	whoIsIt  = `query WhoAmI($staff: Boolean = true) { viewer { user { id kind @include(if: $staff) } } }`
	leave    = `mutation Leave { signOut { signedOut } }`
	both     = `query One { __typename } query Two { viewer { user { id } } }`
	costly   = `query Costly($first: Int) { users(first: $first) { nodes { id notificationHistory(source: LOG) { messages { nodes { sid } } } } } }`
	literal  = `{ node(id: "x") { id } }`
	almost   = `query WhoAmI($staff: Boolean = true) { viewer { user { id kind @include(if: $staff) } }  }`
	stranger = `{ viewer { user { email } } }`
)

func hash(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

func manifest(t *testing.T, documents ...string) string {
	t.Helper()
	list := map[string]string{}
	for _, d := range documents {
		list[hash(d)] = d
	}
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return manifestFile(t, string(text))
}

func manifestFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "persisted-documents.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// extension is what Apollo's clients and urql's send in place of a document.
func extension(hash string) V {
	return V{"persistedQuery": V{"version": 1, "sha256Hash": hash}}
}

// What servers answer, in part.
const (
	answered      = `"data"`
	unlisted      = "only the documents that its clients were built with"
	unknown       = "No document is known by this documentId"
	unsupported   = `"message":"PersistedQueryNotSupported"`
	differs       = "not the one that the hash beside it names"
	wantsDocument = "with query or documentId"
)

func TestOperations_OverHTTP(t *testing.T) {
	t.Parallel()
	listed := []desktest.Option{desktest.Operations(manifest(t, whoIsIt, literal), manifest(t, leave, both))}
	locked := append(listed, desktest.Production)
	servers := []*desktest.Desk{desktest.New(t, desktest.Production), desktest.New(t, listed...), desktest.New(t, locked...)}
	for name, tt := range map[string]struct {
		request V
		// want is what servers answer: production without a list, development
		// with one, production with one.
		want [3]string
	}{
		"by documentId":                  {V{"documentId": "sha256:" + hash(whoIsIt)}, [3]string{unknown, answered, answered}},
		"by bare documentId":             {V{"documentId": hash(whoIsIt)}, [3]string{unknown, answered, answered}},
		"by extension":                   {V{"extensions": extension(hash(whoIsIt))}, [3]string{unsupported, answered, answered}},
		"by both":                        {V{"documentId": hash(whoIsIt), "extensions": extension(hash(whoIsIt))}, [3]string{unknown, answered, answered}},
		"of the second manifest":         {V{"documentId": hash(both), "operationName": "Two"}, [3]string{unknown, answered, answered}},
		"with a string in it":            {V{"documentId": hash(literal)}, [3]string{unknown, answered, answered}},
		"document as listed":             {V{"query": whoIsIt}, [3]string{answered, answered, answered}},
		"document and its documentId":    {V{"query": whoIsIt, "documentId": hash(whoIsIt)}, [3]string{answered, answered, answered}},
		"document and its extension":     {V{"query": whoIsIt, "extensions": extension(hash(whoIsIt))}, [3]string{answered, answered, answered}},
		"another document":               {V{"query": stranger}, [3]string{answered, answered, unlisted}},
		"another document and its hash":  {V{"query": stranger, "extensions": extension(hash(stranger))}, [3]string{answered, answered, unlisted}},
		"another document's hash":        {V{"extensions": extension(hash(stranger))}, [3]string{unsupported, unsupported, unlisted}},
		"another document's documentId":  {V{"documentId": hash(stranger)}, [3]string{unknown, unknown, unlisted}},
		"one byte more":                  {V{"query": almost}, [3]string{answered, answered, unlisted}},
		"one byte more than the hash":    {V{"query": almost, "documentId": hash(whoIsIt)}, [3]string{differs, differs, differs}},
		"listed, with another's hash":    {V{"query": whoIsIt, "documentId": hash(leave)}, [3]string{differs, differs, differs}},
		"listed, another's extension":    {V{"query": whoIsIt, "extensions": extension(hash(leave))}, [3]string{differs, differs, differs}},
		"hashes of two listed":           {V{"documentId": hash(whoIsIt), "extensions": extension(hash(leave))}, [3]string{unknown, differs, differs}},
		"empty document and a hash":      {V{"query": "", "documentId": hash(whoIsIt)}, [3]string{differs, differs, differs}},
		"null document and a hash":       {V{"query": nil, "documentId": hash(whoIsIt)}, [3]string{unknown, answered, answered}},
		"hash in upper case":             {V{"documentId": strings.ToUpper(hash(whoIsIt))}, [3]string{unknown, unknown, unlisted}},
		"prefix in upper case":           {V{"documentId": "SHA256:" + hash(whoIsIt)}, [3]string{unknown, unknown, unlisted}},
		"another prefix":                 {V{"documentId": "md5:" + hash(whoIsIt)}, [3]string{unknown, unknown, unlisted}},
		"hash cut short":                 {V{"documentId": hash(whoIsIt)[:63]}, [3]string{unknown, unknown, unlisted}},
		"hash too long":                  {V{"documentId": hash(whoIsIt) + "0"}, [3]string{unknown, unknown, unlisted}},
		"the document as its own hash":   {V{"documentId": whoIsIt}, [3]string{unknown, unknown, unlisted}},
		"no hash":                        {V{"documentId": ""}, [3]string{unknown, unknown, unlisted}},
		"prefix in the extension":        {V{"extensions": extension("sha256:" + hash(whoIsIt))}, [3]string{unsupported, unsupported, unlisted}},
		"extension without a hash":       {V{"extensions": V{"persistedQuery": V{"version": 1}}}, [3]string{wantsDocument, wantsDocument, wantsDocument}},
		"extension of another kind":      {V{"extensions": V{"persistedQuery": hash(whoIsIt)}}, [3]string{wantsDocument, wantsDocument, wantsDocument}},
		"documentId that is no string":   {V{"documentId": 7}, [3]string{wantsDocument, wantsDocument, wantsDocument}},
		"variables, too":                 {V{"documentId": hash(whoIsIt), "variables": V{"staff": false}}, [3]string{unknown, answered, answered}},
		"a variable of another type":     {V{"documentId": hash(whoIsIt), "variables": V{"staff": "x"}}, [3]string{unknown, "staff", "staff"}},
		"an operation that is not there": {V{"documentId": hash(both), "operationName": "Three"}, [3]string{unknown, "INVALID_INPUT", "INVALID_INPUT"}},
	} {
		body, err := json.Marshal(tt.request)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range servers {
			w := d.As(d.Harbor.Admin).Post(string(body))
			if !strings.Contains(w.Body.String(), tt.want[i]) {
				t.Errorf("%s on server %d: %d %s, want %s", name, i, w.Code, w.Body, tt.want[i])
			}
			refused := tt.want[i] != answered
			if refused && (strings.Contains(w.Body.String(), `"data"`) || strings.Count(w.Body.String(), `"code":"INVALID_INPUT"`) != 1) {
				t.Errorf("%s on server %d: this is no refusal: %s", name, i, w.Body)
			}
			byHash := tt.request["query"] == nil && (tt.want[i] == unknown || tt.want[i] == unsupported || tt.want[i] == unlisted)
			if strings.Contains(w.Body.String(), `"field":"documentId"`) != byHash {
				t.Errorf("%s on server %d: a hash that is not known should be told from the rest: %s", name, i, w.Body)
			}
		}
	}
}

// A client's hash and document are never kept, so that the hash alone stays
// unknown.
func TestOperations_AreNotLearned(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.Operations(manifest(t, whoIsIt)))
	admin := d.As(d.Harbor.Admin)
	send := func(request V) string {
		body, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		return admin.Post(string(body)).Body.String()
	}
	if got := send(V{"query": stranger, "extensions": extension(hash(stranger))}); !strings.Contains(got, answered) {
		t.Fatal(got)
	}
	if got := send(V{"extensions": extension(hash(stranger))}); !strings.Contains(got, unsupported) {
		t.Error(got)
	}
	if got := send(V{"documentId": hash(stranger)}); !strings.Contains(got, unknown) {
		t.Error(got)
	}
}

func TestOperations_StatusesFollowTheMediaType(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.Production, desktest.Operations(manifest(t, whoIsIt)))
	for body, want := range map[string][2]int{
		`{"documentId": "` + hash(whoIsIt) + `"}`:  {200, 200},
		`{"documentId": "` + hash(stranger) + `"}`: {200, 400},
		`{"query": "{ __typename }"}`:              {200, 400},
		`{"query": "{"}`:                           {200, 400},
		`{"documentId": null}`:                     {400, 400},
	} {
		for i, accept := range []string{plainJSON, graphqlJSON} {
			if w := exchange(d, "POST", "/graphql", body, "Accept", accept); w.Code != want[i] || w.Header().Get("Content-Type") != accept+"; charset=utf-8" {
				t.Errorf("%s as %s: %d %s", body, accept, w.Code, w.Body)
			}
		}
	}
}

// An unlisted document costs no parsing: one that does not parse is refused as
// any other.
func TestOperations_UnlistedAreNotParsed(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.Production, desktest.Operations(manifest(t, whoIsIt)))
	for _, document := range []string{"{", "{ nothing }", aliases(31), "{ __schema { queryType { name } } }", ""} {
		if a := d.As(d.Harbor.Admin).Do(document); !strings.Contains(a.Error("").Message, unlisted) {
			t.Errorf("%q: %s", document, a.Body)
		}
	}
}

func TestOperations_ByGET(t *testing.T) {
	t.Parallel()
	file := manifest(t, whoIsIt, leave, both)
	d := desktest.New(t, desktest.Operations(file))
	get := func(d *desktest.Desk, values url.Values) *httptest.ResponseRecorder {
		return exchange(d, "GET", "/graphql?"+values.Encode(), "")
	}
	inExtension, err := json.Marshal(extension(hash(leave)))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		values url.Values
		status int
		want   string
	}{
		"a query":                    {url.Values{"documentId": {"sha256:" + hash(whoIsIt)}}, 200, answered},
		"one of two":                 {url.Values{"documentId": {hash(both)}, "operationName": {"Two"}}, 200, answered},
		"with variables":             {url.Values{"documentId": {hash(whoIsIt)}, "variables": {`{"staff": false}`}}, 200, answered},
		"a mutation":                 {url.Values{"documentId": {hash(leave)}}, 405, "queries only"},
		"a mutation by extension":    {url.Values{"extensions": {string(inExtension)}}, 405, "queries only"},
		"an unknown one":             {url.Values{"documentId": {hash(stranger)}}, 200, unknown},
		"one that is not the hash's": {url.Values{"query": {stranger}, "documentId": {hash(whoIsIt)}}, 200, differs},
		"an empty query":             {url.Values{"query": {""}, "documentId": {hash(whoIsIt)}}, 200, differs},
		"nothing":                    {url.Values{"variables": {"{}"}}, 400, "Give a query or a documentId"},
	} {
		if w := get(d, tt.values); w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	production := desktest.New(t, desktest.Production, desktest.Operations(file))
	if w := get(production, url.Values{"documentId": {hash(whoIsIt)}}); w.Code != 405 {
		t.Errorf("production: %d %s", w.Code, w.Body)
	}
}

// What variables make too much is refused as for everyone.
func TestOperations_KeepToTheLimits(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.Production, desktest.Operations(manifest(t, costly)))
	for first, want := range map[string]string{"1": answered, "100": "exceeds the limit of 10000"} {
		w := d.As(d.Harbor.Admin).Post(`{"documentId": "` + hash(costly) + `", "variables": {"first": ` + first + `}}`)
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s users: %s", first, w.Body)
		}
	}
}

func TestReadOperations(t *testing.T) {
	t.Parallel()
	deep := "{ viewer { user " + strings.Repeat("{ devices { id ... on PhoneDevice { numberTypeOverride { by ", 6) + "{ id }" + strings.Repeat("}}}}", 6) + "}}"
	for name, tt := range map[string]struct{ file, want string }{
		"gone":                                   {filepath.Join(t.TempDir(), "gone.json"), "no such file"},
		"a folder":                               {t.TempDir(), "is a directory"},
		"empty":                                  {manifestFile(t, ""), "no JSON object"},
		"no JSON":                                {manifestFile(t, "{"), "no JSON object"},
		"a list":                                 {manifestFile(t, `["{ __typename }"]`), "no JSON object"},
		"null":                                   {manifestFile(t, "null"), "no JSON object"},
		"without documents":                      {manifestFile(t, "{}"), "no JSON object"},
		"a document that is no text":             {manifestFile(t, `{"`+hash(whoIsIt)+`": {"query": "x"}}`), "no JSON object"},
		"another's hash":                         {manifestFile(t, `{"`+hash(whoIsIt)+`": "{ __typename }"}`), hash(whoIsIt) + `" is not the SHA-256`},
		"SHA-1":                                  {manifestFile(t, `{"2fd4e1c67a2d28fced849ee1bb76e7391b93eb12": "{ __typename }"}`), "hashAlgorithm: 'sha256'"},
		"a hash in upper case":                   {manifestFile(t, `{"`+strings.ToUpper(hash("{ __typename }"))+`": "{ __typename }"}`), "is not the SHA-256"},
		"a hash in two lines":                    {manifestFile(t, `{"one\ntwo": "{ __typename }"}`), `"one\ntwo"`},
		"a document that can't parse":            {manifest(t, whoIsIt, "{"), hash("{") + " cannot run"},
		"a document with no more than fragments": {manifest(t, "fragment F on User { id }"), "no operation"},
		"a document of another schema":           {manifest(t, "{ nothing }"), `"nothing"`},
		"a document that is too deep":            {manifest(t, deep), "deeper than 12"},
		"too many aliases":                       {manifest(t, aliases(31)), "more than 30 aliases"},
		"too many tokens":                        {manifest(t, "{"+strings.Repeat(" __typename", transport.MaxTokens)+" }"), "token"},
		"introspection":                          {manifest(t, "{ __schema { queryType { name } } }"), "Introspection"},
	} {
		good := manifest(t, whoIsIt)
		_, err := graph.ReadOperations(nil, []string{good, tt.file})
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.file) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	if _, err := graph.ReadOperations(nil, []string{manifest(t, whoIsIt, leave), manifest(t, whoIsIt)}); err != nil {
		t.Errorf("a document in two manifests: %v", err)
	}
	if _, err := graph.ReadOperations(nil, []string{manifestFile(t, "\uFEFF"+`{"`+hash(whoIsIt)+`": "`+whoIsIt+`"}`)}); err != nil {
		t.Errorf("a byte order mark: %v", err)
	}
}

package desk_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// aliases returns a document of so many aliases.
func aliases(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		fmt.Fprintf(&b, "a%d:__typename ", i)
	}
	return b.String() + "}"
}

func TestLimits(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	const further = "devices { ... on PhoneDevice { numberTypeOverride { by { "
	deep := func(last string) string {
		return "query { viewer { user { " + strings.Repeat(further, 3) + last + strings.Repeat("}", 15)
	}
	for _, tt := range []struct {
		name, document, refusal string
	}{
		{"12 levels", deep("id"), ""},
		{"13 levels", deep("devices { id }"), "deeper than 12"},
		{"13 levels in a fragment", deep("...F") + " fragment F on User { devices { id } }", "deeper than 12"},
		{"30 aliases", aliases(30), ""},
		{"31 aliases", aliases(31), "more than 30 aliases"},
		{"five directives in one place", `{ viewer @skip(if: true) @aa @aa @aa @aa { kind } }`, "Unknown directive"},
		{"six directives in one place", `query cop { __typename` + strings.Repeat(" @aa", 6) + ` }`, "more than 5 directives"},
		{"six directives on a fragment", `{ ...F } fragment F on Query` + strings.Repeat(" @aa", 6) + ` { __typename }`, "more than 5 directives"},
		{"31 aliases in fragments that are spread", `{ a: __typename ` + strings.Repeat("...F ", 6) + `} fragment F on Query { b: __typename c: __typename d: __typename e: __typename f: __typename }`, "more than 30 aliases"},
		{"a full page of users with their devices", `{ users(first: 100) { nodes { id firstName lastName email kind status devices { id label isDefault addedAt lastUsedAt } } } }`, ""},
		{"a full page of a history", `query { notificationHistory(phoneNumber: "+12025550101", source: LOG) { messages(first: 100) {
			nodes { sid date status body from to kind error { code title explanation whoCanFix remedy docsUrl } } pageInfo { endCursor hasNextPage } } } }`, ""},
		{"a full page of a history by its older argument", `query { notificationHistory(phoneNumber: "+12025550101", source: LOG, first: 100) { messages { nodes { error { code } } } } }`, ""},
		{"full histories of a full page of users", `{ users(first: 100) { nodes { notificationHistory { messages(first: 100) { nodes { sid } } } } } }`, "complexity"},
		{"30 full pages of a history", `{ notificationHistory(phoneNumber: "+12025550101", source: LOG) {` + texts("first: 100", "") + `} }`, ""},
		{"30 full pages of it by the older argument", `{ notificationHistory(phoneNumber: "+12025550101", source: LOG, first: 100) {` + texts("", "error { code whoCanFix }") + `} }`, ""},
		{"30 full pages of ten users' histories", `{ users(first: 10) { nodes { notificationHistory(source: LOG) {` + texts("first: 100", "") + `} } } }`, "complexity"},
		{"30 full pages of ten users' by the older argument", `{ users(first: 10) { nodes { notificationHistory(source: LOG, first: 100) {` + texts("", "") + `} } } }`, "complexity"},
		{"full pages under 30 names", `{ ` + pages(30) + `}`, "complexity"},
		{"more tokens than a document needs", `{ ` + strings.Repeat("viewer { user { id } } ", 500) + `}`, "too many tokens"},
		{"brackets without end", `{ node(id: ` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `) { id } }`, "too many tokens"},
		{"selections without end", strings.Repeat("{ viewer ", 2000), "too many tokens"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := admin.Do(tt.document)
			if tt.refusal == "" {
				a.OK()
				return
			}
			refused(t, d, tt.name, a.Body)
			if !strings.Contains(a.Body, tt.refusal) {
				t.Errorf("not for the reason %q: %s", tt.refusal, a.Body)
			}
		})
	}
}

// What a tool writes that selects all there is of a type must fit for a full page of
// users: every field that takes no argument, as deep as there are new types.
func TestLimits_AFullPageOfAllPlainFieldsFits(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	document := "{ users(first: 100) { nodes { " + plain(desktest.Schema(), "User", nil) + " } } }"
	if a := d.As(d.Harbor.Admin).Do(document); len(a.Errors) > 0 || len(a.List("users.nodes")) == 0 {
		t.Errorf("%s\n%s", a.Body, document)
	}
}

// plain selects every field of a type that takes no argument, but of types around it
// the id alone.
func plain(s *ast.Schema, name string, around []string) string {
	var b strings.Builder
	def := s.Types[name]
	for _, f := range desktest.Fields(def) {
		of := s.Types[f.Type.Name()]
		switch {
		case len(f.Arguments) > 0:
		case of.IsLeafType():
			b.WriteString(f.Name + " ")
		case slices.Contains(append(around, name), of.Name):
			b.WriteString(f.Name + " { id } ")
		default:
			b.WriteString(f.Name + " { " + plain(s, of.Name, append(around, name)) + "} ")
		}
	}
	if def.Kind == ast.Interface {
		for _, t := range s.GetPossibleTypes(def) {
			b.WriteString("... on " + t.Name + " { " + plain(s, t.Name, append(around, name)) + "} ")
		}
	}
	return b.String()
}

// A document that is known is counted anew for its variables, unless they can't
// make it too complex.
func TestLimits_ComplexityByVariables(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	const heavy = `query($users: Int, $texts: Int) { users(first: $users) { nodes { notificationHistory(first: $texts, source: LOG) { messages { nodes { sid } } } } } }`
	const light = `query($users: Int) { users(first: $users) { nodes { id devices { id } } } }`
	for range 3 {
		admin.Do(heavy, V{"users": 1, "texts": 1}).OK()
		admin.Do(light, V{"users": 1}).OK()
		admin.Do(light, V{"users": 100}).OK()
		if a := admin.Do(heavy, V{"users": 100, "texts": 100}); !strings.Contains(a.Body, "complexity") {
			t.Fatalf("full histories of a full page, after little ones: %s", a.Body)
		}
	}
}

// texts asks for the messages of a history under 30 names.
func texts(argument, field string) string {
	var b strings.Builder
	if argument != "" {
		argument = "(" + argument + ")"
	}
	for i := range 30 {
		fmt.Fprintf(&b, "t%d: messages%s { nodes { sid %s } } ", i, argument, field)
	}
	return b.String()
}

// pages asks for full pages of users under so many names.
func pages(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "p%d: users(first: 100) { nodes { id email devices { id } } } ", i)
	}
	return b.String()
}

// A document of 20,000 aliases takes seconds where nothing stops it early.
func TestLimits_AHugeDocumentIsRefusedUnread(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	for n, refusal := range map[int]string{7000: "too many tokens", 20_000: "larger than 128 KiB"} {
		a := admin.Do(aliases(n))
		refused(t, d, refusal, a.Body)
		if !strings.Contains(a.Body, refusal) {
			t.Errorf("%d aliases, not for the reason %q: %s", n, refusal, a.Body)
		}
	}
}

func TestLimits_ARequestHas128KiB(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser("")
	body := func(size int) string {
		b, err := json.Marshal(map[string]string{"query": "{ __typename }", "operationName": ""})
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + strings.Repeat(" ", size-len(b))
	}
	if w := browser.Post(body(128 << 10)); w.Code != 200 {
		t.Errorf("128 KiB: %d %s", w.Code, w.Body)
	}
	w := browser.Post(body(128<<10 + 1))
	if w.Code != 413 {
		t.Errorf("one byte more: %d %s", w.Code, w.Body)
	}
	refused(t, d, "one byte more", w.Body.String())
}

const introspection = `{ __schema { types { name fields { name type { kind name ofType { kind name ofType { kind name ofType {
	kind name ofType { kind name ofType { kind name ofType { kind name ofType { name } } } } } } } } } } } }`

func TestLimits_TheSchemaIsOpenInDevelopmentOnly(t *testing.T) {
	t.Parallel()
	development, production := desktest.New(t), desktest.New(t, desktest.Production)
	uat := desktest.New(t, desktest.UAT)
	refused(t, uat, "in UAT", uat.Browser("").Do(introspection).Body)

	development.Browser("").Do(introspection).OK() // which is exempt from the depth
	for name, document := range map[string]string{
		"__schema": introspection, "__type": `{ __type(name: "User") { name } }`, "under another name": `{ x: __schema { types { name } } }`,
		"in a fragment": `{ ...F } fragment F on Query { __schema { types { name } } }`,
	} {
		refused(t, production, name, production.Browser("").Do(document).Body)
	}
	for _, misspelt := range []string{
		`{ viewre { user { id } } }`, `{ viewer }`, `{ users(frist: 1) { nodes { id } } }`, `{ users(kind: STAF) { nodes { id } } }`,
		`query($x: UserKin) { users(kind: $x) { nodes { id } } }`, `mutation { signIn(input: {instituton: "x"}) { challenge { id } } }`,
	} {
		if a := production.Browser("").Do(misspelt); strings.Contains(a.Body, "Did you mean") || len(a.Errors) == 0 {
			t.Errorf("production helps: %s", a.Body)
		}
	}
	if a := development.Browser("").Do(`{ viewre { user { id } } }`); !strings.Contains(a.Body, "Did you mean") {
		t.Errorf("development does not help: %s", a.Body)
	}
	production.Browser("").Do(`{ __typename }`).OK()
}

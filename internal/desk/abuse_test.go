package desk_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// each joins what a function makes of 0 to n-1.
func each(n int, make func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(make(i))
	}
	return b.String()
}

// laughs is a document whose fragments each spread the next one twice: a hundred
// bytes a level, and twice as many fields.
func laughs(levels int, root, on, last string) string {
	return root + each(levels, func(i int) string { return fmt.Sprintf(" fragment F%d on %s { ...F%d ...F%d }", i, on, i+1, i+1) }) +
		fmt.Sprintf(" fragment F%d on %s { %s }", levels, on, last)
}

// ring is a circle of fragments, each spread beside a field or below one.
func ring(n int, format string) string {
	return "{ viewer { user { ...F0 } } }" + each(n, func(i int) string {
		return fmt.Sprintf(" fragment F%d on User { "+format+" }", i, (i+1)%n)
	})
}

const (
	tooDeep    = "nests deeper than 12 levels"
	tooMany    = "more than 30 aliases"
	tooLarge   = "more than 5000 selections"
	tooOften   = "repeats fields or fragments too often"
	circle     = "spread in a circle"
	unreadable = "not valid GraphQL, has too many tokens, or nests too deep"
)

// abusiveDocuments cost minutes where they are validated as they come. Each is
// refused for its reason by what a look at the parsed document tells.
var abusiveDocuments = []struct{ name, document, reason string }{
	{"fragments that nest", `{ viewer { user { ...A } } } fragment A on User { devices { ...B } }
		fragment B on PhoneDevice { numberTypeOverride { by { devices { ...C } } } }
		fragment C on PhoneDevice { numberTypeOverride { by { devices { ...D } } } }
		fragment D on PhoneDevice { numberTypeOverride { by { devices { ...E } } } } fragment E on PhoneDevice { numberTypeOverride { by { id } } }`, tooDeep},
	{"inline fragments that nest fields", "{ viewer " + strings.Repeat("{ ... { user ", 12) + strings.Repeat("} }", 12) + "}", tooDeep},
	{"aliases in a fragment that is spread often", "{ " + strings.Repeat("...F ", 16) + "} fragment F on Query { a: __typename b: __typename }", tooMany},
	{"aliases in fragments of fragments", laughs(4, "{ ...F0 }", "Query", "a: __typename b: __typename"), tooMany},
	{"aliases below one field", "{ viewer { user { " + each(31, func(i int) string { return fmt.Sprintf("a%d: id ", i) }) + "} } }", tooMany},
	{"aliases in the second of two operations", "query A { __typename } query B " + aliases(31), tooMany},
	{"a billion laughs", laughs(30, "{ ...F0 }", "Query", "__typename"), tooOften},
	{"a billion laughs, one below the other", `{ __schema { types { ...F0 } } }` +
		each(30, func(i int) string {
			return fmt.Sprintf(" fragment F%d on __Type { ofType { ...F%d } interfaces { ...F%d } }", i, i+1, i+1)
		}) +
		" fragment F30 on __Type { name }", tooLarge},
	{"laughs behind harmless namesakes", laughs(30, "{ ...F0 }", "Query", "__typename") +
		each(31, func(i int) string { return fmt.Sprintf(" fragment F%d on Query { __typename }", i) }), tooOften},
	{"laughs that no operation asks for", laughs(30, "{ __typename }", "Query", "__typename"), tooOften},
	{"a field asked for over and over", "{ viewer { user { " + strings.Repeat("id ", 2900) + "} } }", tooOften},
	{"a field and all below it over and over", "{ " + strings.Repeat("viewer { user { id } } ", 400) + "}", tooOften},
	{"one field in many inline fragments", "{ " + strings.Repeat("... { __typename } ", 700) + "}", tooOften},
	{"one field below many inline fragments", "{ " + strings.Repeat("... { ", 450) + strings.Repeat("__typename ", 1000) + strings.Repeat("}", 450) + "}", tooOften},
	{"one fragment spread over and over", "{ " + strings.Repeat("...F ", 1000) + "} fragment F on Query { __typename }", tooOften},
	{"many fragments in one place", "{ " + each(250, func(i int) string { return fmt.Sprintf("...F%d ", i) }) + "}" +
		each(250, func(i int) string { return fmt.Sprintf(" fragment F%d on Query { __typename }", i) }), tooOften},
	{"many operations of one large fragment", each(150, func(i int) string { return fmt.Sprintf("query Q%d { ...F } ", i) }) +
		"fragment F on Query { " + strings.Repeat("__typename ", 1000) + "}", tooOften},
	{"a circle of one", ring(1, "...F%d"), circle},
	{"a circle of many", ring(200, "id ...F%d"), circle},
	{"a circle that goes down", ring(3, "devices { ... on PhoneDevice { numberTypeOverride { by { ...F%d } } } }"), tooDeep},
	{"a circle in the introspection", "{ __type(name: \"User\") { ...F } } fragment F on __Type { ofType { ...F } }", circle},
	{"many directives", "{ __typename " + strings.Repeat("@include(if: true) ", 600) + "}", unreadable},
	{"many fields with a directive", "{ " + strings.Repeat("__typename @skip(if: true) ", 500) + "}", unreadable},
	{"a directive over and over", "{ __typename " + strings.Repeat("@include(if: true) ", 400) + "}", "more than 5 directives"},
	{"many operations", each(700, func(i int) string { return fmt.Sprintf("query Q%d { __typename }", i) }), unreadable},
	{"many comments", strings.Repeat("#\n", 30_000) + "{ __typename }", unreadable},
	{"many variables", "query(" + each(900, func(i int) string { return fmt.Sprintf("$v%d: Int ", i) }) + ") { __typename }", unreadable},
	{"a list in a list", "{ node(id: " + strings.Repeat("[", 900) + strings.Repeat("]", 900) + ") { id } }", "not of the type that its place wants"},
	{"a list in a list, deeper than the parser goes", "{ node(id: " + strings.Repeat("[", 1400) + strings.Repeat("]", 1400) + ") { id } }", unreadable},
	{"an object in an object", "mutation { signIn(input: " + strings.Repeat("{a: ", 700) + "1" + strings.Repeat("}", 700) + ") { challenge { id } } }", "not of the type"},
	{"a type in a type", "query($v: " + strings.Repeat("[", 900) + "Int" + strings.Repeat("]", 900) + ") { users(first: $v) { nodes { id } } }", "used in position"},
	{"a type in a type, deeper than the parser goes", "query($v: " + strings.Repeat("[", 1400) + "Int" + strings.Repeat("]", 1400) + ") { users(first: $v) { nodes { id } } }", unreadable},
	{"a number of 100,000 digits", "{ users(first: " + strings.Repeat("9", 100_000) + ") { nodes { id } } }", "not of the type"},
	{"a name of 100,000 letters", "{ " + strings.Repeat("x", 100_000) + " }", "Cannot query field"},
}

func TestAbuse_DocumentsAreRefusedWithoutAStatement(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser("")
	before := d.DB.Statements()
	for _, tt := range abusiveDocuments {
		t.Run(tt.name, func(t *testing.T) {
			a := browser.Do(tt.document)
			refused(t, d, tt.name, a.Body)
			if !strings.Contains(a.Errors[0].Message, tt.reason) {
				t.Errorf("not for the reason %q: %.500s", tt.reason, a.Body)
			}
		})
	}
	if got := d.DB.Statements() - before; got != 0 {
		t.Errorf("%d statements", got)
	}
}

// abusiveBodies are whole requests that end before any document is looked at, or
// at its variables.
var abusiveBodies = []struct {
	name, body string
	status     int
}{
	{"brackets without end", strings.Repeat("[", 120_000), 400},
	{"a batch of a thousand", "[" + strings.Repeat(`{"query":"{__typename}"},`, 1000) + `{"query":"{__typename}"}]`, 400},
	{"white space", strings.Repeat(" ", 120_000), 400},
	{"variables that nest 60,000 deep", withFirst(strings.Repeat("[", 60_000) + strings.Repeat("]", 60_000)), 400},
	{"variables that nest 9,000 deep", withFirst(strings.Repeat("[", 9000) + strings.Repeat("]", 9000)), 200},
	{"a number of 100,000 digits", withFirst(strings.Repeat("9", 100_000)), 200},
	{"a number beyond every float", withFirst("1e400"), 200},
	{"a list of 50,000", withFirst("[" + strings.Repeat("1,", 50_000) + "1]"), 200},
	{"an object of 9,000 names", withFirst("{" + each(9000, func(i int) string { return fmt.Sprintf(`"k%d":1,`, i) }) + `"k":1}`), 200},
	{"a string of 100,000 letters", withFirst(`"` + strings.Repeat("x", 100_000) + `"`), 200},
	{"two values under one name", `{"query":"query($n:Int){users(first:$n){nodes{id}}}","variables":{"n":1,"n":"` + marked + `"}}`, 200},
	{"two queries, the second a bomb", `{"query":"{ __typename }","query":"` + aliases(31) + `"}`, 200},
	{"bytes that are no UTF-8", "{\"query\":\"{ \xff\xfe }\"}", 200},
	{"a body beyond 128 KiB", strings.Repeat("x", 128<<10+1), 413},
}

// withFirst is a request that gives a variable for a number.
func withFirst(value string) string {
	return `{"query":"query($n:Int){users(first:$n){nodes{id}}}","variables":{"n":` + value + `}}`
}

func TestAbuse_BodiesAreRefusedWithoutAStatement(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser("")
	before := d.DB.Statements()
	for _, tt := range abusiveBodies {
		w := browser.Post(tt.body)
		refused(t, d, tt.name, w.Body.String())
		if w.Code != tt.status {
			t.Errorf("%s: %d %.300s", tt.name, w.Code, w.Body)
		}
	}
	if got := d.DB.Statements() - before; got != 0 {
		t.Errorf("%d statements", got)
	}
}

// What is packed could unpack to gigabytes: it is taken for what it is, no JSON.
func TestAbuse_PackedBodiesAreNotUnpacked(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write([]byte(`{"query":"{ __typename }"}` + strings.Repeat(" ", 1<<20)))
	_ = zip.Close()
	r := httptest.NewRequest("POST", "/graphql", &packed)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Encoding", "gzip")
	w := d.Browser("").Send(r)
	refused(t, d, "gzip", w.Body.String())
	if w.Code != 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// A document may have a thousand mistakes; ten of them will do.
func TestAbuse_AnAnswerTellsTenErrorsAtMost(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.Production)
	a := d.Browser("").Do("{ " + each(1000, func(i int) string { return fmt.Sprintf("field%d ", i) }) + "}")
	refused(t, d, "a thousand fields", a.Body)
	if len(a.Errors) != 10 {
		t.Errorf("%d errors: %.500s", len(a.Errors), a.Body)
	}
}

// The limits leave room for what clients compose of fragments.
func TestAbuse_WhatClientsWriteIsNotAbuse(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	d.As(d.Harbor.Admin).Do("{ viewer { user { " + each(10, func(i int) string { return fmt.Sprintf("...F%d ", i) }) + "} } }" +
		each(10, func(i int) string {
			return fmt.Sprintf(" fragment F%d on User { id email firstName lastName devices { id label ...D } }", i)
		}) + " fragment D on Device { isDefault addedAt }").OK()
}

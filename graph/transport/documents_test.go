package transport

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// A document that is cached stays in memory, so none that may hold a code or a
// password is.
func TestDocuments_CacheNoStrings(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		document string
		kept     bool
	}{
		"variables only":               {`mutation($c: String!) { verifyCode(input: {code: $c}) { viewer { user { id } } } }`, true},
		"numbers, enums and booleans":  {`{ users(first: 5, kind: STAFF) @include(if: true) { nodes { id } } }`, true},
		"a string":                     {`{ node(id: "123456") { id } }`, false},
		"a string in an object":        {`mutation { verifyCode(input: {code: "123456"}) { viewer { user { id } } } }`, false},
		"a string in a list":           {`{ x(codes: [1, ["123456"]]) }`, false},
		"a block of text":              {`{ x(code: """123456""") }`, false},
		"a default":                    {`query($c: String = "123456") { x(code: $c) }`, false},
		"a string further down":        {`{ viewer { user { x(code: "123456") } } }`, false},
		"a string in a fragment":       {`{ ...F } fragment F on Query { x(code: "123456") }`, false},
		"a string in one of the spots": {`{ ... on Query { x(code: "123456") } }`, false},
		"a long one":                   {`{ ` + strings.Repeat("viewer { user { id } } ", 500) + `}`, false},
	} {
		doc, err := parser.ParseQuery(&ast.Source{Input: tt.document})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cache := documents{cache: lru.New[*ast.QueryDocument](10)}
		cache.Add(t.Context(), tt.document, doc)
		if _, kept := cache.Get(t.Context(), tt.document); kept != tt.kept {
			t.Errorf("%s: kept is %v", name, kept)
		}
	}
}

// Listed documents are not parsed again, whatever else comes along.
func TestDocuments_KeepTheListed(t *testing.T) {
	t.Parallel()
	const document = `{ node(id: "x") { id } }`
	listed := &ast.QueryDocument{}
	d := documents{listed: map[string]*ast.QueryDocument{document: listed}, cache: lru.New[*ast.QueryDocument](1)}
	for _, other := range []string{"{ a }", "{ b }"} {
		d.Add(t.Context(), other, &ast.QueryDocument{})
	}
	if got, ok := d.Get(t.Context(), document); !ok || got != listed {
		t.Error("it was lost")
	}
	if _, ok := d.Get(t.Context(), "{ a }"); ok {
		t.Error("the cache holds more than one, so this test shows nothing")
	}
}

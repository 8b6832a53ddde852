package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestNewSchema_Refuses(t *testing.T) {
	cfg := &config.Config{Sources: []*ast.Source{{Name: "schema"}}}
	directive := func(name string, locations ...ast.DirectiveLocation) *codegen.Directive {
		return &codegen.Directive{Name: name, DirectiveDefinition: &ast.DirectiveDefinition{
			Name: name, Locations: locations, Position: &ast.Position{Src: &ast.Source{Name: "schema"}},
		}}
	}
	onFields := directive("member", ast.LocationFieldDefinition)
	for name, c := range map[string]struct {
		data   codegen.Data
		guards []string
		want   string
	}{
		"a guard that nobody declared": {
			codegen.Data{Config: cfg, AllDirectives: codegen.DirectiveList{"member": onFields}},
			[]string{"members"}, "there is no directive members on fields",
		},
		"a guard of arguments": {
			codegen.Data{Config: cfg, AllDirectives: codegen.DirectiveList{"short": directive("short", ast.LocationArgumentDefinition)}},
			[]string{"short"}, "there is no directive short on fields",
		},
		"directives that clients write": {
			codegen.Data{Config: cfg, AllDirectives: codegen.DirectiveList{"upper": directive("upper", ast.LocationField)}},
			nil, "directives that clients put on fields are not supported",
		},
		"a configuration in which gqlgen writes other code": {
			codegen.Data{Config: &config.Config{OmitPanicHandler: true}},
			nil, "omit_panic_handler",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := newSchema(&c.data, c.guards); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
	good := codegen.Data{Config: cfg, AllDirectives: codegen.DirectiveList{"member": onFields}}
	if _, err := newSchema(&good, []string{"member"}); err != nil {
		t.Errorf("a directive on fields: %v", err)
	}
}

func TestRenameIn(t *testing.T) {
	const object = "package p\n\nfunc (ec *executionContext) _User() { ec._User() }\n"
	const list = "package p\n\nfunc (ec *executionContext) marshalUsers() { graphql.MarshalSliceConcurrently() }\n"
	for name, c := range map[string]struct {
		text   string
		wanted map[string]bool
		want   string // the text after, or the error
	}{
		"an object, whose callers find what takes its place": {
			object, map[string]bool{"_User": false}, strings.Replace(object, "_User", "_User_own", 1),
		},
		"a list, which no longer starts goroutines by itself": {
			list, map[string]bool{"marshalUsers": true},
			"package p\n\nfunc (ec *executionContext) marshalUsers_own() { marshalSlice() }\n",
		},
		"a list that gqlgen writes in another way": {
			object, map[string]bool{"_User": true}, "_User does not call graphql.MarshalSliceConcurrently: has gqlgen's code changed?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "a.go")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := renameIn(file, c.wanted); err != nil {
				got = err.Error()
			} else if text, err := os.ReadFile(file); err != nil {
				t.Fatal(err)
			} else {
				got = string(text)
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

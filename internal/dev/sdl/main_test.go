package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestPublished(t *testing.T) {
	sdl, err := published("../../../graph/schema/*.graphqls")
	if err != nil {
		t.Fatal(err)
	}

	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(sdl)})
	if err != nil {
		t.Fatal(err)
	}
	if schema.Query.Fields.ForName("users") == nil || schema.Types["User"].Description == "" || schema.Query.Fields.ForName("users").Directives.ForName("hasPermission") == nil {
		t.Error("fields, descriptions or guards are missing")
	}
	if strings.Contains(string(sdl), "@go") {
		t.Error("it binds fields to Go code")
	}
}

func TestPublished_TakesOutWhatBindsToGo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.graphqls")
	text := `"For Go." directive @goField(name: String) on FIELD_DEFINITION
"Asks." directive @guarded on FIELD_DEFINITION
"Reads." type Query {
  "Name." name: String @goField(name: "Nom") @guarded
}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}

	sdl, err := published(file)

	want := `# The schema of Factordesk's API, written by make generate from graph/schema.

"""
Asks.
"""
directive @guarded on FIELD_DEFINITION

"""
Reads.
"""
type Query {
  """
  Name.
  """
  name: String @guarded
}
`
	if err != nil || string(sdl) != want {
		t.Errorf("%v\n%s", err, sdl)
	}
}

func TestPublished_NoSchema(t *testing.T) {
	if sdl, err := published(filepath.Join(t.TempDir(), "*.graphqls")); err == nil {
		t.Errorf("made %q of nothing", sdl)
	}
}

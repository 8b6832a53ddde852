package main

import (
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

func TestPublished_NoSchema(t *testing.T) {
	if sdl, err := published(t.TempDir() + "/*.graphqls"); err == nil && strings.Contains(string(sdl), "type Query") {
		t.Errorf("made %q of nothing", sdl)
	}
}

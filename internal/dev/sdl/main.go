// Command sdl writes the schema of the API as clients and tools read it: one file,
// without the directives that bind fields to Go code.
//
//	go run ./internal/dev/sdl 'graph/schema/*.graphqls' schema.graphql
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: sdl PATTERN FILE"))
	}
	sdl, err := published(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], sdl, 0o644)
	}
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "sdl:", err)
	os.Exit(1)
}

// published returns the schema that is in the files.
func published(pattern string) ([]byte, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no file is named %s", pattern)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return nil, err
	}
	withoutGo(schema)
	var b bytes.Buffer
	b.WriteString("# The schema of Factordesk's API, written by make generate from graph/schema.\n")
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(schema)
	return description.ReplaceAll(b.Bytes(), []byte("\n$0")), nil
}

// description is that of a type or directive, which is where a new one begins.
var description = regexp.MustCompile(`(?m)^"""\n(?:.*\n)*?"""\n`)

// withoutGo takes out what binds the schema to Go code.
func withoutGo(schema *ast.Schema) {
	isGo := func(name string) bool { return strings.HasPrefix(name, "go") }
	for name := range schema.Directives {
		if isGo(name) {
			delete(schema.Directives, name)
		}
	}
	bound := func(d *ast.Directive) bool { return isGo(d.Name) }
	for _, def := range schema.Types {
		def.Directives = slices.DeleteFunc(def.Directives, bound)
		for _, f := range def.Fields {
			f.Directives = slices.DeleteFunc(f.Directives, bound)
		}
	}
}

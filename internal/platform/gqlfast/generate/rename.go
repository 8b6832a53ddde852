package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Aside is the name of a function of gqlgen's whose place is taken.
func Aside(name string) string { return name + "_own" }

// Aside is [Aside], for the template.
func (*schema) Aside(name string) string { return Aside(name) }

// rename puts the names of gqlgen's functions aside, in all files of the folder.
// It fails if one is not there.
func rename(dir string, s *schema) error {
	wanted := map[string]bool{}
	for _, o := range s.PlainObjects() {
		wanted["_"+o.Name] = false
	}
	for _, l := range s.Lists() {
		wanted[l.MarshalFunc()] = true
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := renameIn(file, wanted); err != nil {
			return err
		}
	}
	if len(wanted) > 0 {
		return fmt.Errorf("gqlgen did not write %v: has its code changed?", slices.Sorted(maps.Keys(wanted)))
	}
	return nil
}

// edit puts a text in the place of another, which stands at an offset.
type edit struct {
	at       int
	from, to string
}

// renameIn renames those of the wanted functions that a file holds. What is true
// in wanted is a list, whose elements need not be marshaled concurrently.
func renameIn(file string, wanted map[string]bool) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	var edits []edit
	for _, decl := range parsed.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv == nil {
			continue
		}
		isList, ok := wanted[f.Name.Name]
		if !ok {
			continue
		}
		edits = append(edits, edit{offset(f.Name.Pos()), f.Name.Name, Aside(f.Name.Name)})
		if isList {
			const call = "graphql.MarshalSliceConcurrently"
			body := text[offset(f.Body.Pos()):offset(f.Body.End())]
			at := bytes.Index(body, []byte(call))
			if at < 0 {
				return fmt.Errorf("%s does not call %s: has gqlgen's code changed?", f.Name.Name, call)
			}
			edits = append(edits, edit{offset(f.Body.Pos()) + at, call, "marshalSlice"})
		}
		delete(wanted, f.Name.Name)
	}
	if len(edits) == 0 {
		return nil
	}
	return os.WriteFile(file, apply(text, edits), 0o644)
}

// apply makes edits that stand in their order.
func apply(text []byte, edits []edit) []byte {
	var out []byte
	from := 0
	for _, e := range edits {
		out = append(append(out, text[from:e.at]...), e.to...)
		from = e.at + len(e.from)
	}
	return append(out, text[from:]...)
}

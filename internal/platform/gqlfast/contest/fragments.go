package contest

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// inline writes an inline fragment, and returns its fields.
func (a *author) inline(on *ast.Definition, depth int) (string, []asked) {
	if a.IntN(4) == 0 && !on.IsAbstractType() {
		a.shapes["fragment without a type"]++
		selection, fields := a.selection(on, depth)
		return "..." + a.conditions() + " " + selection, fields
	}
	a.shapes["inline fragment"]++
	of := a.overlapping(on)
	selection, fields := a.selection(of, depth)
	return "... on " + of.Name + a.conditions() + " " + selection, fields
}

// spread spreads a fragment that was written before, or writes one, and returns
// its fields.
func (a *author) spread(on *ast.Definition, depth int) (string, []asked) {
	a.shapes["named fragment"]++
	var fitting []int
	for i, f := range a.fragments {
		if overlap(a.Schema, on, f.on) && a.depthOf(f) <= depth {
			fitting = append(fitting, i)
		}
	}
	if len(fitting) > 0 && a.IntN(3) > 0 {
		n := fitting[a.IntN(len(fitting))]
		return fmt.Sprint("...F", n) + a.conditions(), a.fragments[n].fields
	}
	of := a.overlapping(on)
	selection, fields := a.selection(of, depth)
	a.fragments = append(a.fragments, fragment{of, selection, fields})
	return fmt.Sprint("...F", len(a.fragments)-1) + a.conditions(), fields
}

// depthOf counts the braces that are open at once, which is more or less how
// deep a fragment goes.
func (a *author) depthOf(f fragment) int {
	deepest, open := 0, 0
	for _, c := range f.selection {
		switch c {
		case '{':
			open++
		case '}':
			open--
		}
		deepest = max(deepest, open)
	}
	return deepest - 1
}

// overlapping chooses a type that an object of a type may have, too.
func (a *author) overlapping(on *ast.Definition) *ast.Definition {
	var names []string
	for name, of := range a.Schema.Types {
		if of.IsCompositeType() && overlap(a.Schema, on, of) {
			names = append(names, name)
		}
	}
	slices.Sort(names) // maps have no order, and seeds want one
	return a.Schema.Types[names[a.IntN(len(names))]]
}

func overlap(schema *ast.Schema, a, b *ast.Definition) bool {
	for _, of := range schema.GetPossibleTypes(a) {
		if slices.Contains(schema.GetPossibleTypes(b), of) {
			return true
		}
	}
	return false
}

// twins asks for a field twice, under two keys, with one fragment in both of which
// a field grows differently.
func (a *author) twins(on *ast.Definition, depth int) string {
	f, ok := a.field(on, depth)
	if !ok {
		return a.typename(on)
	}
	of := a.Schema.Types[f.field.Type.Name()]
	alias := []string{"t1", "t2", "t3"}[a.IntN(3)]
	if !of.IsCompositeType() || !a.claim(alias, f.meaning) {
		return a.write(f, depth)
	}
	inner, ok := a.field(of, depth-1)
	if !ok {
		return a.write(f, depth)
	}
	a.shapes["fragment that grows differently"]++
	a.fragments = append(a.fragments, fragment{of, "{ " + a.write(inner, depth-1) + " }", []asked{inner}})
	n := len(a.fragments) - 1
	return fmt.Sprintf("%s { ...F%d %s } %s: %s { ...F%d %s }",
		f.head, n, a.write(inner, depth-1), alias, f.meaning.field, n, a.write(inner, depth-1))
}

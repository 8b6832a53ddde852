package contest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Questions makes random valid queries over a schema.
type Questions struct {
	Schema *ast.Schema
	// Arguments are the literals to draw from for an argument, by its coordinates
	// such as Query.user.id; such an argument is never left out. Others are drawn
	// by type.
	Arguments map[string][]string
	// Avoid are the coordinates of fields that no query asks for.
	Avoid []string
	// Depth is how deep a query goes, Width how much a selection holds at most, and
	// Size roughly how much the whole query does.
	Depth, Width, Size int
}

// Question is a query, with sets of values for its variables.
type Question struct {
	Document  string
	Variables []map[string]any
	// Shapes counts what the document is made of.
	Shapes Tally
}

// Tally counts by kind.
type Tally map[string]int

// Ask makes a question: the same one for the same seed.
func (q *Questions) Ask(seed uint64) Question {
	a := &author{
		Questions: q, Rand: rand.New(rand.NewPCG(seed, 0)), size: q.Size, shapes: Tally{}, meanings: map[string][]meaning{}, about: map[string]bool{},
	}
	a.share = []int{15, 40, 100}[a.IntN(3)]
	selection, _ := a.selection(q.Schema.Query, q.Depth)
	var b strings.Builder
	b.WriteString("query")
	for i, v := range a.variables {
		b.WriteString([]string{"(", ", "}[min(i, 1)])
		fmt.Fprintf(&b, "$v%d: %s", i, v.kind)
		if v.fallback != "" {
			b.WriteString(" = " + v.fallback)
		}
	}
	if len(a.variables) > 0 {
		b.WriteString(")")
	}
	b.WriteString(" " + selection)
	for i, f := range a.fragments {
		fmt.Fprintf(&b, "\nfragment F%d on %s %s", i, f.on.Name, f.selection)
	}
	return Question{b.String(), a.values(), a.shapes}
}

// author writes one query.
type author struct {
	*Questions
	*rand.Rand
	size      int
	shapes    Tally
	fragments []fragment
	variables []variable
	// about are the fields that the query is about, a share of all in percent: those
	// few come together from several fragments and are merged.
	about map[string]bool
	share int
	// meanings are the fields that go by a response key, wherever they stand:
	// stricter than GraphQL, which asks only what ends up in one place.
	meanings map[string][]meaning
}

type fragment struct {
	on        *ast.Definition
	selection string
	fields    []asked
}

// asked is a field as it stands in a selection.
type asked struct {
	field *ast.FieldDefinition
	meaning
	key, head string
}

// selection writes a selection set on a type, and returns its fields, those of its
// fragments too.
func (a *author) selection(on *ast.Definition, depth int) (string, []asked) {
	var b strings.Builder
	b.WriteString("{")
	var before []asked
	parts := 1 + a.IntN(a.Width)
	if on == a.Schema.Query {
		parts = max(parts, 3)
	}
	for range parts {
		if a.size--; a.size < 0 {
			break
		}
		b.WriteString(" " + a.part(on, depth, &before))
	}
	if b.Len() == 1 {
		b.WriteString(" " + a.typename(on))
	}
	return b.String() + " }", before
}

// part writes one part of a selection set.
func (a *author) part(on *ast.Definition, depth int, before *[]asked) string {
	fragments := 15
	if on.IsAbstractType() {
		fragments = 55
	}
	switch n := a.IntN(100); {
	case n < 4:
		return a.typename(on)
	case n < 4+fragments/2:
		s, fields := a.inline(on, depth)
		*before = append(*before, fields...)
		return s
	case n < 4+fragments:
		s, fields := a.spread(on, depth)
		*before = append(*before, fields...)
		if len(fields) > 0 && a.IntN(2) == 0 { // one fragment grows differently from place to place
			s += " " + a.again(on, depth, fields)
		}
		return s
	case n < 4+fragments+3 && depth > 1:
		return a.twins(on, depth)
	case n < 85 || len(*before) == 0:
		f, ok := a.field(on, depth)
		if !ok {
			return a.typename(on)
		}
		*before = append(*before, f)
		return a.write(f, depth)
	}
	return a.again(on, depth, *before)
}

// again asks for a field that was asked before, here or in a fragment. What has a
// selection is preferred: the two are merged.
func (a *author) again(on *ast.Definition, depth int, before []asked) string {
	for range 6 {
		f := before[a.IntN(len(before))]
		here := on.Fields.ForName(f.field.Name)
		leaf := !a.Schema.Types[f.field.Type.Name()].IsCompositeType()
		if here == nil || here.Type.String() != f.field.Type.String() || leaf && a.IntN(2) == 0 || !leaf && depth <= 0 {
			continue
		}
		if f.of = on; !a.claim(f.key, f.meaning) {
			continue
		}
		a.shapes["field asked twice"]++
		return a.write(f, depth)
	}
	return a.typename(on)
}

// write writes a field, with a selection if it has one.
func (a *author) write(f asked, depth int) string {
	s := f.head + a.conditions()
	if strings.HasPrefix(f.field.Name, "__") {
		depth = min(depth, 3) // there are rules about how deep introspection goes
	}
	if of := a.Schema.Types[f.field.Type.Name()]; of.IsCompositeType() {
		selection, _ := a.selection(of, depth-1)
		s += " " + selection
	}
	return s
}

func (a *author) typename(on *ast.Definition) string {
	a.shapes["__typename"]++
	key := "__typename"
	if alias := a.alias(); alias != "" && a.claim(alias, meaning{on, "__typename", "String"}) {
		key = alias + ": __typename"
	}
	return key + a.conditions()
}

// field chooses a field of a type, its name in the answer and its arguments.
func (a *author) field(on *ast.Definition, depth int) (asked, bool) {
	var leaves, fields []*ast.FieldDefinition
	for _, f := range on.Fields {
		switch introspects := strings.HasPrefix(f.Name, "__"); {
		case introspects && a.IntN(20) > 0, !a.isAbout(on, f), slices.Contains(a.Avoid, on.Name+"."+f.Name):
		case !a.Schema.Types[f.Type.Name()].IsCompositeType():
			leaves = append(leaves, f)
		case depth > 0:
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 || len(leaves) > 0 && a.IntN(2) == 0 {
		fields = leaves
	}
	if len(fields) == 0 {
		return asked{}, false
	}
	f, variables := fields[a.IntN(len(fields))], len(a.variables)
	arguments := a.arguments(on, f)
	m := meaning{on, f.Name + arguments, shapeOf(a.Schema, f.Type)}
	for range 8 {
		alias := a.alias()
		if alias == "" && a.claim(f.Name, m) {
			return asked{f, m, f.Name, f.Name + arguments}, true
		}
		if alias != "" && a.claim(alias, m) {
			a.shapes["alias"]++
			return asked{f, m, alias, alias + ": " + f.Name + arguments}, true
		}
	}
	a.variables = a.variables[:variables]
	return asked{}, false
}

// isAbout reports whether the query is about a field.
func (a *author) isAbout(on *ast.Definition, f *ast.FieldDefinition) bool {
	known, decided := a.about[on.Name+"."+f.Name]
	if !decided {
		known = on == a.Schema.Query || a.IntN(100) < a.share
		a.about[on.Name+"."+f.Name] = known
	}
	return known
}

// alias returns a name, or none. Some are names of other fields.
func (a *author) alias() string {
	if a.IntN(4) > 0 {
		return ""
	}
	return []string{"a", "b", "c", "id", "name", "x1", "x2", "x3", "_", "X"}[a.IntN(10)]
}

// conditions writes @skip and @include, now and then.
func (a *author) conditions() string {
	s := ""
	for _, d := range []struct{ name, pass string }{{"skip", "false"}, {"include", "true"}} {
		switch a.IntN(40) {
		case 0:
			s += fmt.Sprintf(" @%s(if: %s)", d.name, d.pass)
			a.shapes["literal condition"]++
		case 1:
			s += fmt.Sprintf(" @%s(if: %t)", d.name, d.pass != "true")
			a.shapes["literal condition that leaves out"]++
		case 2, 3, 4:
			s += fmt.Sprintf(" @%s(if: %s)", d.name, a.variable("Boolean!", []string{"true", "false"}, true))
			a.shapes["condition by variable"]++
		}
	}
	return s
}

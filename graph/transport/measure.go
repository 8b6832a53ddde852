package transport

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// measure is how large a document is. Depth and aliases are those of its largest
// operation, the rest is summed up over its operations and fragments.
type measure struct {
	depth, aliases int
	introspects    bool
	// directives are those of the place that has most.
	directives int
	// selections are all fields, fragments and spreads, those of a fragment counted
	// each time it is spread.
	selections int
	// repeats are the pairs that validation compares with each other: fields that
	// end up under one name in one place, and fragments spread in one place.
	repeats int
}

// measureDocument measures a document that was parsed and no more: it may hold
// circles. It stops at what is too large, so that it costs no more than that.
func measureDocument(doc *ast.QueryDocument) measure {
	m := measurer{fragments: make(map[string]ast.SelectionSet, len(doc.Fragments))}
	for _, f := range slices.Backward(doc.Fragments) { // of two by one name, validation spreads the first
		m.fragments[f.Name] = f.SelectionSet
	}
	for _, op := range doc.Operations {
		m.directed(op.Directives)
		for _, v := range op.VariableDefinitions {
			m.directed(v.Directives)
		}
		m.root(op.SelectionSet, false)
	}
	for _, f := range doc.Fragments { // validation looks into each by itself
		m.directed(f.Directives)
		m.root(f.SelectionSet, strings.HasPrefix(f.TypeCondition, "__")) // what else spreads it is as deep as it is
	}
	return m.measure
}

type measurer struct {
	measure
	fragments map[string]ast.SelectionSet
	aliased   int
}

func (m *measurer) root(set ast.SelectionSet, exempt bool) {
	m.aliased = 0
	m.merge([]ast.SelectionSet{set}, 1, exempt)
}

// place is where selection sets come together: an operation, or all fields of one
// name in one place.
type place struct {
	fields map[string][]ast.SelectionSet
	spread int
}

// merge measures selection sets that end up in one place.
func (m *measurer) merge(sets []ast.SelectionSet, depth int, exempt bool) {
	p := place{fields: map[string][]ast.SelectionSet{}}
	for _, set := range sets {
		m.collect(&p, set, 1)
	}
	if len(p.fields) > 0 && !exempt {
		m.depth = max(m.depth, depth)
	}
	for name, sets := range p.fields {
		if m.tooLarge() {
			return
		}
		m.merge(sets, depth+1, exempt || name == "")
	}
}

// collect adds a selection set to a place. Validation compares what stands in
// inline fragments once more for each around it: inline counts them.
func (m *measurer) collect(p *place, set ast.SelectionSet, inline int) {
	for _, s := range set {
		if m.selections++; m.tooLarge() {
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			m.field(p, s, inline)
		case *ast.InlineFragment:
			m.directed(s.Directives)
			m.collect(p, s.SelectionSet, inline+1)
		case *ast.FragmentSpread:
			m.directed(s.Directives)
			m.repeats += inline * p.spread
			p.spread++
			m.collect(p, m.fragments[s.Name], inline)
		}
	}
}

func (m *measurer) directed(list ast.DirectiveList) { m.directives = max(m.directives, len(list)) }

func (m *measurer) field(p *place, f *ast.Field, inline int) {
	m.directed(f.Directives)
	if f.Alias != f.Name {
		m.aliased++
		m.aliases = max(m.aliases, m.aliased)
	}
	name := f.Alias
	if f.Name == "__schema" || f.Name == "__type" {
		m.introspects = true
		name = "" // which no field has: introspection goes as deep as it likes
	}
	m.repeats += inline * len(p.fields[name])
	p.fields[name] = append(p.fields[name], f.SelectionSet)
}

func (m *measurer) tooLarge() bool {
	return m.depth > MaxDepth || m.aliases > MaxAliases || m.selections > MaxSelections || m.repeats > MaxRepeats || m.directives > MaxDirectives
}

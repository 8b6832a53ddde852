package gqlfast

import (
	"runtime"
	"slices"
	"sync"
	"weak"

	"github.com/vektah/gqlparser/v2/ast"
)

// documents keep the plans of documents for as long as somebody else, such as
// gqlgen's cache of parsed documents, keeps the document.
type documents struct {
	mu   sync.RWMutex
	docs map[weak.Pointer[ast.QueryDocument]]*document
}

func (d *documents) of(doc *ast.QueryDocument) *document {
	key := weak.Make(doc)
	d.mu.RLock()
	known := d.docs[key]
	d.mu.RUnlock()
	if known != nil {
		return known
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if known := d.docs[key]; known != nil {
		return known
	}
	if d.docs == nil {
		d.docs = map[weak.Pointer[ast.QueryDocument]]*document{}
	}
	made := newDocument(doc)
	d.docs[key] = made
	runtime.AddCleanup(doc, d.forget, key)
	return made
}

func (d *documents) forget(key weak.Pointer[ast.QueryDocument]) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.docs, key)
}

// document holds the plans of one document. It must not point to the document
// itself, only to what that points to.
type document struct {
	conditions []string // the variables of @skip and @include
	mu         sync.RWMutex
	plans      map[place][]planned
	size       int
}

// place is where a plan applies: a type, the outcome of @skip and @include, and a
// selection, of which the first element and the length stand here.
type place struct {
	of      string
	outcome uint64
	first   ast.Selection
	length  int
}

// planned is a plan with all that it holds for.
type planned struct {
	selection       ast.SelectionSet
	guards, allowed uint64
	plan            any
}

// maxPlans bounds the plans that are kept for one document: clients choose the
// outcomes of @skip and @include.
const maxPlans = 500

// planFor returns the plan of a selection on a type, which it makes if there is
// none.
func planFor[P any](op *operation, of string, selection ast.SelectionSet, plan func(*Planner) P) P {
	d := op.document
	at := place{of: of, outcome: op.outcome, first: selection[0], length: len(selection)}
	d.mu.RLock()
	known := d.plans[at]
	d.mu.RUnlock()
	for i := range known {
		k := &known[i]
		if slices.Equal(k.selection, selection) && op.allows(k.guards) == k.allowed {
			return k.plan.(P)
		}
	}
	p := &Planner{op: op}
	made := plan(p)
	d.keep(at, planned{selection, p.guards, p.allowed, made})
	return made
}

func (d *document) keep(at place, p planned) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.size == maxPlans {
		return
	}
	if d.plans == nil {
		d.plans = map[place][]planned{}
	}
	d.plans[at] = append(slices.Clip(d.plans[at]), p) // others read the old one
	d.size++
}

func newDocument(doc *ast.QueryDocument) *document {
	d := &document{}
	for _, op := range doc.Operations {
		d.collect(op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		d.collect(f.SelectionSet)
	}
	slices.Sort(d.conditions)
	d.conditions = slices.Compact(d.conditions)
	return d
}

// collect notes on which variables @skip and @include depend.
func (d *document) collect(selection ast.SelectionSet) {
	for _, selected := range selection {
		switch selected := selected.(type) {
		case *ast.Field:
			d.note(selected.Directives)
			d.collect(selected.SelectionSet)
		case *ast.InlineFragment:
			d.note(selected.Directives)
			d.collect(selected.SelectionSet)
		case *ast.FragmentSpread:
			d.note(selected.Directives)
		}
	}
}

func (d *document) note(directives ast.DirectiveList) {
	for _, directive := range directives {
		for _, arg := range directive.Arguments {
			if arg.Value.Kind == ast.Variable {
				d.conditions = append(d.conditions, arg.Value.Raw)
			}
		}
	}
}

// outcome returns the conditions as bits. It returns false for a document that has too
// many, or whose directives take anything but true and false.
func (d *document) outcome(variables map[string]any) (uint64, bool) {
	var bits uint64
	if len(d.conditions) > 64 {
		return 0, false
	}
	for i, name := range d.conditions {
		yes, ok := variables[name].(bool)
		if !ok {
			return 0, false
		}
		if yes {
			bits |= 1 << i
		}
	}
	return bits, true
}

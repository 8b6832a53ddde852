package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// typeRef is a type as introspection gives it.
type typeRef struct {
	Kind, Name string
	OfType     *typeRef
}

func (r typeRef) String() string {
	switch r.Kind {
	case "NON_NULL":
		return r.OfType.String() + "!"
	case "LIST":
		return "[" + r.OfType.String() + "]"
	default:
		return r.Name
	}
}

// leaf reports whether the type has no fields to select.
func (r typeRef) leaf() bool {
	for r.OfType != nil {
		r = *r.OfType
	}
	return r.Kind == "SCALAR" || r.Kind == "ENUM"
}

// input is an argument, or a field of an input.
type input struct {
	Name string
	Type typeRef
}

type operation struct {
	Name string
	Args []input
	Type typeRef
}

// schema is what the API says it has.
type schema struct {
	QueryType, MutationType, SubscriptionType *struct{ Fields []operation }
	Types                                     []struct {
		Name        string
		InputFields []input
		EnumValues  []struct{ Name string }
	}
}

const introspection = `{ __schema {
	queryType { fields { ...F } } mutationType { fields { ...F } } subscriptionType { fields { ...F } }
	types { name inputFields { name type { ...T } } enumValues { name } } } }
	fragment F on __Field { name type { ...T } args { name type { ...T } } }
	fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`

func (p *process) schema() (s schema) {
	p.t.Helper()
	var got struct {
		Schema schema `json:"__schema"`
	}
	p.browser().ask(&got, introspection, nil)
	return got.Schema
}

// operations returns the operations by kind.
func (s schema) operations() map[string][]operation {
	all := map[string][]operation{"query": s.QueryType.Fields, "mutation": s.MutationType.Fields}
	if s.SubscriptionType != nil {
		all["subscription"] = s.SubscriptionType.Fields
	}
	return all
}

// right returns a value of a type, with the mark wherever any text may stand.
func (s schema) right(r typeRef) any {
	switch r.Kind {
	case "NON_NULL":
		return s.right(*r.OfType)
	case "LIST":
		return []any{s.right(*r.OfType)}
	}
	for _, t := range s.Types {
		if t.Name != r.Name {
			continue
		}
		if len(t.EnumValues) > 0 {
			return t.EnumValues[0].Name
		}
		if r.Kind == "INPUT_OBJECT" {
			return s.fields(t.InputFields)
		}
	}
	if v, ok := map[string]any{"Int": 1, "Float": 1.5, "Boolean": true, "DateTime": "2026-01-02T15:04:05Z", "PhoneNumber": "+12025550113"}[r.Name]; ok {
		return v
	}
	return mark
}

func (s schema) fields(of []input) vars {
	object := vars{}
	for _, f := range of {
		object[f.Name] = s.right(f.Type)
	}
	return object
}

// wrong returns values that are not of a type, each with the mark in one place.
func (s schema) wrong(r typeRef) []any {
	if r.OfType != nil {
		return s.wrong(*r.OfType)
	}
	values := []any{vars{mark: mark}, []any{[]any{mark}}}
	if r.Name != "String" && r.Name != "ID" {
		values = append(values, mark)
	}
	for _, t := range s.Types {
		if t.Name == r.Name && r.Kind == "INPUT_OBJECT" {
			for _, object := range s.oneWrong(t.InputFields) {
				values = append(values, object)
			}
			extra := s.fields(t.InputFields)
			extra[mark] = mark
			values = append(values, extra)
		}
	}
	return values
}

// oneWrong returns objects with one field wrong each.
func (s schema) oneWrong(of []input) []vars {
	var objects []vars
	for _, f := range of {
		for _, value := range s.wrong(f.Type) {
			object := s.fields(of)
			object[f.Name] = value
			objects = append(objects, object)
		}
	}
	return objects
}

// document asks for an operation with a variable for each argument.
func (o operation) document(kind string) string {
	var declared, given []string
	for _, arg := range o.Args {
		declared = append(declared, fmt.Sprintf("$%s: %s", arg.Name, arg.Type))
		given = append(given, fmt.Sprintf("%s: $%[1]s", arg.Name))
	}
	document := kind
	if declared != nil {
		document += "(" + strings.Join(declared, ", ") + ") { " + o.Name + "(" + strings.Join(given, ", ") + ")"
	} else {
		document += " { " + o.Name
	}
	if !o.Type.leaf() {
		document += " { __typename }"
	}
	return document + " }"
}

// marks calls every operation that there is with the mark in every place: once
// where a text belongs, and in turn where something else does. signOut would end
// it for who is signed in.
func (d day) marks(c *client) {
	d.typed.add("mark", mark)
	s := d.schema()
	for kind, operations := range s.operations() {
		for _, o := range operations {
			if o.Name == "signOut" && len(c.cookies) > 0 {
				continue
			}
			document := o.document(kind)
			c.post(document, s.fields(o.Args))
			for _, variables := range s.oneWrong(o.Args) {
				if _, a := c.post(document, variables); len(a.Errors) == 0 {
					d.t.Errorf("%s takes %v", o.Name, variables)
				}
			}
		}
	}
}

// neverFails are the operations that answer anybody, and refuse nobody.
var neverFails = []string{"environment", "viewer", "signInPage"}

// droveEverything fails if an operation that the schema has was not done, or was
// never refused. Who adds an operation drives it in drivesTheRest.
func (d day) droveEverything(t *testing.T) {
	t.Helper()
	for kind, operations := range d.schema().operations() {
		for _, o := range operations {
			if !d.answered.succeeded[o.Name] {
				t.Errorf("%s %s was not done, so that nobody knows what it leaks", kind, o.Name)
			}
			if d.answered.failed[o.Name] == slices.Contains(neverFails, o.Name) {
				t.Errorf("%s %s: failed: %v", kind, o.Name, d.answered.failed[o.Name])
			}
		}
	}
	if n := len(d.answered.succeeded); n < 10 {
		t.Errorf("only %v were done", slices.Sorted(maps.Keys(d.answered.succeeded)))
	}
}

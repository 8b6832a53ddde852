package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// guardUse is a guard with the arguments of some field.
type guardUse struct {
	*codegen.Directive
	key string
}

// Guards are the directives that were named as guards.
func (s *schema) Guards() []*codegen.Directive {
	var found []*codegen.Directive
	for _, d := range s.UserDirectives() {
		if slices.Contains(s.guards, d.Name) && d.IsLocation(ast.LocationFieldDefinition) && !d.SkipRuntime && !d.IsBuiltIn() {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b *codegen.Directive) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// GuardUses are the guards with the arguments that fields give them, each once, in
// the order of their numbers.
func (s *schema) GuardUses() []guardUse {
	if s.uses != nil {
		return s.uses
	}
	for _, o := range s.PlainObjects() {
		for _, f := range o.Fields {
			for _, d := range f.ImplDirectives() {
				use := guardUse{d, useKey(d)}
				if slices.Contains(s.guards, d.Name) && !slices.ContainsFunc(s.uses, func(u guardUse) bool { return u.key == use.key }) {
					s.uses = append(s.uses, use)
				}
			}
		}
	}
	slices.SortFunc(s.uses, func(a, b guardUse) int { return strings.Compare(a.key, b.key) })
	return s.uses
}

func useKey(d *codegen.Directive) string {
	key := d.Name
	for _, arg := range d.Args {
		key += fmt.Sprintf(" %s=%s", arg.Name, templates.Dump(argument(arg)))
	}
	return key
}

func argument(arg *codegen.FieldArgument) any {
	if arg.Value != nil {
		return arg.Value
	}
	return arg.Default
}

// Argument is the Go literal that stands for what a field gives a guard.
func (guardUse) Argument(arg *codegen.FieldArgument) string { return templates.Dump(argument(arg)) }

// Mask are the bits of the guards of a field, empty if it has none.
func (s *schema) Mask(f *codegen.Field) string {
	var mask uint64
	for _, d := range f.ImplDirectives() {
		mask |= 1 << slices.IndexFunc(s.GuardUses(), func(u guardUse) bool { return u.key == useKey(d) })
	}
	if mask == 0 {
		return ""
	}
	return fmt.Sprintf("%#x", mask)
}

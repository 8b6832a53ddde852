package main

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// schema is what the template writes.
type schema struct {
	*codegen.Data
	guards []string
	uses   []guardUse
}

// PlainObjects are the object types whose marshalers are replaced.
func (s *schema) PlainObjects() []*codegen.Object {
	return slices.DeleteFunc(slices.Clone([]*codegen.Object(s.Objects)), func(o *codegen.Object) bool {
		return o.Root || o.Stream || strings.HasPrefix(o.Name, "__")
	})
}

// PlainInterfaces are the interfaces and unions that plain fields may have.
func (s *schema) PlainInterfaces() []*codegen.Interface {
	var found []*codegen.Interface
	for _, i := range s.Interfaces {
		if !strings.HasPrefix(i.Name, "__") && types.IsInterface(i.Type) {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(a, b *codegen.Interface) int { return cmp.Compare(a.Name, b.Name) })
	return found
}

// Holds are the objects that an interface or union may hold. gqlgen names the
// interfaces that implement it, too, which hold no others.
func (s *schema) Holds(i *codegen.Interface) []codegen.InterfaceImplementor {
	return slices.DeleteFunc(slices.Clone(i.Implementors), func(i codegen.InterfaceImplementor) bool {
		return i.Definition.Kind != ast.Object
	})
}

// Lists are the types of lists of objects whose marshalers are replaced.
func (s *schema) Lists() []*config.TypeReference {
	var found []*config.TypeReference
	seen := map[string]bool{}
	for _, ref := range s.ReferencedTypes {
		name := ref.MarshalFunc()
		if name != "" && !seen[name] && ref.IsSlice() && s.isObject(ref) && !ref.IsRoot && s.Value(ref) != "" {
			seen[name] = true
			found = append(found, ref)
		}
	}
	slices.SortFunc(found, func(a, b *config.TypeReference) int { return cmp.Compare(a.MarshalFunc(), b.MarshalFunc()) })
	return found
}

func (s *schema) isObject(ref *config.TypeReference) bool {
	return ref.Definition.IsCompositeType() && !strings.HasPrefix(ref.Definition.Name, "__")
}

// Waiting are the fields that may wait, "Type.field", those of interfaces too.
func (s *schema) Waiting() []string {
	var found []string
	for _, o := range s.PlainObjects() {
		for _, f := range o.Fields {
			if !s.Waits(f) {
				continue
			}
			found = append(found, o.Name+"."+f.Name)
			for _, i := range o.Implements {
				if i.Fields.ForName(f.Name) != nil {
					found = append(found, i.Name+"."+f.Name)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Waits reports whether a field has a resolver that is no batch resolver, or a
// method that takes a context.
func (s *schema) Waits(f *codegen.Field) bool { return f.IsConcurrent() && !f.IsBatch() }

// Plain reports whether a field is plain if its guards allow it.
func (s *schema) Plain(f *codegen.Field) bool {
	bound := f.IsVariable() || f.IsMethod() && f.NoErr && !f.MethodHasContext && !f.VOkFunc
	if f.IsResolver || f.IsBatch() || !bound || f.HasHaser || len(f.Args) > 0 || f.Stream || f.TypeReference.IsRoot {
		return false
	}
	for _, d := range f.ImplDirectives() {
		if !slices.Contains(s.guards, d.Name) {
			return false
		}
	}
	return s.value(f.TypeReference, s.IsStruct(f.TypeReference)) != ""
}

// IsStruct reports whether an object is held by value, and so planned by its address.
func (s *schema) IsStruct(ref *config.TypeReference) bool {
	return s.isObject(ref) && !ref.IsSlice() && !ref.IsNilable()
}

// FieldValue is the expression that makes the gqlfast.Value of a field.
func (s *schema) FieldValue(f *codegen.Field) string {
	return s.value(f.TypeReference, s.IsStruct(f.TypeReference))
}

// Value is the expression that makes a type's gqlfast.Value, from p and selection;
// empty if there is none.
func (s *schema) Value(ref *config.TypeReference) string { return s.value(ref, false) }

// value is [schema.Value]; byAddress for an object that is held by value.
func (s *schema) value(ref *config.TypeReference, byAddress bool) string {
	nullable := !ref.GQL.NonNull
	switch {
	case ref.IsPtrToSlice(), ref.IsPtrToIntf(), ref.IsPtrToPtr(), ref.IsOmittable, ref.IsMap():
		return ""
	case ref.IsSlice():
		return s.listValue(ref)
	case s.isObject(ref):
		return s.objectValue(ref, byAddress)
	case ref.IsPtr():
		inner := s.scalarValue(ref.Elem(), ref)
		if inner == "" || ref.IsTargetNilable() {
			return ""
		}
		return orNull(nullable) + "(gqlfast.Deref(" + inner + "))"
	case ref.IsNilable(), ref.IsTargetNilable():
		return ""
	}
	return s.scalarValue(ref, ref)
}

func orNull(nullable bool) string {
	if nullable {
		return "gqlfast.OrNull"
	}
	return "gqlfast.NotNull"
}

func (s *schema) listValue(ref *config.TypeReference) string {
	elem := ref.Elem()
	list, byAddress := "gqlfast.ListOf", s.IsStruct(elem)
	if byAddress {
		list = "gqlfast.StructsOf"
	}
	inner := s.value(elem, byAddress)
	if inner == "" {
		return ""
	}
	return fmt.Sprintf("%s(%t, %s)", list, !ref.GQL.NonNull, inner)
}

func (s *schema) objectValue(ref *config.TypeReference, byAddress bool) string {
	name := ref.Definition.Name
	if ref.Definition.Kind != ast.Object {
		if i := s.Interfaces[name]; i == nil || !types.IsInterface(i.Type) || !types.Identical(i.Type, ref.GO) {
			return ""
		}
		return orNull(!ref.GQL.NonNull) + "(plain" + name + "(p, selection))"
	}
	object := s.Objects.ByName(name)
	if object == nil {
		return ""
	}
	value := "gqlfast.ValueOf(p, selection, type" + name + ")"
	switch {
	case byAddress && types.Identical(types.NewPointer(ref.GO), object.Reference()):
		return value
	case ref.IsPtr() && types.Identical(ref.GO, object.Reference()):
		return orNull(!ref.GQL.NonNull) + "(" + value + ")"
	}
	return ""
}

// scalarValue is for scalars and enums that are not pointers, but may be what a
// field's own type points to: gqlgen names the words of an enum by that.
func (s *schema) scalarValue(ref, own *config.TypeReference) string {
	goType := templates.CurrentImports.LookupType(ref.GO)
	switch {
	case ref.IsContext && !isGraphQL(ref.Marshaler, "MarshalFloatContext"):
		return ""
	case ref.HasEnumValues():
		return fmt.Sprintf("func(dst []byte, v %s) ([]byte, bool) { return gqlfast.String(dst, %s[v]) }", goType, own.EnumMarshalVar(false))
	case ref.IsMarshaler:
		return fmt.Sprintf("gqlfast.Marshal(func(v %s) graphql.Marshaler { return v })", goType)
	case ref.Marshaler == nil:
		return ""
	}
	if name := builtIn(ref); name != "" {
		return fmt.Sprintf("gqlfast.%s[%s]", name, goType)
	}
	if ref.CastType != nil {
		return fmt.Sprintf("gqlfast.Marshal(func(v %s) graphql.Marshaler { return %s(%s(v)) })",
			goType, templates.Call(ref.Marshaler), templates.CurrentImports.LookupType(ref.CastType))
	}
	if appender := appender(ref.Marshaler); appender != nil {
		return "gqlfast.Append(" + templates.Call(appender) + ")"
	}
	return "gqlfast.Marshal(" + templates.Call(ref.Marshaler) + ")"
}

// builtIn is the function of package gqlfast that writes as one of gqlgen's does.
func builtIn(ref *config.TypeReference) string {
	if ref.Marshaler.Pkg().Path() != "github.com/99designs/gqlgen/graphql" {
		return ""
	}
	return map[string]string{
		"MarshalString": "String", "MarshalID": "String", "MarshalBoolean": "Bool", "MarshalFloatContext": "Float",
		"MarshalInt": "Int", "MarshalInt8": "Int", "MarshalInt16": "Int", "MarshalInt32": "Int", "MarshalInt64": "Int",
	}[ref.Marshaler.Name()]
}

func isGraphQL(f *types.Func, name string) bool {
	return f != nil && f.Pkg().Path() == "github.com/99designs/gqlgen/graphql" && f.Name() == name
}

// appender is the function AppendX that a package may have beside MarshalX.
func appender(marshal *types.Func) *types.Func {
	name, ok := strings.CutPrefix(marshal.Name(), "Marshal")
	if !ok {
		return nil
	}
	found, _ := marshal.Pkg().Scope().Lookup("Append" + name).(*types.Func)
	return found
}

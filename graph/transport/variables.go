package transport

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// strict refuses what gqlparser lets through and the specification does not: a
// subscription to one field under two names, the value of an enum in other letters, which would name nothing, and null for
// a variable with a default in a place that takes no null, which panics in @skip.
// See https://spec.graphql.org/September2025/ (5.2.4.1, 6.1.2 and 5.8.5).
type strict struct{ schema *ast.Schema }

var _ graphql.OperationContextMutator = &strict{}

func (*strict) ExtensionName() string { return "Strict" }

// Validate implements graphql.HandlerExtension.
func (s *strict) Validate(schema graphql.ExecutableSchema) error {
	s.schema = schema.Schema()
	return nil
}

// MutateOperationContext implements graphql.OperationContextMutator.
func (s *strict) MutateOperationContext(_ context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	if oc.Operation.Operation == ast.Subscription && len(graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{s.schema.Subscription.Name})) != 1 {
		return limitError("A subscription asks for exactly one field.")
	}
	var nulls []string
	for _, v := range oc.Operation.VariableDefinitions {
		value, given := oc.Variables[v.Variable]
		if !given {
			continue
		}
		if value == nil {
			nulls = append(nulls, v.Variable)
			continue
		}
		at := ast.Path{ast.PathName("variable"), ast.PathName(v.Variable)}
		if wrong := s.misspelt(v.Type, reflect.ValueOf(value), at); wrong != nil {
			return wrongVariable(wrong)
		}
	}
	if len(nulls) > 0 {
		if name := nullIn(oc.Operation.SelectionSet, nulls); name != "" {
			return wrongVariable(ast.Path{ast.PathName("variable"), ast.PathName(name)})
		}
	}
	return nil
}

func wrongVariable(at ast.Path) *gqlerror.Error {
	err := gqlerror.ErrorPathf(slices.Clone(at), "is not of the type of its variable")
	errcode.Set(err, errcode.ValidationFailed)
	return err
}

// misspelt returns the path of the first value that is none of its enum's, nil if
// there is none. Values have the shape of their type: gqlparser saw to that.
func (s *strict) misspelt(typ *ast.Type, value reflect.Value, at ast.Path) ast.Path {
	for value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	if !value.IsValid() {
		return nil
	}
	if typ.Elem != nil {
		for i := range value.Len() {
			if wrong := s.misspelt(typ.Elem, value.Index(i), append(at, ast.PathIndex(i))); wrong != nil {
				return wrong
			}
		}
		return nil
	}
	switch def := s.schema.Types[typ.NamedType]; def.Kind {
	case ast.Enum:
		if value.Kind() != reflect.String || def.EnumValues.ForName(value.String()) == nil {
			return at
		}
	case ast.InputObject:
		for _, f := range def.Fields {
			if inner := value.MapIndex(reflect.ValueOf(f.Name)); inner.IsValid() {
				if wrong := s.misspelt(f.Type, inner, append(at, ast.PathName(f.Name))); wrong != nil {
					return wrong
				}
			}
		}
	}
	return nil
}

// nullIn returns which of the variables that are null stands in a place that takes
// none, empty if none does.
func nullIn(set ast.SelectionSet, nulls []string) string {
	for _, s := range set {
		var found string
		switch s := s.(type) {
		case *ast.Field:
			found = cmp.Or(nullAmong(s.Arguments, nulls), nullAsked(s.Directives, nulls), nullIn(s.SelectionSet, nulls))
		case *ast.InlineFragment:
			found = cmp.Or(nullAsked(s.Directives, nulls), nullIn(s.SelectionSet, nulls))
		case *ast.FragmentSpread:
			found = cmp.Or(nullAsked(s.Directives, nulls), nullIn(s.Definition.SelectionSet, nulls))
		}
		if found != "" {
			return found
		}
	}
	return ""
}

func nullAsked(directives ast.DirectiveList, nulls []string) string {
	for _, d := range directives {
		if found := nullAmong(d.Arguments, nulls); found != "" {
			return found
		}
	}
	return ""
}

func nullAmong(arguments ast.ArgumentList, nulls []string) string {
	for _, a := range arguments {
		if found := nullValue(a.Value, nulls); found != "" {
			return found
		}
	}
	return ""
}

func nullValue(v *ast.Value, nulls []string) string {
	if v.Kind == ast.Variable && v.ExpectedType != nil && v.ExpectedType.NonNull && slices.Contains(nulls, v.Raw) {
		return v.Raw
	}
	for _, child := range v.Children {
		if found := nullValue(child.Value, nulls); found != "" {
			return found
		}
	}
	return ""
}

package contest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// variable is declared by a query.
type variable struct {
	kind     string
	literals []string
	fallback string
	// given says that it is never left out.
	given bool
}

// variable returns a variable of a type for values of some literals: one that is
// there already, or a new one.
func (a *author) variable(kind string, literals []string, given bool) string {
	for i, v := range a.variables {
		if v.kind == kind && v.given == given && slices.Equal(v.literals, literals) && a.IntN(3) > 0 {
			return fmt.Sprint("$v", i)
		}
	}
	v := variable{kind: kind, literals: literals, given: given}
	if a.IntN(4) == 0 {
		v.fallback = literals[a.IntN(len(literals))]
		a.shapes["variable with a default"]++
	}
	a.variables = append(a.variables, v)
	return fmt.Sprint("$v", len(a.variables)-1)
}

// values returns a few sets of values for the variables.
func (a *author) values() []map[string]any {
	if len(a.variables) == 0 {
		return []map[string]any{nil}
	}
	sets := make([]map[string]any, 4)
	for i := range sets {
		sets[i] = map[string]any{}
		for n, v := range a.variables {
			omittable := v.fallback != "" || !v.given && !strings.HasSuffix(v.kind, "!")
			if !omittable || a.IntN(4) > 0 {
				sets[i][fmt.Sprint("v", n)] = valueOf(v.literals[a.IntN(len(v.literals))])
			}
		}
	}
	return sets
}

// valueOf returns what a variable holds instead of a literal.
func valueOf(literal string) any {
	doc, err := parser.ParseQuery(&ast.Source{Input: "{f(a:" + literal + ")}"})
	if err != nil {
		panic(fmt.Sprintf("%s is no literal: %v", literal, err))
	}
	value, err := doc.Operations[0].SelectionSet[0].(*ast.Field).Arguments[0].Value.Value(nil)
	if err != nil {
		panic(fmt.Sprintf("%s has no value: %v", literal, err))
	}
	return value
}

// arguments writes the arguments of a field.
func (a *author) arguments(on *ast.Definition, f *ast.FieldDefinition) string {
	var written []string
	for _, arg := range f.Arguments {
		literals, given := a.Arguments[on.Name+"."+f.Name+"."+arg.Name]
		if !given {
			optional := !arg.Type.NonNull || arg.DefaultValue != nil
			if optional && a.IntN(5) < 2 {
				continue
			}
			literals = a.literals(arg.Type)
		}
		value := literals[a.IntN(len(literals))]
		if a.IntN(3) == 0 {
			value = a.variable(arg.Type.String(), literals, given)
			a.shapes["argument by variable"]++
		}
		written = append(written, arg.Name+": "+value)
	}
	if len(written) == 0 {
		return ""
	}
	a.shapes["arguments"]++
	return "(" + strings.Join(written, ", ") + ")"
}

// literals returns some values of an input type.
func (a *author) literals(t *ast.Type) []string {
	if !t.NonNull {
		nonNull := *t
		nonNull.NonNull = true
		return append(a.literals(&nonNull), "null")
	}
	if t.Elem != nil {
		element := a.literals(t.Elem)
		return []string{"[]", "[" + element[0] + "]", "[" + strings.Join(element, ", ") + "]"}
	}
	of := a.Schema.Types[t.Name()]
	switch of.Kind {
	case ast.Enum:
		var names []string
		for _, v := range of.EnumValues {
			names = append(names, v.Name)
		}
		return names
	case ast.InputObject:
		return []string{a.object(of, false), a.object(of, true)}
	}
	switch t.Name() {
	case "Int":
		return []string{"0", "1", "2", "-1"}
	case "Float":
		return []string{"0.5", "-1", "1e3"}
	case "Boolean":
		return []string{"true", "false"}
	}
	return []string{`""`, `"text"`, `"\"quoted\" 😀"`}
}

// object writes an input object, with all its fields or only those it needs.
func (a *author) object(of *ast.Definition, all bool) string {
	var written []string
	for _, f := range of.Fields {
		if needed := f.Type.NonNull && f.DefaultValue == nil; needed || all {
			literals := a.literals(f.Type)
			written = append(written, f.Name+": "+literals[a.IntN(len(literals))])
		}
	}
	return "{" + strings.Join(written, ", ") + "}"
}

package desktest

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/graph/generated"
)

// Schema returns the schema of the API.
func Schema() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

// Types returns the types of a schema that are not GraphQL's own.
func Types(s *ast.Schema) []*ast.Definition {
	var types []*ast.Definition
	for _, def := range s.Types {
		if !def.BuiltIn && !strings.HasPrefix(def.Name, "__") {
			types = append(types, def)
		}
	}
	return types
}

// Fields returns the fields that clients can select on a type.
func Fields(def *ast.Definition) ast.FieldList {
	return slices.DeleteFunc(slices.Clone(def.Fields), func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Name, "__") })
}

// Guards are the directives that guard fields.
var Guards = []string{"authenticated", "inSession", "hasPermission", "ownerOr"}

// Guarded reports whether a directive guards a field.
func Guarded(f *ast.FieldDefinition) bool {
	return slices.ContainsFunc(Guards, func(guard string) bool { return f.Directives.ForName(guard) != nil })
}

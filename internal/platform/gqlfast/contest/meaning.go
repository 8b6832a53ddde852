package contest

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// meaning is what a response key stands for: a field of a type with its
// arguments, and the shape of its answer.
type meaning struct {
	of           *ast.Definition
	field, shape string
}

// claim takes a response key for a field, unless it means something else already
// where both may be asked of one object, or its answer has another shape.
func (a *author) claim(key string, m meaning) bool {
	for _, other := range a.meanings[key] {
		apart := m.of != other.of && m.of.Kind == ast.Object && other.of.Kind == ast.Object
		if m.shape != other.shape || m.field != other.field && !apart {
			return false
		}
	}
	a.meanings[key] = append(a.meanings[key], m)
	return true
}

// shapeOf returns a type's lists and non-nulls; all composite types look alike.
func shapeOf(schema *ast.Schema, t *ast.Type) string {
	name := t.Name()
	if schema.Types[name].IsCompositeType() {
		return strings.Replace(t.String(), name, "{}", 1)
	}
	return t.String()
}

package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/cursor"
	"github.com/factordesk/factordesk/internal/notification"
)

// Limits of one request. Each is checked before anything is resolved.
const (
	MaxBodyBytes  = 128 << 10
	MaxTokens     = 3000
	MaxDepth      = 12
	MaxAliases    = 30
	MaxComplexity = 10_000
)

// shape refuses operations that nest too deep or use too many aliases, each of
// which could try one more code. Introspection is exempt from the depth, and
// refused where it is not switched on.
type shape struct{}

var _ graphql.OperationContextMutator = shape{}

func (shape) ExtensionName() string                     { return "Shape" }
func (shape) Validate(_ graphql.ExecutableSchema) error { return nil }

func (shape) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	m := measurer{fragments: map[*ast.FragmentDefinition]measure{}}
	got := m.selection(op.Operation.SelectionSet)
	switch {
	case got.depth > MaxDepth:
		return limitError("The document nests deeper than %d levels.", MaxDepth)
	case got.aliases > MaxAliases:
		return limitError("The document has more than %d aliases.", MaxAliases)
	case got.introspects && op.DisableIntrospection:
		return limitError("Introspection is switched off here.")
	}
	return nil
}

func limitError(format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	err.Rule = limitRule
	return err
}

type measure struct {
	depth, aliases int
	introspects    bool
}

// measurer measures each fragment once, however often it is spread. Circles were
// refused by validation.
type measurer struct {
	fragments map[*ast.FragmentDefinition]measure
}

func (m measurer) selection(set ast.SelectionSet) measure {
	var total measure
	for _, s := range set {
		var one measure
		switch s := s.(type) {
		case *ast.Field:
			one = m.field(s)
		case *ast.InlineFragment:
			one = m.selection(s.SelectionSet)
		case *ast.FragmentSpread:
			var known bool
			if one, known = m.fragments[s.Definition]; !known {
				one = m.selection(s.Definition.SelectionSet)
				m.fragments[s.Definition] = one
			}
		}
		total.depth = max(total.depth, one.depth)
		total.aliases = min(total.aliases+one.aliases, 1<<20)
		total.introspects = total.introspects || one.introspects
	}
	return total
}

func (m measurer) field(f *ast.Field) measure {
	one := m.selection(f.SelectionSet)
	if f.Name == "__schema" || f.Name == "__type" {
		one.depth, one.introspects = 0, true
	}
	one.depth++
	if f.Alias != f.Name {
		one.aliases++
	}
	return one
}

// complexity weighs lists by the size that is asked for, and a history by the
// call to Twilio that it takes.
func complexity() generated.ComplexityRoot {
	const (
		perUserDevices = 3
		history        = 50
	)
	page := func(first *int, child int) int {
		n := 20
		if first != nil {
			n = min(max(*first, 1), cursor.MaxPage)
		}
		return n * child
	}
	var c generated.ComplexityRoot
	c.Query.Users = func(child int, _ *string, _ *auth.Kind, first *int, _ *string) int { return 1 + page(first, child) }
	c.Query.NotificationHistory = func(child int, _ string, _ *notification.Source, first *int, _ *string) int {
		return history + page(first, child)
	}
	c.User.NotificationHistory = func(child int, _ *string, _ *notification.Source, first *int, _ *string) int {
		return history + page(first, child)
	}
	c.Query.AuditLog = func(child int, _ *model.AuditLogFilter, first *int, _ *string) int { return 1 + page(first, child) }
	c.User.Devices = func(child int) int { return 1 + perUserDevices*child }
	return c
}

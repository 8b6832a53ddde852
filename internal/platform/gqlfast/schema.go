package gqlfast

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Schema is an executable schema of gqlgen's whose plain fields are fast.
type Schema struct {
	graphql.ExecutableSchema
	guards  []Guard
	waiting map[string]bool
	plans   documents
}

// Guard asks whether the viewer may, by a directive's function and arguments.
type Guard func(ctx context.Context) error

// allows reports whether the guard says yes. A panic is a no: gqlgen runs the
// directive then, which panics once more.
func (g Guard) allows(ctx context.Context) (yes bool) {
	defer func() { yes = recover() == nil && yes }()
	return g(ctx) == nil
}

// NewSchema wraps gqlgen's own schema. Generated code calls it, with the guards by
// their numbers, and with the fields ("Type.field") that may wait: those with a
// resolver that is no batch resolver, or with a method that takes a context.
func NewSchema(own graphql.ExecutableSchema, guards []Guard, waiting []string) *Schema {
	s := &Schema{ExecutableSchema: own, guards: guards, waiting: make(map[string]bool, len(waiting))}
	for _, field := range waiting {
		s.waiting[field] = true
	}
	return s
}

// Exec implements [graphql.ExecutableSchema].
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	respond := s.ExecutableSchema.Exec(ctx)
	return func(ctx context.Context) *graphql.Response {
		return respond(s.begin(ctx))
	}
}

type operationKey struct{}

// operation is one operation on its way.
type operation struct {
	*graphql.OperationContext
	schema   *Schema
	ctx      context.Context // of the operation, which knows of no field
	document *document
	outcome  uint64 // of @skip and @include

	// What guards said, as bits. Nothing that a query does changes who the viewer is.
	asked, allowed atomic.Uint64
}

// begin marks a context as that of a fast operation, unless there can be no plan.
func (s *Schema) begin(ctx context.Context) context.Context {
	oc := graphql.GetOperationContext(ctx)
	document := s.plans.of(oc.Doc)
	outcome, ok := document.outcome(oc.Variables)
	if !ok {
		return ctx
	}
	return context.WithValue(ctx, operationKey{}, &operation{
		OperationContext: oc, schema: s, ctx: ctx, document: document, outcome: outcome,
	})
}

func operationFrom(ctx context.Context) *operation {
	op, _ := ctx.Value(operationKey{}).(*operation)
	return op
}

// Viewer returns the context of the operation, in which guards are asked: also when
// gqlgen runs the directive that is made of one.
func Viewer(ctx context.Context) context.Context {
	if op := operationFrom(ctx); op != nil {
		return op.ctx
	}
	return ctx
}

// allows returns the answers of those guards whose bits are set.
func (op *operation) allows(guards uint64) uint64 {
	once := op.Operation.Operation == ast.Query
	if once && op.asked.Load()&guards == guards {
		return op.allowed.Load() & guards
	}
	var allowed uint64
	for n, guard := range op.schema.guards {
		if guards&(1<<n) != 0 && guard.allows(op.ctx) {
			allowed |= 1 << n
		}
	}
	if once {
		op.allowed.Or(allowed)
		op.asked.Or(guards)
	}
	return allowed
}

// waits reports whether anything in a selection may wait.
func (op *operation) waits(selection ast.SelectionSet) bool {
	for _, selected := range selection {
		switch selected := selected.(type) {
		case *ast.Field:
			if op.schema.waiting[selected.ObjectDefinition.Name+"."+selected.Name] || op.waits(selected.SelectionSet) {
				return true
			}
		case *ast.InlineFragment:
			if op.waits(selected.SelectionSet) {
				return true
			}
		case *ast.FragmentSpread:
			if op.waits(op.Doc.Fragments.ForName(selected.Name).SelectionSet) {
				return true
			}
		}
	}
	return false
}

package gqlfast

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// list is the plan of a list.
type list[T any] struct {
	value  Value[[]T]   // nil where elements select what is not plain
	serial bool         // whether nothing that elements select waits
	size   atomic.Int64 // of the last answer, in bytes
}

// serialKey marks a context in which lists are walked in one goroutine.
type serialKey struct{}

// List marshals a list of objects. Generated code calls it in gqlgen's place; own
// is what stood there.
func List[E, T any](
	ctx context.Context, ec *E, selection ast.SelectionSet, v []T,
	name string, value func(*Planner, ast.SelectionSet) Value[[]T], own func(*E, context.Context, ast.SelectionSet, []T) graphql.Marshaler,
) graphql.Marshaler {
	op := operationFrom(ctx)
	if op == nil || len(selection) == 0 {
		return own(ec, ctx, selection, v)
	}
	plan := planFor(op, name, selection, func(p *Planner) *list[T] {
		return &list[T]{value: value(p, selection), serial: !op.waits(selection)}
	})
	if a := plan.marshal(v); a != nil {
		return a
	}
	if plan.serial {
		ctx = context.WithValue(ctx, serialKey{}, true)
	}
	return own(ec, ctx, selection, v)
}

// marshal returns nil if gqlgen has to answer.
func (l *list[T]) marshal(v []T) (m graphql.Marshaler) {
	if l.value == nil {
		return nil
	}
	defer func() {
		if recover() != nil {
			m = nil // gqlgen's own function panics once more, and reports it
		}
	}()
	json, ok := l.value(make([]byte, 0, room(l.size.Load())), v)
	if !ok {
		return nil
	}
	l.size.Store(int64(len(json)))
	return &answer{json: json}
}

// MarshalSlice takes the place of [graphql.MarshalSliceConcurrently] in lists of
// objects. It starts no goroutines where no element waits.
func MarshalSlice(
	ctx context.Context, length int, workerLimit int64, omitPanicHandler bool, element func(ctx context.Context, i int) graphql.Marshaler,
) graphql.Array {
	if length < 2 || ctx.Value(serialKey{}) == nil {
		return graphql.MarshalSliceConcurrently(ctx, length, workerLimit, omitPanicHandler, element)
	}
	marshaled, fields, indices := make(graphql.Array, length), make([]graphql.FieldContext, length), make([]int, length)
	for i := range length {
		indices[i] = i
		fields[i].Index = &indices[i]
		marshaled[i] = one(graphql.WithFieldContext(ctx, &fields[i]), i, element)
	}
	return marshaled
}

// one marshals an element. One that panics is null, as in gqlgen.
func one(ctx context.Context, i int, element func(ctx context.Context, i int) graphql.Marshaler) (m graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			m = graphql.Null
		}
	}()
	return element(ctx, i)
}

package gqlfast

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// list is the plan of a list.
type list[T any] struct {
	value  Value[[]T] // nil where elements select what is not plain
	serial bool
	size   atomic.Int64 // of the last answer, in bytes
}

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
	s := serialFrom(ctx)
	if a := plan.marshal(s, v); a != nil {
		return a
	}
	if !plan.serial || s != nil {
		return own(ec, ctx, selection, v)
	}
	s = &serial{json: make([]byte, 0, room(plan.size.Load()))}
	m := own(ec, context.WithValue(ctx, serialKey{}, s), selection, v)
	if elements, ok := m.(graphql.Array); ok {
		plan.size.Store(size(elements))
	}
	return m
}

// marshal gives nil if gqlgen has to answer.
func (l *list[T]) marshal(s *serial, v []T) (m graphql.Marshaler) {
	if l.value == nil {
		return nil
	}
	defer func() {
		if recover() != nil {
			m = nil // gqlgen's own function panics once more, and reports it
		}
	}()
	json, ok := l.value(s.begin(room(l.size.Load())), v)
	if !ok {
		return nil
	}
	s.end(json)
	l.size.Store(int64(len(json)))
	return &answer{json: json}
}

// MarshalSlice takes the place of [graphql.MarshalSliceConcurrently] in lists of
// objects: without goroutines where no element waits.
func MarshalSlice(
	ctx context.Context, length int, workerLimit int64, omitPanicHandler bool, element func(ctx context.Context, i int) graphql.Marshaler,
) graphql.Array {
	if length < 2 || omitPanicHandler || serialFrom(ctx) == nil {
		return graphql.MarshalSliceConcurrently(ctx, length, workerLimit, omitPanicHandler, element)
	}
	marshaled, fields, indices := make(graphql.Array, length), make([]graphql.FieldContext, length), make([]int, length)
	failed := false
	for i := range length {
		indices[i] = i
		fields[i].Index = &indices[i]
		one(graphql.WithFieldContext(ctx, &fields[i]), i, element, marshaled, &failed)
	}
	if failed {
		return nil
	}
	return marshaled
}

func one(ctx context.Context, i int, element func(ctx context.Context, i int) graphql.Marshaler, into graphql.Array, failed *bool) {
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			*failed = true
		}
	}()
	into[i] = element(ctx, i)
}

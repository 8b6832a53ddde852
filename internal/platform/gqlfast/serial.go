package gqlfast

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
)

type serialKey struct{}

// serial marks a context in which everything runs in one goroutine. Answers are
// written one after the other into the same bytes there, the inner ones where the
// outer ones go on, so that they need not be copied.
type serial struct {
	json    []byte
	batches map[batch]*graphql.BatchFieldResult
}

// begin gives the place of an answer of some size, which is empty.
func (s *serial) begin(size int64) []byte {
	if s != nil {
		if free := s.json[len(s.json):]; int64(cap(free)) >= size {
			return free
		}
	}
	return make([]byte, 0, size)
}

// end says how far an answer goes: all of it, or what is before an inner one.
func (s *serial) end(json []byte) {
	if s != nil {
		s.json = json
	}
}

func serialFrom(ctx context.Context) *serial {
	s, _ := ctx.Value(serialKey{}).(*serial)
	return s
}

// batch is a field of the objects of a list.
type batch struct {
	objects *graphql.BatchParentGroup
	key     string
}

// Batch resolves a batch field for one object of a list. Generated code calls it in
// gqlgen's place; own is what stood there. It calls the resolver for the first
// object, and reports every error: only what it was given for the others is found
// with less ado.
func Batch[E, O, T any](
	ctx context.Context, ec *E, field graphql.CollectedField, obj O,
	name string, own func(*E, context.Context, graphql.CollectedField, O) (any, error),
) (any, error) {
	s, element := serialFrom(ctx), graphql.GetFieldContext(ctx).Parent
	if s == nil || element == nil || element.Index == nil {
		return own(ec, ctx, field, obj)
	}
	group := graphql.GetBatchParentGroup(ctx, name)
	if group == nil || group.IndexMap != nil {
		return own(ec, ctx, field, obj)
	}
	all := batch{group, field.Alias}
	if known := s.batches[all]; known != nil {
		results, ok := known.Results.([]T)
		if objects, same := group.Parents.([]O); known.Err != nil || !ok || !same || len(results) != len(objects) {
			return own(ec, ctx, field, obj)
		}
		return results[*element.Index], nil
	}
	value, err := own(ec, ctx, field, obj)
	if s.batches == nil {
		s.batches = map[batch]*graphql.BatchFieldResult{}
	}
	s.batches[all] = group.GetFieldResult(field.Alias, func() (any, error) { return nil, errNoBatch }) // which own has put there
	return value, err
}

var errNoBatch = errors.New("gqlgen keeps no result of the batch")

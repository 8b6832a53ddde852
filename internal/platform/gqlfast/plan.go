package gqlfast

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Type is what generated code says of an object type. E is gqlgen's execution
// context, O how it hands objects on, mostly a pointer.
type Type[E, O any] struct {
	Name      string
	Satisfies []string // the type conditions of fragments that apply
	Field     func(p *Planner, name string, selection ast.SelectionSet) Step[E, O]
}

// Own is gqlgen's own function for a field.
type Own[E, O any] func(ec *E, ctx context.Context, field graphql.CollectedField, obj O) graphql.Marshaler

// Step answers one field of an object.
type Step[E, O any] struct {
	Own     Own[E, O] // always there but for __typename
	NonNull bool
	// Waits says that gqlgen runs Own beside the others.
	Waits bool
	// Plain is nil where only Own can answer.
	Plain Value[O]

	field graphql.CollectedField
	key   string // with the comma before and the colon after it
	again bool   // the key is written already: the field only has its say about null
}

// Field is a step that gqlgen need not take if the guards allow it: it appends
// what get returns.
func Field[E, O, V any](allowed bool, nonNull bool, own Own[E, O], get func(O) V, value Value[V]) Step[E, O] {
	s := Step[E, O]{Own: own, NonNull: nonNull}
	if allowed && value != nil {
		s.Plain = func(dst []byte, obj O) ([]byte, bool) { return value(dst, get(obj)) }
	}
	return s
}

// Planner makes plans for one operation.
type Planner struct {
	op              *operation
	guards, allowed uint64
}

// Allows reports whether all guards whose bits are set allow it, and makes the plan
// depend on their answers.
func (p *Planner) Allows(guards uint64) bool {
	allowed := p.op.allows(guards)
	p.guards |= guards
	p.allowed |= allowed
	return allowed == guards
}

// ValueOf plans an object that stands in a plain field. It is nil if anything
// selected in it is not plain.
func ValueOf[E, O any](p *Planner, selection ast.SelectionSet, t func() Type[E, O]) Value[O] {
	plan := planOf(p, selection, t())
	if plan == nil {
		return nil
	}
	for _, s := range plan.steps {
		if s.Plain == nil {
			return nil
		}
	}
	return plan.value
}

// plan answers the fields of an object.
type plan[E, O any] struct {
	steps   []Step[E, O]
	waiting int
	size    atomic.Int64 // of the last answer, in bytes
}

// planOf is nil where something is deferred: gqlgen answers that.
func planOf[E, O any](p *Planner, selection ast.SelectionSet, t Type[E, O]) *plan[E, O] {
	made := &plan[E, O]{}
	seen := map[string]bool{}
	for _, field := range graphql.CollectFields(p.op.OperationContext, selection, t.Satisfies) {
		if len(field.Deferrables) > 0 {
			return nil
		}
		step := typename[E, O](t.Name)
		if field.Name != "__typename" {
			step = t.Field(p, field.Name, field.Selections)
		}
		step.field, step.again = field, seen[field.Alias]
		step.key = `"` + field.Alias + `":`
		if len(seen) > 0 {
			step.key = "," + step.key
		}
		seen[field.Alias] = true
		if step.Waits {
			made.waiting++
		}
		made.steps = append(made.steps, step)
	}
	return made
}

func typename[E, O any](name string) Step[E, O] {
	return Step[E, O]{Plain: func(dst []byte, _ O) ([]byte, bool) { return String(dst, name) }}
}

// Object marshals an object. Generated code calls it in gqlgen's place; own is
// what stood there, and answers where no plan can.
func Object[E, O any](
	ctx context.Context, ec *E, selection ast.SelectionSet, obj O,
	name string, t func() Type[E, O], own func(*E, context.Context, ast.SelectionSet, O) graphql.Marshaler,
) graphql.Marshaler {
	op := operationFrom(ctx)
	if op == nil || len(selection) == 0 {
		return own(ec, ctx, selection, obj)
	}
	plan := planFor(op, name, selection, func(p *Planner) *plan[E, O] { return planOf(p, selection, t()) })
	if plan == nil {
		return own(ec, ctx, selection, obj)
	}
	return plan.marshal(ctx, ec, obj)
}

// value answers an object whose fields are all plain.
func (p *plan[E, O]) value(dst []byte, obj O) ([]byte, bool) {
	dst = append(dst, '{')
	for i := range p.steps {
		s, start := &p.steps[i], len(dst)
		var ok bool
		if dst, ok = s.Plain(append(dst, s.key...), obj); !ok {
			return dst, false
		}
		if s.again {
			dst = dst[:start]
		}
	}
	return append(dst, '}'), true
}

// marshal answers an object of which gqlgen has something to answer, or may have.
func (p *plan[E, O]) marshal(ctx context.Context, ec *E, obj O) graphql.Marshaler {
	a := &answer{json: append(make([]byte, 0, room(p.size.Load())), '{')}
	early := p.early(ctx, ec, obj)
	null := false
	for i := p.run(a, obj, 0); i < len(p.steps); i = p.run(a, obj, i+1) {
		s := &p.steps[i]
		if !s.again {
			a.json = append(a.json, s.key...)
		}
		var m graphql.Marshaler
		if early != nil && s.Waits {
			m = early[i]
		} else {
			m = s.Own(ec, ctx, s.field, obj)
		}
		null = null || m == graphql.RequiredNull || m == graphql.Null && s.NonNull
		if !s.again {
			a.add(m)
		}
	}
	if null {
		return graphql.Null
	}
	a.json = append(a.json, '}')
	p.size.Store(int64(len(a.json)))
	return a
}

// run takes plain steps, from one on, and returns the first that gqlgen must take.
func (p *plan[E, O]) run(a *answer, obj O, from int) (next int) {
	defer func() { _ = recover() }() // gqlgen's own function panics once more, and reports it
	for next = from; next < len(p.steps); next++ {
		s := &p.steps[next]
		if s.Plain == nil {
			return next
		}
		dst, ok := s.Plain(append(a.json, s.key...), obj)
		if !ok {
			return next
		}
		if !s.again {
			a.json = dst
		}
	}
	return next
}

// early runs the steps that may wait at once, if there are several, as gqlgen does.
func (p *plan[E, O]) early(ctx context.Context, ec *E, obj O) []graphql.Marshaler {
	if p.waiting < 2 {
		return nil
	}
	early := make([]graphql.Marshaler, len(p.steps))
	var group sync.WaitGroup
	for i := range p.steps {
		if s := &p.steps[i]; s.Waits {
			group.Go(func() { early[i] = s.safely(ctx, ec, obj) })
		}
	}
	group.Wait()
	return early
}

// safely takes gqlgen's step. A panic would end the process here.
func (s *Step[E, O]) safely(ctx context.Context, ec *E, obj O) (m graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			op := operationFrom(ctx)
			op.Error(ctx, op.Recover(ctx, r))
			m = graphql.Null
		}
	}()
	return s.Own(ec, ctx, s.field, obj)
}

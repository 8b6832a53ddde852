// Package gqlfast answers plain GraphQL fields without the executor's toll.
//
// For every field of every object gqlgen makes a field context, two closures and
// a call through the middleware, and for every element of a list a goroutine. A
// field that is bound to a struct field or to a method without argument, context
// and error needs none of that. Such a field is plain, if each of its directives
// is a guard: one that asks about the viewer and never about the object.
//
// The generator (package generate) runs after gqlgen. It leaves gqlgen's code as
// it is, but for the names of what marshals objects and lists of them, and writes
// functions that take the names over and call this package:
//
//	document ── parsed and validated by gqlgen ──> root field, resolved by gqlgen
//	                                                    │ object or list
//	                                                    v
//	             plan: made at the first answer, kept with the document
//	             ┌──────────┬───────────────────────────────────────┐
//	             │ "id":    │ plain: append the value               │
//	             │ "email": │ plain: append the value               │
//	             │ "pages": │ plain: follow the inner plan          │
//	             │ "posts": │ gqlgen's own function: arguments,     │──> resolver ──> object or list
//	             │          │ resolvers, directives                 │
//	             └──────────┴───────────────────────────────────────┘
//	                  │ one slice of bytes
//	                  v
//	             marshaler that gqlgen writes into the answer
//
// How a plan is made: [Object] and [List] look one up by document, selection,
// outcome of @skip and @include, and answers of the guards below the selection. If
// there is none, the fields are collected as gqlgen collects them, and the
// generated code says of each what it is (see [Type]). A field whose value is an
// object is plain if all that is selected in it is.
//
// How it is followed: the steps run in their order and append to one slice. There
// is no way for a plain field to fail: one that is null where the schema forbids
// it, or that panics, is cut off the slice and answered once more by gqlgen's own
// function, so that errors, their paths and the nulls that go up are gqlgen's own.
// What is bound as plain must therefore be pure: it may be called twice.
//
// A guard is asked before a plan is followed, once for each operation of a query.
// Where it says no, the field is gqlgen's again, which runs the directive for every
// object and reports every refusal. Guard and directive are one function, which
// the generated NewFastSchema turns into the directive, and which can't see the
// object: there is no parameter for it, and the context that it gets is the
// operation's, which knows of no field.
//
// Lists whose elements select no resolver, or batch resolvers only, are walked in
// one goroutine, which writes all into the same bytes and asks gqlgen's own function
// for the batch once; elsewhere the elements run at once, as in gqlgen.
//
// Where to read on: plan.go makes and follows plans, value.go appends, answer.go is
// what gqlgen gets, list.go and serial.go are about lists, cache.go keeps plans,
// schema.go begins an operation and asks guards. testschema is a schema that has everything;
// its test asks stock gqlgen and this package the same random questions.
//
// What is lost: field middleware (AroundFields) and tracing of fields don't see
// plain fields. Don't hang a permission on them. What is deferred (@defer) is
// gqlgen's alone.
package gqlfast

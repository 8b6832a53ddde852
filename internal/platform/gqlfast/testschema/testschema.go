// Package testschema is a GraphQL API about nothing that has each kind of thing
// once: every way in which gqlgen finds a value, every kind of type, and values
// that go wrong. Its contest asks it random questions, with plans and without.
//
// What a question is about, and who asks, comes in the context: see [Scene].
package testschema

import "context"

//go:generate go -C ../../../.. run ./internal/platform/gqlfast/generate -config internal/platform/gqlfast/testschema/gqlgen.yml -guards member,may

// Scene is what a question is about and who asks.
type Scene struct {
	World *World
	// Viewer is the id of who asks.
	Viewer string
	// Member is what the guard @member says, Rights what @may says of each right.
	Member Verdict
	Rights map[Right]Verdict
}

// Verdict is what a guard says.
type Verdict int

// What a guard may say.
const (
	Yes Verdict = iota
	No
	// Panics is a guard that can't even say.
	Panics
)

type sceneKey struct{}

// With puts a scene into a context.
func With(ctx context.Context, s *Scene) context.Context {
	return context.WithValue(ctx, sceneKey{}, s)
}

func scene(ctx context.Context) *Scene { return ctx.Value(sceneKey{}).(*Scene) }

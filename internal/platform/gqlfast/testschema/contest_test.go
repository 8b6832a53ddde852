package testschema_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/factordesk/factordesk/internal/platform/gqlfast"
	"github.com/factordesk/factordesk/internal/platform/gqlfast/contest"
	"github.com/factordesk/factordesk/internal/platform/gqlfast/testschema"
	"github.com/factordesk/factordesk/internal/platform/gqlfast/testschema/generated"
)

// root hands generated code its resolvers.
type root struct{}

func (root) Query() generated.QueryResolver   { return testschema.Queries{} }
func (root) Person() generated.PersonResolver { return testschema.Persons{} }

// stock answers by gqlgen's own functions alone, with directives written by hand.
func stock() graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{Resolvers: root{}, Directives: generated.DirectiveRoot{
		Member: func(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
			if err := testschema.Member(ctx); err != nil {
				return nil, err
			}
			return next(ctx)
		},
		May: func(ctx context.Context, _ any, next graphql.Resolver, right testschema.Right, level int, note *string) (any, error) {
			if err := testschema.May(ctx, right, level, note); err != nil {
				return nil, err
			}
			return next(ctx)
		},
		Own:  testschema.Own,
		Mask: testschema.Mask,
	}})
}

// fast follows plans, with directives made from the guards.
func fast() *gqlfast.Schema {
	return generated.NewFastSchema(
		generated.Config{Resolvers: root{}, Directives: generated.DirectiveRoot{Own: testschema.Own, Mask: testschema.Mask}},
		generated.Guards{Member: testschema.Member, May: testschema.May},
	)
}

// Fast answers random questions as stock does, to the byte and to the error, and
// the questions bring out everything that can go wrong.
func TestFastAnswersAsStock(t *testing.T) {
	t.Parallel()
	contest.Contest{
		Pair: contest.NewPair(stock(), fast(), func(e *executor.Executor) {
			e.SetRecoverFunc(func(_ context.Context, value any) error { return fmt.Errorf("panic: %v", value) })
		}),
		Questions: contest.Questions{
			Schema: stock().Schema(), Depth: 6, Width: 6, Size: 50,
			Arguments: map[string][]string{
				"Query.node.id":     {`"p0"`, `"p1"`, `"p4"`, `"p5"`, `"r0"`, `"r5"`, `"l1"`, `"l5"`, `"none"`},
				"Query.__type.name": {`"Person"`, `"Being"`, `"Mood"`, `"none"`},
			},
		},
		Documents: documents(),
		Context:   scenes(),
		Kinds:     kinds,
	}.Run(t)
}

func documents() int {
	if testing.Short() {
		return 700
	}
	return 2800
}

// scenes returns a function that draws worlds and viewers to ask in.
func scenes() func(ctx context.Context, r *rand.Rand) (context.Context, string) {
	worlds := make([]*testschema.World, 40)
	for i := range worlds {
		worlds[i] = testschema.NewWorld(uint64(i))
	}
	return func(ctx context.Context, r *rand.Rand) (context.Context, string) {
		verdict := func() testschema.Verdict {
			return []testschema.Verdict{testschema.Yes, testschema.Yes, testschema.Yes, testschema.No, testschema.No, testschema.Panics}[r.IntN(6)]
		}
		world := r.IntN(len(worlds))
		s := &testschema.Scene{
			World: worlds[world], Viewer: fmt.Sprint("p", r.IntN(3)), Member: verdict(),
			Rights: map[testschema.Right]testschema.Verdict{testschema.RightRead: verdict(), testschema.RightPay: verdict()},
		}
		return testschema.With(ctx, s), fmt.Sprintf("world %d, viewer %s, member %d, rights %v", world, s.Viewer, s.Member, s.Rights)
	}
}

// kinds are the errors that there must have been, each told by a part of it.
var kinds = map[string]string{
	"list element was nil": "null element where it is forbidden", "the model struct field was nil": "null field where it is forbidden",
	"the resolver returned nil": "null of a resolver where it is forbidden", "the marshaler returned null": "scalar that writes null where it is forbidden",
	"refused: member": "denied by a guard", "refused: READ\"": "denied by a guard with arguments", "refused: PAY\"": "denied by one guard of two",
	"refused: PAY at level": "denied by a guard's default", "refused: it's": "denied by a guard with a string",
	"panic: guard of": "panic of a guard", "denied: not yours": "denied by a directive about the object",
	"panic: too loud": "panic of a method", "panic: no double": "panic of a method for an object", "panic: runtime error": "panic of the runtime",
	"refused: greet": "error of a method with arguments", "panic: number of": "panic of a resolver", "no mother": "error of a resolver",
	"refused: agent": "error of a resolver with extensions", "how many calls": "error of a resolver with arguments",
	"no balance": "error of one in a batch", `"sealed"`: "error of a scalar",
	"infinite no NaN": "number that JSON has not", "for field size": "wrong type in a map", "non-generated variants": "panic of an element",
}

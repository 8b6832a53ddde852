package contest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/platform/gqlfast"
)

// patience is how often stock is asked again. Where GraphQL merges fields that
// gqlgen does not, which of two errors in one place comes first, and silences the
// other, is up to the scheduler.
const patience = 40

// Pair is two executable schemas that must answer alike.
type Pair struct {
	stock, fast *side
	wavered     atomic.Int64
}

type side struct {
	*executor.Executor
	// fields counts the fields that went through gqlgen's middleware.
	fields atomic.Int64
}

// NewPair returns a pair of what the generated NewExecutableSchema and NewFastSchema
// return; set does to each executor what the product does to its own.
func NewPair(stock graphql.ExecutableSchema, fast *gqlfast.Schema, set func(e *executor.Executor)) *Pair {
	if _, plans := stock.(*gqlfast.Schema); plans {
		panic("contest: stock follows plans, too")
	}
	return &Pair{stock: newSide(stock, set), fast: newSide(fast, set)}
}

func newSide(es graphql.ExecutableSchema, set func(e *executor.Executor)) *side {
	s := &side{Executor: executor.New(es)}
	s.SetQueryCache(lru.New[*ast.QueryDocument](100)) // a plan is made per document: let some be used again
	s.Use(extension.Introspection{})
	s.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		s.fields.Add(1)
		return next(ctx)
	})
	set(s.Executor)
	return s
}

// Answer is what an executor answered.
type Answer struct {
	// Refused are the errors of a document that was not executed.
	Refused []string
	Data    string
	// Errors are in JSON and in order.
	Errors []string
}

func (a Answer) equal(b Answer) bool {
	return a.Data == b.Data && slices.Equal(a.Errors, b.Errors) && slices.Equal(a.Refused, b.Refused)
}

func (a Answer) String() string {
	return fmt.Sprintf("%s\n\t%s", a.Data, strings.Join(slices.Concat(a.Refused, a.Errors), "\n\t"))
}

// Compare asks both, and fails where fast answers what stock does not.
func (p *Pair) Compare(ctx context.Context, document string, variables map[string]any) (Answer, error) {
	stock, fast := p.stock.answer(ctx, document, variables), p.fast.answer(ctx, document, variables)
	if stock.equal(fast) {
		return stock, nil
	}
	for range patience {
		if again := p.stock.answer(ctx, document, variables); again.equal(fast) {
			p.wavered.Add(1)
			return again, nil
		}
	}
	return stock, fmt.Errorf("stock: %s\n fast: %s", stock, fast)
}

func (s *side) answer(ctx context.Context, document string, variables map[string]any) (a Answer) {
	defer func() {
		if r := recover(); r != nil {
			a.Refused = append(a.Refused, fmt.Sprint("the executor panics: ", r))
		}
	}()
	ctx = graphql.StartOperationTrace(ctx)
	operation, refused := s.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables})
	if refused != nil {
		return Answer{Refused: []string{refused.Error()}}
	}
	responses, ctx := s.DispatchOperation(ctx, operation)
	response := responses(ctx)
	a.Data = string(response.Data)
	for _, e := range response.Errors {
		written, err := json.Marshal(e)
		if err != nil {
			panic(err)
		}
		a.Errors = append(a.Errors, string(written))
	}
	slices.Sort(a.Errors)
	return a
}

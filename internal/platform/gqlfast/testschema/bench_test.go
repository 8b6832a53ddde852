package testschema_test

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/platform/gqlfast/testschema"
)

// BenchmarkAnswer compares both executors on lists of objects with plain fields.
func BenchmarkAnswer(b *testing.B) {
	const document = `{ people(first: 6) { id name nick mood rank count ok notes home { lines country }
		pets { id name } boss { id name nick mood count ok home { country } } } }`
	for name, es := range map[string]graphql.ExecutableSchema{"stock": stock(), "fast": fast()} {
		b.Run(name, func(b *testing.B) {
			e := executor.New(es)
			e.SetQueryCache(lru.New[*ast.QueryDocument](1))
			ctx := graphql.StartOperationTrace(testschema.With(b.Context(), &testschema.Scene{World: testschema.NewWorld(1), Member: testschema.Yes}))
			b.ReportAllocs()
			for b.Loop() {
				op, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: document})
				if errs != nil {
					b.Fatal(errs)
				}
				respond, ctx := e.DispatchOperation(ctx, op)
				if response := respond(ctx); len(response.Errors) > 0 {
					b.Fatal(response.Errors)
				}
			}
		})
	}
}

package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/auth"
)

// confirmed lets a mutation begin only once the database has said who is calling:
// what is known from the request before is good enough to read by, not to act by.
func confirmed(sessions *auth.Sessions) graphql.RootFieldMiddleware {
	return func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
			if err := sessions.Confirm(ctx); err != nil {
				field := &graphql.FieldContext{Object: "Mutation", Field: graphql.GetRootFieldContext(ctx).Field}
				graphql.AddError(graphql.WithFieldContext(ctx, field), err)
				return graphql.Null
			}
		}
		return next(ctx)
	}
}

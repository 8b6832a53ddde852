package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/internal/auth"
)

// directives are the guards of the schema. They sit on fields, never on
// arguments, so that nobody learns what an argument is worth before they are
// known to be allowed to ask; and what is not plainly allowed is refused.
func directives() generated.DirectiveRoot {
	return generated.DirectiveRoot{
		Authenticated: func(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
			if _, err := auth.SignedIn(ctx); err != nil {
				return nil, err
			}
			return next(ctx)
		},
		HasPermission: func(ctx context.Context, _ any, next graphql.Resolver, permission auth.Permission) (any, error) {
			if _, err := auth.Require(ctx, permission); err != nil {
				return nil, err
			}
			return next(ctx)
		},
		OwnerOr: func(ctx context.Context, obj any, next graphql.Resolver, permission auth.Permission) (any, error) {
			var owner string
			if owned, ok := obj.(interface{ OwnerID() string }); ok {
				owner = owned.OwnerID()
			}
			if _, err := auth.RequireOwnerOr(ctx, owner, permission); err != nil {
				return nil, err
			}
			return next(ctx)
		},
	}
}

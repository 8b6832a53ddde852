package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/internal/auth"
)

// Guards and directives sit on fields, never on arguments, so that nobody learns
// what an argument is worth before they are known to be allowed to ask; and what
// is not plainly allowed is refused.

// guards are the directives that ask about the viewer alone. They are asked once
// for all objects that an operation shows: no object can reach them.
func guards() generated.Guards {
	return generated.Guards{
		Authenticated: func(ctx context.Context) error {
			_, err := auth.SignedIn(ctx)
			return err
		},
		InSession: func(ctx context.Context) error {
			_, err := auth.InSession(ctx)
			return err
		},
		HasPermission: func(ctx context.Context, permission auth.Permission) error {
			_, err := auth.Require(ctx, permission)
			return err
		},
	}
}

// directives are those that look at the object.
func directives() generated.DirectiveRoot {
	return generated.DirectiveRoot{
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

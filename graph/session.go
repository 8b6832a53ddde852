package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/challenge"

	"github.com/factordesk/factordesk/internal/auth"
)

// Cookies sets the cookies of the answer. Tokens travel in them only, so that no
// script ever sees one.
type Cookies interface {
	// SignedIn keeps a session's token.
	SignedIn(kind auth.Kind, token string)
	// SignedOut forgets the session's token.
	SignedOut(kind auth.Kind)
	// Remember keeps the token by which the browser is known.
	Remember(token string)
}

type cookiesKey struct{}

// WithCookies returns a context whose answer sets its cookies through c.
func WithCookies(ctx context.Context, c Cookies) context.Context {
	return context.WithValue(ctx, cookiesKey{}, c)
}

func cookiesFrom(ctx context.Context) Cookies { return ctx.Value(cookiesKey{}).(Cookies) }

// signedIn hands the new session's token to the browser and lets the rest of the
// request run as its user. The session whose cookie it replaces is over (OWASP
// ASVS 5.0, 7.2.4); a step-up goes on in its own.
func (r *Resolver) signedIn(ctx context.Context, p challenge.Proof) error {
	actor, err := r.s.Sessions.Resolve(ctx, p.Token, p.User.Kind)
	if err != nil {
		return err
	}
	if before, ok := auth.FromContext(ctx); ok && before.Kind == actor.Kind && before.SessionID != actor.SessionID {
		if err := r.s.Sessions.End(ctx); err != nil {
			return err
		}
	}
	auth.Become(ctx, &actor)
	cookiesFrom(ctx).SignedIn(p.User.Kind, p.Token)
	remember(ctx, p.BrowserToken)
	return nil
}

// freed remembers the browser that chose a password of its user's own, and lets the rest
// of the request run as whoever that makes the actor.
func (r *Resolver) freed(ctx context.Context, browserToken string) error {
	remember(ctx, browserToken)
	if actor, ok := auth.FromContext(ctx); !ok || actor.PasswordExpiresAt.IsZero() {
		return nil
	}
	return r.s.Sessions.Reread(ctx)
}

// remember hands the token by which it is known to the browser, if there is another
// than it has.
func remember(ctx context.Context, browserToken string) {
	if browserToken != "" {
		cookiesFrom(ctx).Remember(browserToken)
	}
}

// signedOut makes the browser forget the session that is over; the rest of the
// request is nobody's.
func (r *Resolver) signedOut(ctx context.Context) {
	if actor, ok := auth.FromContext(ctx); ok {
		cookiesFrom(ctx).SignedOut(actor.Kind)
		auth.Become(ctx, nil)
	}
}

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

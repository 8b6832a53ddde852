package graph

import (
	"context"

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

// WithCookies gives a context whose answer sets its cookies through c.
func WithCookies(ctx context.Context, c Cookies) context.Context {
	return context.WithValue(ctx, cookiesKey{}, c)
}

func cookiesFrom(ctx context.Context) Cookies { return ctx.Value(cookiesKey{}).(Cookies) }

package auth

import "context"

// Client is where a request comes from, as far as the server could tell.
type Client struct {
	// Kind is the kind of user that the client serves; empty if it did not say.
	Kind Kind
	// Address is the caller's IP address.
	Address   string
	UserAgent string
	// Browser is the token of the device cookie: the browser completed a sign-in
	// of some user before.
	Browser string
}

type clientKey struct{}

// WithClient gives a context of a request that comes from c.
func WithClient(ctx context.Context, c Client) context.Context {
	return context.WithValue(ctx, clientKey{}, c)
}

// ClientFrom gives where the request comes from; the zero Client if nothing is
// known.
func ClientFrom(ctx context.Context) Client {
	c, _ := ctx.Value(clientKey{}).(Client)
	return c
}

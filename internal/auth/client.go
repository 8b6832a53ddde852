package auth

import (
	"context"
	"net/netip"
)

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

// Source is what counts as one caller where failures are counted: the address, of
// IPv6 the /64, as whoever has one IPv6 address has all of those.
func (c Client) Source() string { return c.Sources()[0] }

// prefixes are the networks of IPv6 that one site may have: a subnet, a home, a
// company.
var prefixes = []int{64, 56, 48}

// Sources returns all that may be one caller: Source, and of IPv6 the /56 and the
// /48 around it.
func (c Client) Sources() []string {
	addr, err := netip.ParseAddr(c.Address)
	if err != nil {
		return []string{c.Address}
	}
	addr = addr.Unmap()
	if addr.Is4() {
		return []string{addr.String()}
	}
	all := make([]string, len(prefixes))
	for i, bits := range prefixes {
		network, _ := addr.WithZone("").Prefix(bits) // which every IPv6 address has
		all[i] = network.String()
	}
	return all
}

type clientKey struct{}

// WithClient returns a context of a request that comes from c.
func WithClient(ctx context.Context, c Client) context.Context {
	return context.WithValue(ctx, clientKey{}, c)
}

// ClientFrom returns where the request comes from; the zero Client if nothing is
// known.
func ClientFrom(ctx context.Context) Client {
	c, _ := ctx.Value(clientKey{}).(Client)
	return c
}

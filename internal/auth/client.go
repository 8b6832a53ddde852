package auth

import (
	"context"
	"net/netip"
	"time"

	"github.com/factordesk/factordesk/internal/platform/message"
)

// Client is where a request comes from, as far as the server could tell.
type Client struct {
	// Kind is the kind of user that the client serves; empty if it did not say.
	Kind Kind
	// Address is the caller's IP address.
	Address   string
	UserAgent string
	// Browser is the token of the device cookie: the browser completed a sign-in of
	// some user before, or somebody registered in it.
	Browser string
	// AcceptLanguage is the header that names the languages of the page.
	AcceptLanguage string
}

// Language returns the language of the page that asks, or own where it does not say,
// such as that of the user whom it is about.
func Language(ctx context.Context, own message.Language) message.Language {
	if l, ok := message.Preferred(ClientFrom(ctx).AcceptLanguage); ok {
		return l
	}
	return own
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

// Browsers remembers where users completed a sign-in.
type Browsers interface {
	// KnowsBrowser reports whether the browser that holds a token is one in which
	// the user, and whether it is one in which anyone, completed a sign-in.
	KnowsBrowser(ctx context.Context, userID, tokenHash string) (byUser, byAnyone bool, err error)
	// RememberBrowser records that the user did.
	RememberBrowser(ctx context.Context, userID, tokenHash string, at time.Time) error
	// ForgetBrowsers makes every browser of a user an unknown one.
	ForgetBrowsers(ctx context.Context, userID string) error
}

// Remember makes the browser of the request one that a user knows, and returns the
// token that it is to keep; empty if it keeps the one that it has. A browser that
// several people share keeps one token; one that nobody gave out is never taken over.
func Remember(ctx context.Context, b Browsers, userID string, at time.Time) (token string, err error) {
	token = ClientFrom(ctx).Browser
	byUser, byAnyone, err := b.KnowsBrowser(ctx, userID, HashToken(token))
	if err != nil || byUser {
		return "", err
	}
	if !byAnyone {
		token = NewToken()
	}
	return token, b.RememberBrowser(ctx, userID, HashToken(token), at)
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

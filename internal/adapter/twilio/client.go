package twilio

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/twilio/twilio-go/client"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/provider"
)

// How long Twilio may take. A caller's own deadline counts where it is earlier.
const (
	sendLimit   = 8 * time.Second // of one account
	allLimit    = 9 * time.Second // of all that are asked for one message
	listLimit   = 5 * time.Second
	lookupLimit = 3 * time.Second
)

// Accounts finds accounts.
type Accounts interface {
	// Find returns the account that is asked first for an institution.
	Find(ctx context.Context, institutionID string) (provider.Account, error)
	// ListSending returns the accounts that send for an institution, one at least, in the
	// order in which they are asked.
	ListSending(ctx context.Context, institutionID string) ([]provider.Account, error)
	// FindByID returns an account of any institution: NOT_FOUND if there is none.
	FindByID(ctx context.Context, providerID string) (provider.Account, error)
}

// Config is what a Client needs.
type Config struct {
	Accounts Accounts
	// BaseURL is where requests go instead of Twilio, scheme and host. The Host
	// header still names the host at Twilio. Nil is Twilio itself.
	BaseURL *url.URL
	// CallbackURL is the public URL of this installation, to which Twilio reports
	// what becomes of messages. Nil asks for no reports.
	CallbackURL *url.URL
	// Transport carries the requests; nil is NewTransport(), and another one for sends.
	Transport http.RoundTripper
	// Clock is for how long accounts are left alone; nil is the machine's.
	Clock clock.Clock
	// Log gets a line a request, at level debug; nil discards.
	Log *slog.Logger
}

// Client is Twilio to the domains. It is safe for concurrent use.
type Client struct {
	accounts Accounts
	base     *url.URL
	callback *url.URL
	// via carries what is read, and sends what is sent: a list that hangs takes no
	// connection from a code.
	via, sends http.RoundTripper
	clock      clock.Clock
	log        *slog.Logger
	// pause waits before a request is repeated; false if the context ended.
	pause func(ctx context.Context, d time.Duration) bool
	marks marks
	// guards are the accounts' that send.
	guards guards
	// movedOn counts the messages that left by another account than the first.
	movedOn [2]atomic.Int64
}

var (
	_ notification.Provider = (*Client)(nil)
	_ notification.Archive  = (*Client)(nil)
	_ device.Detector       = (*Client)(nil)
	_ provider.Prober       = (*Client)(nil)
)

// New makes a client.
func New(cfg Config) *Client {
	c := &Client{
		accounts: cfg.Accounts, base: cfg.BaseURL, callback: cfg.CallbackURL,
		via: cfg.Transport, sends: cfg.Transport, clock: cfg.Clock, log: cfg.Log, pause: pause,
	}
	if c.via == nil {
		c.via = NewTransport()
		// All accounts are at one host, so that a limit for it would let one that hangs
		// keep connections from the others: each has its own limit, atOnce.
		sends := NewTransport()
		sends.MaxConnsPerHost = 0
		c.sends = sends
	}
	if c.clock == nil {
		c.clock = clock.System{}
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c
}

// NewTransport makes the connections to Twilio: HTTP/1.1, kept for less time
// than Twilio's load balancers keep them, so that a send seldom meets one that
// is being closed; limited in number, so that a Twilio that hangs takes no more
// of this machine than its share.
func NewTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:    3 * time.Second,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    32,
		MaxConnsPerHost:        128,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// request is one use of twilio-go.
type request func(*client.RequestHandler) error

// ask makes one request on behalf of an account. what completes the sentence
// "the provider was asked to …".
func (c *Client) ask(ctx context.Context, a provider.Account, what string, use request) (answer, error) {
	return c.askBy(ctx, c.via, a, what, use)
}

func (c *Client) askBy(ctx context.Context, via http.RoundTripper, a provider.Account, what string, use request) (answer, error) {
	x := &exchange{ctx: ctx, via: via, base: c.base}
	started := time.Now()
	err := x.failure(what, use(x.handler(a)))
	c.log.DebugContext(ctx, "asked twilio", "to", what, "account", a.AccountSID, "status", x.answer.status,
		"code", x.answer.code, "requestId", x.answer.requestID, "took", time.Since(started))
	return x.answer, err
}

// credentials are those of the API key, if the account has one.
func credentials(a provider.Account) *client.Credentials {
	if a.APIKey.SID != "" {
		return client.NewCredentials(a.APIKey.SID, a.APIKey.Secret.Reveal())
	}
	return client.NewCredentials(a.AccountSID, a.Token.Reveal())
}

// handler sets twilio-go up for one request. It is made by hand, because
// twilio-go's constructor takes hosts from the environment.
func (x *exchange) handler(a provider.Account) *client.RequestHandler {
	made := &client.Client{
		Credentials: credentials(a),
		HTTPClient: &http.Client{
			Transport: x, // whose context is the timeout
			CheckRedirect: func(*http.Request, []*http.Request) error {
				return http.ErrUseLastResponse
			},
		},
	}
	made.SetAccountSid(a.AccountSID)
	return &client.RequestHandler{Client: made}
}

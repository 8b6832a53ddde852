// Package server is the HTTP surface around the GraphQL API.
//
//	request ── limits, headers, log, metrics ──┬── /graphql    client and actor from cookies ──> graph
//	                                           ├── /webhooks/  signed by Twilio
//	                                           ├── /not-you/   the page behind the link of a notice
//	                                           ├── /admin/     the staff's client, built in
//	                                           ├── /banking/   the customers' client, built in
//	                                           ├── /graphiql   outside production
//	                                           └── /healthz, /readyz
//
// Who a request comes from is decided here and nowhere else: the address behind
// trusted proxies, the client by header or cookie, the actor by session token.
package server

import (
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Config is what a server is made of.
type Config struct {
	GraphQL  http.Handler
	Webhooks http.Handler
	// NotYou does what the page behind the link of a notice is for.
	NotYou Freezer
	// GraphiQL holds the bundled explorer; nil where there is none.
	GraphiQL fs.FS
	// Admin and Banking hold the built clients of staff and of customers; nil where they were not built.
	Admin, Banking fs.FS
	Sessions       Sessions
	Health         Health
	// Draining reports whether the process is about to end; nil where nobody asks it to.
	Draining func() bool
	// Secure marks the cookies Secure and __Host-, outside development.
	Secure bool
	// AdminHost and BankingHost, if set, are the only hosts at which the staff and
	// the customer cookie are good. Where they are set, requests to any other host but
	// PublicHost, where Twilio calls back, are refused.
	AdminHost, BankingHost, PublicHost string
	// Origins are further origins that browsers may post from, such as the
	// addresses of the clients.
	Origins []string
	// Proxies are whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	Log     *slog.Logger
	Metrics *Metrics

	// ignored is for the first X-Forwarded-For where nobody's is believed.
	ignored *sync.Once
}

// Health tells whether requests can be served.
type Health interface {
	// Ready returns an error where they can't.
	Ready(ctx context.Context) error
	// TroubleOf returns a word for such an error, if there is one.
	TroubleOf(err error) string
	// Alive returns an error where only another process can help.
	Alive(ctx context.Context) error
}

// Sessions finds out who is calling.
type Sessions interface {
	Resolve(ctx context.Context, token string, kind auth.Kind) (auth.Actor, error)
}

// requestTimeout bounds everything that one request may take.
const requestTimeout = 10 * time.Second

// New makes the public handler.
func New(c Config) (http.Handler, error) {
	csrf := http.NewCrossOriginProtection()
	for _, origin := range c.Origins {
		if err := csrf.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	csrf.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeError(w, http.StatusForbidden, "This request comes from another site.", coded(fault.Forbidden))
	}))
	c.ignored = new(sync.Once)
	if len(c.Proxies) == 0 && c.Secure {
		c.Log.Warn(withoutProxies)
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", csrf.Handler(c.identify(c.GraphQL)))
	mux.Handle("POST /webhooks/twilio/", c.Webhooks)
	mux.Handle("GET /not-you/{token}", c.only(c.BankingHost, http.HandlerFunc(c.askNotYou)))
	mux.Handle("POST /not-you/{token}", c.only(c.BankingHost, http.HandlerFunc(c.actNotYou)))
	mux.HandleFunc("GET /healthz", c.healthy)
	mux.HandleFunc("GET /readyz", c.ready)
	if c.GraphiQL != nil {
		mux.Handle("GET /graphiql/", http.StripPrefix("/graphiql/", page(c.GraphiQL)))
		mux.Handle("GET /graphiql", http.RedirectHandler("/graphiql/", http.StatusMovedPermanently))
	}
	mux.HandleFunc("GET /{$}", c.home)
	if c.Admin != nil {
		mux.Handle("GET /admin/", c.only(c.AdminHost, client("/admin/", c.Admin)))
		mux.Handle("GET /admin", http.RedirectHandler("/admin/", http.StatusMovedPermanently))
	}
	if c.Banking != nil {
		mux.Handle("GET /banking/", c.only(c.BankingHost, client("/banking/", c.Banking)))
		mux.Handle("GET /banking", http.RedirectHandler("/banking/", http.StatusMovedPermanently))
	}
	return c.observe(harden(c.Secure, bounded(c.atOurs(mux)))), nil
}

// home leads to the client of the host; where hosts are not told apart, to that for
// customers, who are more and know no path.
func (c Config) home(w http.ResponseWriter, r *http.Request) {
	to := "/banking/"
	if c.AdminHost != "" && strings.EqualFold(r.Host, c.AdminHost) {
		to = "/admin/"
	}
	http.Redirect(w, r, to, http.StatusFound)
}

// atOurs refuses requests to hosts that are not the desk's, where hosts are told
// apart: a foreign name that leads here makes links and cookies of its own. Whoever
// asks for health goes by an address.
func (c Config) atOurs(next http.Handler) http.Handler {
	if c.AdminHost == "" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.ours(r) {
			writeText(w, http.StatusMisdirectedRequest, "Nothing is served under this name.\n")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (c *Config) ours(r *http.Request) bool {
	health := r.URL.Path == "/healthz" || r.URL.Path == "/readyz"
	return health || slices.Contains([]string{c.AdminHost, c.BankingHost, c.PublicHost}, strings.ToLower(r.Host))
}

// healthTimeout bounds what is asked of the database for an answer about health.
const healthTimeout = 2 * time.Second

// healthy says whether the process should go on.
func (c Config) healthy(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
	defer cancel()
	if err := c.Health.Alive(ctx); err != nil {
		c.Log.ErrorContext(ctx, "not healthy", "error", err)
		writeText(w, http.StatusServiceUnavailable, "stuck\n")
		return
	}
	writeText(w, http.StatusOK, "ok\n")
}

// ready says whether requests should be sent here, and if not, why.
func (c Config) ready(w http.ResponseWriter, r *http.Request) {
	if c.Draining != nil && c.Draining() {
		writeText(w, http.StatusServiceUnavailable, "not ready: draining\n")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
	defer cancel()
	if err := c.Health.Ready(ctx); err != nil {
		said := "not ready"
		if trouble := c.Health.TroubleOf(err); trouble != "" {
			said += ": " + trouble
		}
		c.Log.WarnContext(ctx, said, "error", err)
		writeText(w, http.StatusServiceUnavailable, said+"\n")
		return
	}
	writeText(w, http.StatusOK, "ready\n")
}

// page serves a built page whose assets carry their hash in their names.
func page(files fs.FS) http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy",
			"default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		w.Header().Set("Cache-Control", "no-cache")
		server.ServeHTTP(w, r)
	})
}

// bounded sets the deadline of every request. A stream goes on once it has begun.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(graph.WithConnection(ctx, r.Context())))
	})
}

// harden sets the headers that every answer has.
func harden(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

func writeText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

func coded(c fault.Code) map[string]any { return map[string]any{"code": c} }

// writeError answers in GraphQL's form.
func writeError(w http.ResponseWriter, status int, message string, extensions map[string]any) {
	type shown struct {
		Message    string         `json:"message"`
		Extensions map[string]any `json:"extensions"`
	}
	body, _ := json.Marshal(map[string][]shown{"errors": {{message, extensions}}}) // strings and numbers always marshal
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

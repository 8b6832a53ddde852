package server

import (
	"context"
	"crypto/rand"
	"errors"
	"math"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// clientHeader is how a client says which of the two cookies it means.
const clientHeader = "Factordesk-Client"

// identify puts client, actor and cookies into the context of a request.
func (c Config) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if identified := c.identified(w, r); identified != nil {
			next.ServeHTTP(w, identified)
		}
	})
}

// identified returns a request with what identify puts into it, nil once it is answered.
// It leaves nothing on the stack of a request that lasts.
func (c *Config) identified(w http.ResponseWriter, r *http.Request) *http.Request {
	jar := jar{w: w, secure: c.Secure}
	kind, ok := c.clientKind(r)
	if !ok {
		writeError(w, http.StatusBadRequest, "The header Factordesk-Client is admin or banking, and fits the host.", coded(fault.InvalidInput))
		return nil
	}
	userAgent := strings.ToValidUTF8(strings.ReplaceAll(r.UserAgent(), "\x00", ""), "")
	for len(userAgent) > 300 {
		_, size := utf8.DecodeLastRuneInString(userAgent)
		userAgent = userAgent[:len(userAgent)-size]
	}
	ctx := auth.WithClient(r.Context(), auth.Client{
		Kind: kind, Address: c.address(r), UserAgent: userAgent, Browser: jar.read(r, browserCookie),
		AcceptLanguage: r.Header.Get("Accept-Language"),
	})
	ctx = graph.WithCookies(auth.WithNobody(ctx), jar)
	actor, err := c.actor(r, jar, kind)
	switch {
	case err == nil && actor != nil:
		auth.Become(ctx, actor)
	case err != nil && fault.CodeOf(err) != fault.Unauthenticated:
		c.unread(ctx, w, err)
		return nil
	}
	return r.WithContext(ctx)
}

// unread answers where the session could not be read.
func (c Config) unread(ctx context.Context, w http.ResponseWriter, err error) {
	var f *fault.Error
	switch code := fault.CodeOf(err); {
	case code == fault.Unavailable && errors.As(err, &f):
		wait := int(math.Ceil(f.RetryAfter.Seconds()))
		c.Log.WarnContext(ctx, "the session could not be read", "code", code, "error", err)
		w.Header().Set("Retry-After", strconv.Itoa(wait))
		writeError(w, http.StatusServiceUnavailable, f.Message, map[string]any{"code": code, "retryAfterSeconds": wait})
	case code == fault.Timeout:
		c.Log.WarnContext(ctx, "the session could not be read", "code", code, "error", err)
		writeError(w, http.StatusServiceUnavailable, "This took too long. Try again.", coded(code))
	default:
		id := rand.Text()
		c.Log.ErrorContext(ctx, "the session could not be read", "id", id, "error", err)
		writeError(w, http.StatusServiceUnavailable, "Something went wrong on our side. Support can find it by this id: "+id,
			map[string]any{"code": fault.Internal, "id": id})
	}
}

// clientKind returns the kind of user that the client says it serves; empty if it
// does not say. The host binds it where hosts are told apart: ok is false if the
// client says otherwise.
func (c Config) clientKind(r *http.Request) (kind auth.Kind, ok bool) {
	switch r.Header.Get(clientHeader) {
	case "":
	case "admin":
		kind = auth.Staff
	case "banking":
		kind = auth.Customer
	default:
		return "", false
	}
	switch r.Host {
	case "":
	case c.AdminHost:
		return auth.Staff, kind != auth.Customer
	case c.BankingHost:
		return auth.Customer, kind != auth.Staff
	}
	return kind, true
}

// actor returns who is calling: by the cookie of the client's kind, or by the only
// one there is. Both and no word of which: nobody.
func (c Config) actor(r *http.Request, jar jar, kind auth.Kind) (*auth.Actor, error) {
	staff, customer := jar.read(r, staffCookie), jar.read(r, customerCookie)
	if c.AdminHost != "" && r.Host != c.AdminHost {
		staff = ""
	}
	if c.BankingHost != "" && r.Host != c.BankingHost {
		customer = ""
	}
	switch {
	case kind == auth.Staff:
		customer = ""
	case kind == auth.Customer:
		staff = ""
	case staff != "" && customer != "":
		return nil, nil
	}
	token, of := staff, auth.Staff
	if staff == "" {
		token, of = customer, auth.Customer
	}
	if token == "" {
		return nil, nil
	}
	actor, err := c.Sessions.Resolve(r.Context(), token, of)
	if err != nil {
		return nil, err
	}
	return &actor, nil
}

// address returns the caller's address: the last one in X-Forwarded-For that no
// trusted proxy wrote of itself, and the connection's own otherwise, or where the
// header can't be read up to there.
func (c Config) address(r *http.Request) string {
	peer, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		peer = r.RemoteAddr
	}
	if addr, err := netip.ParseAddr(peer); err == nil {
		peer = addr.Unmap().String()
	}
	forwarded := r.Header.Values("X-Forwarded-For")
	if forwarded == nil {
		return peer
	}
	if len(c.Proxies) == 0 && c.Secure {
		c.ignored.Do(func() {
			c.Log.WarnContext(r.Context(), withoutProxies+": X-Forwarded-For came and was ignored", "from", peer)
		})
	}
	host, hops := peer, strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0 && c.trusted(host); i-- {
		addr, ok := hop(strings.TrimSpace(hops[i]))
		if !ok {
			return peer
		}
		host = addr.String()
	}
	return host
}

// withoutProxies is said at the start and once more when it is seen to matter.
const withoutProxies = "FACTORDESK_TRUSTED_PROXIES is not set, so behind a proxy everybody has the proxy's address: " +
	"the audit record names it, and a few wrong passwords lock everyone out who has not signed in before"

// hop reads an address as proxies write them: with a port or without, of IPv6 in
// brackets or not.
func hop(s string) (netip.Addr, bool) {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap().WithZone(""), true
	}
	if inside, ok := strings.CutPrefix(s, "["); ok {
		if s, ok = strings.CutSuffix(inside, "]"); !ok || !strings.Contains(s, ":") {
			return netip.Addr{}, false
		}
	}
	addr, err := netip.ParseAddr(s)
	return addr.Unmap().WithZone(""), err == nil
}

func (c Config) trusted(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range c.Proxies {
		if p.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}

// The cookies. Outside development their names begin with __Host-, which makes
// browsers insist on Secure, this host and the whole path.
const (
	staffCookie    = "fd_staff"
	customerCookie = "fd_customer"
	browserCookie  = "fd_browser"
)

// jar reads and sets the cookies of one exchange.
type jar struct {
	w      http.ResponseWriter
	secure bool
}

func (j jar) name(cookie string) string {
	if j.secure {
		return "__Host-" + cookie
	}
	return cookie
}

func (j jar) read(r *http.Request, cookie string) string {
	found, err := r.Cookie(j.name(cookie))
	if err != nil || len(found.Value) > 100 {
		return ""
	}
	return found.Value
}

func (j jar) set(cookie, value string, maxAge int) {
	http.SetCookie(j.w, &http.Cookie{ //nolint:gosec // Secure everywhere but in development, which has no TLS
		Name: j.name(cookie), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: j.secure, SameSite: http.SameSiteLaxMode,
	})
}

func cookieOf(kind auth.Kind) string {
	if kind == auth.Staff {
		return staffCookie
	}
	return customerCookie
}

// SignedIn implements graph.Cookies.
func (j jar) SignedIn(kind auth.Kind, token string) {
	j.set(cookieOf(kind), token, int(auth.AbsoluteTimeout.Seconds()))
}

// SignedOut implements graph.Cookies.
// The browser forgets what it cached, too; not its cookies and what the pages stored,
// which say that it is known, and in which language.
func (j jar) SignedOut(kind auth.Kind) {
	j.set(cookieOf(kind), "", -1)
	j.w.Header().Set("Clear-Site-Data", `"cache"`)
}

// Remember implements graph.Cookies.
func (j jar) Remember(token string) { j.set(browserCookie, token, 365*24*60*60) }

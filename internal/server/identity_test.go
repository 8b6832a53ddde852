package server_test

import (
	"bytes"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/server"
)

const (
	staffCookie    = "fd_staff=staff-token"
	customerCookie = "fd_customer=customer-token"
	bothCookies    = staffCookie + "; " + customerCookie
)

func TestIdentity_HeaderAndCookiesTellWhoCalls(t *testing.T) {
	s := newSurface(t, nil)
	for _, tt := range []struct{ name, cookies, client, who string }{
		{"no cookie", "", "", ""},
		{"no cookie, and a header", "", "admin", ""},
		{"the staff cookie", staffCookie, "", "usr_staff"},
		{"the customer cookie", customerCookie, "", "usr_customer"},
		{"both, and no word of which", bothCookies, "", ""},
		{"both, for the dashboard", bothCookies, "admin", "usr_staff"},
		{"both, for the banking client", bothCookies, "banking", "usr_customer"},
		{"the staff cookie, for the banking client", staffCookie, "banking", ""},
		{"the customer cookie, for the dashboard", customerCookie, "admin", ""},
		{"a token of the other kind", "fd_staff=customer-token", "", ""},
		{"a session that has ended", "fd_staff=ended", "", ""},
		{"a cookie too long to be one", "fd_staff=" + strings.Repeat("x", 101), "", ""},
		{"a name that only production uses", "__Host-fd_staff=staff-token", "", ""},
	} {
		headers := []string{"Cookie", tt.cookies}
		if tt.client != "" {
			headers = append(headers, "Factordesk-Client", tt.client)
		}
		w := s.send("POST", "/graphql", headers...)
		if !s.called || w.Code != 200 || s.actor.UserID != tt.who {
			t.Errorf("%s: %d, as %q", tt.name, w.Code, s.actor.UserID)
		}
		if want := map[string]auth.Kind{"admin": auth.Staff, "banking": auth.Customer}[tt.client]; s.client.Kind != want {
			t.Errorf("%s: serves %q", tt.name, s.client.Kind)
		}
	}
}

func TestIdentity_AnUnknownClientIsRefused(t *testing.T) {
	s := newSurface(t, nil)
	for _, value := range []string{"staff", "ADMIN", "admin,banking", "x"} {
		w := s.send("POST", "/graphql", "Cookie", staffCookie, "Factordesk-Client", value)
		if s.called || w.Code != 400 || !strings.Contains(w.Body.String(), `"INVALID_INPUT"`) || strings.Contains(w.Body.String(), `"data"`) {
			t.Errorf("%q: %d %s", value, w.Code, w.Body)
		}
	}
}

func TestIdentity_ASessionThatCannotBeReadIsOurFault(t *testing.T) {
	s := newSurface(t, nil)
	w := s.send("POST", "/graphql", "Cookie", "fd_staff=unreadable")
	if s.called || w.Code != 503 || !strings.Contains(w.Body.String(), `"INTERNAL"`) || strings.Contains(w.Body.String(), "fire") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	_, id, _ := strings.Cut(w.Body.String(), `"id":"`)
	id, _, _ = strings.Cut(id, `"`)
	if len(id) != 26 || !strings.Contains(s.log.String(), "id="+id) || !strings.Contains(s.log.String(), "on fire") {
		t.Errorf("the log does not find %q: %s", id, &s.log)
	}
	if strings.Contains(s.log.String(), "unreadable") {
		t.Errorf("the log has the token: %s", &s.log)
	}
}

func TestIdentity_ADatabaseInTroubleHasItsCode(t *testing.T) {
	for token, want := range map[string][2]string{
		"unavailable": {"5", `{"errors":[{"message":"Our database is busy.","extensions":{"code":"UNAVAILABLE","retryAfterSeconds":5}}]}`},
		"late":        {"", `{"errors":[{"message":"This took too long. Try again.","extensions":{"code":"TIMEOUT"}}]}`},
	} {
		s := newSurface(t, nil)
		w := s.send("POST", "/graphql", "Cookie", "fd_staff="+token)
		if s.called || w.Code != 503 || w.Body.String() != want[1] || w.Header().Get("Retry-After") != want[0] {
			t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
		}
	}
}

// Where hosts are told apart, each cookie is good at its own.
func TestIdentity_HostsBindCookies(t *testing.T) {
	s := newSurface(t, func(c *server.Config) {
		c.Secure, c.AdminHost, c.BankingHost, c.PublicHost = true, "admin.bank.example", "online.bank.example", "hooks.bank.example"
	})
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/admin/": 421, "/not-you/x": 421} {
		if w := s.send("GET", path, "Host", "10.0.0.7"); w.Code != want {
			t.Errorf("%s by an address: %d, want %d", path, w.Code, want)
		}
	}
	const both = "__Host-fd_staff=staff-token; __Host-fd_customer=customer-token"
	for _, tt := range []struct {
		name, host, client, who string
		status                  int
		serves                  auth.Kind
	}{
		{"the dashboard's host", "admin.bank.example", "", "usr_staff", 200, auth.Staff},
		{"the dashboard's host, and says so", "admin.bank.example", "admin", "usr_staff", 200, auth.Staff},
		{"the banking host", "online.bank.example", "", "usr_customer", 200, auth.Customer},
		{"the banking host, and says so", "online.bank.example", "banking", "usr_customer", 200, auth.Customer},
		{"the banking host, for the dashboard", "online.bank.example", "admin", "", 400, ""},
		{"the dashboard's host, for the banking client", "admin.bank.example", "banking", "", 400, ""},
		{"the host that Twilio calls", "hooks.bank.example", "", "", 200, ""},
		{"the host that Twilio calls, for the dashboard", "hooks.bank.example", "admin", "", 200, auth.Staff},
		{"the dashboard's host in capitals", "ADMIN.bank.example", "", "", 200, ""},
		{"another port", "admin.bank.example:8443", "", "", 421, ""},
		{"a foreign host", "evil.example", "", "", 421, ""},
		{"no host", "127.0.0.1:8080", "", "", 421, ""},
	} {
		s.actor, s.client = auth.Actor{}, auth.Client{}
		headers := []string{"Host", tt.host, "Cookie", both}
		if tt.client != "" {
			headers = append(headers, "Factordesk-Client", tt.client)
		}
		w := s.send("POST", "/graphql", headers...)
		if w.Code != tt.status || s.actor.UserID != tt.who || s.client.Kind != tt.serves {
			t.Errorf("%s: %d, as %q, serves %q", tt.name, w.Code, s.actor.UserID, s.client.Kind)
		}
	}
}

func TestIdentity_SecureNamesAreTheOnlyOnesOutsideDevelopment(t *testing.T) {
	s := newSurface(t, func(c *server.Config) { c.Secure = true })
	if s.send("POST", "/graphql", "Cookie", staffCookie); s.actor.UserID != "" {
		t.Error("a cookie that any host beside could have set counts")
	}
	if s.send("POST", "/graphql", "Cookie", "__Host-"+staffCookie); s.actor.UserID != "usr_staff" {
		t.Error("the cookie does not count")
	}
}

func TestIdentity_AddressBehindTrustedProxies(t *testing.T) {
	s := newSurface(t, func(c *server.Config) {
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:1::/48")}
	})
	for _, tt := range []struct {
		name, peer, forwarded, want string
	}{
		{"no proxy", "203.0.113.7:4242", "", "203.0.113.7"},
		{"a stranger who claims one", "203.0.113.7:4242", "198.51.100.1", "203.0.113.7"},
		{"one proxy", "10.0.0.1:4242", "198.51.100.1", "198.51.100.1"},
		{"one proxy and a forged hop before", "10.0.0.1:4242", "192.0.2.66, 198.51.100.1", "198.51.100.1"},
		{"two proxies", "10.0.0.1:4242", "198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"two proxies and a forged hop before", "10.0.0.1:4242", "192.0.2.66, 198.51.100.1,10.9.9.9", "198.51.100.1"},
		{"nothing but proxies", "10.0.0.1:4242", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
		{"a proxy that says nothing", "10.0.0.1:4242", "", "10.0.0.1"},
		{"a proxy that says nonsense", "10.0.0.1:4242", "198.51.100.1, unknown", "10.0.0.1"},
		{"a hop with a port", "10.0.0.1:4242", "203.0.113.7:4711", "203.0.113.7"},
		{"a hop of IPv6 with a port", "10.0.0.1:4242", "[2001:db8::1]:443", "2001:db8::1"},
		{"a hop of IPv6 in brackets", "10.0.0.1:4242", "[2001:db8::1]", "2001:db8::1"},
		{"a hop of IPv6 with a zone", "10.0.0.1:4242", "2001:db8::1%x", "2001:db8::1"},
		{"two proxies with ports", "10.0.0.1:4242", "192.0.2.66, 198.51.100.1:1 ,\t10.0.0.2:65535", "198.51.100.1"},
		{"nonsense before a proxy", "10.0.0.1:4242", "198.51.100.1, unknown, 10.0.0.2", "10.0.0.1"},
		{"an empty hop", "10.0.0.1:4242", "198.51.100.1,", "10.0.0.1"},
		{"a hop that is hidden", "10.0.0.1:4242", "198.51.100.1, _hidden", "10.0.0.1"},
		{"a hop as in Forwarded", "10.0.0.1:4242", "for=198.51.100.1", "10.0.0.1"},
		{"a hop in quotes", "10.0.0.1:4242", `"[2001:db8::1]:443"`, "10.0.0.1"},
		{"a hop with a port too high", "10.0.0.1:4242", "198.51.100.1:65536", "10.0.0.1"},
		{"a hop with a port and nothing in it", "10.0.0.1:4242", "198.51.100.1:", "10.0.0.1"},
		{"IPv4 in brackets", "10.0.0.1:4242", "[198.51.100.1]", "10.0.0.1"},
		{"a bracket too few", "10.0.0.1:4242", "[2001:db8::1", "10.0.0.1"},
		{"IPv6", "[2001:db8:1::1]:4242", "2001:db8:2::7", "2001:db8:2::7"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:4242", "::ffff:198.51.100.1", "198.51.100.1"},
		{"IPv4 in IPv6 without a proxy", "[::ffff:203.0.113.7]:4242", "", "203.0.113.7"},
		{"an address in full", "10.0.0.1:4242", "2001:DB8:2:0:0:0:0:7", "2001:db8:2::7"},
	} {
		headers := []string{"From", tt.peer}
		if tt.forwarded != "" {
			headers = append(headers, "X-Forwarded-For", tt.forwarded)
		}
		if s.send("POST", "/graphql", headers...); s.client.Address != tt.want {
			t.Errorf("%s: %q, not %q", tt.name, s.client.Address, tt.want)
		}
	}
	// Each proxy may add a header of its own.
	s.send("POST", "/graphql", "From", "10.0.0.1:1", "X-Forwarded-For", "192.0.2.66, 198.51.100.1", "X-Forwarded-For", "10.0.0.2")
	if s.client.Address != "198.51.100.1" {
		t.Errorf("two headers: %q", s.client.Address)
	}
}

// Where nobody says whose header to believe, the log says so at the start, and once
// when it matters, without what the header says.
func TestIdentity_MissingProxiesAreSaidLoudly(t *testing.T) {
	for _, tt := range []struct {
		name    string
		change  func(c *server.Config)
		started int
		ignored int
	}{
		{"in production", func(c *server.Config) { c.Secure = true }, 1, 1},
		{"in production behind a proxy", func(c *server.Config) {
			c.Secure, c.Proxies = true, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
		}, 0, 0},
		{"in development", func(*server.Config) {}, 0, 0},
	} {
		var log bytes.Buffer
		s := newSurface(t, func(c *server.Config) {
			tt.change(c)
			c.Log = slog.New(slog.NewTextHandler(&log, nil))
		})
		warned := func() int {
			return strings.Count(log.String(), "level=WARN msg=\"FACTORDESK_TRUSTED_PROXIES is not set")
		}
		s.send("POST", "/graphql", "From", "203.0.113.7:1")
		if warned() != tt.started {
			t.Errorf("%s, at the start: %s", tt.name, &log)
		}
		for range 3 {
			s.send("POST", "/graphql", "From", "203.0.113.7:1", "X-Forwarded-For", "198.51.100.1")
		}
		if warned() != tt.started+tt.ignored || strings.Contains(log.String(), "198.51.100.1") {
			t.Errorf("%s, at the header: %s", tt.name, &log)
		}
		if s.client.Address != "203.0.113.7" {
			t.Errorf("%s: believed: %s", tt.name, s.client.Address)
		}
	}
}

func TestIdentity_UserAgentsFitTheDatabase(t *testing.T) {
	s := newSurface(t, nil)
	for _, sent := range []string{strings.Repeat("é", 500), "a\x00b", "\xff\xfeBrowser", strings.Repeat("\xff", 1000)} {
		s.send("POST", "/graphql", "User-Agent", sent)
		if got := s.client.UserAgent; len(got) > 300 || !utf8.ValidString(got) || strings.ContainsRune(got, 0) {
			t.Errorf("%q", got)
		}
	}
}

func TestCSRF(t *testing.T) {
	s := newSurface(t, func(c *server.Config) { c.Origins = []string{"https://admin.bank.example"} })
	for _, tt := range []struct {
		name    string
		headers []string
		passes  bool
	}{
		{"no browser", nil, true},
		{"the same origin", []string{"Sec-Fetch-Site", "same-origin", "Origin", "https://desk.example"}, true},
		{"the same origin, in an older browser", []string{"Origin", "https://desk.example"}, true},
		{"a client's origin", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://admin.bank.example"}, true},
		{"typed by the user", []string{"Sec-Fetch-Site", "none"}, true},
		{"another site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, false},
		{"another site, in an older browser", []string{"Origin", "https://evil.example"}, false},
		{"a host beside", []string{"Sec-Fetch-Site", "same-site", "Origin", "https://blog.bank.example"}, false},
		{"a page without an origin", []string{"Origin", "null"}, false},
		{"a client's origin without its lock", []string{"Origin", "http://admin.bank.example"}, false},
	} {
		w := s.send("POST", "/graphql", append([]string{"Host", "desk.example", "Cookie", staffCookie}, tt.headers...)...)
		if s.called != tt.passes {
			t.Errorf("%s: %d %s", tt.name, w.Code, w.Body)
		}
		if !tt.passes && (w.Code != 403 || !strings.Contains(w.Body.String(), `"FORBIDDEN"`)) {
			t.Errorf("%s: %d %s", tt.name, w.Code, w.Body)
		}
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", tt.name, w.Header())
		}
	}
	if w := s.send("POST", "/webhooks/twilio/x/messages", "Origin", "https://evil.example"); w.Code != 204 {
		t.Errorf("webhooks are signed, not asked where they come from: %d", w.Code)
	}
}

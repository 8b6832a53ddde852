package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/server"
)

// surface is a server around an API that only remembers who called.
type surface struct {
	http.Handler
	metrics *server.Metrics
	log     bytes.Buffer
	// called, client and actor are what the API saw last.
	called bool
	client auth.Client
	actor  auth.Actor
	// left is how long the last request had.
	left time.Duration
}

// sessions knows one session of each kind, and one that can't be read.
type sessions struct{}

func (sessions) Resolve(_ context.Context, token string, kind auth.Kind) (auth.Actor, error) {
	switch {
	case token == "staff-token" && kind == auth.Staff:
		return auth.Actor{UserID: "usr_staff", Kind: auth.Staff}, nil
	case token == "customer-token" && kind == auth.Customer:
		return auth.Actor{UserID: "usr_customer", Kind: auth.Customer}, nil
	case token == "unreadable":
		return auth.Actor{}, errors.New("the database is on fire")
	case token == "unavailable":
		return auth.Actor{}, &fault.Error{Code: fault.Unavailable, Message: "Our database is busy.", RetryAfter: 4200 * time.Millisecond, Cause: errors.New("fire")}
	case token == "late":
		return auth.Actor{}, context.DeadlineExceeded
	}
	return auth.Actor{}, fault.Errorf(fault.Unauthenticated, "This session has ended. Sign in again.")
}

// health is what a test says it is.
type health struct {
	broken, stuck error
	trouble       string
}

func (h *health) Ready(context.Context) error { return h.broken }
func (h *health) Alive(context.Context) error { return h.stuck }
func (h *health) TroubleOf(error) string      { return h.trouble }

func newSurface(t *testing.T, change func(c *server.Config)) *surface {
	t.Helper()
	s := &surface{metrics: server.NewMetrics()}
	c := server.Config{
		GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.called, s.client = true, auth.ClientFrom(r.Context())
			s.actor, _ = auth.FromContext(r.Context())
			deadline, _ := r.Context().Deadline()
			s.left = time.Until(deadline)
			_, _ = io.WriteString(w, `{"data":{}}`)
		}),
		Webhooks: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }),
		Sessions: sessions{}, Health: &health{},
		Log: slog.New(slog.NewTextHandler(&s.log, nil)), Metrics: s.metrics,
	}
	if change != nil {
		change(&c)
	}
	var err error
	if s.Handler, err = server.New(c); err != nil {
		t.Fatal(err)
	}
	return s
}

// send makes a request with headers, given as name and value in turn.
func (s *surface) send(method, target string, headers ...string) *httptest.ResponseRecorder {
	s.called, s.client, s.actor = false, auth.Client{}, auth.Actor{}
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "From":
			r.RemoteAddr = headers[i+1]
		default:
			r.Header.Add(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestNew_EveryAnswerIsHardened(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := newSurface(t, func(c *server.Config) { c.Secure = secure })
		for _, target := range []string{"/graphql", "/healthz", "/readyz", "/nowhere"} {
			h := s.send("GET", target).Header()
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
				"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
			} {
				if h.Get(name) != want {
					t.Errorf("%s: %s is %q", target, name, h.Get(name))
				}
			}
			if (h.Get("Strict-Transport-Security") != "") != secure {
				t.Errorf("%s: Strict-Transport-Security is %q", target, h.Get("Strict-Transport-Security"))
			}
		}
	}
}

func TestNew_ARequestHasTenSeconds(t *testing.T) {
	s := newSurface(t, nil)
	s.send("POST", "/graphql")
	if s.left < 9*time.Second || s.left > 10*time.Second {
		t.Errorf("%v", s.left)
	}
}

func TestHealth(t *testing.T) {
	var h health
	draining := false
	s := newSurface(t, func(c *server.Config) { c.Health, c.Draining = &h, func() bool { return draining } })
	for _, target := range []string{"/healthz", "/readyz"} {
		if w := s.send("GET", target); w.Code != 200 || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", target, w.Code, w.Header())
		}
		if w := s.send("POST", target); w.Code != 405 {
			t.Errorf("POST %s: %d", target, w.Code)
		}
	}
	h.broken, h.trouble = errors.New("no route to postgres://db.internal"), "refused"
	if w := s.send("GET", "/healthz"); w.Code != 200 {
		t.Errorf("a process whose database is gone lives: %d", w.Code)
	}
	w := s.send("GET", "/readyz")
	if w.Code != 503 || w.Body.String() != "not ready: refused\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	h.broken, h.trouble = errors.New("no such table"), ""
	if w := s.send("GET", "/readyz"); w.Code != 503 || w.Body.String() != "not ready\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	h.broken, draining = nil, true
	if w := s.send("GET", "/readyz"); w.Code != 503 || w.Body.String() != "not ready: draining\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if w := s.send("GET", "/healthz"); w.Code != 200 {
		t.Errorf("a process that drains lives: %d", w.Code)
	}
	h.stuck = errors.New("the pool is broken")
	if w := s.send("GET", "/healthz"); w.Code != 503 || w.Body.String() != "stuck\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if !strings.Contains(s.log.String(), "db.internal") {
		t.Errorf("the log says nothing of the reason: %s", &s.log)
	}
}

func TestHome_LeadsToTheClientOfItsHost(t *testing.T) {
	s := newSurface(t, func(c *server.Config) {
		c.AdminHost, c.BankingHost, c.PublicHost = "desk.bank.example", "my.bank.example", "hooks.bank.example"
	})
	for target, want := range map[string]string{
		"http://desk.bank.example/": "/admin/", "http://DESK.bank.example/": "/admin/", "http://my.bank.example/": "/banking/", "http://hooks.bank.example/": "/banking/",
	} {
		if w := s.send("GET", target); w.Code != 302 || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q", target, w.Code, w.Header().Get("Location"))
		}
	}
	if w := s.send("GET", "http://my.bank.example/nothing"); w.Code != 404 {
		t.Errorf("what is not there: %d", w.Code)
	}
	if w := newSurface(t, func(*server.Config) {}).send("GET", "/"); w.Code != 302 || w.Header().Get("Location") != "/banking/" {
		t.Errorf("where hosts are not told apart: %d to %q", w.Code, w.Header().Get("Location"))
	}
}

func TestGraphiQL(t *testing.T) {
	s := newSurface(t, func(c *server.Config) {
		c.GraphiQL = fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "assets/app-1a2b.js": {Data: []byte("start()")}}
	})
	w := s.send("GET", "/graphiql/")
	csp := w.Header().Get("Content-Security-Policy")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "doctype") || !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "unsafe-eval") {
		t.Errorf("%d %q %q", w.Code, csp, w.Body)
	}
	if w := s.send("GET", "/graphiql/assets/app-1a2b.js"); w.Code != 200 || !strings.Contains(w.Header().Get("Content-Type"), "javascript") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := s.send("GET", "/graphiql"); w.Code != 301 || w.Header().Get("Location") != "/graphiql/" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	without := newSurface(t, nil)
	for _, target := range []string{"/graphiql", "/graphiql/", "/graphiql/index.html"} {
		if w := without.send("GET", target); w.Code != 404 {
			t.Errorf("%s where there is none: %d", target, w.Code)
		}
	}
}

func TestMetrics_CountByRouteAndKnowNoPaths(t *testing.T) {
	s := newSurface(t, nil)
	s.send("POST", "/graphql", "Cookie", "fd_staff=staff-token")
	s.send("POST", "/graphql", "Factordesk-Client", "neither")
	s.send("POST", "/webhooks/twilio/prv_0123/messages?attempt=msg_4567")
	s.send("GET", "/users/cleo@customer.example?token=s3cret")
	s.send("GET", "/graphiql/x")
	s.send("GET", "/healthz")

	w := httptest.NewRecorder()
	s.metrics.Ops().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))

	for _, want := range []string{
		`factordesk_http_requests_total{route="/graphql",status="200"} 1`, `factordesk_http_requests_total{route="/graphql",status="400"} 1`,
		`factordesk_http_requests_total{route="/webhooks/",status="204"} 1`, `factordesk_http_requests_total{route="other",status="404"} 1`,
		`factordesk_http_requests_total{route="/graphiql",status="404"} 1`, `factordesk_http_requests_total{route="/healthz",status="200"} 1`,
		`factordesk_http_request_duration_seconds_count{route="/graphql"} 2`, `factordesk_http_requests_in_flight 0`, "go_goroutines",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	told := regexp.MustCompile(`cleo|s3cret|prv_0123|msg_4567|/users|staff-token`)
	if found := told.FindString(w.Body.String()); found != "" {
		t.Errorf("the metrics tell %s", found)
	}
	if found := told.FindString(s.log.String()); found != "" {
		t.Errorf("the log tells %s", found)
	}
	if !strings.Contains(s.log.String(), "route=/graphql method=POST status=400") {
		t.Errorf("the log has no line for a request: %s", &s.log)
	}
}

func TestOps_ServesProfilesAndTheDeskDoesNot(t *testing.T) {
	s := newSurface(t, nil)
	for _, target := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/cmdline"} {
		w := httptest.NewRecorder()
		s.metrics.Ops().ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		if w.Code != 200 {
			t.Errorf("ops, %s: %d", target, w.Code)
		}
		if w := s.send("GET", target); w.Code != 404 {
			t.Errorf("public, %s: %d", target, w.Code)
		}
	}
}

func TestNew_RefusesOriginsThatAreNone(t *testing.T) {
	_, err := server.New(server.Config{Origins: []string{"bank.example/path"}, Metrics: server.NewMetrics(), Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		t.Error("no error")
	}
}

func TestPanic_IsAnsweredAndItsValueIsNotLogged(t *testing.T) {
	s := newSurface(t, func(c *server.Config) {
		c.Webhooks = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the code is 482913") })
	})
	w := s.send("POST", "/webhooks/twilio/prv_01/messages")
	if w.Code != 500 || !strings.Contains(w.Body.String(), `"INTERNAL"`) || strings.Contains(w.Body.String(), "482913") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	log := s.log.String()
	if !strings.Contains(log, "server_test.go") || strings.Contains(log, "482913") || !strings.Contains(log, "status=500") {
		t.Errorf("the log: %s", log)
	}
}

package twilio

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// everyCall makes one call of each kind.
func (b *bench) everyCall(ctx context.Context) map[string]error {
	errs := map[string]error{}
	_, errs["text"] = b.SendText(ctx, outgoing(), body)
	_, errs["call"] = b.PlaceCall(ctx, outgoing(), notification.Speech{Institution: "Harbor"})
	_, errs["list"] = b.list(ctx, "ins_harbor", customer, time.Time{}, 20)
	_, errs["look-up"] = b.Detect(ctx, "ins_harbor", customer)
	return errs
}

func TestClient_Context(t *testing.T) {
	t.Run("a caller who leaves need not wait", func(t *testing.T) {
		arrived := make(chan struct{}, 4)
		b := newBench(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			arrived <- struct{}{}
			<-r.Context().Done()
		}))
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan map[string]error)
		go func() { result <- b.everyCall(ctx) }()
		<-arrived
		left := time.Now()
		cancel()
		for kind, err := range <-result {
			b.wantCode(err, fault.Timeout)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if waited := time.Since(left); waited > time.Second {
			t.Errorf("waited %s", waited)
		}
		if n := len(b.arrived("/")); n != 1 {
			t.Errorf("%d requests, of which 3 after the caller left", n)
		}
	})
	t.Run("a passed deadline", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		b.order(`{"hang":true,"path":"/2010-04-01/"}`)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		_, err := b.SendText(ctx, outgoing(), body)
		b.wantCode(err, fault.Timeout)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
	t.Run("an answer that stops halfway is waited for no longer than that", func(t *testing.T) {
		b := newBench(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"sid":"SM1",`)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}))
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := b.SendText(ctx, outgoing(), body)
		b.wantCode(err, fault.Timeout)
	})
	t.Run("every kind has its own deadline", func(t *testing.T) {
		limits := map[string]time.Duration{"text": sendLimit, "call": sendLimit, "list": listLimit, "look-up": lookupLimit}
		var seen []time.Duration
		b := newBench(t, http.NotFoundHandler(), func(c *Config) {
			c.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
				deadline, ok := req.Context().Deadline()
				if !ok {
					t.Error("no deadline")
				}
				seen = append(seen, time.Until(deadline))
				return nil, errors.New("no network")
			})
		})
		for kind, call := range map[string]func(){
			"text":    func() { _, _ = b.SendText(t.Context(), outgoing(), body) },
			"call":    func() { _, _ = b.PlaceCall(t.Context(), outgoing(), notification.Speech{}) },
			"list":    func() { _, _ = b.list(t.Context(), "ins_harbor", customer, time.Time{}, 20) },
			"look-up": func() { _, _ = b.Detect(t.Context(), "ins_harbor", customer) },
		} {
			seen = nil
			call()
			if got := seen[0]; got > limits[kind] || got < limits[kind]-time.Second {
				t.Errorf("%s: %s, want %s", kind, got, limits[kind])
			}
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestClient_Connections(t *testing.T) {
	t.Run("are used again after bad gateways", func(t *testing.T) {
		b := newBench(t, answers(502, strings.Repeat("<p>Bad Gateway</p>", 1000)))
		o := outgoing()
		o.ProviderID = harbor.ID // asked also where it does not answer
		for range 50 {
			_, err := b.SendText(t.Context(), o, body)
			b.wantCode(err, fault.ProviderUnavailable)
		}
		if b.mu.Lock(); b.conns != 1 {
			t.Errorf("50 bad gateways took %d connections", b.conns)
		}
		b.mu.Unlock()
	})
	t.Run("are used again after answers", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		for range 5 {
			for kind, err := range b.everyCall(t.Context()) {
				if err != nil {
					t.Fatal(kind, err)
				}
			}
		}
		if b.mu.Lock(); b.conns != 1 {
			t.Errorf("20 answers took %d connections", b.conns)
		}
		b.mu.Unlock()
	})
	t.Run("nobody listens", func(t *testing.T) {
		b := newBench(t, http.NotFoundHandler())
		b.server.Close()
		for kind, err := range b.everyCall(t.Context()) {
			if f := b.wantFault(err, fault.ProviderUnavailable); f.Cause == nil {
				t.Errorf("%s: no cause for the log", kind)
			}
		}
	})
}

func TestClient_Address(t *testing.T) {
	t.Run("goes to Twilio without a base URL", func(t *testing.T) {
		t.Setenv("TWILIO_EDGE", "sydney")
		t.Setenv("TWILIO_REGION", "au1")
		var hosts []string
		b := newBench(t, http.NotFoundHandler(), func(c *Config) {
			c.BaseURL = nil
			c.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
				hosts = append(hosts, req.URL.Scheme+"://"+req.URL.Host+" "+req.Host)
				return nil, errors.New("no network")
			})
		})
		_, _ = b.SendText(t.Context(), outgoing(), body)
		_, _ = b.Detect(t.Context(), "ins_harbor", customer)
		want := "https://api.twilio.com api.twilio.com, https://lookups.twilio.com lookups.twilio.com, https://lookups.twilio.com lookups.twilio.com"
		if got := strings.Join(hosts, ", "); got != want {
			t.Error(got)
		}
	})
	t.Run("goes to the base URL, under Twilio's names", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		b.everyCall(t.Context())
		var hosts []string
		for _, r := range b.arrived("/") {
			hosts = append(hosts, r.Method+" "+r.Host+r.Path)
		}
		want := "POST api.twilio.com" + messagesPath + ", POST api.twilio.com" + callsPath +
			", GET api.twilio.com" + messagesPath + ", GET lookups.twilio.com/v2/PhoneNumbers/" + customer
		if got := strings.Join(hosts, ", "); got != want {
			t.Error(got)
		}
	})
}

// TestExchange_RoundTrip/asks once pins what twilio-go does for some services:
// it repeats a request whose error it can't read.
func TestExchange_RoundTrip(t *testing.T) {
	t.Run("asks once", func(t *testing.T) {
		x := &exchange{ctx: t.Context(), via: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 502, Body: io.NopCloser(strings.NewReader("<html>"))}, nil
		})}
		post := func() error {
			_, err := x.handler(harbor).Client.SendRequest("POST", "https://api.twilio.com/x", url.Values{}, //nolint:bodyclose // twilio-go closes it
				map[string]any{"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-ApiVersion": "v1.0"})
			return err
		}
		if err := post(); !errors.Is(err, errAskedTwice) {
			t.Error(err)
		}
	})
	t.Run("keeps only request ids that are some", func(t *testing.T) {
		for value, want := range map[string]string{
			"RQ0123456789abcdef0123456789abcdef": "RQ0123456789abcdef0123456789abcdef",
			"RQ1":                                "", "+12025550101": "", "": "",
		} {
			if got := requestID(http.Header{"Twilio-Request-Id": {value}}); got != want {
				t.Errorf("%q: %q", value, got)
			}
		}
	})
}

package twilio

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

const (
	harborSID   = "AC00000000000000000000000000000001"
	harborToken = "harborsandboxtoken"
	harborFrom  = "+12025550190"
	customer    = "+12025550101"
	body        = "Harbor: 482913 is your code."

	messagesPath = "/2010-04-01/Accounts/" + harborSID + "/Messages.json"
	callsPath    = "/2010-04-01/Accounts/" + harborSID + "/Calls.json"
)

var harbor = provider.Account{
	ID: "prv_1", InstitutionID: "ins_harbor", AccountSID: harborSID, From: harborFrom, Enabled: true,
	Token: secret.NewText(harborToken),
}

// accounts are institutions' accounts by institution.
type accounts map[string]provider.Account

func (a accounts) Find(_ context.Context, institutionID string) (provider.Account, error) {
	if found, ok := a[institutionID]; ok {
		return found, nil
	}
	return provider.Account{}, fault.Errorf(fault.ProviderUnavailable, "no account")
}

func (a accounts) ListSending(ctx context.Context, institutionID string) ([]provider.Account, error) {
	found, err := a.Find(ctx, institutionID)
	return []provider.Account{found}, err
}

func (a accounts) FindByID(_ context.Context, providerID string) (provider.Account, error) {
	for _, found := range a {
		if found.ID == providerID {
			return found, nil
		}
	}
	return provider.Account{}, fault.Errorf(fault.NotFound, "no account")
}

// asked is a request as it arrived.
type asked struct {
	Method, Host, Path, RawQuery, User string
	Form                               url.Values
}

// bench is a client before an HTTP server that notes what arrives.
type bench struct {
	*Client
	t      *testing.T
	server *httptest.Server
	logged *safeBuffer
	conns  int // opened so far

	mu       sync.Mutex
	requests []asked
	pauses   []time.Duration // asked for, none of which was waited
}

// newBench puts a client before a handler, which is Twilio.
func newBench(t *testing.T, twilio http.Handler, change ...func(*Config)) *bench {
	t.Helper()
	b := &bench{t: t, logged: &safeBuffer{}}
	b.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.note(r)
		twilio.ServeHTTP(w, r)
	}))
	b.server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			b.mu.Lock()
			b.conns++
			b.mu.Unlock()
		}
	}
	b.server.Start()
	base, err := url.Parse(b.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	transport := NewTransport()
	cfg := Config{
		Accounts: accounts{"ins_harbor": harbor}, BaseURL: base, Transport: transport,
		Log: slog.New(slog.NewTextHandler(b.logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&cfg)
	}
	b.Client = New(cfg)
	b.pause = func(_ context.Context, d time.Duration) bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.pauses = append(b.pauses, d)
		return true
	}
	t.Cleanup(func() {
		b.server.CloseClientConnections()
		transport.CloseIdleConnections()
		b.server.Close()
		b.keepsQuiet(b.logged.String())
	})
	return b
}

func (b *bench) note(r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	form, _ := url.ParseQuery(string(raw))
	user, _, _ := r.BasicAuth()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.requests = append(b.requests, asked{r.Method, r.Host, r.URL.Path, r.URL.RawQuery, user, form})
}

// arrived returns the requests so far to a path.
func (b *bench) arrived(path string) []asked {
	b.mu.Lock()
	defer b.mu.Unlock()
	var found []asked
	for _, r := range b.requests {
		if strings.HasPrefix(r.Path, path) {
			found = append(found, r)
		}
	}
	return found
}

// keepsQuiet fails if a text that is logged or shown holds what it must not.
func (b *bench) keepsQuiet(text string) {
	b.t.Helper()
	for _, secret := range []string{harborToken, "482913", "4, 8, 2", customer, customer[1:], "%2B"} {
		if strings.Contains(text, secret) {
			b.t.Errorf("%q is in %q", secret, text)
		}
	}
}

// wantCode checks an error's code, and that it tells nothing it must not.
func (b *bench) wantCode(err error, want fault.Code) {
	b.t.Helper()
	_ = b.wantFault(err, want)
}

// wantFault returns what wantCode has checked.
func (b *bench) wantFault(err error, want fault.Code) *fault.Error {
	b.t.Helper()
	if fault.CodeOf(err) != want {
		b.t.Fatalf("error %v, want %s", err, want)
	}
	b.keepsQuiet(err.Error())
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		b.t.Fatalf("error %T %v is no fault", err, err)
	}
	return f
}

// sandbox is a Twilio sandbox.
func sandbox(t *testing.T) *twiliosandbox.Sandbox {
	s := twiliosandbox.New(twiliosandbox.Config{
		Accounts: []twiliosandbox.Account{{SID: harborSID, Token: harborToken, From: harborFrom, FriendlyName: "Harbor"}},
		Settle:   8 * time.Millisecond,
	})
	t.Cleanup(s.Close)
	return s
}

// order orders a fault from the sandbox.
func (b *bench) order(fault string) {
	b.t.Helper()
	res, err := http.Post(b.server.URL+"/sandbox/faults", "application/json", strings.NewReader(fault))
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusCreated {
		b.t.Fatalf("fault refused: %s", res.Status)
	}
}

// received is what a phone of the sandbox shows.
type received struct {
	Messages []struct{ SID, Body, From, Status string }
	Calls    []struct{ SID, Said, From, Status string }
}

// phone reads a phone of the sandbox until it shows what is waited for.
func (b *bench) phone(number string, until func(received) bool) received {
	b.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		res, err := http.Get(b.server.URL + "/sandbox/phones/" + number)
		if err != nil {
			b.t.Fatal(err)
		}
		var shown received
		err = json.NewDecoder(res.Body).Decode(&shown)
		_ = res.Body.Close()
		if err != nil {
			b.t.Fatal(err)
		}
		if until(shown) {
			return shown
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("the phone shows %+v", shown)
		}
	}
}

func outgoing() notification.Outgoing {
	return notification.Outgoing{InstitutionID: "ins_harbor", AttemptID: "msg_1", To: customer, ValidFor: 5 * time.Minute}
}

// answers is a Twilio that answers everything alike.
func answers(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// inTurn is a Twilio that answers the first request by the first handler and so
// on, and all further ones by the last.
func inTurn(handlers ...http.HandlerFunc) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now := handlers[0]
		if len(handlers) > 1 {
			handlers = handlers[1:]
		}
		mu.Unlock()
		now(w, r)
	})
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// list returns the texts that ListTexts hands over, in one.
func (b *bench) list(ctx context.Context, institutionID, to string, before time.Time, limit int) ([]notification.Found, error) {
	var texts []notification.Found
	err := b.ListTexts(ctx, institutionID, to, before, limit, func(page []notification.Found) error {
		texts = append(texts, page...)
		return nil
	})
	return texts, err
}

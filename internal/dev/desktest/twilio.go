package desktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// patience is how long a phone is watched. A busy machine takes its time.
const patience = 30 * time.Second

// Twilio is the sandbox, listening on loopback.
type Twilio struct {
	*twiliosandbox.Sandbox
	t   testing.TB
	url *url.URL

	mu       sync.Mutex
	requests []string
	seen     map[string]arrived
}

// The accounts of the two institutions, and one that is nobody's yet.
var (
	harborAccount = twiliosandbox.Account{SID: "AC000000000000000000000000000000a1", Token: "madeupharbortoken", From: "+12025550190"}
	summitAccount = twiliosandbox.Account{SID: "AC000000000000000000000000000000a2", Token: "madeupsummittoken", From: "+12025550195"}
	spareAccount  = twiliosandbox.Account{SID: "AC000000000000000000000000000000a3", Token: "madeupsparetoken", From: "+12025550191"}
)

func newTwilio(t testing.TB, c clock.Clock) *Twilio {
	t.Helper()
	w := &Twilio{t: t, seen: map[string]arrived{}, Sandbox: twiliosandbox.New(twiliosandbox.Config{
		Accounts: []twiliosandbox.Account{harborAccount, summitAccount, spareAccount}, Clock: c, Settle: 2 * time.Millisecond,
	})}
	listening := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.requests = append(w.requests, r.Method+" "+r.URL.String())
		w.mu.Unlock()
		w.Sandbox.ServeHTTP(rw, r)
	}))
	t.Cleanup(func() {
		w.Sandbox.Close()
		listening.CloseClientConnections()
		listening.Close()
	})
	var err error
	if w.url, err = url.Parse(listening.URL); err != nil {
		t.Fatal(err)
	}
	return w
}

// Harbor returns harbor's account.
func (w *Twilio) Harbor() twiliosandbox.Account { return harborAccount }

// Spare returns an account that no institution has.
func (w *Twilio) Spare() twiliosandbox.Account { return spareAccount }

// URL returns where the API is.
func (w *Twilio) URL() *url.URL { return w.url }

// Requests returns what the desk asked Twilio so far, as method and URL.
func (w *Twilio) Requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.requests)
}

// Control makes a request of the sandbox's control API.
func (w *Twilio) Control(method, path, body string) []byte {
	w.t.Helper()
	rec := httptest.NewRecorder()
	w.Sandbox.ServeHTTP(rec, httptest.NewRequest(method, path, strings.NewReader(body)))
	if rec.Code/100 != 2 {
		w.t.Fatalf("sandbox: %s %s: %d %s", method, path, rec.Code, rec.Body)
	}
	return rec.Body.Bytes()
}

// Text lets a phone text a number of an account, for which the desk hears of it at a
// webhook.
func (d *Desk) Text(a twiliosandbox.Account, from, body string) {
	d.t.Helper()
	accounts, err := d.Providers.List(d.t.Context())
	d.must(err)
	for _, known := range accounts {
		if known.AccountSID == a.SID {
			d.Twilio.SetSMSURL(a.SID, d.Public.JoinPath("webhooks", "twilio", known.ID, "inbound").String())
		}
	}
	d.Twilio.Control("POST", "/sandbox/phones/"+from+"/messages", fmt.Sprintf(`{"to": %q, "body": %q}`, a.From, body))
}

// Fault orders a fault, in the JSON of the sandbox's control API.
func (w *Twilio) Fault(order string) {
	w.t.Helper()
	w.Control("POST", "/sandbox/faults", order)
}

// Mend takes all faults back.
func (w *Twilio) Mend() {
	w.t.Helper()
	w.Control("DELETE", "/sandbox/faults", "")
}

// Handset is what a phone shows, newest first.
type Handset struct {
	Messages []struct{ SID, Body, From, Status string }
	Calls    []struct{ SID, Said, From, Status string }
}

// Phone returns what a phone shows.
func (w *Twilio) Phone(number string) Handset {
	w.t.Helper()
	var h Handset
	if err := json.Unmarshal(w.Control("GET", "/sandbox/phones/"+number, ""), &h); err != nil {
		w.t.Fatal(err)
	}
	return h
}

// Await waits until a phone has received so many texts and calls.
func (w *Twilio) Await(number string, texts, calls int) Handset {
	w.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		h := w.Phone(number)
		if len(h.Messages) >= texts && len(h.Calls) >= calls {
			return h
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%s has %d texts and %d calls, not %d and %d", number, len(h.Messages), len(h.Calls), texts, calls)
		}
	}
}

var (
	written = regexp.MustCompile(`\b\d{6}\b`)
	spoken  = regexp.MustCompile(`\b\d(?:, \d){5}\b`)
)

// codes returns the codes on a phone, newest first: those in texts, those in calls.
func (h Handset) codes() (inTexts, inCalls []string) {
	for _, m := range h.Messages {
		if code := written.FindString(m.Body); code != "" {
			inTexts = append(inTexts, code)
		}
	}
	for _, c := range h.Calls {
		if code := spoken.FindString(c.Said); code != "" {
			inCalls = append(inCalls, strings.ReplaceAll(code, ", ", ""))
		}
	}
	return inTexts, inCalls
}

// NextCode waits for the next text or call that brings a code, and reads it.
func (w *Twilio) NextCode(number string) string {
	w.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		texts, calls := w.Phone(number).codes()
		seen := w.seen[number]
		w.seen[number] = arrived{len(texts), len(calls)}
		switch {
		case len(texts) > seen.texts:
			return texts[0]
		case len(calls) > seen.calls:
			return calls[0]
		}
	}
	w.t.Fatalf("no code arrived at %s", number)
	return ""
}

// arrived counts the codes that NextCode has read off a phone.
type arrived struct{ texts, calls int }

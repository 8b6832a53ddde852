package twilio

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

// spare is harbor's second account.
var spare = provider.Account{
	ID: "prv_2", InstitutionID: "ins_harbor", AccountSID: "AC00000000000000000000000000000002", From: "+12025550191", Enabled: true,
	Token: secret.NewText("sparesandboxtoken"),
}

// several are the accounts of harbor, in order.
type several []provider.Account

func (s several) Find(context.Context, string) (provider.Account, error) { return s[0], nil }

func (s several) ListSending(context.Context, string) ([]provider.Account, error) { return s, nil }

func (s several) FindByID(_ context.Context, id string) (provider.Account, error) {
	for _, a := range s {
		if a.ID == id {
			return a, nil
		}
	}
	return provider.Account{}, fault.Errorf(fault.NotFound, "no account")
}

func of(all ...provider.Account) func(*Config) {
	return func(c *Config) { c.Accounts = several(all) }
}

func at(now clock.Clock) func(*Config) { return func(c *Config) { c.Clock = now } }

// byAccount is a Twilio whose accounts answer each in its own way.
func byAccount(first, second http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, spare.AccountSID) {
			second(w, r)
			return
		}
		first(w, r)
	}
}

var (
	takes      = answers(201, `{"sid":"SM2","status":"queued","from":"+12025550191"}`)
	turnsAway  = answers(401, `{"code":20003,"status":401}`)
	isBusy     = answers(429, `{"code":20429,"status":429}`, "Retry-After", "7")
	isBusier   = answers(429, `{"code":20429,"status":429}`, "Retry-After", "70")
	isSilent   = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	knowsNoOne = answers(400, `{"code":21211,"status":400}`)
)

// unreachable makes no connection for one account.
func unreachable(a provider.Account) func(*Config) {
	return func(c *Config) {
		to := c.Transport
		c.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.Contains(r.URL.Path, a.AccountSID) {
				httptrace.ContextClientTrace(r.Context()).GetConn(r.Host)
				return nil, errors.New("connection refused")
			}
			return to.RoundTrip(r)
		})
	}
}

func asIs(*Config) {}

// TestClient_FailsOver holds after what another account is asked, and what is told where
// none sends.
func TestClient_FailsOver(t *testing.T) {
	tried := func(a provider.Account, code fault.Code, providerCode int) notification.Try {
		return notification.Try{ProviderID: a.ID, Code: code, ProviderCode: providerCode}
	}
	for _, tt := range []struct {
		name          string
		first, second http.HandlerFunc
		with          func(*Config)
		by            string
		tried         []notification.Try
		want          fault.Code
		providerCode  int
		wait          time.Duration
		mayTryAgain   bool
	}{
		{name: "the first sends", first: takes, second: takes, by: "prv_1"},
		{name: "a wrong token", first: turnsAway, second: takes, by: "prv_2", tried: []notification.Try{tried(harbor, fault.ProviderError, 20003)}},
		{name: "suspended", first: answers(403, `{"code":20005}`), second: takes, by: "prv_2", tried: []notification.Try{tried(harbor, fault.ProviderError, 20005)}},
		{name: "not processed", first: answers(422, "<html>"), second: takes, by: "prv_2", tried: []notification.Try{tried(harbor, fault.ProviderError, 0)}},
		{name: "too many", first: isBusy, second: takes, by: "prv_2", tried: []notification.Try{tried(harbor, fault.Throttled, 20429)}},
		{name: "no connection", with: unreachable(harbor), second: takes, by: "prv_2", tried: []notification.Try{tried(harbor, fault.ProviderUnavailable, 0)}},
		{name: "the recipient is refused", first: knowsNoOne, second: takes, by: "prv_1", want: fault.ProviderError, providerCode: 21211},
		{name: "a fault of its own", first: answers(502, "<html>"), second: takes, by: "prv_1", want: fault.ProviderUnavailable},
		{name: "nothing is known", first: isSilent, second: takes, by: "prv_1", want: fault.ProviderUnavailable},
		{name: "accepted, without a SID", first: answers(201, `{"status":"queued"}`), second: takes, by: "prv_1", want: fault.ProviderUnavailable},
		{name: "the second refuses the recipient", first: turnsAway, second: knowsNoOne, by: "prv_2", want: fault.ProviderError, providerCode: 21211,
			tried: []notification.Try{tried(harbor, fault.ProviderError, 20003)}},
		{name: "of the second nothing is known", first: isBusy, second: isSilent, by: "prv_2", want: fault.ProviderUnavailable,
			tried: []notification.Try{tried(harbor, fault.Throttled, 20429)}},
		{name: "both turn us away", first: answers(403, `{"code":20005}`), second: turnsAway, want: fault.ProviderError, providerCode: 20005, mayTryAgain: true,
			tried: []notification.Try{tried(harbor, fault.ProviderError, 20005), tried(spare, fault.ProviderError, 20003)}},
		{name: "both are busy", first: isBusier, second: isBusy, want: fault.Throttled, providerCode: 20429, wait: 7 * time.Second, mayTryAgain: true,
			tried: []notification.Try{tried(harbor, fault.Throttled, 20429), tried(spare, fault.Throttled, 20429)}},
		{name: "one is busy, one turns us away", first: isBusy, second: turnsAway, want: fault.ProviderError, providerCode: 20003, mayTryAgain: true,
			tried: []notification.Try{tried(harbor, fault.Throttled, 20429), tried(spare, fault.ProviderError, 20003)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for kind, send := range map[string]func(b *bench) (notification.Receipt, error){
				"text": func(b *bench) (notification.Receipt, error) { return b.SendText(t.Context(), outgoing(), body) },
				"call": func(b *bench) (notification.Receipt, error) {
					return b.PlaceCall(t.Context(), outgoing(), notification.Speech{})
				},
			} {
				with := tt.with
				if with == nil {
					with = asIs
				}
				b := newBench(t, byAccount(tt.first, tt.second), of(harbor, spare), with, calledBackAt("https://desk.example"))
				got, err := send(b)
				if fault.CodeOf(err) != tt.want || notification.MayTryAgain(err) != tt.mayTryAgain {
					t.Fatalf("%s: %v, may try again: %v", kind, err, notification.MayTryAgain(err))
				}
				if err != nil {
					if f := b.wantFault(err, tt.want); f.ProviderCode != tt.providerCode || f.RetryAfter != tt.wait {
						t.Errorf("%s: provider code %d, wait %s", kind, f.ProviderCode, f.RetryAfter)
					}
				}
				if got.ProviderID != tt.by || (err == nil) != (got.SID != "") {
					t.Errorf("%s: %+v", kind, got)
				}
				if diff := cmp.Diff(tt.tried, got.Tried); diff != "" {
					t.Error(kind, diff)
				}
				for _, r := range b.arrived("/") { // each reports under its own name
					if own := map[string]string{harborSID: "/prv_1/", spare.AccountSID: "/prv_2/"}[r.User]; !strings.Contains(r.Form.Get("StatusCallback"), own) {
						t.Errorf("%s: %s is to report to %s", kind, r.User, r.Form.Get("StatusCallback"))
					}
				}
				moved := b.FailedOver()
				if n := moved[notification.SMS] + moved[notification.Voice]; (n == 1) != (tt.by == "prv_2") {
					t.Errorf("%s: counted %v", kind, moved)
				}
			}
		})
	}
}

func TestClient_FailsOver_Calls(t *testing.T) {
	mute := harbor
	mute.From, mute.MessagingServiceSID = "", "MG00000000000000000000000000000001"
	b := newBench(t, byAccount(answers(500, ""), takes), of(mute, spare))
	if got, err := b.PlaceCall(t.Context(), outgoing(), notification.Speech{}); err != nil || got.ProviderID != spare.ID {
		t.Errorf("one without a number to call from is passed over: %+v, %v", got, err)
	}
}

// What names its account goes through no other, and is tried whatever is known.
func TestClient_FailsOver_NotWhereAnAccountIsNamed(t *testing.T) {
	b := newBench(t, byAccount(turnsAway, takes), of(harbor, spare), at(clock.NewFake(time.Now())))
	o := outgoing()
	o.ProviderID = harbor.ID
	for range openAfter + 2 {
		got, err := b.SendText(t.Context(), o, body)
		b.wantCode(err, fault.ProviderError)
		if len(got.Tried) != 1 {
			t.Errorf("tried %v", got.Tried)
		}
	}
	if n := len(b.arrived("/")); n != openAfter+2 {
		t.Errorf("asked %d times", n)
	}
}

func TestClient_LeavesAloneWhatFails(t *testing.T) {
	b := newBench(t, byAccount(turnsAway, takes), of(harbor, spare), at(clock.NewFake(time.Now())))
	for range openAfter + 3 {
		if got, err := b.SendText(t.Context(), outgoing(), body); err != nil || got.ProviderID != spare.ID || len(got.Tried) != 1 || got.Tried[0].ProviderCode != 20003 {
			t.Fatal(got, err)
		}
	}
	if n := len(b.arrived("/2010-04-01/Accounts/" + harborSID)); n != openAfter {
		t.Errorf("asked %d times", n)
	}
	if diff := cmp.Diff(map[string]bool{harbor.ID: true, spare.ID: false}, b.LeftAlone()); diff != "" {
		t.Error(diff)
	}
	mended := harbor
	mended.Version++
	b.accounts = several{mended, spare}
	if _, err := b.SendText(t.Context(), outgoing(), body); err != nil || len(b.arrived("/2010-04-01/Accounts/"+harborSID)) != openAfter+1 {
		t.Error("what was changed is tried at once", err)
	}
}

// An account that hangs keeps atOnce sends and no more; nobody else waits for it.
func TestClient_OneThatHangsKeepsNobodyElse(t *testing.T) {
	arrived, hangs := make(chan struct{}, atOnce), make(chan struct{})
	b := newBench(t, byAccount(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-hangs
		answers(503, "")(w, r)
	}, takes), func(c *Config) { c.Transport = nil })
	b.accounts = several{harbor}
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			_, err := b.SendText(t.Context(), outgoing(), body)
			b.wantCode(err, fault.ProviderUnavailable)
		})
	}
	for range atOnce {
		<-arrived
	}
	alone, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	_, err := b.SendText(alone, outgoing(), body)
	b.wantCode(err, fault.ProviderUnavailable)
	if !notification.MayTryAgain(err) {
		t.Errorf("one too many may have been sent: %v", err)
	}
	close(hangs)
	all.Wait()

	b.accounts = several{harbor, spare}
	if got, err := b.SendText(alone, outgoing(), body); err != nil || got.ProviderID != spare.ID {
		t.Errorf("%+v, %v", got, err)
	}
}

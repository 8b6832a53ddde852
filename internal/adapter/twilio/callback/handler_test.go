package callback

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	providerID = "prv_0198f0c0a1b27c3d8e4f5a6b7c8d9e0f"
	attemptID  = "msg_0198f0c0a1b27c3d8e4f5a6b7c8d9e0f"
	harborSID  = "AC00000000000000000000000000000001"
	token      = "harborsandboxtoken"
	customer   = "+12025550101"
	harborFrom = "+12025550190"
	textSID    = "SM0000000000000000000000000000000a"
	callSID    = "CA0000000000000000000000000000000a"

	textPath = "/webhooks/twilio/" + providerID + "/messages?attempt=" + attemptID
	callPath = "/webhooks/twilio/" + providerID + "/calls?attempt=" + attemptID
)

// desk is what stands behind the handler.
type desk struct {
	findErr, handleErr error
	// asked are the questions in the middle of calls.
	asked []notification.InCall
	// texts are what phones texted.
	texts []notification.Inbound
	// rotatedTo is the account's token where the one that signs is of before.
	rotatedTo string
	// answered gets the status of every answer, where a test listens.
	answered chan int

	mu  sync.Mutex
	got []notification.Callback
}

func (d *desk) FindByID(_ context.Context, id string) (provider.Account, error) {
	switch {
	case d.findErr != nil:
		return provider.Account{}, d.findErr
	case id != providerID:
		return provider.Account{}, fault.Errorf(fault.NotFound, "There is no such provider.")
	}
	a := provider.Account{
		ID: providerID, InstitutionID: "ins_harbor", AccountSID: harborSID, Token: secret.NewText(token), From: harborFrom,
	}
	if d.rotatedTo != "" {
		a.Token, a.PreviousToken = secret.NewText(d.rotatedTo), a.Token
	}
	return a, nil
}

func (d *desk) HandleKey(_ context.Context, c notification.InCall) (notification.Speech, error) {
	d.asked = append(d.asked, c)
	if d.handleErr != nil {
		return notification.Speech{}, d.handleErr
	}
	return notification.Speech{Locale: "en-US", Institution: "Harbor", Sentences: []string{"Your code is 4, 8."}}, nil
}

func (d *desk) HandleInbound(_ context.Context, in notification.Inbound) error {
	d.texts = append(d.texts, in)
	return d.handleErr
}

func (d *desk) HandleCallback(_ context.Context, c notification.Callback) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.got = append(d.got, c)
	return d.handleErr
}

func (d *desk) taken() []notification.Callback {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]notification.Callback(nil), d.got...)
}

func publicURL() *url.URL { return &url.URL{Scheme: "https", Host: "desk.example"} }

// report is a request as Twilio makes it, signed.
func report(path string, form url.Values) *http.Request {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	signature := sign(secret.NewText(token), "https://desk.example"+path, form)
	r.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(signature))
	return r
}

func textForm(more ...string) url.Values {
	form := url.Values{
		"MessageSid": {textSID}, "SmsSid": {textSID}, "MessageStatus": {"delivered"}, "SmsStatus": {"delivered"},
		"AccountSid": {harborSID}, "ApiVersion": {"2010-04-01"}, "From": {harborFrom}, "To": {customer},
	}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func callForm() url.Values {
	return url.Values{
		"CallSid": {callSID}, "CallStatus": {"in-progress"}, "AccountSid": {harborSID}, "From": {harborFrom}, "To": {customer},
		"Direction": {"outbound-api"}, "SequenceNumber": {"2"}, "CallbackSource": {"call-progress-events"},
	}
}

// serve answers a request and returns the answer with what was logged.
func serve(d *desk, r *http.Request) (*httptest.ResponseRecorder, string) {
	var logged bytes.Buffer
	h := New(Config{PublicURL: publicURL(), Accounts: d, Receiver: d, Log: slog.New(slog.NewTextHandler(&logged, nil))})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w, logged.String()
}

func TestHandler_TakesReportsUnderTheTokenOfBefore(t *testing.T) {
	if w, _ := serve(&desk{rotatedTo: "madeUpNextToken"}, report(textPath, textForm())); w.Code != 204 {
		t.Errorf("answered %d", w.Code)
	}
}

func TestHandler_Taken(t *testing.T) {
	callback := func(r notification.Receipt) []notification.Callback {
		r.AccountSID, r.From, r.ProviderID = harborSID, harborFrom, providerID
		return []notification.Callback{{InstitutionID: "ins_harbor", AttemptID: attemptID, Receipt: r}}
	}
	for _, tt := range []struct {
		name, path string
		form       url.Values
		want       notification.Receipt
	}{
		{"a text", textPath, textForm(), notification.Receipt{SID: textSID, Status: "delivered"}},
		{"a failed text", textPath, textForm("MessageStatus", "undelivered", "ErrorCode", "30006"),
			notification.Receipt{SID: textSID, Status: "undelivered", ErrorCode: 30006}},
		{"fields that are not known yet", textPath, textForm("RawDlrDoneDate", "2601021504", "ChannelPrefix", "rcs", "é", "\x00"),
			notification.Receipt{SID: textSID, Status: "delivered"}},
		{"old names only", textPath, url.Values{"SmsSid": {textSID}, "SmsStatus": {"sent"}, "AccountSid": {harborSID}, "From": {harborFrom}},
			notification.Receipt{SID: textSID, Status: "sent"}},
		{"a code that is no number", textPath, textForm("ErrorCode", "E-30006"), notification.Receipt{SID: textSID, Status: "delivered"}},
		{"a call", callPath, callForm(), notification.Receipt{SID: callSID, Status: "in-progress"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &desk{}
			w, logged := serve(d, report(tt.path, tt.form))
			if w.Code != http.StatusNoContent || w.Body.Len() != 0 || logged != "" {
				t.Errorf("%d %s %s", w.Code, w.Body, logged)
			}
			if diff := cmp.Diff(callback(tt.want), d.got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHandler_Refused(t *testing.T) {
	change := func(f func(*http.Request)) *http.Request {
		r := report(textPath, textForm())
		f(r)
		return r
	}
	for _, tt := range []struct {
		name   string
		r      *http.Request
		status int
	}{
		{"no signature", change(func(r *http.Request) { r.Header.Del("X-Twilio-Signature") }), 403},
		{"another signature", change(func(r *http.Request) { r.Header.Set("X-Twilio-Signature", vectorSignature) }), 403},
		{"another attempt than was signed", change(func(r *http.Request) { r.URL.RawQuery = "attempt=msg_2" }), 403},
		{"another institution's provider", report(strings.ReplaceAll(textPath, providerID, "prv_other"), textForm()), 403},
		{"another account", report(textPath, textForm("AccountSid", "AC00000000000000000000000000000002")), 403},
		{"no account", report(textPath, textForm("AccountSid", "")), 403},
		{"JSON", change(func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }), 400},
		{"no content type", change(func(r *http.Request) { r.Header.Del("Content-Type") }), 400},
		{"a broken form", httptestForm("a=%zz"), 400},
		{"a semicolon", httptestForm("a=1;b=2"), 400},
		{"too much", httptestForm(strings.Repeat("a", maxBody+1)), 413},
		{"a call's report on a text", report(textPath, callForm()), 400},
		{"a text's report on a call", report(callPath, textForm()), 400},
		{"no SID", report(textPath, textForm("MessageSid", "", "SmsSid", "")), 400},
		{"a SID that is none", report(textPath, textForm("MessageSid", "SM1\n")), 400},
		{"a status that is none", report(textPath, textForm("MessageStatus", "deliv\x00ered")), 400},
		{"a sender that can't be stored", report(textPath, textForm("From", "+1\x00")), 400},
		{"a sender that is no text", report(textPath, textForm("From", "\xff")), 400},
		{"GET", httptest.NewRequest("GET", textPath, nil), 405},
		{"another path", httptest.NewRequest("POST", "/webhooks/twilio/"+providerID+"/faxes", nil), 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &desk{}
			w, logged := serve(d, tt.r)
			if w.Code != tt.status || len(d.got) != 0 {
				t.Errorf("status %d, want %d; taken %v", w.Code, tt.status, d.got)
			}
			for _, hidden := range []string{customer, harborFrom, token} {
				if strings.Contains(w.Body.String()+logged, hidden) {
					t.Errorf("%s is told: %s %s", hidden, w.Body, logged)
				}
			}
		})
	}
	t.Run("an unknown provider looks like a wrong signature", func(t *testing.T) {
		unknown, _ := serve(&desk{}, report(strings.ReplaceAll(textPath, providerID, "prv_other"), textForm()))
		forged, _ := serve(&desk{}, change(func(r *http.Request) { r.Header.Del("X-Twilio-Signature") }))
		if diff := cmp.Diff(forged.Result().Header, unknown.Result().Header); diff != "" || unknown.Code != forged.Code || unknown.Body.String() != forged.Body.String() {
			t.Errorf("%d %s, %d %s %s", unknown.Code, unknown.Body, forged.Code, forged.Body, diff)
		}
	})
}

// httptestForm is a request that nobody signed.
func httptestForm(body string) *http.Request {
	r := httptest.NewRequest("POST", textPath, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func TestHandler_Behind(t *testing.T) {
	down := errors.New("no database")
	gone := fault.Errorf(fault.NotFound, "There is no such message.")
	for _, tt := range []struct {
		name   string
		desk   *desk
		status int
		logged string
	}{
		{"an attempt that is not there is not to be repeated", &desk{handleErr: gone}, 204, attemptID},
		{"a report that could not be written down is", &desk{handleErr: down}, 503, "no database"},
		{"an account that could not be read, too", &desk{findErr: down}, 503, "no database"},
		{"a deadline, too", &desk{handleErr: context.DeadlineExceeded}, 503, "deadline"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, logged := serve(tt.desk, report(textPath, textForm()))
			if w.Code != tt.status || !strings.Contains(logged, tt.logged) {
				t.Errorf("%d, want %d; %s", w.Code, tt.status, logged)
			}
			if strings.Contains(w.Body.String(), "database") || strings.Contains(logged, customer) {
				t.Errorf("%s %s", w.Body, logged)
			}
		})
	}
	t.Run("an attempt that is malformed is not quoted", func(t *testing.T) {
		_, logged := serve(&desk{handleErr: gone}, report(strings.Replace(textPath, attemptID, "%2B12025550101", 1), textForm()))
		if strings.Contains(logged, "2025550101") || !strings.Contains(logged, "malformed") {
			t.Error(logged)
		}
	})
}

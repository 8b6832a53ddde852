package twilio

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

func calledBackAt(address string) func(*Config) {
	return func(c *Config) { c.CallbackURL, _ = url.Parse(address) }
}

func TestClient_SendText(t *testing.T) {
	t.Run("arrives, and gives the receipt", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		got, err := b.SendText(t.Context(), outgoing(), body)
		if err != nil {
			t.Fatal(err)
		}
		shown := b.phone(customer, func(r received) bool { return len(r.Messages) == 1 })
		if m := shown.Messages[0]; m.Body != body || m.From != harborFrom || m.SID != got.SID {
			t.Errorf("the phone shows %+v", m)
		}
		want := notification.Receipt{AccountSID: harborSID, SID: got.SID, From: harborFrom, Status: "queued", ProviderID: harbor.ID}
		if diff := cmp.Diff(want, got); diff != "" || !strings.HasPrefix(got.SID, "SM") {
			t.Error(diff)
		}
	})
	t.Run("says all that Twilio has to know", func(t *testing.T) {
		b := newBench(t, sandbox(t), calledBackAt("https://desk.example/factordesk/"))
		if _, err := b.SendText(t.Context(), outgoing(), body); err != nil {
			t.Fatal(err)
		}
		want := []asked{{
			Method: "POST", Host: "api.twilio.com", Path: messagesPath, User: harborSID, Form: url.Values{
				"To": {customer}, "From": {harborFrom}, "Body": {body}, "ValidityPeriod": {"300"}, "SmartEncoded": {"false"},
				"StatusCallback": {"https://desk.example/factordesk/webhooks/twilio/prv_1/messages?attempt=msg_1#rc=2&rp=ct,rt,5xx"},
			},
		}}
		if diff := cmp.Diff(want, b.arrived("/")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("goes through the account that it names, of its institution alone", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		o := outgoing()
		o.ProviderID = harbor.ID
		if got, err := b.SendText(t.Context(), o, body); err != nil || got.AccountSID != harborSID {
			t.Errorf("%+v, %v", got, err)
		}
		o.InstitutionID = "ins_summit"
		_, err := b.SendText(t.Context(), o, body)
		b.wantCode(err, fault.NotFound)
		if !notification.Unsent(err) || len(b.arrived("/")) != 1 {
			t.Errorf("another institution's account was asked: %v", err)
		}
	})
	t.Run("asks for no report without a public URL", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		if _, err := b.SendText(t.Context(), outgoing(), body); err != nil {
			t.Fatal(err)
		}
		if form := b.arrived("/")[0].Form; form.Has("StatusCallback") {
			t.Error(form)
		}
	})
	t.Run("a refusal has its code", func(t *testing.T) {
		s := sandbox(t)
		s.SetPhone(customer, twiliosandbox.Phone{Outcome: "reject:21610"})
		b := newBench(t, s)
		_, err := b.SendText(t.Context(), outgoing(), body)
		if f := b.wantFault(err, fault.ProviderError); f.ProviderCode != 21610 {
			t.Error(f.ProviderCode)
		}
	})
	t.Run("a number that is not E.164 goes nowhere", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		for _, to := range []string{"", "12025550101", "+1202555", "+12025550101/../x", "+12025550101?a=b", "ann@bank.example"} {
			o := outgoing()
			o.To = to
			_, err := b.SendText(t.Context(), o, body)
			b.wantCode(err, fault.InvalidInput)
			_, err = b.PlaceCall(t.Context(), o, notification.Speech{})
			b.wantCode(err, fault.InvalidInput)
		}
		if got := b.arrived("/"); len(got) != 0 {
			t.Error(got)
		}
	})
	t.Run("an institution without an account can't send", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		o := outgoing()
		o.InstitutionID = "ins_other"
		_, err := b.SendText(t.Context(), o, body)
		b.wantCode(err, fault.ProviderUnavailable)
		if !notification.Unsent(err) {
			t.Error("it may have been sent")
		}
	})
}

func TestValidity(t *testing.T) {
	for d, want := range map[time.Duration]int{
		0: 1, -time.Hour: 1, time.Second: 1, 299*time.Second + 900*time.Millisecond: 299, 10 * time.Hour: 36000, 11 * time.Hour: 36000,
	} {
		if got := validity(d); got != want {
			t.Errorf("%s: %d, want %d", d, got, want)
		}
	}
}

func TestClient_PlaceCall(t *testing.T) {
	speech := func(institution string) notification.Speech {
		s, _ := notification.CodeSpeech(message.English, institution, "482913")
		return s
	}
	t.Run("says the institution, and the code twice", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		got, err := b.PlaceCall(t.Context(), outgoing(), speech("A & B <Bank> \"Ünïon\" 銀行's"))
		if err != nil {
			t.Fatal(err)
		}
		shown := b.phone(customer, func(r received) bool { return len(r.Calls) == 1 && r.Calls[0].Said != "" })
		want := "A & B <Bank> \"Ünïon\" 銀行's. Your code is 4, 8, 2, 9, 1, 3. Your code is 4, 8, 2, 9, 1, 3."
		if c := shown.Calls[0]; c.Said != want || c.SID != got.SID || c.From != harborFrom {
			t.Errorf("heard %+v", c)
		}
		if diff := cmp.Diff(notification.Receipt{AccountSID: harborSID, SID: got.SID, From: harborFrom, Status: "queued", ProviderID: harbor.ID}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("says all that Twilio has to know", func(t *testing.T) {
		b := newBench(t, sandbox(t), calledBackAt("https://desk.example"))
		if _, err := b.PlaceCall(t.Context(), outgoing(), speech("Harbor")); err != nil {
			t.Fatal(err)
		}
		want := []asked{{
			Method: "POST", Host: "api.twilio.com", Path: callsPath, User: harborSID, Form: url.Values{
				"To": {customer}, "From": {harborFrom}, "Timeout": {"30"},
				"StatusCallback":      {"https://desk.example/webhooks/twilio/prv_1/calls?attempt=msg_1#rc=2&rp=ct,rt,5xx"},
				"StatusCallbackEvent": {"initiated", "ringing", "answered", "completed"},
				"Twiml": {`<Response><Say language="en-US">Harbor.</Say><Pause length="1"></Pause>` +
					`<Say language="en-US" loop="2">Your code is 4, 8, 2, 9, 1, 3.</Say></Response>`},
			},
		}}
		if diff := cmp.Diff(want, b.arrived("/")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a refusal has its code", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		o := outgoing()
		o.To = "+15005550003"
		_, err := b.PlaceCall(t.Context(), o, speech("Harbor"))
		if f := b.wantFault(err, fault.ProviderError); f.ProviderCode != 21215 {
			t.Error(f.ProviderCode)
		}
	})
	t.Run("what is too long is not said", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		_, err := b.PlaceCall(t.Context(), outgoing(), speech(strings.Repeat("&", 900)))
		b.wantCode(err, fault.InvalidInput)
		if got := b.arrived("/"); len(got) != 0 {
			t.Error(got)
		}
		if _, err := b.PlaceCall(t.Context(), outgoing(), speech(strings.Repeat("銀", 3700))); err != nil {
			t.Error("characters count, not bytes:", err)
		}
	})
	t.Run("a name's own full stop is not said twice", func(t *testing.T) {
		words, err := Script(speech("Acme Inc."), "")
		if err != nil || !strings.Contains(words, ">Acme Inc.</Say>") {
			t.Error(words, err)
		}
	})
}

// TestClient_Sends holds every way in which a send may go wrong: what it comes
// to, and that Twilio was asked once.
func TestClient_Sends(t *testing.T) {
	const html = "<html><body>502 Bad Gateway for +12025550101</body></html>"
	for _, tt := range []struct {
		name         string
		twilio       http.HandlerFunc
		want         fault.Code
		providerCode int
		retryAfter   time.Duration
	}{
		{name: "refused, quoting the number", want: fault.ProviderError, providerCode: 21211,
			twilio: answers(400, `{"code":21211,"message":"Invalid 'To' Phone Number: +12025550101","status":400}`)},
		{name: "wrong token", want: fault.ProviderError, providerCode: 20003,
			twilio: answers(401, `{"code":20003,"message":"Authenticate","status":401}`)},
		{name: "suspended", want: fault.ProviderError, providerCode: 20005,
			twilio: answers(403, `{"code":20005,"message":"Account is not active","status":403}`)},
		{name: "forbidden by nobody knows whom", want: fault.ProviderError, twilio: answers(403, html)},
		{name: "throttled", want: fault.Throttled, providerCode: 20429, retryAfter: 7 * time.Second,
			twilio: answers(429, `{"code":20429,"status":429}`, "Retry-After", "7")},
		{name: "throttled until a date", want: fault.Throttled, providerCode: 20429, retryAfter: 90 * time.Second,
			twilio: answers(429, "", "Date", "Fri, 02 Jan 2026 15:04:05 GMT", "Retry-After", "Fri, 02 Jan 2026 15:05:35 GMT")},
		{name: "throttled for as long as we like", want: fault.Throttled, providerCode: 20429, retryAfter: busyFor, twilio: answers(429, html)},
		{name: "throttled for ever", want: fault.Throttled, providerCode: 20429, retryAfter: time.Hour, twilio: answers(429, "", "Retry-After", "2000000000")},
		{name: "throttled for nonsense", want: fault.Throttled, providerCode: 20429, retryAfter: busyFor, twilio: answers(429, "", "Retry-After", "99999999999999999999")},
		{name: "not to be processed, by nobody knows whom", want: fault.ProviderError, twilio: answers(422, html)},
		{name: "bad gateway", want: fault.ProviderUnavailable, twilio: answers(502, html, "Retry-After", "1")},
		{name: "broken", want: fault.ProviderUnavailable, twilio: answers(500, `{"code":20500,"status":500}`)},
		{name: "4xx of something that is not Twilio", want: fault.ProviderUnavailable, twilio: answers(404, html)},
		{name: "4xx without a body", want: fault.ProviderUnavailable, twilio: answers(408, "")},
		{name: "accepted, unreadably", want: fault.ProviderUnavailable, twilio: answers(201, `{"sid":"SM1`)},
		{name: "accepted, in another language", want: fault.ProviderUnavailable, twilio: answers(201, html)},
		{name: "accepted, without a SID", want: fault.ProviderUnavailable, twilio: answers(201, `{"status":"queued"}`)},
		{name: "accepted, null", want: fault.ProviderUnavailable, twilio: answers(201, `null`)},
		{name: "accepted, with types that are wrong", want: fault.ProviderUnavailable, twilio: answers(201, `{"sid":482913}`)},
		{name: "accepted, without an end", want: fault.ProviderUnavailable, twilio: answers(201, `{"sid":"`+strings.Repeat("x", maxAnswer)+`"}`)},
		{name: "redirected", want: fault.ProviderUnavailable, twilio: answers(307, `{"sid":"SM1","status":"queued"}`, "Location", "/elsewhere")},
		{name: "redirected to nowhere", want: fault.ProviderUnavailable, twilio: answers(302, "", "Location", ":%+12025550101")},
		{name: "cut before an answer", want: fault.ProviderUnavailable,
			twilio: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{name: "cut within the answer", want: fault.ProviderUnavailable,
			twilio: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "100")
				w.WriteHeader(201)
				_, _ = w.Write([]byte(`{"sid":"SM1"}`))
				panic(http.ErrAbortHandler)
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for kind, send := range map[string]func(b *bench) error{
				"text": func(b *bench) error { _, err := b.SendText(t.Context(), outgoing(), body); return err },
				"call": func(b *bench) error {
					_, err := b.PlaceCall(t.Context(), outgoing(), notification.Speech{})
					return err
				},
			} {
				b := newBench(t, tt.twilio)
				err := send(b)
				f := b.wantFault(err, tt.want)
				if refused := tt.want == fault.ProviderError || tt.want == fault.Throttled; notification.Unsent(err) != refused {
					t.Errorf("%s: surely unsent: %v", kind, !refused)
				}
				if f.ProviderCode != tt.providerCode || f.RetryAfter != tt.retryAfter {
					t.Errorf("%s: provider code %d, retry after %s", kind, f.ProviderCode, f.RetryAfter)
				}
				if strings.ContainsAny(f.Message, "0123456789+<{") {
					t.Errorf("message: %s", f.Message)
				}
				if n := len(b.arrived("/")); n != 1 {
					t.Errorf("%s: asked %d times", kind, n)
				}
			}
		})
	}
}

func TestClient_SandboxFaults(t *testing.T) {
	for _, tt := range []struct {
		fault    string
		want     fault.Code
		accepted bool
	}{
		{fault: `{"path":"/2010-04-01/","status":502,"body":"<html>Bad Gateway</html>"}`, want: fault.ProviderUnavailable},
		{fault: `{"path":"/2010-04-01/","status":201,"body":"}garbage{"}`, want: fault.ProviderUnavailable},
		{fault: `{"path":"/2010-04-01/","status":307}`, want: fault.ProviderUnavailable},
		{fault: `{"path":"/2010-04-01/","status":429}`, want: fault.Throttled},
		{fault: `{"path":"/2010-04-01/","code":21608}`, want: fault.ProviderError},
		{fault: `{"path":"/2010-04-01/","cut":"before"}`, want: fault.ProviderUnavailable},
		{fault: `{"path":"/2010-04-01/","cut":"after"}`, want: fault.ProviderUnavailable, accepted: true},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			b := newBench(t, sandbox(t))
			b.order(tt.fault)
			_, err := b.SendText(t.Context(), outgoing(), body)
			b.wantCode(err, tt.want)
			if n := len(b.arrived(messagesPath)); n != 1 {
				t.Errorf("asked %d times", n)
			}
			if tt.accepted {
				b.phone(customer, func(r received) bool { return len(r.Messages) == 1 })
			}
		})
	}
}

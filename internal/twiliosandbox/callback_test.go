package twiliosandbox

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twilio/twilio-go/client"
)

func TestSign_TwiliosExample(t *testing.T) {
	got := sign("12345", "https://example.com/myapp.php?foo=1&bar=2", url.Values{
		"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675310"}, "Digits": {"1234"},
		"From": {"+14158675310"}, "To": {"+18005551212"},
	})
	if got != "L/OH5YylLD5NRKLltdqwSvS0BnU=" {
		t.Error(got)
	}
}

// genuine asks Twilio's own validator.
func (p posted) genuine(token string) bool {
	params := map[string]string{}
	for name := range p.form {
		params[name] = p.form.Get(name)
	}
	validator := client.NewRequestValidator(token)
	return validator.Validate(p.url, params, p.header.Get("X-Twilio-Signature"))
}

func TestCallback_Message(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	sid := b.send(customer, "StatusCallback", in.url()+"#rc=2&rp=ct")
	got := in.await(2)
	b.settled(messagePath(sid), "delivered")
	for i, status := range []string{"sent", "delivered"} {
		want := url.Values{
			"MessageSid": {sid}, "SmsSid": {sid}, "MessageStatus": {status}, "SmsStatus": {status},
			"AccountSid": {harborSID}, "ApiVersion": {"2010-04-01"}, "From": {harborFrom}, "To": {customer},
		}
		if status == "delivered" {
			if want["RawDlrDoneDate"] = got[i].form["RawDlrDoneDate"]; len(want.Get("RawDlrDoneDate")) != 10 {
				t.Errorf("RawDlrDoneDate: %v", want["RawDlrDoneDate"])
			}
		}
		if diff := cmp.Diff(want, got[i].form); diff != "" {
			t.Error(diff)
		}
		if !got[i].genuine(harborToken) || got[i].genuine(summitToken) {
			t.Errorf("signature of %s", status)
		}
		if got[i].header.Get("I-Twilio-Idempotency-Token") == "" || got[i].header.Get("Content-Type") != "application/x-www-form-urlencoded; charset=UTF-8" {
			t.Errorf("headers: %v", got[i].header)
		}
	}
	if got[0].header.Get("I-Twilio-Idempotency-Token") == got[1].header.Get("I-Twilio-Idempotency-Token") {
		t.Error("two callbacks with one idempotency token")
	}
}

func TestCallback_Statuses(t *testing.T) {
	for _, tt := range []struct{ outcome, service, want, errorCode string }{
		{"delivered", "", "sent delivered", ""},
		{"sent", "", "sent", ""},
		{"undelivered:30003", "", "sent undelivered", "30003"},
		{"failed:30001", "", "failed", "30001"},
		{"delivered", "MG1", "queued sent delivered", ""},
	} {
		t.Run(tt.outcome+tt.service, func(t *testing.T) {
			b, in := newBench(t), newInbox(t)
			b.SetPhone(customer, Phone{Outcome: tt.outcome})
			b.send(customer, "StatusCallback", in.url(), "MessagingServiceSid", tt.service)
			got := in.await(len(strings.Fields(tt.want)))
			if statuses := strings.Join(in.values("MessageStatus"), " "); statuses != tt.want {
				t.Errorf("got %s, want %s", statuses, tt.want)
			}
			last := got[len(got)-1].form
			if last.Get("ErrorCode") != tt.errorCode || last.Get("MessagingServiceSid") != tt.service {
				t.Errorf("last: %v", last)
			}
		})
	}
}

func TestCallback_Call(t *testing.T) {
	const twiml = "<Response><Say>Hello</Say></Response>"
	t.Run("completed alone unless asked", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		r := b.post(callsPath, callTo(customer, twiml, "StatusCallback", in.url(), "MachineDetection", "Enable"))
		got := in.await(1)[0]
		form := got.form
		want := url.Values{
			"CallSid": {r.text("sid")}, "CallStatus": {"completed"}, "AccountSid": {harborSID}, "ApiVersion": {"2010-04-01"},
			"From": {harborFrom}, "To": {customer}, "Caller": {harborFrom}, "Called": {customer}, "Direction": {"outbound-api"},
			"CallbackSource": {"call-progress-events"}, "SequenceNumber": {"0"}, "Timestamp": form["Timestamp"],
			"CallDuration": {"1"}, "Duration": {"1"}, "SipResponseCode": {"200"}, "AnsweredBy": {"human"},
		}
		if diff := cmp.Diff(want, form); diff != "" || !got.genuine(harborToken) {
			t.Error(diff)
		}
	})
	t.Run("every event in its order", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		form := callTo(customer, twiml, "StatusCallback", in.url())
		form["StatusCallbackEvent"] = []string{"initiated", "ringing", "answered", "completed"}
		b.post(callsPath, form)
		in.await(4)
		if got := strings.Join(in.values("CallStatus"), " "); got != "initiated ringing in-progress completed" {
			t.Error(got)
		}
		if got := strings.Join(in.values("SequenceNumber"), ""); got != "0123" {
			t.Error(got)
		}
	})
	t.Run("busy comes as completed", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		b.SetPhone(customer, Phone{CallOutcome: "busy"})
		b.post(callsPath, callTo(customer, twiml, "StatusCallback", in.url()))
		if form := in.await(1)[0].form; form.Get("CallStatus") != "busy" || form.Get("SipResponseCode") != "486" || form.Get("CallDuration") != "0" {
			t.Errorf("%v", form)
		}
	})
	t.Run("by GET, signed over the query", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		b.post(callsPath, callTo(customer, twiml, "StatusCallback", in.url(), "StatusCallbackMethod", "GET"))
		got := in.await(1)[0]
		if got.method != http.MethodGet || !strings.Contains(got.url, "CallStatus=completed") || !got.genuine(harborToken) {
			t.Errorf("%+v", got)
		}
	})
}

func TestCallback_LoopbackOnly(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.8.9.1": true, "::1": true, "localhost": true, "LOCALHOST.": true, "app.localhost": true,
		"10.0.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "0.0.0.0": false, "bank.example": false,
		"localhost.bank.example": false, "": false,
	} {
		if got := isLoopback(host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
	b := newBench(t)
	sid := b.send(customer, "StatusCallback", "http://bank.example/status")
	b.settled(messagePath(sid), "delivered")
	eventually(t, func() bool { return strings.Contains(b.log.String(), "callback refused") }, b.log.String)
}

func TestCallback_RetriesWhereNobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	b := newBench(t)
	sid := b.send(customer, "StatusCallback", "http://"+address+"/")
	b.settled(messagePath(sid), "delivered")
	eventually(t, func() bool {
		return strings.Contains(b.log.String(), "once more") && strings.Contains(b.log.String(), "callback failed")
	}, b.log.String)
}

func TestLog_HoldsNoSecret(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	b.order(`{"path":"/2010-04-01/","latencyMs":1,"times":1}`)
	b.send(customer, "StatusCallback", in.url())
	in.await(2)
	b.order(`{"path":"/v2/","latencyMs":1,"times":1}`)
	for _, path := range []string{"/v2/PhoneNumbers/" + customer, "/v2/PhoneNumbers/%2B12025550101", "/v2/PhoneNumbers/12025550101/Overrides", "/v3/" + customer + ".json"} {
		b.get(path)
	}
	b.SetPhone(customer, Phone{LineType: "no such type"})
	if !strings.Contains(b.log.String(), "0101/Overrides") {
		t.Errorf("requests are not logged: %s", b.log)
	}
	for _, secret := range []string{"482913", harborToken, "2025550101"} {
		if strings.Contains(b.log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

func TestClose_StopsWhatIsUnderWay(t *testing.T) {
	hold := make(chan struct{})
	defer close(hold)
	in := newInbox(t)
	in.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	})
	b := newBench(t)
	for i := range 20 {
		b.send(fmt.Sprintf("+1202555%04d", i), "StatusCallback", in.url())
	}
	b.Close() // returns although a callback hangs
	b.Close()
	if r := b.post(messagesPath, textTo(customer)); r.status != 201 || r.text("status") != "queued" {
		t.Errorf("after Close: %d %s", r.status, r.raw)
	}
}

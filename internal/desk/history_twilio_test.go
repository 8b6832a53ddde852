package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Product requirement H10: whatever Twilio does, the log answers, says that it
// may be behind, and why.
func TestHistory_WithoutTwilioTheLogAnswers(t *testing.T) {
	t.Parallel()
	fault := func(how string) func(*desktest.Twilio) {
		return func(w *desktest.Twilio) { w.Fault(`{"path": "/2010-04-01", ` + how + `}`) }
	}
	for _, tt := range []struct {
		name, reason string
		order        func(w *desktest.Twilio)
	}{
		{"is down", "fault of its own", fault(`"status": 503`)},
		{"is broken", "fault of its own", fault(`"status": 500`)},
		{"answers with a gateway's page", "fault of its own", fault(`"status": 502, "body": "<html>bad gateway</html>"`)},
		{"answers with a page", "no usable answer", fault(`"status": 200, "body": "<html>maintenance</html>"`)},
		{"answers with half a JSON", "no usable answer", fault(`"status": 200, "body": "{\"messages\": [{\"sid\": \"SM"`)},
		{"answers with other JSON", "no usable answer", fault(`"status": 200, "body": "{}"`)},
		{"answers with other types", "no usable answer", fault(`"status": 200, "body": {"messages": [{"sid": 5, "error_code": "none"}]}`)},
		{"cuts the connection", "could not be reached", fault(`"cut": "before"`)},
		{"cuts the connection once it has read", "could not be reached", fault(`"cut": "after"`)},
		{"limits requests", "limiting requests", fault(`"status": 429`)},
		{"turns the account away", "turned the institution's account away", func(w *desktest.Twilio) {
			w.Control("PUT", "/sandbox/account", `{"authFails": true}`)
		}},
		{"has suspended the account", "turned the institution's account away", fault(`"status": 403, "code": 20005`)},
		{"hangs", "did not answer in time", fault(`"hang": true`)},
		{"is slow", "did not answer in time", fault(`"latencyMs": 60000`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t)
			agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
			d.Twilio.Seed(
				atTwilio(d.Harbor, 1, customer.Phone.PhoneNumber, time.Hour, "delivered", 0, "one"),
				atTwilio(d.Harbor, 2, customer.Phone.PhoneNumber, 2*time.Hour, "undelivered", 30003, "two"),
			)
			agent.Do(userHistory, V{"user": customer.ID}).OK()
			d.Clock.Advance(time.Minute)
			tt.order(d.Twilio)

			a := agent.Do(userHistory, V{"user": customer.ID}).OK()

			if a.At(ofUser+".stale") != true || !strings.Contains(a.Text(ofUser+".staleReason"), tt.reason) {
				t.Errorf("stale, but: %s", a.Body)
			}
			if a.Text(ofUser+".asOf") != "2026-03-02T12:00:00Z" || a.At(ofUser+".unavailableReason") != nil {
				t.Error(a.Body)
			}
			if diff := cmp.Diff([]any{"one", "two"}, column(a, ofUser, "body")); diff != "" {
				t.Error(diff)
			}
			if strings.Contains(d.Log.String(), customer.Phone.PhoneNumber) || strings.Contains(d.Log.String(), d.Harbor.Twilio.Token) {
				t.Errorf("the log tells a number or the token: %s", d.Log)
			}

			d.Twilio.Mend()
			d.Twilio.Control("PUT", "/sandbox/account", `{"authFails": false}`)
			d.Twilio.Seed(atTwilio(d.Harbor, 3, customer.Phone.PhoneNumber, 30*time.Minute, "delivered", 0, "made meanwhile"))
			a = agent.Do(userHistory, V{"user": customer.ID}).OK()
			if a.At(ofUser+".stale") != false || a.At(ofUser+".staleReason") != nil || a.Text(ofUser+".asOf") != "2026-03-02T12:01:00Z" {
				t.Errorf("once Twilio is back: %s", a.Body)
			}
			if diff := cmp.Diff([]any{"made meanwhile", "one", "two"}, column(a, ofUser, "body")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHistory_FromTheLogAsksTwilioNothing(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
	d.Twilio.Seed(atTwilio(d.Harbor, 1, customer.Phone.PhoneNumber, time.Hour, "delivered", 0, "at Twilio only"))
	before := len(d.Twilio.Requests())

	a := agent.Do(userHistory, V{"user": customer.ID, "source": "LOG"}).OK()
	b := agent.Do(numberHistory, V{"number": customer.Phone.PhoneNumber, "source": "LOG"}).OK()

	if asked := d.Twilio.Requests()[before:]; len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
	if len(a.List(ofUser+".messages.nodes"))+len(b.List("notificationHistory.messages.nodes")) > 0 {
		t.Error(a.Body, b.Body)
	}
	if a.At(ofUser+".asOf") != nil || a.At(ofUser+".stale") != false {
		t.Errorf("never brought up to date, and nothing failed: %s", a.Body)
	}
}

// What Twilio drops stays in the log.
func TestHistory_TextsThatTwilioNoLongerHasStay(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
	d.Twilio.Seed(atTwilio(d.Harbor, 1, customer.Phone.PhoneNumber, time.Hour, "delivered", 0, "one"))
	agent.Do(userHistory, V{"user": customer.ID}).OK()
	d.Twilio.Fault(`{"path": "/2010-04-01", "status": 200, "body": "{\"messages\": []}"}`)
	d.Clock.Advance(time.Minute) // or Twilio would not be asked

	a := agent.Do(userHistory, V{"user": customer.ID}).OK()

	if a.At(ofUser+".stale") != false || len(column(a, ofUser, "sid")) != 1 {
		t.Error(a.Body)
	}
}

// Product requirement H5: where no text is sent there is no history, which is
// not the same as an empty one.
func TestHistory_IsUnavailableInUAT(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.UAT)
	agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
	before := len(d.Twilio.Requests())
	for _, source := range []string{"PROVIDER", "LOG"} {
		a := agent.Do(userHistory, V{"user": customer.ID, "source": source}).OK()
		b := agent.Do(numberHistory, V{"number": customer.Phone.PhoneNumber, "source": source}).OK()
		for place, got := range map[string]desktest.Answer{ofUser: a, "notificationHistory": b} {
			if got.At(place+".unavailableReason") != "UNAVAILABLE_IN_UAT" || got.At(place+".messages") != nil || got.At(place+".stale") != false {
				t.Errorf("%s: %s", source, got.Body)
			}
		}
	}
	if asked := d.Twilio.Requests()[before:]; len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
	if a := d.As(d.Harbor.Viewer).Do(userHistory, V{"user": customer.ID}); a.Code(ofUser) != no {
		t.Errorf("without the permission: %s", a.Body)
	}
}

func TestUAT_CodesAndNoticesGoByMail(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.UAT)
	before := len(d.Twilio.Requests())
	customer := d.Harbor.Customer
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(customer)
	browser.Do(sendCode, v).OK()
	mails := d.Mails.To(customer.Email)
	if len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, "[UAT]") || !strings.HasPrefix(mails[0].Text, "[UAT]") {
		t.Fatalf("mails: %v", mails)
	}
	v["code"] = written(mails[0].Text)
	browser.Do(verify, v).OK()

	d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
	d.SendNotices()

	if mails := d.Mails.To(customer.Email); len(mails) != 2 {
		t.Errorf("mails: %v", mails)
	}
	if asked := d.Twilio.Requests()[before:]; len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
}

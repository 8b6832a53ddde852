package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// What Twilio took and did not answer for is one text, with what became of it, and
// nobody is told that it could not be sent.
func TestUnanswered_IsMatchedWithWhatTwilioLists(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Twilio.Fault(`{"path": "/2010-04-01", "cut": "after", "callback": "lost", "times": 1}`)
		customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
		v := browser.Challenge(customer)
		a := browser.Do(sendCode, v)
		if code := a.Code("sendCode"); code != "PROVIDER_UNAVAILABLE" || strings.Contains(a.Body, "could not be sent") {
			t.Fatalf("the customer is told: %s", a.Body)
		}
		d.Clock.Advance(31 * time.Second)
		browser.Do(sendCode, v).OK()
		sent := d.Twilio.Await(customer.Phone.PhoneNumber, 2, 0).Messages

		for range 2 {
			history := d.As(d.Harbor.Agent).Do(userHistory, V{"user": customer.ID}).OK()
			sids, statuses := column(history, ofUser, "sid"), column(history, ofUser, "status")
			if len(sids) != 2 || sids[0] != sent[0].SID || sids[1] != sent[1].SID || statuses[1] != "DELIVERED" {
				t.Fatalf("%v %v of %v", sids, statuses, sent)
			}
			d.Clock.Advance(6 * time.Second)
		}
	})
}

// What Twilio never took is on its way until its code is over, and unknown then.
func TestUnanswered_IsUnknownOnceItsCodeIsOver(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Twilio.Fault(`{"path": "/2010-04-01", "status": 503, "times": 1}`)
		customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
		browser.Do(sendCode, browser.Challenge(customer))
		agent := d.As(d.Harbor.Agent)
		newest := func() map[string]any {
			t.Helper()
			return agent.Do(userHistory, V{"user": customer.ID}).OK().List(ofUser + ".messages.nodes")[0].(map[string]any)
		}

		if got := newest(); got["status"] != "PENDING" || got["error"] != nil {
			t.Errorf("at once: %v", got)
		}
		d.Clock.Advance(5*time.Minute + time.Millisecond)
		got := newest()
		why, _ := got["error"].(map[string]any)
		if got["status"] != "DELIVERY_UNKNOWN" || why["title"] != "No answer from the provider" || why["code"] != nil {
			t.Errorf("once its code is over: %v", got)
		}
	})
}

// What Twilio never had is told from what it has some minutes later, by itself: the one
// does not count against what may be asked for in an hour, and the other does.
func TestUnanswered_IsReconciledByItself(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, fault, numberType, status string
		again                           bool
	}{
		{"a text that never left", `"status": 503`, "MOBILE", "FAILED", true},
		{"a text without an answer", `"cut": "after", "callback": "lost"`, "MOBILE", "DELIVERED", false},
		{"a call that never left", `"cut": "before"`, "LANDLINE", "", true},
		{"a call without an answer", `"cut": "after", "callback": "lost"`, "LANDLINE", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, d *desktest.Desk) {
				customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
				d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": tt.numberType}).OK()
				v := browser.Challenge(customer)
				send := func() string {
					t.Helper()
					d.Clock.Advance(31 * time.Second)
					return browser.Do(sendCode, v).Code("sendCode")
				}
				d.Twilio.Fault(`{"path": "/2010-04-01", "times": 1, ` + tt.fault + `}`)
				if code := send(); code != "PROVIDER_UNAVAILABLE" {
					t.Fatal(code)
				}
				for range 4 {
					if code := send(); code != "" {
						t.Fatal(code)
					}
				}
				if code := send(); code != "THROTTLED" {
					t.Fatal(code)
				}
				d.Clock.Advance(5 * time.Minute)
				v = browser.Challenge(customer)
				for range 2 {
					if err := d.Runner.Handlers["RECONCILE_SENDS"].Do(t.Context(), nil); err != nil {
						t.Fatal(err)
					}
				}

				if code := send(); (code == "") != tt.again {
					t.Errorf("one more is %q", code)
				}
				if code := send(); code != "THROTTLED" {
					t.Errorf("two more are %q", code)
				}
				if tt.status == "" { // histories have no calls
					return
				}
				log := d.As(d.Harbor.Agent).Do(userHistory, V{"user": customer.ID, "source": "LOG"}).OK()
				nodes := log.List(ofUser + ".messages.nodes")
				first, _ := nodes[len(nodes)-1].(map[string]any)
				why, _ := first["error"].(map[string]any)
				if first["status"] != tt.status || tt.status == "FAILED" && why["title"] != "Never reached the provider" {
					t.Errorf("the log has %v", first)
				}
			})
		})
	}
}

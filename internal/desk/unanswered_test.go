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

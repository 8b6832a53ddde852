package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// A stranger who has the password asks for codes until there are no more: the owner
// gets one all the same, and hears of the others.
func TestSendCode_AStrangerUsesUpNothingOfTheOwners(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		home := known(d, customer) // which took one of the five that unknown browsers have
		stranger := d.Browser(auth.Customer)
		v := stranger.Challenge(customer)
		for range 4 {
			stranger.Do(sendCode, v).OK()
			d.Clock.Advance(30 * time.Second)
		}
		waits(t, stranger.Do(sendCode, v), "sendCode", 3600-150)

		home.Do(sendCode, home.Challenge(customer)).OK()

		for range 2 {
			stranger.Do(sendCode, v)
			d.SendNotices()
		}
		said := message.In(message.English).Notices[string(notification.ManyCodesAsked)]
		mails := 0
		for _, m := range d.Mails.To(customer.Email) {
			mails += strings.Count(m.Text, said)
		}
		if mails != 1 {
			t.Errorf("told %d times: %v", mails, d.Mails.To(customer.Email))
		}
	})
}

// What Twilio refuses was never sent: whoever texts START gets a code at once.
func TestSendCode_ARefusalUsesUpNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		number := d.Harbor.Customer.Phone.PhoneNumber
		d.Twilio.Control("PUT", "/sandbox/phones/"+number, `{"outcome": "reject:21610"}`)
		browser := d.Browser(auth.Customer)
		v := browser.Challenge(d.Harbor.Customer)
		for range 6 {
			a := browser.Do(sendCode, v)
			e := a.Error("sendCode")
			if a.Code("sendCode") != "PROVIDER_ERROR" || e.Extensions["providerCode"] != 21610.0 || !strings.Contains(e.Message, "Text START") {
				t.Fatal(a.Body)
			}
		}

		d.Twilio.Control("PUT", "/sandbox/phones/"+number, `{"outcome": "delivered"}`)

		a := browser.Do(sendCode, v).OK()
		if a.At("sendCode.retryAfterSeconds") != 30.0 {
			t.Error(a.Body)
		}
		v["code"] = d.Twilio.NextCode(number)
		browser.Do(verify, v).OK()
	})
}

// While Twilio is busy there is one wait, and it is true; the history says why.
func TestSendCode_OneTrueWaitWhileTwilioIsBusy(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Twilio.Fault(`{"path": "/2010-04-01", "status": 429, "code": 20429, "times": 1}`)
		browser := d.Browser(auth.Customer)
		v := browser.Challenge(d.Harbor.Customer)

		waits(t, browser.Do(sendCode, v), "sendCode", 5)

		d.Clock.Advance(5 * time.Second)
		browser.Do(sendCode, v).OK()
		history := d.As(d.Harbor.Agent).Do(userHistory, V{"user": d.Harbor.Customer.ID, "source": "LOG"}).OK()
		if first := ofUser + ".messages.nodes.1."; history.At(first+"status") != "FAILED" || history.At(first+"error.code") != 20429.0 {
			t.Error(history.Body)
		}
	})
}

// Twilio may have what it answered 503 to, until somebody has looked.
func TestSendCode_AFaultOfTwiliosStaysCounted(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	d.Twilio.Fault(`{"path": "/2010-04-01", "status": 503, "times": 1}`)
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(d.Harbor.Customer)
	if a := browser.Do(sendCode, v); a.Code("sendCode") != "PROVIDER_UNAVAILABLE" {
		t.Fatal(a.Body)
	}

	waits(t, browser.Do(sendCode, v), "sendCode", 30)
}

// Twenty accounts of two institutions name one number, some as new customers, some as
// another phone: it rings five times an hour.
func TestSendCode_ANumberThatManyNameRingsFiveTimesAnHour(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const number = "+12025550150"
		for i := range 20 {
			bank := []desktest.Bank{d.Harbor, d.Summit}[i%2]
			p := d.Add(bank.Institution, desktest.Newcomer{Email: fmt.Sprintf("flood-%d@customer.example", i)})
			if i < 10 {
				d.As(p).Do(addPhone, V{"phone": number})
			} else {
				d.AddDevice(&device.Phone{Base: unconfirmed(d, p), PhoneNumber: number})
				if err := d.DB.SetUserStatus(t.Context(), bank.ID, p.ID, user.Enrolling); err != nil {
					t.Fatal(err)
				}
				browser := d.Browser(auth.Customer)
				browser.Do(sendCode, browser.Challenge(p))
			}
			d.Clock.Advance(31 * time.Second)
		}

		if texts := d.Twilio.Await(number, 5, 0).Messages; len(texts) != 5 {
			t.Errorf("%d texts", len(texts))
		}
	})
}

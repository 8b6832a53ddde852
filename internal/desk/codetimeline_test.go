package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

const (
	testCode   = `mutation($tested: ID!) { sendTestCode(input: {deviceId: $tested}) { attempt { id purpose channel to outcome } } }`
	watchCodes = `subscription($user: ID!) { codeAttemptUpdated(userId: $user) { id purpose channel outcome events { kind } } }`
	// updatedCode is the place of a code in what a stream says.
	updatedCode = "codeAttemptUpdated"
	timeline    = `query($user: ID!, $first: Int, $after: String) { user(id: $user) { codeTimeline(first: $first, after: $after) {
		pageInfo { hasNextPage endCursor } edges { cursor }
		nodes { id purpose channel to deviceId requestedAt expiresAt outcome provider sid segments price error { code title remedy } events { kind at detail } } } } }`
	becameOf = `query($id: ID!) { challenge(id: $id) { options { id kind label sentAt } delivery { optionId state explanation tryInstead withoutKey } } }`
)

// newest waits until the newest code of a user has come to an outcome, and returns the
// timeline.
func newest(t *testing.T, d *desktest.Desk, staff *desktest.Client, userID, outcome string) desktest.Answer {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		a := staff.Do(timeline, V{"user": userID}).OK()
		if a.Text("user.codeTimeline.nodes.0.outcome") == outcome {
			return a
		}
		if time.Now().After(deadline) {
			t.Fatalf("it never came to %s: %s", outcome, a.Body)
		}
	}
}

// kinds are the events of the nth code.
func events(a desktest.Answer, n int) string {
	var all []string
	for i := range a.List(fmt.Sprintf("user.codeTimeline.nodes.%d.events", n)) {
		all = append(all, a.Text(fmt.Sprintf("user.codeTimeline.nodes.%d.events.%d.kind", n, i)))
	}
	return strings.Join(all, " ")
}

func TestCodeTimeline(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, staff := d.Harbor.Customer, d.As(d.Harbor.Admin)
		number := customer.Phone.PhoneNumber
		// ask has the customer's code sent in an own browser, whatever comes of it.
		ask := func() (*desktest.Client, V) {
			b := d.Browser(auth.Customer)
			v := b.Challenge(customer)
			b.Do(desktest.SendCode, v)
			d.Clock.Advance(31 * time.Second)
			return b, v
		}

		b, v := ask()
		a := newest(t, d, staff, customer.ID, "DELIVERED_NOT_ENTERED")
		if got := events(a, 0); got != "REQUESTED ACCEPTED SENT DELIVERED" {
			t.Errorf("a text that arrives: %s", got)
		}
		code := d.Twilio.NextCode(number)
		v["code"] = wrongFor(code)
		b.Do(desktest.VerifyCode, v)
		newest(t, d, staff, customer.ID, "WRONG")
		v["code"] = code
		b.Do(desktest.VerifyCode, v).OK()
		a = newest(t, d, staff, customer.ID, "ENTERED")
		if got := events(a, 0); !strings.HasSuffix(got, "DELIVERED WRONG ENTERED") {
			t.Errorf("typed wrong, then right: %s", got)
		}
		if got := a.Text("user.codeTimeline.nodes.0.provider") + a.Text("user.codeTimeline.nodes.0.channel") + a.Text("user.codeTimeline.nodes.0.purpose"); !strings.HasSuffix(got, "SMSSIGN_IN") || got == "SMSSIGN_IN" {
			t.Errorf("provider, channel, purpose: %s", got)
		}

		d.Twilio.SetPhone(number, twiliosandbox.Phone{Outcome: "undelivered:30003"})
		ask()
		a = newest(t, d, staff, customer.ID, "UNDELIVERED")
		if a.At("user.codeTimeline.nodes.0.error.code") != float64(30003) {
			t.Errorf("why it did not arrive: %s", a.Body)
		}

		d.Twilio.SetPhone(number, twiliosandbox.Phone{Outcome: "reject:21610"})
		ask()
		a = newest(t, d, staff, customer.ID, "REFUSED")
		if a.At("user.codeTimeline.nodes.0.error.code") != float64(21610) || events(a, 0) != "REQUESTED REFUSED" {
			t.Errorf("refused: %s", a.Body)
		}

		d.Twilio.SetPhone(number, twiliosandbox.Phone{Outcome: "delivered"})
		d.Twilio.Fault(`{"path": "/2010-04-01/", "status": 429, "code": 20429, "times": 1}`)
		ask()
		a = newest(t, d, staff, customer.ID, "REFUSED")
		if events(a, 0) != "REQUESTED PASSED_OVER REFUSED" || a.Text("user.codeTimeline.nodes.0.events.1.detail") != "Twilio: THROTTLED 20429" {
			t.Errorf("passed over: %s", a.Body)
		}

		t.Run("pages", func(t *testing.T) {
			one := staff.Do(timeline, V{"user": customer.ID, "first": 1}).OK()
			two := staff.Do(timeline, V{"user": customer.ID, "first": 3, "after": one.Text("user.codeTimeline.pageInfo.endCursor")}).OK()
			if two.At("user.codeTimeline.pageInfo.hasNextPage") != false || two.Text("user.codeTimeline.nodes.0.outcome") != "REFUSED" ||
				two.Text("user.codeTimeline.nodes.1.outcome") != "UNDELIVERED" || two.Text("user.codeTimeline.nodes.2.outcome") != "ENTERED" {
				t.Error(two.Body)
			}
			if bad := staff.Do(timeline, V{"user": customer.ID, "after": "made up"}); bad.Code("user.codeTimeline") != "INVALID_INPUT" {
				t.Error(bad.Body)
			}
		})

		t.Run("is nothing to another institution", func(t *testing.T) {
			if a := d.As(d.Summit.Admin).Do(timeline, V{"user": customer.ID}); a.Code("user") != "NOT_FOUND" {
				t.Error(a.Body)
			}
		})

		t.Run("costs no more for more codes", func(t *testing.T) {
			before := d.DB.Statements()
			staff.Do(timeline, V{"user": customer.ID, "first": 1}).OK()
			one := d.DB.Statements() - before
			before = d.DB.Statements()
			staff.Do(timeline, V{"user": customer.ID, "first": 20}).OK()
			if all := d.DB.Statements() - before; all != one {
				t.Errorf("%d statements for one code, %d for all", one, all)
			}
		})
	})
}

func TestCodeTimeline_Calls(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, staff := d.Harbor.Customer, d.As(d.Harbor.Admin)
		number := customer.Phone.PhoneNumber
		staff.Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
		for _, tt := range []struct {
			callOutcome, outcome, title, events string
			said                                bool
		}{
			{"completed", "DELIVERED_NOT_ENTERED", "", "KEY_PRESSED", true},
			{"no-key", "NOT_ANSWERED", "Nobody pressed a key", "ANSWERED HUNG_UP", false},
			{"voicemail", "NOT_ANSWERED", "A voicemail answered", "VOICEMAIL", false},
			{"busy", "NOT_ANSWERED", "Line busy", "BUSY", false},
			{"no-answer", "NOT_ANSWERED", "Nobody answered", "NO_ANSWER", false},
			{"failed", "UNDELIVERED", "", "FAILED", false},
		} {
			t.Run(tt.callOutcome, func(t *testing.T) {
				d.Twilio.SetPhone(number, twiliosandbox.Phone{CallOutcome: tt.callOutcome})
				b := d.Browser(auth.Customer)
				b.Do(desktest.SendCode, b.Challenge(customer)).OK()
				a := newest(t, d, staff, customer.ID, tt.outcome)
				d.Clock.Advance(15 * time.Minute)
				if got := events(a, 0); !contains(got, tt.events) {
					t.Errorf("events %q", got)
				}
				if tt.title != "" && a.Text("user.codeTimeline.nodes.0.error.title") != tt.title {
					t.Errorf("why: %s", a.Body)
				}
				if tt.said {
					d.Twilio.NextCode(number)
				}
				said := slices.IndexFunc(d.Twilio.Phone(number).Calls, func(c struct{ SID, Said, From, Status string }) bool { return strings.Contains(c.Said, "Your code is") })
				if picked := tt.outcome != "UNDELIVERED" && tt.callOutcome != "busy" && tt.callOutcome != "no-answer"; picked && tt.said != (said == 0) {
					t.Errorf("of the calls, the newest first, number %d said a code", said)
				}
			})
		}
	})
}

// wrongFor returns another code.
func wrongFor(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}

// contains reports whether all words are among others, in this order.
func contains(all, words string) bool {
	among := strings.Fields(all)
	for _, word := range strings.Fields(words) {
		i := slices.Index(among, word)
		if i < 0 {
			return false
		}
		among = among[i+1:]
	}
	return true
}

func TestChallengeDelivery(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		number := customer.Phone.PhoneNumber
		known := d.Browser(auth.Customer)
		known.SignIn(customer).OK()
		// becomes waits until the newest code of a challenge has come to a state.
		becomes := func(t *testing.T, b *desktest.Client, v V, state any) desktest.Answer {
			t.Helper()
			for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
				a := b.Do(becameOf, V{"id": v["challenge"]}).OK()
				if a.At("challenge.delivery") != nil && a.At("challenge.delivery.state") == state {
					return a
				}
				if time.Now().After(deadline) {
					t.Fatalf("it never came to %v: %s", state, a.Body)
				}
			}
		}
		ask := func(b *desktest.Client) V {
			d.Clock.Advance(15 * time.Minute)
			v := b.Challenge(customer)
			b.Do(desktest.SendCode, v).OK()
			return v
		}

		t.Run("a known browser learns that a text arrived", func(t *testing.T) {
			a := becomes(t, known, ask(known), "ARRIVED")
			if a.Text("challenge.delivery.explanation") != "The text arrived on your phone." || a.At("challenge.delivery.tryInstead") != nil {
				t.Error(a.Body)
			}
			d.Twilio.NextCode(number)
		})

		t.Run("a browser that nobody knows learns nothing of it", func(t *testing.T) {
			stranger := d.Browser(auth.Customer)
			v := ask(stranger)
			newest(t, d, d.As(d.Harbor.Admin), customer.ID, "DELIVERED_NOT_ENTERED")
			if a := stranger.Do(becameOf, V{"id": v["challenge"]}).OK(); a.At("challenge.delivery") != nil {
				t.Error(a.Body)
			}
			d.Twilio.NextCode(number)
		})

		t.Run("of a text that does not arrive a call comes in its place, and signs in", func(t *testing.T) {
			for _, b := range []*desktest.Client{known, d.Browser(auth.Customer)} {
				d.Twilio.SetPhone(number, twiliosandbox.Phone{Outcome: "undelivered:30003", CallOutcome: "completed"})
				v := ask(b)
				a := becomes(t, b, v, "NOT_ARRIVED")
				instead := a.Text("challenge.delivery.tryInstead")
				if a.Text("challenge.delivery.explanation") != "The text did not arrive." || instead != "CALL_INSTEAD:"+customer.Phone.ID {
					t.Error(a.Body)
				}
				v["option"] = instead
				if refused := b.Do(desktest.SendCode, v); refused.Code("sendCode") != "THROTTLED" {
					t.Errorf("at once: %s", refused.Body)
				}
				d.Clock.Advance(30 * time.Second)
				b.Do(desktest.SendCode, v).OK()
				v["code"] = d.Twilio.NextCode(number)
				b.Do(desktest.VerifyCode, v).OK()
			}
		})

		t.Run("a call without a key comes once, after one in which none was pressed", func(t *testing.T) {
			const withoutKey = `mutation($challenge: ID!, $option: ID!) { sendCode(input: {challengeId: $challenge, optionId: $option, withoutKey: true}) { expiresAt } }`
			d.As(d.Harbor.Admin).Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
			d.Twilio.SetPhone(number, twiliosandbox.Phone{CallOutcome: "no-key"})
			d.Clock.Advance(15 * time.Minute)
			v := known.Challenge(customer)
			if a := known.Do(withoutKey, v); a.Code("sendCode") != "CONFLICT" {
				t.Errorf("the first of all: %s", a.Body)
			}
			known.Do(desktest.SendCode, v).OK()
			a := becomes(t, known, v, "NOT_ARRIVED")
			if a.At("challenge.delivery.withoutKey") != true || !strings.Contains(a.Text("challenge.delivery.explanation"), "no key was pressed") {
				t.Error(a.Body)
			}
			d.Clock.Advance(30 * time.Second)
			d.Twilio.SetPhone(number, twiliosandbox.Phone{CallOutcome: "voicemail"})
			known.Do(withoutKey, v).OK()
			a = becomes(t, known, v, "NOT_ARRIVED")
			if !strings.Contains(a.Text("challenge.delivery.explanation"), "voicemail") || a.At("challenge.delivery.withoutKey") != false {
				t.Error(a.Body)
			}
			d.Clock.Advance(30 * time.Second)
			if a := known.Do(withoutKey, v); a.Code("sendCode") != "CONFLICT" {
				t.Errorf("once more: %s", a.Body)
			}
			for _, call := range d.Twilio.Phone(number).Calls[:2] {
				if strings.Contains(call.Said, "Your code is") {
					t.Errorf("heard %q", call.Said)
				}
			}

			d.Twilio.SetPhone(number, twiliosandbox.Phone{CallOutcome: "no-key"})
			d.Clock.Advance(15 * time.Minute)
			v = known.Challenge(customer)
			known.Do(desktest.SendCode, v).OK()
			becomes(t, known, v, "NOT_ARRIVED")
			d.Clock.Advance(30 * time.Second)
			known.Do(withoutKey, v).OK()
			v["code"] = d.Twilio.NextCode(number)
			known.Do(desktest.VerifyCode, v).OK()
		})
	})
}

func TestSendTestCode(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, staff := d.Harbor.Customer, d.As(d.Harbor.Admin)
		number, v := customer.Phone.PhoneNumber, V{"tested": customer.Phone.ID}
		a := staff.Do(testCode, v).OK()
		if a.Text("sendTestCode.attempt.purpose") != "TEST" || a.Text("sendTestCode.attempt.channel") != "SMS" {
			t.Error(a.Body)
		}
		newest(t, d, staff, customer.ID, "DELIVERED_NOT_ENTERED")
		if body := d.Twilio.Phone(number).Messages[0].Body; !strings.Contains(body, "is testing whether messages reach you") || strings.ContainsAny(body, "0123456789") {
			t.Errorf("texted %q", body)
		}
		if a := staff.Do(testCode, v); a.Code("sendTestCode") != "THROTTLED" {
			t.Errorf("at once again: %s", a.Body)
		}
		d.Clock.Advance(time.Minute)
		staff.Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
		staff.Do(testCode, v).OK()
		newest(t, d, staff, customer.ID, "DELIVERED_NOT_ENTERED")
		if said := d.Twilio.Phone(number).Calls[0].Said; !strings.Contains(said, "testing whether our calls reach you") || strings.ContainsAny(said, "0123456789") {
			t.Errorf("said %q", said)
		}
		d.Clock.Advance(time.Minute)
		d.Twilio.SetPhone(number, twiliosandbox.Phone{CallOutcome: "no-answer"})
		staff.Do(testCode, v).OK()
		newest(t, d, staff, customer.ID, "NOT_ANSWERED")
		d.Clock.Advance(time.Minute)
		if a := staff.Do(testCode, v); a.Code("sendTestCode") != "THROTTLED" {
			t.Errorf("the fourth in an hour: %s", a.Body)
		}
		if a := d.As(d.Summit.Admin).Do(testCode, v); a.Code("sendTestCode") != "NOT_FOUND" {
			t.Errorf("another institution's: %s", a.Body)
		}
		app := d.AddApp(customer.User).ID
		if a := staff.Do(testCode, V{"tested": app}); a.Code("sendTestCode") != "CONFLICT" {
			t.Errorf("an app: %s", a.Body)
		}
	})
}

// What is typed says most of a code: too late, the one before, by an app or a backup code,
// which nobody sent.
func TestCodeTimeline_WhatIsTyped(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, staff := d.Harbor.Customer, d.As(d.Harbor.Admin)
		number := customer.Phone.PhoneNumber
		b := d.Browser(auth.Customer)
		v := b.Challenge(customer)
		b.Do(desktest.SendCode, v).OK()
		older := d.Twilio.NextCode(number)
		d.Clock.Advance(31 * time.Second)
		b.Do(desktest.SendCode, v).OK()
		newer := d.Twilio.NextCode(number)

		v["code"] = older
		if a := b.Do(desktest.VerifyCode, v); a.Code("verifyCode") != "WRONG_CODE" {
			t.Errorf("the code before: %s", a.Body)
		}
		d.Clock.Advance(6 * time.Minute)
		v["code"] = newer
		if a := b.Do(desktest.VerifyCode, v); a.Code("verifyCode") != "WRONG_CODE" {
			t.Errorf("too late: %s", a.Body)
		}
		a := staff.Do(timeline, V{"user": customer.ID}).OK()
		if !contains(events(a, 0), "TYPED_LATE") || !contains(events(a, 1), "SUPERSEDED TYPED_OLDER") ||
			a.Text("user.codeTimeline.nodes.0.outcome") != "EXPIRED" || a.Text("user.codeTimeline.nodes.1.outcome") != "EXPIRED" {
			t.Errorf("late and older: %s", a.Body)
		}

		app := d.AddApp(customer.User)
		v = b.Challenge(customer)
		v["option"], v["code"] = "AUTHENTICATOR_APP:"+app.ID, "000000"
		b.Do(desktest.VerifyCode, v)
		codes := makeCodes(staff, customer.ID)
		v["option"], v["code"] = "BACKUP_CODE", codes[0]
		b.Do(desktest.VerifyCode, v).OK()
		a = staff.Do(timeline, V{"user": customer.ID}).OK()
		got := map[string]string{}
		for i := range 2 {
			node := fmt.Sprintf("user.codeTimeline.nodes.%d.", i)
			got[a.Text(node+"channel")] = a.Text(node + "outcome")
		}
		if got["AUTHENTICATOR_APP"] != "WRONG" || got["BACKUP_CODE"] != "ENTERED" || len(a.List("user.codeTimeline.nodes")) != 4 {
			t.Errorf("%v: %s", got, a.Body)
		}
		if one := staff.Do(timeline, V{"user": customer.ID, "first": 3}).OK(); one.At("user.codeTimeline.pageInfo.hasNextPage") != true {
			t.Errorf("a page over both: %s", one.Body)
		}
		for _, code := range append(codes, older, newer) {
			if strings.Contains(a.Body, code) {
				t.Errorf("the timeline has the code %s", code)
			}
		}
	})
}

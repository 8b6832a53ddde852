package desk_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
)

const optedOutFields = `devices { ... on PhoneDevice { phoneNumber optedOut { since textTo textToFormatted learnedBy } } }`

// optedOut returns what staff see of the opt-out of a user's first phone.
func optedOut(d *desktest.Desk, staff, p desktest.Person) any {
	a := d.As(staff).Do(`query($id: ID!) { user(id: $id) { `+optedOutFields+` } }`, V{"id": p.ID}).OK()
	return a.At("user.devices.0.optedOut")
}

// awaitOptedOut waits until staff see that a phone is opted out, or that it is not.
func awaitOptedOut(t *testing.T, d *desktest.Desk, p desktest.Person, want bool) any {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if out := optedOut(d, d.Harbor.Viewer, p); (out != nil) == want {
			return out
		}
		if time.Now().After(deadline) {
			t.Fatalf("never became opted out: %t", want)
		}
	}
}

const optionsAndOptOuts = `mutation($institution: String!, $username: String!, $password: String!) {
	signIn(input: {institution: $institution, username: $username, password: $password}) {
		challenge { id options { id kind label optedOut } } } }`

// STOP is shown to staff and to the owner, puts other ways first, and keeps nothing back:
// the text that is asked for is tried. START ends it.
func TestOptOut_StopAndStart(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		number := customer.Phone.PhoneNumber
		owner := d.As(customer)
		d.AddDevice(&device.Phone{Base: d.Base(customer), PhoneNumber: "+12025550142", DetectedNumberType: new(device.Landline)})
		browser := d.Browser(auth.Customer)
		options := func() desktest.Answer {
			return browser.Do(optionsAndOptOuts, V{"institution": "harbor", "username": customer.Email, "password": desktest.Password}).OK()
		}
		before := options()
		if before.Text("signIn.challenge.options.0.kind") != "SMS" || before.At("signIn.challenge.options.0.optedOut") != false {
			t.Fatal(before.Body)
		}

		d.Text(d.Twilio.Harbor(), number, " stop ")

		out := awaitOptedOut(t, d, customer, true).(map[string]any)
		if out["learnedBy"] != "STOP" || out["textTo"] != "+12025550190" || out["textToFormatted"] != "+1 202-555-0190" || out["since"] != "2026-03-02T12:00:00Z" {
			t.Errorf("staff see %v", out)
		}
		if a := owner.Do(`{ viewer { user { ` + optedOutFields + ` } } }`).OK(); a.Text("viewer.user.devices.0.optedOut.textTo") != "+12025550190" {
			t.Error(a.Body)
		}
		a := options()
		if a.Text("signIn.challenge.options.0.kind") != "VOICE" || a.Text("signIn.challenge.options.1.kind") != "SMS" || a.At("signIn.challenge.options.1.optedOut") != true ||
			a.Text("signIn.challenge.options.1.label") != before.Text("signIn.challenge.options.0.label") {
			t.Error(a.Body)
		}
		v := V{"challenge": a.Text("signIn.challenge.id"), "option": a.Text("signIn.challenge.options.1.id")}
		refused := browser.Do(sendCode, v)
		if e := refused.Error("sendCode"); refused.Code("sendCode") != "PROVIDER_ERROR" || e.Extensions["providerCode"] != 21610.0 || !strings.Contains(e.Message, "Text START to +1 202-555-0190 ") {
			t.Error(refused.Body)
		}
		attention := d.As(d.Harbor.Viewer).Do(`query($id: ID!) { user(id: $id) { attention { kind advice } } }`, V{"id": customer.ID}).OK()
		if attention.Text("user.attention.0.kind") != "TEXTS_STOPPED" || !strings.Contains(attention.Text("user.attention.0.advice"), "text START to +1 202-555-0190") {
			t.Error(attention.Body)
		}

		d.Text(d.Twilio.Harbor(), number, "Start")

		awaitOptedOut(t, d, customer, false)
		browser.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(number)
		browser.Do(verify, v).OK()
	})
}

// Without the webhook a refusal makes it known, and an accepted text ends it. The same
// number at another institution is none of that.
func TestOptOut_ARefusalMakesItKnownAndAnAcceptedTextEndsIt(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		number := customer.Phone.PhoneNumber
		namesake := d.Add(d.Summit.Institution, desktest.Newcomer{Email: "namesake@customer.example", Phone: number})
		d.Twilio.Control("PUT", "/sandbox/phones/"+number, `{"outcome": "reject:21610"}`)
		browser := d.Browser(auth.Customer)
		v := browser.Challenge(customer)

		if a := browser.Do(sendCode, v); a.Code("sendCode") != "PROVIDER_ERROR" {
			t.Fatal(a.Body)
		}

		out, _ := optedOut(d, d.Harbor.Viewer, customer).(map[string]any)
		if out["learnedBy"] != "REFUSED" || out["textTo"] != "+12025550190" {
			t.Errorf("staff see %v", out)
		}
		if out := optedOut(d, d.Summit.Admin, namesake); out != nil {
			t.Errorf("another institution sees %v", out)
		}

		d.Twilio.Control("PUT", "/sandbox/phones/"+number, `{"outcome": "delivered"}`)
		browser.Do(sendCode, v).OK()

		if out := optedOut(d, d.Harbor.Viewer, customer); out != nil {
			t.Errorf("after an accepted text staff see %v", out)
		}
	})
}

// START to another institution's number ends nothing here, and a forged STOP is none.
func TestOptOut_OnlyOfTheAccountsInstitution(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		number := customer.Phone.PhoneNumber
		namesake := d.Add(d.Summit.Institution, desktest.Newcomer{Email: "namesake@customer.example", Phone: number})
		account, err := d.Providers.Find(t.Context(), d.Harbor.ID)
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"AccountSid": {account.AccountSID}, "From": {number}, "To": {account.From}, "Body": {"STOP"}}
		forged := httptest.NewRequest("POST", "/webhooks/twilio/"+account.ID+"/inbound", strings.NewReader(form.Encode()))
		forged.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		forged.Header.Set("X-Twilio-Signature", "bm8gc2lnbmF0dXJl")
		answer := httptest.NewRecorder()

		d.Handler.ServeHTTP(answer, forged)

		if out := optedOut(d, d.Harbor.Viewer, customer); answer.Code != http.StatusForbidden || out != nil {
			t.Errorf("forged: %d, staff see %v", answer.Code, out)
		}
		d.Text(d.Summit.Twilio, number, "STOP")
		d.Text(d.Twilio.Harbor(), number, "STOP")
		awaitOptedOut(t, d, customer, true)
		d.Text(d.Twilio.Harbor(), number, "UNSTOP")
		awaitOptedOut(t, d, customer, false)
		for deadline := time.Now().Add(30 * time.Second); optedOut(d, d.Summit.Admin, namesake) == nil; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the other institution never learned of its STOP")
			}
		}
	})
}

// Opt-outs are read with the devices: they take no statement of their own, selected or not,
// however many users there are, nor does a text that is accepted.
func TestCost_OptOutsTakeNoStatement(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for i := range 20 {
			d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "texted" + string(rune('a'+i)) + "@customer.example", Phone: "+131255501" + string(rune('0'+i/10)) + string(rune('0'+i%10))})
		}
		viewer := d.As(d.Harbor.Viewer)
		page := func(fields string, first int) int64 {
			document := `query($first: Int) { users(first: $first, search: "texted") { nodes { id devices { id ... on PhoneDevice { ` + fields + ` } } } } }`
			return statements(d, viewer, document, V{"first": first})
		}
		page("id", 1)
		without, few, many := page("phoneNumber", 20), page("phoneNumber optedOut { since }", 2), page("phoneNumber optedOut { since }", 20)
		if few != without || many != without {
			t.Errorf("%d statements without, %d for 2 users, %d for 20", without, few, many)
		}
	})
}

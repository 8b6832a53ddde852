package desk_test

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	findChallenge = `query($id: ID!) { challenge(id: $id) { id step supportPhone expiresAt
		options { id kind label sentAt retryAfterSeconds } unavailable { kind reason } } }`
	signInPage = `query($slug: String!) { signInPage(institution: $slug) { name supportPhone accentColor logoUrl languages } }`
)

// Who reloads the page in the middle of a sign-in finds it again, and goes on with it.
func TestChallenge_IsFoundAgainByWhoHoldsItsID(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		browser := d.Browser(auth.Customer)
		a := browser.Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": desktest.Password}).OK()
		v := V{"challenge": a.Text("signIn.challenge.id"), "option": a.Text("signIn.challenge.options.0.id")}
		find := V{"id": v["challenge"]}
		if a := browser.Do(findChallenge, find).OK(); a.At("challenge.options.0.sentAt") != nil {
			t.Error(a.Body)
		}
		browser.Do(sendCode, v).OK()
		sent := d.Clock.Now().UTC().Format(time.RFC3339)
		d.Clock.Advance(20 * time.Second)

		a = d.Browser(auth.Customer).Do(findChallenge, find).OK() // the id alone is what it takes

		if a.Text("challenge.id") != v["challenge"] || a.Text("challenge.options.0.id") != v["option"] {
			t.Error(a.Body)
		}
		if at, err := time.Parse(time.RFC3339Nano, a.Text("challenge.options.0.sentAt")); err != nil || at.Format(time.RFC3339) != sent {
			t.Errorf("sent %s: %s", sent, a.Body)
		}
		if a.At("challenge.options.0.retryAfterSeconds") != 10.0 {
			t.Error(a.Body)
		}
		if a := d.Browser(auth.Staff).Do(findChallenge, find); a.Code("challenge") != "NOT_FOUND" {
			t.Error(a.Body)
		}
		v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
		browser.Do(verify, v).OK()
		if a := browser.Do(findChallenge, find); a.Code("challenge") != "EXPIRED" {
			t.Error(a.Body)
		}
		if a := browser.Do(findChallenge, V{"id": "none"}); a.Code("challenge") != "NOT_FOUND" {
			t.Error(a.Body)
		}
	})
}

func TestSignInPage_TellsWhoseItIs(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		a := d.Browser("").Do(signInPage, V{"slug": "harbor"}).OK()
		if a.Text("signInPage.name") != d.Harbor.Name || a.At("signInPage.accentColor") != nil || a.At("signInPage.logoUrl") != nil {
			t.Error(a.Body)
		}
		for i, language := range a.List("signInPage.languages") {
			if language != []any{"EN", "ES"}[i] {
				t.Error(a.Body)
			}
		}
		for _, none := range []string{"nowhere", "", "' OR 1=1 --", "har\x00bor"} {
			if a := d.Browser("").Do(signInPage, V{"slug": none}).OK(); a.At("signInPage") != nil {
				t.Errorf("%q: %s", none, a.Body)
			}
		}
		for range 96 {
			d.Browser("").Do(signInPage, V{"slug": "nowhere"}).OK()
		}
		if a := d.Browser("").Do(signInPage, V{"slug": "nowhere"}); a.Code("signInPage") != "THROTTLED" {
			t.Error(a.Body)
		}
	})
}

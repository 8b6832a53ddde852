package desk_test

import (
	"fmt"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// crowd has everybody wait who types a password at the browsers' address in a browser
// that nobody knows.
func crowd(d *desktest.Desk) {
	for i := range 100 {
		d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": fmt.Sprintf("made-up-%d@customer.example", i), "password": "x"})
	}
}

// knows reports whether a person's password is looked at in a browser, which a crowd
// has made impossible in those that nobody knows.
func knows(t *testing.T, c *desktest.Client, p desktest.Person, password string) bool {
	t.Helper()
	a := c.Do(signIn, V{"institution": "harbor", "username": p.Email, "password": password})
	if code := a.Code("signIn"); code != yes && code != "THROTTLED" {
		t.Fatal(a.Body)
	}
	return a.Code("signIn") == yes
}

// Whoever knew the password may have made a browser known by it.
func TestKnownBrowsers_AreForgottenWhenThePasswordChanges(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, neighbor := d.Harbor.Customer, d.Harbor.Neighbor
		thief, home, shared := known(d, customer), known(d, customer), known(d, customer)
		shared.SignIn(neighbor).OK()
		delete(shared.Cookies, "fd_customer")
		home.SignIn(customer).OK()
		without := d.As(customer)
		crowd(d)

		home.Do(changePassword, V{"current": desktest.Password, "new": newPassword}).OK()

		for name, one := range map[string]struct {
			browser *desktest.Client
			person  desktest.Person
			want    bool
		}{
			"another of the user": {thief, customer, false}, "a shared one": {shared, customer, false},
			"the shared one, of who shares it": {shared, neighbor, true}, "the one that changed it": {home, customer, true},
		} {
			delete(one.browser.Cookies, "fd_customer")
			password := map[string]string{customer.ID: newPassword, neighbor.ID: desktest.Password}[one.person.ID]
			if got := knows(t, one.browser, one.person, password); got != one.want {
				t.Errorf("%s is known: %v", name, got)
			}
		}
		if without.Cookies["fd_browser"] != "" {
			t.Error("a browser is known that did nothing")
		}

		// One that had no cookie becomes known.
		without = d.As(customer)
		without.Do(changePassword, V{"current": newPassword, "new": "kettle-moss-other"}).OK()
		delete(without.Cookies, "fd_customer")
		if !knows(t, without, customer, "kettle-moss-other") || knows(t, home, customer, "kettle-moss-other") {
			t.Error("not the one that changed it is known")
		}
	})
}

// Whoever follows a mailed link isn't kept out by strangers, and once the password is
// another its browser is the only one that is known.
func TestKnownBrowsers_AMailedLinkAndAReset(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		thief, owner := known(d, customer), d.Browser(auth.Customer)
		crowd(d)
		if knows(t, owner, customer, desktest.Password) || !knows(t, thief, customer, desktest.Password) {
			t.Fatal("the crowd doesn't tell known browsers from others")
		}
		stranger := d.Browser(auth.Customer)
		stranger.Address = "192.0.2.99"
		guess := stranger.Challenge(customer)
		guess["code"] = "000000"
		for range 5 {
			stranger.Do(verify, guess)
		}
		asks(d, "harbor", customer.Email).OK()

		a := owner.Do(resetPassword, V{"token": resetToken(t, d, customer), "new": newPassword}).OK()

		if !knows(t, owner, customer, desktest.Password) {
			t.Error("a browser in which the link was followed is none that is known")
		}
		if options := a.List("resetPassword.challenge.options"); len(options) == 0 {
			t.Fatalf("a stranger's wrong codes close the owner's way: %s", a.Body)
		}
		v := V{"challenge": a.Text("resetPassword.challenge.id"), "option": "SMS:" + customer.Phone.ID}
		owner.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
		owner.Do(verify, v).OK()
		delete(owner.Cookies, "fd_customer")
		if knows(t, thief, customer, newPassword) || !knows(t, owner, customer, newPassword) {
			t.Error("not the browser that changed it is known")
		}
	})
}

package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/message"
)

// typed types a password in a browser that nobody knows, at an address.
func typed(d *desktest.Desk, address, username, password string) desktest.Answer {
	browser := d.Browser(auth.Customer)
	browser.Address = "[" + address + "]"
	return browser.Do(signIn, V{"institution": "harbor", "username": username, "password": password})
}

// known returns a browser in which a person signed in, and signed out again.
func known(d *desktest.Desk, p desktest.Person) *desktest.Client {
	browser := d.Browser(auth.Customer)
	browser.SignIn(p).OK()
	delete(browser.Cookies, "fd_customer")
	d.Clock.Advance(30 * time.Second)
	return browser
}

// A whole network guesses at one account: strangers have 100 wrong passwords in 24
// hours together, then one in 15 minutes, and the owner hears of it once. A name that
// nobody has is answered the same.
func TestSignIn_StrangersTogetherHaveAHundredWrongPasswordsADay(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		home := known(d, customer)
		said := message.In(message.English).Notices[string(notification.ManyWrongPasswords)]
		told := func() (mails, texts int) {
			d.SendNotices()
			for _, m := range d.Mails.To(customer.Email) {
				mails += strings.Count(m.Text, said)
			}
			for _, m := range d.Twilio.Phone(customer.Phone.PhoneNumber).Messages {
				texts += strings.Count(m.Body, said)
			}
			return mails, texts
		}

		for network, name := range []string{customer.Email, "nobody@customer.example"} {
			for i := range 117 {
				a := typed(d, fmt.Sprintf("2001:db8:%x:%x::1", network, i/9), name, "not the password")
				switch mails, _ := told(); {
				case i < 100 && a.Code("signIn") != "WRONG_CREDENTIALS":
					t.Fatalf("%s, %d: %s", name, i, a.Body)
				case i >= 100:
					waits(t, a, "signIn", 15*60)
				case i < 99 && network == 0 && mails > 0:
					t.Fatalf("told after %d", i+1)
				}
			}
		}

		if mails, texts := told(); mails != 1 || texts != 1 {
			t.Errorf("told by %d mails and %d texts", mails, texts)
		}
		waits(t, typed(d, "2001:db8:ffff::1", customer.Email, desktest.Password), "signIn", 15*60)
		home.SignIn(customer).OK()
		d.Clock.Advance(15 * time.Minute)
		typed(d, "2001:db8:ffff::1", customer.Email, desktest.Password).OK()
		if a := typed(d, "2001:db8:fffe::1", customer.Email, "not the password"); a.Code("signIn") != "WRONG_CREDENTIALS" {
			t.Error(a.Body)
		}
		waits(t, typed(d, "2001:db8:fffd::1", customer.Email, desktest.Password), "signIn", 15*60)
		if mails, _ := told(); mails != 1 {
			t.Errorf("told %d times", mails)
		}
		d.Clock.Advance(24 * time.Hour)
		for range 2 {
			if a := typed(d, "2001:db8:fffe::1", customer.Email, "not the password"); a.Code("signIn") != "WRONG_CREDENTIALS" {
				t.Error(a.Body)
			}
		}
	})
}

// A hundred made-up names from one office lock nobody out there who signed in before.
func TestSignIn_ACrowdBehindOneAddressLocksNoKnownBrowserOut(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		home := known(d, customer)
		for i := range 100 {
			a := d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": fmt.Sprintf("made-up-%d@customer.example", i), "password": "x"})
			if a.Code("signIn") != "WRONG_CREDENTIALS" {
				t.Fatal(a.Body)
			}
		}

		waits(t, d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": desktest.Password}), "signIn", 15*60)
		// What is known is known to one user.
		waits(t, home.Do(signIn, V{"institution": "harbor", "username": d.Harbor.Neighbor.Email, "password": desktest.Password}), "signIn", 15*60)
		home.SignIn(customer).OK()
	})
}

// A known browser has a count of its own, by which its owner's typing errors are
// counted, and nobody else's.
func TestSignIn_AKnownBrowserIsCountedByItself(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		home, office := known(d, customer), known(d, customer)
		bad := V{"institution": "harbor", "username": customer.Email, "password": "not the password"}
		for range 10 {
			if a := home.Do(signIn, bad); a.Code("signIn") != "WRONG_CREDENTIALS" {
				t.Fatal(a.Body)
			}
		}

		waits(t, home.Do(signIn, bad), "signIn", 15*60)

		office.SignIn(customer).OK()
		d.Browser(auth.Customer).Challenge(customer)
	})
}

// Whoever has a /48 has all /64s of it, and is one source.
func TestSignIn_AnIPv6SiteIsOneSource(t *testing.T) {
	t.Parallel()
	for _, site := range []string{"2001:db8:1:%x::1", "2001:db8:1:%x00::1"} { // a /56, a /48
		d := desktest.New(t)
		for i := range 100 {
			if a := typed(d, fmt.Sprintf(site, i), fmt.Sprintf("person-%d@customer.example", i), "x"); a.Code("signIn") != "WRONG_CREDENTIALS" {
				t.Fatal(a.Body)
			}
		}

		waits(t, typed(d, fmt.Sprintf(site, 0xfe), d.Harbor.Customer.Email, desktest.Password), "signIn", 15*60)

		typed(d, "2001:db8:2::1", d.Harbor.Customer.Email, desktest.Password).OK()
	}
}

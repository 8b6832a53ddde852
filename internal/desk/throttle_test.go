package desk_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// waits checks that an answer asks to wait, and how long, in the header too.
func waits(t *testing.T, a desktest.Answer, place string, seconds int) {
	t.Helper()
	if a.Code(place) != "THROTTLED" || a.Error(place).Extensions["retryAfterSeconds"] != float64(seconds) {
		t.Errorf("not THROTTLED for %d s: %s", seconds, a.Body)
	}
	if got := a.Header.Get("Retry-After"); got != strconv.Itoa(seconds) {
		t.Errorf("Retry-After: %q, not %d: %s", got, seconds, a.Body)
	}
}

func TestVerifyCode_PausesAfterFiveWrongOnesInARow(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		browser := d.Browser(auth.Customer)
		v := browser.Challenge(customer)
		browser.Do(sendCode, v).OK()
		code := d.Twilio.NextCode(customer.Phone.PhoneNumber)
		try := func(code string) desktest.Answer {
			v["code"] = code
			return browser.Do(verify, v)
		}
		for range 5 {
			if a := try(wrong(code)); a.Code("verifyCode") != "WRONG_CODE" {
				t.Fatal(a.Body)
			}
		}
		waits(t, try(code), "verifyCode", 30)
		d.Clock.Advance(20500 * time.Millisecond)
		waits(t, try(code), "verifyCode", 10)

		// Asking for a new code never resets the count: the next failure pauses twice as long.
		d.Clock.Advance(9500 * time.Millisecond)
		browser.Do(sendCode, v).OK()
		code = d.Twilio.NextCode(customer.Phone.PhoneNumber)
		if a := try(wrong(code)); a.Code("verifyCode") != "WRONG_CODE" {
			t.Fatal(a.Body)
		}
		waits(t, try(code), "verifyCode", 60)
		d.Clock.Advance(time.Minute)
		try(code).OK()
	})
}

// Each of the aliases of one document counts.
func TestVerifyCode_AliasesGainNothing(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(customer)
	browser.Do(sendCode, v).OK()
	code := d.Twilio.NextCode(customer.Phone.PhoneNumber)
	var document strings.Builder
	document.WriteString("mutation($challenge: ID!, $option: ID!) {")
	for i := range 6 {
		fmt.Fprintf(&document, "\n try%d: verifyCode(input: {challengeId: $challenge, optionId: $option, code: %q}) { viewer { user { id } } }", i, wrong(code))
	}
	fmt.Fprintf(&document, "\n right: verifyCode(input: {challengeId: $challenge, optionId: $option, code: %q}) { viewer { user { id } } } }", code)

	a := browser.Do(document.String(), v)

	codes := a.Codes()
	for i := range 5 {
		if codes[fmt.Sprint("try", i)] != "WRONG_CODE" {
			t.Errorf("try %d: %s", i, a.Body)
		}
	}
	waits(t, a, "try5", 30)
	waits(t, a, "right", 30)
	if browser.Cookies["fd_customer"] != "" {
		t.Error("signed in all the same")
	}
}

func TestVerifyCode_ThePauseIsToldByMailAndEveryOtherPhone(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.AddPhone(customer.User, "+12025550113")
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(customer)
	browser.Do(sendCode, v).OK()
	v["code"] = wrong(d.Twilio.NextCode(customer.Phone.PhoneNumber))
	for range 8 {
		browser.Do(verify, v)
	}

	d.SendNotices()

	if mails := d.Mails.To(customer.Email); len(mails) != 1 || !strings.Contains(mails[0].Text, "wrong codes") {
		t.Errorf("mails: %v", mails)
	}
	d.Twilio.Await("+12025550113", 1, 0)
	if texts := d.Twilio.Phone(customer.Phone.PhoneNumber).Messages; len(texts) != 1 {
		t.Errorf("the paused phone has %v", texts)
	}
}

// A stranger who knows the password can't lock the owner's own browser out.
func TestVerifyCode_AStrangersFailuresAreCountedApart(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	owner := d.Browser(auth.Customer)
	owner.SignIn(customer).OK()
	delete(owner.Cookies, "fd_customer")
	if owner.Cookies["fd_browser"] == "" {
		t.Fatal("the browser is not remembered")
	}
	stranger := d.Browser(auth.Customer)
	v := stranger.Challenge(customer)
	v["code"] = "000000"
	for range 6 {
		stranger.Do(verify, v)
	}
	if a := stranger.Do(verify, v); a.Code("verifyCode") != "THROTTLED" {
		t.Fatal(a.Body)
	}

	d.Clock.Advance(30 * time.Second)
	owner.SignIn(customer).OK()
}

func TestSendCode_OnceIn30SecondsAndFiveTimesAnHour(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	number := d.Harbor.Customer.Phone.PhoneNumber
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(d.Harbor.Customer)
	browser.Do(sendCode, v).OK()
	waits(t, browser.Do(sendCode, v), "sendCode", 30)
	// Another sign-in, even from elsewhere, counts for the same phone.
	elsewhere := d.Browser(auth.Customer)
	elsewhere.Address = "192.0.2.99"
	d.Clock.Advance(29 * time.Second)
	waits(t, elsewhere.Do(sendCode, elsewhere.Challenge(d.Harbor.Customer)), "sendCode", 1)
	for range 4 {
		d.Clock.Advance(30 * time.Second)
		browser.Do(sendCode, v).OK()
	}
	d.Clock.Advance(30 * time.Second)

	waits(t, browser.Do(sendCode, v), "sendCode", 3600-29-5*30)

	if texts := d.Twilio.Await(number, 5, 0).Messages; len(texts) != 5 {
		t.Errorf("%d texts", len(texts))
	}
}

func TestSignIn_TenFailuresPauseTheAccountForTheirSourceOnly(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	right := V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": desktest.Password}
	bad := V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": "not the password"}
	// Successes don't count.
	browser.Do(signIn, right).OK()
	aliases := "mutation($institution: String!, $username: String!, $password: String!) {"
	for i := range 10 {
		aliases += fmt.Sprintf(" try%d: signIn(input: {institution: $institution, username: $username, password: $password}) { challenge { id } }", i)
	}

	a := browser.Do(aliases+"}", bad)

	for place, code := range a.Codes() {
		if code != "WRONG_CREDENTIALS" {
			t.Errorf("%s: %s", place, code)
		}
	}
	waits(t, browser.Do(signIn, right), "signIn", 15*60)
	neighbor := V{"institution": "harbor", "username": d.Harbor.Neighbor.Email, "password": desktest.Password}
	browser.Do(signIn, neighbor).OK()
	elsewhere := d.Browser(auth.Customer)
	elsewhere.Address = "192.0.2.99"
	elsewhere.Do(signIn, right).OK()
	d.Clock.Advance(15 * time.Minute)
	browser.Do(signIn, right).OK()
}

// Whoever has one IPv6 address has its whole /64.
func TestSignIn_AnIPv6NetworkIsOneSource(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	try := func(address, password string) desktest.Answer {
		browser := d.Browser(auth.Customer)
		browser.Address = "[" + address + "]"
		return browser.Do(signIn, V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": password})
	}
	for i := range 10 {
		if a := try(fmt.Sprintf("2001:db8:0:1:%x::1", i), "not the password"); a.Code("signIn") != "WRONG_CREDENTIALS" {
			t.Fatal(a.Body)
		}
	}
	waits(t, try("2001:db8:0:1:ffff::1", desktest.Password), "signIn", 15*60)
	try("2001:db8:0:2::1", desktest.Password).OK()
}

// An unknown user is throttled like a known one, or the difference would tell.
func TestSignIn_UnknownUsersAreThrottledTheSame(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	unknown := V{"institution": "harbor", "username": "nobody@customer.example", "password": "not the password"}
	for range 10 {
		if a := browser.Do(signIn, unknown); a.Code("signIn") != "WRONG_CREDENTIALS" {
			t.Fatal(a.Body)
		}
	}
	waits(t, browser.Do(signIn, unknown), "signIn", 15*60)
}

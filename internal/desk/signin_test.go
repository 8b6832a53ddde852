package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/user"
)

const (
	signIn   = desktest.SignIn
	sendCode = desktest.SendCode
	verify   = desktest.VerifyCode
)

// wrong returns a code that is not the one given.
func wrong(code string) string {
	return string('0'+(code[0]-'0'+1)%10) + code[1:]
}

func TestSignIn_WhateverIsWrongLooksTheSame(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.RealHashing)
	closed := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "closed@customer.example", Phone: "+12025550110"})
	if err := d.DB.SetUserStatus(t.Context(), d.Harbor.ID, closed.ID, user.Closed); err != nil {
		t.Fatal(err)
	}
	disabled := newStaff(d)
	d.As(d.Harbor.Admin).Do(disableUser, V{"leaver": disabled.ID}).OK()
	customer := d.Harbor.Customer.Email
	var answers []string
	for _, tt := range []struct {
		name                            string
		client                          auth.Kind
		institution, username, password string
	}{
		{"the password", auth.Customer, "harbor", customer, "not the password"},
		{"the password, and empty", auth.Customer, "harbor", customer, ""},
		{"the password, and longer than any", auth.Customer, "harbor", customer, strings.Repeat("x", 5000)},
		{"the username", auth.Customer, "harbor", "nobody@customer.example", desktest.Password},
		{"the username, and not storable", auth.Customer, "harbor", "nobody\x00@customer.example", desktest.Password},
		{"the institution", auth.Customer, "nowhere", customer, desktest.Password},
		{"the institution, and no slug at all", auth.Customer, "' OR 1=1 --", customer, desktest.Password},
		{"the client, for a customer", auth.Staff, "harbor", customer, desktest.Password},
		{"the client, for staff", auth.Customer, "harbor", d.Harbor.Admin.Email, desktest.Password},
		{"the account, which is closed", auth.Customer, "harbor", closed.Email, desktest.Password},
		{"the account, which is disabled", auth.Staff, "harbor", disabled.Email, desktest.Password},
	} {
		browser := d.Browser(tt.client)
		a := browser.Do(signIn, V{"institution": tt.institution, "username": tt.username, "password": tt.password})
		if a.Code("signIn") != "WRONG_CREDENTIALS" || len(browser.Cookies) > 0 {
			t.Errorf("%s: %s %v", tt.name, a.Body, browser.Cookies)
		}
		answers = append(answers, a.Body)
	}
	for _, body := range answers {
		if body != answers[0] {
			t.Errorf("answers differ:\n%s\n%s", answers[0], body)
		}
	}
}

func TestSignIn_TypingIsForgivenWhereItHarmsNobody(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	a := browser.Do(signIn, V{"institution": "harbor", "username": "  CLEO@Customer.example ", "password": desktest.Password}).OK()
	v := V{"challenge": a.Text("signIn.challenge.id"), "option": a.Text("signIn.challenge.options.0.id")}
	browser.Do(sendCode, v).OK()
	code := d.Twilio.NextCode(d.Harbor.Customer.Phone.PhoneNumber)
	v["code"] = " " + code[:3] + " " + code[3:] + "\t"

	browser.Do(verify, v).OK()
}

func TestSignIn_OptionsNameDevicesWithoutGivingThemAway(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	d.AddPhone(d.Harbor.Customer.User, "+12025550111")

	a := d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": desktest.Password}).OK()

	if a.Text("signIn.challenge.step") != "SECOND_FACTOR" || len(a.List("signIn.challenge.options")) != 2 {
		t.Error(a.Body)
	}
	if label := a.Text("signIn.challenge.options.0.label"); label != "Text to ••• 0101" {
		t.Errorf("the default comes first as %q", label)
	}
	if label := a.Text("signIn.challenge.options.1.label"); label != "Text to ••• 0111" {
		t.Errorf("then %q", label)
	}
	if strings.Contains(a.Body, "2025550") {
		t.Errorf("the number is in %s", a.Body)
	}
	if want := "2026-03-02T12:15:00Z"; a.Text("signIn.challenge.expiresAt") != want {
		t.Error(a.Body)
	}
}

func TestSignIn_ACodeGoesTheWayOfTheNumberType(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	staff, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	number := customer.Phone.PhoneNumber
	for i, tt := range []struct {
		numberType, kind, label string
		texts, calls            int
	}{
		{"MOBILE", "SMS", "Text to ••• 0101", 1, 0},
		{"LANDLINE", "VOICE", "Call to ••• 0101", 1, 1},
		{"VOIP", "VOICE", "Call to ••• 0101", 1, 2},
		{"MOBILE", "SMS", "Text to ••• 0101", 2, 2},
	} {
		staff.Do(setType, V{"device": customer.Phone.ID, "type": tt.numberType}).OK()
		browser := d.Browser(auth.Customer)
		a := browser.Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": desktest.Password}).OK()
		if a.Text("signIn.challenge.options.0.kind") != tt.kind || a.Text("signIn.challenge.options.0.label") != tt.label {
			t.Errorf("%d: %s", i, a.Body)
		}
		v := V{"challenge": a.Text("signIn.challenge.id"), "option": a.Text("signIn.challenge.options.0.id")}
		sent := browser.Do(sendCode, v).OK()
		if sent.At("sendCode.retryAfterSeconds") != 30.0 || sent.Text("sendCode.expiresAt") != d.Clock.Now().Add(5*time.Minute).Format(time.RFC3339) {
			t.Error(sent.Body)
		}
		v["code"] = d.Twilio.NextCode(number)
		browser.Do(verify, v).OK()
		if got := d.Twilio.Await(number, tt.texts, tt.calls); len(got.Messages) != tt.texts || len(got.Calls) != tt.calls {
			t.Errorf("%d: %d texts and %d calls", i, len(got.Messages), len(got.Calls))
		}
		d.Clock.Advance(time.Minute)
	}
	if said := d.Twilio.Phone(number).Calls[0].Said; !strings.HasPrefix(said, "Harbor Credit Union") {
		t.Errorf("the call says %q", said)
	}
	if body := d.Twilio.Phone(number).Messages[0].Body; !strings.HasPrefix(body, "Harbor Credit Union: ") {
		t.Errorf("the text says %q", body)
	}
}

func TestSignIn_WithoutAWayToGetACodeIsAConflict(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	d.Twilio.Control("PUT", "/sandbox/phones/+12025550112", `{"lineType": "nonFixedVoip"}`)
	voip := d.Add(d.Summit.Institution, desktest.Newcomer{Email: "voip@customer.example", Phone: "+12025550112"})
	nothing := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "bare@customer.example"})
	for name, p := range map[string]desktest.Person{"no device": nothing, "a VoIP number where none is permitted": voip} {
		a := d.Browser(auth.Customer).Do(signIn, V{"institution": d.Slug(p), "username": p.Email, "password": desktest.Password})
		if a.Code("signIn") != "CONFLICT" {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
}

func TestVerifyCode_RefusesWhatIsNotTheCodeOfTheChallenge(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		number := customer.Phone.PhoneNumber
		browser := d.Browser(auth.Customer)
		first, second := browser.Challenge(customer), browser.Challenge(customer)
		refused := func(name string, v V, code, want string) {
			t.Helper()
			v = V{"challenge": v["challenge"], "option": v["option"], "code": code}
			if a := browser.Do(verify, v); a.Code("verifyCode") != want || browser.Cookies["fd_customer"] != "" {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
		refused("before any was sent", first, "000000", "WRONG_CODE")
		browser.Do(sendCode, first).OK()
		old := d.Twilio.NextCode(number)
		refused("a wrong code", first, wrong(old), "WRONG_CODE")
		refused("another challenge's code", second, old, "WRONG_CODE")
		d.Clock.Advance(30 * time.Second)
		browser.Do(sendCode, first).OK()
		code := d.Twilio.NextCode(number)
		refused("the code before the newest", first, old, "WRONG_CODE")
		refused("another challenge", V{"challenge": "made up", "option": first["option"]}, code, "NOT_FOUND")
		refused("another option", V{"challenge": first["challenge"], "option": "SMS:" + d.Harbor.Neighbor.Phone.ID}, code, "INVALID_INPUT")

		browser.Do(verify, V{"challenge": first["challenge"], "option": first["option"], "code": code}).OK()
		delete(browser.Cookies, "fd_customer")
		refused("a code that was used", first, code, "EXPIRED")
		refused("a code that was used for another challenge", second, code, "WRONG_CODE")
	})
}

func TestVerifyCode_AtTheOtherClientThereIsNoSuchChallenge(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	v := d.Browser(auth.Customer).Challenge(d.Harbor.Customer)
	if a := d.Browser(auth.Staff).Do(sendCode, v); a.Code("sendCode") != out {
		t.Error(a.Body)
	}
}

func TestVerifyCode_IsOnTimeOrTooLate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		after time.Duration
		want  string
	}{
		{"a microsecond before 5 minutes", 5*time.Minute - time.Microsecond, yes},
		{"after 5 minutes", 5 * time.Minute, "WRONG_CODE"},
		{"after 15 minutes the challenge is over, too", 15 * time.Minute, "EXPIRED"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := desktest.New(t)
			browser := d.Browser(auth.Customer)
			v := browser.Challenge(d.Harbor.Customer)
			browser.Do(sendCode, v).OK()
			v["code"] = d.Twilio.NextCode(d.Harbor.Customer.Phone.PhoneNumber)
			d.Clock.Advance(tt.after)
			if a := browser.Do(verify, v); a.Code("verifyCode") != tt.want {
				t.Error(a.Body)
			}
		})
	}
}

func TestVerifyCode_TheRestOfTheAnswerIsTheNewViewers(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Staff)
	v := browser.Challenge(d.Harbor.Agent)
	browser.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(d.Harbor.Agent.Phone.PhoneNumber)

	a := browser.Do(`mutation($challenge: ID!, $option: ID!, $code: String!) {
		verifyCode(input: {challengeId: $challenge, optionId: $option, code: $code}) {
			challenge { id }
			viewer { permissions secondFactorAt institution { slug } user { id devices { id } backupCodes { total } viewerCan { notificationHistory { allowed } } } } }
		startStepUp { challenge { step } } }`, v).OK()

	if a.Text("verifyCode.viewer.user.devices.0.id") != d.Harbor.Agent.Phone.ID || len(a.List("verifyCode.viewer.permissions")) != 4 {
		t.Error(a.Body)
	}
	if a.At("verifyCode.challenge") != nil || a.Text("verifyCode.viewer.secondFactorAt") != "2026-03-02T12:00:00Z" {
		t.Error(a.Body)
	}
	if strings.Contains(a.Body, browser.Cookies["fd_staff"]) || browser.Cookies["fd_staff"] == "" {
		t.Errorf("the token must travel in a cookie only: %s", a.Body)
	}
}

// Whatever Twilio refuses (its error codes at send), the customer is told in their
// language, with the way to try instead or whom to ask.
func TestSendCode_SaysWhatToTryInstead(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	sends := func(code int) desktest.Answer {
		d.Clock.Advance(time.Hour)
		d.Twilio.Control("PUT", "/sandbox/phones/"+customer.Phone.PhoneNumber, fmt.Sprintf(`{"outcome": "reject:%d"}`, code))
		browser := d.Browser(auth.Customer)
		return browser.Do(sendCode, browser.Challenge(customer))
	}
	alone := sends(21614).Error("sendCode")
	if alone.Extensions["tryInstead"] != "CALL_INSTEAD:"+customer.Phone.ID || alone.Message != "This number gets no texts. Use another way: Call to ••• 0101." {
		t.Errorf("%+v", alone)
	}
	makeCodes(d.As(d.Harbor.Admin), customer.ID)
	for _, code := range []int{
		20003, 20005, 20403, 10001, 21211, 21212, 21606, 21659, 21660, 21265, 21266, 21408, 21608, 21610, 21611, 21612,
		21614, 21635, 21617, 21703, 21704, 21910,
	} {
		a := sends(code)
		e := a.Error("sendCode")
		if a.Code("sendCode") != "PROVIDER_ERROR" || e.Extensions["providerCode"] != float64(code) || e.Extensions["tryInstead"] != "BACKUP_CODE" ||
			!strings.HasSuffix(e.Message, "Use another way: Backup code.") || strings.Contains(e.Message, "0101") {
			t.Errorf("%d: %s", code, a.Body)
		}
	}
}

func TestSendCode_TwiliosRefusalIsToldWithItsCode(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.Twilio.Control("PUT", "/sandbox/phones/"+customer.Phone.PhoneNumber, `{"outcome": "reject:21610"}`)
	browser := d.Browser(auth.Customer)

	a := browser.Do(sendCode, browser.Challenge(customer))

	if a.Code("sendCode") != "PROVIDER_ERROR" || a.Error("sendCode").Extensions["providerCode"] != 21610.0 {
		t.Error(a.Body)
	}
	d.Clock.Advance(time.Minute)
	d.Twilio.Fault(`{"path": "/2010-04-01", "cut": "before"}`)
	if a := browser.Do(sendCode, browser.Challenge(customer)); a.Code("sendCode") != "PROVIDER_UNAVAILABLE" {
		t.Error(a.Body)
	}
}

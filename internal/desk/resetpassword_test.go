package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/user"
)

const (
	requestReset = `mutation($institution: String!, $username: String!) {
		requestPasswordReset(input: {institution: $institution, username: $username}) { requested } }`
	resetPassword = `mutation($token: String!, $new: String!) {
		resetPassword(input: {token: $token, newPassword: $new}) {
			challenge { id step options { id kind } unavailable { kind reason } } } }`
)

// resetToken returns the token of the newest link that a person was mailed.
func resetToken(t *testing.T, d *desktest.Desk, p desktest.Person) string {
	t.Helper()
	d.SendNotices()
	mails := d.Mails.To(p.Email)
	if len(mails) == 0 {
		t.Fatalf("%s got no mail", p.Email)
	}
	page := map[auth.Kind]string{auth.Customer: "/banking/reset-password#", auth.Staff: "/admin/reset-password#"}[p.Kind]
	_, after, found := strings.Cut(mails[len(mails)-1].Text, page)
	token, _, _ := strings.Cut(after, "\n")
	if !found || len(token) < 40 {
		t.Fatalf("no link in %q", mails[len(mails)-1].Text)
	}
	return token
}

// typedNew exchanges a token and a password for a challenge, and names it and the
// way by text.
func typedNew(d *desktest.Desk, p desktest.Person, token, next string) V {
	a := d.Browser(p.Kind).Do(resetPassword, V{"token": token, "new": next}).OK()
	return V{"challenge": a.Text("resetPassword.challenge.id"), "option": "SMS:" + p.Phone.ID}
}

// resets chooses a new password for a person and returns the browser that is in by it.
func resets(t *testing.T, d *desktest.Desk, p desktest.Person, next string) *desktest.Client {
	t.Helper()
	asks(d, d.Slug(p), p.Email).OK()
	v, browser := typedNew(d, p, resetToken(t, d, p), next), d.Browser(p.Kind)
	browser.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(p.Phone.PhoneNumber)
	browser.Do(verify, v).OK()
	return browser
}

// opens reports whether a password is a person's.
func opens(d *desktest.Desk, p desktest.Person, password string) bool {
	a := d.Browser(p.Kind).Do(signIn, V{"institution": d.Slug(p), "username": p.Email, "password": password})
	return a.Code("signIn") == yes
}

func TestResetPassword(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, p := range []desktest.Person{d.Harbor.Customer, d.Harbor.Agent} {
			thief, underWay := d.As(p), d.Browser(p.Kind).Challenge(p)
			asks(d, "harbor", " "+strings.ToUpper(p.Email)).OK()
			token := resetToken(t, d, p)
			v := typedNew(d, p, token, newPassword)
			browser := d.Browser(p.Kind)
			browser.Do(sendCode, v).OK()
			right := d.Twilio.NextCode(p.Phone.PhoneNumber)

			v["code"] = "000000"
			if a := browser.Do(verify, v); a.Code("verifyCode") != "WRONG_CODE" || opens(d, p, newPassword) || !opens(d, p, desktest.Password) || !signedIn(t, thief) {
				t.Fatalf("a wrong code changed something: %s", a.Body)
			}
			v["code"] = right
			browser.Do(verify, v).OK()

			if !signedIn(t, browser) || opens(d, p, desktest.Password) || !opens(d, p, newPassword) {
				t.Error("the password is the one before, or nobody is signed in")
			}
			if signedIn(t, thief) {
				t.Error("another session goes on")
			}
			if a := d.Browser(p.Kind).Do(sendCode, underWay); a.Code("sendCode") != "EXPIRED" {
				t.Errorf("a sign-in with the password before goes on: %s", a.Body)
			}
			if a := d.Browser(p.Kind).Do(resetPassword, V{"token": token, "new": "kettle-moss-second"}); a.Code("resetPassword") != "EXPIRED" {
				t.Errorf("the token is good once more: %s", a.Body)
			}
			d.Clock.Advance(time.Minute)
		}
		d.SendNotices()
		if mails := d.Mails.To(d.Harbor.Customer.Email); len(mails) != 2 || !strings.Contains(mails[1].Text, "password of your account was changed") {
			t.Errorf("%v", mails)
		}
		log := d.As(d.Harbor.Admin).Do(`query($who: ID!) { auditLog(first: 2, filter: {actorId: $who}) { nodes { action details { name value } } } }`, V{"who": d.Harbor.Customer.ID}).OK()
		if diff := cmp.Diff([]any{
			V{"action": "SIGNED_IN", "details": []any{V{"name": "factor", "value": "SMS"}, V{"name": "step", "value": "SECOND_FACTOR"}}},
			V{"action": "CHANGE_PASSWORD", "details": []any{V{"name": "by", "value": "RESET"}}},
		}, log.List("auditLog.nodes")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestResetPassword_Refusals(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	p := d.Harbor.Customer
	try := func(name, token, next, want string) {
		t.Helper()
		if a := d.Browser(auth.Customer).Do(resetPassword, V{"token": token, "new": next}); a.Code("resetPassword") != want {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	try("a guess", auth.NewToken(), newPassword, "EXPIRED")
	try("no token", "", newPassword, "EXPIRED")
	asks(d, "harbor", p.Email).OK()
	first := resetToken(t, d, p)
	for _, next := range []string{"kettle-moss", "password2026", "HarborCreditUnion", p.Email} {
		try(next, first, next, "INVALID_INPUT")
	}
	if a := d.Browser(auth.Staff).Do(resetPassword, V{"token": first, "new": newPassword}); a.Code("resetPassword") != "EXPIRED" {
		t.Errorf("at the other client: %s", a.Body)
	}
	asks(d, "harbor", p.Email).OK()
	second := resetToken(t, d, p)
	try("the token before the newest", first, newPassword, "EXPIRED")
	for range 10 {
		try("the newest", second, newPassword, yes)
	}
	try("the newest, once too often", second, newPassword, "THROTTLED")
	d.Clock.Advance(time.Hour)
	try("one of an hour ago", second, newPassword, "EXPIRED")

	asks(d, "harbor", p.Email).OK()
	third := resetToken(t, d, p)
	v := typedNew(d, p, third, newPassword)
	d.As(p).Do(changePassword, V{"current": desktest.Password, "new": "kettle-moss-other"}).OK()
	try("one from before a change", third, newPassword, "EXPIRED")
	if a := d.Browser(auth.Customer).Do(sendCode, v); a.Code("sendCode") != "EXPIRED" {
		t.Errorf("a challenge from before a change goes on: %s", a.Body)
	}
}

// A password typed again takes the place of the one before, for one link.
func TestResetPassword_TheNewestChallengeCounts(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		p := d.Harbor.Customer
		asks(d, "harbor", p.Email).OK()
		token := resetToken(t, d, p)
		first, second := typedNew(d, p, token, "kettle-moss-first"), typedNew(d, p, token, "kettle-moss-second")
		asks(d, "harbor", p.Email).OK()
		unused := resetToken(t, d, p)
		if a := d.Browser(p.Kind).Do(sendCode, first); a.Code("sendCode") != "EXPIRED" {
			t.Errorf("the challenge before the newest goes on: %s", a.Body)
		}

		d.Browser(p.Kind).Do(sendCode, second).OK()
		second["code"] = d.Twilio.NextCode(p.Phone.PhoneNumber)
		d.Browser(p.Kind).Do(verify, second).OK()

		if opens(d, p, "kettle-moss-first") || !opens(d, p, "kettle-moss-second") {
			t.Error("not the newest password")
		}
		if a := d.Browser(p.Kind).Do(resetPassword, V{"token": unused, "new": newPassword}); a.Code("resetPassword") != "EXPIRED" {
			t.Errorf("a link from before the change is good: %s", a.Body)
		}
	})
}

// A mailbox is one factor, whatever comes into it.
func TestResetPassword_WantsAnotherWayThanMail(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	p, byMail := mailReader(t, d)
	signIn := challenged(d.Browser(auth.Customer), d, p)
	asks(d, "post", p.Email).OK()
	token := resetToken(t, d, p)

	a := d.Browser(auth.Customer).Do(resetPassword, V{"token": token, "new": newPassword})

	if a.Code("resetPassword") != "CONFLICT" || !strings.Contains(a.Error("resetPassword").Message, "Call support") || signIn.Text("signIn.challenge.options.0.id") != byMail {
		t.Errorf("with nothing but mail: %s", a.Body)
	}
	d.AddDevice(&device.Phone{Base: d.Base(p), PhoneNumber: "+12025550117"})
	a = d.Browser(auth.Customer).Do(resetPassword, V{"token": token, "new": newPassword}).OK()
	if a.Text("resetPassword.challenge.options.0.kind") != "SMS" || len(a.List("resetPassword.challenge.options")) != 1 {
		t.Errorf("offered %s", a.Body)
	}
	if diff := cmp.Diff([]any{V{"kind": "EMAIL", "reason": "SAME_CHANNEL"}}, a.At("resetPassword.challenge.unavailable")); diff != "" {
		t.Error(diff)
	}
	v := V{"challenge": a.Text("resetPassword.challenge.id"), "option": byMail}
	if a := d.Browser(auth.Customer).Do(sendCode, v); a.Code("sendCode") != "INVALID_INPUT" {
		t.Errorf("a code was mailed: %s", a.Body)
	}
}

// The link proves the address, together with a code of staff, who asked: a phone that
// was given by who registered may be a stranger's.
func TestResetPassword_OfSomeoneWhoOnlyRegistered(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		n, admin := registers(t, d, nil), d.As(d.Harbor.Admin)
		asks(d, n.in, n.email).OK()
		token := resetToken(t, d, desktest.Person{User: user.User{Kind: auth.Customer, Email: n.email}})
		browser := d.Browser(auth.Customer)
		if a := browser.Do(resetPassword, V{"token": token, "new": newPassword}); a.Code("resetPassword") != "CONFLICT" {
			t.Errorf("the phone of whoever registered is offered: %s", a.Body)
		}
		if asked := n.signsIn(); asked.Text("signIn.challenge.step") != "EMAIL_VERIFICATION" {
			t.Errorf("the link alone proved the address: %s", asked.Body)
		}
		made := admin.Do(users, V{"search": "nora"}).OK()
		confirmation := admin.Do(prepare, V{"user": made.Text("users.nodes.0.id"), "purpose": "ENROLLMENT"}).OK()
		codes := admin.Do(generate, V{"token": confirmation.Text("prepareBackupCodes.confirmation.token")}).OK().List("generateBackupCodes.codes")

		a := browser.Do(resetPassword, V{"token": token, "new": newPassword}).OK()
		if got := kinds(a, "resetPassword.challenge.options"); !cmp.Equal(got, []string{"BACKUP_CODE"}) || len(a.List("resetPassword.challenge.unavailable")) > 0 {
			t.Errorf("offered: %s", a.Body)
		}
		done := browser.Do(enter, V{"challenge": a.Text("resetPassword.challenge.id"), "option": "BACKUP_CODE", "code": codes[0]}).OK()

		if done.Text("verifyCode.viewer.user.status") != "ENROLLING" {
			t.Error(done.Body)
		}
		after := admin.Do(users, V{"search": "nora"}).OK()
		if after.At("users.nodes.0.addressProvedAt") == nil || len(after.List("users.nodes.0.devices")) > 0 {
			t.Errorf("not proved, or with the stranger's phone: %s", after.Body)
		}
		next := d.Browser(auth.Customer).Do(signIn, V{"institution": n.in, "username": n.email, "password": newPassword}).OK()
		if got := kinds(next, "signIn.challenge.options"); !cmp.Equal(got, []string{"BACKUP_CODE"}) {
			t.Errorf("offered at the next sign-in: %s", next.Body)
		}
	})
}

func TestResetPassword_ByBackupCode(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	p := d.Harbor.Customer
	codes := madeCodes(d, d.As(d.Harbor.Admin), p)
	asks(d, "harbor", p.Email).OK()
	v := typedNew(d, p, resetToken(t, d, p), newPassword)
	v["option"], v["code"] = "BACKUP_CODE", codes[0]
	browser := d.Browser(auth.Customer)

	browser.Do(verify, v).OK()

	if browser.Do(whoIsIn).OK().At("viewer.signedInWithBackupCode") != true || !opens(d, p, newPassword) {
		t.Error("the password is not changed, or the session is too good")
	}
}

// 64 times one token at once over two processes, each with a password and a second
// factor of its own: one comes through, and its password is the user's.
func TestResetPassword_Once(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		p := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "olga@customer.example"})
		apps := d.Challenges.Authenticators.(*authenticator.Service)
		for range 64 {
			if err := apps.Add(t.Context(), p.User, "App", secret.NewText(seed)); err != nil {
				t.Fatal(err)
			}
		}
		asks(d, "harbor", p.Email).OK()
		code := codeOf(t, d, seed)
		token, processes := resetToken(t, d, p), [2]*desktest.Desk{d, d.Second()}
		next := func(i int) string { return fmt.Sprint("kettle-moss-", i) }
		var done [64]bool
		var all sync.WaitGroup
		for i := range done {
			browser := processes[i%2].Browser(auth.Customer)
			all.Go(func() {
				a := browser.Do(resetPassword, V{"token": token, "new": next(i)})
				if code := a.Code("resetPassword"); code != yes {
					if !slices.Contains([]string{"EXPIRED", "THROTTLED"}, code) {
						t.Error(a.Body)
					}
					return
				}
				a = browser.Do(verify, V{
					"challenge": a.Text("resetPassword.challenge.id"), "code": code,
					"option": a.Text(fmt.Sprintf("resetPassword.challenge.options.%d.id", i)),
				})
				if done[i] = a.Code("verifyCode") == yes; !done[i] && a.Code("verifyCode") != "EXPIRED" && a.Code("verifyCode") != "WRONG_CODE" {
					t.Error(a.Body)
				}
			})
		}
		all.Wait()
		won := 0
		for i := range done {
			if done[i] {
				won++
				if !opens(d, p, next(i)) {
					t.Errorf("password %d was taken and is not the user's", i)
				}
			}
		}
		if won != 1 || opens(d, p, desktest.Password) {
			t.Errorf("%d came through", won)
		}
	})
}

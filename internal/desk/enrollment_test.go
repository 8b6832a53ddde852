package desk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	register = `mutation($institution: String! = "harbor", $email: String! = "nora@customer.example", $password: String! = "kettle-moss-41",
		$first: String! = "Nora", $last: String! = "New", $phone: PhoneNumber! = "+447700900142", $language: Language) {
		register(input: {institution: $institution, email: $email, password: $password, firstName: $first, lastName: $last,
			phoneNumber: $phone, language: $language}) { accepted } }`
	enter = `mutation($challenge: ID!, $option: ID!, $code: String!) { verifyCode(input: {challengeId: $challenge, optionId: $option, code: $code}) {
		viewer { user { status } notices { kind link } } challenge { id step options { id kind label } unavailable { kind reason } } } }`
	completePreferences = `mutation($language: Language! = EN) { completePreferences(input: {language: $language}) {
		viewer { user { status language } notices { kind message link } } } }`
	notices = `{ viewer { notices { kind } } }`
)

// newcomer is who registers.
type newcomer struct {
	t       *testing.T
	d       *desktest.Desk
	browser *desktest.Client
	email   string
	// in is the institution's slug.
	in string
}

func registers(t *testing.T, d *desktest.Desk, v V) newcomer {
	t.Helper()
	n := newcomer{t: t, d: d, browser: d.Browser(auth.Customer), email: "nora@customer.example", in: "harbor"}
	if slug, ok := v["institution"]; ok {
		n.in = slug.(string)
	}
	if a := n.browser.Do(register, v).OK(); a.At("register.accepted") != true {
		t.Fatal(a.Body)
	}
	return n
}

// signsIn returns the answer of the password, in a browser of its own.
func (n *newcomer) signsIn() desktest.Answer {
	n.t.Helper()
	n.browser = n.d.Browser(auth.Customer)
	return n.browser.Do(`mutation($institution: String!, $email: String!) { signIn(input: {institution: $institution, username: $email, password: "kettle-moss-41"}) {
		challenge { id step options { id kind label } unavailable { kind reason } } } }`, V{"institution": n.in, "email": n.email}).OK()
}

// mailed returns the newest code that came by mail.
func (n *newcomer) mailed() string {
	n.t.Helper()
	mails := n.d.Mails.To(n.email)
	for i := range mails {
		if code := sixDigits.FindString(mails[len(mails)-1-i].Text); code != "" {
			return code
		}
	}
	n.t.Fatal("no code came by mail")
	return ""
}

// provesAddress meets EMAIL_VERIFICATION and returns what comes next.
func (n *newcomer) provesAddress(asked desktest.Answer) desktest.Answer {
	n.t.Helper()
	v := V{"challenge": asked.Text("signIn.challenge.id"), "option": "EMAIL"}
	n.browser.Do(sendCode, v).OK()
	v["code"] = n.mailed()
	return n.browser.Do(enter, v).OK()
}

func kinds(a desktest.Answer, place string) []string {
	list := []string{}
	for _, notice := range a.List(place) {
		list = append(list, fmt.Sprint(notice.(V)["kind"]))
	}
	return list
}

func TestEnrollment_ByPhone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		n := registers(t, d, nil)
		asked := n.signsIn()
		if diff := cmp.Diff(V{
			"id": asked.At("signIn.challenge.id"), "step": "EMAIL_VERIFICATION", "unavailable": []any{},
			"options": []any{V{"id": "EMAIL", "kind": "EMAIL", "label": "Mail to n•••@customer.example"}},
		}, asked.At("signIn.challenge")); diff != "" {
			t.Fatal(diff)
		}
		v := V{"challenge": asked.Text("signIn.challenge.id"), "option": "EMAIL", "code": "000000"}
		for option, want := range map[string]string{"EMAIL": "WRONG_CODE", "BACKUP_CODE": "INVALID_INPUT", "SMS:dev_1": "INVALID_INPUT"} {
			if a := n.browser.Do(enter, V{"challenge": v["challenge"], "option": option, "code": "000000"}); a.Code("verifyCode") != want {
				t.Errorf("%s: %s", option, a.Body)
			}
		}

		n.browser.Do(sendCode, v).OK()
		if soon := n.browser.Do(sendCode, v); soon.Code("sendCode") != "THROTTLED" {
			t.Error(soon.Body)
		}
		v["code"] = n.mailed()
		next := n.browser.Do(enter, v).OK()
		if next.At("verifyCode.viewer") != nil || next.At("verifyCode.challenge.step") != "SECOND_FACTOR" || n.browser.Cookies["fd_customer"] != "" {
			t.Fatal(next.Body)
		}
		if again := n.browser.Do(enter, v); again.Code("verifyCode") != "EXPIRED" {
			t.Error(again.Body)
		}

		v = V{"challenge": next.Text("verifyCode.challenge.id"), "option": next.Text("verifyCode.challenge.options.0.id")}
		n.browser.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode("+447700900142")
		in := n.browser.Do(enter, v).OK()
		if in.At("verifyCode.viewer.user.status") != "ENROLLING" ||
			!cmp.Equal(in.At("verifyCode.viewer.notices"), any([]any{V{"kind": "COMPLETE_PREFERENCES", "link": "/banking/preferences"}})) {
			t.Error(in.Body)
		}
		for operation, document := range map[string]string{"addPhoneDevice": addPhone, "startAuthenticator": startApp} {
			if a := n.browser.Do(document); a.Code(operation) != "CONFLICT" {
				t.Errorf("skipped the preferences: %s", a.Body)
			}
		}

		done := n.browser.Do(completePreferences, V{"language": "ES"}).OK()
		if diff := cmp.Diff(V{"user": V{"status": "ACTIVE", "language": "ES"}, "notices": []any{V{
			"kind": "ADD_AUTHENTICATOR", "link": "/banking/add/app",
			"message": "Añada una aplicación de autenticación: crea los códigos por sí misma, también donde nada llega a su teléfono.",
		}}}, done.At("completePreferences.viewer")); diff != "" {
			t.Error(diff)
		}
		if again := n.browser.Do(completePreferences); again.Code("completePreferences") != "CONFLICT" {
			t.Error(again.Body)
		}
		n.bindsApp()
	})
}

// bindsApp adds an app, after which there is nothing to be reminded of.
func (n *newcomer) bindsApp() {
	n.t.Helper()
	app := n.browser.Do(startApp).OK()
	n.browser.Do(confirmDevice, V{
		"device": app.Text("startAuthenticator.device.id"), "code": codeOf(n.t, n.d, app.Text("startAuthenticator.secret")),
	}).OK()
	if left := kinds(n.browser.Do(notices).OK(), "viewer.notices"); len(left) > 1 || len(left) == 1 && left[0] != "LAST_BACKUP_CODE" {
		n.t.Errorf("reminded of %v", left)
	}
}

// Product requirements, part 6: nothing reaches the phone.
func TestEnrollment_ByBackupCodes(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		admin.Do(updateSettings, V{"input": V{"backupCodesPerSet": 3, "permittedMethods": []string{"SMS", "AUTHENTICATOR_APP", "BACKUP_CODES"}}}).OK()
		n := registers(t, d, nil)
		userID := admin.Do(`{ users(search: "nora") { nodes { id status } } }`).OK().Text("users.nodes.0.id")
		if next := n.provesAddress(n.signsIn()); !cmp.Equal(kinds(next, "verifyCode.challenge.options"), []string{"SMS"}) {
			t.Errorf("backup codes before there are any: %s", next.Body)
		}
		token := admin.Do(prepare, V{"user": userID, "purpose": "ENROLLMENT"}).OK().Text("prepareBackupCodes.confirmation.token")
		codes := admin.Do(generate, V{"token": token}).OK().List("generateBackupCodes.codes")

		asked := n.signsIn() // goes on where it was left
		if asked.At("signIn.challenge.step") != "SECOND_FACTOR" || !cmp.Equal(kinds(asked, "signIn.challenge.options"), []string{"SMS", "BACKUP_CODE"}) {
			t.Fatal(asked.Body)
		}
		v := V{"challenge": asked.Text("signIn.challenge.id"), "option": "BACKUP_CODE", "code": codes[0]}
		if in := n.browser.Do(enter, v).OK(); in.At("verifyCode.viewer.user.status") != "ENROLLING" {
			t.Error(in.Body)
		}

		// The browser is closed before the preferences: the code is spent.
		v["challenge"] = n.signsIn().Text("signIn.challenge.id")
		if spent := n.browser.Do(enter, v); spent.Code("verifyCode") != "WRONG_CODE" {
			t.Error(spent.Body)
		}
		v["code"] = codes[1]
		n.browser.Do(enter, v).OK()
		done := n.browser.Do(completePreferences).OK()
		if got := kinds(done, "completePreferences.viewer.notices"); !cmp.Equal(got, []string{"LAST_BACKUP_CODE", "ADD_AUTHENTICATOR"}) ||
			done.At("completePreferences.viewer.notices.0.link") != "/banking/backup-codes" {
			t.Error(done.Body)
		}

		v["challenge"], v["code"] = n.signsIn().Text("signIn.challenge.id"), codes[2]
		if in := n.browser.Do(enter, v).OK(); !cmp.Equal(kinds(in, "verifyCode.viewer.notices"), []string{"NO_BACKUP_CODES", "ADD_AUTHENTICATOR"}) {
			t.Error(in.Body)
		}
		n.bindsApp()
	})
}

// What the first sign-in began by is finished by, whatever is set later.
func TestEnrollment_SettingsChangedMeanwhile(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, n := d.As(d.Harbor.Admin), registers(t, d, nil)
		n.signsIn()
		methods := V{"permittedMethods": []string{"SMS", "VOICE", "EMAIL", "AUTHENTICATOR_APP"}, "acceptRisk": true}
		admin.Do(updateSettings, V{"input": methods}).OK()
		if asked := n.signsIn(); asked.At("signIn.challenge.step") != "EMAIL_VERIFICATION" {
			t.Errorf("mails are permitted meanwhile: %s", asked.Body)
		}

		if next := n.provesAddress(n.signsIn()); next.At("verifyCode.viewer") != nil || !cmp.Equal(kinds(next, "verifyCode.challenge.options"), []string{"SMS"}) {
			t.Errorf("the mail was a second factor, as it is permitted meanwhile: %s", next.Body)
		}

		late := registers(t, d, V{"email": "late@customer.example", "phone": "+447700900143"})
		late.email = "late@customer.example"
		if in := late.provesAddress(late.signsIn()); in.At("verifyCode.viewer.user.status") != "ENROLLING" || in.At("verifyCode.challenge") != nil {
			t.Fatalf("mails are permitted: %s", in.Body)
		}
		admin.Do(updateSettings, V{"input": V{"languages": []string{"EN"}}}).OK()
		if a := late.browser.Do(completePreferences, V{"language": "ES"}); a.Code("completePreferences") != "INVALID_INPUT" {
			t.Error(a.Body)
		}
		late.browser.Do(completePreferences).OK()

		admin.Do(updateSettings, V{"input": V{"permittedMethods": []string{"SMS", "AUTHENTICATOR_APP"}, "twoFactorRequired": false}}).OK()
		free := registers(t, d, V{"email": "free@customer.example", "phone": "+447700900144"})
		free.email = "free@customer.example"
		if asked := free.signsIn(); asked.At("signIn.challenge.step") != "EMAIL_VERIFICATION" {
			t.Errorf("no second factor is required, and the address is not proved: %s", asked.Body)
		}
	})
}

func TestEnrollment_OfParallelTriesOneProvesTheAddress(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		n := registers(t, d, nil)
		v := V{"challenge": n.signsIn().Text("signIn.challenge.id"), "option": "EMAIL"}
		n.browser.Do(sendCode, v).OK()
		v["code"] = n.mailed()
		processes := [2]*desktest.Desk{d, d.Second()}
		var answers [64]desktest.Answer
		var tries sync.WaitGroup
		for i := range answers {
			browser := processes[i%2].Browser(auth.Customer)
			tries.Go(func() { answers[i] = browser.Do(enter, v) })
		}
		tries.Wait()
		proved := 0
		for _, a := range answers {
			switch code := a.Code("verifyCode"); code {
			case "":
				proved++
			case "WRONG_CODE", "THROTTLED", "EXPIRED":
			default:
				t.Error(a.Body)
			}
		}
		if proved != 1 {
			t.Errorf("%d proved it", proved)
		}
	})
}

func TestRegister_Refusals(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for field, v := range map[string]V{
		"institution": {"institution": "nowhere"},
		"email":       {"email": "nora"},
		"password":    {"password": "nora-new-2026"},
		"firstName":   {"first": " "},
		"lastName":    {"last": strings.Repeat("x", 101)},
		"phoneNumber": {"phone": "+12"},
	} {
		a := d.Browser(auth.Customer).Do(register, v)
		if a.Code("register") != "INVALID_INPUT" || a.Error("register").Extensions["field"] != field {
			t.Errorf("%s: %s", field, a.Body)
		}
	}
}

// Nobody learns from registering who has an account, but its owner.
func TestRegister_AgainChangesNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		browser, customer := d.Browser(auth.Customer), d.Harbor.Customer
		fresh := browser.Do(register).OK()
		taken := V{"email": strings.ToUpper(customer.Email), "first": "Mallory"}

		again := browser.Do(register, taken).OK()

		if again.Body != fresh.Body {
			t.Errorf("%s, not %s", again.Body, fresh.Body)
		}
		d.SendNotices()
		if got := d.Mails.To(customer.Email); len(got) != 1 || !strings.Contains(got[0].Text, "You have an account already, and nothing was changed.") {
			t.Errorf("mails: %v", got)
		}
		if got := d.Mails.To("nora@customer.example"); len(got) != 1 || !strings.Contains(got[0].Text, "Sign in to finish") {
			t.Errorf("mails: %v", got)
		}
		if a := d.As(d.Harbor.Admin).Do(`query($id: ID!) { user(id: $id) { firstName } }`, V{"id": customer.ID}).OK(); a.At("user.firstName") != customer.FirstName {
			t.Error(a.Body)
		}
		for range 2 {
			browser.Do(register, taken).OK()
		}
		if a := browser.Do(register, taken); a.Code("register") != "THROTTLED" {
			t.Error(a.Body)
		}
	})
}

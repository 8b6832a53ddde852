package desk_test

import (
	"regexp"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

var sixDigits = regexp.MustCompile(`[0-9]{6}`)

const (
	ways = `mutation($institution: String!, $username: String!, $password: String!) {
		signIn(input: {institution: $institution, username: $username, password: $password}) {
			challenge { id options { id kind label } unavailable { kind label reason } supportPhone } } }`
	whoIsIn = `{ viewer { user { id } signedInWithBackupCode secondFactorAt } }`
)

// challenged signs in by password, everyone's or another one, and returns the answer.
func challenged(browser *desktest.Client, d *desktest.Desk, p desktest.Person, password ...string) desktest.Answer {
	password = append(password, desktest.Password)
	return browser.Do(ways, V{"institution": d.Slug(p), "username": p.Email, "password": password[0]}).OK()
}

// madeCodes returns codes that staff made.
func madeCodes(d *desktest.Desk, admin *desktest.Client, p desktest.Person) (codes []string) {
	token := admin.Do(prepare, V{"user": p.ID}).OK().Text("prepareBackupCodes.confirmation.token")
	for _, code := range admin.Do(generate, V{"token": token}).OK().List("generateBackupCodes.codes") {
		codes = append(codes, code.(string))
	}
	return codes
}

// A customer whose phone gets nothing signs in by a code that staff read out.
func TestSignIn_ByBackupCode(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		codes := madeCodes(d, admin, customer)
		browser := d.Browser(auth.Customer)
		a := challenged(browser, d, customer)
		if diff := cmp.Diff([]any{
			V{"id": "SMS:" + customer.Phone.ID, "kind": "SMS", "label": "Text to ••• 0101"},
			V{"id": "BACKUP_CODE", "kind": "BACKUP_CODE", "label": "Backup code"},
		}, a.List("signIn.challenge.options")); diff != "" {
			t.Error(diff)
		}
		v := V{"challenge": a.Text("signIn.challenge.id"), "option": "BACKUP_CODE", "code": codes[0]}

		browser.Do(verify, v).OK()

		who := browser.Do(whoIsIn).OK()
		if who.Text("viewer.user.id") != customer.ID || who.At("viewer.signedInWithBackupCode") != true || who.At("viewer.secondFactorAt") != nil {
			t.Error(who.Body)
		}
		if a := browser.Do(sendCode, v); a.Code("sendCode") != "EXPIRED" {
			t.Errorf("the challenge goes on: %s", a.Body)
		}
		log := admin.Do(`query($of: ID!) { auditLog(first: 1, filter: {targetId: $of}) { nodes { action details { name value } } } }`, V{"of": customer.ID}).OK()
		if diff := cmp.Diff(V{"action": "SIGNED_IN", "details": []any{
			V{"name": "factor", "value": "BACKUP_CODE"}, V{"name": "step", "value": "SECOND_FACTOR"},
		}}, log.At("auditLog.nodes.0")); diff != "" {
			t.Error(diff)
		}
		d.SendNotices()
		if mails := d.Mails.To(customer.Email); len(mails) != 2 { // made, and used
			t.Errorf("mails: %v", mails)
		}

		// Used up, they are no way any more; why is said.
		for _, code := range codes[1:] {
			if err := consume(t, d, customer, code); err != nil {
				t.Fatal(err)
			}
		}
		next := challenged(d.Browser(auth.Customer), d, customer)
		if diff := cmp.Diff([]any{V{"kind": "BACKUP_CODE", "label": "Backup code", "reason": "NONE_LEFT"}}, next.At("signIn.challenge.unavailable")); diff != "" {
			t.Error(diff)
		}
		if got := next.At("signIn.challenge.supportPhone"); got != "+12025550199" {
			t.Errorf("to call when no way works: %v", got)
		}
	})
}

func TestSignIn_ByMail(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		p, address := mailReader(t, d)
		browser := d.Browser(auth.Customer)
		v := V{"challenge": challenged(browser, d, p).Text("signIn.challenge.id"), "option": address}

		browser.Do(sendCode, v).OK()

		mails := d.Mails.To("eve@home.example")
		if len(mails) != 1 || mails[0].Subject != "Your code from Post Bank" {
			t.Fatalf("mails: %v", mails)
		}
		v["code"] = sixDigits.FindString(mails[0].Text)
		browser.Do(verify, v).OK()
	})
}

// mailReader adds a customer of a bank that permits mails, and returns the option by
// which the code comes by mail.
func mailReader(t *testing.T, d *desktest.Desk) (desktest.Person, string) {
	settings := institution.DefaultSettings()
	settings.Methods = append(settings.Methods, institution.Email)
	settings.EmailRisk = &institution.RiskAcceptance{By: "Board", At: desktest.Start}
	bank, err := d.Institutions.Create(t.Context(), institution.New{Slug: "post", Name: "Post Bank", Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	p := d.Add(bank, desktest.Newcomer{Email: "eve@customer.example"})
	at := desktest.Start
	mail := &device.Email{Address: "eve@home.example", Base: device.Base{
		ID: id.New(id.Device), InstitutionID: bank.ID, UserID: p.ID, AddedAt: at, ConfirmedAt: &at,
	}}
	if err := d.DB.CreateDevice(t.Context(), mail); err != nil {
		t.Fatal(err)
	}
	return p, "EMAIL:" + mail.ID
}

// One code, 64 tries at once over two processes: one signs in, of each kind.
func TestVerifyCode_OfParallelTriesOneSignsIn(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		landline := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "lars@customer.example", Phone: "+12025550115"})
		admin.Do(setType, V{"device": landline.Phone.ID, "type": "LANDLINE"}).OK()
		reader, byMail := mailReader(t, d)
		codes := madeCodes(d, admin, customer)
		app, byApp := appUser(t, d)
		for name, test := range map[string]struct {
			p      desktest.Person
			option string
			code   func() string
		}{
			"text":        {customer, "SMS:" + customer.Phone.ID, func() string { return d.Twilio.NextCode(customer.Phone.PhoneNumber) }},
			"call":        {landline, "VOICE:" + landline.Phone.ID, func() string { return d.Twilio.NextCode(landline.Phone.PhoneNumber) }},
			"mail":        {reader, byMail, func() string { return sixDigits.FindString(d.Mails.To("eve@home.example")[0].Text) }},
			"app":         {app, byApp, func() string { return codeOf(t, d, seed) }},
			"backup code": {customer, "BACKUP_CODE", func() string { return codes[0] }},
		} {
			t.Run(name, func(t *testing.T) {
				v := V{"challenge": challenged(d.Browser(auth.Customer), d, test.p).Text("signIn.challenge.id"), "option": test.option}
				if test.option != "BACKUP_CODE" && test.option != byApp {
					d.Browser(auth.Customer).Do(sendCode, v).OK()
				}
				v["code"] = test.code()
				wins(t, d, v)
			})
		}
	})
}

// seed is of every app in these tests.
const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

// appUser adds a customer who has an app, and returns the option by which it signs in.
func appUser(t *testing.T, d *desktest.Desk) (desktest.Person, string) {
	p := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "otto@customer.example", Phone: "+12025550116"})
	apps := d.Challenges.Authenticators.(*authenticator.Service)
	if err := apps.Add(t.Context(), p.User, "Pixel", secret.NewText(seed)); err != nil {
		t.Fatal(err)
	}
	a := challenged(d.Browser(auth.Customer), d, p) // the phone is the default
	if a.Text("signIn.challenge.options.1.label") != "Code from Pixel" {
		t.Error(a.Body)
	}
	return p, a.Text("signIn.challenge.options.1.id")
}

// wins counts how many of 64 parallel tries over two processes sign in.
func wins(t *testing.T, d *desktest.Desk, v V) {
	t.Helper()
	processes := [2]*desktest.Desk{d, d.Second()}
	var answers [64]desktest.Answer
	var tries sync.WaitGroup
	for i := range answers {
		browser := processes[i%2].Browser(auth.Customer)
		tries.Go(func() { answers[i] = browser.Do(verify, v) })
	}
	tries.Wait()
	won := 0
	for _, a := range answers {
		switch fault.Code(a.Code("verifyCode")) {
		case "":
			won++
		case fault.WrongCode, fault.Throttled, fault.Expired:
		default:
			t.Error(a.Body)
		}
	}
	if won != 1 {
		t.Errorf("%d signed in", won)
	}
}

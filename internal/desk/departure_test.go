package desk_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// underWay is what a person has going: an open page, a sign-in that waits for a code
// with that code, a link for a new password and one in a notice, and a backup code.
type underWay struct {
	person                 desktest.Person
	page, browser          *desktest.Client
	code                   V
	token, notYou, lockout string
}

func begun(t *testing.T, d *desktest.Desk, p desktest.Person) underWay {
	t.Helper()
	w := underWay{person: p, page: d.Browser(p.Kind), browser: d.Browser(p.Kind)}
	w.page.SignIn(p).OK()
	asks(d, d.Slug(p), p.Email).OK()
	w.token = resetToken(t, d, p)
	w.notYou = link(t, d, p)
	w.lockout = makeCodes(d.As(d.Harbor.Admin), p.ID)[0]
	d.Clock.Advance(time.Minute) // between two codes to one number
	w.code = w.browser.Challenge(p)
	w.browser.Do(sendCode, w.code).OK()
	w.code["code"] = d.Twilio.NextCode(p.Phone.PhoneNumber)
	return w
}

// answers are what comes of each of them now.
func (w underWay) answers(t *testing.T, d *desktest.Desk) map[string]string {
	t.Helper()
	backup := V{"challenge": w.code["challenge"], "option": "BACKUP_CODE", "code": w.lockout}
	return map[string]string{
		"page":        map[bool]string{true: yes, false: who}[signedIn(t, w.page)],
		"code":        w.browser.Do(verify, w.code).Code("verifyCode"),
		"challenge":   w.browser.Do(`query($challenge: ID!) { challenge(id: $challenge) { id } }`, w.code).Code("challenge"),
		"backup code": w.browser.Do(verify, backup).Code("verifyCode"),
		"reset":       d.Browser(w.person.Kind).Do(resetPassword, V{"token": w.token, "new": newPassword}).Code("resetPassword"),
	}
}

var allOver = map[string]string{"page": who, "code": "EXPIRED", "challenge": "EXPIRED", "backup code": "EXPIRED", "reset": "EXPIRED"}

// A leaver's open pages stop working, and so does all that would have led to another, on
// every process, until they come back; what was under way does not come back with them.
func TestDisableUser_EndsAllAtOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		leaver, admin, second := d.Harbor.Agent, d.As(d.Harbor.Admin), d.Second()
		w := begun(t, d, leaver)
		elsewhere := second.Browser(auth.Staff)
		elsewhere.Cookies["fd_staff"] = w.page.Cookies["fd_staff"]
		if !signedIn(t, elsewhere) {
			t.Fatal("not signed in at the other process")
		}

		a := admin.Do(disableUser, V{"leaver": leaver.ID}).OK()

		if a.At("disableUser.user.disabledAt") == nil {
			t.Error(a.Body)
		}
		if a := elsewhere.Do(endOtherSessions); a.Code("endOtherSessions") != who {
			t.Errorf("a mutation at the other process: %s", a.Body)
		}
		d.Clock.Advance(auth.RevokedWithin)
		if signedIn(t, elsewhere) {
			t.Error("the other process still takes the session")
		}
		if diff := cmp.Diff(allOver, w.answers(t, d)); diff != "" {
			t.Error(diff)
		}
		if opens(d, leaver, desktest.Password) {
			t.Error("the password opens a sign-in")
		}
		d.SendNotices()
		mails := len(d.Mails.To(leaver.Email))
		asks(d, "harbor", leaver.Email).OK()
		d.SendNotices()
		if n := len(d.Mails.To(leaver.Email)) - mails; n != 0 {
			t.Errorf("%d mails for a new password", n)
		}
		if a := admin.Do(prepare, V{"user": leaver.ID}); a.Code("prepareBackupCodes") != not {
			t.Errorf("codes for who is disabled: %s", a.Body)
		}

		admin.Do(enableUser, V{"disabled": leaver.ID}).OK()

		if diff := cmp.Diff(allOver, w.answers(t, d)); diff != "" {
			t.Errorf("it came back: %s", diff)
		}
		d.Clock.Advance(time.Minute)
		w.browser.SignIn(leaver).OK()
		if a := w.browser.Do(`{ viewer { permissions } }`).OK(); len(a.At("viewer.permissions").([]any)) != 4 {
			t.Errorf("what they may do: %s", a.Body)
		}
	})
}

// The history of a customer who left, and what was done, stay.
func TestCloseUser_EndsAllButTheRecord(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		w := begun(t, d, customer)
		d.SendNotices()
		texts := func() int {
			return len(admin.Do(userHistory, V{"user": customer.ID, "source": "LOG"}).OK().List(ofUser + ".messages.nodes"))
		}
		before := texts()

		a := admin.Do(closeUser, V{"closing": customer.ID}).OK()

		if a.At("closeUser.user.status") != "CLOSED" {
			t.Error(a.Body)
		}
		if diff := cmp.Diff(allOver, w.answers(t, d)); diff != "" {
			t.Error(diff)
		}
		if opens(d, customer, desktest.Password) {
			t.Error("the password opens a sign-in")
		}
		if resp := page(d, "POST", w.notYou); resp.Code != 410 {
			t.Errorf("the link in a notice: %d", resp.Code)
		}
		if after := texts(); after != before || before == 0 {
			t.Errorf("%d texts before, %d after", before, after)
		}
		a = admin.Do(profile, V{"user": customer.ID}).OK()
		if len(a.At("user.devices").([]any)) != 1 {
			t.Errorf("the devices: %s", a.Body)
		}
		if a := admin.Do(unfreeze, V{"frozen": customer.ID}); a.Code("unfreezeUser") != not {
			t.Errorf("unfrozen: %s", a.Body)
		}
	})
}

// What leads to another session ends with those that are there. Backup codes stay: they
// are for who can't get in.
func TestEndUserSessions_EndsWhatLeadsToAnother(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		w := begun(t, d, customer)

		a := admin.Do(endUserSessions, V{"closing": customer.ID}).OK()

		if left := a.At("endUserSessions.user.sessions").([]any); len(left) != 0 {
			t.Error(a.Body)
		}
		if diff := cmp.Diff(allOver, w.answers(t, d)); diff != "" {
			t.Error(diff)
		}
		v := w.browser.Challenge(customer)
		v["option"], v["code"] = "BACKUP_CODE", w.lockout
		w.browser.Do(verify, v).OK()
	})
}

// Staff see where a user is signed in, and from which address where they may look at the
// record.
func TestUser_Sessions(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, agent := d.Harbor.Customer, d.As(d.Harbor.Agent)
		const facts = `query($user: ID!) { user(id: $user) { lastSignedInAt disabledAt sessions { id device startedAt lastUsedAt } } }`
		if a := agent.Do(facts, V{"user": customer.ID}).OK(); a.At("user.lastSignedInAt") != nil || len(a.At("user.sessions").([]any)) != 0 {
			t.Errorf("before the first sign-in: %s", a.Body)
		}
		first := d.Clock.Now()
		d.Browser(customer.Kind).SignIn(customer).OK()
		d.Clock.Advance(time.Minute)
		d.Browser(customer.Kind).SignIn(customer).OK()

		a := agent.Do(facts, V{"user": customer.ID}).OK()

		if a.At("user.lastSignedInAt") != d.Clock.Now().UTC().Format(time.RFC3339) || a.At("user.disabledAt") != nil {
			t.Error(a.Body)
		}
		if n := len(a.At("user.sessions").([]any)); n != 2 || a.At("user.sessions.1.startedAt") != first.UTC().Format(time.RFC3339) {
			t.Errorf("%d sessions: %s", n, a.Body)
		}
		const where = `query($user: ID!) { user(id: $user) { sessions { id address } } }`
		if a := d.As(d.Harbor.Admin).Do(where, V{"user": customer.ID}).OK(); a.Text("user.sessions.0.address") == "" {
			t.Errorf("no address for who sees the record: %s", a.Body)
		}
		if a := agent.Do(where, V{"user": customer.ID}); a.Code("user.sessions.0.address") != no || a.At("user.sessions.0.id") == nil {
			t.Errorf("who does not see the record: %s", a.Body)
		}
		a = d.As(d.Harbor.Admin).Do(`{ users(search: "cleo") { nodes { id sessions { id } } } }`).OK()
		if n := len(a.At("users.nodes.0.sessions").([]any)); n != 2 {
			t.Errorf("in a list %d: %s", n, a.Body)
		}
	})
}

// What the profile shows as allowed is what is allowed.
func TestDepartures_AreShownAsTheyAreAllowed(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	const can = `query($user: ID!) { user(id: $user) { viewerCan { endSessions { allowed reason } disable { allowed reason } enable { allowed reason } close { allowed reason } } } }`
	h := d.Harbor
	for _, tt := range []struct {
		name          string
		actor, target desktest.Person
		want          map[string]any // the reason; nil if it may
	}{
		{"an Admin, of a customer", h.Admin, h.Customer, map[string]any{
			"endSessions": nil, "close": nil,
			"disable": "This is for the accounts of staff. A customer’s account is closed instead.",
			"enable":  "This is for the accounts of staff. A customer’s account is closed instead.",
		}},
		{"an Admin, of staff", h.Admin, h.Agent, map[string]any{
			"endSessions": nil, "disable": nil, "enable": "This account is not disabled.",
			"close": "This is for the accounts of customers. Staff who leave are disabled instead.",
		}},
		{"an Admin, of itself", h.Admin, h.Admin, map[string]any{
			"endSessions": "Nobody does this on their own account here; ask a colleague.", "disable": "Nobody does this on their own account here; ask a colleague.",
			"enable": "Nobody does this on their own account here; ask a colleague.", "close": "Nobody does this on their own account here; ask a colleague.",
		}},
		{"an agent, of a customer", h.Agent, h.Customer, map[string]any{
			"endSessions": "This needs the permission “Can reset 2FA devices”. An administrator can give it to you.",
			"close":       "This needs the permission “Can reset 2FA devices”. An administrator can give it to you.",
			"disable":     "This needs the permission “Can manage staff”. An administrator can give it to you.",
			"enable":      "This needs the permission “Can manage staff”. An administrator can give it to you.",
		}},
	} {
		a := d.As(tt.actor).Do(can, V{"user": tt.target.ID}).OK()
		for act, why := range tt.want {
			at := "user.viewerCan." + act
			if a.At(at+".reason") != why || a.At(at+".allowed") != (why == nil) {
				t.Errorf("%s: %s is shown as %v", tt.name, act, a.At(at))
			}
		}
	}
}

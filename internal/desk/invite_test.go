package desk_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	inviteStaff = `mutation($email: String = "joins@harbor.example", $first: String = "Jo", $last: String = "Joiner", $admin: Boolean, $roles: [ID!]) {
		inviteStaff(input: {email: $email, firstName: $first, lastName: $last, adminLevel: $admin, roleIds: $roles}) { user { id status firstName adminLevel invitedUntil roles { name } } } }`
	seenInvite   = `query($token: String!) { invitation(token: $token) { institution invitedBy firstName email phonePermitted authenticatorPermitted } }`
	acceptInvite = `mutation($token: String!, $new: String = "kettle-moss-lantern", $number: PhoneNumber) {
		acceptInvite(input: {token: $token, newPassword: $new, phoneNumber: $number}) { challenge { id step options { id kind } } authenticator { secret uri } } }`

	joiner       = "joins@harbor.example"
	joinerNumber = "+12025550161"
)

// invitePermissions are the rows of invitations.
func invitePermissions() []permission {
	const old = "EXPIRED"
	everybody := [9]string{old, old, old, old, old, old, old, old, old}
	return []permission{
		{"Query.invitation", `{ me: __typename invitation(token: "none") { email } }`, "invitation", everybody},
		{"Mutation.acceptInvite", `mutation { acceptInvite(input: {token: "none", newPassword: "kettle-moss-lantern"}) { challenge { id } } }`, "acceptInvite", everybody},
		{"Mutation.inviteStaff", `mutation { inviteStaff(input: {email: "joins@harbor.example", firstName: "Jo", lastName: "Joiner"}) { user { id } } }`,
			"inviteStaff", [9]string{yes, yes, yes, no, no, no, no, who, yes}},
		{"InviteStaffPayload.user", `mutation { inviteStaff(input: {email: "joins@harbor.example", firstName: "Jo", lastName: "Joiner"}) { user { id } } }`,
			"inviteStaff.user", [9]string{yes, yes, yes, far, far, far, far, far, yes}},
	}
}

// invited returns the token of the newest mail that invites to the staff.
func invited(t *testing.T, d *desktest.Desk, address string) string {
	t.Helper()
	d.SendNotices()
	mails := d.Mails.To(address)
	if len(mails) == 0 {
		t.Fatalf("%s got no mail", address)
	}
	_, after, found := strings.Cut(mails[len(mails)-1].Text, "/admin/invitation#")
	token, _, _ := strings.Cut(after, "\n")
	if !found || len(token) < 40 {
		t.Fatalf("no link in %q", mails[len(mails)-1].Text)
	}
	return token
}

// accepts begins to accept by a phone, and returns the variables that name the challenge.
func accepts(d *desktest.Desk, token string) V {
	a := d.Browser(auth.Staff).Do(acceptInvite, V{"token": token, "number": joinerNumber}).OK()
	return V{"challenge": a.Text("acceptInvite.challenge.id"), "option": a.Text("acceptInvite.challenge.options.0.id")}
}

// joins meets the challenge, and returns the browser that is in by it.
func joins(d *desktest.Desk, v V) *desktest.Client {
	browser := d.Browser(auth.Staff)
	browser.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(joinerNumber)
	browser.Do(verify, v).OK()
	return browser
}

func TestInviteStaff(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		roleID := spareRole(d)
		a := admin.Do(inviteStaff, V{"roles": []string{roleID}}).OK()
		if a.At("inviteStaff.user.status") != "REGISTERED" || a.At("inviteStaff.user.invitedUntil") != "2026-03-05T12:00:00Z" || len(a.List("inviteStaff.user.roles")) != 1 {
			t.Error(a.Body)
		}
		token := invited(t, d, joiner)
		seen := d.Browser(auth.Staff).Do(seenInvite, V{"token": token}).OK()
		if seen.Text("invitation.email") != joiner || seen.Text("invitation.institution") != "harbor" || seen.Text("invitation.invitedBy") != d.Harbor.Admin.Name() || seen.At("invitation.phonePermitted") != true {
			t.Error(seen.Body)
		}
		if a := d.Browser(auth.Staff).Do(signIn, V{"institution": "harbor", "username": joiner, "password": ""}); a.Code("signIn") != bad {
			t.Errorf("without a password: %s", a.Body)
		}
		if a := d.Browser(auth.Staff).Do(acceptInvite, V{"token": token, "number": joinerNumber, "new": "short"}); a.Code("acceptInvite") != "INVALID_INPUT" {
			t.Error(a.Body)
		}

		accepted := accepts(d, token) // and goes away
		again := accepts(d, token)
		if a := d.Browser(auth.Staff).Do(sendCode, accepted); a.Code("sendCode") != "EXPIRED" {
			t.Errorf("the challenge before goes on: %s", a.Body)
		}
		browser := joins(d, again)

		me := browser.Do(`{ viewer { permissions passwordExpiresAt user { id status invitedUntil devices { id confirmedAt } } } }`).OK()
		if len(me.List("viewer.permissions")) != 1 || me.At("viewer.user.status") != "ACTIVE" || me.At("viewer.user.invitedUntil") != nil ||
			me.At("viewer.passwordExpiresAt") != nil || len(me.List("viewer.user.devices")) != 1 || me.At("viewer.user.devices.0.confirmedAt") == nil {
			t.Error(me.Body)
		}
		if a := d.Browser(auth.Staff).Do(signIn, V{"institution": "harbor", "username": joiner, "password": newPassword}); a.Code("signIn") != yes {
			t.Errorf("by the password chosen: %s", a.Body)
		}
		over(t, d, token)
		log := admin.Do(`query($target: ID!) { auditLog(filter: {targetId: $target}) { nodes { action actorId } } }`, V{"target": me.Text("viewer.user.id")}).OK()
		if !strings.Contains(log.Body, `"INVITE_STAFF"`) || !strings.Contains(log.Body, `"ACCEPT_INVITE"`) {
			t.Error(log.Body)
		}
		if strings.Contains(d.Log.String(), token) {
			t.Error("the log has the link")
		}
	})
}

// over expects that a token opens nothing, in plain words.
func over(t *testing.T, d *desktest.Desk, token string) {
	t.Helper()
	a := d.Browser(auth.Staff).Do(acceptInvite, V{"token": token, "number": joinerNumber})
	if a.Code("acceptInvite") != "EXPIRED" || !strings.Contains(a.Error("acceptInvite").Message, "Ask the person who invited you.") {
		t.Error(a.Body)
	}
	if a := d.Browser(auth.Staff).Do(seenInvite, V{"token": token}); a.Code("invitation") != "EXPIRED" {
		t.Error(a.Body)
	}
}

// An app is set up by the code that meets the challenge, and is the only device.
func TestInviteStaff_ByApp(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.As(d.Harbor.Admin).Do(inviteStaff).OK()
		token := invited(t, d, joiner)
		accepts(d, token) // by a phone, and thinks better of it
		browser := d.Browser(auth.Staff)
		a := browser.Do(acceptInvite, V{"token": token}).OK()
		v := V{"challenge": a.Text("acceptInvite.challenge.id"), "option": a.Text("acceptInvite.challenge.options.0.id"), "code": "000000"}
		if len(a.List("acceptInvite.challenge.options")) != 1 || a.At("acceptInvite.challenge.options.0.kind") != "AUTHENTICATOR_APP" ||
			!strings.Contains(a.Text("acceptInvite.authenticator.uri"), a.Text("acceptInvite.authenticator.secret")) {
			t.Error(a.Body)
		}
		if a := browser.Do(verify, v); a.Code("verifyCode") != "WRONG_CODE" {
			t.Error(a.Body)
		}
		code, err := totp.GenerateCode(a.Text("acceptInvite.authenticator.secret"), d.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		v["code"] = code
		browser.Do(verify, v).OK()
		me := browser.Do(`{ viewer { user { devices { __typename confirmedAt } } } }`).OK()
		if len(me.List("viewer.user.devices")) != 1 || me.At("viewer.user.devices.0.__typename") != "AuthenticatorDevice" || me.At("viewer.user.devices.0.confirmedAt") == nil {
			t.Error(me.Body)
		}
		over(t, d, token)
	})
}

// A link dies with its time, with the next invitation, and with whom it invites; and a
// challenge that it was exchanged for with it.
func TestInviteStaff_IsOver(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		made := admin.Do(inviteStaff).OK()
		id, first := made.Text("inviteStaff.user.id"), invited(t, d, joiner)
		underWay := accepts(d, first)

		replaced := admin.Do(inviteStaff, V{"first": "Joanna", "admin": true}).OK()
		if replaced.Text("inviteStaff.user.id") != id || replaced.Text("inviteStaff.user.firstName") != "Joanna" || replaced.At("inviteStaff.user.adminLevel") != true {
			t.Error(replaced.Body)
		}
		over(t, d, first)
		if a := d.Browser(auth.Staff).Do(sendCode, underWay); a.Code("sendCode") != "EXPIRED" {
			t.Errorf("what was under way goes on: %s", a.Body)
		}
		second := invited(t, d, joiner)
		d.Clock.Advance(72 * time.Hour)
		over(t, d, second)
		admin = d.As(d.Harbor.Admin)
		if a := admin.Do(`query($id: ID!) { user(id: $id) { invitedUntil } }`, V{"id": id}).OK(); a.At("user.invitedUntil") != nil {
			t.Error(a.Body)
		}

		admin.Do(inviteStaff).OK() // who let it lapse
		third := invited(t, d, joiner)
		underWay = accepts(d, third)
		admin.Do(disableUser, V{"leaver": id}).OK()
		over(t, d, third)
		if a := d.Browser(auth.Staff).Do(sendCode, underWay); a.Code("sendCode") != "EXPIRED" {
			t.Errorf("of who was disabled: %s", a.Body)
		}
		if a := admin.Do(inviteStaff); a.Code("inviteStaff") != not {
			t.Errorf("who is disabled is invited: %s", a.Body)
		}
		admin.Do(enableUser, V{"disabled": id}).OK()
		over(t, d, third)
		admin.Do(inviteStaff).OK()
		joins(d, accepts(d, invited(t, d, joiner)))
		if a := admin.Do(inviteStaff); a.Code("inviteStaff") != not || !strings.Contains(a.Error("inviteStaff").Message, "has an account here already") {
			t.Errorf("who joined is invited: %s", a.Body)
		}
	})
}

func TestInviteStaff_Refusals(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	manager := d.As(d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "manager@harbor.example", Phone: "+12025550162", Permissions: []auth.Permission{auth.ManageStaff}}))
	for _, tt := range []struct {
		name, want string
		browser    *desktest.Client
		v          V
	}{
		{"a role of what they lack", no, manager, V{"roles": []string{spareRole(d)}}},
		{"a level that they lack", no, manager, V{"admin": true}},
		{"a role that there is not", out, admin, V{"roles": []string{"rol_1"}}},
		{"no address", "INVALID_INPUT", admin, V{"email": "none"}},
		{"no name", "INVALID_INPUT", admin, V{"first": " "}},
		{"a customer", not, admin, V{"email": d.Harbor.Customer.Email}},
		{"one of the staff", not, admin, V{"email": d.Harbor.Agent.Email}},
	} {
		if a := tt.browser.Do(inviteStaff, tt.v); a.Code("inviteStaff") != tt.want {
			t.Errorf("%s: %s", tt.name, a.Body)
		}
	}
	admin.Do(inviteStaff, V{"admin": true}).OK()
	if a := manager.Do(inviteStaff); a.Code("inviteStaff") != no {
		t.Errorf("an Admin-level invitation is replaced by who is none: %s", a.Body)
	}
	token := invited(t, d, joiner)
	asks(d, "harbor", joiner).OK()
	d.SendNotices()
	if mails := d.Mails.To(joiner); len(mails) != 1 {
		t.Errorf("who is invited resets a password: %v", mails)
	}
	d.Twilio.Control("PUT", "/sandbox/phones/"+joinerNumber, `{"lineType": "tollFree"}`)
	if a := d.Browser(auth.Staff).Do(acceptInvite, V{"token": token, "number": joinerNumber}); a.Code("acceptInvite") != "INVALID_INPUT" || a.Error("acceptInvite").Extensions["field"] != "phoneNumber" {
		t.Error(a.Body)
	}
	if a := d.Browser(auth.Customer).Do(acceptInvite, V{"token": token, "number": "+12025550163"}); a.Code("acceptInvite") != "EXPIRED" {
		t.Errorf("at the customers' client: %s", a.Body)
	}
	d.Clock.Advance(16 * time.Minute)
	if a := admin.Do(inviteStaff); a.Code("inviteStaff") != "STEP_UP_REQUIRED" {
		t.Error(a.Body)
	}
}

// However many accept at once, one challenge is left, which is met once; and of many
// invitations of one address one is good.
func TestInviteStaff_Once(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		ids := make([]string, 4)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() { ids[i] = admin.Do(inviteStaff).OK().Text("inviteStaff.user.id") })
		}
		all.Wait()
		for _, id := range ids {
			if id != ids[0] {
				t.Errorf("one address is %v", ids)
			}
		}
		token := invited(t, d, joiner)
		begun := make([]V, 4)
		for i := range begun {
			all.Go(func() { begun[i] = accepts(d, token) })
		}
		all.Wait()
		met := 0
		for _, v := range begun {
			browser := d.Browser(auth.Staff)
			if a := browser.Do(sendCode, v); a.Code("sendCode") != yes {
				continue
			}
			v["code"] = d.Twilio.NextCode(joinerNumber)
			for range 4 {
				all.Go(func() { d.Browser(auth.Staff).Do(verify, v) })
			}
			all.Wait()
			met++
		}
		a := admin.Do(`query($id: ID!) { user(id: $id) { status devices { id } sessions { id } } }`, V{"id": ids[0]}).OK()
		if met != 1 || a.At("user.status") != "ACTIVE" || len(a.List("user.devices")) != 1 || len(a.List("user.sessions")) != 1 {
			t.Errorf("%d challenges were met: %s", met, a.Body)
		}
	})
}

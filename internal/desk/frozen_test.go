package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/user"
)

// refusedWhileFrozen are the mutations by which users change how they sign in.
var refusedWhileFrozen = map[string]string{
	"renameDevice": rename, "setDefaultDevice": setDefault, "removeDevice": remove,
	"addPhoneDevice": addPhone, "addEmailDevice": addEmail, "sendDeviceCode": sendDeviceCode, "startAuthenticator": startApp, "confirmDevice": confirmDevice, "changePassword": changePassword,
	"generateMyBackupCodes": generateMine,
}

// openWhileFrozen are those by which they sign in and out, and what staff do.
var openWhileFrozen = []string{
	"signIn", "sendCode", "verifyCode", "startStepUp", "signOut", "endSession", "endOtherSessions",
	"prepareBackupCodes", "generateBackupCodes", "revokeBackupCodes", "updateDeviceNumberType", "clearDeviceNumberType",
	"requestPasswordReset", "resetPassword", // see TestFrozen_WantsANewPassword
	"resetDevice", "restoreDevice", "liftPause", "sendTestCode", "unfreezeUser", "disableUser", "enableUser", "closeUser", "endUserSessions", "saveStaffRole", "removeStaffRole", "saveStaff", "inviteStaff", "exportAccessReview", "updateInstitution", "retryJob", "dropJob", "saveSmsProvider", "checkSmsProvider", "sendProviderTest", "removeSmsProvider",
	"changeLanguage", "register", "acceptInvite", "completePreferences", // the last three for others than the frozen
}

// Who adds a mutation says on which side it is.
func TestFrozen_ChangesNothingAboutSigningIn(t *testing.T) {
	t.Parallel()
	for _, f := range desktest.Schema().Mutation.Fields {
		if (refusedWhileFrozen[f.Name] == "") != slices.Contains(openWhileFrozen, f.Name) {
			t.Errorf("nobody says whether %s is for users whose account is frozen", f.Name)
		}
	}
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, p := range []desktest.Person{d.Harbor.Customer, d.Harbor.Agent} {
			d.Clock.Advance(time.Minute) // between two codes to one number
			browser := d.As(p)
			app, phone := browser.Do(startApp).OK(), browser.Do(addPhone).OK()
			apps := V{"device": app.Text("startAuthenticator.device.id"), "code": codeOf(t, d, app.Text("startAuthenticator.secret"))}
			phones := V{"device": phone.Text("addPhoneDevice.device.id"), "code": d.Twilio.NextCode("+12025550160")}
			d.Freeze(p)
			for name, document := range refusedWhileFrozen {
				for _, v := range []V{apps, phones} {
					v["current"], v["new"] = desktest.Password, newPassword
					a := browser.Do(document, v)
					if appGetsNone := name == "sendDeviceCode" && a.Code(name) == "INVALID_INPUT"; appGetsNone {
						continue
					}
					if a.Code(name) != "CONFLICT" || !strings.Contains(a.Error(name).Message, "until you have spoken to us") {
						t.Errorf("%s: %s", name, a.Body)
					}
				}
			}
			if opens(d, p, desktest.Password) || !signedIn(t, resets(t, d, p, newPassword)) {
				t.Error("a frozen user does not get in, or by the password before")
			}
		}
	})
}

// A link for a new password dies with all else that is under way: it may be a thief's.
// The password before is no longer good, and only a new link leads to another, which
// opens while the account is frozen.
func TestFrozen_WantsANewPassword(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Clock.Advance(8 * 24 * time.Hour)
		customer := d.Harbor.Customer
		asks(d, "harbor", customer.Email).OK()
		token := resetToken(t, d, customer)
		v := typedNew(d, customer, token, newPassword)
		browser := d.Browser(customer.Kind)
		browser.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)

		page(d, "POST", link(t, d, customer))

		if a := browser.Do(verify, v); a.Code("verifyCode") != "EXPIRED" {
			t.Errorf("the reset under way: %s", a.Body)
		}
		if a := browser.Do(resetPassword, V{"token": token, "new": newPassword}); a.Code("resetPassword") != "EXPIRED" {
			t.Errorf("the link: %s", a.Body)
		}
		for password, want := range map[string]string{desktest.Password: "EXPIRED", newPassword: bad} {
			if a := browser.Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": password}); a.Code("signIn") != want {
				t.Errorf("%s: %s", password, a.Body)
			}
		}
		d.Clock.Advance(time.Minute)
		const chosen = "kettle-moss-chosen"
		if in := resets(t, d, customer, chosen); !signedIn(t, in) || !opens(d, customer, chosen) || opens(d, customer, desktest.Password) || status(t, d, customer) != user.Frozen {
			t.Error("the new password does not open, or the account is not frozen")
		}
		d.As(d.Harbor.Admin).Do(unfreeze, V{"frozen": customer.ID}).OK()
		if a := browser.Do(resetPassword, V{"token": token, "new": newPassword}); a.Code("resetPassword") != "EXPIRED" {
			t.Errorf("the link, once unfrozen: %s", a.Body)
		}
	})
}

// Who has no device left that is older gets in by a code that staff read out, or once
// staff have brought back the right one.
func TestFrozen_WithoutADeviceLeft(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		page(d, "POST", link(t, d, customer)) // the phone is from today
		asks(d, "harbor", customer.Email).OK()
		token := resetToken(t, d, customer)
		browser := d.Browser(customer.Kind)
		if a := browser.Do(resetPassword, V{"token": token, "new": newPassword}); a.Code("resetPassword") != "CONFLICT" || !strings.Contains(a.Error("resetPassword").Message, "Call support at +1 202-555-0199") {
			t.Errorf("no way left: %s", a.Body)
		}

		warned := admin.Do(prepare, V{"user": customer.ID}).OK()
		if said := warned.Text("prepareBackupCodes.confirmation.warning"); !strings.Contains(said, "FROZEN") {
			t.Errorf("staff are not warned: %s", said)
		}
		code := admin.Do(generate, V{"token": warned.Text("prepareBackupCodes.confirmation.token")}).OK().Text("generateBackupCodes.codes.0")
		a := browser.Do(resetPassword, V{"token": token, "new": newPassword}).OK()
		if diff := cmp.Diff([]any{V{"kind": "SMS", "reason": "SUSPENDED"}}, a.At("resetPassword.challenge.unavailable")); diff != "" {
			t.Error(diff)
		}
		browser.Do(verify, V{"challenge": a.At("resetPassword.challenge.id"), "option": "BACKUP_CODE", "code": code}).OK()
		if !signedIn(t, browser) || opens(d, customer, desktest.Password) {
			t.Error("a code does not get them in")
		}

		const seen = `query($user: ID!) { user(id: $user) { status passwordVoidedAt viewerCan { restoreDevice { allowed } }
			devices { id isDefault suspendedAt suspensionReason } } }`
		before := admin.Do(seen, V{"user": customer.ID}).OK()
		if before.At("user.devices.0.suspendedAt") != "2026-03-02T12:00:00Z" || !strings.Contains(before.Text("user.devices.0.suspensionReason"), "Backup codes") ||
			before.At("user.viewerCan.restoreDevice.allowed") != true || before.At("user.passwordVoidedAt") != nil {
			t.Error(before.Body)
		}
		admin.Do(restore, V{"suspended": customer.Phone.ID}).OK()
		after := admin.Do(seen, V{"user": customer.ID}).OK()
		if after.At("user.devices.0.suspendedAt") != nil || after.At("user.devices.0.isDefault") != true || after.At("user.status") != "FROZEN" {
			t.Error(after.Body)
		}
		if a := challenged(browser, d, customer, newPassword); a.Text("signIn.challenge.options.0.id") != "SMS:"+customer.Phone.ID {
			t.Error(a.Body)
		}
	})
}

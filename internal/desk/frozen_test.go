package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
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
	"requestPasswordReset", "resetPassword", // see TestFrozen_KeepsThePassword
	"resetDevice", "liftPause", "unfreezeUser", "updateInstitution",
	"register", "completePreferences", // for others than the frozen
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
			if a := d.Browser(p.Kind).SignIn(p); a.At("verifyCode") == nil {
				t.Errorf("a frozen user does not get in: %s", a.Body)
			}
		}
	})
}

// A link for a new password dies with all else that is under way, and there is
// none until staff have looked.
func TestFrozen_KeepsThePassword(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
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
		asks(d, "harbor", customer.Email).OK()
		if err := d.PasswordResets.SendLinks(t.Context()); err != nil {
			t.Fatal(err)
		}
		mails := d.Mails.To(customer.Email)
		if last := mails[len(mails)-1].Text; !strings.Contains(last, "the password stays as it is") || strings.Contains(last, "reset-password") {
			t.Errorf("mailed %q", last)
		}
		if opens(d, customer, newPassword) || !opens(d, customer, desktest.Password) {
			t.Error("the password is another one")
		}
		d.As(d.Harbor.Admin).Do(unfreeze, V{"frozen": customer.ID}).OK()
		if a := browser.Do(resetPassword, V{"token": token, "new": newPassword}); a.Code("resetPassword") != "EXPIRED" {
			t.Errorf("the link, once unfrozen: %s", a.Body)
		}
	})
}

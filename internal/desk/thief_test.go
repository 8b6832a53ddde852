package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// bindApp sets up an app in a browser and returns the option by which it signs in,
// and its secret.
func bindApp(t *testing.T, d *desktest.Desk, browser *desktest.Client) (option, secret string) {
	t.Helper()
	app := browser.Do(startApp).OK()
	secret = app.Text("startAuthenticator.secret")
	deviceID := app.Text("startAuthenticator.device.id")
	browser.Do(confirmDevice, V{"device": deviceID, "code": codeOf(t, d, secret)}).OK()
	d.Clock.Advance(time.Minute) // to the app's next code
	return "AUTHENTICATOR_APP:" + deviceID, secret
}

// noticePath returns the path of the link in the newest mail to a person.
func noticePath(t *testing.T, d *desktest.Desk, to desktest.Person) string {
	t.Helper()
	d.SendNotices()
	mails := d.Mails.To(to.Email)
	u, err := url.Parse(inMail.FindString(mails[len(mails)-1].Text))
	if err != nil || u.Path == "" {
		t.Fatalf("there is no link in %v", mails[len(mails)-1])
	}
	return u.Path
}

// proves answers a challenge by an app.
func proves(t *testing.T, d *desktest.Desk, browser *desktest.Client, challengeID, option, secret string) desktest.Answer {
	t.Helper()
	return browser.Do(verify, V{"challenge": challengeID, "option": option, "code": codeOf(t, d, secret)})
}

// Case 20: whoever bound an app by a code that the owner was talked out of is out
// for good once the owner presses the button in the mail about it.
func TestThief_FreezingSuspendsWhatTheyAdded(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, owner := range []desktest.Person{d.Harbor.Customer, d.Harbor.Agent} {
			d.Clock.Advance(8 * 24 * time.Hour)
			thief := d.Browser(owner.Kind)
			thief.SignIn(owner).OK()
			app, secret := bindApp(t, d, thief)
			path := noticePath(t, d, owner)
			late, lateSecret := bindApp(t, d, thief)

			if w := page(d, "POST", path); w.Code != http.StatusOK {
				t.Fatal(w.Code)
			}

			if a := thief.Do(addPhone); a.Code("addPhoneDevice") != "UNAUTHENTICATED" {
				t.Errorf("the next request: %s", a.Body)
			}
			again := d.Browser(owner.Kind)
			if a := again.Do(signIn, V{"institution": "harbor", "username": owner.Email, "password": desktest.Password}); a.Code("signIn") != "EXPIRED" ||
				!strings.Contains(a.Error("signIn").Message, "new password") {
				t.Errorf("the password before: %s", a.Body)
			}
			asks(d, "harbor", owner.Email).OK()
			token := resetToken(t, d, owner)
			v := typedNew(d, owner, token, newPassword)
			for option, of := range map[string]string{app: secret, late: lateSecret} {
				if a := proves(t, d, again, v["challenge"].(string), option, of); a.Code("verifyCode") != "INVALID_INPUT" {
					t.Errorf("the thief's app: %s", a.Body)
				}
			}
			again.Do(sendCode, v).OK()
			v["code"] = d.Twilio.NextCode(owner.Phone.PhoneNumber)
			again.Do(verify, v).OK()
			if opens(d, owner, desktest.Password) || !opens(d, owner, newPassword) || !signedIn(t, again) {
				t.Error("the owner is not back in")
			}
		}
	})
}

// Case 21.
func TestThief_ResettingADeviceEndsSessions(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		thief, neighbor := d.As(customer), d.As(d.Harbor.Neighbor)

		d.As(d.Harbor.Admin).Do(reset, V{"lost": customer.Phone.ID}).OK()

		if a := thief.Do(addPhone); a.Code("addPhoneDevice") != "UNAUTHENTICATED" {
			t.Errorf("the thief adds another phone: %s", a.Body)
		}
		if !signedIn(t, neighbor) {
			t.Error("a neighbor is out, too")
		}
	})
}

// Case 22: an app that a backup code's session bound has no power over the rest for a
// day, whether it steps that session up or begins another.
func TestThief_ABackupCodeGivesNoPower(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, owner := range []desktest.Person{d.Harbor.Customer, d.Harbor.Agent} {
			codes := madeCodes(d, d.As(d.Harbor.Admin), owner)
			until := d.Clock.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339)
			first := d.Browser(owner.Kind)
			first.Do(verify, V{"challenge": challenged(first, d, owner).Text("signIn.challenge.id"), "option": "BACKUP_CODE", "code": codes[0]}).OK()
			app, secret := bindApp(t, d, first)
			steps := first.Do(desktest.StartStepUp).OK().Text("startStepUp.challenge.id")
			proves(t, d, first, steps, app, secret).OK()
			d.Clock.Advance(time.Minute)
			second := d.Browser(owner.Kind)
			proves(t, d, second, challenged(second, d, owner).Text("signIn.challenge.id"), app, secret).OK()
			d.Clock.Advance(time.Minute)
			third := d.As(owner)
			third.Do(addPhone, V{"phone": "+12025550161"}).OK()
			steps = third.Do(desktest.StartStepUp).OK().Text("startStepUp.challenge.id")
			proves(t, d, third, steps, app, secret).OK()

			acts := map[string]string{
				"addPhoneDevice": addPhone, "setDefaultDevice": setDefault, "renameDevice": rename, "removeDevice": remove,
				"changePassword": changePassword, "generateMyBackupCodes": generateMine, "startAuthenticator": startApp,
			}
			for name, browser := range map[string]*desktest.Client{"stepped up": first, "begun": second, "stepped up later": third} {
				for act, document := range acts {
					v := V{"device": owner.Phone.ID, "current": desktest.Password, "new": newPassword}
					if a := browser.Do(document, v); a.Code(act) != no || !strings.Contains(a.Error(act).Message, "UTC") ||
						a.Error(act).Extensions["until"] != until {
						t.Errorf("%s, %s: %s", name, act, a.Body)
					}
				}
				if a := browser.Do(setDefault, V{"device": strings.TrimPrefix(app, "AUTHENTICATOR_APP:")}); a.Code("setDefaultDevice") != no {
					t.Errorf("%s, the app as the default: %s", name, a.Body)
				}
			}
			d.Clock.Advance(25 * time.Hour)
			later := d.Browser(owner.Kind)
			proves(t, d, later, challenged(later, d, owner).Text("signIn.challenge.id"), app, secret).OK()
			later.Do(setDefault, V{"device": owner.Phone.ID}).OK()
			later.Do(generateMine).OK()
		}
	})
}

package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/desktest"
)

// refusedWhileFrozen are the mutations by which users change how they sign in.
var refusedWhileFrozen = map[string]string{
	"renameDevice": rename, "setDefaultDevice": setDefault, "removeDevice": remove,
	"startAuthenticator": startApp, "confirmDevice": confirmDevice, "changePassword": changePassword,
}

// openWhileFrozen are those by which they sign in and out, and what staff do.
var openWhileFrozen = []string{
	"signIn", "sendCode", "verifyCode", "startStepUp", "signOut", "endSession", "endOtherSessions",
	"prepareBackupCodes", "generateBackupCodes", "revokeBackupCodes", "updateDeviceNumberType", "clearDeviceNumberType",
	"resetDevice", "liftPause", "unfreezeUser", "updateInstitution",
}

// Who adds a mutation says on which side it is.
func TestFrozen_ChangesNothingAboutSigningIn(t *testing.T) {
	t.Parallel()
	for _, f := range schema().Mutation.Fields {
		if (refusedWhileFrozen[f.Name] == "") != slices.Contains(openWhileFrozen, f.Name) {
			t.Errorf("nobody says whether %s is for users whose account is frozen", f.Name)
		}
	}
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, p := range []desktest.Person{d.Harbor.Customer, d.Harbor.Agent} {
			browser := d.As(p)
			app := browser.Do(startApp).OK()
			v := V{
				"device": app.Text("startAuthenticator.device.id"), "code": codeOf(t, d, app.Text("startAuthenticator.secret")),
				"current": desktest.Password, "new": newPassword,
			}
			d.Freeze(p)
			for name, document := range refusedWhileFrozen {
				a := browser.Do(document, v)
				if a.Code(name) != "CONFLICT" || !strings.Contains(a.Error(name).Message, "until you have spoken to us") {
					t.Errorf("%s: %s", name, a.Body)
				}
			}
			if a := d.Browser(p.Kind).SignIn(p); a.At("verifyCode") == nil {
				t.Errorf("a frozen user does not get in: %s", a.Body)
			}
		}
	})
}

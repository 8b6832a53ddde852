package desk_test

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	startApp = `mutation($label: String = "My app") { startAuthenticator(input: {label: $label}) {
		otpauthUri qrCodePng secret device { __typename id label isDefault confirmedAt } } }`
	confirmDevice = `mutation($device: ID!, $code: String = "000000") { confirmDevice(input: {deviceId: $device, code: $code}) {
		device { __typename id label confirmedAt } } }`
)

// codeOf is what an app with a secret shows at the desk's time.
func codeOf(t *testing.T, d *desktest.Desk, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, d.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestAuthenticator(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for kind, p := range map[auth.Kind]desktest.Person{auth.Customer: d.Harbor.Customer, auth.Staff: d.Harbor.Viewer} {
			t.Run(string(kind)+" sets up an app of their own", func(t *testing.T) {
				browser := d.As(p)

				a := browser.Do(startApp).OK()

				secret := a.Text("startAuthenticator.secret")
				uri, err := url.Parse(a.Text("startAuthenticator.otpauthUri"))
				if err != nil || uri.Query().Get("secret") != secret || !strings.HasSuffix(uri.Path, ":"+p.Email) {
					t.Errorf("the URI is not the secret's: %v", err)
				}
				picture, err := base64.StdEncoding.DecodeString(a.Text("startAuthenticator.qrCodePng"))
				if err != nil {
					t.Fatal(err)
				}
				if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
					t.Error(err)
				}
				if a.At("startAuthenticator.device.confirmedAt") != nil || a.Text("startAuthenticator.device.label") != "My app" {
					t.Error(a.Body)
				}
				v := V{"device": a.Text("startAuthenticator.device.id"), "code": codeOf(t, d, secret)}
				confirmed := browser.Do(confirmDevice, v).OK()
				if confirmed.Text("confirmDevice.device.__typename") != "AuthenticatorDevice" || confirmed.At("confirmDevice.device.confirmedAt") == nil {
					t.Error(confirmed.Body)
				}
				if again := browser.Do(confirmDevice, v); again.Code("confirmDevice") != "CONFLICT" {
					t.Error(again.Body)
				}
				if strings.Contains(d.Log.String(), secret) {
					t.Error("the log has the secret")
				}
			})
		}
	})
}

func TestAuthenticator_Refusals(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.As(d.Harbor.Customer)
	a := browser.Do(startApp).OK()
	v := V{"device": a.Text("startAuthenticator.device.id"), "code": codeOf(t, d, a.Text("startAuthenticator.secret"))}

	for name, stranger := range map[string]*desktest.Client{
		"another customer": d.As(d.Harbor.Neighbor), "staff": d.As(d.Harbor.Admin), "another institution": d.As(d.Summit.Admin),
	} {
		if a := stranger.Do(confirmDevice, v); a.Code("confirmDevice") != out {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	if a := browser.Do(confirmDevice, V{"device": d.Harbor.Customer.Phone.ID}); a.Code("confirmDevice") != "CONFLICT" {
		t.Errorf("a phone: %s", a.Body)
	}
	if a := browser.Do(startApp, V{"label": strings.Repeat("x", 51)}); a.Code("startAuthenticator") != "INVALID_INPUT" || a.Error("startAuthenticator").Extensions["field"] != "label" {
		t.Error(a.Body)
	}
	d.Clock.Advance(auth.CustomerStepUp + time.Second)
	if a := browser.Do(startApp); a.Code("startAuthenticator") != "STEP_UP_REQUIRED" {
		t.Error(a.Body)
	}
	if a := browser.Do(confirmDevice, v); a.Code("confirmDevice") != "WRONG_CODE" {
		t.Errorf("an old code: %s", a.Body)
	}
}

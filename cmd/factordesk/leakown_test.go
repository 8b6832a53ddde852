package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// forgets chooses a new password by the link in a mail.
func (d day) forgets(username, number string) {
	const chosen = "lantern-moss-7Q4Z"
	c := d.browser()
	const ask = `mutation($username: String!) { requestPasswordReset(input: {institution: "harbor", username: $username}) { requested } }`
	for _, want := range []string{"", "", "", "THROTTLED"} {
		if _, a := c.post(ask, vars{"username": "nobody-7Q4Z@customer.example"}); a.refused()["requestPasswordReset"] != want {
			d.t.Errorf("%+v", a)
		}
	}
	c.ask(&struct{}{}, ask, vars{"username": username})
	var link []string
	eventually(d.t, "a link", func() bool {
		for _, m := range mailbox(d.Dir + "/var/mail").read(d.t) {
			if m.to == username {
				link = page.FindStringSubmatch(m.text)
			}
		}
		return link != nil
	})
	d.typed.add("link", link[1])
	d.typed.add("password", chosen)
	var got struct{ ResetPassword struct{ Challenge challenge } }
	c.ask(&got, `mutation($token: String!, $new: String!) {
		resetPassword(input: {token: $token, newPassword: $new}) { challenge { id options { id } } } }`, vars{"token": link[1], "new": chosen})
	d.typed.add("challenge id", got.ResetPassword.Challenge.ID)
	heard := d.listen(number)
	c.code(got.ResetPassword.Challenge)
	c.enter(got.ResetPassword.Challenge, heard())
	d.browser().password("harbor", username, chosen)
}

// ownDevices does what owners do to devices of their own.
func (d day) ownDevices(databaseURL string) {
	customer, _ := d.signIn("harbor", "mobile@customer.example", "+12025550101")
	var me struct {
		Viewer struct{ User struct{ ID string } }
	}
	customer.ask(&me, `{ viewer { user { id } } }`, nil)
	phone, app := waiting(d.t, databaseURL, me.Viewer.User.ID)
	d.addsDevices(customer, phone)
	customer.ask(&struct{}{}, `mutation($device: ID!) {
		renameDevice(input: {deviceId: $device, label: "In the kitchen"}) { device { id } }
		setDefaultDevice(input: {deviceId: $device}) { device { id } }
		removeDevice(input: {deviceId: $device}) { removedDeviceId } }`, vars{"device": app})
}

// addsDevices adds a phone and confirms it, asks for a code for one that waits, and,
// where that is permitted, adds an address and makes backup codes.
func (d day) addsDevices(customer *client, waiting string) {
	const number, address = "+12025550171", "second-7q4z@customer.example"
	d.typed.add("number", number)
	heard := d.listen(number)
	var added struct {
		AddPhoneDevice struct{ Device struct{ ID string } }
	}
	customer.ask(&added, `mutation($number: PhoneNumber!) { addPhoneDevice(input: {phoneNumber: $number, label: "New"}) { device { id } } }`, vars{"number": number})
	code := heard()
	d.typed.add("one-time code", code)
	confirm := vars{"device": added.AddPhoneDevice.Device.ID, "code": code}
	customer.ask(&struct{}{}, `mutation($device: ID!) { sendDeviceCode(input: {deviceId: $device}) { retryAfterSeconds } }`, vars{"device": waiting})
	customer.ask(&struct{}{}, `mutation($device: ID!, $code: String!) { confirmDevice(input: {deviceId: $device, code: $code}) { device { id } } }`, confirm)
	namesake, _ := d.signIn("summit", "mobile@customer.example", "+12025550111")
	namesake.ask(&struct{}{}, `mutation($address: String!) { addEmailDevice(input: {address: $address, label: "Second"}) { device { id } } }`, vars{"address": address})
	var own struct {
		GenerateMyBackupCodes struct{ Codes []string }
	}
	namesake.ask(&own, `mutation { generateMyBackupCodes { codes instructions viewer { user { backupCodeSets { origin remaining } } } } }`, nil)
	d.typed.add("backup code", own.GenerateMyBackupCodes.Codes...)
}

// waiting returns a user a phone that waits for a code, and an authenticator app.
func waiting(t *testing.T, databaseURL, userID string) (phone, app string) {
	t.Helper()
	db, err := store.Open(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var institutionID string
	if err := db.SQL().QueryRowContext(t.Context(), `SELECT id FROM institutions WHERE slug = 'harbor'`).Scan(&institutionID); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	base := func(confirmed *time.Time) device.Base {
		return device.Base{ID: id.New(id.Device), InstitutionID: institutionID, UserID: userID, AddedAt: now, ConfirmedAt: confirmed}
	}
	p := &device.Phone{Base: base(nil), PhoneNumber: "+12025550172"}
	a := &device.Authenticator{Base: base(&now)}
	for _, added := range []device.Device{p, a} {
		if err := db.CreateDevice(t.Context(), added); err != nil {
			t.Fatal(err)
		}
	}
	return p.ID, a.ID
}

// saysNotMe follows the link in a mail to someone, presses the button, and
// presses it again.
func (d day) saysNotMe(address string) {
	var link []string
	eventually(d.t, "a link", func() bool {
		for _, m := range mailbox(d.Dir + "/var/mail").read(d.t) {
			if m.to == address {
				link = notYou.FindStringSubmatch(m.text)
			}
		}
		return link != nil
	})
	c := d.browser()
	for _, step := range []struct {
		method string
		want   int
	}{{http.MethodGet, http.StatusOK}, {http.MethodPost, http.StatusOK}, {http.MethodPost, http.StatusGone}, {http.MethodGet, http.StatusOK}} {
		if status, body := c.send(step.method, link[0], nil); status != step.want || strings.Contains(string(body), link[1]) {
			d.t.Errorf("%s is answered %d %s", step.method, status, body)
		}
	}
}

// enrols registers a customer and goes the whole way.
func (d day) enrols() {
	const email, secret, number = "nora-7q4z@customer.example", "kettle-moss-7Q4Z-41", "+12025550173"
	d.typed.add("password", secret)
	d.typed.add("number", number)
	c := d.browser()
	c.ask(&struct{}{}, `mutation($email: String!, $password: String!, $number: PhoneNumber!) { register(input: {
		institution: "harbor", email: $email, password: $password, firstName: "Nora", lastName: "New", phoneNumber: $number}) { accepted } }`,
		vars{"email": email, "password": secret, "number": number})
	asked := c.password("harbor", email, secret)
	c.code(asked)
	code := d.codeMailedTo(email)
	d.typed.add("one-time code by mail", code)
	var next struct{ VerifyCode struct{ Challenge challenge } }
	c.ask(&next, `mutation($challenge: ID!, $code: String!) { verifyCode(input: {challengeId: $challenge, optionId: "EMAIL", code: $code}) {
		challenge { id options { id kind label } } } }`, vars{"challenge": asked.ID, "code": code})
	d.typed.add("challenge id", next.VerifyCode.Challenge.ID)
	heard := d.listen(number)
	c.code(next.VerifyCode.Challenge)
	c.enter(next.VerifyCode.Challenge, heard())
	c.ask(&struct{}{}, `mutation { completePreferences(input: {language: EN}) { viewer { notices { kind message link } } } }`, nil)
}

// pauses enters wrong codes for a customer until their phone is paused.
func (d day) pauses(username string) {
	c := d.browser()
	asked := c.password("harbor", username, password)
	for range 6 {
		if _, a := c.post(verifyCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID, "code": "918273"}); a.refused()["verifyCode"] == "THROTTLED" {
			return
		}
	}
	d.t.Error("wrong codes pause nothing")
}

// bindsAnApp sets up an authenticator app for who is signed in.
func (d day) bindsAnApp(c *client) {
	var made struct {
		StartAuthenticator struct {
			OtpauthURI, QRCodePng, Secret string
			Device                        struct{ ID string }
		}
	}
	c.ask(&made, `mutation { startAuthenticator(input: {label: "App"}) { otpauthUri qrCodePng secret device { id } } }`, nil)
	app := made.StartAuthenticator
	code, err := totp.GenerateCode(app.Secret, time.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	d.typed.add("authenticator secret", app.Secret, app.OtpauthURI, app.QRCodePng)
	d.typed.add("authenticator code", code)
	c.ask(&struct{}{}, `mutation($device: ID!, $code: String!) { confirmDevice(input: {deviceId: $device, code: $code}) { device { id } } }`,
		vars{"device": app.Device.ID, "code": code})
}

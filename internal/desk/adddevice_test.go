package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	addPhone = `mutation($phone: PhoneNumber! = "+12025550160", $label: String! = "New") { addPhoneDevice(input: {phoneNumber: $phone, label: $label}) {
		device { id label isDefault confirmedAt phoneNumber numberType } retryAfterSeconds expiresAt } }`
	addEmail = `mutation($address: String! = "second@customer.example") { addEmailDevice(input: {address: $address, label: "Second"}) {
		device { id address confirmedAt } retryAfterSeconds expiresAt } }`
	sendDeviceCode = `mutation($device: ID!) { sendDeviceCode(input: {deviceId: $device}) { retryAfterSeconds expiresAt } }`
)

func TestAddPhoneDevice(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		browser, number := d.As(d.Harbor.Customer), "+12025550160"

		a := browser.Do(addPhone).OK()

		v := V{"device": a.Text("addPhoneDevice.device.id"), "code": d.Twilio.NextCode(number)}
		if a.At("addPhoneDevice.device.confirmedAt") != nil || a.At("addPhoneDevice.retryAfterSeconds") != 30.0 ||
			a.At("addPhoneDevice.expiresAt") != "2026-03-02T12:05:00Z" {
			t.Error(a.Body)
		}
		if offered := d.Browser(auth.Customer).Do(desktest.SignIn, V{
			"institution": d.Harbor.Slug, "username": d.Harbor.Customer.Email, "password": desktest.Password,
		}).OK(); len(offered.List("signIn.challenge.options")) != 1 {
			t.Errorf("offered before it is confirmed: %s", offered.Body)
		}
		if soon := browser.Do(sendDeviceCode, v); soon.Code("sendDeviceCode") != "THROTTLED" {
			t.Error(soon.Body)
		}
		if wrong := browser.Do(confirmDevice, V{"device": v["device"]}); wrong.Code("confirmDevice") != "WRONG_CODE" {
			t.Error(wrong.Body)
		}
		if confirmed := browser.Do(confirmDevice, v).OK(); confirmed.At("confirmDevice.device.confirmedAt") == nil {
			t.Error(confirmed.Body)
		}
		for _, document := range []string{confirmDevice, sendDeviceCode} {
			if again := browser.Do(document, v); !strings.Contains(again.Body, `"CONFLICT"`) {
				t.Error(again.Body)
			}
		}
		if offered := d.Browser(auth.Customer).Do(desktest.SignIn, V{
			"institution": d.Harbor.Slug, "username": d.Harbor.Customer.Email, "password": desktest.Password,
		}).OK(); len(offered.List("signIn.challenge.options")) != 2 {
			t.Errorf("not offered: %s", offered.Body)
		}
	})
}

func TestAddPhoneDevice_SaysWhyNoCodeCame(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	d.Twilio.Control("PUT", "/sandbox/phones/+12025550160", `{"outcome": "reject:21614"}`)

	a := d.As(d.Harbor.Customer).Do(addPhone)

	if e := a.Error("addPhoneDevice"); a.Code("addPhoneDevice") != "PROVIDER_ERROR" || e.Extensions["providerCode"] != 21614.0 ||
		e.Message != "This number gets no texts. Check it, or add another device." {
		t.Error(a.Body)
	}
}

func TestAddEmailDevice(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		p, _ := mailReader(t, d)
		browser := d.As(p)

		a := browser.Do(addEmail).OK()

		mail := d.Mails.To("second@customer.example")[0]
		v := V{"device": a.Text("addEmailDevice.device.id"), "code": sixDigits.FindString(mail.Text)}
		if confirmed := browser.Do(confirmDevice, v).OK(); confirmed.At("confirmDevice.device.confirmedAt") == nil {
			t.Error(confirmed.Body)
		}
	})
}

func TestAddDevice_Refusals(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.As(d.Harbor.Customer)
	for name, c := range map[string]struct {
		v     V
		field string
	}{
		"no number":      {V{"phone": "5550160"}, "phone"},
		"a long label":   {V{"label": strings.Repeat("x", 51)}, "label"},
		"a control sign": {V{"label": "a\x00b"}, "label"},
	} {
		t.Run(name, func(t *testing.T) {
			a := browser.Do(addPhone, c.v)
			if !strings.Contains(a.Body, `"INVALID_INPUT"`) || !strings.Contains(a.Body, c.field) {
				t.Error(a.Body)
			}
		})
	}
	if a := browser.Do(addPhone, V{"phone": d.Harbor.Customer.Phone.PhoneNumber}); a.Code("addPhoneDevice") != "CONFLICT" {
		t.Errorf("a number that they have: %s", a.Body)
	}
	d.Clock.Advance(auth.CustomerStepUp + time.Second)
	if a := browser.Do(addPhone); a.Code("addPhoneDevice") != "STEP_UP_REQUIRED" {
		t.Error(a.Body)
	}
	if got := d.Twilio.Phone("+12025550160"); len(got.Messages)+len(got.Calls) != 0 {
		t.Errorf("sent %v", got)
	}
}

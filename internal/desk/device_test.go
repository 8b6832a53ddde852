package desk_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Documents of owners.
const (
	rename     = `mutation($device: ID!, $label: String = "Mine") { renameDevice(input: {deviceId: $device, label: $label}) { device { id label } } }`
	setDefault = `mutation($device: ID!) { setDefaultDevice(input: {deviceId: $device}) { device { id isDefault } } }`
	remove     = `mutation($device: ID!) { removeDevice(input: {deviceId: $device}) { removedDeviceId viewer { user { devices { id isDefault } } } } }`
)

// Staff manage their own devices as customers do.
func TestOwnDevices(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, owner := range []desktest.Person{d.Harbor.Customer, d.Harbor.Viewer} {
			browser, first := d.As(owner), owner.Phone.ID
			second := d.AddPhone(owner.User, "+12025550120").ID

			if a := browser.Do(rename, V{"device": second, "label": " Kitchen "}).OK(); a.Text("renameDevice.device.label") != "Kitchen" {
				t.Error(a.Body)
			}
			if a := browser.Do(setDefault, V{"device": second}).OK(); a.At("setDefaultDevice.device.isDefault") != true {
				t.Error(a.Body)
			}
			if o := d.Browser(owner.Kind).Challenge(owner)["option"].(string); !strings.HasSuffix(o, second) {
				t.Errorf("a sign-in offers %s first", o)
			}
			a := browser.Do(remove, V{"device": second}).OK()
			left := a.List("removeDevice.viewer.user.devices")
			if a.Text("removeDevice.removedDeviceId") != second || len(left) != 1 || left[0].(map[string]any)["id"] != first || left[0].(map[string]any)["isDefault"] != true {
				t.Error(a.Body)
			}
			if a := browser.Do(remove, V{"device": first}); a.Code("removeDevice") != "CONFLICT" {
				t.Errorf("the last one: %s", a.Body)
			}
			for document, field := range map[string]string{rename: "renameDevice", setDefault: "setDefaultDevice", remove: "removeDevice"} {
				if a := browser.Do(document, V{"device": second}); a.Code(field) != out {
					t.Errorf("removed: %s", a.Body)
				}
			}
		}
	})
}

// A thief who removes the owner's phone can't keep that from the owner.
func TestOwnDevices_TheRemovedPhoneIsToldToo(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.AddPhone(customer.User, "+12025550120")

	d.As(customer).Do(remove, V{"device": customer.Phone.ID}).OK()
	d.SendNotices()

	const sentence = "A device for signing in to your account was removed."
	for _, number := range []string{customer.Phone.PhoneNumber, "+12025550120"} {
		if h := d.Twilio.Await(number, 1, 0); !strings.Contains(h.Messages[0].Body, sentence) {
			t.Errorf("%s is told %q", number, h.Messages[0].Body)
		}
	}
	if mails := d.Mails.To(customer.Email); len(mails) != 1 || !strings.Contains(mails[0].Text, sentence) {
		t.Errorf("mails: %v", mails)
	}
	if found := d.As(d.Harbor.Viewer).Do(`{ users(search: "12025550101") { nodes { id } } }`).OK().List("users.nodes"); len(found) != 0 {
		t.Errorf("the number still finds %v", found)
	}
}

// A device may be removed in the middle of a sign-in.
func TestOwnDevices_ARemovedPhonesCodeIsDead(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		d.AddPhone(customer.User, "+12025550120")
		elsewhere := d.Browser(auth.Customer)
		v := elsewhere.Challenge(customer)
		elsewhere.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)

		d.As(customer).Do(remove, V{"device": customer.Phone.ID}).OK()

		for document, field := range map[string]string{verify: "verifyCode", sendCode: "sendCode"} {
			if a := elsewhere.Do(document, v); a.Code(field) != "INVALID_INPUT" || a.Error(field).Extensions["field"] != "optionId" {
				t.Errorf("%s", a.Body)
			}
		}
		// The same number on a new device is no way back to the old code, nor to
		// the number type that staff set.
		d.AddPhone(customer.User, customer.Phone.PhoneNumber)
		if a := elsewhere.Do(verify, v); a.Code("verifyCode") != "INVALID_INPUT" {
			t.Error(a.Body)
		}
	})
}

func TestOwnDevices_ANumberThatComesBackHasLostItsOverride(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.AddPhone(customer.User, "+12025550120")
	d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()

	d.As(customer).Do(remove, V{"device": customer.Phone.ID}).OK()
	again := d.AddPhone(customer.User, customer.Phone.PhoneNumber)

	if again.NumberTypeOverride != nil {
		t.Errorf("it has %v", again.NumberTypeOverride)
	}
}

// However many remove both of two devices at once, one is left.
func TestOwnDevices_TheLastOneStaysHoweverManyAsk(t *testing.T) {
	t.Parallel()
	const many = 64
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		phones := [2]string{customer.Phone.ID, d.AddPhone(customer.User, "+12025550120").ID}
		var answers [many]desktest.Answer
		var removing sync.WaitGroup
		for i := range many {
			browser := d.As(customer)
			removing.Go(func() { answers[i] = browser.Do(remove, V{"device": phones[i%2]}) })
		}
		removing.Wait()

		removed := 0
		for _, a := range answers {
			switch a.Code("removeDevice") {
			case yes:
				removed++
			case "CONFLICT", out:
			default:
				t.Error(a.Body)
			}
		}
		if left := d.As(customer).Do(`{ viewer { user { devices { id } } } }`).OK().List("viewer.user.devices"); removed != 1 || len(left) != 1 {
			t.Errorf("%d removed, %d left", removed, len(left))
		}
	})
}

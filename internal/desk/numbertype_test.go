package desk_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// facts returns what a phone's number type is made of.
func facts(a desktest.Answer, place string) map[string]any {
	return map[string]any{
		"effective": a.At(place + ".numberType"), "detected": a.At(place + ".detectedNumberType"), "goes by": a.At(place + ".communicationMethod"),
	}
}

func TestNumberType_IsThreeFacts(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, phone := d.As(d.Harbor.Agent), d.Harbor.Customer.Phone.ID
		want := func(a desktest.Answer, place, effective, by string) {
			t.Helper()
			if diff := cmp.Diff(map[string]any{"effective": effective, "detected": "MOBILE", "goes by": by}, facts(a, place)); diff != "" {
				t.Error(diff)
			}
		}
		want(agent.Do(profile, V{"user": d.Harbor.Customer.ID}).OK(), "user.devices.0", "MOBILE", "TEXT")

		set := agent.Do(setType, V{"device": phone, "type": "LANDLINE", "reason": "  No texts arrive "}).OK()
		want(set, "updateDeviceNumberType.device", "LANDLINE", "CALL")
		seen := agent.Do(profile, V{"user": d.Harbor.Customer.ID}).OK()
		want(seen, "user.devices.0", "LANDLINE", "CALL")
		override := map[string]any{
			"numberType": "LANDLINE", "reason": "No texts arrive", "at": "2026-03-02T12:00:00Z", "by": map[string]any{"id": d.Harbor.Agent.ID},
		}
		for place, a := range map[string]desktest.Answer{"updateDeviceNumberType.device": set, "user.devices.0": seen} {
			if diff := cmp.Diff(override, a.At(place+".numberTypeOverride")); diff != "" {
				t.Error(diff)
			}
		}

		cleared := agent.Do(clearType, V{"device": phone}).OK()
		want(cleared, "clearDeviceNumberType.device", "MOBILE", "TEXT")
		if cleared.At("clearDeviceNumberType.device.numberTypeOverride") != nil {
			t.Error(cleared.Body)
		}
		if a := agent.Do(clearType, V{"device": phone}); a.Code("clearDeviceNumberType") != "CONFLICT" {
			t.Errorf("clearing what is clear: %s", a.Body)
		}
	})
}

func TestNumberType_DetectionIsMapped(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	numbers := map[string]string{
		"mobile": "+12025550121", "landline": "+12025550122", "fixedVoip": "+12025550123", "nonFixedVoip": "+12025550124", "unknown": "+12025550125",
	}
	for lineType, number := range numbers {
		d.Twilio.Control("PUT", "/sandbox/phones/"+number, `{"lineType": "`+lineType+`", "carrier": "Acme Cell"}`)
		d.AddPhone(d.Harbor.Customer.User, number)
	}

	a := d.As(d.Harbor.Viewer).Do(`query($user: ID!) { user(id: $user) { devices { ... on PhoneDevice {
		phoneNumber numberType detectedNumberType communicationMethod carrier callerIdExpectation } } } }`, V{"user": d.Harbor.Customer.ID}).OK()

	got := map[any]map[string]any{}
	for _, found := range a.List("user.devices") {
		p := found.(map[string]any)
		got[p["phoneNumber"]] = map[string]any{"effective": p["numberType"], "detected": p["detectedNumberType"], "goes by": p["communicationMethod"]}
	}
	for lineType, want := range map[string]map[string]any{
		"mobile":       {"effective": "MOBILE", "detected": "MOBILE", "goes by": "TEXT"},
		"landline":     {"effective": "LANDLINE", "detected": "LANDLINE", "goes by": "CALL"},
		"fixedVoip":    {"effective": "VOIP", "detected": "VOIP", "goes by": "CALL"},
		"nonFixedVoip": {"effective": "VOIP", "detected": "VOIP", "goes by": "CALL"},
		"unknown":      {"effective": "MOBILE", "detected": nil, "goes by": "TEXT"},
	} {
		if diff := cmp.Diff(want, got[numbers[lineType]]); diff != "" {
			t.Errorf("%s: %s", lineType, diff)
		}
	}
	if !strings.Contains(a.Body, "Acme Cell") || !strings.Contains(a.Body, "Carriers decide") {
		t.Error(a.Body)
	}
}

// Product requirement N5: a change applies to the next code, also of a sign-in
// that is under way.
func TestNumberType_TheNextCodeGoesTheOtherWay(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(customer) // whose option says SMS
	d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()

	browser.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
	browser.Do(verify, v).OK()

	if h := d.Twilio.Phone(customer.Phone.PhoneNumber); len(h.Calls) != 1 || len(h.Messages) != 0 {
		t.Errorf("%d calls and %d texts", len(h.Calls), len(h.Messages))
	}
}

func TestNumberType_TheOwnerIsToldByEveryOtherWay(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.AddPhone(customer.User, "+12025550126")

	d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": "VOIP"}).OK()
	d.SendNotices()

	if mails := d.Mails.To(customer.Email); len(mails) != 1 || !strings.Contains(mails[0].Text, "codes reach one of your phones was changed") {
		t.Errorf("mails: %v", mails)
	}
	d.Twilio.Await("+12025550126", 1, 0)
	if h := d.Twilio.Phone(customer.Phone.PhoneNumber); len(h.Calls)+len(h.Messages) > 0 {
		t.Errorf("the changed phone itself is told: %v", h)
	}
}

// Product requirement N4.
func TestNumberType_OnlyPhonesHaveOne(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	owner := d.Harbor.Customer
	base := func() device.Base {
		return device.Base{ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID, AddedAt: d.Clock.Now()}
	}
	email := &device.Email{Base: base(), Address: "other@customer.example"}
	app := &device.Authenticator{Base: base()}
	for _, other := range []device.Device{email, app} {
		if err := d.DB.CreateDevice(t.Context(), other); err != nil {
			t.Fatal(err)
		}
	}
	agent := d.As(d.Harbor.Agent)

	for _, deviceID := range []string{email.ID, app.ID} {
		if a := agent.Do(setType, V{"device": deviceID}); a.Code("updateDeviceNumberType") != "INVALID_INPUT" ||
			a.Error("updateDeviceNumberType").Extensions["field"] != "deviceId" {
			t.Error(a.Body)
		}
		if a := agent.Do(clearType, V{"device": deviceID}); a.Code("clearDeviceNumberType") != "INVALID_INPUT" {
			t.Error(a.Body)
		}
	}
	a := agent.Do(`query($user: ID!) { user(id: $user) { devices { __typename id ... on EmailDevice { address } } } }`, V{"user": owner.ID}).OK()
	if a.Text("user.devices.1.address") != email.Address || a.Text("user.devices.2.__typename") != "AuthenticatorDevice" {
		t.Error(a.Body)
	}
}

func TestNumberType_RefusedInputChangesNothing(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, phone := d.As(d.Harbor.Agent), d.Harbor.Customer.Phone.ID
	for name, v := range map[string]V{
		"no reason":       {"device": phone, "type": "VOIP", "reason": ""},
		"a blank reason":  {"device": phone, "type": "VOIP", "reason": " \n "},
		"501 characters":  {"device": phone, "type": "VOIP", "reason": strings.Repeat("é", 501)},
		"a NUL":           {"device": phone, "type": "VOIP", "reason": "a\x00b"},
		"a bell":          {"device": phone, "type": "VOIP", "reason": "a\ab"},
		"a type unlisted": {"device": phone, "type": "PAGER"},
	} {
		if a := agent.Do(setType, v); a.Code("updateDeviceNumberType") != "INVALID_INPUT" && a.Code("variable.type") != "INVALID_INPUT" {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	if a := agent.Do(profile, V{"user": d.Harbor.Customer.ID}).OK(); a.At("user.devices.0.numberTypeOverride") != nil {
		t.Error(a.Body)
	}
	agent.Do(setType, V{"device": phone, "type": "VOIP", "reason": strings.Repeat("é", 500)}).OK()
}

func TestNumberType_VoIPIsRefusedWhereItsRiskWasNotAccepted(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin, phone := d.As(d.Summit.Admin), d.Summit.Customer.Phone.ID
	if a := admin.Do(setType, V{"device": phone, "type": "VOIP"}); a.Code("updateDeviceNumberType") != "CONFLICT" {
		t.Error(a.Body)
	}
	admin.Do(setType, V{"device": phone, "type": "LANDLINE"}).OK()
}

// Product requirement D2: a device may be removed while staff look at it.
func TestNumberType_OfARemovedPhoneIsNotFound(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, phone := d.As(d.Harbor.Agent), d.Harbor.Customer.Phone.ID
	agent.Do(setType, V{"device": phone}).OK()
	if _, err := d.DB.SQL().ExecContext(t.Context(), `UPDATE devices SET removed_at = added_at WHERE id = ?`, phone); err != nil {
		t.Fatal(err)
	}
	if a := agent.Do(setType, V{"device": phone}); a.Code("updateDeviceNumberType") != out {
		t.Error(a.Body)
	}
	if a := agent.Do(clearType, V{"device": phone}); a.Code("clearDeviceNumberType") != out {
		t.Error(a.Body)
	}
	if a := agent.Do(`query($id: ID!) { node(id: $id) { id } }`, V{"id": phone}); a.Code("node") != out {
		t.Error(a.Body)
	}
}

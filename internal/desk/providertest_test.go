package desk_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/message"
)

// offProvider adds the spare account to harbor's, switched off, and returns its id.
func offProvider(d *desktest.Desk) string {
	spare := d.Twilio.Spare()
	return d.As(d.Harbor.Admin).Do(saveProvider, V{"input": V{
		"name": "Other", "accountSid": spare.SID, "authToken": spare.Token, "sender": spare.From, "enabled": false, "priority": 9,
	}}).OK().Text("saveSmsProvider.provider.id")
}

// A test goes through the account that is tested, which need not be the one that sends, in
// the user's language and without a code, and is in the history and the audit record.
func TestProviderTest_GoesThroughThatAccount(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		ana := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "ana@harbor.example", Phone: "+12025550187", Admin: true, Language: message.Spanish, Permissions: auth.Permissions()})
		admin, off := d.As(d.Harbor.Admin), offProvider(d)
		on := admin.Do(listProviders).OK().Text("institution.smsProviders.0.id")

		for _, tt := range []struct {
			who                   desktest.Person
			provider, from, words string
		}{
			{d.Harbor.Admin, off, d.Twilio.Spare().From, "Harbor Credit Union: This is a test. Texts from us reach you."},
			{ana, on, d.Twilio.Harbor().From, "Harbor Credit Union: Esto es una prueba. Nuestros mensajes de texto le llegan."},
		} {
			a := d.As(tt.who).Do(testProvider, V{"provider": tt.provider, "device": tt.who.Phone.ID}).OK()
			if a.At("sendProviderTest.accepted") != true {
				t.Error(a.Body)
			}
			if got := d.Twilio.Await(tt.who.Phone.PhoneNumber, 1, 0).Messages[0]; got.From != tt.from || got.Body != tt.words {
				t.Errorf("the phone shows %+v", got)
			}
			history := `query($user: ID!) { node(id: $user) { ... on User { notificationHistory(source: LOG) { messages { nodes { kind status body from } } } } } }`
			for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
				logged := admin.Do(history, V{"user": tt.who.ID}).OK()
				if n := logged.At("node.notificationHistory.messages.nodes.0").(map[string]any); n["status"] == "DELIVERED" && n["kind"] == "ALERT" && n["body"] == tt.words && n["from"] == tt.from {
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("what Twilio reported is not in the history: %s", logged.Body)
				}
			}
		}

		all := entries(t, d)
		recorded := func(providerID, deviceID string) bool {
			for _, e := range all {
				if e.Action == audit.TestedProvider && e.Outcome == audit.Done && e.Details["provider"] == providerID && e.Details["device"] == deviceID {
					return true
				}
			}
			return false
		}
		if !recorded(off, d.Harbor.Admin.Phone.ID) || !recorded(on, ana.Phone.ID) {
			t.Errorf("not in the record: %+v", all)
		}
	})
}

// A number gets one text in 30 seconds, tests and codes together, and an institution no
// test over its cap.
func TestProviderTest_IsLimited(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, phone := d.As(d.Harbor.Admin), d.Harbor.Admin.Phone
		v := V{"provider": admin.Do(listProviders).OK().Text("institution.smsProviders.0.id"), "device": phone.ID}
		admin.Do(testProvider, v).OK()
		d.Clock.Advance(10 * time.Second)
		waits(t, admin.Do(testProvider, v), "sendProviderTest", 20)
		in := d.Browser(d.Harbor.Admin.Kind)
		waits(t, in.Do(sendCode, in.Challenge(d.Harbor.Admin)), "sendCode", 20)

		d.Clock.Advance(20 * time.Second)
		d.Twilio.Control(http.MethodPut, "/sandbox/phones/"+phone.PhoneNumber, `{"outcome": "reject:21610"}`)
		for range 2 { // what Twilio refused was not sent, so one may try again at once
			a := admin.Do(testProvider, v)
			e := a.Error("sendProviderTest")
			if a.Code("sendProviderTest") != "PROVIDER_ERROR" || e.Extensions["providerCode"] != 21610.0 || !strings.HasPrefix(e.Message, "Twilio refused the test. ") {
				t.Error(a.Body)
			}
		}
		d.Twilio.Control(http.MethodPut, "/sandbox/phones/"+phone.PhoneNumber, `{"outcome": "delivered"}`)

		admin.Do(updateSettings, V{"input": V{"dailySends": 3}}).OK()
		if a := admin.Do(testProvider, v); a.Code("sendProviderTest") != "THROTTLED" {
			t.Errorf("over the cap: %s", a.Body)
		}
		if got := d.Twilio.Phone(phone.PhoneNumber).Messages; len(got) != 1 {
			t.Errorf("the phone got %v", got)
		}
	})
}

func TestProviderTest_Refusals(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, me := d.As(d.Harbor.Admin), d.Harbor.Admin
		own := admin.Do(listProviders).OK().Text("institution.smsProviders.0.id")
		theirs := d.As(d.Summit.Admin).Do(listProviders).OK().Text("institution.smsProviders.0.id")
		landline := device.Landline
		unconfirmed, suspended := d.Base(me), d.AddPhone(me.User, "+12025550172").ID
		unconfirmed.ConfirmedAt = nil
		d.Suspend(me, suspended)
		for name, tt := range map[string]struct{ provider, device, code, words string }{
			"a colleague's phone":   {own, d.Harbor.Agent.Phone.ID, "NOT_FOUND", "no such device"},
			"a customer's phone":    {own, d.Harbor.Customer.Phone.ID, "NOT_FOUND", "no such device"},
			"no device":             {own, "dev_1", "NOT_FOUND", "no such device"},
			"another's provider":    {theirs, me.Phone.ID, "NOT_FOUND", "no such provider"},
			"no provider":           {"prv_1", me.Phone.ID, "NOT_FOUND", "no such provider"},
			"an app":                {own, d.AddApp(me.User).ID, "CONFLICT", "no phone"},
			"one that gets calls":   {own, d.AddDevice(&device.Phone{Base: d.Base(me), PhoneNumber: "+12025550170", DetectedNumberType: &landline}), "CONFLICT", "gets calls"},
			"an unconfirmed phone":  {own, d.AddDevice(&device.Phone{Base: unconfirmed, PhoneNumber: "+12025550171"}), "CONFLICT", "Confirm this phone"},
			"one that is suspended": {own, suspended, "CONFLICT", "suspended"},
		} {
			a := admin.Do(testProvider, V{"provider": tt.provider, "device": tt.device})
			if a.Code("sendProviderTest") != tt.code || !strings.Contains(a.Error("sendProviderTest").Message, tt.words) {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
		for _, r := range d.Twilio.Requests() {
			if strings.HasPrefix(r, "POST ") {
				t.Errorf("Twilio was asked: %s", r)
			}
		}
	})
}

func TestProviderTest_IsUnavailableInUAT(t *testing.T) {
	t.Parallel()
	for name, database := range desktest.Databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t, database, desktest.UAT)
			admin := d.As(d.Harbor.Admin)
			a := admin.Do(testProvider, V{"provider": admin.Do(listProviders).OK().Text("institution.smsProviders.0.id"), "device": d.Harbor.Admin.Phone.ID})
			if a.Code("sendProviderTest") != "UNAVAILABLE_IN_UAT" || len(d.Mails.To(d.Harbor.Admin.Email)) != 0 {
				t.Error(a.Body)
			}
		})
	}
}

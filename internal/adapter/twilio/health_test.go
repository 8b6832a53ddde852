package twilio

import (
	"testing"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

func TestClient_AsksHowAnAccountStands(t *testing.T) {
	t.Run("in order", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		if status, trial, err := b.AccountState(t.Context(), harbor); status != "active" || trial || err != nil {
			t.Errorf("%s, %v, %v", status, trial, err)
		}
		if got, ok, err := b.BalanceOf(t.Context(), harbor); got != (provider.Balance{Hundredths: 10_000, Currency: "USD"}) || !ok || err != nil {
			t.Errorf("%+v, %v, %v", got, ok, err)
		}
		if got, err := b.SenderOf(t.Context(), harbor); err != nil || got == nil || *got != (provider.Sender{Texts: true, Calls: true}) {
			t.Errorf("%+v, %v", got, err)
		}
		for _, from := range []string{"+12025550198", ""} {
			other := harbor
			other.From = from
			if got, err := b.SenderOf(t.Context(), other); err != nil || got != nil {
				t.Errorf("%q: %+v, %v", from, got, err)
			}
		}
	})
	t.Run("by its messaging service", func(t *testing.T) {
		const service = "MG00000000000000000000000000000001"
		b := newBench(t, sandbox(t))
		by := harbor
		if got, err := b.ServiceOf(t.Context(), by); got != nil || err != nil {
			t.Errorf("none: %+v, %v", got, err)
		}
		by.MessagingServiceSID = service
		if got, err := b.ServiceOf(t.Context(), by); err != nil || got == nil || got.Senders != 1 {
			t.Errorf("%+v, %v", got, err)
		}
		empty := newBench(t, answers(200, `{"phone_numbers":[],"short_codes":[],"alpha_senders":[],"meta":{"key":"some"}}`))
		if got, err := empty.ServiceOf(t.Context(), by); err != nil || got == nil || got.Senders != 0 || len(empty.arrived("/v1/Services/"+service)) != 3 {
			t.Errorf("without senders: %+v, %v", got, err)
		}
		codes := newBench(t, answers(200, `{"phone_numbers":[],"short_codes":[{"short_code":"12345"}],"meta":{"key":"some"}}`))
		if got, err := codes.ServiceOf(t.Context(), by); err != nil || got == nil || got.Senders != 1 {
			t.Errorf("with a short code: %+v, %v", got, err)
		}
		if got, err := newBench(t, answers(404, `{"code":20404,"message":"no","status":404}`)).ServiceOf(t.Context(), by); got != nil || err != nil {
			t.Errorf("gone: %+v, %v", got, err)
		}
		for _, answer := range []string{`{}`, `null`, `garbage`, ``} {
			b := newBench(t, answers(200, answer))
			_, err := b.ServiceOf(t.Context(), by)
			b.wantCode(err, fault.ProviderUnavailable)
		}
	})
	t.Run("by its status page", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		if got, err := b.StatusPage(t.Context()); err != nil || got != (provider.StatusPage{Indicator: "none", Description: "All Systems Operational"}) {
			t.Errorf("%+v, %v", got, err)
		}
		if sent := b.arrived("/api/v2/status.json"); len(sent) != 1 || sent[0].User != "" {
			t.Errorf("sent %+v", sent)
		}
		for _, answer := range []string{`{}`, `null`, `garbage`, ``, `{"status":{}}`} {
			b := newBench(t, answers(200, answer))
			_, err := b.StatusPage(t.Context())
			b.wantCode(err, fault.ProviderUnavailable)
		}
		down := newBench(t, answers(503, `down`))
		_, err := down.StatusPage(t.Context())
		down.wantCode(err, fault.ProviderUnavailable)
	})
	t.Run("with another token", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		other := harbor
		other.Token = secret.NewText("madeupwrongtoken")
		_, _, err := b.AccountState(t.Context(), other)
		if f := b.wantFault(err, fault.ProviderError); f.ProviderCode != 20003 {
			t.Error(f.ProviderCode)
		}
	})
	t.Run("as Twilio writes it", func(t *testing.T) {
		for answer, want := range map[string]provider.Balance{
			`{"balance":"-0.0525","currency":"EUR"}`: {Hundredths: -6, Currency: "EUR"}, `{"balance":"12.3","currency":"USD"}`: {Hundredths: 1230, Currency: "USD"},
			`{"balance":"0.29","currency":"USD"}`: {Hundredths: 29, Currency: "USD"},
		} {
			if got, ok, err := newBench(t, answers(200, answer)).BalanceOf(t.Context(), harbor); got != want || !ok || err != nil {
				t.Errorf("%s: %+v, %v, %v", answer, got, ok, err)
			}
		}
		if _, ok, err := newBench(t, answers(404, `{"code":20404,"message":"no","status":404}`)).BalanceOf(t.Context(), harbor); ok || err != nil {
			t.Errorf("a subaccount: %v, %v", ok, err)
		}
		if _, trial, err := newBench(t, answers(200, `{"sid":"`+harborSID+`","status":"active","type":"Trial"}`)).AccountState(t.Context(), harbor); !trial || err != nil {
			t.Errorf("for trial: %v, %v", trial, err)
		}
	})
	t.Run("what is no answer says nothing", func(t *testing.T) {
		for _, answer := range []string{`{}`, `null`, `garbage`, ``, `{"balance":"much","sid":"AC2"}`} {
			b := newBench(t, answers(200, answer))
			_, _, err := b.AccountState(t.Context(), harbor)
			b.wantCode(err, fault.ProviderUnavailable)
			_, _, err = b.BalanceOf(t.Context(), harbor)
			b.wantCode(err, fault.ProviderUnavailable)
		}
	})
}

func TestClient_SendsByKeyAndService(t *testing.T) {
	const service = "MG00000000000000000000000000000001"
	keyed := harbor
	keyed.APIKey = provider.APIKey{SID: "SK00000000000000000000000000000001", Secret: secret.NewText("madeupkeysecret")}
	keyed.MessagingServiceSID, keyed.From = service, ""
	b := newBench(t, answers(201, `{"sid":"SM0000000000000000000000000000000a","status":"accepted","from":null}`), func(c *Config) { c.Accounts = accounts{"ins_harbor": keyed} })

	if _, err := b.SendText(t.Context(), outgoing(), body); err != nil {
		t.Fatal(err)
	}
	_, err := b.PlaceCall(t.Context(), outgoing(), notification.Speech{})

	sent := b.arrived("/")
	if len(sent) != 1 || sent[0].User != keyed.APIKey.SID || sent[0].Path != messagesPath || sent[0].Form.Get("MessagingServiceSid") != service || sent[0].Form.Has("From") {
		t.Errorf("sent %+v", sent)
	}
	b.wantCode(err, fault.ProviderUnavailable)
	if !notification.Unsent(err) {
		t.Error("a call without a number surely never left")
	}
}

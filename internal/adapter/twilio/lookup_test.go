package twilio

import (
	"testing"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

func TestClient_Detect(t *testing.T) {
	t.Run("says what a number is", func(t *testing.T) {
		s := sandbox(t)
		s.SetPhone("+12025550103", twiliosandbox.Phone{LineType: "nonFixedVoip", Carrier: "Acme Voice"})
		b := newBench(t, s)
		for number, want := range map[string]device.Detection{
			customer:       {Valid: true, LineType: "mobile", Carrier: "Sandbox Cell"},
			"+12025550103": {Valid: true, LineType: "nonFixedVoip", Carrier: "Acme Voice"},
			"+12021550101": {},
		} {
			if got, err := b.Detect(t.Context(), "ins_harbor", number); got != want || err != nil {
				t.Errorf("%s: %+v, want %+v, %v", number, got, want, err)
			}
		}
		if raw := b.arrived("/")[0].RawQuery; raw != "Fields=line_type_intelligence" {
			t.Error(raw)
		}
	})
	t.Run("a line type that Twilio does not know is empty", func(t *testing.T) {
		const known = `{"phone_number":"+12025550101","valid":true,"line_type_intelligence":`
		for _, answer := range []string{
			known + `{"type":null,"carrier_name":null,"error_code":60601}}`,
			known + `{"type":"mobile","carrier_name":"Old Cell","error_code":60608}}`,
			known + `{"type":null,"carrier_name":null,"error_code":null}}`,
			known + `null}`,
		} {
			b := newBench(t, answers(200, answer))
			got, err := b.Detect(t.Context(), "ins_harbor", customer)
			if want := (device.Detection{Valid: true}); got != want || err != nil {
				t.Errorf("%s: %+v, %v", answer, got, err)
			}
		}
	})
	t.Run("what is no look-up says nothing against a number", func(t *testing.T) {
		for _, answer := range []string{`{}`, `null`, `{"valid":false}`, `garbage`, ``} {
			b := newBench(t, answers(200, answer))
			_, err := b.Detect(t.Context(), "ins_harbor", customer)
			b.wantCode(err, fault.ProviderUnavailable)
		}
	})
	t.Run("a number that is not E.164 goes nowhere", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		for _, number := range []string{"", "2025550101", "+12025550101/../../x", "+1202555010١"} {
			_, err := b.Detect(t.Context(), "ins_harbor", number)
			b.wantCode(err, fault.InvalidInput)
		}
		if got := b.arrived("/"); len(got) != 0 {
			t.Error(got)
		}
	})
	t.Run("a refusal has its code", func(t *testing.T) {
		b := newBench(t, sandbox(t))
		b.order(`{"path":"/v2/","code":60600,"status":404}`)
		_, err := b.Detect(t.Context(), "ins_harbor", customer)
		if f := b.wantFault(err, fault.ProviderError); f.ProviderCode != 60600 {
			t.Error(f.ProviderCode)
		}
	})
}

package challenge

import (
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
)

func TestOptions(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	phone := func(id, number string, n device.NumberType, change ...func(p *device.Phone)) *device.Phone {
		p := &device.Phone{Base: device.Base{ID: id}, PhoneNumber: number, DetectedNumberType: &n}
		for _, f := range change {
			f(p)
		}
		return p
	}
	mobile := phone("m", "+12025550101", device.Mobile)
	landline := phone("l", "+12025550102", device.Landline)
	voip := phone("v", "+12025550103", device.VoIP)
	byDefault := phone("d", "+12025550104", device.Mobile, func(p *device.Phone) { p.IsDefault = true })
	disabled := phone("x", "+12025550105", device.Mobile, func(p *device.Phone) { p.DisabledAt = &now })
	overridden := phone("o", "+12025550106", device.Landline, func(p *device.Phone) {
		p.NumberTypeOverride = &device.Override{NumberType: device.Mobile}
	})
	risk := &institution.RiskAcceptance{By: "Board", At: now}

	for _, test := range []struct {
		name    string
		methods []institution.Method
		voip    *institution.RiskAcceptance
		devices []device.Device
		want    []string
	}{
		{"none without devices", []institution.Method{institution.SMS, institution.Voice}, risk, nil, nil},
		{"texts to mobiles, calls to the others", []institution.Method{institution.SMS, institution.Voice}, risk,
			[]device.Device{mobile, landline, voip}, []string{"SMS:m", "VOICE:l", "VOICE:v"}},
		{"the default device first, the others as they were added", []institution.Method{institution.SMS, institution.Voice}, risk,
			[]device.Device{landline, mobile, byDefault}, []string{"SMS:d", "VOICE:l", "SMS:m"}},
		{"what staff set goes over what was detected", []institution.Method{institution.SMS, institution.Voice}, nil,
			[]device.Device{overridden}, []string{"SMS:o"}},
		{"no texts where SMS is not permitted", []institution.Method{institution.Voice}, risk,
			[]device.Device{mobile, landline}, []string{"VOICE:l"}},
		{"no calls where VOICE is not permitted", []institution.Method{institution.SMS}, risk,
			[]device.Device{mobile, landline, voip}, []string{"SMS:m"}},
		{"no calls to VoIP numbers where their risk is not accepted", []institution.Method{institution.SMS, institution.Voice}, nil,
			[]device.Device{landline, voip}, []string{"VOICE:l"}},
		{"none by a device that is switched off", []institution.Method{institution.SMS, institution.Voice}, risk,
			[]device.Device{disabled, mobile}, []string{"SMS:m"}},
		{"none by what this version can't send to", institution.DefaultSettings().Methods, risk,
			[]device.Device{&device.Authenticator{Base: device.Base{ID: "a"}}, &device.Email{Base: device.Base{ID: "e"}}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			inst := institution.Institution{Settings: institution.Settings{Methods: test.methods, VoIPRisk: test.voip}}

			var got []string
			for _, o := range options(inst, test.devices) {
				got = append(got, o.ID)
			}

			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}

	t.Run("name a device without giving it away", func(t *testing.T) {
		inst := institution.Institution{Settings: institution.Settings{Methods: []institution.Method{institution.SMS, institution.Voice}}}

		got := options(inst, []device.Device{mobile, landline})

		if got[0].Label != "Text to ••• 0101" || got[1].Label != "Call to ••• 0102" {
			t.Errorf("got %q and %q", got[0].Label, got[1].Label)
		}
	})
}

func TestNewCode(t *testing.T) {
	t.Run("has six digits, zeros in front too", func(t *testing.T) {
		zero := false
		for range 2000 {
			code, err := newCode()
			if err != nil || len(code) != 6 || len(slices.DeleteFunc([]byte(code), func(b byte) bool { return b >= '0' && b <= '9' })) != 0 {
				t.Fatalf("%q, %v", code, err)
			}
			zero = zero || code[0] == '0'
		}
		if !zero {
			t.Error("of 2000 none begins with a zero")
		}
	})
}

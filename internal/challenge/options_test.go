package challenge

import (
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

func TestOptions(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	base := func(id string) device.Base { return device.Base{ID: id, ConfirmedAt: &now} }
	phone := func(id, number string, n device.NumberType, change ...func(p *device.Phone)) *device.Phone {
		p := &device.Phone{Base: base(id), PhoneNumber: number, DetectedNumberType: &n}
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
	pending := phone("p", "+12025550107", device.Mobile, func(p *device.Phone) { p.ConfirmedAt = nil })
	app := &device.Authenticator{Base: base("a")}
	pendingApp := &device.Authenticator{Base: device.Base{ID: "pa"}}
	mail := &device.Email{Base: base("e"), Address: "ann@customer.example"}
	risk := &institution.RiskAcceptance{By: "Board", At: now}

	texts, calls := institution.SMS, institution.Voice
	both := []institution.Method{texts, calls}
	all := append(both, institution.Email, institution.AuthenticatorApp)
	for _, test := range []struct {
		name    string
		methods []institution.Method
		risk    *institution.RiskAcceptance
		status  user.Status
		devices []device.Device
		// want are options, then ways that are missing with their reasons.
		want []string
	}{
		{"none without devices", all, risk, user.Active, nil, nil},
		{"texts to mobiles, calls to the others", both, risk, user.Active,
			[]device.Device{mobile, landline, voip}, []string{"SMS:m", "VOICE:l", "VOICE:v"}},
		{"the default device first, apps before texts, mails last, the others as they were added", all, risk, user.Active,
			[]device.Device{mail, landline, mobile, app, byDefault}, []string{"SMS:d", "AUTHENTICATOR_APP:a", "VOICE:l", "SMS:m", "EMAIL:e"}},
		{"what staff set goes over what was detected", both, nil, user.Active,
			[]device.Device{overridden}, []string{"SMS:o"}},
		{"none by what is not permitted, and why", []institution.Method{calls}, risk, user.Active,
			[]device.Device{mobile, landline, app, mail},
			[]string{"VOICE:l", "SMS NOT_PERMITTED", "AUTHENTICATOR_APP NOT_PERMITTED", "EMAIL NOT_PERMITTED"}},
		{"no calls where VOICE is not permitted", []institution.Method{texts}, risk, user.Active,
			[]device.Device{mobile, landline, voip}, []string{"SMS:m", "VOICE NOT_PERMITTED", "VOICE NOT_PERMITTED"}},
		{"no calls to VoIP numbers and no mails where their risk is not accepted", all, nil, user.Active,
			[]device.Device{landline, voip, mail}, []string{"VOICE:l", "VOICE NOT_PERMITTED", "EMAIL NOT_PERMITTED"}},
		{"none by a device that is switched off", both, risk, user.Active,
			[]device.Device{disabled, mobile}, []string{"SMS:m", "SMS DISABLED"}},
		{"none by a device that was never confirmed", all, risk, user.Active,
			[]device.Device{pending, mobile}, []string{"SMS:m", "SMS UNCONFIRMED"}},
		{"none of a frozen user either", all, risk, user.Frozen, []device.Device{pending}, []string{"SMS UNCONFIRMED"}},
		{"the phone that came with the account of who is registered", all, risk, user.Registered,
			[]device.Device{pending}, []string{"SMS:p"}},
		{"the same while enrolling, but no app before its first code", all, risk, user.Enrolling,
			[]device.Device{pending, pendingApp}, []string{"SMS:p", "AUTHENTICATOR_APP UNCONFIRMED"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			inst := institution.Institution{Settings: institution.Settings{Methods: test.methods, VoIPRisk: test.risk, EmailRisk: test.risk}}

			var got []string
			w := byDevice(message.In(message.English), inst, user.User{Status: test.status}, test.devices)
			for _, o := range w.options {
				got = append(got, o.ID)
			}
			for _, u := range w.unavailable {
				got = append(got, string(u.Kind)+" "+string(u.Reason))
			}

			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}

	t.Run("name a device without giving it away, in the user's language", func(t *testing.T) {
		inst := institution.Institution{Settings: institution.Settings{Methods: all, EmailRisk: risk}}
		named := &device.Authenticator{Base: device.Base{ID: "n", Label: "Pixel", ConfirmedAt: &now}}
		for language, want := range map[message.Language][]string{
			message.English: {"Code from your authenticator app", "Code from Pixel", "Text to ••• 0101", "Call to ••• 0102", "Mail to a•••@customer.example"},
			message.Spanish: {"Código de su aplicación de autenticación", "Código de Pixel", "Mensaje de texto al ••• 0101", "Llamada al ••• 0102", "Correo a a•••@customer.example"},
		} {
			var got []string
			for _, o := range byDevice(message.In(language), inst, user.User{}, []device.Device{app, named, mobile, landline, mail}).options {
				got = append(got, o.Label)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q", got)
			}
		}
	})
}

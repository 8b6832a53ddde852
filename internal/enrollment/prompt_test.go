package enrollment_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// wantPrompts fails the test unless a user is shown just these, the first first.
func (d *desk) wantPrompts(t *testing.T, u user.User, want ...enrollment.PromptKind) {
	t.Helper()
	shown, err := d.Prompts(d.As(t, u))
	if err != nil {
		t.Fatal(err)
	}
	var got []enrollment.PromptKind
	for _, p := range shown {
		got = append(got, p.Kind)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestService_Prompts(t *testing.T) {
	phone := func(u user.User) device.Device {
		return &device.Phone{PhoneNumber: "+12025550101", Base: world.Base(u)}
	}
	app := func(u user.User) device.Device { return &device.Authenticator{Base: world.Base(u)} }
	mail := func(u user.User) device.Device { return &device.Email{Address: u.Email, Base: world.Base(u)} }
	pending := func(of func(u user.User) device.Device) func(u user.User) device.Device {
		return func(u user.User) device.Device {
			d := of(u)
			d.Common().ConfirmedAt = nil
			return d
		}
	}
	textsOnly := []institution.Method{institution.SMS}
	noCodes := []institution.Method{institution.SMS, institution.AuthenticatorApp}
	const preferences, addApp, ownCodes, none = "/banking/preferences", "/banking/add/app", "/banking/backup-codes", ""

	type prompts map[enrollment.PromptKind]string // with their links
	type has []func(u user.User) device.Device
	tests := []struct {
		name    string
		who     func(u *user.User)   // one who is active, if it is left out
		methods []institution.Method // all but mails, if they are left out
		has     has
		off     bool // the last of what the user has
		codes   int
		want    prompts
	}{
		{name: "who is frozen is to call, and nothing else", who: world.Frozen, want: prompts{enrollment.CallUs: none}},
		{name: "who enrols is to complete the preferences first", who: enrolling, want: prompts{enrollment.CompletePreferences: preferences}},
		{name: "who has a phone is to add an app", has: has{phone}, want: prompts{enrollment.AddAuthenticator: addApp}},
		{name: "who has an app is to do nothing", has: has{app}, want: prompts{}},
		{name: "an app is not asked for where none is permitted", methods: textsOnly, has: has{phone}, want: prompts{}},
		{name: "an app that waits to be bound is none", has: has{phone, pending(app)}, want: prompts{enrollment.AddAuthenticator: addApp}},
		{name: "an app that is switched off is none", has: has{phone, app}, off: true, want: prompts{enrollment.AddAuthenticator: addApp}},
		{name: "the last code is to be replaced by new ones", has: has{app}, codes: 1, want: prompts{enrollment.LastBackupCode: ownCodes}},
		{name: "the last code has no page where only staff make them", methods: noCodes, has: has{app}, codes: 1,
			want: prompts{enrollment.LastBackupCode: none}},
		{name: "who has two codes is not warned", has: has{app}, codes: 2, want: prompts{}},
		{name: "who has nothing is to call before leaving", want: prompts{enrollment.NoBackupCodes: none, enrollment.AddAuthenticator: addApp}},
		{name: "who has nothing but a code is told that it is the last", codes: 1,
			want: prompts{enrollment.LastBackupCode: ownCodes, enrollment.AddAuthenticator: addApp}},
		{name: "a phone that is not confirmed is nothing", methods: textsOnly, has: has{pending(phone)}, want: prompts{enrollment.NoBackupCodes: none}},
		{name: "a phone that is switched off is nothing", methods: textsOnly, has: has{phone}, off: true, want: prompts{enrollment.NoBackupCodes: none}},
		{name: "a mailbox is nothing where mails are not permitted", methods: textsOnly, has: has{mail}, want: prompts{enrollment.NoBackupCodes: none}},
	}
	onBoth(t, func(t *testing.T, d *desk) {
		for i, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				bank := d.Institution(t, fmt.Sprintf("bank-%d", i), "Bank", func(s *institution.Settings) {
					if test.methods != nil {
						s.Methods = test.methods
					}
				})
				u := d.User(t, func(u *user.User) {
					u.InstitutionID = bank.ID
					if test.who != nil {
						test.who(u)
					}
				})
				for i, of := range test.has {
					added := of(u)
					d.AddDevice(t, added)
					if test.off && i == len(test.has)-1 {
						world.WantCode(t, d.DB.DisableDevice(t.Context(), bank.ID, added.Common().ID, world.Began), "")
					}
				}
				d.codes = test.codes

				shown, err := d.Prompts(d.As(t, u))
				if err != nil {
					t.Fatal(err)
				}

				got := prompts{}
				for _, p := range shown {
					got[p.Kind] = none
					if p.Link != nil {
						got[p.Kind] = *p.Link
					}
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	})

	t.Run("come with the most pressing first, in the language of who reads them", func(t *testing.T) {
		d := newDesk(t)
		d.codes = 1
		u := d.User(t, func(u *user.User) { u.Language = message.Spanish })

		d.wantPrompts(t, u, enrollment.LastBackupCode, enrollment.AddAuthenticator)
		shown, err := d.Prompts(d.As(t, u))
		if text := message.In(message.Spanish).Prompts["LAST_BACKUP_CODE"]; err != nil || text == "" || shown[0].Message != text {
			t.Errorf("shown %v, %v", shown, err)
		}
	})

	t.Run("are none to staff, and not for nobody", func(t *testing.T) {
		d := newDesk(t)

		d.wantPrompts(t, d.User(t, world.Staff))
		_, err := d.Prompts(t.Context())
		world.WantCode(t, err, fault.Unauthenticated)
	})
}

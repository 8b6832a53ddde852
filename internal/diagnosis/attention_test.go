package diagnosis_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/diagnosis"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

const number = "+12025550101"

// permissions are those of who asks in most tests.
var permissions = []auth.Permission{auth.ViewUsers, auth.GenerateLockoutCodes, auth.ViewNotificationHistory}

func mobile(change ...func(p *device.Phone)) *device.Phone {
	p := &device.Phone{Base: device.Base{ID: "dev_phone", ConfirmedAt: new(world.Began)}, PhoneNumber: number, DetectedNumberType: new(device.Mobile)}
	for _, f := range change {
		f(p)
	}
	return p
}

func app(change ...func(a *device.Authenticator)) *device.Authenticator {
	a := &device.Authenticator{Base: device.Base{ID: "dev_app", Label: "My app", ConfirmedAt: new(world.Began)}}
	for _, f := range change {
		f(a)
	}
	return a
}

func TestService_Attention(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := &diagnosis.Service{Store: w.DB, Institutions: w.Finder(), Clock: w.Time}
		live := backupcode.Summary{Origin: backupcode.ByStaff, Total: 10, Remaining: 7}
		active := user.User{ID: "usr_1", InstitutionID: w.Bank.ID, Kind: auth.Customer, Status: user.Active, EmailProvedAt: world.Began}
		change := func(f func(u *user.User)) user.User { u := active; f(&u); return u }
		now := w.Time.Now()
		for _, test := range []struct {
			name string
			of   diagnosis.Subject
			want []diagnosis.Kind
		}{
			{"nothing where a phone is in use", diagnosis.Subject{User: active, Devices: []device.Device{mobile()}}, nil},
			{"of who is closed only that", diagnosis.Subject{User: change(func(u *user.User) { u.Status, u.EmailProvedAt = user.Closed, time.Time{} })}, []diagnosis.Kind{diagnosis.AccountClosed}},
			{"of who is disabled only that", diagnosis.Subject{User: change(func(u *user.User) { u.DisabledAt = &now })}, []diagnosis.Kind{diagnosis.AccountDisabled}},
			{"no device", diagnosis.Subject{User: active}, []diagnosis.Kind{diagnosis.NoDevice}},
			{"a frozen account first", diagnosis.Subject{User: change(func(u *user.User) { u.Status = user.Frozen }), Devices: []device.Device{mobile(func(p *device.Phone) { p.DetectedNumberType = nil })}},
				[]diagnosis.Kind{diagnosis.Frozen, diagnosis.NumberTypeUnknown}},
			{"who is not enrolled, whose address is not proved", diagnosis.Subject{User: change(func(u *user.User) { u.Status, u.EmailProvedAt = user.Registered, time.Time{} }), Devices: []device.Device{mobile(func(p *device.Phone) { p.ConfirmedAt = nil })}},
				[]diagnosis.Kind{diagnosis.AddressNotProved, diagnosis.NotEnrolled}},
			{"a phone that is not confirmed, beside another", diagnosis.Subject{User: active, Devices: []device.Device{app(), mobile(func(p *device.Phone) { p.ConfirmedAt = nil })}},
				[]diagnosis.Kind{diagnosis.DeviceUnconfirmed}},
			{"a phone that is not confirmed, and no other way", diagnosis.Subject{User: active, Devices: []device.Device{mobile(func(p *device.Phone) { p.ConfirmedAt = nil })}},
				[]diagnosis.Kind{diagnosis.NoPermittedWay, diagnosis.DeviceUnconfirmed}},
			{"a VoIP phone where VoIP is not permitted", diagnosis.Subject{User: active, Devices: []device.Device{mobile(func(p *device.Phone) { p.DetectedNumberType = new(device.VoIP) })}},
				[]diagnosis.Kind{diagnosis.NoPermittedWay}},
			{"an address where mail is not permitted", diagnosis.Subject{User: active, Devices: []device.Device{&device.Email{Base: device.Base{ConfirmedAt: new(now)}}}},
				[]diagnosis.Kind{diagnosis.NoPermittedWay}},
			{"what is suspended and off, and nothing else of it", diagnosis.Subject{User: active, Devices: []device.Device{
				mobile(func(p *device.Phone) { p.DisabledAt, p.DetectedNumberType = new(now), nil }), app(func(a *device.Authenticator) { a.SuspendedAt = new(now) }),
			}}, []diagnosis.Kind{diagnosis.NoPermittedWay, diagnosis.DeviceOff, diagnosis.DeviceSuspended}},
			{"a pause that lasts", diagnosis.Subject{User: active, Devices: []device.Device{
				mobile(func(p *device.Phone) { p.PausedUntil = new(now.Add(time.Second)) }), app(func(a *device.Authenticator) { a.PausedUntil = new(now) }),
			}}, []diagnosis.Kind{diagnosis.DevicePaused}},
			{"a number type that staff set", diagnosis.Subject{User: active, Devices: []device.Device{mobile(func(p *device.Phone) { p.NumberTypeOverride = &device.Override{NumberType: device.Landline} })}},
				[]diagnosis.Kind{diagnosis.NumberTypeSet}},
			{"codes that expire within two hours", diagnosis.Subject{User: active, Devices: []device.Device{mobile()}, Sets: []backupcode.Summary{{Remaining: 1, ExpiresAt: new(now.Add(2 * time.Hour))}}},
				[]diagnosis.Kind{diagnosis.BackupCodesExpire}},
			{"no codes that last longer, or are used", diagnosis.Subject{User: active, Devices: []device.Device{mobile()}, Sets: []backupcode.Summary{{Remaining: 1, ExpiresAt: new(now.Add(2*time.Hour + time.Second))}, {ExpiresAt: new(now)}}}, nil},
		} {
			t.Run(test.name, func(t *testing.T) {
				found, err := s.Attention(w.Agent(t, permissions...), []diagnosis.Subject{test.of})
				if err != nil {
					t.Fatal(err)
				}
				var got []diagnosis.Kind
				for _, f := range found[0] {
					got = append(got, f.Kind)
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
			})
		}

		t.Run("advises no new codes while some are left, nor to who may not make them", func(t *testing.T) {
			for _, u := range []diagnosis.Subject{
				{User: active},
				{User: active, Devices: []device.Device{mobile(func(p *device.Phone) { p.DisabledAt = new(now) })}},
				{User: change(func(u *user.User) { u.Status = user.Registered }), Devices: []device.Device{mobile()}},
			} {
				advice := func(sets []backupcode.Summary, p ...auth.Permission) string {
					u.Sets = sets
					found, err := s.Attention(w.Agent(t, p...), []diagnosis.Subject{u})
					if err != nil {
						t.Fatal(err)
					}
					var all []string
					for _, f := range found[0] {
						all = append(all, f.Advice)
					}
					return strings.Join(all, " ")
				}
				if got := advice(nil, permissions...); !strings.Contains(got, "generate backup codes") {
					t.Error(got)
				}
				if got := advice([]backupcode.Summary{live}, permissions...); strings.Contains(got, "generate") || !strings.Contains(got, "7 unused backup codes") {
					t.Error(got)
				}
				if got := advice(nil, auth.ViewUsers); strings.Contains(got, "then generate") || !strings.Contains(got, "“Can generate lockout codes user”") {
					t.Error(got)
				}
			}
		})

		t.Run("is for staff who may view users", func(t *testing.T) {
			_, err := s.Attention(w.Agent(t), nil)
			world.WantCode(t, err, fault.Forbidden)
			_, err = s.Attention(t.Context(), nil)
			world.WantCode(t, err, fault.Unauthenticated)
		})
	})
}

func TestService_Attention_OfWhatBecameOfMessages(t *testing.T) {
	type sent struct {
		channel notification.Channel
		status  string
		code    int
	}
	text, call := func(status string, code int) sent { return sent{notification.SMS, status, code} }, sent{notification.Voice, "failed", 0}
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := &diagnosis.Service{Store: w.DB, Institutions: w.Finder(), Clock: w.Time}
		for i, test := range []struct {
			name          string
			oldest        []sent
			title, advice string
		}{
			{"one that failed", []sent{text("delivered", 0), text("undelivered", 30006)}, "The last text to ••• %s failed", "(30006)"},
			{"three that failed", []sent{text("delivered", 0), text("failed", 30001), text("undelivered", 30006), text("undelivered", 30006)}, "The last 3 texts to ••• %s failed", "(30006)"},
			{"one that failed before one under way", []sent{text("undelivered", 30003), text("queued", 0)}, "The last text to ••• %s failed", "(30003)"},
			{"one of which nobody knows", []sent{text("sent", 0)}, "Nobody knows whether the last text to ••• %s arrived", "an hour"},
			{"one that arrived after all", []sent{text("undelivered", 30003), text("delivered", 0)}, "", ""},
			{"a call, to a phone that gets texts", []sent{text("delivered", 0), call}, "", ""},
		} {
			t.Run(test.name, func(t *testing.T) {
				to := "+1202555012" + string(rune('0'+i))
				began := w.Time.Now().Add(-2 * time.Hour)
				for j, m := range test.oldest {
					n := notification.Notification{
						ID: id.New(id.Message), InstitutionID: w.Bank.ID, UserID: "usr_1", Channel: m.channel, Kind: notification.VerificationCode, To: to, Body: "a text",
						ProviderStatus: m.status, ErrorCode: m.code, Date: began.Add(time.Duration(j) * time.Minute), SID: id.New(id.Message),
					}
					if err := w.DB.CreateNotification(t.Context(), n); err != nil {
						t.Fatal(err)
					}
				}
				owner := user.User{InstitutionID: w.Bank.ID, Status: user.Active, EmailProvedAt: world.Began}
				phone := mobile(func(p *device.Phone) { p.PhoneNumber = to })
				found, err := s.Attention(w.Agent(t, permissions...), []diagnosis.Subject{{User: owner, Devices: []device.Device{phone}}, {User: owner, Devices: []device.Device{mobile()}}})
				if err != nil || len(found) != 2 || len(found[1]) != 0 {
					t.Fatalf("got %+v, %v", found, err)
				}
				if test.title == "" {
					if len(found[0]) != 0 {
						t.Errorf("got %+v", found[0])
					}
					return
				}
				title := strings.ReplaceAll(test.title, "%s", to[len(to)-4:])
				if len(found[0]) != 1 || found[0][0].Title != title || !strings.Contains(found[0][0].Advice, test.advice) {
					t.Errorf("got %+v, want %q", found[0], title)
				}
			})
		}
	})
}

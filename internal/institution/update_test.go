package institution_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world, with an administrator.
type desk struct {
	*institution.Service
	*world.World
	admin user.User
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := world.New(t)
	admin := w.User(t, world.Staff, func(u *user.User) { u.Email = "admin@harbor.example" })
	return &desk{&institution.Service{Store: w.DB, Audit: w.Audited, Clock: w.Time}, w, admin}
}

// as returns the context in which the administrator acts with permissions and a
// factor of an age.
func (d *desk) as(t *testing.T, age time.Duration, p ...auth.Permission) context.Context {
	return world.FactorAt(d.As(t, d.admin, p...), world.Began.Add(-age))
}

func (d *desk) settings(t *testing.T) institution.Settings {
	t.Helper()
	found, err := d.Find(t.Context(), d.Bank.ID)
	if err != nil {
		t.Fatal(err)
	}
	return found.Settings
}

func TestService_Update(t *testing.T) {
	t.Run("changes what is given and leaves the rest", func(t *testing.T) {
		d := newDesk(t)

		updated, err := d.Update(d.as(t, 0, auth.ManageSettings), institution.Change{
			Methods:           []institution.Method{institution.Voice, institution.SMS, institution.Voice},
			BackupCodesPerSet: new(4), SupportPhone: new("+1 202 555 0199"),
		})
		if err != nil {
			t.Fatal(err)
		}

		want := institution.DefaultSettings()
		want.Version, want.BackupCodes, want.SupportPhone = 1, 4, "+12025550199"
		want.Methods = []institution.Method{institution.SMS, institution.Voice}
		for name, got := range map[string]institution.Settings{"answered": updated.Settings, "stored": d.settings(t)} {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})

	t.Run("changes all that there is, and records each before and after", func(t *testing.T) {
		d := newDesk(t)

		updated, err := d.Update(d.as(t, 15*time.Minute, auth.ManageSettings), institution.Change{
			Version: new(0), Methods: institution.Methods(), VoIPNumbers: new(true), AcceptRisk: true, TwoFactorRequired: new(false),
			BackupCodesPerSet: new(1), StaffCodeLifetimeMinutes: new(43200), CodeLifetimeSeconds: new(90), DailySends: new(1_000_000), HighRiskActsPerHour: new(7),
			Country: new(" gb "), SupportPhone: new("(0)7700 900199"), Languages: []message.Language{message.Spanish}, Products: []institution.Product{institution.AccountOpeningOnly},
		})
		if err != nil {
			t.Fatal(err)
		}

		risk := &institution.RiskAcceptance{By: "admin@harbor.example", At: world.Began}
		if diff := cmp.Diff(institution.Settings{
			Version: 1, Methods: institution.Methods(), VoIPRisk: risk, EmailRisk: risk, BackupCodes: 1, StaffCodeLifetime: 30 * 24 * time.Hour,
			CodeLifetime: 90 * time.Second, DailySends: 1_000_000, HighRiskActs: 7, Country: "GB", SupportPhone: "+447700900199", Languages: []message.Language{message.Spanish}, Products: []institution.Product{institution.AccountOpeningOnly},
		}, updated.Settings); diff != "" {
			t.Error(diff)
		}
		const accepted = "none → accepted by admin@harbor.example at 2026-03-04T05:06:07Z"
		if diff := cmp.Diff([]audit.Event{{Action: audit.UpdatedSettings, TargetID: d.Bank.ID, Details: map[string]string{
			"permittedMethods": "SMS, VOICE, AUTHENTICATOR_APP, BACKUP_CODES → SMS, VOICE, EMAIL, AUTHENTICATOR_APP, BACKUP_CODES",
			"voipRisk":         accepted, "emailRisk": accepted, "twoFactorRequired": "true → false", "backupCodesPerSet": "10 → 1",
			"staffCodeLifetime": "24h0m0s → 720h0m0s", "codeLifetime": "5m0s → 1m30s", "dailySends": "10000 → 1000000", "highRiskActsPerHour": "20 → 7",
			"country": "US → GB", "supportPhone": "none → +447700900199", "languages": "EN, ES → ES", "products": "FULL → ACCOUNT_OPENING_ONLY", "sessions": "0",
		}}}, d.Audited.Events); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("takes the support number away", func(t *testing.T) {
		d := newDesk(t)
		admin := d.as(t, 0, auth.ManageSettings)
		for _, number := range []string{"+12025550199", ""} {
			if updated, err := d.Update(admin, institution.Change{SupportPhone: &number}); err != nil || updated.SupportPhone != number {
				t.Errorf("%q, %v", updated.SupportPhone, err)
			}
		}
	})

	t.Run("changes nothing that is not on record", func(t *testing.T) {
		d := newDesk(t)
		d.Audited.Err = errors.New("made up")

		if _, err := d.Update(d.as(t, 0, auth.ManageSettings), institution.Change{DailySends: new(5)}); !errors.Is(err, d.Audited.Err) {
			t.Error(err)
		}
		if diff := cmp.Diff(institution.DefaultSettings(), d.settings(t)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestService_Update_Refuses(t *testing.T) {
	d := newDesk(t)
	admin := d.as(t, 0, auth.ManageSettings)
	for _, test := range []struct {
		name   string
		ctx    context.Context
		change institution.Change
		code   fault.Code
		field  string
	}{
		{"nobody", t.Context(), institution.Change{}, fault.Unauthenticated, ""},
		{"staff without the permission", d.as(t, 0, auth.ManageProviders), institution.Change{DailySends: new(0)}, fault.Forbidden, ""},
		{"a factor that is too old", d.as(t, 15*time.Minute+1, auth.ManageSettings), institution.Change{DailySends: new(0)}, fault.StepUpRequired, ""},
		{"a version that is over", admin, institution.Change{Version: new(-1)}, fault.Conflict, ""},
		{"a version that is to come", admin, institution.Change{Version: new(1)}, fault.Conflict, ""},
		{"no method", admin, institution.Change{Methods: []institution.Method{}}, fault.InvalidInput, "permittedMethods"},
		{"backup codes alone", admin, institution.Change{Methods: []institution.Method{institution.BackupCodes}}, fault.InvalidInput, "permittedMethods"},
		{"a method that is none", admin, institution.Change{Methods: []institution.Method{"PIGEON"}}, fault.InvalidInput, "permittedMethods"},
		{"email without accepting its risk", admin, institution.Change{Methods: institution.Methods()}, fault.InvalidInput, "acceptRisk"},
		{"VoIP numbers without accepting their risk", admin, institution.Change{VoIPNumbers: new(true)}, fault.InvalidInput, "acceptRisk"},
		{"sets of no code", admin, institution.Change{BackupCodesPerSet: new(0)}, fault.InvalidInput, "backupCodesPerSet"},
		{"sets of 11 codes", admin, institution.Change{BackupCodesPerSet: new(11)}, fault.InvalidInput, "backupCodesPerSet"},
		{"staff-made codes of 9 minutes", admin, institution.Change{StaffCodeLifetimeMinutes: new(9)}, fault.InvalidInput, "staffCodeLifetimeMinutes"},
		{"staff-made codes of 30 days and a minute", admin, institution.Change{StaffCodeLifetimeMinutes: new(43201)}, fault.InvalidInput, "staffCodeLifetimeMinutes"},
		{"staff-made codes that never end", admin, institution.Change{StaffCodeLifetimeMinutes: new(math.MaxInt)}, fault.InvalidInput, "staffCodeLifetimeMinutes"},
		{"codes of 59 seconds", admin, institution.Change{CodeLifetimeSeconds: new(59)}, fault.InvalidInput, "codeLifetimeSeconds"},
		{"codes of 601 seconds", admin, institution.Change{CodeLifetimeSeconds: new(601)}, fault.InvalidInput, "codeLifetimeSeconds"},
		{"codes that were over long ago", admin, institution.Change{CodeLifetimeSeconds: new(math.MinInt)}, fault.InvalidInput, "codeLifetimeSeconds"},
		{"no sends a day", admin, institution.Change{DailySends: new(0)}, fault.InvalidInput, "dailySends"},
		{"over a million sends a day", admin, institution.Change{DailySends: new(1_000_001)}, fault.InvalidInput, "dailySends"},
		{"no high-risk acts", admin, institution.Change{HighRiskActsPerHour: new(0)}, fault.InvalidInput, "highRiskActsPerHour"},
		{"over a thousand high-risk acts", admin, institution.Change{HighRiskActsPerHour: new(1001)}, fault.InvalidInput, "highRiskActsPerHour"},
		{"a number that is none", admin, institution.Change{SupportPhone: new("ask Ada")}, fault.InvalidInput, "supportPhone"},
		{"no language", admin, institution.Change{Languages: []message.Language{}}, fault.InvalidInput, "languages"},
		{"a language that is none", admin, institution.Change{Languages: []message.Language{"XX"}}, fault.InvalidInput, "languages"},
		{"two products", admin, institution.Change{Products: []institution.Product{institution.Full, institution.AccountOpeningOnly}}, fault.InvalidInput, "products"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := d.Update(test.ctx, test.change)

			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Code != test.code || f.Field != test.field {
				t.Errorf("got %v, want %s %s", err, test.code, test.field)
			}
		})
	}
	if diff := cmp.Diff(institution.DefaultSettings(), d.settings(t)); diff != "" || d.Audited.Events != nil {
		t.Errorf("something changed: %s %v", diff, d.Audited.Events)
	}
}

// An acceptance is of one risk, stands as long as what it permits, and no longer.
func TestService_Update_Risks(t *testing.T) {
	d := newDesk(t)
	admin := d.as(t, 0, auth.ManageSettings)
	with := institution.Methods()
	without := slices.DeleteFunc(institution.Methods(), func(m institution.Method) bool { return m == institution.Email })
	update := func(c institution.Change) institution.Settings {
		t.Helper()
		d.Time.Advance(time.Second)
		updated, err := d.Update(admin, c)
		if err != nil {
			t.Fatal(err)
		}
		return updated.Settings
	}
	at := func(seconds int) *institution.RiskAcceptance {
		return &institution.RiskAcceptance{By: "admin@harbor.example", At: world.Began.Add(time.Duration(seconds) * time.Second)}
	}
	for _, step := range []struct {
		name        string
		change      institution.Change
		email, voip *institution.RiskAcceptance
	}{
		{"accepting what was not asked for records nothing", institution.Change{AcceptRisk: true}, nil, nil},
		{"email is accepted, VoIP is not touched", institution.Change{Methods: with, AcceptRisk: true}, at(2), nil},
		{"who accepted first stays on record", institution.Change{Methods: with, VoIPNumbers: new(true), AcceptRisk: true}, at(2), at(3)},
		{"what stands needs no second acceptance", institution.Change{Methods: with, VoIPNumbers: new(true)}, at(2), at(3)},
		{"other changes leave both", institution.Change{DailySends: new(7)}, at(2), at(3)},
		{"VoIP goes alone", institution.Change{VoIPNumbers: new(false)}, at(2), nil},
		{"email goes with its acceptance", institution.Change{Methods: without}, nil, nil},
	} {
		after := update(step.change)
		if diff := cmp.Diff([]*institution.RiskAcceptance{step.email, step.voip}, []*institution.RiskAcceptance{after.EmailRisk, after.VoIPRisk}); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
	if _, err := d.Update(admin, institution.Change{Methods: with}); fault.CodeOf(err) != fault.InvalidInput {
		t.Errorf("email again, without accepting it again: %v", err)
	}
}

func TestService_Warnings(t *testing.T) {
	d := newDesk(t)
	_, err := d.Warnings(d.as(t, 0, auth.ViewUsers), d.Bank)
	world.WantCode(t, err, fault.Forbidden)
	_, err = d.Update(d.as(t, 0, auth.ViewUsers), institution.Change{DryRun: true})
	world.WantCode(t, err, fault.Forbidden)
	quiet := institution.DefaultSettings()
	quiet.SupportPhone = "+12025550199"
	for name, test := range map[string]struct {
		change func(s *institution.Settings)
		want   int
	}{
		"none of good settings": {func(*institution.Settings) {}, 0},
		"no app":                {func(s *institution.Settings) { s.Methods = []institution.Method{institution.SMS, institution.Voice} }, 1},
		"VoIP numbers that nothing calls": {func(s *institution.Settings) {
			s.VoIPRisk, s.Methods = &institution.RiskAcceptance{}, []institution.Method{institution.AuthenticatorApp}
		}, 1},
		"nobody to call": {func(s *institution.Settings) { s.SupportPhone = "" }, 1},
	} {
		inst := d.Bank
		inst.Settings = quiet
		test.change(&inst.Settings)
		if got, err := d.Warnings(d.as(t, 0, auth.ManageSettings), inst); err != nil || len(got) != test.want || got == nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// Who saves an institution's settings learns what texts can't write of its name.
func TestService_Warnings_nameInTexts(t *testing.T) {
	d := newDesk(t)
	for name, want := range map[string]string{
		"Farmers’ & Miners’ Bank": "", "Łódź–Bank €": "", "李银行 Bank": "Text messages can't write 李 银 行 of the institution's name: in them it is “??? Bank”",
	} {
		inst := d.Bank
		inst.Name, inst.SupportPhone = name, "+12025550199"
		got, err := d.Warnings(d.as(t, 0, auth.ManageSettings), inst)
		if err != nil || (want == "") != (len(got) == 0) || !strings.HasPrefix(strings.Join(got, ""), want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// Settings that leave people without a way in say how many, and never take the way of
// whoever makes them.
func TestService_Update_lockingOut(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		admin := w.User(t, world.Staff)
		d := &desk{&institution.Service{Store: w.DB, Audit: w.Audited, Clock: w.Time}, w, admin}
		w.Phone(t, admin, "+12025550181")
		reaches := func(add ...func(u user.User)) {
			u := w.User(t)
			for _, f := range add {
				f(u)
			}
		}
		text := func(u user.User) { w.Phone(t, u, "+12025550101") }
		call := func(u user.User) {
			w.Phone(t, u, "+12025550102", func(p *device.Phone) { p.DetectedNumberType = new(device.Landline) })
		}
		voip := func(u user.User) {
			p := w.Phone(t, u, "+12025550103")
			o := &device.Override{NumberType: device.VoIP, Reason: "why", ByID: admin.ID, At: world.Began}
			if err := w.DB.SetNumberTypeOverride(t.Context(), u.InstitutionID, p.ID, device.Seen{}, o); err != nil {
				t.Fatal(err)
			}
		}
		app := func(u user.User) { w.AddDevice(t, &device.Authenticator{Base: world.Base(u)}) }
		mail := func(u user.User) { w.AddDevice(t, &device.Email{Base: world.Base(u), Address: u.Email}) }
		reaches()
		reaches(text)
		reaches(text, call)
		reaches(call, app)
		reaches(voip)
		reaches(mail)
		w.Phone(t, w.User(t, func(u *user.User) { u.Status = user.Registered }), "+12025550105", func(p *device.Phone) { p.ConfirmedAt = nil })
		w.Phone(t, w.User(t, func(u *user.User) { u.Status = user.Closed }), "+12025550106")
		w.Phone(t, w.User(t, world.Staff), "+12025550107")
		w.Phone(t, w.User(t, func(u *user.User) { u.InstitutionID = w.Other.ID }), "+12025550108")

		for _, test := range []struct {
			methods                []institution.Method
			customers, staff, self int
		}{
			{[]institution.Method{institution.SMS}, 3, 0, 0},
			{[]institution.Method{institution.SMS, institution.Voice}, 2, 0, 0},
			{[]institution.Method{institution.Voice}, 4, 2, 1},
			{[]institution.Method{institution.AuthenticatorApp}, 5, 2, 1},
		} {
			change := institution.Change{Methods: test.methods, DryRun: true}
			who := fmt.Sprintf("%d customers and %d of the staff", test.customers, test.staff)

			would, dry := d.Update(d.as(t, time.Hour, auth.ManageSettings), change)
			if test.self == 1 {
				world.WantCode(t, dry, fault.Conflict)
				change.DryRun = false
				_, err := d.Update(d.as(t, 0, auth.ManageSettings), change)
				if fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), who) {
					t.Errorf("%v: %v, want %s", test.methods, err, who)
				}
				continue
			}
			warnings, err := d.Warnings(d.as(t, 0, auth.ManageSettings), would)
			if dry != nil || err != nil || !strings.Contains(strings.Join(warnings, " "), who) {
				t.Errorf("%v: %v, %v, %v, want %s", test.methods, dry, warnings, err, who)
			}
		}
		if now := d.settings(t); now.Version != 0 || len(d.Audited.Events) != 0 {
			t.Errorf("saved %+v, recorded %v", now, d.Audited.Events)
		}
	})
}

package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
)

// Documents about the settings of an institution.
const (
	settingsFields = ` fragment settings on Institution {
		id slug name version permittedMethods voipNumbersAllowed voipRisk { by at } emailRisk { by at } twoFactorRequired backupCodesPerSet
		staffCodeLifetimeMinutes codeLifetimeSeconds dailySends highRiskActsPerHour supportPhone languages products settingsWarnings }`
	readSettings   = `{ institution { ...settings } }` + settingsFields
	updateSettings = `mutation($input: UpdateInstitutionInput!) { updateInstitution(input: $input) { institution { ...settings } } }` + settingsFields
)

// everyMethod permits all there is, so that no setting is null.
var everyMethod = V{
	"permittedMethods": []string{"SMS", "VOICE", "EMAIL", "AUTHENTICATOR_APP", "BACKUP_CODES"}, "voipNumbersAllowed": true, "acceptRisk": true,
	"supportPhone": "+12025550199",
}

// settingsPermissions are the rows of the settings: the name, and what users
// need to know themselves, are for everyone who is signed in, the rest for MANAGE_SETTINGS.
func settingsPermissions() []permission {
	rows := []permission{
		{"Query.institution", `{ me: __typename institution { slug name permittedMethods supportPhone languages } }`,
			"institution", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
		{"Mutation.updateInstitution", `mutation { updateInstitution(input: {dailySends: 10000}) { institution { id } } }`,
			"updateInstitution", [9]string{yes, yes, yes, no, no, no, no, who, yes}},
	}
	for _, field := range []string{
		"version", "voipNumbersAllowed", "twoFactorRequired", "backupCodesPerSet", "staffCodeLifetimeMinutes",
		"codeLifetimeSeconds", "dailySends", "highRiskActsPerHour", "products", "settingsWarnings", "voipRisk", "emailRisk",
	} {
		selection, want := field, [9]string{yes, yes, yes, no, no, no, no, far, yes}
		if strings.HasSuffix(field, "Risk") {
			selection += " { by at }"
		}
		rows = append(rows, permission{"Institution." + field, `{ me: __typename institution { id ` + selection + ` } }`, "institution." + field, want})
	}
	return rows
}

func TestSettings_AreReadAndChanged(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		before := map[string]any{
			"id": d.Harbor.ID, "slug": "harbor", "name": "Harbor Credit Union", "version": 0.0,
			"permittedMethods":   []any{"SMS", "VOICE", "AUTHENTICATOR_APP", "BACKUP_CODES"},
			"voipNumbersAllowed": true, "voipRisk": map[string]any{"by": "admin@harbor.example", "at": "2026-03-02T12:00:00Z"},
			"emailRisk": nil, "twoFactorRequired": true, "backupCodesPerSet": 3.0, "staffCodeLifetimeMinutes": 1440.0, "codeLifetimeSeconds": 300.0,
			"dailySends": 10000.0, "highRiskActsPerHour": 20.0, "supportPhone": "+12025550199", "languages": []any{"EN", "ES"}, "products": []any{"FULL"}, "settingsWarnings": []any{},
		}
		if diff := cmp.Diff(before, admin.Do(readSettings).OK().At("institution")); diff != "" {
			t.Fatal(diff)
		}
		d.Clock.Advance(time.Minute)

		a := admin.Do(updateSettings, V{"input": V{
			"version": 0, "permittedMethods": []string{"EMAIL", "SMS"}, "acceptRisk": true, "voipNumbersAllowed": false, "twoFactorRequired": nil,
			"backupCodesPerSet": 5, "supportPhone": nil, "languages": []string{"ES"}, "products": []string{"ACCOUNT_OPENING_ONLY"},
		}}).OK()

		after := map[string]any{}
		for name, value := range before {
			after[name] = value
		}
		after["version"], after["permittedMethods"], after["backupCodesPerSet"] = 1.0, []any{"SMS", "EMAIL"}, 5.0
		after["voipNumbersAllowed"], after["voipRisk"], after["supportPhone"], after["products"] = false, nil, nil, []any{"ACCOUNT_OPENING_ONLY"}
		after["emailRisk"] = map[string]any{"by": d.Harbor.Admin.Email, "at": "2026-03-02T12:01:00Z"}
		after["languages"] = []any{"ES"}
		warnings := a.List("updateInstitution.institution.settingsWarnings")
		if len(warnings) != 3 || !strings.Contains(warnings[0].(string), "authenticator app") || !strings.Contains(fmt.Sprint(warnings), "online banking") {
			t.Error(warnings)
		}
		after["settingsWarnings"] = warnings
		for place, got := range map[string]any{
			"answered": a.At("updateInstitution.institution"), "read again": admin.Do(readSettings).OK().At("institution"),
		} {
			if diff := cmp.Diff(after, got); diff != "" {
				t.Errorf("%s: %s", place, diff)
			}
		}
		if other := d.As(d.Summit.Admin).Do(readSettings).OK(); other.At("institution.version") != 0.0 || other.Text("institution.slug") != "summit" {
			t.Errorf("the other institution: %s", other.Body)
		}
	})
}

// Whoever changes what they saw long ago overwrites nothing.
func TestSettings_OfTwoAdministratorsTheSecondReadsAgain(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	first, second := d.As(d.Harbor.Admin), d.As(d.Harbor.AdminWithoutCodes)
	first.Do(updateSettings, V{"input": V{"version": 0, "dailySends": 500}}).OK()

	if a := second.Do(updateSettings, V{"input": V{"version": 0, "dailySends": 900}}); a.Code("updateInstitution") != "CONFLICT" {
		t.Error(a.Body)
	}
	a := second.Do(updateSettings, V{"input": V{"version": 1, "codeLifetimeSeconds": 60}}).OK()

	if a.At("updateInstitution.institution.dailySends") != 500.0 || a.At("updateInstitution.institution.codeLifetimeSeconds") != 60.0 {
		t.Error(a.Body)
	}
}

func TestSettings_WantAFreshFactor(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	change := V{"input": V{"dailySends": 500}}
	d.Clock.Advance(15*time.Minute + time.Second)
	if a := admin.Do(updateSettings, change); a.Code("updateInstitution") != "STEP_UP_REQUIRED" {
		t.Fatal(a.Body)
	}
	admin.StepUp(d.Harbor.Admin).OK()
	admin.Do(updateSettings, change).OK()
}

func TestSettings_RefuseWhatIsOutsideTheirLimits(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	for field, inputs := range map[string][]V{
		"permittedMethods":         {{"permittedMethods": []string{}}, {"permittedMethods": []string{"BACKUP_CODES"}}},
		"acceptRisk":               {{"permittedMethods": []string{"EMAIL"}}, {"permittedMethods": []string{"EMAIL"}, "acceptRisk": false}},
		"backupCodesPerSet":        {{"backupCodesPerSet": 0}, {"backupCodesPerSet": 11}, {"backupCodesPerSet": -1}},
		"staffCodeLifetimeMinutes": {{"staffCodeLifetimeMinutes": 9}, {"staffCodeLifetimeMinutes": 43201}},
		"codeLifetimeSeconds":      {{"codeLifetimeSeconds": 59}, {"codeLifetimeSeconds": 601}},
		"dailySends":               {{"dailySends": 0}, {"dailySends": 1_000_001}},
		"highRiskActsPerHour":      {{"highRiskActsPerHour": 0}, {"highRiskActsPerHour": 1001}},
		"supportPhone":             {{"supportPhone": "911"}, {"supportPhone": strings.Repeat("+1", 500)}},
		"languages":                {{"languages": []string{}}},
		"products":                 {{"products": []string{}}, {"products": []string{"FULL", "ACCOUNT_OPENING_ONLY"}}},
	} {
		for _, input := range inputs {
			a := admin.Do(updateSettings, V{"input": input})
			if a.Code("updateInstitution") != "INVALID_INPUT" || a.Error("updateInstitution").Extensions["field"] != field {
				t.Errorf("%v: %s", input, a.Body)
			}
		}
	}
	if a := admin.Do(readSettings).OK(); a.At("institution.version") != 0.0 {
		t.Error(a.Body)
	}
}

// A method that is switched off in the middle of a sign-in is refused at its next
// step, by name and without a trace: the code that was sent is neither spent nor
// counted as wrong, and is good again with the method. The other ways go on.
func TestSettings_AMethodSwitchedOffInMidChallengeIsRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		d.AddApp(d.Harbor.Admin.User)
		admin.Do(updateSettings, V{"input": everyMethod}).OK()
		landline, voip := d.AddPhone(customer.User, "+12025550114"), d.AddPhone(customer.User, "+12025550115")
		admin.Do(setType, V{"device": landline.ID, "type": "LANDLINE"}).OK()
		admin.Do(setType, V{"device": voip.ID, "type": "VOIP"}).OK()
		address := d.AddDevice(&device.Email{Base: d.Base(customer), Address: "cleo@home.example"})
		otto, byApp := appUser(t, d)
		permitting := func(methods ...string) V { return V{"permittedMethods": methods} }
		sent := func(number string) func() string { return func() string { return d.Twilio.NextCode(number) } }
		for _, c := range []struct {
			of     desktest.Person
			option string
			off    V
			code   func() string
		}{
			{customer, "SMS:" + customer.Phone.ID, permitting("VOICE", "EMAIL", "AUTHENTICATOR_APP", "BACKUP_CODES"), sent(customer.Phone.PhoneNumber)},
			{customer, "VOICE:" + landline.ID, permitting("SMS", "EMAIL", "AUTHENTICATOR_APP", "BACKUP_CODES"), sent(landline.PhoneNumber)},
			{customer, "VOICE:" + voip.ID, V{"voipNumbersAllowed": false}, sent(voip.PhoneNumber)},
			{customer, "EMAIL:" + address, permitting("SMS", "VOICE", "AUTHENTICATOR_APP", "BACKUP_CODES"), func() string {
				return sixDigits.FindString(d.Mails.To("cleo@home.example")[0].Text)
			}},
			{otto, byApp, permitting("SMS", "VOICE", "EMAIL", "BACKUP_CODES"), func() string { return codeOf(t, d, seed) }},
		} {
			browser := d.Browser(auth.Customer)
			v := browser.Challenge(c.of)
			v["option"] = c.option
			if c.option != byApp {
				browser.Do(sendCode, v).OK()
			}
			v["code"] = c.code()

			admin.Do(updateSettings, V{"input": c.off}).OK()

			for range 5 { // as many wrong codes would pause the device
				for operation, document := range map[string]string{"sendCode": sendCode, "verifyCode": verify} {
					a := browser.Do(document, v)
					if a.Code(operation) != "INVALID_INPUT" || a.Error(operation).Extensions["field"] != "optionId" || browser.Do(whoIsIn).At("viewer") != nil {
						t.Errorf("%s by %s: %s", operation, c.option, a.Body)
					}
				}
			}
			admin.Do(updateSettings, V{"input": everyMethod}).OK()
			browser.Do(verify, v).OK()
		}
	})
}

func TestSettings_ASignInGoesOnByWhatIsStillPermitted(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	d.AddApp(d.Harbor.Admin.User)
	landline := d.AddPhone(customer.User, "+12025550115")
	admin.Do(setType, V{"device": landline.ID, "type": "LANDLINE"}).OK()
	browser := d.Browser("")
	v := browser.Challenge(customer)
	browser.Do(sendCode, v).OK()

	admin.Do(updateSettings, V{"input": V{"permittedMethods": []string{"VOICE", "AUTHENTICATOR_APP"}}}).OK()

	v["option"] = "VOICE:" + landline.ID
	browser.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(landline.PhoneNumber)
	browser.Do(verify, v).OK()
}

// What was sent or made keeps the life that it was given; only what comes after
// has the new one.
func TestSettings_CodesKeepTheLifeTheyWereGiven(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	browser := d.Browser("")
	v := browser.Challenge(customer)
	browser.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
	made := madeCodes(d, admin, customer)

	admin.Do(updateSettings, V{"input": V{"codeLifetimeSeconds": 60, "staffCodeLifetimeMinutes": 10, "backupCodesPerSet": 1}}).OK()
	d.Clock.Advance(4 * time.Minute)

	browser.Do(verify, v).OK()
	next := d.Browser("")
	w := next.Challenge(customer)
	a := next.Do(sendCode, w).OK()
	if want := d.Clock.Now().Add(time.Minute).UTC().Format(time.RFC3339); a.Text("sendCode.expiresAt") != want {
		t.Errorf("the next code: %s, want %s", a.Body, want)
	}
	d.Clock.Advance(14 * time.Minute)
	w = next.Challenge(customer)
	w["option"], w["code"] = "BACKUP_CODE", made[len(made)-1]
	next.Do(verify, w).OK()
}

// What was changed is on record, before and after, and found by the institution.
func TestSettings_ChangesAreOnRecord(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	d.AddApp(d.Harbor.Admin.User)
	admin.Do(updateSettings, V{"input": V{"backupCodesPerSet": 8, "dailySends": 10000}}).OK()
	d.As(d.Harbor.Viewer).Do(updateSettings, V{"input": V{"backupCodesPerSet": 9}})

	a := admin.Do(`query($id: ID!) {
		changes: auditLog(filter: {targetId: $id}) { nodes { action outcome actorId targetId targetUser { id } details { name value } } }
		refusals: auditLog(filter: {action: REFUSED}) { nodes { outcome actorId details { name value } } } }`, V{"id": d.Harbor.ID}).OK()

	detail := func(name, value string) []any { return []any{map[string]any{"name": name, "value": value}} }
	if diff := cmp.Diff(map[string]any{
		"changes": map[string]any{"nodes": []any{map[string]any{
			"action": "UPDATE_SETTINGS", "outcome": "DONE", "actorId": d.Harbor.Admin.ID, "targetId": d.Harbor.ID, "targetUser": nil,
			"details": detail("backupCodesPerSet", "3 → 8"),
		}}},
		"refusals": map[string]any{"nodes": []any{map[string]any{
			"outcome": "FORBIDDEN", "actorId": d.Harbor.Viewer.ID, "details": detail("operation", "updateInstitution"),
		}}},
	}, a.Data); diff != "" {
		t.Error(diff)
	}
}

// Nobody locks everybody out, and a dry run tells who would be.
func TestSettings_LockNobodyOutUnseen(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		appsOnly := V{"permittedMethods": []string{"AUTHENTICATOR_APP"}}

		refused := admin.Do(updateSettings, V{"input": appsOnly}).Error("updateInstitution")
		if refused.Extensions["code"] != "CONFLICT" || !strings.Contains(refused.Message, "of the staff, you among them") || !strings.Contains(refused.Message, "My account") {
			t.Error(refused)
		}
		d.AddApp(d.Harbor.Admin.User)
		d.Clock.Advance(16 * time.Minute)
		appsOnly["dryRun"] = true
		would := admin.Do(updateSettings, V{"input": appsOnly}).OK()
		warnings := would.List("updateInstitution.institution.settingsWarnings")
		if last := fmt.Sprint(warnings); !strings.Contains(last, "of the staff can't sign in") || would.At("updateInstitution.institution.version") != 0.0 {
			t.Error(would.Body)
		}
		if now := admin.Do(readSettings).OK(); len(now.List("institution.permittedMethods")) != 4 || len(now.List("institution.settingsWarnings")) != 0 {
			t.Error(now.Body)
		}
	})
}

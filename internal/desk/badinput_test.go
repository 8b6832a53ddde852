package desk_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// marked stands for a password or code in requests: no answer and no log may
// quote it.
const marked = "s3cret-Marked-7Q4Z"

// refused checks that an answer is one typed error about the request, without
// data, and that neither it nor the log quotes what is marked.
func refused(t *testing.T, d *desktest.Desk, name, body string) {
	t.Helper()
	var a struct {
		Data   *json.RawMessage
		Errors []desktest.Error
	}
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Errorf("%s: %v: %s", name, err, body)
		return
	}
	if strings.Contains(body, `"data"`) || len(a.Errors) == 0 {
		t.Errorf("%s: %s", name, body)
	}
	for _, e := range a.Errors {
		if e.Extensions["code"] != "INVALID_INPUT" || e.Message == "" {
			t.Errorf("%s: %s", name, body)
		}
	}
	if strings.Contains(body, marked) {
		t.Errorf("%s: quoted in %s", name, body)
	}
	if strings.Contains(d.Log.String(), marked) {
		t.Fatalf("%s: quoted in the log: %s", name, d.Log)
	}
}

func TestBadInput_WhatIsNoRequest(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	for name, body := range map[string]string{
		"nothing":                     ``,
		"no JSON":                     `query: ` + marked,
		"a string":                    `"` + marked + `"`,
		"a number":                    `5`,
		"null":                        `null`,
		"a batch":                     `[{"query": "{ viewer { user { id } } }"}]`,
		"a batch of two":              `[{"query": "{ a: __typename }"}, {"query": "{ b: __typename }"}]`,
		"an empty batch":              `[]`,
		"no query":                    `{"variables": {"password": "` + marked + `"}}`,
		"a query that is null":        `{"query": null}`,
		"a query that is a number":    `{"query": 5}`,
		"a query that is an object":   `{"query": {"` + marked + `": 1}}`,
		"a query that is a list":      `{"query": ["` + marked + `"]}`,
		"variables that are a string": `{"query": "{ __typename }", "variables": "` + marked + `"}`,
		"variables that are a list":   `{"query": "{ __typename }", "variables": ["` + marked + `"]}`,
		"variables that are a number": `{"query": "{ __typename }", "variables": 5}`,
		"extensions that are a list":  `{"query": "{ __typename }", "extensions": ["` + marked + `"]}`,
		"an operation that is a list": `{"query": "{ __typename }", "operationName": ["` + marked + `"]}`,
		"JSON that breaks off":        `{"query": "{ __typename }", "variables": {"password": "` + marked,
		"JSON with a comma too many":  `{"query": "{ __typename }", "variables": {"password": "` + marked + `",}}`,
		"two objects":                 `{"query": "{ __typename }"} {"password": "` + marked + `"}`,
		"a brace too many":            `{"query": "{ __typename }"}}`,
		"a bracket too many":          `{"query": "{ __typename }"}]`,
		"text after":                  `{"query": "{ __typename }"} ` + marked,
		"a NUL in it":                 "{\"query\": \"{ __typename }\x00" + marked + "\"}",
	} {
		w := browser.Post(body)
		refused(t, d, name, w.Body.String())
		if w.Code != 400 {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
}

func TestBadInput_DocumentsThatCannotRun(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	for name, document := range map[string]string{
		"nothing":                      ``,
		"no GraphQL":                   marked,
		"a broken string":              `mutation { verifyCode(input: {code: "` + marked + `}) { challenge { id } } }`,
		"an escape that is none":       `mutation { verifyCode(input: {code: "\q` + marked + `"}) { challenge { id } } }`,
		"a field that is not there":    `{ viewer { user { passwordHash } } }`,
		"a root that is not there":     `subscription { notificationUpdated { sid } }`,
		"an argument that is not":      `{ users(role: "` + marked + `") { nodes { id } } }`,
		"an argument of another type":  `{ users(first: "` + marked + `") { nodes { id } } }`,
		"an enum that is not there":    `{ users(kind: ` + strings.ReplaceAll(marked, "-", "_") + `) { nodes { id } } }`,
		"an input that is a string":    `mutation { signIn(input: "` + marked + `") { challenge { id } } }`,
		"an input that lacks a field":  `mutation { signIn(input: {institution: "harbor", username: "` + marked + `"}) { challenge { id } } }`,
		"an input with one too many":   `mutation { signIn(input: {institution: "a", username: "b", password: "` + marked + `", pin: "` + marked + `"}) { challenge { id } } }`,
		"a number for a string":        `mutation { signIn(input: {institution: "a", username: "` + marked + `", password: 123456}) { challenge { id } } }`,
		"a list for a string":          `mutation { signIn(input: {institution: "a", username: "b", password: ["` + marked + `"]}) { challenge { id } } }`,
		"a name for a string":          `mutation { signIn(input: {institution: "a", username: "b", password: ` + strings.ReplaceAll(marked, "-", "_") + `}) { challenge { id } } }`,
		"a variable that is not there": `mutation { signIn(input: {institution: "` + marked + `", username: "b", password: $p}) { challenge { id } } }`,
		"a type that is not there":     `query($p: Secret = "` + marked + `") { viewer { user { id } } }`,
		"a default of another type":    `query($n: Int = "` + marked + `") { users(first: $n) { nodes { id } } }`,
		"a directive that is not":      `{ viewer @log(secret: "` + marked + `") { user { id } } }`,
		"a guard where none belongs":   `{ viewer @hasPermission(permission: VIEW_USERS) { user { id } } }`,
		"two fields under one name":    `{ a: node(id: "` + marked + `") { id } a: node(id: "b") { id } }`,
		"two operations and no name":   `query A { viewer { user { id } } } query B { node(id: "` + marked + `") { id } }`,
		"a fragment in a circle":       `{ ...F } fragment F on Query { viewer { user { id } } ...F }`,
		"a fragment that is not there": `{ ...F }`,
		"no selection":                 `{ viewer }`,
		"a selection too many":         `{ viewer { user { email { x } } } }`,
	} {
		refused(t, d, name, browser.Do(document).Body)
	}
}

func TestBadInput_VariablesOfAnotherType(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	for name, v := range map[string]any{
		"missing": nil, "a string": marked, "a list": []any{marked}, "a number": 5, "a field missing": V{"institution": marked, "username": "b"},
		"a null field":  V{"institution": marked, "username": "b", "password": nil},
		"a list field":  V{"institution": "a", "username": "b", "password": []any{marked}},
		"an object":     V{"institution": "a", "username": "b", "password": V{"$ne": marked}},
		"one too many":  V{"institution": "a", "username": "b", "password": marked, "remember": marked},
		"one unknown":   V{"institution": "a", "username": "b", "password": "c", marked: "d"},
		"a bool, a map": V{"institution": true, "username": V{"x": marked}, "password": "c"},
	} {
		a := browser.Do(`mutation($input: SignInInput!) { signIn(input: $input) { challenge { id } } }`, V{"input": v})
		refused(t, d, name, a.Body)
	}
	refused(t, d, "an operation that is not there",
		browser.Post(`{"query": "query A { viewer { user { id } } }", "operationName": "`+marked+`"}`).Body.String())
	refused(t, d, "an operation named with a NUL",
		browser.Post(`{"query": "query A { viewer { user { id } } }", "operationName": "\u0000`+marked+`"}`).Body.String())
	admin := d.As(d.Harbor.Admin)
	for _, n := range []any{0, -1, 101, 1 << 40} {
		if a := admin.Do(`query($n: Int) { users(first: $n) { nodes { id } } }`, V{"n": n}); a.Code("users") != "INVALID_INPUT" || a.Error("users").Extensions["field"] != "first" {
			t.Errorf("first: %v: %s", n, a.Body)
		}
	}
	for _, n := range []any{5, true, V{"a": marked}, []any{marked}} {
		a := admin.Do(`query($n: PhoneNumber!) { notificationHistory(phoneNumber: $n) { stale } }`, V{"n": n})
		if a.Code("notificationHistory.phoneNumber") != "INVALID_INPUT" || a.At("notificationHistory") != nil {
			t.Errorf("phoneNumber: %v: %s", n, a.Body)
		}
	}
}

// Secrets are in no error and no log line, however far a request gets.
func TestBadInput_SecretsAreNeverQuoted(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser, admin := d.Browser(auth.Customer), d.As(d.Harbor.Admin)
	v := browser.Challenge(d.Harbor.Customer)
	v["code"] = marked
	for name, a := range map[string]desktest.Answer{
		"a wrong password":     browser.Do(signIn, V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": marked}),
		"a wrong code":         browser.Do(verify, v),
		"a wrong challenge":    browser.Do(verify, V{"challenge": marked, "option": v["option"], "code": "123456"}),
		"a wrong confirmation": admin.Do(generate, V{"token": marked}),
		"a literal": browser.Do(`mutation { signIn(input: {institution: "harbor", username: "a@customer.example", password: "` + marked + `"}) {
			challenge { id } } }`),
	} {
		if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] == "INTERNAL" || strings.Contains(a.Body, marked) {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	for _, secret := range []string{marked, v["challenge"].(string), desktest.Password, admin.Cookies["fd_staff"]} {
		if strings.Contains(d.Log.String(), secret) {
			t.Errorf("the log has %q", secret)
		}
	}
}

// A value in other letters names nothing, and would find nobody.
func TestBadInput_EnumsAreSpeltAsTheyAre(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	const (
		byKind   = `query($v: UserKind) { users(kind: $v) { nodes { id } } }`
		byAction = `query($v: AuditLogFilter) { auditLog(filter: $v) { nodes { sequence } } }`
		methods  = `mutation($v: [TwoFactorMethod!]) { updateInstitution(input: {permittedMethods: $v, dryRun: true}) { institution { id } } }`
		settings = `mutation($v: UpdateInstitutionInput!) { updateInstitution(input: $v) { institution { id } } }`
	)
	for _, tt := range []struct {
		name, document string
		value          any
		field          string
	}{
		{"a variable", byKind, "customer", "v"},
		{"one letter", byKind, "CUSTOMEr", "v"},
		{"a field of an input", byAction, V{"action": "signed_in"}, "action"},
		{"an element", methods, []any{"SMS", "authenticator_app"}, "v"},
		{"what stands for a list of one", methods, "sms", "v"},
		{"an element in an input", settings, V{"dryRun": true, "permittedMethods": []any{"Sms"}}, "permittedMethods"},
	} {
		a := admin.Do(tt.document, V{"v": tt.value})
		refused(t, d, tt.name, a.Body)
		if len(a.Errors) != 1 || a.Errors[0].Extensions["field"] != tt.field {
			t.Errorf("%s: %s", tt.name, a.Body)
		}
	}
	for document, value := range map[string]any{byKind: "CUSTOMER", byAction: V{"action": "SIGNED_IN", "actorId": nil}, methods: []any{"SMS", "AUTHENTICATOR_APP"}} {
		admin.Do(document, V{"v": value}).OK()
	}
	admin.Do(byKind, V{"v": nil}).OK()
	admin.Do(methods, V{"v": "SMS"}).OK()
}

// A default lets a variable stand where null may not, and null may not for all that.
func TestBadInput_NullWhereNoneMayStand(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	for name, document := range map[string]string{
		"@skip":                   `query($v: Boolean = true) { viewer { user { email @skip(if: $v) } } }`,
		"@include":                `query($v: Boolean = true) { viewer @include(if: $v) { user { email } } }`,
		"on an inline fragment":   `query($v: Boolean = true) { viewer { ... @skip(if: $v) { user { email } } } }`,
		"on a spread":             `query($v: Boolean = true) { viewer { ...F @include(if: $v) } } fragment F on Viewer { user { email } }`,
		"in a fragment":           `query($v: Boolean = true) { viewer { ...F } } fragment F on Viewer { user { email @skip(if: $v) } }`,
		"an argument":             `query($v: ID = "usr_1") { node(id: $v) { id } }`,
		"a number":                `query($v: PhoneNumber = "+12025550101") { notificationHistory(phoneNumber: $v) { stale } }`,
		"a field of an input":     `mutation($v: String = "harbor") { signIn(input: {institution: $v, username: "b", password: "c"}) { challenge { id } } }`,
		"an enum in an input":     `mutation($v: NumberType = MOBILE) { updateDeviceNumberType(input: {deviceId: "d", numberType: $v, reason: "r"}) { device { id } } }`,
		"an element":              `mutation($v: TwoFactorMethod = SMS) { updateInstitution(input: {permittedMethods: [$v], dryRun: true}) { institution { id } } }`,
		"what is left out anyway": `query($v: Boolean = true) { viewer { user @skip(if: true) { email @skip(if: $v) } environment: __typename } }`,
	} {
		for range 2 { // known documents too
			a := admin.Do(document, V{"v": nil})
			refused(t, d, name, a.Body)
			if len(a.Errors) != 1 || a.Errors[0].Extensions["field"] != "v" {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
	}
	if log := d.Log.String(); strings.Contains(log, "panic") {
		t.Errorf("the log has a panic: %s", log)
	}
	admin.Do(`query($v: Boolean = true) { viewer { user { id email @skip(if: $v) } } }`).OK()
	admin.Do(`query($v: Boolean = true, $n: Int = 3) { users(first: $n) { nodes { id email @skip(if: $v) } } }`, V{"n": nil, "v": false}).OK()
}

// What a document spells as two escaped halves is one character, as in JSON.
func TestBadInput_EscapedPairsAreOneCharacter(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	ann := d.As(d.Harbor.Customer)
	device := ann.Do(`{ viewer { user { devices { id } } } }`).OK().Text("viewer.user.devices.0.id")
	for written, want := range map[string]string{
		`Mine \ud83d\ude00`: "Mine \U0001F600", `\uD83D\uDE00 mine`: "\U0001F600 mine", `\u{1F600}`: "\U0001F600", `caf\u00e9`: "café",
	} {
		a := ann.Do(`mutation { renameDevice(input: {deviceId: "` + device + `", label: "` + written + `"}) { device { label } } }`).OK()
		if got := a.Text("renameDevice.device.label"); got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
	}
}

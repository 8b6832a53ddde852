package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
)

// wantJSON compares what a command printed with one JSON object a line, times aside:
// where want has "TIME", it is one of RFC 3339 in UTC.
func wantJSON(t *testing.T, said string, want ...string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(said, "\n"), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d: %s", len(lines), len(want), said)
	}
	for i, line := range lines {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		withoutTimes(object)
		if got, err := json.Marshal(object); err != nil || string(got) != want[i] {
			t.Errorf("got  %s\nwant %s", got, want[i])
		}
	}
}

func withoutTimes(value any) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			withoutTimes(element)
		}
	case map[string]any:
		for name, field := range value {
			if text, ok := field.(string); ok && strings.HasSuffix(text, "Z") {
				if at, err := time.Parse(time.RFC3339, text); err == nil && at.After(time.Now().Add(-time.Hour)) {
					value[name] = "TIME"
				}
			}
			withoutTimes(field)
		}
	}
}

func staffOfBank(t *testing.T, email, phone string, more ...string) {
	t.Helper()
	succeeds(t, "", append([]string{"staff", "create", "--institution", "bank", "--email", email, "--first-name", "Ann", "--last-name", "Boss", "--phone", phone}, more...)...)
}

func TestStaffList(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		staffOfBank(t, "ann@bank.example", "+12025550181", "--admin")
		staffOfBank(t, "bob@bank.example", "+12025550182", "--permission", "VIEW_USERS")
		db := storetest.Open(t, url)
		institutions, err := db.ListInstitutionIDs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]string{}
		for _, email := range []string{"ann@bank.example", "bob@bank.example"} {
			found, err := db.FindCredentials(t.Context(), institutions[0], email)
			if err != nil {
				t.Fatal(err)
			}
			ids[email] = found.User.ID
		}
		if ids["ann@bank.example"] > ids["bob@bank.example"] {
			t.Fatal("the ids are not in the order in which they were made")
		}
		succeeds(t, "", "staff", "disable", "--institution", "bank", "--email", "bob@bank.example", "--reason", "Left us")
		devices, err := db.ListDevices(t.Context(), institutions[0], []string{ids["bob@bank.example"]})
		if err != nil || len(devices) != 1 {
			t.Fatal(devices, err)
		}
		if err := db.RemoveDevice(t.Context(), institutions[0], devices[0].Common().ID, time.Now()); err != nil {
			t.Fatal(err)
		}

		listed := succeeds(t, "", "staff", "list", "--institution", "bank")
		for _, want := range []string{
			"ann@bank.example  Ann Boss  Admin-level  Of ann@bank.example  ACTIVE", "  never signed in  SMS\n",
			"bob@bank.example  Ann Boss               Of bob@bank.example  DISABLED since 20", "  never signed in  NO FACTOR\n",
		} {
			if !strings.Contains(listed, want) || strings.Count(listed, "\n") != 2 {
				t.Errorf("%q is not in %s", want, listed)
			}
		}
		wantJSON(t, succeeds(t, "", "staff", "list", "--institution", "bank", "--json"),
			`{"adminLevel":true,"disabledAt":null,"email":"ann@bank.example","factors":["SMS"],"id":"`+ids["ann@bank.example"]+`","lastSignedInAt":null,"name":"Ann Boss","roles":["Of ann@bank.example"],"status":"ACTIVE"}`,
			`{"adminLevel":false,"disabledAt":"TIME","email":"bob@bank.example","factors":[],"id":"`+ids["bob@bank.example"]+`","lastSignedInAt":null,"name":"Ann Boss","roles":["Of bob@bank.example"],"status":"ACTIVE"}`)
		entries := dump(t, url)["audit_entries"]
		if n := strings.Count(strings.Join(entries, "\n"), "action=READ_STAFF\n"); n != 2 {
			t.Errorf("%d looks in the record: %s", n, entries)
		}
		if !strings.Contains(strings.Join(entries, "\n"), "actor_id=operator:") {
			t.Error(entries)
		}
		succeeds(t, "", "audit", "verify")
	})
}

func TestStaffResetFactors(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		staffOfBank(t, "ann@bank.example", "+12025550181", "--admin")
		reset := func(more ...string) []string {
			return append([]string{"staff", "reset-factors", "--institution", "bank", "--email", "ann@bank.example"}, more...)
		}
		because := []string{"--reason", "Bag stolen"}
		before := dump(t, url)
		for want, args := range map[string][]string{
			"--phone": reset(because...), "--reason": reset("--phone", "+12025550199"),
			"500 characters": reset("--phone", "+12025550199", "--reason", " "), "country code": reset(append(because, "--phone", "555-0199")...),
		} {
			if said := fails(t, exitSettings, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		if after := dump(t, url); len(after["devices"]) != 1 || len(after["audit_entries"]) != len(before["audit_entries"]) {
			t.Errorf("a refusal changed something: %q", after["devices"])
		}

		said := succeeds(t, "", reset(append(because, "--phone", "(202) 555-0199")...)...)

		if !strings.Contains(said, "ann@bank.example signs in by the password and +12025550199 from now on. Devices taken off: 1;") {
			t.Error(said)
		}
		shown := succeeds(t, "", "user", "show", "--institution", "bank", "--email", "ann@bank.example")
		if strings.Contains(shown, "+12025550181") || !strings.Contains(shown, `+12025550199 "Phone", default, confirmed `) {
			t.Error(shown)
		}
		entries := strings.Join(dump(t, url)["audit_entries"], "\n")
		if strings.Count(entries, "action=RESET_DEVICE\n") != 1 || strings.Count(entries, "action=ADD_DEVICE\n") != 1 || strings.Count(entries, "Bag stolen") != 2 {
			t.Error(entries)
		}
		succeeds(t, "", "staff", "disable", "--institution", "bank", "--email", addsBob(t), "--reason", "Left us")
		for want, args := range map[string][]string{
			"is disabled. Enable it first": {"staff", "reset-factors", "--institution", "bank", "--email", "bob@bank.example", "--reason", "x", "--phone", "+12025550198"},
			"has no user nobody@":          {"staff", "reset-factors", "--institution", "bank", "--email", "nobody@bank.example", "--reason", "x", "--phone", "+12025550198"},
		} {
			if said := fails(t, exitFailed, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		succeeds(t, "", "audit", "verify")
	})
}

func addsBob(t *testing.T) string {
	t.Helper()
	staffOfBank(t, "bob@bank.example", "+12025550182")
	return "bob@bank.example"
}

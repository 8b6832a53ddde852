package main

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
)

// A role is made, given, changed, taken and removed from the machine itself, by the rules
// of the pages, and each act is in the record as the operator's.
func TestRoles(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		for email, more := range map[string][]string{
			"ann@bank.example": {"--admin"}, "bob@bank.example": {"--permission", "VIEW_USERS"},
		} {
			succeeds(t, "", append([]string{
				"staff", "create", "--institution", "bank", "--email", email, "--first-name", "Ann", "--last-name", "Boss", "--phone", "+12025550181",
			}, more...)...)
		}
		at := func(args ...string) []string {
			return append([]string{"staff"}, append(args, "--institution", "bank")...)
		}
		because := func(args ...string) []string { return append(at(args...), "--reason", "Night shift") }
		bob := []string{"--email", "bob@bank.example"}

		if said := succeeds(t, "", because("roles", "save", "--role", "Night desk", "--permission", "UPDATE_NUMBER_TYPE")...); said != "Night desk allows [UPDATE_NUMBER_TYPE] and is held by 0.\n" {
			t.Error(said)
		}
		if said := succeeds(t, "", because(append([]string{"roles", "give", "--role", "night DESK"}, bob...)...)...); said != "bob@bank.example: Admin-level false; roles: Night desk, Of bob@bank.example; may [VIEW_USERS UPDATE_NUMBER_TYPE]\n" {
			t.Error(said)
		}
		if said := succeeds(t, "", because("roles", "save", "--role", "Night desk", "--rename", "Night", "--permission", "VIEW_AUDIT_LOG")...); said != "Night allows [VIEW_AUDIT_LOG] and is held by 1.\n" {
			t.Error(said)
		}
		roles := lines[shownRole](t, at("roles", "list", "--json")...)
		if len(roles) != 3 || roles[0].Name != "Night" || roles[0].Members != 1 || !slices.Equal(roles[0].Permissions, []auth.Permission{auth.ViewAuditLog}) {
			t.Error(roles)
		}
		if said := succeeds(t, "", at("roles", "list")...); !strings.Contains(said, "Night  ") || !strings.Contains(said, "held by 1  [VIEW_AUDIT_LOG]") {
			t.Error(said)
		}
		if said := succeeds(t, "", because(append([]string{"access", "--without", "VIEW_AUDIT_LOG", "--admin-level"}, bob...)...)...); !strings.HasSuffix(said, "Admin-level true; roles: Night, Of bob@bank.example; may [VIEW_USERS VIEW_NOTIFICATION_HISTORY]\n") {
			t.Error(said)
		}
		reviewed := lines[shownReview](t, at("review", "--json")...)
		if len(reviewed) != 2 || !strings.HasPrefix(reviewed[1].Grants[1].GrantedBy, "operator:") || reviewed[1].Grants[1].Since == nil || reviewed[1].Grants[1].Roles == nil {
			t.Error(reviewed)
		}
		for want, args := range map[string][]string{
			"Take it from them first":        because("roles", "remove", "--role", "Night"),
			"There is no role \"Day\"":       because("roles", "remove", "--role", "Day"),
			"there is no role \"Day\"":       because(append([]string{"roles", "give", "--role", "Day"}, bob...)...),
			"Then nobody could manage roles": because("roles", "take", "--role", "Of ann@bank.example", "--email", "ann@bank.example"),
		} {
			if said := fails(t, exitFailed, args...); !strings.Contains(strings.ToLower(said), strings.ToLower(want)) {
				t.Errorf("%v: %s, want %s", args, said, want)
			}
		}
		for want, args := range map[string][]string{
			"\"FLY\" is not a permission": because("roles", "save", "--role", "Night", "--permission", "FLY"),
			"1 to 500 characters":         append(at("roles", "save", "--role", "Night", "--permission", "VIEW_USERS"), "--reason", " "),
		} {
			if said := fails(t, exitSettings, args...); !strings.Contains(said, want) {
				t.Errorf("%v: %s, want %s", args, said, want)
			}
		}
		succeeds(t, "", because(append([]string{"access", "--nothing", "--no-admin-level"}, bob...)...)...)
		if said := succeeds(t, "", because(append([]string{"roles", "take", "--role", "Night"}, bob...)...)...); !strings.HasSuffix(said, "Admin-level false; roles: Of bob@bank.example; may [VIEW_USERS]\n") {
			t.Error(said)
		}
		succeeds(t, "", because("roles", "remove", "--role", "Night")...)
		file, err := csv.NewReader(strings.NewReader(succeeds(t, "", at("review")...))).ReadAll()
		if err != nil || len(file) != 1+len(auth.Permissions())+1 {
			t.Error(file, err)
		}

		db := storetest.Open(t, url)
		institutions, err := db.ListInstitutionIDs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		entries, err := db.ListEntries(t.Context(), audit.Query{InstitutionID: institutions[0], Limit: 100})
		did := map[audit.Action]int{}
		for _, e := range entries {
			if did[e.Action]++; !auth.IsOperator(e.ActorID) {
				t.Errorf("%v", e)
			}
		}
		if err != nil || did[audit.SavedRole] != 2 || did[audit.SavedStaff] != 4 || did[audit.RemovedRole] != 1 || did[audit.ExportedAccess] != 2 {
			t.Error(did, err)
		}
	})
}

// lines returns what a command printed as JSON, an object a line.
func lines[T any](t *testing.T, args ...string) []T {
	t.Helper()
	var all []T
	for line := range strings.Lines(succeeds(t, "", args...)) {
		var row T
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(line, err)
		}
		all = append(all, row)
	}
	return all
}

package desk_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// entries reads the bank's record, oldest first, and checks its chain.
func entries(t *testing.T, d *desktest.Desk) []audit.Entry {
	t.Helper()
	ctx := auth.WithActor(t.Context(), auth.Actor{
		UserID: d.Harbor.Admin.ID, InstitutionID: d.Harbor.ID, Kind: auth.Staff, Permissions: auth.Permissions(),
	})
	hundred := 100
	page, err := d.Audit.List(ctx, audit.Filter{}, &hundred, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Audit.Verify(t.Context(), d.Harbor.ID, nil); err != nil {
		t.Error(err)
	}
	slices.Reverse(page.Entries)
	return page.Entries
}

// inRecord are the mutations of staff and what the record says of each.
// startStepUp, sendCode, sendDeviceCode and the first steps of a reset and of an invitation prove and change
// nothing: what comes of them is recorded by verifyCode and confirmDevice.
var inRecord = map[string]audit.Action{
	"signIn": audit.SignInFailed, "verifyCode": audit.SignedIn, "signOut": audit.SignedOut, "startStepUp": "", "sendCode": "",
	"prepareBackupCodes": audit.PreparedCodes, "generateBackupCodes": audit.GeneratedCodes, "revokeBackupCodes": audit.RevokedCodes,
	"generateMyBackupCodes":  audit.GeneratedOwnCodes,
	"updateDeviceNumberType": audit.UpdatedNumberType, "clearDeviceNumberType": audit.ClearedNumberType,
	"renameDevice": audit.RenamedDevice, "setDefaultDevice": audit.SetDefaultDevice, "removeDevice": audit.RemovedDevice,
	"startAuthenticator": audit.StartedAuthenticator, "confirmDevice": audit.ConfirmedDevice,
	"addPhoneDevice": audit.AddedDevice, "addEmailDevice": audit.AddedDevice, "sendDeviceCode": "",
	"resetDevice": audit.ResetDevice, "restoreDevice": audit.RestoredDevice, "liftPause": audit.LiftedPause, "unfreezeUser": audit.UnfrozeUser,
	"disableUser": audit.DisabledUser, "enableUser": audit.EnabledUser, "closeUser": audit.ClosedUser, "endUserSessions": audit.EndedSessions,
	"saveStaffRole": audit.SavedRole, "removeStaffRole": audit.RemovedRole, "saveStaff": audit.SavedStaff, "exportAccessReview": audit.ExportedAccess,
	"endSession": audit.EndedSessions, "endOtherSessions": audit.EndedSessions, "changePassword": audit.ChangedPassword,
	"changeLanguage": audit.ChangedLanguage, "register": "", "completePreferences": audit.CompletedEnrollment, // customers' alone
	"updateInstitution": audit.UpdatedSettings, "retryJob": audit.RetriedJob, "dropJob": audit.DroppedJob,
	"saveSmsProvider": audit.SavedProvider, "checkSmsProvider": audit.CheckedProvider, "removeSmsProvider": audit.RemovedProvider,
	"sendTestCode": audit.TestedDevice, "sendProviderTest": audit.TestedProvider, "requestPasswordReset": "", "resetPassword": "",
	"inviteStaff": audit.InvitedStaff, "acceptInvite": "",
}

func TestAudit_WhatStaffDoIsRecorded(t *testing.T) {
	t.Parallel()
	for _, f := range desktest.Schema().Mutation.Fields {
		if _, ok := inRecord[f.Name]; !ok {
			t.Errorf("nobody says what the record has of %s", f.Name)
		}
	}
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, customer, device := d.Browser(auth.Staff), d.Harbor.Customer, V{"device": d.Harbor.Customer.Phone.ID}
		agent.SignIn(d.Harbor.Agent).OK()
		d.Clock.Advance(time.Minute) // between two codes
		agent.StepUp(d.Harbor.Agent).OK()
		agent.Do(setType, device).OK()
		agent.Do(clearType, device).OK()
		token := agent.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
		agent.Do(generate, V{"token": token}).OK()
		agent.Do(revoke, V{"user": customer.ID}).OK()
		agent.Do(`query($user: ID!) { user(id: $user) { notificationHistory { stale } } }`, V{"user": customer.ID}).OK()
		agent.Do(`{ notificationHistory(phoneNumber: "+12025550102", source: LOG) { stale } }`).OK()
		wrong := agent.Challenge(d.Harbor.Agent)
		wrong["code"] = "000000"
		agent.Do(verify, wrong)
		agent.Do(`mutation { signOut { signedOut } }`).OK()

		want := []struct {
			action          audit.Action
			target, outcome string
		}{
			{audit.SignedIn, d.Harbor.Agent.Phone.ID, audit.Done},
			{audit.SteppedUp, d.Harbor.Agent.Phone.ID, audit.Done},
			{audit.UpdatedNumberType, customer.Phone.ID, audit.Done},
			{audit.ClearedNumberType, customer.Phone.ID, audit.Done},
			{audit.PreparedCodes, customer.ID, audit.Done},
			{audit.GeneratedCodes, customer.ID, audit.Done},
			{audit.RevokedCodes, customer.ID, audit.Done},
			{audit.ReadHistory, customer.ID, audit.Done},
			{audit.ReadProfile, customer.ID, audit.Done}, // the query that the history was in
			{audit.ReadHistory, "", audit.Done},
			{audit.SecondFactorFailed, d.Harbor.Agent.Phone.ID, "WRONG_CODE"},
			{audit.Refused, "", "WRONG_CODE"}, // the mutation was refused to staff who are signed in
			{audit.SignedOut, d.Harbor.Agent.ID, audit.Done},
		}
		got := entries(t, d)
		if len(got) != len(want) {
			t.Fatalf("%d entries, want %d: %+v", len(got), len(want), got)
		}
		for i, e := range got {
			if e.Action != want[i].action || e.TargetID != want[i].target || e.Outcome != want[i].outcome ||
				e.ActorID != d.Harbor.Agent.ID || e.ActorKind != auth.Staff || e.Address != "192.0.2.10" {
				t.Errorf("entry %d is %+v, want %+v of the agent", e.Sequence, e, want[i])
			}
		}
	})
}

func TestAudit_OwnDevicesSessionsResetsAndSettingsAreRecorded(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.As(d.Harbor.Admin) // a session elsewhere
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		second := V{"device": d.AddPhone(d.Harbor.Admin.User, "+12025550120").ID}
		d.Pause(customer.Phone.ID)
		for _, document := range []string{rename, setDefault, remove} {
			admin.Do(document, second).OK()
		}
		app := admin.Do(startApp).OK()
		admin.Do(confirmDevice, V{
			"device": app.Text("startAuthenticator.device.id"), "code": codeOf(t, d, app.Text("startAuthenticator.secret")),
		}).OK()
		admin.Do(addPhone).OK()
		admin.Do(generateMine).OK()
		admin.Do(lift, V{"user": customer.ID}).OK()
		admin.Do(reset, V{"lost": customer.Phone.ID}).OK()
		admin.Do(updateSettings, V{"input": V{"dailySends": 500}}).OK()
		suspended := d.AddApp(customer.User).ID
		d.Suspend(customer, suspended)
		admin.Do(restore, V{"suspended": suspended}).OK()
		d.Freeze(customer)
		admin.Do(unfreeze, V{"frozen": customer.ID}).OK()
		admin.Do(changeLanguage, V{"language": "ES"}).OK()
		admin.Do(endOtherSessions, nil).OK()
		admin.Do(changePassword, V{"current": desktest.Password, "new": newPassword}).OK()

		var got []audit.Action
		for _, e := range entries(t, d) {
			if e.ActorID != d.Harbor.Admin.ID || e.Outcome != audit.Done {
				t.Errorf("%+v", e)
			}
			got = append(got, e.Action)
		}
		want := []audit.Action{
			audit.RenamedDevice, audit.SetDefaultDevice, audit.RemovedDevice, audit.StartedAuthenticator, audit.ConfirmedDevice,
			audit.AddedDevice, audit.GeneratedOwnCodes, audit.LiftedPause, audit.ResetDevice, audit.UpdatedSettings, audit.RestoredDevice, audit.UnfrozeUser, audit.ChangedLanguage, audit.EndedSessions,
			audit.ChangedPassword,
		}
		if !slices.Equal(got, want) {
			t.Errorf("the record has %q, want %q", got, want)
		}
	})
}

// Whoever refuses a mutation or a query to staff, a directive, a service or the
// store, it is recorded with what was aimed at; not what customers are refused.
func TestAudit_WhatStaffAreRefusedIsRecorded(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		viewer, agent, customer, blind := d.As(d.Harbor.Viewer), d.As(d.Harbor.Agent), d.As(d.Harbor.Customer), d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "blind@harbor.example", Permissions: []auth.Permission{auth.ManageSettings}})
		nobody := d.As(blind)
		device, user := V{"device": d.Harbor.Customer.Phone.ID}, V{"user": d.Harbor.Customer.ID}
		used := V{"token": agent.Do(prepare, user).OK().Text("prepareBackupCodes.confirmation.token")}
		agent.Do(generate, used).OK()
		before := len(entries(t, d))
		const oneUser, aNode = `query($user: ID!) { user(id: $user) { id } }`, `query($user: ID!) { node(id: $user) { id } }`
		var want []string
		for _, refusal := range []struct {
			by                              *desktest.Client
			operation, document, code, aims string
			variables                       V
		}{
			{viewer, "updateDeviceNumberType", setType, "FORBIDDEN", d.Harbor.Customer.Phone.ID, device},
			{viewer, "clearDeviceNumberType", clearType, "FORBIDDEN", d.Harbor.Customer.Phone.ID, device},
			{viewer, "prepareBackupCodes", prepare, "FORBIDDEN", d.Harbor.Customer.ID, user},
			{viewer, "generateBackupCodes", generate, "FORBIDDEN", "", V{"token": "guessed"}},
			{viewer, "revokeBackupCodes", revoke, "FORBIDDEN", d.Harbor.Customer.ID, user},
			{agent, "prepareBackupCodes", prepare, "NOT_FOUND", d.Summit.Customer.ID, V{"user": d.Summit.Customer.ID}},
			{agent, "prepareBackupCodes", prepare, "NOT_FOUND", "", V{"user": "no id"}},
			{agent, "prepareBackupCodes", prepare, "INVALID_INPUT", d.Harbor.Customer.ID, V{"user": d.Harbor.Customer.ID, "reason": ""}},
			{agent, "generateBackupCodes", generate, "NOT_FOUND", "", V{"token": "guessed"}},
			{agent, "generateBackupCodes", generate, "CONFLICT", d.Harbor.Customer.ID, used},
			{viewer, "notificationHistory", `{ notificationHistory(phoneNumber: "+12025550102") { stale } }`, "FORBIDDEN", "", nil},
			{viewer, "auditLog", `{ auditLog { nodes { sequence } } }`, "FORBIDDEN", "", nil},
			{nobody, "user", oneUser, "FORBIDDEN", d.Harbor.Customer.ID, user},
			{nobody, "user", oneUser, "FORBIDDEN", blind.ID, V{"user": blind.ID}},
			{nobody, "node", aNode, "NOT_FOUND", d.Harbor.Customer.Phone.ID, V{"user": d.Harbor.Customer.Phone.ID}},
			{nobody, "users", `{ users(search: "ann") { nodes { id } } }`, "FORBIDDEN", "", nil},
			{viewer, "user", oneUser, "NOT_FOUND", d.Summit.Customer.ID, V{"user": d.Summit.Customer.ID}},
			{viewer, "node", aNode, "NOT_FOUND", "", V{"user": "no id"}},
			{viewer, "users", `{ users(first: 101) { nodes { id } } }`, "INVALID_INPUT", "", nil},
		} {
			if a := refusal.by.Do(refusal.document, refusal.variables); a.Code(refusal.operation) != refusal.code {
				t.Errorf("%s: %s", refusal.operation, a.Body)
			}
			want = append(want, refusal.operation+" "+refusal.code+" "+refusal.aims)
		}
		customer.Do(revoke, user)
		customer.Do(oneUser, V{"user": d.Harbor.Neighbor.ID})
		d.Browser("").Do(revoke, user)
		d.Browser("").Do(oneUser, user)

		var got []string
		for _, e := range entries(t, d)[before:] {
			if e.Outcome == audit.Done || e.ActorID == "" || e.Address == "" {
				t.Errorf("%+v", e)
			}
			got = append(got, e.Details["operation"]+" "+e.Outcome+" "+e.TargetID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the record is not what was wanted (-want +got):\n%s", diff)
		}
	})
}

// What staff look at is on record: users, lists with what was searched for, and the
// record itself; one's own account is not, nor what customers see.
func TestAudit_LooksAreRecorded(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.As(d.Harbor.Customer)
		users := V{"user": d.Harbor.Customer.ID, "own": d.Harbor.Admin.ID, "device": d.Harbor.Neighbor.Phone.ID, "institution": d.Harbor.ID, "search": "+12025550101"}
		admin.Do(`query($user: ID!, $own: ID!, $device: ID!, $institution: ID!, $search: String!) {
			one: user(id: $user) { id } own: user(id: $own) { id } node(id: $device) { id } institution: node(id: $institution) { id }
			users(search: $search) { nodes { id } } all: users { nodes { id } } auditLog { nodes { sequence } } viewer { user { id } } __typename }`, users).OK()
		customer.Do(`query($user: ID!) { node(id: $user) { id } viewer { user { id devices { id } } } }`, users).OK()

		var got []string
		for _, e := range entries(t, d) {
			if e.ActorID != d.Harbor.Admin.ID || e.Outcome != audit.Done {
				t.Errorf("%+v", e)
			}
			got = append(got, fmt.Sprint(e.Action, " ", e.Details["operation"], " ", e.TargetID, e.Details["search"]))
		}
		slices.Sort(got)
		want := []string{
			"READ_AUDIT_LOG auditLog ", "READ_PROFILE node " + d.Harbor.Neighbor.Phone.ID, "READ_PROFILE user " + d.Harbor.Customer.ID,
			"READ_USERS users ", "READ_USERS users +12025550101",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the record is not what was wanted (-want +got):\n%s", diff)
		}
	})
}

// Where the record can't be written, nothing is done that belongs into it.
func TestAudit_NothingIsDoneUnrecorded(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, stranger := d.As(d.Harbor.Agent), d.Browser(auth.Staff)
		user, device := V{"user": d.Harbor.Customer.ID}, V{"device": d.Harbor.Customer.Phone.ID}
		code := stranger.Challenge(d.Harbor.Viewer)
		stranger.Do(desktest.SendCode, code).OK()
		code["code"] = d.Twilio.NextCode(d.Harbor.Viewer.Phone.PhoneNumber)
		token := V{"token": agent.Do(prepare, user).OK().Text("prepareBackupCodes.confirmation.token")}
		agent.Do(generate, token).OK()
		token["token"] = agent.Do(prepare, user).OK().Text("prepareBackupCodes.confirmation.token")
		agent.Do(setType, device).OK()
		before := agent.Do(profile, user).OK().Body
		tamper := func(statement string) {
			t.Helper()
			if _, err := d.DB.SQL().ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		tamper(`ALTER TABLE audit_entries RENAME TO gone`)

		for operation, a := range map[string]desktest.Answer{
			"prepareBackupCodes": agent.Do(prepare, user), "generateBackupCodes": agent.Do(generate, token), "revokeBackupCodes": agent.Do(revoke, user),
			"clearDeviceNumberType": agent.Do(clearType, device), "updateDeviceNumberType": agent.Do(setType, V{"device": device["device"], "type": "VOIP"}),
			"signOut": agent.Do(`mutation { signOut { signedOut } }`), "verifyCode": stranger.Do(verify, code),
			"notificationHistory": agent.Do(`{ notificationHistory(phoneNumber: "+12025550102") { stale } }`),
			"user":                agent.Do(`query($user: ID!) { user(id: $user) { id } }`, user),
			"users":               agent.Do(`{ users { nodes { id } } }`),
		} {
			if a.Code(operation) != "INTERNAL" || a.At(operation) != nil {
				t.Errorf("%s: %s", operation, a.Body)
			}
		}

		tamper(`ALTER TABLE gone RENAME TO audit_entries`)
		if after := agent.Do(profile, user).OK().Body; after != before {
			t.Errorf("it was\n%s\nand is\n%s", before, after)
		}
		if stranger.Do(`{ viewer { user { id } } }`).OK().At("viewer") != nil {
			t.Error("somebody signed in unrecorded")
		}
		agent.Do(generate, token).OK() // was not spent
		stranger.Do(verify, code).OK()
	})
}

// Who failed to sign in is told by where they came from and by a hash of the name.
func TestAudit_WrongPasswordsAreSummedUpByTheMinute(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for range 3 {
			d.Browser("").Do(signIn, V{"institution": "harbor", "username": " Nobody@customer.example", "password": "a wrong guess"})
		}
		d.Browser("").Do(signIn, V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": "a wrong guess"})
		d.Clock.Advance(time.Minute)
		if err := d.Audit.SumFailures(t.Context()); err != nil {
			t.Fatal(err)
		}

		got := map[string]string{}
		for _, e := range entries(t, d) {
			if e.Action != audit.SignInFailed || e.ActorID != "" || e.Address != "192.0.2.10" {
				t.Errorf("%+v", e)
			}
			got[e.Details["name"]] = e.Details["count"]
		}
		want := map[string]string{}
		for name, count := range map[string]string{"nobody@customer.example": "3", d.Harbor.Customer.Email: "1"} {
			hash, err := d.Audit.NameHash(d.Harbor.ID, name)
			if err != nil {
				t.Fatal(err)
			}
			want[hash] = count
		}
		if !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestAuditLog_Filters(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, agent := d.As(d.Harbor.Admin), d.As(d.Harbor.Agent)
		admin.Do(setType, V{"device": d.Harbor.Customer.Phone.ID}).OK()
		d.Clock.Advance(time.Minute)
		agent.Do(setType, V{"device": d.Harbor.Neighbor.Phone.ID}).OK()
		d.Clock.Advance(time.Minute)
		agent.Do(clearType, V{"device": d.Harbor.Neighbor.Phone.ID}).OK()
		stranger := d.As(d.Summit.Admin)
		stranger.Do(setType, V{"device": d.Summit.Customer.Phone.ID}).OK()
		at := func(minutes int) string {
			return desktest.Start.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
		}

		for name, test := range map[string]struct {
			filter V
			want   string
		}{
			"nothing":       {V{}, "[3 2 1]"},
			"an actor":      {V{"actorId": d.Harbor.Agent.ID}, "[3 2]"},
			"a target":      {V{"targetId": d.Harbor.Customer.Phone.ID}, "[1]"},
			"an action":     {V{"action": "UPDATE_NUMBER_TYPE"}, "[2 1]"},
			"from a time":   {V{"from": at(1)}, "[3 2]"},
			"before a time": {V{"to": at(1)}, "[1]"},
			"all of it":     {V{"actorId": d.Harbor.Agent.ID, "targetId": d.Harbor.Neighbor.Phone.ID, "action": "CLEAR_NUMBER_TYPE", "from": at(2), "to": at(3)}, "[3]"},
			"a stranger":    {V{"actorId": d.Summit.Admin.ID}, "[]"},
		} {
			a := admin.Do(`query($filter: AuditLogFilter) { auditLog(filter: $filter) { nodes { sequence action } } }`, V{"filter": test.filter}).OK()
			numbers := []any{}
			for _, node := range a.List("auditLog.nodes") {
				if node := node.(map[string]any); node["action"] != "READ_AUDIT_LOG" { // as each of these queries is
					numbers = append(numbers, node["sequence"])
				}
			}
			if got := fmt.Sprint(numbers); got != test.want {
				t.Errorf("by %s: %s, want %s", name, got, test.want)
			}
		}
		for field, filter := range map[string]V{"actorId": {"actorId": "guessed"}, "targetId": {"targetId": "guessed"}} {
			a := admin.Do(`query($filter: AuditLogFilter) { auditLog(filter: $filter) { nodes { sequence } } }`, V{"filter": filter})
			if a.Code("auditLog") != "INVALID_INPUT" || a.Error("auditLog").Extensions["field"] != field {
				t.Errorf("%s: %s", field, a.Body)
			}
		}
		if a := agent.Do(`{ auditLog { nodes { sequence } } }`); a.Code("auditLog") != "FORBIDDEN" || a.At("auditLog") != nil {
			t.Errorf("the agent is answered %s", a.Body)
		}
	})
}

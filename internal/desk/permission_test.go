package desk_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// What a caller is answered.
const (
	yes = ""
	no  = "FORBIDDEN"
	who = "UNAUTHENTICATED"
	out = "NOT_FOUND"
	bad = "WRONG_CREDENTIALS"
	not = "CONFLICT"
	far = "does not get that far"
)

// callers asks on a customer's account, each in a browser of their own: staff of
// the customer's institution, the customer, another one, nobody, and an Admin of
// another institution.
var callers = []string{"Admin", "Admin without codes", "Admin without history", "agent", "viewer", "customer", "neighbor", "nobody", "stranger"}

func browserOf(d *desktest.Desk, caller string) *desktest.Client {
	if caller == "nobody" {
		return d.Browser("")
	}
	return d.As(map[string]desktest.Person{
		"Admin": d.Harbor.Admin, "Admin without codes": d.Harbor.AdminWithoutCodes, "Admin without history": d.Harbor.AdminWithoutHistory,
		"agent": d.Harbor.Agent, "viewer": d.Harbor.Viewer, "customer": d.Harbor.Customer, "neighbor": d.Harbor.Neighbor,
		"stranger": d.Summit.Admin,
	}[caller])
}

type permission struct {
	field, document, place string
	want                   [9]string
}

// permissions say what each caller gets for a field, at its place in the answer.
var permissions = slices.Concat(settingsPermissions(), invitePermissions(), jobPermissions(), providerPermissions(), troublePermissions(), rolePermissions(), []permission{
	//                                                                 Admin -codes -history agent viewer self other nobody stranger
	{"Query.node/a user", `query($user: ID!) { me: __typename node(id: $user) { id } }`,
		"node", [9]string{yes, yes, yes, yes, yes, yes, no, who, out}},
	{"Query.node/a device", `query($device: ID!) { me: __typename node(id: $device) { id } }`,
		"node", [9]string{yes, yes, yes, yes, yes, yes, out, who, out}},
	{"Query.node/the institution", `query($institution: ID!) { me: __typename node(id: $institution) { ... on Institution { slug } } }`,
		"node", [9]string{yes, yes, yes, yes, yes, yes, yes, who, out}},
	{"Query.user", `query($user: ID!) { me: __typename user(id: $user) { id } }`,
		"user", [9]string{yes, yes, yes, yes, yes, no, no, who, out}},
	{"Query.users", `{ me: __typename users(search: "cleo") { nodes { id } } }`,
		"users", [9]string{yes, yes, yes, yes, yes, no, no, who, yes}},
	{"Query.challenge", `{ me: __typename challenge(id: "none") { id } }`,
		"challenge", [9]string{out, out, out, out, out, out, out, out, out}},
	{"Query.signInPage", `{ me: __typename signInPage(institution: "harbor") { name } }`,
		"signInPage", [9]string{yes, yes, yes, yes, yes, yes, yes, yes, yes}},
	{"Query.notificationHistory", `query($number: PhoneNumber!) { me: __typename notificationHistory(phoneNumber: $number, source: LOG) { stale } }`,
		"notificationHistory", [9]string{yes, yes, no, yes, no, no, no, who, yes}},
	{"Subscription.notificationUpdated", watch,
		updated, [9]string{yes, yes, no, yes, no, no, no, who, out}},
	{"User.devices", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id devices { id } } } }`,
		"node.devices", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"PhoneDevice.numberTypeOverride", `query($user: ID!) { me: __typename node(id: $user) { ... on User { devices { id ... on PhoneDevice { numberTypeOverride { reason } } } } } }`,
		"node.devices.0.numberTypeOverride", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"Device.pausedUntil", `query($device: ID!) { me: __typename node(id: $device) { id ... on Device { pausedUntil } } }`,
		"node.pausedUntil", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"PhoneDevice.pausedUntil", `query($device: ID!) { me: __typename node(id: $device) { id ... on PhoneDevice { pausedUntil } } }`,
		"node.pausedUntil", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"EmailDevice.pausedUntil", `query($lost: ID!) { me: __typename node(id: $lost) { id ... on EmailDevice { pausedUntil } } }`,
		"node.pausedUntil", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"AuthenticatorDevice.pausedUntil", `query($app: ID!) { me: __typename node(id: $app) { id ... on AuthenticatorDevice { pausedUntil } } }`,
		"node.pausedUntil", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"PhoneDevice.optedOut", `query($device: ID!) { me: __typename node(id: $device) { id ... on PhoneDevice { optedOut { since } } } }`,
		"node.optedOut", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"User.attention", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id attention { kind } } } }`,
		"node.attention", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"User.backupCodes", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id backupCodes { total } } } }`,
		"node.backupCodes", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"User.backupCodeSets", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id backupCodeSets { total } } } }`,
		"node.backupCodeSets", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"User.notificationHistory", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id notificationHistory(source: LOG) { stale } } } }`,
		"node.notificationHistory", [9]string{yes, yes, no, yes, no, no, far, far, far}},
	{"User.viewerCan", `query($user: ID!) { me: __typename node(id: $user) { ... on User { viewerCan { generateBackupCodes { allowed } } } } }`,
		"node.viewerCan", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"Mutation.prepareBackupCodes", prepare,
		"prepareBackupCodes", [9]string{yes, no, yes, yes, no, no, no, who, out}},
	{"Mutation.generateBackupCodes/the Admin's token", generate,
		"generateBackupCodes", [9]string{yes, no, out, out, no, no, no, who, out}},
	{"Mutation.revokeBackupCodes", revoke,
		"revokeBackupCodes", [9]string{yes, no, yes, yes, no, no, no, who, out}},
	{"Mutation.generateMyBackupCodes", generateMine,
		"generateMyBackupCodes", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.updateDeviceNumberType", setType,
		"updateDeviceNumberType", [9]string{yes, yes, yes, yes, no, no, no, who, out}},
	{"Mutation.clearDeviceNumberType", clearType,
		"clearDeviceNumberType", [9]string{yes, yes, yes, yes, no, no, no, who, out}},
	{"Mutation.resetDevice", reset,
		"resetDevice", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"Mutation.restoreDevice", restore,
		"restoreDevice", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"RestoreDevicePayload.device", restore,
		"restoreDevice.device", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"RestoreDevicePayload.user", restore,
		"restoreDevice.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"Device.suspensionReason", `query($suspectApp: ID!) { me: __typename node(id: $suspectApp) { id ... on Device { suspensionReason } } }`,
		"node.suspensionReason", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"PhoneDevice.suspensionReason", `query($suspectPhone: ID!) { me: __typename node(id: $suspectPhone) { id ... on PhoneDevice { suspensionReason } } }`,
		"node.suspensionReason", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"EmailDevice.suspensionReason", `query($suspectMail: ID!) { me: __typename node(id: $suspectMail) { id ... on EmailDevice { suspensionReason } } }`,
		"node.suspensionReason", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"AuthenticatorDevice.suspensionReason", `query($suspectApp: ID!) { me: __typename node(id: $suspectApp) { id ... on AuthenticatorDevice { suspensionReason } } }`,
		"node.suspensionReason", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"Mutation.sendTestCode", testCode,
		"sendTestCode", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"User.codeTimeline", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id codeTimeline { nodes { id } } } } }`,
		"node.codeTimeline", [9]string{yes, yes, no, yes, no, no, far, far, far}},
	{"Subscription.codeAttemptUpdated", watchCodes,
		updatedCode, [9]string{yes, yes, no, yes, no, no, no, who, out}},
	{"Mutation.liftPause", lift,
		"liftPause", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"Mutation.unfreezeUser", unfreeze,
		"unfreezeUser", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"UnfreezeUserPayload.user", unfreeze,
		"unfreezeUser.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"Mutation.disableUser", disableUser,
		"disableUser", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"DisableUserPayload.user", disableUser,
		"disableUser.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"Mutation.enableUser", enableUser,
		"enableUser", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"EnableUserPayload.user", enableUser,
		"enableUser.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"Mutation.closeUser", closeUser,
		"closeUser", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"CloseUserPayload.user", closeUser,
		"closeUser.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"Mutation.endUserSessions", endUserSessions,
		"endUserSessions", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	{"EndUserSessionsPayload.user", endUserSessions,
		"endUserSessions.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"User.sessions", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id sessions { id device startedAt lastUsedAt } } } }`,
		"node.sessions", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"UserSession.address", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id sessions { id address } } } }`,
		"node.sessions.0.address", [9]string{yes, yes, yes, no, no, no, far, far, far}},
	{"ResetDevicePayload.user", reset,
		"resetDevice.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"LiftPausePayload.user", lift,
		"liftPause.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
	{"GenerateBackupCodesPayload.user", generate,
		"generateBackupCodes.user", [9]string{yes, far, far, far, far, far, far, far, far}},
	{"RevokeBackupCodesPayload.user", revoke,
		"revokeBackupCodes.user", [9]string{yes, far, yes, yes, far, far, far, far, far}},
	{"UpdateDeviceNumberTypePayload.device", setType,
		"updateDeviceNumberType.device", [9]string{yes, yes, yes, yes, far, far, far, far, far}},
	{"ClearDeviceNumberTypePayload.device", clearType,
		"clearDeviceNumberType.device", [9]string{yes, yes, yes, yes, far, far, far, far, far}},
	{"Mutation.changeLanguage", changeLanguage,
		"changeLanguage", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.renameDevice", rename,
		"renameDevice", [9]string{out, out, out, out, out, yes, out, who, out}},
	{"Mutation.setDefaultDevice", setDefault,
		"setDefaultDevice", [9]string{out, out, out, out, out, yes, out, who, out}},
	{"Mutation.removeDevice", `mutation($spare: ID!) { removeDevice(input: {deviceId: $spare}) { removedDeviceId } }`,
		"removeDevice", [9]string{out, out, out, out, out, yes, out, who, out}},
	{"RenameDevicePayload.device", rename,
		"renameDevice.device", [9]string{far, far, far, far, far, yes, far, far, far}},
	{"SetDefaultDevicePayload.device", setDefault,
		"setDefaultDevice.device", [9]string{far, far, far, far, far, yes, far, far, far}},
	{"Query.auditLog", `{ me: __typename auditLog(first: 1) { nodes { action } } }`,
		"auditLog", [9]string{yes, yes, yes, no, no, no, no, who, yes}},
	{"AuditLogEntry.actor", `{ me: __typename auditLog(first: 1) { nodes { actor { id } } } }`,
		"auditLog.nodes.0.actor", [9]string{yes, yes, yes, far, far, far, far, far, yes}},
	{"Mutation.startStepUp", `mutation { startStepUp { challenge { id } } }`,
		"startStepUp", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.changePassword/a wrong one", changePassword,
		"changePassword", [9]string{bad, bad, bad, bad, bad, bad, bad, who, bad}},
	{"Mutation.endSession/another's", `mutation($session: ID!) { endSession(input: {sessionId: $session}) { endedSessionId } }`,
		"endSession", [9]string{out, out, out, out, out, out, out, who, out}},
	{"Mutation.endOtherSessions", endOtherSessions,
		"endOtherSessions", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.startAuthenticator", startApp,
		"startAuthenticator", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.addPhoneDevice/a new one", addPhone,
		"addPhoneDevice", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.addEmailDevice/a new one", addEmail,
		"addEmailDevice", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"Mutation.completePreferences/of who has done so", completePreferences,
		"completePreferences", [9]string{not, not, not, not, not, not, not, who, not}},
	{"Mutation.sendDeviceCode/for one that is confirmed", sendDeviceCode,
		"sendDeviceCode", [9]string{out, out, out, out, out, not, out, who, out}},
	{"Mutation.confirmDevice/one that is confirmed", confirmDevice,
		"confirmDevice", [9]string{out, out, out, out, out, not, out, who, out}},
	{"ConfirmDevicePayload.device", confirmDevice,
		"confirmDevice.device", [9]string{far, far, far, far, far, far, far, far, far}},
	{"Mutation.signOut", `mutation { signOut { signedOut } }`,
		"signOut", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"AuditLogEntry.targetUser", `{ me: __typename auditLog(first: 1, filter: {action: SIGNED_OUT}) { nodes { targetUser { id } } } }`,
		"auditLog.nodes.0.targetUser", [9]string{yes, yes, yes, far, far, far, far, far, yes}},
})

func TestPermissions(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.As(d.Harbor.Admin).Do(generate, ready(d)).OK()
		for _, admin := range []desktest.Person{d.Harbor.Admin, d.Summit.Admin} {
			d.As(admin).Do(updateSettings, V{"input": everyMethod}).OK()
			d.As(admin).Do(updateSettings, V{"input": V{"highRiskActsPerHour": 1000}}).OK() // all is tried within an hour
		}
		d.As(d.Harbor.Customer) // has a session
		variables, suspected := ready(d), suspects(d)
		turnAway(d)
		maps.Copy(variables, suspected)
		for _, row := range permissions {
			for i, caller := range callers {
				t.Run(row.field+"/"+caller, func(t *testing.T) {
					if strings.HasPrefix(row.document, "mutation") {
						variables = ready(d)
						maps.Copy(variables, suspected)
					}
					if strings.HasPrefix(row.document, "subscription") {
						if got := browserOf(d, caller).Subscribe(row.document, variables).Code(); got != row.want[i] {
							t.Fatalf("%q instead of %q", got, row.want[i])
						}
						return
					}
					a := browserOf(d, caller).Do(row.document, variables)
					if row.want[i] == far {
						if root, _, _ := strings.Cut(row.place, "."); a.At(root) != nil {
							t.Errorf("got as far as %s: %s", root, a.Body)
						}
						return
					}
					if got := a.Code(row.place); got != row.want[i] {
						t.Fatalf("%q instead of %q: %s", got, row.want[i], a.Body)
					}
					if refused := a.At(row.place) == nil; refused != (row.want[i] != yes) {
						t.Errorf("data and errors disagree: %s", a.Body)
					}
					if strings.Contains(row.document, " me: ") && a.At("me") != "Query" {
						t.Errorf("the rest of the answer does not stand: %s", a.Body)
					}
				})
			}
		}
	})
}

// A field that gets a guard gets a row, too.
func TestPermissions_HaveARowForEveryGuardedField(t *testing.T) {
	t.Parallel()
	for _, def := range desktest.Types(desktest.Schema()) {
		for _, f := range desktest.Fields(def) {
			name := def.Name + "." + f.Name
			if desktest.Guarded(f) && !slices.ContainsFunc(permissions, func(p permission) bool {
				field, _, _ := strings.Cut(p.field, "/")
				return field == name
			}) {
				t.Errorf("%s is guarded, and nothing says by whom it may be asked", name)
			}
		}
	}
}

// turns makes numbers that no code was sent to yet.
var turns atomic.Int32

// fictional returns the nth number of those that are nobody's.
func fictional(n int32) string {
	areas := []int{212, 213, 303, 305, 312, 415, 503, 617, 702, 808, 917}
	return fmt.Sprintf("+1%d5550%d", areas[int(n)/100%len(areas)], 100+n%100)
}

// ready brings the customer's account to where every operation has something to
// do, and returns the variables.
func ready(d *desktest.Desk) V {
	admin, other, customer := d.As(d.Harbor.Admin), d.As(d.Harbor.AdminWithoutHistory), d.Harbor.Customer // each has a budget
	other.Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
	token := admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
	lost := d.AddDevice(&device.Email{Base: d.Base(customer), Address: id.New(id.Device) + "@customer.example"})
	app := d.AddDevice(&device.Authenticator{Base: d.Base(customer)})
	for _, deviceID := range []string{customer.Phone.ID, lost, app} {
		d.Pause(deviceID)
	}
	d.OptOut(customer)
	frozen := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: id.New(id.User) + "@customer.example"})
	d.Freeze(frozen)
	suspended := d.AddDevice(&device.Email{Base: d.Base(frozen), Address: id.New(id.Device) + "@customer.example"})
	d.Suspend(frozen)
	closing := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: id.New(id.User) + "@customer.example"})
	leaver, disabled := newStaff(d), newStaff(d)
	d.As(d.Harbor.AdminWithoutCodes).Do(disableUser, V{"leaver": disabled.ID}).OK()
	return V{
		"closing": closing.ID, "leaver": leaver.ID, "disabled": disabled.ID,
		"suspended": suspended, "lost": lost, "app": app, "frozen": frozen.ID, "address": id.New(id.Device) + "@customer.example",
		"institution": d.Harbor.ID, "user": customer.ID, "device": customer.Phone.ID, "number": customer.Phone.PhoneNumber, "token": token,
		"session": id.New(id.Session), "spare": d.AddApp(customer.User).ID,
		"tested":  d.AddPhone(closing.User, fictional(turns.Add(1))).ID,
		"current": "not the password", "new": "kettle-moss-7",
		"phone": fictional(turns.Add(1)), "job": waitingJob(d, customer), "provider": spareProvider(d), "role": spareRole(d),
	}
}

// newStaff adds staff without Admin level, who may view users.
func newStaff(d *desktest.Desk) desktest.Person {
	return d.Add(d.Harbor.Institution, desktest.Newcomer{Email: id.New(id.User) + "@harbor.example", Permissions: []auth.Permission{auth.ViewUsers}})
}

// suspects adds suspended devices of the customer's, one of each kind.
func suspects(d *desktest.Desk) V {
	customer := d.Harbor.Customer
	app, mail := d.AddApp(customer.User).ID, d.AddDevice(&device.Email{Base: d.Base(customer), Address: "suspect@customer.example"})
	phone := d.AddPhone(customer.User, "+12025550177").ID
	d.Suspend(customer, app, mail, phone)
	return V{"suspectApp": app, "suspectMail": mail, "suspectPhone": phone}
}

// Who may not ask learns nothing of what they ask with.
func TestPermissions_ComeBeforeValidation(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	long := strings.Repeat("x", 2000)
	for _, bad := range []struct {
		name, document, place string
		variables             []V
	}{
		{"node", `query($id: ID!) { node(id: $id) { id } }`, "node", []V{{"id": "usr_1"}, {"id": ""}, {"id": "\x00"}, {"id": long}}},
		{"user", profile, "user", []V{{"user": "usr_1"}, {"user": ""}, {"user": "\x00"}, {"user": long}}},
		{"users", `query($search: String, $first: Int, $after: String) { users(search: $search, first: $first, after: $after) { nodes { id } } }`, "users",
			[]V{{"search": long}, {"search": "\x00"}, {"first": 0}, {"first": 101}, {"first": -1}, {"after": "made up"}}},
		{"notificationHistory", `query($number: PhoneNumber!, $first: Int, $after: String) {
			notificationHistory(phoneNumber: $number, first: $first, after: $after) { stale } }`, "notificationHistory",
			[]V{{"number": "12"}, {"number": ""}, {"number": long}, {"number": "+12025550101", "first": 0}, {"number": "+12025550101", "after": "made up"}}},
		{"prepareBackupCodes", prepare, "prepareBackupCodes",
			[]V{{"user": "usr_1"}, {"user": d.Harbor.Customer.ID, "reason": ""}, {"user": d.Harbor.Customer.ID, "reason": long}}},
		{"generateBackupCodes", generate, "generateBackupCodes", []V{{"token": ""}, {"token": "made up"}, {"token": long}}},
		{"revokeBackupCodes", revoke, "revokeBackupCodes", []V{{"user": "usr_1"}, {"user": d.Harbor.Customer.ID, "reason": ""}}},
		{"updateDeviceNumberType", setType, "updateDeviceNumberType", []V{{"device": "dev_1"}, {"device": d.Harbor.Customer.Phone.ID, "reason": ""}}},
		{"resetDevice", reset, "resetDevice", []V{{"lost": "dev_1"}, {"lost": d.Harbor.Customer.Phone.ID, "reason": ""}}},
		{"restoreDevice", restore, "restoreDevice", []V{{"suspended": "dev_1"}, {"suspended": d.Harbor.Customer.Phone.ID, "reason": ""}}},
		{"sendTestCode", testCode, "sendTestCode", []V{{"tested": "dev_1"}, {"tested": ""}, {"tested": long}}},
		{"liftPause", lift, "liftPause", []V{{"user": "usr_1"}, {"user": d.Harbor.Customer.ID, "reason": long}}},
		{"updateInstitution", updateSettings, "updateInstitution", []V{{"input": V{"dailySends": 0}}, {"input": V{"supportPhone": long}}, {"input": V{"version": 99}}}},
		{"saveSmsProvider", saveProvider, "saveSmsProvider", []V{{"input": V{}}, {"input": V{"providerId": "prv_1"}}, {"input": V{"accountSid": long}}}},
		{"checkSmsProvider", checkProvider, "checkSmsProvider", []V{{"provider": "prv_1"}, {"provider": "\x00"}}},
		{"sendProviderTest", testProvider, "sendProviderTest", []V{{"provider": "prv_1", "device": "dev_1"}, {"provider": spareProvider(d), "device": long}}},
		{"removeSmsProvider", removeProvider, "removeSmsProvider", []V{{"provider": "prv_1"}, {"provider": spareProvider(d), "reason": ""}}},
		{"unfreezeUser", unfreeze, "unfreezeUser", []V{{"frozen": "usr_1"}, {"frozen": d.Harbor.Customer.ID, "reason": ""}}},
		{"disableUser", disableUser, "disableUser", []V{{"leaver": "usr_1"}, {"leaver": d.Harbor.Customer.ID, "reason": ""}, {"leaver": d.Harbor.Agent.ID, "reason": long}}},
		{"saveStaffRole", saveRole, "saveStaffRole", []V{{"input": V{"reason": ""}}, {"input": V{"roleId": "rol_1", "reason": "why"}}, {"input": V{"name": long, "reason": "why"}}}},
		{"removeStaffRole", removeRole, "removeStaffRole", []V{{"role": "rol_1"}, {"role": "\x00"}, {"role": spareRole(d), "reason": ""}}},
		{"saveStaff", saveStaff, "saveStaff", []V{{"input": V{"userId": "usr_1", "reason": "why"}}, {"input": V{"userId": d.Harbor.Agent.ID, "reason": long}}}},
		{"inviteStaff", inviteStaff, "inviteStaff", []V{{"email": "none"}, {"email": "ann@harbor.example", "roles": []string{"rol_1"}}, {"first": long}}},
		{"staff", `query($search: String, $first: Int, $after: String) { staff(search: $search, first: $first, after: $after) { nodes { id } } }`, "staff",
			[]V{{"search": long}, {"first": 0}, {"after": "made up"}}},
		{"accessReview", `query($search: String, $first: Int, $after: String) { accessReview(search: $search, first: $first, after: $after) { nodes { userId } } }`, "accessReview",
			[]V{{"search": long}, {"first": 0}, {"after": "made up"}}},
		{"enableUser", enableUser, "enableUser", []V{{"disabled": "usr_1"}, {"disabled": d.Harbor.Agent.ID, "reason": ""}}},
		{"closeUser", closeUser, "closeUser", []V{{"closing": "usr_1"}, {"closing": d.Harbor.Customer.ID, "reason": ""}}},
		{"endUserSessions", endUserSessions, "endUserSessions", []V{{"closing": "usr_1"}, {"closing": d.Harbor.Customer.ID, "reason": ""}}},
		{"clearDeviceNumberType", clearType, "clearDeviceNumberType", []V{{"device": "dev_1"}, {"device": d.Harbor.Customer.Phone.ID, "reason": ""}}},
	} {
		t.Run(bad.name, func(t *testing.T) {
			for _, v := range bad.variables {
				if a := d.Browser(auth.Staff).Do(bad.document, v); a.Code(bad.place) != who {
					t.Errorf("nobody, %v: %s", v, a.Body)
				}
				if a := d.As(d.Harbor.Customer).Do(bad.document, v); a.Code(bad.place) != no {
					t.Errorf("customer, %v: %s", v, a.Body)
				}
				a := d.As(d.Harbor.Viewer).Do(bad.document, v)
				if mayView := bad.place == "user" || bad.place == "users" || bad.place == "node"; !mayView && a.Code(bad.place) != no {
					t.Errorf("viewer, %v: %s", v, a.Body)
				}
			}
		})
	}
}

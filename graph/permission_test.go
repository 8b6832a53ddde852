package graph_test

import (
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/desktest"
)

// What a caller is answered.
const (
	yes = ""
	no  = "FORBIDDEN"
	who = "UNAUTHENTICATED"
	out = "NOT_FOUND"
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

// permissions say what each caller gets at a place of the answer.
var permissions = []struct {
	name, document, place string
	want                  [9]string
}{
	//                                                                 Admin -codes -history agent viewer self other nobody stranger
	{"node of a user", `query($user: ID!) { me: __typename node(id: $user) { id } }`,
		"node", [9]string{yes, yes, yes, yes, yes, yes, no, who, out}},
	{"node of a device", `query($device: ID!) { me: __typename node(id: $device) { id } }`,
		"node", [9]string{yes, yes, yes, yes, yes, yes, out, who, out}},
	{"user", `query($user: ID!) { me: __typename user(id: $user) { id } }`,
		"user", [9]string{yes, yes, yes, yes, yes, no, no, who, out}},
	{"users", `{ me: __typename users(search: "cleo") { nodes { id } } }`,
		"users", [9]string{yes, yes, yes, yes, yes, no, no, who, yes}},
	{"a number's history", `query($number: PhoneNumber!) { me: __typename notificationHistory(phoneNumber: $number, source: LOG) { stale } }`,
		"notificationHistory", [9]string{yes, yes, no, yes, no, no, no, who, yes}},
	{"devices", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id devices { id } } } }`,
		"node.devices", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"the override of a number type", `query($user: ID!) { me: __typename node(id: $user) { ... on User { devices { id ... on PhoneDevice { numberTypeOverride { reason } } } } } }`,
		"node.devices.0.numberTypeOverride", [9]string{yes, yes, yes, yes, yes, no, far, far, far}},
	{"backup codes", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id backupCodes { total } } } }`,
		"node.backupCodes", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"a user's history", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id notificationHistory(source: LOG) { stale } } } }`,
		"node.notificationHistory", [9]string{yes, yes, no, yes, no, no, far, far, far}},
	{"what the viewer can", `query($user: ID!) { me: __typename node(id: $user) { ... on User { viewerCan { generateBackupCodes { allowed } } } } }`,
		"node.viewerCan", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
	{"prepareBackupCodes", prepare,
		"prepareBackupCodes", [9]string{yes, no, yes, yes, no, no, no, who, out}},
	{"generateBackupCodes with the Admin's token", generate,
		"generateBackupCodes", [9]string{yes, no, out, out, no, no, no, who, out}},
	{"revokeBackupCodes", revoke,
		"revokeBackupCodes", [9]string{yes, no, yes, yes, no, no, no, who, out}},
	{"updateDeviceNumberType", setType,
		"updateDeviceNumberType", [9]string{yes, yes, yes, yes, no, no, no, who, out}},
	{"clearDeviceNumberType", clearType,
		"clearDeviceNumberType", [9]string{yes, yes, yes, yes, no, no, no, who, out}},
	{"startStepUp", `mutation { startStepUp { challenge { id } } }`,
		"startStepUp", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
	{"signOut", `mutation { signOut { signedOut } }`,
		"signOut", [9]string{yes, yes, yes, yes, yes, yes, yes, who, yes}},
}

func TestPermissions(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.As(d.Harbor.Admin).Do(generate, ready(d)).OK()
		variables := ready(d)
		for _, row := range permissions {
			for i, caller := range callers {
				t.Run(row.name+"/"+caller, func(t *testing.T) {
					if strings.HasPrefix(row.document, "mutation") {
						variables = ready(d)
					}
					a := browserOf(d, caller).Do(row.document, variables)
					if row.want[i] == far {
						if a.At("node") != nil {
							t.Errorf("got as far as the user: %s", a.Body)
						}
						return
					}
					if got := a.Code(row.place); got != row.want[i] {
						t.Fatalf("%q instead of %q: %s", got, row.want[i], a.Body)
					}
					if refused := a.At(row.place) == nil; refused != (row.want[i] != yes) {
						t.Errorf("data and errors disagree: %s", a.Body)
					}
					if strings.Contains(row.document, "me:") && a.At("me") != "Query" {
						t.Errorf("the rest of the answer does not stand: %s", a.Body)
					}
				})
			}
		}
	})
}

// ready brings the customer's account to where every operation has something to
// do, and gives the variables.
func ready(d *desktest.Desk) V {
	admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	admin.Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
	token := admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
	return V{
		"user": customer.ID, "device": customer.Phone.ID, "number": customer.Phone.PhoneNumber, "token": token,
	}
}

// Who may not ask learns nothing of what they ask with.
func TestPermissions_ComeBeforeValidation(t *testing.T) {
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

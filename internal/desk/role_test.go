package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
)

const (
	listRoles     = `{ staffRoles { id name permissions memberCount version } }`
	saveRole      = `mutation($input: SaveStaffRoleInput!) { saveStaffRole(input: $input) { role { id name permissions memberCount version } } }`
	removeRole    = `mutation($role: ID!, $reason: String = "Not needed") { removeStaffRole(input: {roleId: $role, reason: $reason}) { role { id name } } }`
	saveStaff     = `mutation($input: SaveStaffInput!) { saveStaff(input: $input) { user { id adminLevel roles { name } staffAccess { permissions removedPermissions roles { name memberCount } version } } } }`
	listStaff     = `query($first: Int, $search: String) { staff(first: $first, search: $search) { nodes { id email roles { name memberCount } staffAccess { permissions factors lastSignedInBy version } } } }`
	accessReview  = `query($first: Int, $search: String) { accessReview(first: $first, search: $search) { edges { cursor } nodes { email grants { permission roles since grantedBy lastUsedAt } } } }`
	exportReview  = `mutation { exportAccessReview { fileName csv } }`
	myPermissions = `{ viewer { permissions user { roles { name } } } }`
)

// rolePermissions are the rows of roles and of who holds them.
func rolePermissions() []permission {
	allowed, asks := [9]string{yes, yes, yes, no, no, no, no, who, out}, [9]string{yes, yes, yes, no, no, no, no, who, yes}
	return []permission{
		{"Query.staffRoles", `{ me: __typename staffRoles { id } }`, "staffRoles", asks},
		{"Query.grantableRoles", `{ me: __typename grantableRoles { id } }`, "grantableRoles", asks},
		{"Query.staff", `{ me: __typename staff { nodes { id } } }`, "staff", asks},
		{"Query.accessReview", `{ me: __typename accessReview { nodes { userId } } }`, "accessReview", asks},
		{"User.roles", `query($user: ID!) { me: __typename node(id: $user) { ... on User { id roles { name } } } }`,
			"node.roles", [9]string{yes, yes, yes, yes, yes, yes, far, far, far}},
		{"User.staffAccess", `query($leaver: ID!) { me: __typename node(id: $leaver) { ... on User { id staffAccess { version } } } }`,
			"node.staffAccess", [9]string{yes, yes, yes, no, no, far, far, far, far}},
		{"Mutation.saveStaffRole", `mutation($role: ID!) { saveStaffRole(input: {roleId: $role, permissions: [UPDATE_NUMBER_TYPE], reason: "why"}) { role { id } } }`, "saveStaffRole", allowed},
		{"Mutation.removeStaffRole", removeRole, "removeStaffRole", allowed},
		{"Mutation.saveStaff", `mutation($leaver: ID!) { saveStaff(input: {userId: $leaver, removedPermissions: [VIEW_USERS], reason: "why"}) { user { id } } }`, "saveStaff", allowed},
		{"SaveStaffPayload.user", `mutation($leaver: ID!) { saveStaff(input: {userId: $leaver, removedPermissions: [], reason: "why"}) { user { id } } }`,
			"saveStaff.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
		{"Mutation.exportAccessReview", exportReview, "exportAccessReview", asks},
	}
}

// spareRole adds a role that nobody holds.
func spareRole(d *desktest.Desk) string {
	r := role.Role{ID: id.New(id.Role), Permissions: []auth.Permission{auth.ViewUsers}, Version: 1}
	r.Name = r.ID
	if err := d.DB.CreateRole(context.Background(), d.Harbor.ID, r); err != nil {
		panic(err) // the tables are there
	}
	return r.ID
}

// A role is made, given, changed and taken, and each holds at the next call of who holds
// it, at once for mutations on every process; what is taken by name wins.
func TestStaffRoles_HoldAtTheNextCall(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, viewer, customer := d.As(d.Harbor.Admin), d.As(d.Harbor.Viewer), d.Harbor.Customer
		second := d.Second().Browser(auth.Staff)
		second.Cookies["fd_staff"] = viewer.Cookies["fd_staff"]
		set := V{"device": customer.Phone.ID}
		may := func(want string) {
			t.Helper()
			for name, page := range map[string]*desktest.Client{"here": viewer, "at the other process": second} {
				if got := page.Do(setType, set).Code("updateDeviceNumberType"); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
				if want == yes {
					page.Do(clearType, set).OK()
				}
			}
		}
		may(no)

		made := admin.Do(saveRole, V{"input": V{"name": "Number desk", "permissions": []string{"UPDATE_NUMBER_TYPE"}, "reason": "fixes numbers"}}).OK()
		roleID := made.Text("saveStaffRole.role.id")
		may(no)
		own := admin.Do(`query($id: ID!) { node(id: $id) { ... on User { roles { id } } } }`, V{"id": d.Harbor.Viewer.ID}).OK().Text("node.roles.0.id")
		given := admin.Do(saveStaff, V{"input": V{"userId": d.Harbor.Viewer.ID, "roleIds": []string{own, roleID}, "version": 0, "reason": "joins"}}).OK()
		may(yes)
		if given.At("saveStaff.user.staffAccess.version") != 1.0 || len(given.List("saveStaff.user.roles")) != 2 {
			t.Error(given.Body)
		}

		admin.Do(saveRole, V{"input": V{"roleId": roleID, "permissions": []string{"VIEW_NOTIFICATION_HISTORY"}, "version": 1, "reason": "reads instead"}}).OK()
		may(no)
		if a := admin.Do(saveRole, V{"input": V{"roleId": roleID, "name": "Other", "version": 1, "reason": "late"}}); a.Code("saveStaffRole") != "CONFLICT" {
			t.Error(a.Body)
		}
		admin.Do(saveRole, V{"input": V{"roleId": roleID, "permissions": []string{"UPDATE_NUMBER_TYPE"}, "reason": "back"}}).OK()
		may(yes)
		admin.Do(saveStaff, V{"input": V{"userId": d.Harbor.Viewer.ID, "removedPermissions": []string{"UPDATE_NUMBER_TYPE"}, "reason": "not them"}}).OK()
		may(no)
		admin.Do(saveStaff, V{"input": V{"userId": d.Harbor.Viewer.ID, "removedPermissions": []string{}, "reason": "them, too"}}).OK()
		may(yes)
		if a := admin.Do(removeRole, V{"role": roleID}); a.Code("removeStaffRole") != "CONFLICT" {
			t.Error(a.Body)
		}
		admin.Do(saveStaff, V{"input": V{"userId": d.Harbor.Viewer.ID, "roleIds": []string{own}, "reason": "leaves the desk"}}).OK()
		may(no)
		admin.Do(removeRole, V{"role": roleID}).OK()

		if a := viewer.Do(myPermissions).OK(); len(a.List("viewer.permissions")) != 1 || len(a.List("viewer.user.roles")) != 1 {
			t.Error(a.Body)
		}
		if a := admin.Do(listRoles).OK(); strings.Contains(a.Body, "Number desk") {
			t.Error(a.Body)
		}
	})
}

// Roles of another institution are as if they were not there.
func TestStaffRoles_AreTheInstitutions(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, theirs := d.As(d.Harbor.Admin), d.As(d.Summit.Admin).Do(listRoles).OK()
		foreign := theirs.Text("staffRoles.0.id")
		for document, v := range map[string]V{
			saveRole:   {"input": V{"roleId": foreign, "name": "Mine", "reason": "why"}},
			removeRole: {"role": foreign},
			saveStaff:  {"input": V{"userId": d.Harbor.Agent.ID, "roleIds": []string{foreign}, "reason": "why"}},
		} {
			a := admin.Do(document, v)
			if !strings.Contains(a.Body, out) || strings.Contains(a.Body, d.Summit.Admin.Email) {
				t.Error(a.Body)
			}
		}
		for _, document := range []string{listRoles, listStaff, accessReview, `{ grantableRoles { id name } }`} {
			if a := admin.Do(document).OK(); strings.Contains(a.Body, "summit.example") || strings.Contains(a.Body, foreign) {
				t.Error(a.Body)
			}
		}
		if after := d.As(d.Summit.Admin).Do(listRoles).OK(); after.Body != theirs.Body {
			t.Errorf("%s\n%s", theirs.Body, after.Body)
		}
	})
}

// Who manages staff and no customers sees the staff, how they sign in, and the roles that
// they may give.
func TestStaff_IsListedForWhoManagesThem(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Browser("").SignIn(d.Harbor.Agent).OK()
		manager := d.As(d.Add(d.Harbor.Institution, desktest.Newcomer{
			Email: "people@harbor.example", Phone: "+12025550188", Permissions: []auth.Permission{auth.ManageStaff, auth.UpdateNumberType, auth.ViewUsers},
			Removed: []auth.Permission{auth.ViewUsers},
		}))
		a := manager.Do(`{ staff(search: "agent") { nodes { id email lastSignedInAt staffAccess { permissions removedPermissions roles { name } factors lastSignedInBy version } } } grantableRoles { name } }`)
		a.OK()
		if a.Text("staff.nodes.0.email") != d.Harbor.Agent.Email || a.Text("staff.nodes.0.staffAccess.factors.0") != "SMS" ||
			a.Text("staff.nodes.0.staffAccess.lastSignedInBy") != "SMS" || len(a.List("staff.nodes.0.staffAccess.permissions")) != 4 {
			t.Error(a.Body)
		}
		if a := manager.Do(`{ users { nodes { id } } }`); a.Code("users") != no {
			t.Error(a.Body)
		}
		if len(a.List("grantableRoles")) != 0 {
			t.Errorf("roles that allow more than they hold: %s", a.Body)
		}
		if a := manager.Do(`query($id: ID!) { staff { nodes { id } } node(id: $id) { id } }`, V{"id": d.Harbor.Customer.ID}); a.Code("node") != no {
			t.Error(a.Body)
		}
	})
}

// The review tells who gave what and when it was last used; taking it out is on record,
// and it costs the same for one as for all.
func TestAccessReview(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, agent := d.As(d.Harbor.Admin), d.As(d.Harbor.Agent)
		made := admin.Do(saveRole, V{"input": V{"name": "=Reader", "permissions": []string{"VIEW_AUDIT_LOG"}, "reason": "reads"}}).OK()
		admin.Do(saveStaff, V{"input": V{"userId": d.Harbor.Viewer.ID, "roleIds": []string{made.Text("saveStaffRole.role.id")}, "reason": "reads"}}).OK()
		d.As(d.Harbor.Viewer).Do(`{ auditLog { nodes { id } } }`).OK()
		agent.Do(setType, V{"device": d.Harbor.Customer.Phone.ID}).OK()

		for _, node := range admin.Do(accessReview, V{"first": 100}).OK().List("accessReview.nodes") {
			of, grants := node.(V)["email"], node.(V)["grants"].([]any)
			switch of {
			case d.Harbor.Viewer.Email:
				g := grants[0].(V)
				if len(grants) != 1 || g["grantedBy"] != d.Harbor.Admin.Name() || g["since"] == nil || g["lastUsedAt"] == nil || g["roles"].([]any)[0] != "=Reader" {
					t.Errorf("%v", node)
				}
			case d.Harbor.Agent.Email:
				for _, g := range grants {
					if used := g.(V)["lastUsedAt"] != nil; used != (g.(V)["permission"] == "UPDATE_NUMBER_TYPE") {
						t.Errorf("%v", g)
					}
				}
			}
		}
		file := admin.Do(exportReview).OK()
		if csv := file.Text("exportAccessReview.csv"); !strings.Contains(csv, d.Harbor.Viewer.Email+",Staff,Active,") || !strings.Contains(csv, "Can view audit log,'=Reader,"+d.Clock.Now().UTC().Format(time.RFC3339)) {
			t.Error(csv)
		}
		if a := admin.Do(`{ auditLog(filter: {action: EXPORT_ACCESS_REVIEW}) { nodes { actor { id } outcome } } }`).OK(); len(a.List("auditLog.nodes")) != 1 {
			t.Error(a.Body)
		}
		for _, document := range []string{accessReview, listStaff} {
			if one, all := statements(d, admin, document, V{"first": 1, "search": "viewer"}), statements(d, admin, document, V{"first": 100}); one != all || all > 6 {
				t.Errorf("%s takes %d statements for one and %d for all", document, one, all)
			}
		}
	})
}

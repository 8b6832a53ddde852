package desk_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// What belongs to another institution does not exist, whatever the caller holds
// at their own, and nothing of it changes.
func TestTenancy(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, stranger, customer := d.As(d.Harbor.Admin), d.As(d.Summit.Admin), d.Harbor.Customer
		admin.Do(setType, V{"device": customer.Phone.ID, "type": "VOIP"}).OK()
		token := admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
		admin.Do(generate, V{"token": token}).OK()
		token = admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
		before := admin.Do(profile, V{"user": customer.ID}).OK()

		for _, tt := range []struct {
			place, document string
			variables       V
		}{
			{"user", profile, V{"user": customer.ID}},
			{"node", `query($id: ID!) { node(id: $id) { ... on User { email devices { id } } } }`, V{"id": customer.ID}},
			{"node", `query($id: ID!) { node(id: $id) { ... on PhoneDevice { phoneNumber } } }`, V{"id": customer.Phone.ID}},
			{"node", `query($id: ID!) { node(id: $id) { ... on Institution { name } } }`, V{"id": d.Harbor.ID}},
			{"prepareBackupCodes", prepare, V{"user": customer.ID}},
			{"generateBackupCodes", generate, V{"token": token}},
			{"revokeBackupCodes", revoke, V{"user": customer.ID}},
			{"updateDeviceNumberType", setType, V{"device": customer.Phone.ID}},
			{"resetDevice", reset, V{"lost": customer.Phone.ID}},
			{"liftPause", lift, V{"user": customer.ID}},
			{"unfreezeUser", unfreeze, V{"frozen": customer.ID}},
			{"disableUser", disableUser, V{"leaver": d.Harbor.Agent.ID}},
			{"enableUser", enableUser, V{"disabled": d.Harbor.Agent.ID}},
			{"closeUser", closeUser, V{"closing": customer.ID}},
			{"endUserSessions", endUserSessions, V{"closing": customer.ID}},
			{"clearDeviceNumberType", clearType, V{"device": customer.Phone.ID}},
			{"renameDevice", rename, V{"device": customer.Phone.ID}},
			{"setDefaultDevice", setDefault, V{"device": customer.Phone.ID}},
			{"removeDevice", remove, V{"device": customer.Phone.ID}},
		} {
			a := stranger.Do(tt.document, tt.variables)
			if a.Code(tt.place) != out || a.At(tt.place) != nil {
				t.Errorf("%s: %s", tt.place, a.Body)
			}
			for _, hidden := range []string{customer.Email, customer.Phone.PhoneNumber, d.Harbor.Name} {
				if strings.Contains(a.Body, hidden) {
					t.Errorf("%s tells %s: %s", tt.place, hidden, a.Body)
				}
			}
		}

		if diff := cmp.Diff(before.Data, admin.Do(profile, V{"user": customer.ID}).OK().Data); diff != "" {
			t.Errorf("something changed:\n%s", diff)
		}
		admin.Do(generate, V{"token": token}).OK()
	})
}

func TestTenancy_ListsHoldOnlyTheOwnInstitutionsUsers(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		stranger := d.As(d.Summit.Admin)
		cursor := d.As(d.Harbor.Admin).Do(`{ users(first: 1) { pageInfo { endCursor } } }`).OK().Text("users.pageInfo.endCursor")
		const list = `query($search: String, $after: String) { users(search: $search, after: $after) { nodes { id } } }`
		for name, v := range map[string]V{
			"all": {}, "by name": {"search": "cleo"}, "by address": {"search": d.Harbor.Customer.Email},
			"by number": {"search": d.Harbor.Customer.Phone.PhoneNumber}, "after another institution's cursor": {"after": cursor},
		} {
			for _, found := range stranger.Do(list, v).OK().List("users.nodes") {
				id := found.(map[string]any)["id"]
				if id != d.Summit.Admin.ID && id != d.Summit.Customer.ID {
					t.Errorf("%s finds %v", name, id)
				}
			}
		}
		if found := stranger.Do(list, V{"search": d.Harbor.Customer.Email}).OK().List("users.nodes"); len(found) != 1 {
			t.Errorf("the person of the same address at the own institution: %v", found)
		}
	})
}

// One person may bank with two institutions by one address: a sign-in at one is
// none at the other.
func TestTenancy_ASessionIsGoodAtItsInstitutionOnly(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	a := d.As(d.Summit.Customer).Do(`{ viewer { user { id } institution { id slug } } }`).OK()
	if a.Text("viewer.user.id") != d.Summit.Customer.ID || a.Text("viewer.institution.slug") != "summit" {
		t.Error(a.Body)
	}
	a = d.As(d.Summit.Customer).Do(`query($id: ID!) { node(id: $id) { id } }`, V{"id": d.Harbor.Customer.ID})
	if a.Code("node") != no {
		t.Error(a.Body)
	}
}

package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// What was done to a user's devices was done to the user: both are found by the
// user's id, and both say whom they concern.
func TestAuditLog_AUserStandsForTheirDevices(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, admin, customer := d.As(d.Harbor.Agent), d.As(d.Harbor.Admin), d.Harbor.Customer
		agent.Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
		agent.Do(userHistory, V{"user": customer.ID, "source": "LOG"}).OK()
		type entry struct{ action, target, user string }
		list := func(target string) (entries []entry) {
			a := admin.Do(`query($target: ID!) { auditLog(filter: {targetId: $target}) { nodes { action targetId targetUser { id } } } }`, V{"target": target}).OK()
			for _, n := range a.List("auditLog.nodes") {
				node := n.(map[string]any)
				entries = append(entries, entry{node["action"].(string), node["targetId"].(string), node["targetUser"].(map[string]any)["id"].(string)})
			}
			return entries
		}
		looked := entry{"READ_NOTIFICATION_HISTORY", customer.ID, customer.ID}
		profile := entry{"READ_PROFILE", customer.ID, customer.ID}
		changed := entry{"UPDATE_NUMBER_TYPE", customer.Phone.ID, customer.ID}

		for target, want := range map[string][]entry{
			customer.ID: {profile, looked, changed}, customer.Phone.ID: {changed}, d.Harbor.Viewer.ID: nil, d.Summit.Customer.ID: nil,
		} {
			if diff := cmp.Diff(want, list(target), cmp.AllowUnexported(entry{})); diff != "" {
				t.Errorf("%s: %s", target, diff)
			}
		}
	})
}

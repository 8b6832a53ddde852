package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Every look into a history is on record, had or refused, with whose it was and
// the number that was asked for in full.
func TestHistory_EveryLookIsOnRecord(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, viewer, customer := d.As(d.Harbor.Agent), d.As(d.Harbor.Viewer), d.Harbor.Customer
		const foreign = "+12025550155"
		agent.Do(userHistory, V{"user": customer.ID}).OK()
		agent.Do(userHistory, V{"user": customer.ID, "source": "LOG"}).OK()
		agent.Do(userHistory, V{"user": customer.ID, "number": foreign})
		viewer.Do(userHistory, V{"user": customer.ID})
		viewer.Do(numberHistory, V{"number": foreign})
		viewer.Do(`query($user: ID!) { user(id: $user) { viewerCan { notificationHistory { allowed } } } }`, V{"user": customer.ID}).OK()
		for range 31 {
			agent.Do(numberHistory, V{"number": foreign, "source": "LOG"})
		}

		a := d.As(d.Harbor.Admin).Do(`{ auditLog(first: 100, filter: {action: READ_NOTIFICATION_HISTORY}) {
			nodes { actorId targetId outcome details { name value } } } }`).OK()

		type look struct{ actor, target, outcome, number string }
		got := map[look]int{}
		for _, n := range a.List("auditLog.nodes") {
			entry := n.(map[string]any)
			l := look{actor: entry["actorId"].(string), outcome: entry["outcome"].(string)}
			if !strings.Contains(fmt.Sprint(entry["details"]), "map[name:operation value:notificationHistory]") {
				t.Errorf("the operation is missing: %v", entry)
			}
			l.target, _ = entry["targetId"].(string)
			for _, detail := range entry["details"].([]any) {
				if detail := detail.(map[string]any); detail["name"] == "numbers" {
					l.number = detail["value"].(string)
				}
			}
			got[l]++
		}
		agentID, viewerID := d.Harbor.Agent.ID, d.Harbor.Viewer.ID
		want := map[look]int{
			{agentID, customer.ID, "DONE", "••• " + customer.Phone.PhoneNumber[8:]}: 2,
			{agentID, customer.ID, "INVALID_INPUT", foreign}:                        1,
			{viewerID, customer.ID, "FORBIDDEN", ""}:                                1,
			{viewerID, "", "FORBIDDEN", foreign}:                                    1,
			{agentID, "", "DONE", foreign}:                                          30,
			{agentID, "", "THROTTLED", foreign}:                                     1,
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(look{})); diff != "" {
			t.Error(diff)
		}
	})
}

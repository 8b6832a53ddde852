package desk_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Staff who make 25 sets in ten seconds are stopped at 20, and for the other acts of
// very high risk, too; a colleague goes on.
func TestBudget_OfVeryHighRiskActs(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, agent := d.As(d.Harbor.Admin), d.As(d.Harbor.Agent)
		customer := V{"user": d.Harbor.Customer.ID}
		codes := func(c *desktest.Client) desktest.Answer {
			t.Helper()
			return c.Do(generate, V{"token": c.Do(prepare, customer).OK().Text("prepareBackupCodes.confirmation.token")})
		}
		done := 0
		for range 25 {
			switch a := codes(admin); a.Code("generateBackupCodes") {
			case "":
				done++
			case string(fault.Throttled):
				if a.Error("generateBackupCodes").Extensions["retryAfterSeconds"] == nil {
					t.Error(a.Body)
				}
			default:
				t.Error(a.Body)
			}
		}
		if done != 20 {
			t.Errorf("%d sets were made", done)
		}
		d.Freeze(d.Harbor.Neighbor)
		d.Pause(d.Harbor.Customer.Phone.ID)
		suspended := d.AddPhone(d.Harbor.Customer.User, "+12025550141").ID
		d.Suspend(d.Harbor.Customer, suspended)
		device := V{"device": d.Harbor.Customer.Phone.ID}
		for operation, a := range map[string]desktest.Answer{
			"revokeBackupCodes": admin.Do(revoke, customer), "updateDeviceNumberType": admin.Do(setType, device),
			"resetDevice": admin.Do(reset, V{"lost": d.Harbor.Customer.Phone.ID}), "liftPause": admin.Do(lift, customer),
			"restoreDevice": admin.Do(restore, V{"suspended": suspended}), "unfreezeUser": admin.Do(unfreeze, V{"frozen": d.Harbor.Neighbor.ID}), "updateInstitution": admin.Do(updateSettings, V{"input": V{"dailySends": 500}}),
		} {
			if a.Code(operation) != "THROTTLED" {
				t.Errorf("%s: %s", operation, a.Body)
			}
		}
		admin.Do(`mutation { signOut { signedOut } }`).OK()
		again := d.As(d.Harbor.Admin)
		if a := codes(again); a.Code("generateBackupCodes") != "THROTTLED" {
			t.Errorf("after another sign-in: %s", a.Body)
		}
		codes(agent).OK()
		refused := 0
		for _, e := range entries(t, d) {
			if e.Action == audit.Refused && e.Outcome == string(fault.Throttled) && e.ActorID == d.Harbor.Admin.ID {
				refused++
			}
		}
		if refused != 5+7+1 {
			t.Errorf("%d refusals are in the record", refused)
		}
		if d.Budget.Near() == 0 || !bytes.Contains([]byte(d.Log.String()), []byte("a budget of high-risk acts is nearly spent")) {
			t.Error("nobody is told")
		}
		d.Clock.Advance(time.Hour)
		again = d.As(d.Harbor.Admin)
		again.Do(revoke, customer).OK()
	})
}

// An institution decides how many there may be.
func TestBudget_IsASetting(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, agent := d.As(d.Harbor.Admin), d.As(d.Harbor.Agent)
		admin.Do(updateSettings, V{"input": V{"highRiskActsPerHour": 2}}).OK()
		if a := admin.Do(`{ institution { highRiskActsPerHour } }`).OK(); a.Body == "" || a.At("institution.highRiskActsPerHour") != 2.0 {
			t.Error(a.Body)
		}
		for range 2 {
			agent.Do(setType, V{"device": d.Harbor.Customer.Phone.ID}).OK()
		}
		if a := agent.Do(setType, V{"device": d.Harbor.Customer.Phone.ID}); a.Code("updateDeviceNumberType") != "THROTTLED" {
			t.Error(a.Body)
		}
		for _, wrong := range []int{0, 1001} {
			if a := admin.Do(updateSettings, V{"input": V{"highRiskActsPerHour": wrong}}); a.Code("updateInstitution") != "INVALID_INPUT" || a.Error("updateInstitution").Extensions["field"] != "highRiskActsPerHour" {
				t.Errorf("%d: %s", wrong, a.Body)
			}
		}
	})
}

package desk_test

import (
	"context"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/provider"
)

const readTrouble = `{ me: __typename institution { sendingTrouble { explanation since checkedAt fixableBy } } }`

// troublePermissions are the rows of why codes can't leave.
func troublePermissions() []permission {
	return []permission{
		{"Institution.sendingTrouble", readTrouble, "institution.sendingTrouble", [9]string{yes, yes, yes, yes, yes, no, no, far, yes}},
	}
}

// turnAway has it remembered of every account that Twilio turned its credentials away.
func turnAway(d *desktest.Desk) {
	ctx, now := context.Background(), d.Clock.Now()
	rows, err := d.DB.ListProviders(ctx, "")
	for _, row := range rows {
		err = d.DB.SetProviderHealth(ctx, row.ID, row.Version, provider.Health{
			Status: provider.Fail, CheckedAt: now, FailingSince: &now,
			Checks: []provider.Check{{ID: provider.CheckCredentials, Status: provider.Fail, Explanation: "Account …0001 (20003)", FixableBy: "INSTITUTION_ADMIN"}},
		})
		if err != nil {
			break
		}
	}
	if err != nil {
		panic(err) // the tables are there
	}
}

// Who only looks on learns why nothing arrives, and of no account, number or error code.
func TestSendingTrouble(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		viewer := d.As(d.Harbor.Viewer)
		if a := viewer.Do(readTrouble, nil).OK(); a.At("institution.sendingTrouble") != nil {
			t.Errorf("nobody was asked, and there is %s", a.Body)
		}
		turnAway(d)
		a := viewer.Do(readTrouble, nil).OK()
		want := "Twilio turns our credentials away, so no code leaves by text or call."
		if got := a.Text("institution.sendingTrouble.explanation"); got != want || a.Text("institution.sendingTrouble.since") != "2026-03-02T12:00:00Z" {
			t.Error(a.Body)
		}
	})
}

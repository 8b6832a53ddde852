package desk_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/user"
)

// Product requirements B1 and B2: level and permission are two tests, and what
// the profile shows as allowed is what is allowed.
func TestBackupCodes_WhoMayMakeThemForWhom(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		h := d.Harbor
		for _, tt := range []struct {
			name          string
			actor, target desktest.Person
			want          string
		}{
			{"an Admin with the permission, for a customer", h.Admin, h.Customer, yes},
			{"an Admin with the permission, for other staff", h.Admin, h.Viewer, yes},
			{"an Admin with the permission, for another Admin", h.Admin, h.AdminWithoutCodes, yes},
			{"an Admin with the permission, for itself", h.Admin, h.Admin, no},
			{"an Admin without the permission, for a customer", h.AdminWithoutCodes, h.Customer, no},
			{"an Admin without the permission, for other staff", h.AdminWithoutCodes, h.Viewer, no},
			{"staff with the permission, for a customer", h.Agent, h.Customer, yes},
			{"staff with the permission, for other staff", h.Agent, h.Viewer, no},
			{"staff with the permission, for an Admin", h.Agent, h.Admin, no},
			{"staff with the permission, for itself", h.Agent, h.Agent, no},
			{"staff without the permission, for a customer", h.Viewer, h.Customer, no},
		} {
			t.Run(tt.name, func(t *testing.T) {
				browser := d.As(tt.actor)
				if a := browser.Do(prepare, V{"user": tt.target.ID}); a.Code("prepareBackupCodes") != tt.want {
					t.Errorf("prepare: %s", a.Body)
				}
				if a := browser.Do(prepare, V{"user": tt.target.ID, "reason": ""}); tt.want == no && a.Code("prepareBackupCodes") != no {
					t.Errorf("prepare with bad input: %s", a.Body)
				}
				if a := browser.Do(revoke, V{"user": tt.target.ID}); a.Code("revokeBackupCodes") != tt.want {
					t.Errorf("revoke: %s", a.Body)
				}
				can := browser.Do(`query($user: ID!) { user(id: $user) { viewerCan {
					generateBackupCodes { allowed reason } revokeBackupCodes { allowed reason } } } }`, V{"user": tt.target.ID}).OK()
				for _, act := range []string{"generateBackupCodes", "revokeBackupCodes"} {
					shown := "user.viewerCan." + act
					if can.At(shown+".allowed") != (tt.want == yes) || (can.At(shown+".reason") == nil) != (tt.want == yes) {
						t.Errorf("%s is shown as %v", act, can.At(shown))
					}
				}
			})
		}
	})
}

func TestBackupCodes_RightsAreCheckedAgainWhenTheyAreMade(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	ctx, h := t.Context(), d.Harbor
	agent := d.As(h.Agent)
	token := V{"token": agent.Do(prepare, V{"user": h.Customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")}

	t.Run("the permission was taken meanwhile", func(t *testing.T) {
		if err := d.DB.RemovePermissions(ctx, h.ID, h.Agent.ID, []auth.Permission{auth.GenerateLockoutCodes}); err != nil {
			t.Fatal(err)
		}
		if a := agent.Do(generate, token); a.Code("generateBackupCodes") != no {
			t.Error(a.Body)
		}
	})
	t.Run("the account was closed meanwhile", func(t *testing.T) {
		if err := d.DB.RemovePermissions(ctx, h.ID, h.Agent.ID, nil); err != nil {
			t.Fatal(err)
		}
		if err := d.DB.SetUserStatus(ctx, h.ID, h.Customer.ID, user.Closed); err != nil {
			t.Fatal(err)
		}
		if a := agent.Do(generate, token); a.Code("generateBackupCodes") != "CONFLICT" {
			t.Error(a.Body)
		}
	})
	t.Run("refusals leave the token as it was", func(t *testing.T) {
		if err := d.DB.SetUserStatus(ctx, h.ID, h.Customer.ID, user.Active); err != nil {
			t.Fatal(err)
		}
		agent.Do(generate, token).OK()
	})
}

func TestPermissions_OfARoleOfAnotherInstitutionCountForNothing(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	var foreign string
	err := d.DB.SQL().QueryRowContext(t.Context(), `SELECT role_id FROM user_roles WHERE user_id = ?`, d.Summit.Admin.ID).Scan(&foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.DB.SQL().ExecContext(t.Context(), `INSERT INTO user_roles (user_id, role_id) VALUES (?, ?)`, d.Harbor.Viewer.ID, foreign); err != nil {
		t.Fatal(err)
	}

	viewer := d.As(d.Harbor.Viewer)

	if a := viewer.Do(prepare, V{"user": d.Harbor.Customer.ID}); a.Code("prepareBackupCodes") != no {
		t.Error(a.Body)
	}
	if held := viewer.Do(`{ viewer { permissions } }`).OK().List("viewer.permissions"); len(held) != 1 || held[0] != "VIEW_USERS" {
		t.Errorf("holds %v", held)
	}
}

// Product requirement N3, and that only Admin-level staff change staff, and nobody
// themselves.
func TestNumberType_WhoMaySetItForWhom(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	h := d.Harbor
	for _, tt := range []struct {
		name          string
		actor, target desktest.Person
		want          string
	}{
		{"staff with the permission, for a customer", h.Agent, h.Customer, yes},
		{"staff with the permission, for other staff", h.Agent, h.Viewer, no},
		{"an Admin, for other staff", h.Admin, h.Viewer, yes},
		{"staff with the permission, for themselves", h.Agent, h.Agent, no},
		{"an Admin, for themselves", h.Admin, h.Admin, no},
		{"staff with the permission, for an Admin", h.Agent, h.Admin, no},
		{"an Admin, for another Admin", h.Admin, h.AdminWithoutCodes, yes},
		{"staff without the permission", h.Viewer, h.Customer, no},
	} {
		t.Run(tt.name, func(t *testing.T) {
			browser := d.As(tt.actor)
			if a := browser.Do(setType, V{"device": tt.target.Phone.ID}); a.Code("updateDeviceNumberType") != tt.want {
				t.Errorf("update: %s", a.Body)
			}
			if a := browser.Do(clearType, V{"device": tt.target.Phone.ID}); a.Code("clearDeviceNumberType") != tt.want {
				t.Errorf("clear: %s", a.Body)
			}
			can := browser.Do(`query($user: ID!) { user(id: $user) { viewerCan { updateDeviceNumberType { allowed reason } } } }`, V{"user": tt.target.ID}).OK()
			if shown := "user.viewerCan.updateDeviceNumberType"; can.At(shown+".allowed") != (tt.want == yes) || (can.At(shown+".reason") == nil) != (tt.want == yes) {
				t.Errorf("shown as %v", can.At(shown))
			}
		})
	}
}

// Product requirement H4: Admin-level staff read histories by default, and a
// removal wins over everything.
func TestHistory_WhoMayReadIt(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	h := d.Harbor
	byDefault := d.Add(h.Institution, desktest.Newcomer{Email: "default@harbor.example", Admin: true, Permissions: []auth.Permission{auth.ViewUsers}})
	for _, tt := range []struct {
		name  string
		actor desktest.Person
		want  string
	}{
		{"an Admin whose roles do not grant it", byDefault, yes},
		{"an Admin whose role grants it and from whom it was taken", h.AdminWithoutHistory, no},
		{"other staff whose role grants it", h.Agent, yes},
		{"other staff whose role does not", h.Viewer, no},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := d.As(tt.actor).Do(`query($user: ID!, $number: PhoneNumber!) {
				notificationHistory(phoneNumber: $number, source: LOG) { stale }
				user(id: $user) { id notificationHistory(source: LOG) { stale } viewerCan { notificationHistory { allowed } } }
				viewer { permissions } }`, V{"user": h.Customer.ID, "number": h.Customer.Phone.PhoneNumber})
			if a.Code("notificationHistory") != tt.want || a.Code("user.notificationHistory") != tt.want {
				t.Error(a.Body)
			}
			if a.At("user.viewerCan.notificationHistory.allowed") != (tt.want == yes) || a.Text("user.id") != h.Customer.ID {
				t.Error(a.Body)
			}
			listed := false
			for _, p := range a.List("viewer.permissions") {
				listed = listed || p == "VIEW_NOTIFICATION_HISTORY"
			}
			if listed != (tt.want == yes) {
				t.Errorf("the viewer's permissions say otherwise: %s", a.Body)
			}
		})
	}
}

func TestPermissions_TakenInMidSessionAreGoneAtTheNextCall(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	agent.Do(`{ users { nodes { id } } }`).OK()

	if err := d.DB.RemovePermissions(t.Context(), d.Harbor.ID, d.Harbor.Agent.ID, []auth.Permission{auth.ViewUsers}); err != nil {
		t.Fatal(err)
	}

	if a := agent.Do(`{ users { nodes { id } } viewer { user { id } } }`); a.Code("users") != no || a.Text("viewer.user.id") != d.Harbor.Agent.ID {
		t.Error(a.Body)
	}
}

// Staff who may act need not be allowed to look.
func TestPermissions_ActingDoesNotShowThePerson(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	blind := d.As(d.Add(d.Harbor.Institution, desktest.Newcomer{
		Email: "blind@harbor.example", Permissions: []auth.Permission{auth.GenerateLockoutCodes, auth.UpdateNumberType},
	}))
	customer := d.Harbor.Customer

	a := blind.Do(setType, V{"device": customer.Phone.ID})
	if a.Code("updateDeviceNumberType.device") != no || a.At("updateDeviceNumberType.device") != nil {
		t.Error(a.Body)
	}
	a = blind.Do(`mutation($user: ID!) { revokeBackupCodes(input: {userId: $user, reason: "Lost"}) { voidedCodes user { email } } }`, V{"user": customer.ID})
	if a.Code("revokeBackupCodes.user") != no || a.At("revokeBackupCodes.voidedCodes") != 0.0 {
		t.Error(a.Body)
	}
}

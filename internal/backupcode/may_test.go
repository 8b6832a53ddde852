package backupcode_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func TestMay(t *testing.T) {
	actor := func(kind auth.Kind, adminLevel bool, p ...auth.Permission) auth.Actor {
		return auth.Actor{UserID: "usr_actor", Kind: kind, AdminLevel: adminLevel, Permissions: p}
	}
	holder, admin := actor(auth.Staff, false, auth.GenerateLockoutCodes), actor(auth.Staff, true, auth.GenerateLockoutCodes)
	customer := user.User{ID: "usr_customer", Kind: auth.Customer, Status: user.Active}
	colleague := user.User{ID: "usr_colleague", Kind: auth.Staff, Status: user.Active}
	boss := user.User{ID: "usr_boss", Kind: auth.Staff, AdminLevel: true, Status: user.Active}
	self := user.User{ID: "usr_actor", Kind: auth.Staff, AdminLevel: true, Status: user.Active}
	closed := user.User{ID: "usr_closed", Kind: auth.Customer, Status: user.Closed}

	for _, test := range []struct {
		name   string
		actor  auth.Actor
		target user.User
		want   fault.Code
	}{
		{"B1: staff with the permission, for a customer", holder, customer, ""},
		{"B1: staff without the permission, for a customer", actor(auth.Staff, false, auth.ViewUsers), customer, fault.Forbidden},
		{"B2: Admin-level staff with the permission, for a customer", admin, customer, ""},
		{"B2: Admin-level staff with the permission, for a colleague", admin, colleague, ""},
		{"B2: Admin-level staff with the permission, for Admin-level staff", admin, boss, ""},
		{"B2: Admin-level staff without the permission, for a customer", actor(auth.Staff, true), customer, fault.Forbidden},
		{"B2: Admin-level staff without the permission, for a colleague", actor(auth.Staff, true), colleague, fault.Forbidden},
		{"B2: other staff with the permission, for a colleague", holder, colleague, fault.Forbidden},
		{"B2: other staff with the permission, for Admin-level staff", holder, boss, fault.Forbidden},
		{"for oneself", admin, self, fault.Forbidden},
		{"a customer, whatever the session says", actor(auth.Customer, true, auth.GenerateLockoutCodes), customer, fault.Forbidden},
		{"nobody", auth.Actor{}, customer, fault.Forbidden},
		{"for an account that is closed", admin, closed, fault.Conflict},
		{"for a user who enrols", holder, user.User{ID: "usr_new", Kind: auth.Customer, Status: user.Enrolling}, ""},
		{"for a user who is frozen", holder, user.User{ID: "usr_cold", Kind: auth.Customer, Status: user.Frozen}, ""},
	} {
		t.Run(test.name, func(t *testing.T) { world.WantCode(t, backupcode.May(test.actor, test.target), test.want) })
	}
}

// TestService_rules goes through the same rules by the front door.
func TestService_rules(t *testing.T) {
	d := newDesk(t)
	customer, colleague := d.User(t), d.User(t, world.Staff)
	holder, admin := d.User(t, world.Staff), d.User(t, world.Admin)

	for _, test := range []struct {
		name   string
		actor  user.User
		holds  []auth.Permission
		target user.User
		want   fault.Code
	}{
		{"staff, for a customer", holder, []auth.Permission{auth.GenerateLockoutCodes}, customer, ""},
		{"staff, for a colleague", holder, []auth.Permission{auth.GenerateLockoutCodes}, colleague, fault.Forbidden},
		{"Admin-level staff, for a colleague", admin, []auth.Permission{auth.GenerateLockoutCodes}, colleague, ""},
		{"Admin-level staff without the permission", admin, []auth.Permission{auth.ViewUsers}, customer, fault.Forbidden},
		{"for oneself", admin, []auth.Permission{auth.GenerateLockoutCodes}, admin, fault.Forbidden},
		{"a customer, for itself", customer, nil, customer, fault.Forbidden},
		{"staff of another institution", d.Stranger(), auth.Permissions(), customer, fault.NotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx := d.As(t, test.actor, test.holds...)

			_, err := d.Prepare(ctx, request(test.target))
			world.WantCode(t, err, test.want)
			_, _, err = d.Revoke(ctx, test.target.ID, "why")
			world.WantCode(t, err, test.want)
		})
	}

	t.Run("nobody", func(t *testing.T) {
		_, err := d.Prepare(t.Context(), request(customer))
		world.WantCode(t, err, fault.Unauthenticated)
		_, err = d.Generate(t.Context(), "x", backupcode.HandoverInPerson)
		world.WantCode(t, err, fault.Unauthenticated)
		_, _, err = d.Revoke(t.Context(), customer.ID, "why")
		world.WantCode(t, err, fault.Unauthenticated)
		_, err = d.Summaries(t.Context(), []string{customer.ID})
		world.WantCode(t, err, fault.Unauthenticated)
	})
}

package store

import (
	"slices"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func testDepartures(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)

	t.Run("are those of the institution, once", func(t *testing.T) {
		leaver, customer := harbor.user(staff), harbor.user()
		for _, tt := range []struct {
			err  error
			want fault.Code
		}{
			{db.DisableUser(ctx, summit.ID, leaver.ID, now), fault.NotFound},
			{db.DisableUser(ctx, harbor.ID, leaver.ID, now), ""},
			{db.DisableUser(ctx, harbor.ID, leaver.ID, now), fault.NotFound},
			{db.EnableUser(ctx, summit.ID, leaver.ID), fault.NotFound},
			{db.EnableUser(ctx, harbor.ID, leaver.ID), ""},
			{db.EnableUser(ctx, harbor.ID, leaver.ID), fault.NotFound},
			{db.CloseUser(ctx, summit.ID, customer.ID), fault.NotFound},
			{db.CloseUser(ctx, harbor.ID, customer.ID), ""},
			{db.CloseUser(ctx, harbor.ID, customer.ID), fault.NotFound},
			{db.DisableUser(ctx, harbor.ID, customer.ID, now), fault.NotFound},
			{db.HoldInstitution(ctx, id.New(id.Institution)), fault.NotFound},
		} {
			wantCode(t, tt.err, tt.want)
		}
		same(t, harbor.find(leaver), leaver)
		same(t, harbor.statusOf(customer), user.Closed)
	})

	t.Run("leave those who hold all of some permissions", func(t *testing.T) {
		holds := func(b bank, u user.User, p ...auth.Permission) string {
			check(t, db.GrantRole(ctx, b.ID, u.ID, user.Role{ID: id.New(id.Role), Name: "Of " + u.ID, Permissions: p}))
			return u.ID
		}
		both := []auth.Permission{auth.ManageRoles, auth.ManageStaff}
		two, one := harbor.user(staff), harbor.user(staff)
		want := []string{holds(harbor, two, both[1]), holds(harbor, harbor.user(staff, frozen), both...), holds(harbor, harbor.user(staff), auth.Permissions()...)}
		holds(harbor, two, both...)
		check(t, db.GrantRole(ctx, harbor.ID, two.ID, user.Role{ID: id.New(id.Role), Name: "Roles", Permissions: both[:1]}))
		holds(harbor, one, both[0])
		holds(summit, summit.user(staff), both...)
		holds(harbor, harbor.user(staff, func(u *user.User) { u.DisabledAt = &now }), both...)
		holds(harbor, harbor.user(staff, func(u *user.User) { u.Status = user.Closed }), both...)
		taken := harbor.user(staff)
		holds(harbor, taken, both...)
		check(t, db.RemovePermissions(ctx, harbor.ID, taken.ID, both[1:]))

		found, err := db.ListHolders(ctx, harbor.ID, both)

		check(t, err)
		slices.Sort(want)
		slices.Sort(found)
		same(t, found, want)
	})
}

func frozen(u *user.User) { u.Status = user.Frozen }

package store

import (
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func testUsers(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	ann := harbor.user(named("Änn-Maria", "O’Archer"))
	boss := harbor.user(staff, func(u *user.User) { u.AdminLevel, u.Status = true, user.Registered })
	double := summit.user(func(u *user.User) { u.Email = ann.Email })

	t.Run("come back with every field", func(t *testing.T) {
		for _, want := range []user.User{ann, boss} {
			found, err := db.FindUser(ctx, harbor.ID, want.ID)

			check(t, err)
			same(t, found, want)
		}
	})

	t.Run("are not found by another institution", func(t *testing.T) {
		_, err := db.FindUser(ctx, summit.ID, ann.ID)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("come back by email with the hash of their password", func(t *testing.T) {
		found, err := db.FindCredentials(ctx, harbor.ID, ann.Email)

		check(t, err)
		same(t, found, user.Credentials{User: ann, PasswordHash: "made-up hash"})
	})

	t.Run("with one email at two institutions are two users", func(t *testing.T) {
		found, err := db.FindCredentials(ctx, summit.ID, ann.Email)

		check(t, err)
		same(t, found.User, double)
	})

	t.Run("are not found by an email that only another institution knows", func(t *testing.T) {
		_, err := db.FindCredentials(ctx, summit.ID, boss.Email)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("whose email the institution has are CONFLICT, and can't be searched for", func(t *testing.T) {
		second := user.User{
			ID: id.New(id.User), InstitutionID: harbor.ID, Kind: auth.Staff, Email: ann.Email,
			FirstName: "Quentin", LastName: "Quux", CreatedAt: now, EmailProvedAt: now,
		}

		wantCode(t, db.CreateUser(ctx, second, "hash"), fault.Conflict)

		found, err := db.ListUsers(ctx, user.Query{InstitutionID: harbor.ID, From: "q", To: "r", Limit: 9})
		check(t, err)
		same(t, len(found), 0)
	})

	t.Run("are given many at once, without those that are not there or not ours", func(t *testing.T) {
		found, err := db.FindUsers(ctx, harbor.ID, []string{ann.ID, boss.ID, double.ID, id.New(id.User), ann.ID})

		check(t, err)
		slices.SortFunc(found, func(a, b user.User) int { return strings.Compare(a.ID, b.ID) })
		same(t, found, []user.User{ann, boss})

		found, err = db.FindUsers(ctx, harbor.ID, nil)
		check(t, err)
		same(t, len(found), 0)
	})

	t.Run("change their status", func(t *testing.T) {
		u := harbor.user()

		check(t, db.SetUserStatus(ctx, harbor.ID, u.ID, user.Closed))

		found, err := db.FindUser(ctx, harbor.ID, u.ID)
		check(t, err)
		u.Status = user.Closed
		same(t, found, u)
	})

	t.Run("keep their status when another institution names them", func(t *testing.T) {
		wantCode(t, db.SetUserStatus(ctx, summit.ID, ann.ID, user.Closed), fault.NotFound)

		found, err := db.FindUser(ctx, harbor.ID, ann.ID)
		check(t, err)
		same(t, found, ann)
	})
}

func testRoles(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	agent := func(p ...auth.Permission) user.Role {
		return user.Role{ID: id.New(id.Role), Name: "Agent", Permissions: p}
	}
	held := func(t *testing.T, b bank, u user.User) []auth.Permission {
		t.Helper()
		s := b.session(u)
		_, actor, err := db.FindActor(ctx, s.TokenHash)
		check(t, err)
		return actor.Permissions
	}

	t.Run("give their permissions to the staff who have them", func(t *testing.T) {
		u := harbor.user(staff)
		desk := user.Role{ID: id.New(id.Role), Name: "Desk", Permissions: []auth.Permission{auth.ViewUsers, auth.UpdateNumberType}}
		audit := user.Role{ID: id.New(id.Role), Name: "Audit", Permissions: []auth.Permission{auth.ViewAuditLog, auth.ViewUsers}}

		check(t, db.GrantRole(ctx, harbor.ID, u.ID, desk))
		check(t, db.GrantRole(ctx, harbor.ID, u.ID, audit))
		check(t, db.GrantRole(ctx, harbor.ID, u.ID, audit)) // twice is once

		same(t, held(t, harbor, u), []auth.Permission{auth.ViewUsers, auth.UpdateNumberType, auth.ViewAuditLog})
	})

	t.Run("keep their permissions when the name is granted again", func(t *testing.T) {
		first, second := harbor.user(staff), harbor.user(staff)

		check(t, db.GrantRole(ctx, harbor.ID, first.ID, agent(auth.ViewUsers)))
		check(t, db.GrantRole(ctx, harbor.ID, second.ID, agent(auth.ViewUsers, auth.ManageStaff)))

		same(t, held(t, harbor, second), []auth.Permission{auth.ViewUsers})
	})

	t.Run("of one name differ between institutions", func(t *testing.T) {
		u := summit.user(staff)

		check(t, db.GrantRole(ctx, summit.ID, u.ID, agent(auth.ManageRoles)))

		same(t, held(t, summit, u), []auth.Permission{auth.ManageRoles})
	})

	t.Run("are for staff of the institution only, and leave no role behind", func(t *testing.T) {
		lost := user.Role{ID: id.New(id.Role), Name: "Lost", Permissions: []auth.Permission{auth.ManageStaff}}

		wantCode(t, db.GrantRole(ctx, harbor.ID, harbor.user().ID, lost), fault.NotFound)
		wantCode(t, db.GrantRole(ctx, summit.ID, harbor.user(staff).ID, lost), fault.NotFound)

		u := harbor.user(staff)
		lost.Permissions = []auth.Permission{auth.ViewUsers}
		check(t, db.GrantRole(ctx, harbor.ID, u.ID, lost))
		same(t, held(t, harbor, u), []auth.Permission{auth.ViewUsers})
	})

	t.Run("give nothing that was taken from the user by name", func(t *testing.T) {
		u := harbor.user(staff, func(u *user.User) { u.AdminLevel = true })
		check(t, db.GrantRole(ctx, harbor.ID, u.ID, agent()))
		same(t, held(t, harbor, u), []auth.Permission{auth.ViewUsers, auth.ViewNotificationHistory})

		check(t, db.RemovePermissions(ctx, harbor.ID, u.ID, []auth.Permission{auth.ViewNotificationHistory, auth.ManageStaff}))

		same(t, held(t, harbor, u), []auth.Permission{auth.ViewUsers})

		check(t, db.RemovePermissions(ctx, harbor.ID, u.ID, nil))
		same(t, held(t, harbor, u), []auth.Permission{auth.ViewUsers, auth.ViewNotificationHistory})
	})

	t.Run("of another institution give nothing, however they were assigned", func(t *testing.T) {
		ours, theirs := harbor.user(staff), summit.user(staff)
		role := user.Role{ID: id.New(id.Role), Name: "Theirs", Permissions: auth.Permissions()}
		check(t, db.GrantRole(ctx, summit.ID, theirs.ID, role))

		_, err := db.sql.Exec(ctx, "", `INSERT INTO user_roles (user_id, role_id) VALUES (?, ?)`, ours.ID, role.ID)
		check(t, err)

		same(t, len(held(t, harbor, ours)), 0)
		same(t, held(t, summit, theirs), auth.Permissions())
	})

	t.Run("are nobody's at another institution to take", func(t *testing.T) {
		u := harbor.user(staff)
		check(t, db.GrantRole(ctx, harbor.ID, u.ID, agent()))

		wantCode(t, db.RemovePermissions(ctx, summit.ID, u.ID, []auth.Permission{auth.ViewUsers}), fault.NotFound)
		wantCode(t, db.RemovePermissions(ctx, harbor.ID, harbor.user().ID, nil), fault.NotFound)

		same(t, held(t, harbor, u), []auth.Permission{auth.ViewUsers})
	})
}

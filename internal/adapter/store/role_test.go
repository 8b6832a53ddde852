package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

func testStaffRoles(t *testing.T, db *DB) {
	ctx := t.Context()
	given := role.Given{At: now, By: "operator:ann"}
	made := func(b bank, name string, p ...auth.Permission) role.Role {
		r := role.Role{ID: id.New(id.Role), Name: name, Permissions: p, Version: 1, Given: map[auth.Permission]role.Given{}}
		for _, p := range p {
			r.Given[p] = given
		}
		check(t, db.CreateRole(ctx, b.ID, r))
		return r
	}
	gives := func(b bank, u user.User, version int, roles ...role.Role) bool {
		a := role.Access{UserID: u.ID, Version: version, AdminLevel: u.AdminLevel}
		for _, r := range roles {
			a.Roles = append(a.Roles, role.Held{Role: r, Held: given})
		}
		ok, err := db.SetAccess(ctx, b.ID, a)
		check(t, err)
		return ok
	}

	t.Run("are those of the institution, by name, with how many hold them", func(t *testing.T) {
		harbor, summit := newBank(t, db), newBank(t, db)
		b, a := made(harbor, "B", auth.ViewUsers, auth.ManageStaff), made(harbor, "A", auth.ViewUsers)
		made(summit, "A", auth.ManageRoles)
		gives(harbor, harbor.user(staff), 0, a, b)
		gives(harbor, harbor.user(staff), 0, b)
		gives(harbor, harbor.user(staff, func(u *user.User) { u.DisabledAt = &now }), 0, b)
		gives(harbor, harbor.user(staff, func(u *user.User) { u.Status = user.Closed }), 0, b)

		found, err := db.ListRoles(ctx, harbor.ID)

		check(t, err)
		a.Members, b.Members = 1, 2
		same(t, found, []role.Role{a, b})
	})

	t.Run("change once from each version, for their members at once", func(t *testing.T) {
		harbor, summit := newBank(t, db), newBank(t, db)
		r := made(harbor, "Support", auth.ViewUsers)
		s := harbor.session(harbor.user(staff))
		gives(harbor, user.User{ID: s.UserID}, 0, r)
		r.Permissions = []auth.Permission{auth.ManageRoles}
		for _, tt := range []struct {
			of   string
			want bool
		}{{summit.ID, false}, {harbor.ID, true}, {harbor.ID, false}} {
			ok, err := db.UpdateRole(ctx, tt.of, r)
			check(t, err)
			same(t, ok, tt.want)
		}
		_, actor, err := db.FindActor(ctx, s.TokenHash)
		check(t, err)
		same(t, actor.Permissions, r.Permissions)

		wantCode(t, db.CreateRole(ctx, harbor.ID, role.Role{ID: id.New(id.Role), Name: r.Name, Version: 1}), fault.Conflict)
		wantCode(t, db.DeleteRole(ctx, summit.ID, r.ID), fault.NotFound)
		check(t, db.DeleteRole(ctx, harbor.ID, r.ID))
		_, actor, err = db.FindActor(ctx, s.TokenHash)
		check(t, err)
		same(t, len(actor.Permissions), 0)
	})

	t.Run("are given and taken once from each version", func(t *testing.T) {
		harbor, summit := newBank(t, db), newBank(t, db)
		u, one, two, theirs := harbor.user(staff), made(harbor, "One", auth.ViewUsers), made(harbor, "Two", auth.ManageRoles), made(summit, "Theirs", auth.ManageStaff)
		same(t, gives(harbor, u, 0, one, two, theirs), true)
		same(t, gives(harbor, u, 0, two), false)
		later := role.Given{At: now.Add(time.Hour), By: u.ID}
		ok, err := db.SetAccess(ctx, harbor.ID, role.Access{
			UserID: u.ID, Version: 1, AdminLevel: true, LevelSet: later, Removed: []auth.Permission{auth.ManageStaff}, Roles: []role.Held{{Role: two, Held: later}},
		})
		check(t, err)
		same(t, ok, true)
		_, err = db.SetAccess(ctx, summit.ID, role.Access{UserID: u.ID, Version: 2})
		wantCode(t, err, fault.NotFound)

		found, err := db.ListAccess(ctx, harbor.ID, []string{u.ID, harbor.user().ID, summit.user(staff).ID})

		check(t, err)
		two.Members = 1
		same(t, found, []role.Access{{
			UserID: u.ID, Version: 2, AdminLevel: true, LevelSet: later, Removed: []auth.Permission{auth.ManageStaff}, Roles: []role.Held{{Role: two, Held: given}},
		}})
		members, err := db.ListMembers(ctx, harbor.ID, two.ID)
		check(t, err)
		same(t, len(members), 1)
		others, err := db.ListMembers(ctx, summit.ID, two.ID)
		check(t, err)
		same(t, len(others), 0)
	})

	t.Run("were used when the record has it last, on others", func(t *testing.T) {
		harbor := newBank(t, db)
		u, other := harbor.user(staff), harbor.user(staff)
		head := audit.Head{}
		did := func(who user.User, action audit.Action, target, outcome string) {
			e := audit.Entry{
				InstitutionID: harbor.ID, Sequence: head.Sequence + 1, At: now.Add(time.Duration(head.Sequence+1) * time.Minute), ActorID: who.ID,
				ActorKind: auth.Staff, Action: action, TargetID: target, Outcome: outcome, MAC: []byte{byte(head.Sequence + 1)},
			}
			_, err := db.AppendEntries(ctx, head, []audit.Entry{e})
			check(t, err)
			head = headOf(e)
		}
		did(u, audit.SavedRole, harbor.ID, audit.Done)
		did(u, audit.SavedRole, harbor.ID, audit.Done)
		did(u, audit.SavedRole, harbor.ID, string(fault.Conflict))
		did(u, audit.EndedSessions, u.ID, audit.Done)
		did(other, audit.ReadUsers, "", audit.Done)

		used, err := db.LastUses(ctx, harbor.ID, []string{u.ID, other.ID})

		check(t, err)
		same(t, used, map[string]map[string]time.Time{
			u.ID: {string(audit.SavedRole): now.Add(2 * time.Minute)}, other.ID: {string(audit.ReadUsers): now.Add(5 * time.Minute)},
		})
		none, err := db.LastUses(ctx, newBank(t, db).ID, []string{u.ID})
		check(t, err)
		same(t, len(none), 0)
	})
}

package role_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

func in(w *world.World) *role.Service {
	return &role.Service{Store: w.DB, Audit: w.Audited, Clock: w.Time}
}

// everything is what somebody holds who may do all.
func everything() []auth.Permission { return auth.Permissions() }

// holds gives a user of the staff a role of their own with permissions.
func holds(t *testing.T, w *world.World, u user.User, p ...auth.Permission) user.User {
	t.Helper()
	if err := w.DB.GrantRole(t.Context(), u.InstitutionID, u.ID, user.Role{ID: id.New(id.Role), Name: "Of " + u.ID, Permissions: p}); err != nil {
		t.Fatal(err)
	}
	return u
}

// as is a context in which one of the staff acts who holds permissions.
func as(t *testing.T, w *world.World, of func(*user.User), p ...auth.Permission) context.Context {
	t.Helper()
	return w.As(t, holds(t, w, w.User(t, of), p...), p...)
}

func keeper(t *testing.T, w *world.World) user.User {
	t.Helper()
	return holds(t, w, w.User(t, world.Staff), role.Keeping()...)
}

func made(ctx context.Context, t *testing.T, s *role.Service, name string, p ...auth.Permission) role.Role {
	t.Helper()
	r, err := s.Save(ctx, role.Change{Name: &name, Permissions: &p, Reason: "new"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// given gives roles to one of the staff and nothing else.
func given(ctx context.Context, t *testing.T, s *role.Service, u user.User, roles ...role.Role) user.User {
	t.Helper()
	ids := []string{}
	for _, r := range roles {
		ids = append(ids, r.ID)
	}
	u, err := s.SaveStaff(ctx, role.StaffChange{UserID: u.ID, RoleIDs: &ids, Reason: "needs it"})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func may(t *testing.T, w *world.World, u user.User) []auth.Permission {
	t.Helper()
	found, err := w.DB.ListAccess(t.Context(), u.InstitutionID, []string{u.ID})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	return found[0].Permissions()
}

func TestService_Save_ChangesWhatItsMembersMayDo(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		r := made(admin, t, s, "  Night desk ", auth.ViewUsers, auth.ViewUsers)
		night := given(admin, t, s, w.User(t, world.Staff), r)
		if got := may(t, w, night); !cmp.Equal(got, []auth.Permission{auth.ViewUsers}) {
			t.Errorf("given a role they may %v", got)
		}
		w.Time.Advance(time.Hour)

		changed, err := s.Save(fresh(admin, w), role.Change{ID: r.ID, Version: &r.Version, Permissions: &[]auth.Permission{auth.UpdateNumberType, auth.ViewUsers}, Reason: "they fix numbers"})

		want := role.Role{
			ID: r.ID, Name: "Night desk", Permissions: []auth.Permission{auth.ViewUsers, auth.UpdateNumberType}, Version: 2, Members: 1,
			Given: map[auth.Permission]role.Given{
				auth.ViewUsers:        {At: world.Began, By: actor(admin).UserID},
				auth.UpdateNumberType: {At: world.Began.Add(time.Hour), By: actor(admin).UserID},
			},
		}
		if diff := cmp.Diff(want, changed); err != nil || diff != "" {
			t.Error(err, diff)
		}
		if got := may(t, w, night); !cmp.Equal(got, want.Permissions) {
			t.Errorf("then they may %v", got)
		}
		given(fresh(admin, w), t, s, night)
		if _, err := s.Remove(fresh(admin, w), r.ID, "no night desk"); err != nil {
			t.Error(err)
		}
		left, err := s.List(admin)
		for _, l := range left {
			if l.ID == r.ID {
				t.Errorf("it is still there: %v", l)
			}
		}
		if diff := cmp.Diff([]audit.Event{
			{Action: audit.SavedRole, TargetID: w.Bank.ID, Details: map[string]string{"role": r.ID, "name": "Night desk", "added": "VIEW_USERS", "taken": "", "reason": "new", "staff": "0"}},
			{Action: audit.SavedStaff, TargetID: night.ID, Details: map[string]string{"adminLevel": "false", "roles": "Night desk", "takenByName": "", "added": "VIEW_USERS", "taken": "", "reason": "needs it"}},
			{Action: audit.SavedRole, TargetID: w.Bank.ID, Details: map[string]string{"role": r.ID, "name": "Night desk", "added": "UPDATE_NUMBER_TYPE", "taken": "", "reason": "they fix numbers", "staff": "1"}},
			{Action: audit.SavedStaff, TargetID: night.ID, Details: map[string]string{"adminLevel": "false", "roles": "", "takenByName": "", "added": "", "taken": "VIEW_USERS UPDATE_NUMBER_TYPE", "reason": "needs it"}},
			{Action: audit.RemovedRole, TargetID: w.Bank.ID, Details: map[string]string{"role": r.ID, "name": "Night desk", "taken": "VIEW_USERS UPDATE_NUMBER_TYPE", "reason": "no night desk"}},
		}, w.Audited.Events); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}

func TestService_Save_Refuses(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		plain := as(t, w, world.Staff, auth.ManageRoles, auth.ViewUsers)
		r, of := made(admin, t, s, "Support", auth.ViewUsers), made(admin, t, s, "Of Admins", auth.ViewUsers, auth.ManageRoles)
		given(admin, t, s, w.User(t, world.Admin), of)
		theirs := made(w.As(t, holds(t, w, elsewhere(t, w), everything()...), everything()...), t, s, "Theirs", auth.ViewUsers)
		mine := "Of " + actor(plain).UserID
		own := roleNamed(admin, t, s, mine)
		name := func(n string) *string { return &n }
		set := func(p ...auth.Permission) *[]auth.Permission { return &p }

		for what, tt := range map[string]struct {
			as   context.Context
			c    role.Change
			want fault.Code
			says string
		}{
			"nobody":                        {t.Context(), role.Change{Name: name("X"), Permissions: set(auth.ViewUsers), Reason: "why"}, fault.Unauthenticated, ""},
			"a customer":                    {w.As(t, w.User(t)), role.Change{Name: name("X"), Permissions: set(auth.ViewUsers), Reason: "why"}, fault.Forbidden, ""},
			"without the permission":        {as(t, w, world.Admin, auth.ManageStaff), role.Change{ID: r.ID, Reason: "why"}, fault.Forbidden, "Can manage roles"},
			"an old factor":                 {world.FactorAt(admin, world.Began.Add(-16*time.Minute)), role.Change{ID: r.ID, Reason: "why"}, fault.StepUpRequired, ""},
			"no reason":                     {admin, role.Change{ID: r.ID, Reason: " "}, fault.InvalidInput, ""},
			"no name":                       {admin, role.Change{Permissions: set(auth.ViewUsers), Reason: "why"}, fault.InvalidInput, "name"},
			"an empty name":                 {admin, role.Change{ID: r.ID, Name: name(" "), Reason: "why"}, fault.InvalidInput, "name"},
			"a long name":                   {admin, role.Change{ID: r.ID, Name: name(strings.Repeat("x", 61)), Reason: "why"}, fault.InvalidInput, ""},
			"a name of what is not seen":    {admin, role.Change{ID: r.ID, Name: name("\u202e\u200b"), Reason: "why"}, fault.InvalidInput, ""},
			"a taken name":                  {admin, role.Change{Name: name("SUPPORT"), Permissions: set(auth.ViewUsers), Reason: "why"}, fault.Conflict, "name"},
			"the name of another":           {admin, role.Change{ID: of.ID, Name: name("support"), Reason: "why"}, fault.Conflict, "name"},
			"no permissions":                {admin, role.Change{Name: name("X"), Reason: "why"}, fault.InvalidInput, "at least one"},
			"none left":                     {admin, role.Change{ID: r.ID, Permissions: set(), Reason: "why"}, fault.InvalidInput, "at least one"},
			"an unknown permission":         {admin, role.Change{ID: r.ID, Permissions: set("FLY"), Reason: "why"}, fault.InvalidInput, `"FLY"`},
			"an old version":                {admin, role.Change{ID: r.ID, Version: new(0), Name: name("X"), Reason: "why"}, fault.Conflict, "Someone else"},
			"no such role":                  {admin, role.Change{ID: id.New(id.Role), Name: name("X"), Reason: "why"}, fault.NotFound, ""},
			"what is no id":                 {admin, role.Change{ID: "rol_\x00", Name: name("X"), Reason: "why"}, fault.NotFound, ""},
			"of another institution":        {admin, role.Change{ID: theirs.ID, Name: name("X"), Reason: "why"}, fault.NotFound, ""},
			"giving what one lacks":         {plain, role.Change{ID: r.ID, Permissions: set(auth.ViewUsers, auth.ManageStaff), Reason: "why"}, fault.Forbidden, "“Can manage staff”"},
			"making what one lacks":         {plain, role.Change{Name: name("X"), Permissions: set(auth.ManageStaff), Reason: "why"}, fault.Forbidden, "“Can manage staff”"},
			"taking from oneself":           {plain, role.Change{ID: own.ID, Permissions: set(auth.ManageRoles), Reason: "why"}, fault.Forbidden, "You hold this role"},
			"a role of Admin-level staff":   {plain, role.Change{ID: of.ID, Permissions: set(auth.ViewUsers), Reason: "why"}, fault.Forbidden, "Admin-level"},
			"removed from under the change": {lost(plain, t, w), role.Change{ID: r.ID, Name: name("X"), Reason: "why"}, fault.Forbidden, ""},
		} {
			_, err := s.Save(tt.as, tt.c)
			if fault.CodeOf(err) != tt.want || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%s: %v, want %s", what, err, tt.want)
			}
		}
		w.Audited.Err = errors.New("the record is full")
		if _, err := s.Save(admin, role.Change{ID: r.ID, Permissions: set(auth.ManageStaff), Reason: "why"}); err == nil {
			t.Error("changed without a record")
		}
		w.Audited.Err = nil
		if after := roleNamed(admin, t, s, "Support"); !cmp.Equal(after, r) {
			t.Error(cmp.Diff(r, after))
		}
	})
}

// lost is somebody whose permissions were taken since their request began.
func lost(was context.Context, t *testing.T, w *world.World) context.Context {
	t.Helper()
	u := w.User(t, world.Staff)
	return w.As(t, u, actor(was).Permissions...)
}

func roleNamed(ctx context.Context, t *testing.T, s *role.Service, name string) role.Role {
	t.Helper()
	all, err := s.List(ctx)
	for _, r := range all {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no role %s: %v", name, err)
	return role.Role{}
}

func TestService_Remove_Refuses(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		r := made(admin, t, s, "Support", auth.ViewUsers)
		holder := given(admin, t, s, w.User(t, world.Staff), r)
		_, err := s.Remove(admin, r.ID, "why")
		world.WantCode(t, err, fault.Conflict)
		if err := w.DB.DisableUser(t.Context(), w.Bank.ID, holder.ID, world.Began); err != nil {
			t.Fatal(err)
		}
		for want, try := range map[fault.Code]func() error{
			fault.Forbidden:      func() error { _, err := s.Remove(as(t, w, world.Admin, auth.ManageStaff), r.ID, "why"); return err },
			fault.StepUpRequired: func() error { _, err := s.Remove(world.FactorAt(admin, time.Time{}), r.ID, "why"); return err },
			fault.InvalidInput:   func() error { _, err := s.Remove(admin, r.ID, ""); return err },
			fault.NotFound:       func() error { _, err := s.Remove(admin, "", "why"); return err },
		} {
			world.WantCode(t, try(), want)
		}

		if _, err := s.Remove(admin, r.ID, "why"); err != nil {
			t.Errorf("held only by who is disabled: %v", err)
		}
		if got := may(t, w, holder); len(got) > 0 {
			t.Errorf("who is disabled kept %v", got)
		}
	})
}

// Two who save what they saw at once: one of them is told.
func TestService_Save_TwoAtOnce(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		r, u := made(admin, t, s, "Support", auth.ViewUsers), w.User(t, world.Staff)
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() {
				if i%2 == 0 {
					_, errs[i] = s.Save(admin, role.Change{ID: r.ID, Version: &r.Version, Permissions: &[]auth.Permission{auth.ManageStaff}, Reason: "why"})
				} else {
					_, errs[i] = s.SaveStaff(admin, role.StaffChange{UserID: u.ID, Version: new(0), RoleIDs: &[]string{r.ID}, Reason: "why"})
				}
			})
		}
		wg.Wait()

		done := map[bool]int{}
		for i, err := range errs {
			if err == nil {
				done[i%2 == 0]++
			} else {
				world.WantCode(t, err, fault.Conflict)
			}
		}
		if done[true] != 1 || done[false] != 1 {
			t.Errorf("%v were saved: %v", done, errs)
		}
	})
}

func actor(ctx context.Context) auth.Actor {
	a, _ := auth.FromContext(ctx)
	return a
}

// fresh is a context of the same user who has just proved a factor.
func fresh(ctx context.Context, w *world.World) context.Context {
	return world.FactorAt(ctx, w.Time.Now())
}

// elsewhere is one of the staff of another institution.
func elsewhere(t *testing.T, w *world.World) user.User {
	t.Helper()
	return w.User(t, world.Admin, func(u *user.User) { u.InstitutionID = w.Stranger().InstitutionID })
}

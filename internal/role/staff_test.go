package role_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_SaveStaff_Refuses(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		plain := as(t, w, world.Staff, auth.ManageStaff, auth.ViewUsers, auth.ViewNotificationHistory)
		keeper(t, w)
		view, more := made(admin, t, s, "View", auth.ViewUsers), made(admin, t, s, "More", auth.ViewUsers, auth.ViewAuditLog)
		theirs := made(w.As(t, holds(t, w, elsewhere(t, w), everything()...), everything()...), t, s, "Theirs", auth.ViewUsers)
		colleague, boss, customer := w.User(t, world.Staff), w.User(t, world.Admin), w.User(t)
		taken := given(admin, t, s, w.User(t, world.Staff), more)
		if _, err := s.SaveStaff(admin, role.StaffChange{UserID: taken.ID, Removed: &[]auth.Permission{auth.ViewAuditLog}, Reason: "why"}); err != nil {
			t.Fatal(err)
		}
		to := func(u user.User, roles ...string) role.StaffChange {
			return role.StaffChange{UserID: u.ID, RoleIDs: &roles, Reason: "why"}
		}
		with := func(c role.StaffChange, change func(*role.StaffChange)) role.StaffChange { change(&c); return c }

		for what, tt := range map[string]struct {
			as   context.Context
			c    role.StaffChange
			want fault.Code
			says string
		}{
			"nobody":                    {t.Context(), to(colleague, view.ID), fault.Unauthenticated, ""},
			"a customer":                {w.As(t, customer), to(colleague, view.ID), fault.Forbidden, ""},
			"without the permission":    {as(t, w, world.Admin, auth.ManageRoles), to(colleague, view.ID), fault.Forbidden, "Can manage staff"},
			"an old factor":             {world.FactorAt(admin, world.Began.Add(-16*time.Minute)), to(colleague, view.ID), fault.StepUpRequired, ""},
			"no reason":                 {admin, with(to(colleague), func(c *role.StaffChange) { c.Reason = "" }), fault.InvalidInput, ""},
			"oneself":                   {plain, to(user.User{ID: actor(plain).UserID}), fault.Forbidden, "their own"},
			"Admin-level staff":         {plain, to(boss), fault.Forbidden, "Admin-level"},
			"making Admin-level staff":  {plain, role.StaffChange{UserID: colleague.ID, AdminLevel: new(true), Reason: "why"}, fault.Forbidden, "Admin-level"},
			"a role one lacks":          {plain, to(colleague, view.ID, more.ID), fault.Forbidden, "“Can view audit log”"},
			"back what one lacks":       {plain, role.StaffChange{UserID: taken.ID, Removed: &[]auth.Permission{}, Reason: "why"}, fault.Forbidden, "“Can view audit log”"},
			"a customer's roles":        {admin, to(customer, view.ID), fault.Conflict, "Only staff"},
			"of another institution":    {admin, to(elsewhere(t, w)), fault.NotFound, ""},
			"nobody's":                  {admin, role.StaffChange{UserID: id.New(id.User), Reason: "why"}, fault.NotFound, ""},
			"what is no id":             {admin, role.StaffChange{UserID: "usr_\x00", Reason: "why"}, fault.NotFound, ""},
			"a role of another one":     {admin, to(colleague, theirs.ID), fault.NotFound, "role"},
			"no role":                   {admin, to(colleague, "rol_\x00"), fault.NotFound, "role"},
			"an old version":            {admin, with(to(colleague, view.ID), func(c *role.StaffChange) { c.Version = new(3) }), fault.Conflict, "Someone else"},
			"an unknown permission":     {admin, role.StaffChange{UserID: colleague.ID, Removed: &[]auth.Permission{"FLY"}, Reason: "why"}, fault.InvalidInput, ""},
			"who lost it since, asking": {lost(plain, t, w), to(colleague, view.ID), fault.Forbidden, ""},
		} {
			_, err := s.SaveStaff(tt.as, tt.c)
			if fault.CodeOf(err) != tt.want || err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%s: %v, want %s", what, err, tt.want)
			}
		}
		w.Audited.Err = errors.New("the record is full")
		if _, err := s.SaveStaff(admin, to(colleague, view.ID)); err == nil {
			t.Error("changed without a record")
		}
		if got := may(t, w, colleague); len(got) > 0 {
			t.Errorf("something was given: %v", got)
		}
	})
}

// What is taken by name wins over every role and over what Admin-level staff hold (H4).
func TestService_SaveStaff_TakenByNameWins(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		r := made(admin, t, s, "History", auth.ViewNotificationHistory, auth.ViewUsers)
		u := given(admin, t, s, w.User(t, world.Staff), r)

		for _, step := range []struct {
			c    role.StaffChange
			want []auth.Permission
		}{
			{role.StaffChange{Removed: &[]auth.Permission{auth.ViewNotificationHistory}}, []auth.Permission{auth.ViewUsers}},
			{role.StaffChange{AdminLevel: new(true)}, []auth.Permission{auth.ViewUsers}},
			{role.StaffChange{RoleIDs: &[]string{}}, []auth.Permission{}},
			{role.StaffChange{Removed: &[]auth.Permission{}}, []auth.Permission{auth.ViewNotificationHistory}},
			{role.StaffChange{AdminLevel: new(false)}, []auth.Permission{}},
		} {
			step.c.UserID, step.c.Reason = u.ID, "why"
			if _, err := s.SaveStaff(admin, step.c); err != nil {
				t.Error(err)
			}
			if got := may(t, w, u); !cmp.Equal(got, step.want) {
				t.Errorf("after %+v they may %v", step.c, got)
			}
		}
	})
}

// Of two who take from each other what it needs to take, at once, one is the first.
func TestService_SaveStaff_TwoAtOnce(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		second := *w
		second.DB = w.Second(t)
		ann, bob := keeper(t, w), keeper(t, w)
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, try := range []struct {
			s          *role.Service
			actor, who user.User
		}{{in(w), ann, bob}, {in(&second), bob, ann}} {
			ctx := w.As(t, try.actor, role.Keeping()...)
			wg.Go(func() {
				_, errs[i] = try.s.SaveStaff(ctx, role.StaffChange{UserID: try.who.ID, RoleIDs: &[]string{}, Reason: "why"})
			})
		}
		wg.Wait()

		codes := [2]fault.Code{fault.CodeOf(errs[0]), fault.CodeOf(errs[1])}
		if codes != [2]fault.Code{fault.Forbidden, ""} && codes != [2]fault.Code{"", fault.Forbidden} {
			t.Errorf("both: %v", errs)
		}
	})
}

// Somebody can always give and take what others may do.
func TestService_NeverNobodyWhoCanManage(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := in(w)
		last := keeper(t, w)
		own := roleNamed(w.As(t, last, role.Keeping()...), t, s, "Of "+last.ID)
		roles, people := as(t, w, world.Staff, auth.ManageRoles), as(t, w, world.Staff, auth.ManageStaff)

		_, err := s.Save(roles, role.Change{ID: own.ID, Permissions: &[]auth.Permission{auth.ManageStaff}, Reason: "why"})
		world.WantCode(t, err, fault.Conflict)
		_, err = s.SaveStaff(people, role.StaffChange{UserID: last.ID, RoleIDs: &[]string{}, Reason: "why"})
		world.WantCode(t, err, fault.Conflict)
		_, err = s.SaveStaff(people, role.StaffChange{UserID: last.ID, Removed: &[]auth.Permission{auth.ManageRoles}, Reason: "why"})
		world.WantCode(t, err, fault.Conflict)
		if got := may(t, w, last); !cmp.Equal(got, role.Keeping()) {
			t.Errorf("they may %v", got)
		}

		keeper(t, w)
		if _, err := s.SaveStaff(people, role.StaffChange{UserID: last.ID, RoleIDs: &[]string{}, Reason: "why"}); err != nil {
			t.Errorf("the last but one: %v", err)
		}
	})
}

package role_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

// reviewOf is what the review says of one of the staff.
func reviewOf(t *testing.T, w *world.World, s *role.Service, u user.User) role.Reviewed {
	t.Helper()
	_, all, err := s.Review(w.As(t, w.User(t, world.Staff), auth.ViewAuditLog), user.Filter{})
	for _, r := range all {
		if r.User.ID == u.ID {
			return r
		}
	}
	t.Fatalf("%d of the staff, without %s: %v", len(all), u.ID, err)
	return role.Reviewed{}
}

func TestService_Review_TellsSinceWhenByWhomAndWhenUsed(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s, admin := in(w), as(t, w, world.Admin, everything()...)
		by := actor(admin).UserID
		name := w.User(t, world.Admin).Name()
		early := made(admin, t, s, "Early", auth.ViewUsers)
		u := given(admin, t, s, w.User(t, world.Staff), early)
		w.Time.Advance(time.Hour)
		late := made(fresh(admin, w), t, s, "Late", auth.ViewUsers, auth.ManageStaff)
		given(fresh(admin, w), t, s, u, early, late)
		w.Time.Advance(time.Hour)
		if _, err := s.Save(fresh(admin, w), role.Change{ID: early.ID, Permissions: &[]auth.Permission{auth.ViewUsers, auth.ManageRoles}, Reason: "why"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SaveStaff(fresh(admin, w), role.StaffChange{UserID: u.ID, AdminLevel: new(true), Reason: "why"}); err != nil {
			t.Fatal(err)
		}
		used := w.Time.Now()
		if _, err := w.DB.AppendEntries(t.Context(), audit.Head{}, []audit.Entry{{
			InstitutionID: w.Bank.ID, Sequence: 1, At: used, ActorID: u.ID, ActorKind: auth.Staff, Action: audit.SavedStaff, TargetID: by, Outcome: audit.Done, MAC: []byte{1},
		}}); err != nil {
			t.Fatal(err)
		}

		began, then, now := world.Began, world.Began.Add(time.Hour), world.Began.Add(2*time.Hour)
		if diff := cmp.Diff([]role.Grant{
			{Permission: auth.ViewUsers, Roles: []string{"Early", "Late"}, Since: role.Given{At: began, By: by}, By: name},
			{Permission: auth.ViewNotificationHistory, Since: role.Given{At: now, By: by}, By: name},
			{Permission: auth.ManageRoles, Roles: []string{"Early"}, Since: role.Given{At: now, By: by}, By: name},
			{Permission: auth.ManageStaff, Roles: []string{"Late"}, Since: role.Given{At: then, By: by}, By: name, LastUsed: &used},
		}, reviewOf(t, w, s, u).Grants); diff != "" {
			t.Error(diff)
		}
		seeded := reviewOf(t, w, s, keeper(t, w)).Grants
		if len(seeded) != 2 || !seeded[0].Since.At.IsZero() || seeded[0].By != "" || len(seeded[0].Roles) != 1 {
			t.Errorf("of what was given before that was kept it says %+v", seeded)
		}
	})
}

func TestService_Review_WhoReads(t *testing.T) {
	w := world.New(t)
	s := in(w)
	for _, p := range auth.Permissions() {
		want := map[bool]fault.Code{true: "", false: fault.Forbidden}[p == auth.ViewAuditLog]
		ctx := w.As(t, w.User(t, world.Admin), p)
		_, _, err := s.Review(ctx, user.Filter{})
		world.WantCode(t, err, want)
		_, err = s.Export(ctx)
		world.WantCode(t, err, want)
		_, err = s.Staff(ctx, user.Filter{})
		world.WantCode(t, err, map[bool]fault.Code{true: "", false: fault.Forbidden}[p == auth.ManageStaff])
	}
}

func TestService_Export(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := in(w)
		want := map[string]bool{}
		for range 101 {
			want[w.User(t, world.Staff).Email] = true
		}
		formula := holds(t, w, w.User(t, world.Admin, func(u *user.User) { u.FirstName, u.LastName = "=HYPERLINK(1)", `Quote", comma` }), auth.ViewAuditLog)

		out, err := s.Export(w.As(t, formula, auth.ViewAuditLog))

		if err != nil || out.FileName != "access-review-2026-03-04.csv" || len(out.Staff) != 102 {
			t.Error(out.FileName, len(out.Staff), err)
		}
		lines, err := csv.NewReader(strings.NewReader(out.CSV)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, line := range lines[1:] {
			delete(want, line[1])
			if line[1] != formula.Email {
				continue
			}
			told++
			if line[0] != `'=HYPERLINK(1) Quote", comma` || line[2] != "Admin-level" || line[3] != "Active" {
				t.Errorf("%q", line)
			}
		}
		if told != 2 || len(want) > 0 {
			t.Errorf("%d lines of who may do two things, %d of the staff are missing", told, len(want))
		}
		if got := w.Audited.Actions(); !cmp.Equal(got, []audit.Action{audit.ExportedAccess}) {
			t.Errorf("on record: %v", got)
		}
	})
}

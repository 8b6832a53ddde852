package departure_test

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
	"github.com/factordesk/factordesk/internal/departure"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func in(w *world.World) *departure.Service {
	return &departure.Service{Store: w.DB, Users: &user.Service{Store: w.DB, Clock: w.Time}, Notices: w.Told, Audit: w.Audited, Clock: w.Time}
}

// holds gives a user of the staff a role with permissions.
func holds(t *testing.T, w *world.World, u user.User, p ...auth.Permission) user.User {
	t.Helper()
	if err := w.DB.GrantRole(t.Context(), u.InstitutionID, u.ID, user.Role{ID: id.New(id.Role), Name: "Of " + u.ID, Permissions: p}); err != nil {
		t.Fatal(err)
	}
	return u
}

func disabled(u *user.User) { u.Kind, u.DisabledAt = auth.Staff, new(world.Began) }

func closed(u *user.User) { u.Status = user.Closed }

func TestService_WhoMayDoItToWhom(t *testing.T) {
	w := world.New(t)
	s := in(w)
	agent, admin := w.User(t, world.Staff), w.User(t, world.Admin)
	may := func(u user.User) context.Context { return w.As(t, u, auth.ManageStaff, auth.ResetTwoFactorDevice) }
	operator := auth.WithActor(t.Context(), auth.OperatorOf(w.Bank.ID, w.Time.Now()))
	whose := map[string]func(u *user.User){
		"customer": func(*user.User) {}, "staff": world.Staff, "Admin": world.Admin, "disabled staff": disabled, "closed customer": closed,
		"disabled Admin": func(u *user.User) { world.Admin(u); disabled(u) },
	}
	for name, act := range map[string]struct {
		do   func(ctx context.Context, userID, why string) (user.User, error)
		want map[string][3]fault.Code // for staff, Admin-level staff and an operator
	}{
		"disable": {s.Disable, map[string][3]fault.Code{
			"customer": {fault.Conflict, fault.Conflict, fault.Conflict}, "closed customer": {fault.Conflict, fault.Conflict, fault.Conflict},
			"staff": {}, "Admin": {0: fault.Forbidden},
			"disabled staff": {fault.Conflict, fault.Conflict, fault.Conflict}, "disabled Admin": {fault.Forbidden, fault.Conflict, fault.Conflict},
		}},
		"enable": {s.Enable, map[string][3]fault.Code{
			"customer": {fault.Conflict, fault.Conflict, fault.Conflict}, "closed customer": {fault.Conflict, fault.Conflict, fault.Conflict},
			"staff": {fault.Conflict, fault.Conflict, fault.Conflict}, "Admin": {fault.Forbidden, fault.Conflict, fault.Conflict},
			"disabled staff": {}, "disabled Admin": {0: fault.Forbidden},
		}},
		"close": {s.Close, map[string][3]fault.Code{
			"customer": {}, "closed customer": {fault.Conflict, fault.Conflict, fault.Conflict},
			"staff": {fault.Forbidden, fault.Conflict, fault.Conflict}, "Admin": {fault.Forbidden, fault.Conflict, fault.Conflict},
			"disabled staff": {fault.Forbidden, fault.Conflict, fault.Conflict}, "disabled Admin": {fault.Forbidden, fault.Conflict, fault.Conflict},
		}},
	} {
		for target, want := range act.want {
			for i, ctx := range []context.Context{may(agent), may(admin), operator} {
				if _, err := act.do(ctx, w.User(t, whose[target]).ID, "why"); fault.CodeOf(err) != want[i] {
					t.Errorf("%s a %s as the %d.: %v, want %q", name, target, i+1, err, want[i])
				}
			}
		}
		for refused, test := range map[string]struct {
			ctx    context.Context
			userID string
			why    string
			want   fault.Code
		}{
			"nobody":                 {t.Context(), agent.ID, "why", fault.Unauthenticated},
			"without the permission": {w.As(t, admin, auth.ViewUsers, auth.ManageRoles), agent.ID, "why", fault.Forbidden},
			"a customer":             {w.As(t, w.User(t)), agent.ID, "why", fault.Forbidden},
			"for oneself":            {may(admin), admin.ID, "why", fault.Forbidden},
			"of another institution": {may(w.Stranger()), agent.ID, "why", fault.NotFound},
			"for nobody":             {may(admin), id.New(id.User), "why", fault.NotFound},
			"for what is no id":      {may(admin), "usr_\x00", "why", fault.NotFound},
		} {
			if _, err := act.do(test.ctx, test.userID, test.why); fault.CodeOf(err) != test.want {
				t.Errorf("%s, %s: %v, want %s", name, refused, err, test.want)
			}
		}
	}
}

func TestService_WantsAFreshFactorAndAReason(t *testing.T) {
	w := world.New(t)
	s := in(w)
	ctx := w.As(t, w.User(t, world.Admin), auth.ManageStaff, auth.ResetTwoFactorDevice)
	for name, act := range map[string]struct {
		do     func(ctx context.Context, userID, why string) (user.User, error)
		target user.User
	}{
		"disable": {s.Disable, w.User(t, world.Staff)}, "enable": {s.Enable, w.User(t, disabled)}, "close": {s.Close, w.User(t)},
	} {
		_, err := act.do(world.FactorAt(ctx, world.Began.Add(-16*time.Minute)), act.target.ID, "why")
		world.WantCode(t, err, fault.StepUpRequired)
		for _, why := range []string{"", " ", strings.Repeat("x", 501)} {
			_, err = act.do(ctx, act.target.ID, why)
			world.WantCode(t, err, fault.InvalidInput)
		}
		w.Audited.Err = errors.New("the record is full")
		if _, err = act.do(ctx, act.target.ID, "why"); err == nil {
			t.Errorf("%s is done without a record", name)
		}
		w.Audited.Err = nil
		found, err := w.DB.FindUser(t.Context(), w.Bank.ID, act.target.ID)
		if diff := cmp.Diff(act.target, found); err != nil || diff != "" {
			t.Errorf("%s: something was done: %v %s", name, err, diff)
		}
	}
}

func TestService_RecordsAndTells(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := in(w)
		ctx := w.As(t, w.User(t, world.Admin), auth.ManageStaff, auth.ResetTwoFactorDevice)
		staff, customer := w.User(t, world.Staff), w.User(t)
		waits := w.User(t, func(u *user.User) { u.Status, u.EmailProvedAt = user.Registered, time.Time{} })

		gone, err := s.Disable(ctx, staff.ID, " Left us ")
		if err != nil || gone.DisabledAt == nil || !gone.DisabledAt.Equal(world.Began) || !gone.Left() {
			t.Errorf("disabled: %+v %v", gone, err)
		}
		back, err := s.Enable(ctx, staff.ID, "Came back")
		if err != nil || back.DisabledAt != nil || back.Left() {
			t.Errorf("enabled: %+v %v", back, err)
		}
		for _, u := range []user.User{customer, waits} {
			if left, err := s.Close(ctx, u.ID, "Moved away"); err != nil || left.Status != user.Closed || !left.Left() {
				t.Errorf("closed: %+v %v", left, err)
			}
		}

		if diff := cmp.Diff([]world.Told{{Notice: notification.AccountClosed}}, w.Told.All); diff != "" {
			t.Error(diff)
		}
		ended := func(why string) map[string]string {
			return map[string]string{"reason": why, "sessions": "0", "codes": "0"}
		}
		if diff := cmp.Diff([]audit.Event{
			{Action: audit.DisabledUser, TargetID: staff.ID, Details: ended("Left us")},
			{Action: audit.EnabledUser, TargetID: staff.ID, Details: map[string]string{"reason": "Came back"}},
			{Action: audit.ClosedUser, TargetID: customer.ID, Details: ended("Moved away")},
			{Action: audit.ClosedUser, TargetID: waits.ID, Details: ended("Moved away")},
		}, w.Audited.Events); diff != "" {
			t.Error(diff)
		}
	})
}

// Somebody can always give and take what others may do: of those who can, frozen or not,
// the last one stays. Who is disabled, closed, or lacks one of the two, does not count.
func TestService_Disable_NeverTheLastWhoCanManage(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := in(w)
		both := []auth.Permission{auth.ManageRoles, auth.ManageStaff}
		last := holds(t, w, w.User(t, world.Staff), both...)
		holds(t, w, w.User(t, disabled), both...)
		holds(t, w, w.User(t, world.Staff, closed), both...)
		half := holds(t, w, w.User(t, world.Staff), auth.ManageStaff)
		taken := holds(t, w, w.User(t, world.Staff), both...)
		if err := w.DB.RemovePermissions(t.Context(), w.Bank.ID, taken.ID, both[:1]); err != nil {
			t.Fatal(err)
		}
		ctx := w.As(t, half, auth.ManageStaff)

		_, err := s.Disable(ctx, last.ID, "why")
		world.WantCode(t, err, fault.Conflict)
		if err == nil || !strings.Contains(err.Error(), "“Can manage roles” and “Can manage staff”") {
			t.Errorf("it says %v", err)
		}
		if found, err := w.DB.FindUser(t.Context(), w.Bank.ID, last.ID); err != nil || found.DisabledAt != nil {
			t.Errorf("disabled: %v %v", found.DisabledAt, err)
		}

		holds(t, w, w.User(t, world.Staff, world.Frozen), both...)
		if _, err := s.Disable(ctx, last.ID, "why"); err != nil {
			t.Errorf("the last but one: %v", err)
		}
	})
}

// Of the last two, each disabled by the other at the same time, one stays.
func TestService_Disable_OneOfTwoAtOnce(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		second := *w
		second.DB = w.Second(t)
		both := []auth.Permission{auth.ManageRoles, auth.ManageStaff}
		ann, bob := holds(t, w, w.User(t, world.Staff), both...), holds(t, w, w.User(t, world.Staff), both...)
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, try := range []struct {
			s          *departure.Service
			actor, who user.User
		}{{in(w), ann, bob}, {in(&second), bob, ann}} {
			ctx := w.As(t, try.actor, both...)
			wg.Go(func() { _, errs[i] = try.s.Disable(ctx, try.who.ID, "why") })
		}
		wg.Wait()

		if codes := [2]fault.Code{fault.CodeOf(errs[0]), fault.CodeOf(errs[1])}; codes != [2]fault.Code{fault.Conflict, ""} && codes != [2]fault.Code{"", fault.Conflict} {
			t.Errorf("both: %v", errs)
		}
	})
}

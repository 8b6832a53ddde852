package auth_test

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is sessions in a world, with one member of staff.
type desk struct {
	*auth.Sessions
	*world.World
	user user.User
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return deskIn(t, world.New(t))
}

func deskIn(t *testing.T, w *world.World) *desk {
	t.Helper()
	return &desk{auth.NewSessions(w.DB, w.Time), w, w.User(t, world.Staff)}
}

func (d *desk) start(t *testing.T) (token string) {
	t.Helper()
	return d.startAs(t, d.user)
}

func (d *desk) startAs(t *testing.T, u user.User) (token string) {
	t.Helper()
	token, err := d.Start(t.Context(), auth.Session{UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, FactorAt: world.Began})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (d *desk) resolve(t *testing.T, token string) (auth.Actor, fault.Code) {
	t.Helper()
	actor, err := d.Resolve(t.Context(), token, auth.Staff)
	return actor, fault.CodeOf(err)
}

// Whoever is frozen may be a thief: no session of frozen staff has a permission, those
// that were there before and those that begin after.
func TestSessions_FrozenStaffHoldNoPermission(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(t, w)
		boss := w.User(t, world.Admin)
		role := user.Role{ID: id.New(id.Role), Name: "All", Permissions: auth.Permissions()}
		if err := w.DB.GrantRole(t.Context(), w.Bank.ID, boss.ID, role); err != nil {
			t.Fatal(err)
		}
		before := d.startAs(t, boss)
		if actor, _ := d.resolve(t, before); len(actor.Permissions) != len(auth.Permissions()) {
			t.Fatalf("holds %v", actor.Permissions)
		}

		if err := w.DB.FreezeUser(t.Context(), w.Bank.ID, boss.ID, world.Began); err != nil {
			t.Fatal(err)
		}

		for _, token := range []string{before, d.startAs(t, boss)} {
			if actor, code := d.resolve(t, token); code != "" || len(actor.Permissions) > 0 || actor.Can(auth.ViewNotificationHistory) {
				t.Errorf("%q, holds %v", code, actor.Permissions)
			}
		}
		if ok, err := w.DB.UnfreezeUser(t.Context(), w.Bank.ID, boss.ID); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if actor, _ := d.resolve(t, before); len(actor.Permissions) != len(auth.Permissions()) {
			t.Errorf("unfrozen, holds %v", actor.Permissions)
		}
	})
}

func TestSessions_Resolve(t *testing.T) {
	t.Run("returns who acts", func(t *testing.T) {
		d := newDesk(t)

		actor, code := d.resolve(t, d.start(t))

		if code != "" || actor.UserID != d.user.ID || actor.InstitutionID != d.Bank.ID || !actor.FactorAt.Equal(world.Began) || actor.SessionID == "" {
			t.Errorf("got %v, %q", actor, code)
		}
	})

	t.Run("is UNAUTHENTICATED for tokens that nobody was given", func(t *testing.T) {
		d := newDesk(t)
		token := d.start(t)

		for _, other := range []string{"", "x", token + "x", auth.HashToken(token), auth.NewToken()} {
			if _, code := d.resolve(t, other); code != fault.Unauthenticated {
				t.Errorf("%q: %q", other, code)
			}
		}
	})

	t.Run("is UNAUTHENTICATED for the other kind of user", func(t *testing.T) {
		d := newDesk(t)

		if _, err := d.Resolve(t.Context(), d.start(t), auth.Customer); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
	})

	t.Run("ends a session that was idle for half an hour", func(t *testing.T) {
		for idle, want := range map[time.Duration]fault.Code{
			30*time.Minute - time.Microsecond: "", 30 * time.Minute: fault.Unauthenticated,
		} {
			d := newDesk(t)
			token := d.start(t)
			d.Time.Advance(idle)

			if _, code := d.resolve(t, token); code != want {
				t.Errorf("after %s: %q, want %q", idle, code, want)
			}
		}
	})

	t.Run("keeps a busy session for twelve hours, and no longer", func(t *testing.T) {
		d := newDesk(t)
		token := d.start(t)
		for range 35 { // every 20 minutes
			d.Time.Advance(20 * time.Minute)
			if _, code := d.resolve(t, token); code != "" {
				t.Fatalf("%s after the start: %q", d.Time.Now().Sub(world.Began), code)
			}
		}
		d.Time.Advance(20*time.Minute - time.Microsecond)
		if _, code := d.resolve(t, token); code != "" {
			t.Errorf("just before twelve hours: %q", code)
		}

		d.Time.Advance(time.Microsecond)

		if _, code := d.resolve(t, token); code != fault.Unauthenticated {
			t.Errorf("after twelve hours: %q", code)
		}
	})

	t.Run("writes the last use once a minute at most", func(t *testing.T) {
		d := newDesk(t)
		token := d.start(t)
		lastUsed := func() time.Duration {
			s, _, err := d.DB.FindActor(t.Context(), auth.HashToken(token))
			if err != nil {
				t.Fatal(err)
			}
			return s.LastUsedAt.Sub(world.Began)
		}

		for _, step := range []struct{ passes, want time.Duration }{
			{time.Minute - time.Microsecond, 0}, {time.Microsecond, time.Minute}, {30 * time.Second, time.Minute},
		} {
			d.Time.Advance(step.passes)
			d.resolve(t, token)
			if got := lastUsed(); got != step.want {
				t.Errorf("%s after the start the last use is at %s, want %s", d.Time.Now().Sub(world.Began), got, step.want)
			}
		}
	})
}

func TestSessions_Renew(t *testing.T) {
	d := newDesk(t)
	token := d.start(t)
	actor, _ := d.resolve(t, token)
	d.Time.Advance(20 * time.Minute)

	fresh, err := d.Renew(auth.WithActor(t.Context(), actor), time.Time{})
	if err != nil {
		t.Fatal(err)
	}

	t.Run("kills the old token", func(t *testing.T) {
		if _, code := d.resolve(t, token); code != fault.Unauthenticated {
			t.Errorf("got %q", code)
		}
	})
	t.Run("makes the factor fresh in the same session", func(t *testing.T) {
		renewed, code := d.resolve(t, fresh)
		if code != "" || !renewed.FactorAt.Equal(d.Time.Now()) || renewed.SessionID != actor.SessionID {
			t.Errorf("got %v, %q", renewed, code)
		}
	})
	t.Run("does not make the session longer", func(t *testing.T) {
		s, _, err := d.DB.FindActor(t.Context(), auth.HashToken(fresh))
		if err != nil || !s.ExpiresAt.Equal(world.Began.Add(12*time.Hour)) {
			t.Errorf("it ends at %s, %v", s.ExpiresAt, err)
		}
	})
	t.Run("is UNAUTHENTICATED for nobody", func(t *testing.T) {
		if _, err := d.Renew(t.Context(), time.Time{}); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
	})
}

func TestSessions_End(t *testing.T) {
	t.Run("ends the actor's session and no other", func(t *testing.T) {
		d := newDesk(t)
		mine, other := d.start(t), d.start(t)
		actor, _ := d.resolve(t, mine)

		if err := d.End(auth.WithActor(t.Context(), actor)); err != nil {
			t.Fatal(err)
		}

		if _, code := d.resolve(t, mine); code != fault.Unauthenticated {
			t.Errorf("mine: %q", code)
		}
		if _, code := d.resolve(t, other); code != "" {
			t.Errorf("the other: %q", code)
		}
	})

	t.Run("is UNAUTHENTICATED for nobody", func(t *testing.T) {
		if err := newDesk(t).End(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
	})
}

func TestNewToken(t *testing.T) {
	t.Run("has 256 bits and never comes twice", func(t *testing.T) {
		seen := map[string]bool{}
		for range 1000 {
			token := auth.NewToken()
			if len(token) != 43 || seen[token] {
				t.Fatalf("%q", token)
			}
			seen[token] = true
		}
	})
}

package auth_test

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// desk is a store with one staff user, and sessions on a clock that stands still.
type desk struct {
	*auth.Sessions
	clock *clock.Fake
	store *store.DB
}

func newDesk(t *testing.T) desk {
	t.Helper()
	return newDeskAt(t, storetest.SQLite(t))
}

func newDeskAt(t *testing.T, url string) desk {
	t.Helper()
	db := storetest.Open(t, url)
	if err := db.CreateInstitution(t.Context(), institution.Institution{ID: "ins_1", Slug: "bank", CreatedAt: began}); err != nil {
		t.Fatal(err)
	}
	fake := clock.NewFake(began)
	d := desk{auth.NewSessions(db, fake), fake, db}
	d.add(t, "usr_1")
	return d
}

// add makes a member of staff.
func (d desk) add(t *testing.T, userID string) {
	t.Helper()
	u := user.User{ID: userID, InstitutionID: "ins_1", Kind: auth.Staff, Email: userID + "@harbor.example", CreatedAt: began}
	if err := d.store.CreateUser(t.Context(), u, ""); err != nil {
		t.Fatal(err)
	}
}

func (d desk) start(t *testing.T) (token string) {
	t.Helper()
	return d.startAs(t, "usr_1")
}

func (d desk) startAs(t *testing.T, userID string) (token string) {
	t.Helper()
	token, err := d.Start(t.Context(), auth.Session{UserID: userID, InstitutionID: "ins_1", Kind: auth.Staff, FactorAt: began})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (d desk) resolve(t *testing.T, token string) (auth.Actor, fault.Code) {
	t.Helper()
	actor, err := d.Resolve(t.Context(), token, auth.Staff)
	return actor, fault.CodeOf(err)
}

func TestSessions_Resolve(t *testing.T) {
	t.Run("gives who acts", func(t *testing.T) {
		d := newDesk(t)

		actor, code := d.resolve(t, d.start(t))

		if code != "" || actor.UserID != "usr_1" || actor.InstitutionID != "ins_1" || !actor.FactorAt.Equal(began) || actor.SessionID == "" {
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
			d.clock.Advance(idle)

			if _, code := d.resolve(t, token); code != want {
				t.Errorf("after %s: %q, want %q", idle, code, want)
			}
		}
	})

	t.Run("keeps a busy session for twelve hours, and no longer", func(t *testing.T) {
		d := newDesk(t)
		token := d.start(t)
		for range 35 { // every 20 minutes
			d.clock.Advance(20 * time.Minute)
			if _, code := d.resolve(t, token); code != "" {
				t.Fatalf("%s after the start: %q", d.clock.Now().Sub(began), code)
			}
		}
		d.clock.Advance(20*time.Minute - time.Microsecond)
		if _, code := d.resolve(t, token); code != "" {
			t.Errorf("just before twelve hours: %q", code)
		}

		d.clock.Advance(time.Microsecond)

		if _, code := d.resolve(t, token); code != fault.Unauthenticated {
			t.Errorf("after twelve hours: %q", code)
		}
	})

	t.Run("writes the last use once a minute at most", func(t *testing.T) {
		d := newDesk(t)
		token := d.start(t)
		lastUsed := func() time.Duration {
			s, _, err := d.store.FindActor(t.Context(), auth.HashToken(token))
			if err != nil {
				t.Fatal(err)
			}
			return s.LastUsedAt.Sub(began)
		}

		for _, step := range []struct{ passes, want time.Duration }{
			{time.Minute - time.Microsecond, 0}, {time.Microsecond, time.Minute}, {30 * time.Second, time.Minute},
		} {
			d.clock.Advance(step.passes)
			d.resolve(t, token)
			if got := lastUsed(); got != step.want {
				t.Errorf("%s after the start the last use is at %s, want %s", d.clock.Now().Sub(began), got, step.want)
			}
		}
	})
}

func TestSessions_Renew(t *testing.T) {
	d := newDesk(t)
	token := d.start(t)
	actor, _ := d.resolve(t, token)
	d.clock.Advance(20 * time.Minute)

	fresh, err := d.Renew(auth.WithActor(t.Context(), actor))
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
		if code != "" || !renewed.FactorAt.Equal(d.clock.Now()) || renewed.SessionID != actor.SessionID {
			t.Errorf("got %v, %q", renewed, code)
		}
	})
	t.Run("does not make the session longer", func(t *testing.T) {
		s, _, err := d.store.FindActor(t.Context(), auth.HashToken(fresh))
		if err != nil || !s.ExpiresAt.Equal(began.Add(12*time.Hour)) {
			t.Errorf("it ends at %s, %v", s.ExpiresAt, err)
		}
	})
	t.Run("is UNAUTHENTICATED for nobody", func(t *testing.T) {
		if _, err := d.Renew(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
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

package auth_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// onBoth runs a test on both databases, and hands it the database as another process
// sees it, too.
func onBoth(t *testing.T, test func(t *testing.T, d *desk, elsewhere *store.DB)) {
	world.OnBoth(t, func(t *testing.T, w *world.World) { test(t, deskIn(t, w), w.Second(t)) })
}

// cost counts the statements that resolving a token takes.
func (d *desk) cost(t *testing.T, token string) int64 {
	t.Helper()
	before := d.DB.Statements()
	if _, code := d.resolve(t, token); code != "" {
		t.Fatalf("the session is over: %s", code)
	}
	return d.DB.Statements() - before
}

func TestSessions_KnowWhoCalledAMomentAgo(t *testing.T) {
	d := newDesk(t)
	token := d.start(t)

	for _, step := range []struct {
		name   string
		passes time.Duration
		want   int64
	}{
		{"the first time", 0, 1},
		{"at once", 0, 0},
		{"just within the bound", auth.RevokedWithin - time.Microsecond, 0},
		{"at the bound, which hits do not move", time.Microsecond, 1},
		{"after the clock was set back", -time.Second, 1},
		{"just before the last use is due to be written", 58 * time.Second, 1},
		{"when it is due, however fresh the entry", time.Second, 2},
		{"after that was written", 0, 1},
		{"and from then on", 0, 0},
	} {
		d.Time.Advance(step.passes)
		if got := d.cost(t, token); got != step.want {
			t.Errorf("%s: %d statements, want %d", step.name, got, step.want)
		}
	}
	if _, err := d.Resolve(t.Context(), token, auth.Customer); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("as the other kind of user: %v", err)
	}
}

func TestSessions_EndByTheClockHoweverFreshTheyAreKnown(t *testing.T) {
	d := newDesk(t)
	token := d.start(t)
	for range 25 {
		d.Time.Advance(28 * time.Minute)
		d.cost(t, token)
	}
	d.Time.Advance(world.Began.Add(auth.AbsoluteTimeout).Sub(d.Time.Now()) - time.Microsecond)
	d.cost(t, token)
	if d.cost(t, token); d.cost(t, token) != 0 {
		t.Fatal("the session is not known")
	}

	d.Time.Advance(time.Microsecond)

	if _, code := d.resolve(t, token); code != fault.Unauthenticated {
		t.Errorf("after twelve hours: %q", code)
	}
}

// ends are the ways in which a session ends before its time.
var ends = map[string]func(ctx context.Context, db *store.DB, a auth.Actor) error{
	"by itself": func(ctx context.Context, db *store.DB, a auth.Actor) error {
		_, err := db.EndSessionOf(ctx, a.UserID, a.SessionID, world.Began)
		return err
	},
	"with all others": func(ctx context.Context, db *store.DB, a auth.Actor) error {
		return db.InTx(ctx, func(ctx context.Context) error {
			_, err := db.EndSessionsOf(ctx, a.UserID, "", world.Began)
			return err
		})
	},
	"with the account": func(ctx context.Context, db *store.DB, a auth.Actor) error {
		return db.SetUserStatus(ctx, a.InstitutionID, a.UserID, user.Closed)
	},
	"by another token": func(ctx context.Context, db *store.DB, a auth.Actor) error {
		return db.RenewSession(ctx, auth.Session{
			UserID: a.UserID, ID: a.SessionID, TokenHash: auth.HashToken(auth.NewToken()), LastUsedAt: world.Began, FactorAt: world.Began,
		})
	},
}

func TestSessions_ThatEndHereEndAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk, _ *store.DB) {
		for name, end := range ends {
			token := d.startAs(t, d.User(t, world.Staff))
			actor, _ := d.resolve(t, token)

			if err := end(t.Context(), d.DB, actor); err != nil {
				t.Fatal(err)
			}

			if _, code := d.resolve(t, token); code != fault.Unauthenticated {
				t.Errorf("%s: %q", name, code)
			}
		}
	})
}

func TestSessions_ThatEndElsewhereEndWithinTheBound(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk, elsewhere *store.DB) {
		for name, end := range ends {
			token := d.startAs(t, d.User(t, world.Staff))
			actor, _ := d.resolve(t, token)

			if err := end(t.Context(), elsewhere, actor); err != nil {
				t.Fatal(err)
			}

			d.Time.Advance(auth.RevokedWithin - time.Microsecond)
			if _, code := d.resolve(t, token); code != "" {
				t.Errorf("%s: before the bound it is known still: %q", name, code)
			}
			d.Time.Advance(time.Microsecond)
			if _, code := d.resolve(t, token); code != fault.Unauthenticated {
				t.Errorf("%s: at the bound: %q", name, code)
			}
		}
	})
}

func TestSessions_GiveNoPermissionThatWasTakenHere(t *testing.T) {
	d := newDesk(t)
	token := d.start(t)
	can := func() bool {
		actor, _ := d.resolve(t, token)
		return actor.Can(auth.ViewUsers)
	}
	if can() {
		t.Error("before it was granted")
	}
	grant := user.Role{ID: "rol_1", Name: "Viewer", Permissions: []auth.Permission{auth.ViewUsers}}
	if err := d.DB.GrantRole(t.Context(), d.Bank.ID, d.user.ID, grant); err != nil || !can() {
		t.Errorf("granted and missing: %v", err)
	}
	if err := d.DB.RemovePermissions(t.Context(), d.Bank.ID, d.user.ID, grant.Permissions); err != nil || can() {
		t.Errorf("taken and still there: %v", err)
	}
}

func TestSessions_Confirm(t *testing.T) {
	// calling is a request of someone who is known from the one before.
	calling := func(t *testing.T, d *desk) context.Context {
		t.Helper()
		token := d.start(t)
		d.cost(t, token)
		actor, _ := d.resolve(t, token)
		return auth.WithActor(t.Context(), actor)
	}

	t.Run("makes nobody of one whose session ended elsewhere", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk, elsewhere *store.DB) {
			ctx := calling(t, d)
			if _, err := elsewhere.EndSessionsOf(t.Context(), d.user.ID, "", world.Began); err != nil {
				t.Fatal(err)
			}

			err := d.Confirm(ctx)

			if actor, ok := auth.FromContext(ctx); err != nil || ok {
				t.Errorf("got %v, %v", actor, err)
			}
		})
	})

	t.Run("takes what was taken elsewhere", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk, elsewhere *store.DB) {
			grant := user.Role{ID: "rol_1", Name: "Viewer", Permissions: auth.Permissions()}
			if err := d.DB.GrantRole(t.Context(), d.Bank.ID, d.user.ID, grant); err != nil {
				t.Fatal(err)
			}
			ctx := calling(t, d)
			if err := elsewhere.RemovePermissions(t.Context(), d.Bank.ID, d.user.ID, []auth.Permission{auth.ViewUsers}); err != nil {
				t.Fatal(err)
			}

			err := d.Confirm(ctx)

			if actor, _ := auth.FromContext(ctx); err != nil || actor.Can(auth.ViewUsers) || !actor.Can(auth.ManageRoles) {
				t.Errorf("got %v, %v", actor, err)
			}
		})
	})

	t.Run("asks once", func(t *testing.T) {
		d := newDesk(t)
		ctx := calling(t, d)
		before := d.DB.Statements()
		for range 3 {
			if err := d.Confirm(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if got := d.DB.Statements() - before; got != 1 {
			t.Errorf("%d statements", got)
		}
	})

	t.Run("fails where the database does", func(t *testing.T) {
		d := newDesk(t)
		ctx := calling(t, d)
		if err := d.DB.Close(); err != nil {
			t.Fatal(err)
		}
		if err := d.Confirm(ctx); err == nil || fault.CodeOf(err) == fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
	})
}

// slow is a store that has read and has not answered yet when something happens.
type slow struct {
	*store.DB
	meanwhile func()
}

func (s slow) FindActor(ctx context.Context, tokenHash string) (auth.Session, auth.Actor, error) {
	session, actor, err := s.DB.FindActor(ctx, tokenHash)
	s.meanwhile()
	return session, actor, err
}

func TestSessions_DoNotRememberWhatWasReadBeforeAnEnd(t *testing.T) {
	d := newDesk(t)
	token := d.start(t)
	sessions := auth.NewSessions(slow{d.DB, sync.OnceFunc(func() {
		if _, err := d.DB.EndSessionsOf(t.Context(), d.user.ID, "", world.Began); err != nil {
			t.Error(err)
		}
	})}, d.Time)

	if _, err := sessions.Resolve(t.Context(), token, auth.Staff); err != nil {
		t.Errorf("it was read before the end: %v", err)
	}
	if _, err := sessions.Resolve(t.Context(), token, auth.Staff); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("after the end: %v", err)
	}
}

// Whoever begins to resolve after the end of a session was told finds it ended,
// however many resolve it just then.
func TestSessions_EndForAllWhoResolveAtOnce(t *testing.T) {
	const many, rounds = 64, 3
	onBoth(t, func(t *testing.T, d *desk, _ *store.DB) {
		for range rounds {
			token := d.start(t)
			actor, _ := d.resolve(t, token)
			var over atomic.Bool
			var resolving, running sync.WaitGroup
			resolving.Add(many)
			for range many {
				running.Go(func() {
					first := sync.OnceFunc(resolving.Done)
					defer first()
					for after := false; !after; {
						after = over.Load()
						_, err := d.Resolve(t.Context(), token, auth.Staff)
						first()
						if code := fault.CodeOf(err); code != fault.Unauthenticated && (after || code != "") {
							t.Errorf("over: %t, and yet %v", after, err)
							return
						}
					}
				})
			}
			resolving.Wait()
			err := d.DB.InTx(t.Context(), func(ctx context.Context) error {
				_, err := d.DB.EndSessionOf(ctx, actor.UserID, actor.SessionID, world.Began)
				return err
			})
			over.Store(true)
			running.Wait()
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

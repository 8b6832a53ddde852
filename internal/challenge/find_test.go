package challenge_test

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_Find(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		find := func(t *testing.T) challenge.Challenge {
			t.Helper()
			found, err := d.Find(t.Context(), c.Token)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}

		t.Run("returns the challenge as it began, while nothing was sent", func(t *testing.T) {
			found := find(t)
			if found.Token != c.Token || found.Step != c.Step || !found.ExpiresAt.Equal(c.ExpiresAt) || len(found.Options) != 1 {
				t.Fatalf("got %+v", found)
			}
			if o := found.Options[0]; o.ID != ann.option() || o.Label != c.Options[0].Label || o.SentAt() != nil || o.RetryAfterSeconds() != nil {
				t.Errorf("got %+v", o)
			}
		})

		t.Run("says when the newest code was sent, and the wait for another", func(t *testing.T) {
			d.send(t, c, ann)
			sent := d.Time.Now()
			d.Time.Advance(20 * time.Second)
			if o := find(t).Options[0]; !o.SentAt().Equal(sent) || *o.RetryAfterSeconds() != 10 {
				t.Errorf("got %v, %v", o.SentAt(), *o.RetryAfterSeconds())
			}
			d.Time.Advance(time.Minute)
			if o := find(t).Options[0]; *o.RetryAfterSeconds() != 0 {
				t.Errorf("got %v", *o.RetryAfterSeconds())
			}
		})

		t.Run("tells nothing of a code that surely was not sent", func(t *testing.T) {
			d.Inbox.Err = fault.Errorf(fault.ProviderError, "no")
			_, err := d.SendCode(t.Context(), c.Token, ann.option(), false)
			d.Inbox.Err = nil
			world.WantCode(t, err, fault.ProviderError)
			if o := find(t).Options[0]; o.SentAt() != nil {
				t.Errorf("got %v", o.SentAt())
			}
		})

		t.Run("counts the ids that are none, whose source waits in the end", func(t *testing.T) {
			guesser := from(t, "203.0.113.7", "")
			for range 100 {
				_, err := d.Find(guesser, "none")
				world.WantCode(t, err, fault.NotFound)
			}
			_, err := d.Find(guesser, c.Token)
			world.WantCode(t, err, fault.Throttled)
			_, err = d.Find(from(t, "203.0.113.8", ""), c.Token)
			world.WantCode(t, err, "")
		})

		t.Run("is NOT_FOUND at the other client", func(t *testing.T) {
			_, err := d.Find(auth.WithClient(t.Context(), auth.Client{Kind: auth.Staff}), c.Token)
			world.WantCode(t, err, fault.NotFound)
		})

		t.Run("is EXPIRED once it is met, its time is over or the user may not sign in", func(t *testing.T) {
			met := d.signIn(t, ann)
			d.Time.Advance(time.Minute)
			if _, err := d.Verify(t.Context(), met.Token, ann.option(), d.send(t, met, ann)); err != nil {
				t.Fatal(err)
			}
			late, closed := d.signIn(t, ann), d.signIn(t, ann)
			_, err := d.Find(t.Context(), met.Token)
			world.WantCode(t, err, fault.Expired)
			if err := d.DB.SetUserStatus(t.Context(), d.Bank.ID, ann.ID, user.Closed); err != nil {
				t.Fatal(err)
			}
			_, err = d.Find(t.Context(), closed.Token)
			world.WantCode(t, err, fault.Expired)
			d.Time.Advance(15 * time.Minute)
			_, err = d.Find(t.Context(), late.Token)
			world.WantCode(t, err, fault.Expired)
		})

		t.Run("is for the session alone that steps up", func(t *testing.T) {
			bob := d.person(t, "bob@customer.example")
			mine := d.session(t, d.enter(t, bob).Token)
			c, err := d.StartStepUp(mine)
			if err != nil {
				t.Fatal(err)
			}
			_, err = d.Find(mine, c.Token)
			world.WantCode(t, err, "")
			_, err = d.Find(t.Context(), c.Token)
			world.WantCode(t, err, fault.Unauthenticated)
			_, err = d.Find(d.session(t, d.enter(t, bob).Token), c.Token)
			world.WantCode(t, err, fault.NotFound)
		})
	})
}

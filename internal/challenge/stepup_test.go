package challenge_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// session returns the context of a signed-in person's requests.
func (d *desk) session(t *testing.T, token string) context.Context {
	t.Helper()
	actor, err := d.sessions.Resolve(t.Context(), token, auth.Customer)
	if err != nil {
		t.Fatal(err)
	}
	return auth.WithActor(t.Context(), actor)
}

func TestService_StartStepUp(t *testing.T) {
	t.Run("makes the factor of the session fresh, under a new token", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		token := d.enter(t, ann).Token
		d.Time.Advance(20 * time.Minute)
		mine := d.session(t, token)
		c, err := d.StartStepUp(mine)
		if err != nil || c.Step != challenge.StepUp || len(c.Options) != 1 {
			t.Fatalf("got %+v, %v", c, err)
		}
		if _, err := d.SendCode(mine, c.Token, ann.option(), false); err != nil {
			t.Fatal(err)
		}

		proof, err := d.Verify(mine, c.Token, ann.option(), d.Inbox.Last().Code)

		if err != nil || proof.Token == "" || proof.Token == token || proof.BrowserToken != "" {
			t.Fatalf("got %+v, %v", proof, err)
		}
		if _, err := d.sessions.Resolve(t.Context(), token, auth.Customer); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("the old token: %v", err)
		}
		actor, err := d.sessions.Resolve(t.Context(), proof.Token, auth.Customer)
		if err != nil || !actor.FactorAt.Equal(d.Time.Now()) {
			t.Errorf("the new one: %+v, %v", actor, err)
		}
		if !slices.Equal(d.Audited.Actions(), []audit.Action{audit.SignedIn, audit.SteppedUp}) {
			t.Errorf("recorded %v", d.Audited.Actions())
		}
	})

	t.Run("is bound to the session: no other, and nobody, can go on with it", func(t *testing.T) {
		d := newDesk(t)
		ann, bob := d.person(t, "ann@customer.example"), d.person(t, "bob@customer.example")
		mine := d.session(t, d.enter(t, ann).Token)
		another := d.session(t, d.enter(t, ann).Token)
		his := d.session(t, d.enter(t, bob).Token)
		c, err := d.StartStepUp(mine)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.SendCode(mine, c.Token, ann.option(), false); err != nil {
			t.Fatal(err)
		}

		for _, test := range []struct {
			ctx  context.Context
			want fault.Code
		}{
			{another, fault.NotFound}, {his, fault.NotFound}, {t.Context(), fault.Unauthenticated},
		} {
			_, err := d.SendCode(test.ctx, c.Token, ann.option(), false)
			world.WantCode(t, err, test.want)
			_, err = d.Verify(test.ctx, c.Token, ann.option(), d.Inbox.Last().Code)
			world.WantCode(t, err, test.want)
		}
		_, err = d.Verify(mine, c.Token, ann.option(), d.Inbox.Last().Code)
		world.WantCode(t, err, "")
	})

	t.Run("counts wrong codes as those of a known browser", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		mine := d.session(t, d.enter(t, ann).Token)
		for range 5 { // a stranger's
			_, err := d.Verify(t.Context(), d.signIn(t, ann).Token, ann.option(), "")
			world.WantCode(t, err, fault.WrongCode)
		}
		c, err := d.StartStepUp(mine)
		if err != nil {
			t.Fatal(err)
		}

		_, err = d.Verify(mine, c.Token, ann.option(), "")

		world.WantCode(t, err, fault.WrongCode) // and not THROTTLED
	})

	t.Run("is UNAUTHENTICATED for nobody", func(t *testing.T) {
		_, err := newDesk(t).StartStepUp(t.Context())

		world.WantCode(t, err, fault.Unauthenticated)
	})
}

func TestService_SignOut(t *testing.T) {
	t.Run("ends the session and says so in the record", func(t *testing.T) {
		d := newDesk(t)
		token := d.enter(t, d.person(t, "ann@customer.example")).Token

		if err := d.SignOut(d.session(t, token)); err != nil {
			t.Fatal(err)
		}

		if _, err := d.sessions.Resolve(t.Context(), token, auth.Customer); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
		if !slices.Equal(d.Audited.Actions(), []audit.Action{audit.SignedIn, audit.SignedOut}) {
			t.Errorf("recorded %v", d.Audited.Actions())
		}
	})

	t.Run("is UNAUTHENTICATED for nobody", func(t *testing.T) {
		world.WantCode(t, newDesk(t).SignOut(t.Context()), fault.Unauthenticated)
	})
}

package challenge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/user"
)

// failing is a store that breaks between the statement that spends a code and the
// one that completes the challenge.
type failing struct {
	challenge.Store
	broken error
}

func (s *failing) CompleteChallenge(context.Context, string, time.Time) (bool, error) {
	return false, s.broken
}

// A code whose sign-in fails is not spent: it signs in once the database is there
// again, and once only.
func TestService_Verify_spendsNothingWithoutASignIn(t *testing.T) {
	const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for way, code := range map[string]func(t *testing.T, d *desk, ann person, c challenge.Challenge) (option, code string){
		"by an app": func(t *testing.T, d *desk, ann person, _ challenge.Challenge) (string, string) {
			apps := &authenticator.Service{Store: d.DB, Institutions: d.Institutions, Keys: secret.Development(), Attempts: d.Attempts, Clock: d.Time, AppClock: d.Time}
			d.Authenticators = apps
			if err := apps.Add(t.Context(), ann.User, "App", secret.NewText(seed)); err != nil {
				t.Fatal(err)
			}
			devices, err := d.DB.ListDevices(t.Context(), ann.InstitutionID, []string{ann.ID})
			if err != nil {
				t.Fatal(err)
			}
			shown, err := totp.GenerateCode(seed, d.Time.Now())
			if err != nil {
				t.Fatal(err)
			}
			return "AUTHENTICATOR_APP:" + devices[1].Common().ID, shown
		},
		"by text": func(t *testing.T, d *desk, ann person, c challenge.Challenge) (string, string) {
			return ann.option(), d.send(t, c, ann)
		},
	} {
		t.Run(way, func(t *testing.T) {
			world.OnBoth(t, func(t *testing.T, w *world.World) {
				d := deskIn(w)
				ann := d.person(t, "ann@customer.example")
				c, again := d.signIn(t, ann), d.signIn(t, ann)
				option, code := code(t, d, ann, c)
				broken := &failing{d.Store, errors.New("the database is gone")}

				d.Store = broken
				for range 2 {
					if _, err := d.Verify(t.Context(), c.Token, option, code); !errors.Is(err, broken.broken) {
						t.Fatalf("got %v", err)
					}
				}
				d.Store = broken.Store

				_, err := d.Verify(t.Context(), c.Token, option, code)
				world.WantCode(t, err, "")
				_, err = d.Verify(t.Context(), again.Token, option, code)
				world.WantCode(t, err, fault.WrongCode)
			})
		})
	}
}

// An account that was closed while its owner held a challenge.
func TestService_closed(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		if err := d.DB.SetUserStatus(t.Context(), ann.InstitutionID, ann.ID, user.Closed); err != nil {
			t.Fatal(err)
		}
		d.Audited.Events = nil

		_, err := d.Verify(t.Context(), c.Token, ann.option(), code)
		world.WantCode(t, err, fault.Expired)
		_, err = d.SendCode(t.Context(), c.Token, ann.option(), false)
		world.WantCode(t, err, fault.Expired)

		if len(d.Audited.Events) != 2 || d.Audited.Events[0].Action != audit.SecondFactorFailed || d.Audited.Events[0].Outcome != fault.Expired {
			t.Errorf("recorded %+v", d.Audited.Events)
		}
	})
}

// closing is a store in which somebody closes the account between the look at it and
// the transaction.
type closing struct {
	challenge.Store
	close func(ctx context.Context)
}

func (s *closing) LockUser(ctx context.Context, institutionID, userID string) (user.User, error) {
	s.close(ctx)
	return s.Store.LockUser(ctx, institutionID, userID)
}

func TestService_closedMeanwhile(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		d.Store = &closing{d.Store, func(ctx context.Context) {
			if err := w.DB.SetUserStatus(ctx, ann.InstitutionID, ann.ID, user.Closed); err != nil {
				t.Error(err)
			}
		}}

		_, err := d.Verify(t.Context(), c.Token, ann.option(), code)

		world.WantCode(t, err, fault.Expired)
	})
}

package authenticator_test

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

// oneClock is a database whose clock is the world's, and one more process that agrees.
type oneClock struct{ clock.Clock }

func (c oneClock) DatabaseTime(context.Context) (time.Time, bool, error) { return c.Now(), true, nil }

func (oneClock) ReportClock(context.Context, string, time.Duration, time.Time, time.Time, time.Duration) (int, error) {
	return 1, nil
}

// Whoever signs in at a process whose machine is ahead, or behind, is let in there, and
// afterwards at the others: with the code that their app shows, step for step.
func TestService_OfAProcessWhoseClockIsOff(t *testing.T) {
	for _, off := range []time.Duration{-10 * time.Minute, -45 * time.Second, 45 * time.Second, 10 * time.Minute} {
		t.Run(off.String(), func(t *testing.T) {
			world.OnBoth(t, func(t *testing.T, w *world.World) {
				d := deskIn(w)
				u := d.User(t)
				app := d.bound(t, u)
				machine := &clock.Shared{Machine: ahead{w.Time, off}, Reference: oneClock{w.Time}, Limit: 5 * time.Second}
				if err := machine.Check(t.Context()); err != nil {
					t.Fatal(err)
				}
				other := *d.Service
				other.Clock, other.AppClock = machine, machine.World()

				for i, service := range []*authenticator.Service{&other, &other, &other, d.Service, &other, d.Service} {
					w.Time.Advance(30 * time.Second)
					code, err := totp.GenerateCode(app.Secret.Reveal(), w.Time.Now())
					if err != nil {
						t.Fatal(err)
					}
					if ok, err := verify(t.Context(), service, u.InstitutionID, app.Device.ID, code); err != nil || !ok {
						t.Errorf("sign-in %d: %v, %v", i, ok, err)
					}
				}
			})
		})
	}
}

// ahead is the clock of a machine that is off.
type ahead struct {
	clock.Clock
	by time.Duration
}

func (a ahead) Now() time.Time { return a.Clock.Now().Add(a.by) }

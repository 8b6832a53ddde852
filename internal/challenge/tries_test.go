package challenge_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Tries at once, from as many networks, gain nothing, and the owner is told once.
func TestService_SignIn_manyAtOnce(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		ann := d.person(t, "ann@customer.example")
		wrong := challenge.Credentials{Institution: "harbor", Username: ann.Email, Password: "wrong"}
		var looked atomic.Int64
		try := func(i int) {
			switch _, err := d.SignIn(from(t, fmt.Sprintf("2001:db8:%x::1", i), ""), wrong); fault.CodeOf(err) {
			case fault.WrongCredentials:
				looked.Add(1)
			case fault.Throttled:
			default:
				t.Error(err)
			}
		}
		var done sync.WaitGroup
		for i := range 160 {
			done.Go(func() { try(i) })
		}
		done.Wait()

		if n := looked.Load(); n != 100 {
			t.Errorf("%d passwords were looked at", n)
		}
		if len(d.Told.All) != 1 || d.Told.All[0] != (world.Told{Notice: notification.ManyWrongPasswords}) {
			t.Errorf("told %v", d.Told.All)
		}
	})
}

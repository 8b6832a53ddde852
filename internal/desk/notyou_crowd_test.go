package desk_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Of many who press one button at once, over two processes, one does.
func TestNotYou_WorksOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		path, second := link(t, d, d.Harbor.Customer), d.Second()
		var done atomic.Int32
		var all sync.WaitGroup
		for i := range 64 {
			all.Go(func() {
				browser := []*desktest.Desk{d, second}[i%2].Browser("")
				browser.Address = fmt.Sprintf("192.0.2.%d", i+1)
				switch w := browser.Send(httptest.NewRequest("POST", path, nil)); w.Code {
				case http.StatusOK:
					done.Add(1)
				case http.StatusGone:
				default:
					t.Errorf("%d %s", w.Code, w.Body)
				}
			})
		}
		all.Wait()
		if done.Load() != 1 {
			t.Errorf("it worked %d times", done.Load())
		}
	})
}

// Whoever signs in at the very moment is out as well.
func TestNotYou_EndsASignInThatIsBeingCompleted(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		for range 8 {
			d.Clock.Advance(time.Hour) // between two codes
			path, thief := link(t, d, customer), d.Browser(auth.Customer)
			open := thief.Challenge(customer)
			thief.Do(sendCode, open).OK()
			open["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
			var both sync.WaitGroup
			both.Go(func() { thief.Do(verify, open) })
			both.Go(func() {
				if w := page(d, "POST", path); w.Code != http.StatusOK {
					t.Errorf("%d %s", w.Code, w.Body)
				}
			})
			both.Wait()

			if a := thief.Do(`{ viewer { user { id } } }`).OK(); a.At("viewer") != nil {
				t.Errorf("still in: %s", a.Body)
			}
		}
	})
}

// Codes that staff are making at the very moment are void as well.
func TestNotYou_VoidsCodesThatAreBeingMade(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		for range 8 {
			path := link(t, d, customer)
			confirmation := V{"token": admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")}
			var both sync.WaitGroup
			both.Go(func() { admin.Do(generate, confirmation) })
			both.Go(func() {
				if w := page(d, "POST", path); w.Code != http.StatusOK {
					t.Errorf("%d %s", w.Code, w.Body)
				}
			})
			both.Wait()

			if a := d.As(d.Harbor.Admin).Do(`query($user: ID!) { user(id: $user) { backupCodes { remaining } } }`, V{"user": customer.ID}).OK(); a.At("user.backupCodes") != nil &&
				a.At("user.backupCodes.remaining") != 0.0 {
				t.Errorf("still good: %s", a.Body)
			}
		}
	})
}

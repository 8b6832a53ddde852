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
		for i := range 8 {
			d.Clock.Advance(time.Hour) // between two codes
			customer := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("in%d@customer.example", i), Phone: fictional(turns.Add(1))})
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

// A device that is confirmed at the very moment is suspended, or gone, or was refused:
// whoever is faster, none is left that signs in.
func TestNotYou_SuspendsADeviceThatIsBeingConfirmed(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		second, confirmed := d.Second(), 0
		for i := range 12 {
			d.Clock.Advance(time.Hour) // between two codes, and between tries from one source
			customer := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("owner%d@customer.example", i)})
			path, thief := link(t, d, customer), d.As(customer)
			app := thief.Do(startApp).OK()
			bind := V{"device": app.Text("startAuthenticator.device.id"), "code": codeOf(t, d, app.Text("startAuthenticator.secret"))}
			number := fictional(turns.Add(1))
			phone := V{"device": thief.Do(addPhone, V{"phone": number}).OK().Text("addPhoneDevice.device.id"), "code": d.Twilio.NextCode(number)}
			var all sync.WaitGroup
			var answers [2]desktest.Answer
			all.Go(func() { answers[0] = thief.Do(confirmDevice, bind) })
			all.Go(func() { answers[1] = thief.Do(confirmDevice, phone) })
			all.Go(func() {
				if w := page(second, "POST", path); w.Code != http.StatusOK {
					t.Errorf("%d %s", w.Code, w.Body)
				}
			})
			all.Wait()

			for _, a := range answers {
				switch a.Code("confirmDevice") {
				case yes:
					confirmed++
				case "CONFLICT", "NOT_FOUND", "UNAUTHENTICATED", "WRONG_CODE":
				default:
					t.Errorf("%s", a.Body)
				}
			}
			devices, err := d.DB.ListDevices(t.Context(), customer.InstitutionID, []string{customer.ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range devices {
				if found.Common().SuspendedAt == nil {
					t.Errorf("left is %+v", found)
				}
			}
		}
		t.Logf("%d were confirmed first", confirmed)
	})
}

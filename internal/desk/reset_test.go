package desk_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Product requirement T2: without a device left, the password alone is no way in,
// and a code that is under way is no good any more.
func TestResetDevice_NeverLeavesThePasswordAlone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		browser := d.Browser(auth.Customer)
		v := browser.Challenge(customer)
		browser.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)

		d.As(d.Harbor.Admin).Do(reset, V{"lost": customer.Phone.ID}).OK()

		if a := browser.Do(verify, v); a.At("verifyCode") != nil || len(browser.Cookies) != 0 {
			t.Errorf("the code of a device that is gone: %s", a.Body)
		}
		a := browser.Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": desktest.Password})
		if a.Code("signIn") != "CONFLICT" || len(browser.Cookies) != 0 {
			t.Errorf("the password alone: %s", a.Body)
		}
	})
}

func TestResetDevice_TheOwnerIsToldByEveryOtherWay(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.AddPhone(customer.User, "+12025550126")

	d.As(d.Harbor.Admin).Do(reset, V{"lost": customer.Phone.ID}).OK()
	d.SendNotices()

	if mails := d.Mails.To(customer.Email); len(mails) != 1 {
		t.Errorf("mails: %v", mails)
	}
	d.Twilio.Await("+12025550126", 1, 0)
	if h := d.Twilio.Phone(customer.Phone.PhoneNumber); len(h.Calls)+len(h.Messages) > 0 {
		t.Errorf("the lost phone is told: %v", h)
	}
}

func TestResetDevice_WantsAFreshFactor(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin := d.As(d.Harbor.Admin)
	d.Clock.Advance(auth.StaffStepUp + 1)

	if a := admin.Do(reset, V{"lost": d.Harbor.Customer.Phone.ID}); a.Code("resetDevice") != "STEP_UP_REQUIRED" {
		t.Error(a.Body)
	}
}

func TestResetDevice_HappensOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		cookie := admin.Cookies["fd_staff"]
		var done atomic.Int32
		var all sync.WaitGroup
		for range 64 {
			all.Go(func() {
				again := d.Browser(auth.Staff)
				again.Cookies["fd_staff"] = cookie
				switch a := again.Do(reset, V{"lost": d.Harbor.Customer.Phone.ID}); a.Code("resetDevice") {
				case yes:
					done.Add(1)
				case out:
				default:
					t.Error(a.Body)
				}
			})
		}
		all.Wait()
		if done.Load() != 1 {
			t.Errorf("it was reset %d times", done.Load())
		}
		if entries := admin.Do(`{ auditLog(filter: {action: RESET_DEVICE}) { nodes { targetUser { id } } } }`).OK().List("auditLog.nodes"); len(entries) != 1 {
			t.Errorf("recorded %d times", len(entries))
		}
	})
}

// Staff see a pause and lift it; the owner can try at once.
func TestLiftPause(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		browser := d.Browser(auth.Customer)
		v := browser.Challenge(customer)
		browser.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
		d.Pause(customer.Phone.ID)
		const see = `query($user: ID!) { user(id: $user) { devices { pausedUntil } viewerCan { liftPause { allowed } resetDevice { allowed } } } }`
		if a := admin.Do(see, V{"user": customer.ID}).OK(); a.At("user.devices.0.pausedUntil") != "2026-03-02T12:00:30Z" ||
			a.At("user.viewerCan.liftPause.allowed") != true || a.At("user.viewerCan.resetDevice.allowed") != true {
			t.Error(a.Body)
		}
		if a := browser.Do(verify, v); a.Code("verifyCode") != "THROTTLED" {
			t.Fatal(a.Body)
		}

		lifted := admin.Do(lift, V{"user": customer.ID}).OK()

		if lifted.At("liftPause.user.devices.0.pausedUntil") != nil {
			t.Error(lifted.Body)
		}
		browser.Do(verify, v).OK()
		if a := admin.Do(lift, V{"user": customer.ID}); a.Code("liftPause") != "CONFLICT" {
			t.Error(a.Body)
		}
	})
}

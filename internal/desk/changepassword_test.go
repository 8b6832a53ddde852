package desk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	changePassword = `mutation($current: String!, $new: String!) {
		changePassword(input: {currentPassword: $current, newPassword: $new}) { viewer { user { id } } } }`
	newPassword = "kettle-moss-lantern"
)

func TestChangePassword(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		mine, thief, neighbor := d.As(customer), d.As(customer), d.As(d.Harbor.Neighbor)
		underWay := d.Browser(auth.Customer).Challenge(customer)

		a := mine.Do(changePassword, V{"current": desktest.Password, "new": newPassword}).OK()

		if a.Text("changePassword.viewer.user.id") != customer.ID || !signedIn(t, mine) || !signedIn(t, neighbor) {
			t.Errorf("who changed it, or a neighbor, was signed out: %s", a.Body)
		}
		if signedIn(t, thief) {
			t.Error("another session goes on")
		}
		if a := d.Browser(auth.Customer).Do(sendCode, underWay); a.Code("sendCode") != "EXPIRED" {
			t.Errorf("a sign-in with the password before goes on: %s", a.Body)
		}
		for password, want := range map[string]string{desktest.Password: bad, newPassword: yes} {
			a := d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": password})
			if a.Code("signIn") != want {
				t.Errorf("%q instead of %q: %s", a.Code("signIn"), want, a.Body)
			}
		}
		d.SendNotices()
		mails := d.Mails.To(customer.Email)
		if len(mails) != 1 || !strings.Contains(mails[0].Text, "password of your account was changed") || strings.Contains(mails[0].Text, newPassword) {
			t.Errorf("%v", mails)
		}
		log := d.As(d.Harbor.Admin).Do(`query($target: ID!) { auditLog(filter: {action: CHANGE_PASSWORD, targetId: $target}) { nodes { actorId outcome } } }`, V{"target": customer.ID}).OK()
		if entries := log.List("auditLog.nodes"); len(entries) != 1 || log.Text("auditLog.nodes.0.actorId") != customer.ID {
			t.Errorf("%v", entries)
		}
	})
}

func TestChangePassword_Refusals(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.As(d.Harbor.Customer)
	for _, tt := range []struct{ name, current, next, want string }{
		{"the wrong current one", "not the password", newPassword, bad},
		{"a current one that is endless", strings.Repeat("x", 5000), newPassword, bad},
		{"a short one", desktest.Password, "kettle-moss", "INVALID_INPUT"},
		{"a common one", desktest.Password, "password2026", "INVALID_INPUT"},
		{"the institution's name", desktest.Password, "HarborCreditUnion", "INVALID_INPUT"},
		{"the username", desktest.Password, d.Harbor.Customer.Email, "INVALID_INPUT"},
		{"the same again", desktest.Password, desktest.Password, "INVALID_INPUT"},
	} {
		a := customer.Do(changePassword, V{"current": tt.current, "new": tt.next})
		if a.Code("changePassword") != tt.want {
			t.Errorf("%s: %s", tt.name, a.Body)
		}
		if tt.want == "INVALID_INPUT" && a.Error("changePassword").Extensions["field"] != "newPassword" {
			t.Errorf("%s: %s", tt.name, a.Body)
		}
	}
	d.Clock.Advance(5*time.Minute + time.Second)
	if a := customer.Do(changePassword, V{"current": desktest.Password, "new": newPassword}); a.Code("changePassword") != "STEP_UP_REQUIRED" {
		t.Error(a.Body)
	}
	customer.StepUp(d.Harbor.Customer).OK()
	customer.Do(changePassword, V{"current": desktest.Password, "new": newPassword}).OK()
	d.Freeze(d.Harbor.Customer)
	if a := customer.Do(changePassword, V{"current": newPassword, "new": "kettle-moss-other"}); a.Code("changePassword") != "CONFLICT" {
		t.Errorf("of a frozen account: %s", a.Body)
	}
}

func TestChangePassword_WrongOnesAreLimited(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		thief, neighbor := d.As(d.Harbor.Customer), d.As(d.Harbor.Neighbor)
		for i := range 10 {
			if a := thief.Do(changePassword, V{"current": fmt.Sprint("guess number ", i), "new": newPassword}); a.Code("changePassword") != bad {
				t.Fatalf("guess %d: %s", i, a.Body)
			}
		}
		a := thief.Do(changePassword, V{"current": desktest.Password, "new": newPassword})
		if a.Code("changePassword") != "THROTTLED" {
			t.Error(a.Body)
		}
		neighbor.Do(changePassword, V{"current": desktest.Password, "new": newPassword}).OK()
	})
}

// Of many changes at once one is done, and the others know that they were not.
func TestChangePassword_Once(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		token := d.As(d.Harbor.Customer).Cookies["fd_customer"]
		codes := make([]string, 64)
		var all sync.WaitGroup
		for i := range codes {
			c := with(d, "fd_customer", token)
			all.Go(func() {
				codes[i] = c.Do(changePassword, V{"current": desktest.Password, "new": fmt.Sprint("kettle-moss-", i)}).Code("changePassword")
			})
		}
		all.Wait()
		done := 0
		for _, code := range codes {
			switch code {
			case yes:
				done++
			case "CONFLICT", bad, "THROTTLED":
			default:
				t.Errorf("a change was answered %s", code)
			}
		}
		if done != 1 {
			t.Errorf("%d changes were done", done)
		}
	})
}

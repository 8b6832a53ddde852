package desk_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

var inMail = regexp.MustCompile(`http\S+/not-you/\S+`)

// link tells a person of codes that were made and returns the path of the link in
// the mail.
func link(t *testing.T, d *desktest.Desk, to desktest.Person) string {
	t.Helper()
	d.SendNotices()
	before := len(d.Mails.To(to.Email))
	if err := d.Devices.Notices.Tell(t.Context(), to.User, notification.CodesMade, ""); err != nil {
		t.Fatal(err)
	}
	d.SendNotices()
	mails := d.Mails.To(to.Email)
	if len(mails) != before+1 {
		t.Fatalf("%d mails, then %d", before, len(mails))
	}
	u, err := url.Parse(inMail.FindString(mails[before].Text))
	if err != nil || u.Path == "" {
		t.Fatalf("there is no link: %v in %q", err, mails[before].Text)
	}
	return u.Path
}

func page(d *desktest.Desk, method, path string) *httptest.ResponseRecorder {
	return d.Browser("").Send(httptest.NewRequest(method, path, nil))
}

func status(t *testing.T, d *desktest.Desk, p desktest.Person) user.Status {
	t.Helper()
	u, err := d.DB.FindUser(t.Context(), p.InstitutionID, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return u.Status
}

// The button ends everything that is under way, the page itself nothing.
func TestNotYou(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Clock.Advance(8 * 24 * time.Hour) // the phone is not a new one
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		confirmation := V{"token": admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")}
		admin.Do(generate, confirmation).OK()
		confirmation = V{"token": admin.Do(prepare, V{"user": customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")}
		d.AddDevice(&device.Phone{Base: unconfirmed(d, customer), PhoneNumber: "+12025550127"})
		home, thief := d.As(customer), d.Browser(auth.Customer)
		open := thief.Challenge(customer)
		thief.Do(sendCode, open).OK()
		open["code"] = d.Twilio.NextCode(customer.Phone.PhoneNumber)
		path := link(t, d, customer)

		for range 2 {
			if w := page(d, "GET", path); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Was this not you?") {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		}
		if home.Do(`{ viewer { user { id } } }`).OK().At("viewer") == nil || status(t, d, customer) != user.Active {
			t.Error("looking at the page does something")
		}
		w := page(d, "POST", path)

		for _, said := range []string{"Your account is protected", "Harbor Credit Union", "&#43;1 202-555-0199</a>", `href="tel:&#43;12025550199"`} {
			if !strings.Contains(w.Body.String(), said) || w.Code != http.StatusOK {
				t.Errorf("%d: %q is not said in %s", w.Code, said, w.Body)
			}
		}
		if home.Do(`{ viewer { user { id } } }`).OK().At("viewer") != nil {
			t.Error("the session goes on")
		}
		if a := thief.Do(verify, open); a.Code("verifyCode") != "EXPIRED" {
			t.Errorf("the open sign-in: %s", a.Body)
		}
		if a := admin.Do(generate, confirmation); a.Code("generateBackupCodes") != "EXPIRED" {
			t.Errorf("what staff were about to do: %s", a.Body)
		}
		a := admin.Do(profile, V{"user": customer.ID}).OK()
		if devices := a.List("user.devices"); len(devices) != 1 || a.At("user.devices.0.id") != customer.Phone.ID || a.At("user.backupCodes.remaining") != 0.0 {
			t.Errorf("%s", a.Body)
		}
		if again := page(d, "POST", path); again.Code != http.StatusGone {
			t.Errorf("pressed twice: %d", again.Code)
		}
		wantFrozenInRecord(t, d, customer)
		d.SendNotices()
		if mails := d.Mails.To(customer.Email); !strings.Contains(mails[len(mails)-1].Text, "can't be changed until you have spoken to us") ||
			inMail.MatchString(mails[len(mails)-1].Text) {
			t.Errorf("told %v", mails)
		}
	})
}

func wantFrozenInRecord(t *testing.T, d *desktest.Desk, customer desktest.Person) {
	t.Helper()
	all := entries(t, d)
	i := slices.IndexFunc(all, func(e audit.Entry) bool { return e.Action == audit.FrozeUser })
	if i < 0 {
		t.Fatalf("not recorded: %v", all)
	}
	e := all[i]
	if e.ActorID != customer.ID || e.TargetID != customer.ID || e.ActorKind != auth.Customer || e.Address != "192.0.2.10" ||
		fmt.Sprint(e.Details) != "map[codes:3 notice:CODES_MADE sessions:1 suspended:0]" {
		t.Errorf("%+v", e)
	}
}

// unconfirmed is what a device has that somebody began to add.
func unconfirmed(d *desktest.Desk, p desktest.Person) device.Base {
	b := d.Base(p)
	b.ConfirmedAt = nil
	return b
}

// A frozen user signs in by a new password and changes nothing, until staff have looked.
func TestNotYou_UntilStaffHaveLooked(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Clock.Advance(8 * 24 * time.Hour)
		customer, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		const can = `query($user: ID!) { user(id: $user) { status viewerCan { unfreeze { allowed reason } } } }`
		if a := admin.Do(can, V{"user": customer.ID}).OK(); a.At("user.viewerCan.unfreeze.reason") != "This account is not frozen." {
			t.Error(a.Body)
		}
		if a := admin.Do(unfreeze, V{"frozen": customer.ID}); a.Code("unfreezeUser") != "CONFLICT" {
			t.Error(a.Body)
		}
		page(d, "POST", link(t, d, customer))
		if a := admin.Do(can, V{"user": customer.ID}).OK(); a.At("user.viewerCan.unfreeze.allowed") != true || a.At("user.status") != "FROZEN" {
			t.Error(a.Body)
		}
		home := resets(t, d, customer, newPassword)
		own := V{"device": customer.Phone.ID}
		if a := home.Do(rename, own); a.Code("renameDevice") != "CONFLICT" || !strings.Contains(a.Error("renameDevice").Message, "Call support.") {
			t.Error(a.Body)
		}

		if a := admin.Do(unfreeze, V{"frozen": customer.ID}).OK(); a.At("unfreezeUser.user.status") != "ACTIVE" {
			t.Error(a.Body)
		}

		home.Do(rename, own).OK()
		d.SendNotices()
		if mails := d.Mails.To(customer.Email); !inMail.MatchString(mails[len(mails)-1].Text) || !strings.Contains(mails[len(mails)-1].Text, "changed again") {
			t.Errorf("told %v", mails)
		}
		d.Clock.Advance(auth.StaffStepUp + time.Second)
		if a := admin.Do(unfreeze, V{"frozen": customer.ID}); a.Code("unfreezeUser") != "STEP_UP_REQUIRED" {
			t.Error(a.Body)
		}
	})
}

// Who has not enrolled yet is, after it, where they were, with the phone that they
// registered; an app that somebody began to set up is gone.
func TestNotYou_BeforeEnrolling(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for i, s := range []user.Status{user.Registered, user.Enrolling} {
			newcomer := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("new%d@customer.example", i)})
			if err := d.DB.SetUserStatus(t.Context(), d.Harbor.ID, newcomer.ID, s); err != nil {
				t.Fatal(err)
			}
			phone := d.AddDevice(&device.Phone{Base: unconfirmed(d, newcomer), PhoneNumber: "+12025550128"})
			d.AddDevice(&device.Authenticator{Base: unconfirmed(d, newcomer)})

			page(d, "POST", link(t, d, newcomer))
			second := page(d, "POST", link(t, d, newcomer))

			if second.Code != http.StatusOK || status(t, d, newcomer) != user.Frozen {
				t.Errorf("%d, %s", second.Code, status(t, d, newcomer))
			}
			if a := d.As(newcomer).Do(completePreferences); a.Code("completePreferences") != "CONFLICT" || status(t, d, newcomer) != user.Frozen {
				t.Errorf("goes on enrolling: %s", a.Body)
			}
			a := d.As(d.Harbor.Admin).Do(unfreeze, V{"frozen": newcomer.ID}).OK()
			if a.At("unfreezeUser.user.status") != string(s) {
				t.Errorf("%s: %s", s, a.Body)
			}
			if a := d.As(d.Harbor.Admin).Do(profile, V{"user": newcomer.ID}).OK(); len(a.List("user.devices")) != 1 || a.At("user.devices.0.id") != phone {
				t.Errorf("%s: %s", s, a.Body)
			}
		}
	})
}

// Nobody learns by a link whether it was ever good, nor by the page whose it is.
func TestNotYou_DeadLinksLookTheSame(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		left := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "left@customer.example"})
		old, used, closed := link(t, d, d.Harbor.Customer), link(t, d, d.Harbor.Neighbor), link(t, d, left)
		if w := page(d, "POST", used); w.Code != http.StatusOK {
			t.Fatal(w.Body)
		}
		if err := d.DB.SetUserStatus(t.Context(), d.Harbor.ID, left.ID, user.Closed); err != nil {
			t.Fatal(err)
		}
		if w := page(d, "POST", closed); w.Code != http.StatusGone {
			t.Errorf("who left is frozen: %d", w.Code)
		}
		d.Clock.Advance(7 * 24 * time.Hour)
		live := link(t, d, d.Harbor.Customer)
		unknown := "/not-you/en-" + auth.NewToken()
		asked, dead := page(d, "GET", live).Body.String(), page(d, "POST", unknown).Body.String()
		for name, path := range map[string]string{"old": old, "used": used, "unknown": unknown, "of who left": closed, "short": "/not-you/x", "long": "/not-you/" + strings.Repeat("x", 5000)} {
			if w := page(d, "GET", path); w.Code != http.StatusOK || w.Body.String() != asked {
				t.Errorf("%s, asked: %d %s", name, w.Code, w.Body)
			}
			if w := page(d, "POST", path); w.Code != http.StatusGone || w.Body.String() != dead {
				t.Errorf("%s, pressed: %d %s", name, w.Code, w.Body)
			}
		}
		if strings.Contains(asked+dead, "Cleo") || strings.Contains(asked+dead, "Harbor") || strings.Contains(asked+dead, "0101") {
			t.Errorf("names somebody: %s %s", asked, dead)
		}
		if status(t, d, d.Harbor.Customer) != user.Active {
			t.Error("an old link froze the account")
		}
		if w := page(d, "POST", live); w.Code != http.StatusOK {
			t.Errorf("the newest link: %d", w.Code)
		}
	})
}

func TestNotYou_IsPressedSoOften(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for range 30 {
		if w := page(d, "POST", "/not-you/en-guess"); w.Code != http.StatusGone {
			t.Fatal(w.Code)
		}
	}
	path := link(t, d, d.Harbor.Customer)
	if w := page(d, "POST", path); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "900" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	elsewhere := d.Browser("")
	elsewhere.Address = "198.51.100.7"
	if w := elsewhere.Send(httptest.NewRequest("POST", path, nil)); w.Code != http.StatusOK {
		t.Errorf("from elsewhere: %d", w.Code)
	}
}

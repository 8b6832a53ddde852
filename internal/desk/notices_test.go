package desk_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
)

// told is a customer who can be reached in many ways, by what each is.
type told struct {
	desktest.Person
	d *desktest.Desk
	// numbers of phones; "lost" was removed 6 days ago, "gone" 8 days ago.
	numbers map[string]string
	// second is the id of the phone that has the number "second".
	second string
	// address is of an email device.
	address string
}

// newTold makes the customer of an area code.
func newTold(t *testing.T, d *desktest.Desk, area int) told {
	t.Helper()
	c := told{d: d, numbers: map[string]string{}, address: fmt.Sprintf("second%d@customer.example", area)}
	for i, name := range []string{"first", "second", "landline", "lost", "gone", "unconfirmed"} {
		c.numbers[name] = fmt.Sprintf("+1%d55501%02d", area, i)
	}
	d.Twilio.Control("PUT", "/sandbox/phones/"+c.numbers["landline"], `{"lineType": "landline"}`)
	c.Person = d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("told%d@customer.example", area), Phone: c.numbers["first"]})
	c.second = d.AddPhone(c.User, c.numbers["second"]).ID
	d.AddPhone(c.User, c.numbers["landline"])
	for name, days := range map[string]int{"lost": 6, "gone": 8} {
		removed := d.AddPhone(c.User, c.numbers[name]).ID
		if err := d.DB.RemoveDevice(t.Context(), d.Harbor.ID, removed, d.Clock.Now().AddDate(0, 0, -days)); err != nil {
			t.Fatal(err)
		}
	}
	d.AddDevice(&device.Phone{Base: unconfirmed(d, c.Person), PhoneNumber: c.numbers["unconfirmed"]})
	d.AddDevice(&device.Email{Base: d.Base(c.Person), Address: c.address})
	return c
}

// codes makes a set of backup codes.
func (c told) codes() []any {
	admin := c.d.As(c.d.Harbor.Admin)
	token := admin.Do(prepare, V{"user": c.ID}).OK().Text("prepareBackupCodes.confirmation.token")
	return admin.Do(generate, V{"token": token}).OK().List("generateBackupCodes.codes")
}

// guess enters a wrong code for the first phone, in a browser in whose kind wrong ones
// were entered for days.
func (c told) guess(t *testing.T, browser *desktest.Client, kind throttle.Browser) {
	t.Helper()
	v := browser.Challenge(c.Person)
	earlier := clock.NewFake(c.d.Clock.Now().Add(-throttle.DisableAt * throttle.LongPause))
	attempts := throttle.Attempts{Store: c.d.DB, Clock: earlier}
	for range throttle.DisableAt - 1 {
		if _, err := attempts.Begin(t.Context(), c.Phone.ID, kind); err != nil {
			t.Fatal(err)
		}
		earlier.Advance(throttle.LongPause)
	}
	v["code"] = "000000"
	if a := browser.Do(verify, v); a.Code("verifyCode") != "WRONG_CODE" {
		t.Fatal(a.Body)
	}
}

// changes are what happens to an account, and which phone is the one changed.
var changes = map[notification.Notice]struct {
	before, act func(t *testing.T, c told)
	except      string
}{
	notification.CodesMade: {act: func(_ *testing.T, c told) { c.codes() }},
	notification.CodesRevoked: {
		before: func(_ *testing.T, c told) { c.codes() },
		act:    func(_ *testing.T, c told) { c.d.As(c.d.Harbor.Admin).Do(revoke, V{"user": c.ID}).OK() },
	},
	notification.NumberTypeChanged: {except: "second", act: func(_ *testing.T, c told) {
		c.d.As(c.d.Harbor.Admin).Do(setType, V{"device": c.second, "type": "LANDLINE"}).OK()
	}},
	notification.FactorPaused: {except: "first", act: func(_ *testing.T, c told) {
		thief := c.d.Browser(auth.Customer)
		v := thief.Challenge(c.Person)
		v["code"] = "000000"
		for range throttle.PauseFrom {
			thief.Do(verify, v)
		}
	}},
	notification.FactorOff: {except: "first", act: func(t *testing.T, c told) {
		c.guess(t, known(c.d, c.Person), throttle.KnownBrowser)
	}},
	notification.FactorOffElsewhere: {except: "first", act: func(t *testing.T, c told) {
		c.guess(t, c.d.Browser(auth.Customer), throttle.UnknownBrowser)
	}},
	notification.ManyWrongPasswords: {act: func(_ *testing.T, c told) {
		for i := range 100 {
			typed(c.d, fmt.Sprintf("2001:db8:%s:%d::1", c.numbers["first"][2:5], i), c.Email, "not the password")
		}
	}},
	notification.ManyCodesAsked: {except: "first", act: func(_ *testing.T, c told) {
		thief := c.d.Browser(auth.Customer)
		v := thief.Challenge(c.Person)
		for range 5 {
			thief.Do(sendCode, v).OK()
			c.d.Clock.Advance(30 * time.Second)
		}
	}},
	notification.AuthenticatorAdded: {act: func(t *testing.T, c told) {
		browser := c.d.As(c.Person)
		a := browser.Do(startApp).OK()
		browser.Do(confirmDevice, V{"device": a.Text("startAuthenticator.device.id"), "code": codeOf(t, c.d, a.Text("startAuthenticator.secret"))}).OK()
	}},
	notification.DeviceAdded: {act: func(_ *testing.T, c told) {
		browser, number := c.d.As(c.Person), strings.Replace(c.numbers["first"], "0100", "0190", 1)
		a := browser.Do(addPhone, V{"phone": number}).OK()
		browser.Do(confirmDevice, V{"device": a.Text("addPhoneDevice.device.id"), "code": c.d.Twilio.NextCode(number)}).OK()
	}},
	notification.DeviceRemoved: {act: func(_ *testing.T, c told) { c.d.As(c.Person).Do(remove, V{"device": c.second}).OK() }},
	notification.DeviceReset: {except: "second", act: func(_ *testing.T, c told) {
		c.d.As(c.d.Harbor.Admin).Do(reset, V{"lost": c.second}).OK()
	}},
	notification.DeviceRestored: {
		except: "second",
		before: func(_ *testing.T, c told) { c.d.Suspend(c.Person, c.second) },
		act:    func(_ *testing.T, c told) { c.d.As(c.d.Harbor.Admin).Do(restore, V{"suspended": c.second}).OK() },
	},
	notification.PauseLifted: {
		before: func(_ *testing.T, c told) { c.d.Pause(c.Phone.ID) },
		act:    func(_ *testing.T, c told) { c.d.As(c.d.Harbor.Admin).Do(lift, V{"user": c.ID}).OK() },
	},
	notification.PasswordChanged: {act: func(_ *testing.T, c told) {
		c.d.As(c.Person).Do(changePassword, V{"current": desktest.Password, "new": newPassword}).OK()
	}},
	notification.SessionsEnded: {
		before: func(_ *testing.T, c told) { c.d.As(c.Person) },
		act:    func(_ *testing.T, c told) { c.d.As(c.Person).Do(endOtherSessions).OK() },
	},
	notification.AccountFrozen: {act: func(t *testing.T, c told) { page(c.d, "POST", link(t, c.d, c.Person)) }},
	notification.AccountUnfrozen: {
		before: func(_ *testing.T, c told) { c.d.Freeze(c.Person) },
		act:    func(_ *testing.T, c told) { c.d.As(c.d.Harbor.Admin).Do(unfreeze, V{"frozen": c.ID}).OK() },
	},
	notification.AccountClosed: {act: func(_ *testing.T, c told) { c.d.As(c.d.Harbor.Admin).Do(closeUser, V{"closing": c.ID}).OK() }},
	notification.BackupCodeUsed: {
		act: func(_ *testing.T, c told) {
			code := c.codes()[0]
			browser := c.d.Browser(auth.Customer)
			v := browser.Challenge(c.Person)
			v["option"], v["code"] = "BACKUP_CODE", code
			browser.Do(verify, v).OK()
		},
	},
}

var digits = regexp.MustCompile(`\d{6,}`)

// Every change is told by mail, by text and by call to each device that is
// there, or was until a week ago, but the one that was changed, and says no number and
// no code.
func TestNotices_ReachEveryOtherWay(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for i, n := range notification.All() {
			area := []int{201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234}[i]
			change, ok := changes[n]
			if n == notification.Registered || n == notification.RegisteredAgain {
				continue // see TestNotices_OfRegistration
			}
			if !ok {
				t.Errorf("nobody says what leads to %s", n)
				continue
			}
			t.Run(string(n), func(t *testing.T) {
				c := newTold(t, d, area)
				if change.before != nil {
					change.before(t, c)
				}
				change.act(t, c)
				d.SendNotices()
				wantTold(t, c, n, change.except)
			})
		}
	})
}

// Whoever registers with an address has proved nothing: its owner is told, and
// told there alone.
func TestNotices_OfRegistration(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		const newcomer, number = "nora@customer.example", "+447700900142"
		d.Browser(auth.Customer).Do(register).OK()
		d.Browser(auth.Customer).Do(register, V{"email": customer.Email}).OK()
		d.SendNotices()

		for address, n := range map[string]notification.Notice{newcomer: notification.Registered, customer.Email: notification.RegisteredAgain} {
			mails := d.Mails.To(address)
			if len(mails) != 1 || !strings.HasPrefix(mails[0].Text, message.In(message.English).Notices[string(n)]) || len(inMail.FindAllString(mails[0].Text, -1)) != 1 {
				t.Errorf("%s: %v", address, mails)
			}
		}
		for _, to := range []string{number, customer.Phone.PhoneNumber} {
			if h := d.Twilio.Phone(to); len(h.Messages)+len(h.Calls) > 0 {
				t.Errorf("%s: %v", to, h)
			}
		}
	})
}

func wantTold(t *testing.T, c told, n notification.Notice, except string) {
	t.Helper()
	said := message.In(message.English).Notices[string(n)]
	want := map[string]int{
		"EMAIL " + c.Email: 1, "EMAIL " + c.address: 1,
		"SMS " + c.numbers["first"]: 1, "SMS " + c.numbers["second"]: 1, "SMS " + c.numbers["lost"]: 1, "VOICE " + c.numbers["landline"]: 1,
	}
	delete(want, "SMS "+c.numbers[except])
	got := map[string]int{}
	for _, m := range c.sent(t) {
		if strings.Contains(m.body, said) {
			got[m.channel+" "+m.to]++
		}
		wantQuiet(t, c, m.body)
		if strings.Contains(m.body, "not-you") {
			t.Errorf("the log has the link: %s", m.body)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	for _, address := range []string{c.Email, c.address} {
		for _, m := range c.d.Mails.To(address) {
			wantQuiet(t, c, inMail.ReplaceAllString(m.Subject+m.Text, ""))
			if links := len(inMail.FindAllString(m.Text, -1)); strings.Contains(m.Text, said) && (links == 1) != n.Deniable() {
				t.Errorf("%d links in %s", links, m.Text)
			}
		}
	}
}

// wantQuiet fails if a message holds a code or a number other than support's.
func wantQuiet(t *testing.T, c told, text string) {
	t.Helper()
	if found := digits.FindString(strings.ReplaceAll(text, c.d.Harbor.SupportPhone, "")); found != "" {
		t.Errorf("%q has %s", text, found)
	}
}

type sent struct{ channel, to, body string }

// sent returns what went to the customer, as the log has it.
func (c told) sent(t *testing.T) []sent {
	t.Helper()
	rows, err := c.d.DB.SQL().QueryContext(t.Context(),
		`SELECT channel, recipient, body FROM notifications WHERE user_id = '`+c.ID+`' AND provider_status <> 'failed'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []sent
	for rows.Next() {
		var one sent
		if err := rows.Scan(&one.channel, &one.to, &one.body); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

package desk_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/id"
)

const (
	sessions         = `{ viewer { sessions { id current device address startedAt lastUsedAt } } }`
	endSession       = `mutation($session: ID!) { endSession(input: {sessionId: $session}) { endedSessionId viewer { user { id } sessions { id } } } }`
	endOtherSessions = `mutation { endOtherSessions { endedSessions viewer { sessions { id } } } }`
)

// sessionOf returns the id of the session of a browser.
func sessionOf(t *testing.T, c *desktest.Client) string {
	t.Helper()
	for _, s := range c.Do(sessions).OK().List("viewer.sessions") {
		if s := s.(map[string]any); s["current"] == true {
			return s["id"].(string)
		}
	}
	t.Fatal("no session is the current one")
	return ""
}

func TestSessions_AreListedWithDeviceAndAddress(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		laptop := d.Browser(auth.Customer)
		laptop.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
		laptop.SignIn(d.Harbor.Customer).OK()
		d.Clock.Advance(10 * time.Minute)
		phone := d.Browser(auth.Customer)
		phone.Address = "192.0.2.77"
		phone.SignIn(d.Harbor.Customer).OK()
		d.As(d.Harbor.Neighbor)
		d.Clock.Advance(5 * time.Minute)

		a := laptop.Do(sessions).OK()

		at := func(after time.Duration) string { return desktest.Start.Add(after).Format(time.RFC3339) }
		want := []any{
			map[string]any{"id": sessionOf(t, laptop), "current": true, "device": "Firefox, Linux", "address": "192.0.2.10", "startedAt": at(0), "lastUsedAt": at(15 * time.Minute)},
			map[string]any{"id": sessionOf(t, phone), "current": false, "device": nil, "address": "192.0.2.77", "startedAt": at(10 * time.Minute), "lastUsedAt": at(10 * time.Minute)},
		}
		if diff := cmp.Diff(want, a.List("viewer.sessions")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSessions_ThatAreOverAreNotListed(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		d.As(customer) // idle from here on
		d.Clock.Advance(20 * time.Minute)
		signedOut, mine := d.As(customer), d.As(customer)
		signedOut.Do(`mutation { signOut { signedOut } }`).OK()
		d.Clock.Advance(10 * time.Minute)

		if list := mine.Do(sessions).OK().List("viewer.sessions"); len(list) != 1 {
			t.Errorf("%v", list)
		}
	})
}

func TestEndSession(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		mine, other, neighbor := d.As(d.Harbor.Customer), d.As(d.Harbor.Customer), d.As(d.Harbor.Neighbor)
		otherID, mineID := sessionOf(t, other), sessionOf(t, mine)

		for name, session := range map[string]string{
			"somebody else's": sessionOf(t, neighbor), "one that never was": id.New(id.Session), "no id": "x", "a user": d.Harbor.Customer.ID,
		} {
			if a := mine.Do(endSession, V{"session": session}); a.Code("endSession") != out {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
		if !signedIn(t, neighbor) {
			t.Error("somebody else was signed out")
		}
		a := mine.Do(endSession, V{"session": otherID}).OK()
		if a.Text("endSession.endedSessionId") != otherID || len(a.List("endSession.viewer.sessions")) != 1 {
			t.Error(a.Body)
		}
		if signedIn(t, other) {
			t.Error("the session that was ended goes on")
		}
		if a := mine.Do(endSession, V{"session": otherID}); a.Code("endSession") != out {
			t.Errorf("a second time: %s", a.Body)
		}
		if a := mine.Do(endSession, V{"session": mineID}).OK(); a.At("endSession.viewer") != nil {
			t.Errorf("one's own: %s", a.Body)
		}
		if _, kept := mine.Cookies["fd_customer"]; kept {
			t.Error("the cookie was kept")
		}
		d.SendNotices()
		if mails := d.Mails.To(d.Harbor.Customer.Email); len(mails) != 1 || !strings.Contains(mails[0].Text, "signed out in other browsers") {
			t.Errorf("of the other session, and of that alone, the user is told: %v", mails)
		}
	})
}

// Of many who end one session at once, one does.
func TestEndSession_Once(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		mine, other := d.As(d.Harbor.Customer), d.As(d.Harbor.Customer)
		v := V{"session": sessionOf(t, other)}
		codes := make([]string, 64)
		var all sync.WaitGroup
		for i := range codes {
			c := with(d, "fd_customer", mine.Cookies["fd_customer"])
			all.Go(func() { codes[i] = c.Do(endSession, v).Code("endSession") })
		}
		all.Wait()
		got := map[string]int{}
		for _, code := range codes {
			got[code]++
		}
		if got[yes] != 1 || got[out] != 63 {
			t.Errorf("%v", got)
		}
	})
}

func TestEndOtherSessions(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		mine, neighbor := d.As(d.Harbor.Agent), d.As(d.Harbor.Viewer)
		others := []*desktest.Client{d.As(d.Harbor.Agent), d.As(d.Harbor.Agent)}

		a := mine.Do(endOtherSessions).OK()

		if a.At("endOtherSessions.endedSessions") != 2.0 || len(a.List("endOtherSessions.viewer.sessions")) != 1 {
			t.Error(a.Body)
		}
		for _, other := range others {
			if signedIn(t, other) {
				t.Error("another session goes on")
			}
		}
		if !signedIn(t, mine) || !signedIn(t, neighbor) {
			t.Error("more than the other sessions were ended")
		}
		a = d.As(d.Harbor.Admin).Do(`{ auditLog(filter: {action: END_SESSIONS}) { nodes { actorId targetId details { name value } } } }`).OK()
		want := []any{map[string]any{
			"actorId": d.Harbor.Agent.ID, "targetId": d.Harbor.Agent.ID, "details": []any{map[string]any{"name": "sessions", "value": "2"}},
		}}
		if diff := cmp.Diff(want, a.List("auditLog.nodes")); diff != "" {
			t.Error(diff)
		}
	})
}

// A challenge that another session asked for ends with it.
func TestEndOtherSessions_TheirStepUpsAreOver(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	mine, thief := d.As(d.Harbor.Customer), d.As(d.Harbor.Customer)
	a := thief.Do(desktest.StartStepUp).OK()
	v := V{"challenge": a.Text("startStepUp.challenge.id"), "option": a.Text("startStepUp.challenge.options.0.id")}
	mine.Do(endOtherSessions).OK()

	if a := thief.Do(sendCode, v); a.Code("sendCode") != who {
		t.Error(a.Body)
	}
	if a := mine.Do(sendCode, v); a.Code("sendCode") != out {
		t.Error(a.Body)
	}
}

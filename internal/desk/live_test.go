package desk_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/notification"
)

const watch = `subscription($user: ID!) { notificationUpdated(userId: $user) { id sid status body to toFormatted kind error { code title } } }`

const updated = "notificationUpdated"

// A text is told of when it is made, and whenever its status changes.
func TestNotificationUpdated(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
		d.Twilio.Control("PUT", "/sandbox/phones/"+customer.Phone.PhoneNumber, `{"outcome": "sent"}`)
		stream := d.As(d.Harbor.Agent).Subscribe(watch, V{"user": customer.ID})
		others := d.As(d.Harbor.Agent).Subscribe(watch, V{"user": d.Harbor.Neighbor.ID})

		browser.Do(sendCode, browser.Challenge(customer)).OK()
		first := stream.Next().OK()
		report := notification.Callback{InstitutionID: d.Harbor.ID, AttemptID: first.Text(updated + ".id"), Receipt: notification.Receipt{Status: "undelivered", ErrorCode: 30003}}
		if err := d.Notifications.HandleCallback(t.Context(), report); err != nil {
			t.Fatal(err)
		}

		last := first
		for last.Text(updated+".status") != "UNDELIVERED" {
			last = stream.Next().OK()
		}
		if last.At(updated+".error.code") != float64(30003) || last.Text(updated+".to") != customer.Phone.PhoneNumber || last.At(updated+".id") != first.At(updated+".id") {
			t.Error(last.Body)
		}
		for _, a := range []desktest.Answer{first, last} {
			if body := a.Text(updated + ".body"); regexp.MustCompile(`\d{6}`).MatchString(body) {
				t.Errorf("the code is shown: %s", a.Body)
			}
		}
		if !stream.Open() || !others.Open() || others.Code() != "" {
			t.Error("a stream ended, or was told of somebody else's texts")
		}
		for _, e := range entries(t, d)[:2] {
			if e.Action != audit.ReadHistory || e.Details["operation"] != updated || e.Outcome != audit.Done {
				t.Errorf("the record says %+v", e)
			}
		}
	})
}

// What another process does is told within a second; a text that this one sent is told
// once as far as anybody can see, since the row is read anew.
func TestNotificationUpdated_ByAnotherProcess(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.OnPostgreSQL)
	d.Live()
	second := d.Second()
	second.Live()
	customer := d.Harbor.Customer
	stream := second.As(d.Harbor.Agent).Subscribe(watch, V{"user": customer.ID})

	browser := d.Browser(auth.Customer)
	browser.Do(sendCode, browser.Challenge(customer)).OK()
	began := time.Now()
	stream.Next().OK()

	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestNotificationUpdated_IsRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, user := d.As(d.Harbor.Agent), V{"user": d.Harbor.Customer.ID}
		a := agent.Do(watch, user)
		if e := a.Error(""); a.Status != 406 || e.Extensions["code"] != "INVALID_INPUT" {
			t.Errorf("without the media type of streams: %d %s", a.Status, a.Body)
		}
		for name, document := range map[string]string{
			"two at a time":     `subscription($user: ID!) { a: notificationUpdated(userId: $user) { id } b: notificationUpdated(userId: $user) { id } }`,
			"the name of it":    `subscription { __typename }`,
			"none after all":    `subscription($user: ID!) { notificationUpdated(userId: $user) @skip(if: true) { id } }`,
			"what there is not": `subscription { usersUpdated { id } }`,
			"no GraphQL":        `subscription {`,
		} {
			s := agent.Subscribe(document, user)
			if got := s.Code(); got != "INVALID_INPUT" {
				t.Errorf("%s is answered %q", name, got)
			} else {
				s.Ended()
			}
		}
		for _, id := range []string{"usr_1", "", "\x00", strings.Repeat("x", 2000)} {
			for browser, want := range map[*desktest.Client]string{d.Browser(auth.Staff): who, d.As(d.Harbor.Customer): no, d.As(d.Harbor.Viewer): no, agent: out} {
				if got := browser.Subscribe(watch, V{"user": id}).Code(); got != want {
					t.Errorf("%q is answered %q, not %q", id, got, want)
				}
			}
		}
		for i := range live.MostOfSession {
			if s := agent.Subscribe(watch, user); s.Code() != "" {
				t.Fatalf("stream %d is refused", i)
			}
		}
		if s := agent.Subscribe(watch, user); s.Code() != "THROTTLED" {
			t.Error("one session has more streams than it may")
		}
		if s := d.As(d.Harbor.Agent).Subscribe(watch, user); s.Code() != "" {
			t.Error("the streams of one session are in the way of another")
		}
	})
}

// A stream ends with the session, with the permission and with the account.
func TestNotificationUpdated_EndsWithWhatItStandsOn(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Live()
		user := V{"user": d.Harbor.Customer.ID}
		for name, end := range map[string]func(p desktest.Person, c *desktest.Client){
			"signing out": func(_ desktest.Person, c *desktest.Client) { c.Do(`mutation { signOut { signedOut } }`).OK() },
			"disabled": func(p desktest.Person, _ *desktest.Client) {
				d.As(d.Harbor.Admin).Do(disableUser, V{"leaver": p.ID}).OK()
			},
			"frozen": func(p desktest.Person, _ *desktest.Client) { d.Freeze(p) },
			"without the permission": func(p desktest.Person, _ *desktest.Client) {
				d.As(d.Harbor.Admin).Do(`mutation($user: ID!) { saveStaff(input: {userId: $user, roleIds: [], reason: "Moved on"}) { user { id } } }`, V{"user": p.ID}).OK()
			},
		} {
			p := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("%d@harbor.example", turns.Add(1)), Permissions: []auth.Permission{auth.ViewNotificationHistory}})
			c := d.As(p)
			stream, colleague := c.Subscribe(watch, user), d.As(d.Harbor.Agent).Subscribe(watch, user)
			end(p, c)
			stream.Ended()
			if !colleague.Open() {
				t.Errorf("%s ends a colleague's stream, too", name)
			}
			colleague.Leave()
		}
	})
}

// A stream is no use of the session, which idles out.
func TestNotificationUpdated_IsNoUseOfTheSession(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Live()
		stream := d.As(d.Harbor.Agent).Subscribe(watch, V{"user": d.Harbor.Customer.ID})
		d.Clock.Advance(auth.IdleTimeout)
		stream.Ended()
	})
}

func TestNotificationUpdated_EndsWithTheProcess(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	stream := d.As(d.Harbor.Agent).Subscribe(watch, V{"user": d.Harbor.Customer.ID})
	d.Desk.Live.Close()
	stream.Ended()
	if s := d.As(d.Harbor.Agent).Subscribe(watch, V{"user": d.Harbor.Customer.ID}); s.Code() != "UNAVAILABLE" {
		t.Error("a stream begins as the process ends")
	}
}

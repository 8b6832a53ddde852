package notification_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// sent is a message of ours that the provider took, and of which nothing came since.
func (d *desk) sent(t *testing.T, c notification.Channel, status string) notification.Notification {
	t.Helper()
	n := notification.Notification{
		ID: id.New(id.Message), InstitutionID: d.Bank.ID, UserID: d.User(t).ID, Channel: c, Kind: notification.VerificationCode,
		AccountSID: "AC1", SID: "SM" + id.New(id.Message)[4:], To: number, From: sender, Body: "Harbor: ••••••", ProviderStatus: status, Date: world.Began, UpdatedAt: world.Began,
	}
	if err := d.DB.CreateNotification(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	return n
}

// follows does the chore some time after the message was made.
func (d *desk) follows(t *testing.T, then time.Duration) {
	t.Helper()
	d.Time.Advance(world.Began.Add(then).Sub(d.Time.Now()))
	if err := d.Handlers()[notification.Follow].Do(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// unfinished reports whether nothing final is known of a message.
func (d *desk) unfinished(t *testing.T, n notification.Notification) bool {
	t.Helper()
	var rank int
	if err := d.DB.SQL().QueryRowContext(t.Context(), `SELECT status_rank FROM notifications WHERE id = '`+n.ID+`'`).Scan(&rank); err != nil {
		t.Fatal(err)
	}
	return rank < 4
}

// A message whose last report was lost is asked for after five minutes, and once more an
// hour later, by one list for a number; what the provider says then moves it on, and never
// back.
func TestService_Follow(t *testing.T) {
	for _, c := range []notification.Channel{notification.SMS, notification.Voice} {
		t.Run(string(c), func(t *testing.T) {
			d := newDesk(t)
			one, two := d.sent(t, c, "queued"), d.sent(t, c, "queued")
			said, asked := map[string]string{one.SID: "queued", two.SID: "queued"}, 0
			d.archive = func(string) ([]notification.Found, error) {
				asked++
				var all []notification.Found
				for sid, status := range said {
					all = append(all, notification.Found{AccountSID: "AC1", SID: sid, To: number, From: sender, Body: one.Body, Status: status, CreatedAt: world.Began, UpdatedAt: d.Time.Now()})
				}
				return all, nil
			}
			d.follows(t, 5*time.Minute-time.Microsecond)
			if asked != 0 {
				t.Errorf("asked %d times before it should be over", asked)
			}
			final := map[notification.Channel]string{notification.SMS: "undelivered", notification.Voice: "no-answer"}[c]
			said[one.SID] = final

			for range 2 {
				d.follows(t, 5*time.Minute)
			}

			if asked != 1 || d.unfinished(t, one) || !d.unfinished(t, two) {
				t.Errorf("asked %d times; the first is unfinished: %v, the second %v", asked, d.unfinished(t, one), d.unfinished(t, two))
			}
			said[one.SID] = "queued" // a list that is behind
			for _, then := range []time.Duration{65*time.Minute - time.Microsecond, 65 * time.Minute, 66 * time.Minute, 23 * time.Hour} {
				d.follows(t, then)
			}
			if asked != 2 || d.unfinished(t, one) {
				t.Errorf("asked %d times; what was final is unfinished: %v", asked, d.unfinished(t, one))
			}
		})
	}

	t.Run("hears what one account says of a call where another does not answer, and asks again", func(t *testing.T) {
		d := newDesk(t)
		call, asked := d.sent(t, notification.Voice, "queued"), 0
		d.archive = func(string) ([]notification.Found, error) {
			asked++
			return []notification.Found{{AccountSID: "AC1", SID: call.SID, To: number, Status: "in-progress", CreatedAt: world.Began, UpdatedAt: d.Time.Now()}}, context.DeadlineExceeded
		}
		for _, then := range []time.Duration{5 * time.Minute, 6 * time.Minute} {
			d.follows(t, then)
		}
		var status string
		if err := d.DB.SQL().QueryRowContext(t.Context(), `SELECT provider_status FROM notifications WHERE id = '`+call.ID+`'`).Scan(&status); err != nil {
			t.Fatal(err)
		}
		if asked != 2 || status != "in-progress" {
			t.Errorf("asked %d times, and it is %q", asked, status)
		}
	})

	t.Run("is asked again where the provider did not answer, and not after a day", func(t *testing.T) {
		d := newDesk(t)
		n, asked := d.sent(t, notification.SMS, "sent"), 0
		d.archive = func(string) ([]notification.Found, error) { asked++; return nil, context.DeadlineExceeded }
		for _, then := range []time.Duration{5 * time.Minute, 6 * time.Minute, 24 * time.Hour, 24*time.Hour + time.Microsecond} {
			d.follows(t, then)
		}
		if asked != 3 || !d.unfinished(t, n) {
			t.Errorf("asked %d times", asked)
		}
	})
}

// Why a call failed its reports don't say: Twilio is asked once, by the next look.
func TestService_Follow_CallsThatFailed(t *testing.T) {
	d := newDesk(t)
	call := d.sent(t, notification.Voice, "failed")
	d.whyErr = fault.Errorf(fault.ProviderUnavailable, "no answer")
	d.follows(t, time.Minute)
	d.whyErr, d.why = nil, 32017
	for range 3 {
		d.follows(t, 2*time.Minute)
	}
	if want := call.AccountSID + " " + call.SID; !slices.Equal(d.whyAsked, []string{want, want}) {
		t.Errorf("asked for %q", d.whyAsked)
	}
	var code int
	if err := d.DB.SQL().QueryRowContext(t.Context(), `SELECT error_code FROM notifications WHERE id = '`+call.ID+`'`).Scan(&code); err != nil || code != 32017 {
		t.Errorf("code %d, %v", code, err)
	}
}

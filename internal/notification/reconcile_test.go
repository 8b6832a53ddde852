package notification_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

// lose sends a code that the provider does not answer for, counted in a window, and lets
// some time pass.
func (d *desk) lose(t *testing.T, c notification.Channel, then time.Duration) throttle.Counted {
	t.Helper()
	taken, err := d.Limiter.TakeAll(t.Context(), throttle.Event{Key: "number", Limit: throttle.Limit{Events: 9, Per: time.Hour}})
	if err != nil {
		t.Fatal(err)
	}
	d.refusal = fault.Errorf(fault.ProviderUnavailable, "No answer.")
	r := d.to(c, true)
	r.Counted = taken[0].Window()
	world.WantCode(t, d.SendCode(t.Context(), r, "482913", 5*time.Minute), fault.ProviderUnavailable)
	d.Time.Advance(then)
	return r.Counted
}

// reconcile does the chore.
func (d *desk) reconcile(t *testing.T) {
	t.Helper()
	if err := d.Handlers()[notification.Reconcile].Do(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// counted returns how many sends count.
func (d *desk) counted(t *testing.T) int {
	t.Helper()
	windows, err := d.DB.ListWindows(t.Context(), []string{"number"})
	if err != nil {
		t.Fatal(err)
	}
	return windows[0].Events
}

// status returns the provider's word for the one attempt.
func (d *desk) status(t *testing.T, c notification.Channel) string {
	t.Helper()
	left, err := d.DB.ListUnanswered(t.Context(), d.Bank.ID, number, c)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) == 0 {
		return "answered"
	}
	return left[0].ProviderStatus
}

func TestService_Reconcile(t *testing.T) {
	for _, c := range []notification.Channel{notification.SMS, notification.Voice} {
		listed := func(sent time.Time) func(string) ([]notification.Found, error) {
			return func(string) ([]notification.Found, error) {
				return []notification.Found{{AccountSID: "AC1", SID: "SM1", To: number, From: sender, Status: "queued", CreatedAt: sent, UpdatedAt: sent}}, nil
			}
		}
		for _, test := range []struct {
			name    string
			passes  time.Duration
			archive func(to string) ([]notification.Found, error)
			status  string
			counted int
		}{
			{"what is not there never left, and does not count", 5 * time.Minute, nil, notification.NeverLeft, 0},
			{"a list is not believed before five minutes", 5*time.Minute - time.Microsecond, nil, notification.Attempted, 1},
			{"nobody asks after a day", 24*time.Hour + time.Microsecond, nil, notification.Attempted, 1},
			{"what is there is settled, and counts", 5 * time.Minute, listed(world.Began.Add(time.Second)), "answered", 1},
			{"what is there of another time is another", 5 * time.Minute, listed(world.Began.Add(-time.Hour)), notification.NeverLeft, 0},
			{"a provider that does not answer has said nothing", 5 * time.Minute, func(string) ([]notification.Found, error) {
				return nil, context.DeadlineExceeded
			}, notification.Attempted, 1},
			{"a list that does not reach back says nothing", 5 * time.Minute, func(string) (many []notification.Found, err error) {
				for i := range 100 {
					many = append(many, notification.Found{
						AccountSID: "AC1", SID: fmt.Sprintf("SM%03d", i), To: number, From: sender, Body: "another", Status: "sent", CreatedAt: world.Began.Add(time.Minute),
					})
				}
				return many, nil
			}, notification.Attempted, 1},
			{"a list of one account that reaches back says nothing of another's", 5 * time.Minute, func(string) (many []notification.Found, err error) {
				for i := range 101 {
					f := notification.Found{
						AccountSID: "AC1", SID: fmt.Sprintf("SM%03d", i), To: number, From: sender, Body: "another", Status: "sent", CreatedAt: world.Began.Add(time.Minute),
					}
					if i == 100 {
						f.AccountSID, f.CreatedAt = "AC2", world.Began.Add(-time.Hour)
					}
					many = append(many, f)
				}
				return many, nil
			}, notification.Attempted, 1},
		} {
			t.Run(fmt.Sprintf("%s: %s", c, test.name), func(t *testing.T) {
				d := newDesk(t)
				if test.archive != nil {
					d.archive = test.archive
				}
				d.lose(t, c, test.passes)

				for range 2 {
					d.reconcile(t)
				}

				if got, n := d.status(t, c), d.counted(t); got != test.status || n != test.counted {
					t.Errorf("it is %q and %d count, want %q and %d", got, n, test.status, test.counted)
				}
			})
		}
	}

	t.Run("what counts of another hour stays", func(t *testing.T) {
		d := newDesk(t)
		d.lose(t, notification.SMS, time.Hour)
		d.lose(t, notification.SMS, 0) // its window is another

		d.reconcile(t)

		if got := d.counted(t); got != 1 {
			t.Errorf("%d count", got)
		}
	})
}

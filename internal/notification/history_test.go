package notification_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// found returns texts as Twilio lists them, newest first.
func found(n int) []notification.Found {
	texts := make([]notification.Found, n)
	for i := range texts {
		texts[i] = notification.Found{
			AccountSID: "AC1", SID: fmt.Sprintf("SM%03d", n-i), To: number, From: sender, Body: "Your code is 482913.",
			Status: "delivered", CreatedAt: world.Began.Add(-time.Duration(i) * time.Minute), UpdatedAt: world.Began,
		}
	}
	return texts
}

func TestService_UserHistory(t *testing.T) {
	profile := []string{number, "+447700900104"}

	t.Run("asks Twilio for each number, and shows no code", func(t *testing.T) {
		d := newDesk(t)
		d.archive = func(to string) ([]notification.Found, error) {
			if to == number {
				return found(3), nil
			}
			return nil, nil
		}

		h, err := d.UserHistory(d.Agent(t, auth.ViewNotificationHistory), "usr_ann", profile, "", notification.Request{})

		if err != nil || len(h.Messages) != 3 || h.HasNext || h.Stale || !h.AsOf.Equal(world.Began) || len(d.asked) != 2 {
			t.Fatalf("got %+v, %v, asked for %v", h, err, d.asked)
		}
		for i, m := range h.Messages {
			if strings.Contains(m.Body, "482913") || m.SID != fmt.Sprintf("SM%03d", 3-i) || m.Kind != notification.VerificationCode {
				t.Errorf("message %d: %+v", i, m)
			}
		}
	})

	t.Run("answers from the log if Twilio does not, and says so", func(t *testing.T) {
		for _, test := range []struct {
			err  error
			want string
		}{
			{context.DeadlineExceeded, "did not answer in time"},
			{&fault.Error{Code: fault.ProviderError, Message: "Turned away.", ProviderCode: 20003}, "Turned away. This is what"},
			{fault.Throttle(time.Second, "Too many."), "Too many. This is what"},
			{fault.Errorf(fault.ProviderUnavailable, "Down."), "Down. This is what"},
			{fault.Errorf(fault.Conflict, "Ours."), "could not be read"},
			{errors.New("anything"), "could not be read"},
		} {
			d := newDesk(t)
			d.archive = func(string) ([]notification.Found, error) { return found(2), nil }
			agent := d.Agent(t, auth.ViewNotificationHistory)
			if _, err := d.UserHistory(agent, "usr_ann", profile, number, notification.Request{}); err != nil {
				t.Fatal(err)
			}
			d.Time.Advance(time.Hour)
			d.archive = func(string) ([]notification.Found, error) { return nil, test.err }

			h, err := d.UserHistory(agent, "usr_ann", profile, number, notification.Request{})

			if err != nil || !h.Stale || !strings.Contains(h.StaleReason, test.want) || len(h.Messages) != 2 || !h.AsOf.Equal(world.Began) {
				t.Errorf("%v: got %+v, %v", test.err, h, err)
			}
		}
	})

	t.Run("keeps what Twilio no longer has", func(t *testing.T) {
		d := newDesk(t)
		agent := d.Agent(t, auth.ViewNotificationHistory)
		for _, n := range []int{3, 1} {
			d.archive = func(string) ([]notification.Found, error) { return found(3)[:n], nil }
			if h, err := d.UserHistory(agent, "usr_ann", profile, number, notification.Request{}); err != nil || len(h.Messages) != 3 {
				t.Errorf("got %+v, %v", h, err)
			}
		}
	})

	t.Run("is not read unrecorded, and the record shows no number in full", func(t *testing.T) {
		d := newDesk(t)
		agent := d.Agent(t, auth.ViewNotificationHistory)
		if _, err := d.UserHistory(agent, "usr_ann", profile, "", notification.Request{}); err != nil {
			t.Fatal(err)
		}
		if len(d.Audited.Events) != 1 || d.Audited.Events[0].TargetID != "usr_ann" || d.Audited.Events[0].Details["numbers"] != "••• 0101, ••• 0104" {
			t.Errorf("recorded %v", d.Audited.Events)
		}

		d.Audited.Err = errors.New("no")
		if h, err := d.UserHistory(agent, "usr_ann", profile, "", notification.Request{}); !errors.Is(err, d.Audited.Err) || len(h.Messages) != 0 {
			t.Errorf("got %+v, %v", h, err)
		}
	})

	t.Run("asks nobody when the log is wanted", func(t *testing.T) {
		d := newDesk(t)

		h, err := d.UserHistory(d.Agent(t, auth.ViewNotificationHistory), "usr_ann", profile, "", notification.Request{Source: notification.FromLog})

		if err != nil || len(d.asked) != 0 || h.Stale || !h.AsOf.IsZero() || len(h.Messages) != 0 {
			t.Errorf("got %+v, %v, asked for %v", h, err, d.asked)
		}
	})

	t.Run("is unavailable in UAT, which is not empty", func(t *testing.T) {
		d := newDesk(t)
		d.UAT = true

		h, err := d.UserHistory(d.Agent(t, auth.ViewNotificationHistory), "usr_ann", profile, "", notification.Request{})

		if err != nil || h.UnavailableReason != "UNAVAILABLE_IN_UAT" || h.Messages != nil || len(d.asked) != 0 {
			t.Errorf("got %+v, %v", h, err)
		}
	})

	t.Run("goes on where the last page ended", func(t *testing.T) {
		d := newDesk(t)
		d.archive = func(string) ([]notification.Found, error) { return found(7), nil }
		agent, two := d.Agent(t, auth.ViewNotificationHistory), 2
		var seen []string
		r := notification.Request{First: &two}
		for {
			h, err := d.UserHistory(agent, "usr_ann", profile, number, r)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range h.Messages {
				seen = append(seen, m.SID)
			}
			if !h.HasNext || len(seen) > 20 {
				break
			}
			r.After = h.Messages[len(h.Messages)-1].Cursor()
		}

		if got := strings.Join(seen, " "); got != "SM007 SM006 SM005 SM004 SM003 SM002 SM001" {
			t.Errorf("got %s", got)
		}
	})

	t.Run("matches what was not answered for with what Twilio lists, each once", func(t *testing.T) {
		d := newDesk(t)
		d.refusal = fault.Errorf(fault.Timeout, "No answer.")
		for range 2 { // the first of which Twilio never took
			if err := d.SendCode(t.Context(), d.to(notification.SMS, true), "482913", 5*time.Minute); fault.CodeOf(err) != fault.Timeout {
				t.Fatal(err)
			}
			d.Time.Advance(20 * time.Second)
		}
		d.archive = func(to string) ([]notification.Found, error) {
			made := world.Began.Add(21 * time.Second)
			return []notification.Found{
				{AccountSID: "AC1", SID: "SM1", To: number, From: sender, Body: d.texts[1], Status: "delivered", CreatedAt: made, UpdatedAt: made},
				{AccountSID: "AC1", SID: "SM2", To: number, From: sender, Body: "An alert.", Status: "delivered", CreatedAt: made, UpdatedAt: made},
			}, nil
		}

		h, err := d.UserHistory(d.Agent(t, auth.ViewNotificationHistory), "usr_ann", profile, number, notification.Request{})

		var got []string
		for _, m := range h.Messages {
			got = append(got, fmt.Sprint(m.SID, " ", m.Status(h.Now), " ", strings.HasPrefix(m.ID, "msg_")))
		}
		if want := "SM2 DELIVERED false, SM1 DELIVERED true,  PENDING true"; err != nil || strings.Join(got, ", ") != want {
			t.Errorf("got %q, %v", got, err)
		}
	})

	t.Run("is empty for a profile without numbers", func(t *testing.T) {
		d := newDesk(t)

		h, err := d.UserHistory(d.Agent(t, auth.ViewNotificationHistory), "usr_ann", nil, "", notification.Request{})

		if err != nil || len(h.Messages) != 0 || h.Stale || h.UnavailableReason != "" {
			t.Errorf("got %+v, %v", h, err)
		}
	})

	t.Run("refuses", func(t *testing.T) {
		d := newDesk(t)
		may, zero := d.Agent(t, auth.ViewNotificationHistory), 0
		for _, test := range []struct {
			name   string
			ctx    context.Context
			number string
			r      notification.Request
			want   fault.Code
		}{
			{"nobody", t.Context(), "", notification.Request{}, fault.Unauthenticated},
			{"staff without the permission", d.Agent(t, auth.ViewUsers), "", notification.Request{}, fault.Forbidden},
			{"a number that is on another profile", may, "+12025550199", notification.Request{}, fault.InvalidInput},
			{"what is no number", may, "ann", notification.Request{}, fault.InvalidInput},
			{"a page of none", may, number, notification.Request{First: &zero}, fault.InvalidInput},
			{"a cursor that no page gave", may, number, notification.Request{After: "x"}, fault.InvalidInput},
		} {
			if _, err := d.UserHistory(test.ctx, "usr_ann", profile, test.number, test.r); fault.CodeOf(err) != test.want {
				t.Errorf("%s: %v, want %q", test.name, err, test.want)
			}
		}
	})
}

func TestService_NumberHistory(t *testing.T) {
	t.Run("looks any number up, 30 times a minute", func(t *testing.T) {
		d := newDesk(t)
		may := d.Agent(t, auth.ViewNotificationHistory)
		for i := range 30 {
			if _, err := d.NumberHistory(may, []string{"+1 (202) 555-0199", "2025550199"}[i%2], notification.Request{Source: notification.FromLog}); err != nil {
				t.Fatal(err)
			}
		}

		_, err := d.NumberHistory(may, number, notification.Request{Source: notification.FromLog})

		world.WantCode(t, err, fault.Throttled)
	})

	t.Run("refuses nobody, staff without the permission and what is no number", func(t *testing.T) {
		d := newDesk(t)

		_, err := d.NumberHistory(t.Context(), number, notification.Request{})
		world.WantCode(t, err, fault.Unauthenticated)
		_, err = d.NumberHistory(d.Agent(t, auth.ViewUsers), number, notification.Request{})
		world.WantCode(t, err, fault.Forbidden)
		_, err = d.NumberHistory(d.Agent(t, auth.ViewNotificationHistory), "5550101", notification.Request{})
		world.WantCode(t, err, fault.InvalidInput)
	})
}

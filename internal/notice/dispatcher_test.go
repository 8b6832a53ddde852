package notice_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestDispatcher(t *testing.T) {
	const mail, text = "EMAIL ann@customer.example", "SMS +12025550101"
	t.Run("sends each notice once", func(t *testing.T) {
		d := newDesk(t)
		d.phone(t, "+12025550101")
		d.tell(t, "")

		d.drain(t)
		d.Time.Advance(30 * 24 * time.Hour)
		d.drain(t)

		d.wantSent(t, mail, text)
	})

	t.Run("sends a mail again until it goes out", func(t *testing.T) {
		d := newDesk(t)
		d.tell(t, "")
		d.send = func(notification.Recipient) error { return errors.New("no mail server") }
		d.drain(t)
		d.Time.Advance(10*time.Second - time.Microsecond)
		d.drain(t)
		d.wantSent(t, mail)
		d.Time.Advance(time.Microsecond)
		d.drain(t)
		d.wantSent(t, mail, mail)

		d.send = func(notification.Recipient) error { return nil }
		d.Time.Advance(time.Hour)
		d.drain(t)
		d.Time.Advance(24 * time.Hour)
		d.drain(t)

		d.wantSent(t, mail, mail, mail)
	})

	t.Run("gives a mail up at once whose address is refused", func(t *testing.T) {
		d := newDesk(t)
		d.tell(t, "")
		d.send = func(notification.Recipient) error { return &fault.Error{Code: fault.ProviderError, ProviderCode: 550} }

		d.drain(t)
		d.Time.Advance(24 * time.Hour)
		d.drain(t)

		d.wantSent(t, mail)
	})

	t.Run("gives a mail up after a week", func(t *testing.T) {
		d := newDesk(t)
		d.tell(t, "")
		d.send = func(notification.Recipient) error { return errors.New("no mail server") }
		for range 7*24 + 30 {
			d.drain(t)
			d.Time.Advance(time.Hour)
		}
		tries := len(d.sent)

		d.Time.Advance(24 * time.Hour)
		d.drain(t)

		if len(d.sent) != tries || tries < 100 {
			t.Errorf("tried %d times, then %d more", tries, len(d.sent)-tries)
		}
	})

	textsFail := func(t *testing.T, err error) *desk {
		d := newDesk(t)
		d.phone(t, "+12025550101")
		d.tell(t, "")
		d.send = func(r notification.Recipient) error {
			if r.Channel == notification.SMS && len(d.sent) < 3 {
				return err
			}
			return nil
		}
		d.drain(t)
		d.Time.Advance(time.Minute)
		d.drain(t)
		d.Time.Advance(24 * time.Hour)
		d.drain(t)
		return d
	}
	refused := &fault.Error{Code: fault.ProviderError, ProviderCode: 21610}

	t.Run("never sends a text twice that may have gone out, or that its recipient does not want", func(t *testing.T) {
		for _, err := range []error{fault.Errorf(fault.ProviderUnavailable, "503"), fault.Errorf(fault.Timeout, "slow"), refused, context.DeadlineExceeded} {
			textsFail(t, err).wantSent(t, mail, text)
		}
	})

	t.Run("sends a text again that surely never left", func(t *testing.T) {
		for _, err := range []error{
			fault.Throttle(time.Second, "wait"), notification.NotSent(fault.Errorf(fault.ProviderUnavailable, "no connection")),
			notification.NotSent(&fault.Error{Code: fault.ProviderError, ProviderCode: 20003}),
		} {
			textsFail(t, err).wantSent(t, mail, text, text)
		}
	})

	t.Run("sends what an earlier version wrote and is not sending", func(t *testing.T) {
		world.OnBoth(t, func(t *testing.T, w *world.World) {
			d := deskIn(w)
			d.ann(t)
			d.phone(t, "+12025550101")
			d.tell(t, "")
			for range d.Outbox(t) { // neither has a job any more
			}
			left := func(set string) {
				if _, err := w.DB.SQL().ExecContext(t.Context(), "UPDATE notices SET done_at = NULL "+set); err != nil {
					t.Fatal(err)
				}
			}
			adopt := func() {
				if err := d.jobs.Handlers[notice.Adopt].Do(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
				d.drain(t)
			}
			left(", claimed_until = '2026-03-04 05:07:07+00:00'") // one minute on
			adopt()
			d.wantSent(t)
			d.Time.Advance(time.Minute)
			adopt()
			adopt()
			d.wantSent(t, mail, text)
		})
	})
}

func TestDispatcher_Links(t *testing.T) {
	t.Run("are in mails only, each with one of its own", func(t *testing.T) {
		d := newDesk(t)
		d.phone(t, "+12025550101")
		d.phone(t, "+12025550102", detected(device.Landline))
		var links []string
		fail := errors.New("no mail server")
		d.send = func(r notification.Recipient) error {
			links = append(links, r.NotYou)
			if r.Channel == notification.Email {
				defer func() { fail = nil }()
				return fail
			}
			return nil
		}
		d.tell(t, "")

		d.drain(t)
		d.Time.Advance(time.Minute)
		d.drain(t)

		slices.Sort(links)
		const link = "https://desk.example/not-you/ann@customer.example-CODES_MADE-"
		if want := []string{"", "", link + "1", link + "2"}; !slices.Equal(links, want) {
			t.Errorf("links %q, want %q", links, want)
		}
	})

	t.Run("are in no mail about what was stopped already", func(t *testing.T) {
		d := newDesk(t)
		if err := d.Tell(t.Context(), d.user, notification.AccountFrozen, ""); err != nil {
			t.Fatal(err)
		}

		d.drain(t)

		if d.wantSent(t, "EMAIL ann@customer.example"); d.links != 0 {
			t.Errorf("%d links", d.links)
		}
	})

	t.Run("hold a mail back that can't have one", func(t *testing.T) {
		d := newDesk(t)
		d.tell(t, "")
		d.unlinked = errors.New("no database")
		d.drain(t)
		d.wantSent(t)

		d.unlinked = nil
		d.Time.Advance(time.Minute)
		d.drain(t)

		d.wantSent(t, "EMAIL ann@customer.example")
	})
}

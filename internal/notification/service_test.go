package notification_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

func TestService_SendCode(t *testing.T) {
	send := func(t *testing.T, d *desk, r notification.Recipient) error {
		t.Helper()
		return d.SendCode(t.Context(), r, "482913", 5*time.Minute)
	}

	t.Run("sends by text, and logs it without the code", func(t *testing.T) {
		d := newDesk(t)

		world.WantCode(t, send(t, d, d.to(notification.SMS, true)), "")

		if len(d.texts) != 1 || !strings.Contains(d.texts[0], "Harbor: 482913") {
			t.Errorf("sent %q", d.texts)
		}
		log := d.logged(t)
		if len(log) != 1 || log[0].SID != "SM1" || log[0].From != sender || log[0].ProviderStatus != "queued" || log[0].Kind != notification.VerificationCode {
			t.Fatalf("logged %+v", log)
		}
		if strings.Contains(log[0].Body, "482913") || !strings.HasPrefix(log[0].Body, "Harbor: ") {
			t.Errorf("logged %q", log[0].Body)
		}
	})

	t.Run("sends by call, digit by digit", func(t *testing.T) {
		d := newDesk(t)

		world.WantCode(t, send(t, d, d.to(notification.Voice, true)), "")

		if len(d.texts) != 0 || !strings.Contains(strings.Join(d.calls, " "), "4, 8, 2, 9, 1, 3") {
			t.Errorf("texts %q, calls %q", d.texts, d.calls)
		}
		if len(d.logged(t)) != 0 {
			t.Error("a call is in the history of texts")
		}
	})

	t.Run("sends a mail and nothing else in UAT", func(t *testing.T) {
		d := newDesk(t)
		d.UAT = true

		for _, c := range []notification.Channel{notification.SMS, notification.Voice} {
			world.WantCode(t, send(t, d, d.to(c, true)), "")
		}

		if len(d.texts)+len(d.calls) != 0 || len(d.mails) != 2 {
			t.Fatalf("texts %q, calls %q, mails %v", d.texts, d.calls, d.mails)
		}
		for _, m := range d.mails {
			if m.To != "ann@customer.example" || !strings.Contains(m.Subject, "[UAT]") || !strings.Contains(m.Text, "482913") {
				t.Errorf("mailed %+v", m)
			}
		}
		if len(d.logged(t)) != 0 {
			t.Error("a mail is in the history of texts")
		}
	})

	t.Run("logs a refusal as failed, with the provider's code, and says it", func(t *testing.T) {
		d := newDesk(t)
		d.refusal = &fault.Error{Code: fault.ProviderError, ProviderCode: 21610}

		world.WantCode(t, send(t, d, d.to(notification.SMS, true)), fault.ProviderError)

		if log := d.logged(t); len(log) != 1 || log[0].ProviderStatus != "failed" || log[0].ErrorCode != 21610 || log[0].SID != "" {
			t.Errorf("logged %+v", log)
		}
	})

	t.Run("asks once only, and leaves open what the provider did not answer", func(t *testing.T) {
		for _, unanswered := range []error{
			fault.Errorf(fault.ProviderUnavailable, "down"), fault.Errorf(fault.Timeout, "slow"), context.DeadlineExceeded, errors.New("cut"),
		} {
			d := newDesk(t)
			d.refusal = unanswered

			if err := send(t, d, d.to(notification.SMS, true)); !errors.Is(err, unanswered) {
				t.Errorf("got %v, want %v", err, unanswered)
			}

			if log := d.logged(t); len(d.texts) != 1 || len(log) != 1 || log[0].Status(world.Began) != notification.Pending {
				t.Errorf("%v: sent %d, logged %+v", unanswered, len(d.texts), log)
			}
		}
	})

	t.Run("logs as failed what surely was not sent", func(t *testing.T) {
		for _, unsent := range []error{
			notification.NotSent(fault.Errorf(fault.ProviderUnavailable, "no connection")), notification.NotSent(errors.New("no account")),
			fault.Invalid("phoneNumber", "no number"), fault.Throttle(time.Second, "busy"),
		} {
			d := newDesk(t)
			d.refusal = unsent

			if err := send(t, d, d.to(notification.SMS, true)); !errors.Is(err, unsent) || !notification.Unsent(err) {
				t.Errorf("got %v, want %v", err, unsent)
			}

			if log := d.logged(t); len(log) != 1 || log[0].ProviderStatus != "failed" {
				t.Errorf("%v: logged %+v", unsent, log)
			}
		}
		if notification.Unsent(nil) || notification.Unsent(fault.Errorf(fault.ProviderUnavailable, "503")) || notification.Unsent(errors.New("cut")) {
			t.Error("what may have been sent counts as unsent")
		}
	})

	t.Run("is written down also when the caller is gone", func(t *testing.T) {
		d := newDesk(t)
		calling, hangUp := context.WithCancel(t.Context())
		d.Provider = interrupted{d.Provider, hangUp}

		world.WantCode(t, d.SendCode(calling, d.to(notification.SMS, true), "482913", time.Minute), "")

		if log := d.logged(t); len(log) != 1 || log[0].SID != "SM1" {
			t.Errorf("logged %+v", log)
		}
	})

	t.Run("over the daily cap goes to confirmed numbers only", func(t *testing.T) {
		d := newDesk(t)
		for range d.Bank.DailySends {
			world.WantCode(t, send(t, d, d.to(notification.SMS, false)), "")
			d.answer.SID += "1"
		}

		world.WantCode(t, send(t, d, d.to(notification.SMS, false)), fault.Throttled)
		world.WantCode(t, send(t, d, d.to(notification.SMS, true)), "")

		if len(d.texts) != d.Bank.DailySends+1 {
			t.Errorf("sent %d", len(d.texts))
		}
		d.Time.Advance(24 * time.Hour)
		d.answer.SID += "1"
		world.WantCode(t, send(t, d, d.to(notification.SMS, false)), "")
	})
}

// interrupted is a provider during whose answer the caller goes away.
type interrupted struct {
	notification.Provider
	hangUp func()
}

func (i interrupted) SendText(ctx context.Context, o notification.Outgoing, body string) (notification.Receipt, error) {
	defer i.hangUp()
	return i.Provider.SendText(ctx, o, body)
}

func TestService_SendNotice(t *testing.T) {
	t.Run("says what happened and whom to call, on each channel", func(t *testing.T) {
		d := newDesk(t)
		for _, c := range []notification.Channel{notification.SMS, notification.Voice, notification.Email} {
			world.WantCode(t, d.SendNotice(t.Context(), d.to(c, true), notification.CodesMade), "")
		}

		if len(d.texts) != 1 || len(d.mails) != 1 || len(d.calls) != 2 {
			t.Fatalf("texts %q, calls %q, mails %v", d.texts, d.calls, d.mails)
		}
		for _, said := range []string{d.texts[0], strings.Join(d.calls, " "), d.mails[0].Text} {
			if !strings.Contains(said, "Backup codes") || !strings.Contains(said, "Not you?") {
				t.Errorf("said %q", said)
			}
		}
		if log := d.logged(t); len(log) != 1 || log[0].Kind != notification.SecurityNotice || log[0].Body != d.texts[0] {
			t.Errorf("logged %+v", log)
		}
	})

	t.Run("sends mails only in UAT", func(t *testing.T) {
		d := newDesk(t)
		d.UAT = true
		for _, c := range []notification.Channel{notification.SMS, notification.Voice, notification.Email} {
			world.WantCode(t, d.SendNotice(t.Context(), d.to(c, true), notification.CodesMade), "")
		}

		if len(d.texts)+len(d.calls) != 0 || len(d.mails) != 1 {
			t.Errorf("texts %q, calls %q, mails %v", d.texts, d.calls, d.mails)
		}
	})
}

func TestService_HandleCallback(t *testing.T) {
	d := newDesk(t)
	world.WantCode(t, d.SendCode(t.Context(), d.to(notification.SMS, true), "482913", time.Minute), "")
	attempt := d.logged(t)[0]
	report := func(status string, code int) error {
		return d.HandleCallback(t.Context(), notification.Callback{
			InstitutionID: d.Bank.ID, AttemptID: attempt.ID, Receipt: notification.Receipt{SID: "SM1", Status: status, ErrorCode: code},
		})
	}

	t.Run("moves the attempt on, in whatever order reports come", func(t *testing.T) {
		world.WantCode(t, report("undelivered", 30003), "")
		world.WantCode(t, report("sent", 0), "")
		world.WantCode(t, report("undelivered", 30003), "")

		if log := d.logged(t); log[0].ProviderStatus != "undelivered" || log[0].ErrorCode != 30003 {
			t.Errorf("logged %+v", log[0])
		}
	})

	t.Run("is NOT_FOUND for what is no attempt of the institution", func(t *testing.T) {
		for _, c := range []notification.Callback{
			{InstitutionID: d.Bank.ID, AttemptID: ""},
			{InstitutionID: d.Bank.ID, AttemptID: "SM1"},
			{InstitutionID: d.Bank.ID, AttemptID: id.New(id.Message)},
			{InstitutionID: "ins_other", AttemptID: attempt.ID},
		} {
			c.Receipt = notification.Receipt{SID: "SM2", Status: "delivered"}
			world.WantCode(t, d.HandleCallback(t.Context(), c), fault.NotFound)
			c.Receipt.SID = ""
			world.WantCode(t, d.HandleCallback(t.Context(), c), fault.NotFound)
		}
	})
}

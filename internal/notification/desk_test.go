package notification_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
)

const (
	number = "+12025550101"
	sender = "+12025550190"
)

// desk is a service in a world, with a provider, an archive and a mailer that do
// what the test says.
type desk struct {
	*notification.Service
	*world.World
	// texts, calls and mails are what was sent, calls by their sentences.
	texts, calls []string
	// sealed is what the last call brought along to say later.
	sealed string
	// callers are the names that calls began with.
	callers []string
	mails   []notification.Mail
	// answer is the provider's to each send.
	answer  notification.Receipt
	refusal error
	// archive answers each look at Twilio.
	archive func(to string) ([]notification.Found, error)
	// why answers each question why a call failed, and whyAsked are those.
	why      int
	whyErr   error
	whyAsked []string
	mu       sync.Mutex
	asked    []string
}

func (d *desk) SendText(_ context.Context, _ notification.Outgoing, body string) (notification.Receipt, error) {
	d.texts = append(d.texts, body)
	return d.answer, d.refusal
}

func (d *desk) PlaceCall(_ context.Context, _ notification.Outgoing, s notification.Speech) (notification.Receipt, error) {
	d.callers = append(d.callers, s.Institution)
	d.calls, d.sealed = append(d.calls, s.Sentences...), s.Sealed
	return d.answer, d.refusal
}

func (d *desk) Send(_ context.Context, m notification.Mail) error {
	d.mails = append(d.mails, m)
	return d.refusal
}

func (d *desk) ListTexts(_ context.Context, _, to string, _ time.Time, _ int, keep func([]notification.Found) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, to)
	texts, err := d.archive(to)
	if err != nil {
		return err
	}
	return keep(texts)
}

func (d *desk) WhyFailed(_ context.Context, _, accountSID, callSID string) (int, error) {
	d.whyAsked = append(d.whyAsked, accountSID+" "+callSID)
	return d.why, d.whyErr
}

func (d *desk) ListCalls(_ context.Context, _, to string, _ int) ([]notification.Found, error) {
	d.asked = append(d.asked, to)
	return d.archive(to)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := world.New(t, func(s *institution.Settings) { s.DailySends = 3 })
	d := &desk{
		World:   w,
		answer:  notification.Receipt{AccountSID: "AC1", SID: "SM1", From: sender, Status: "queued"},
		archive: func(string) ([]notification.Found, error) { return nil, nil },
	}
	d.Service = &notification.Service{
		Store: w.DB, Provider: d, Archive: d, Mailer: d, Institutions: w.Finder(),
		Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Audit: w.Audited, Clock: w.Time, Keys: secret.Development(), Log: slog.New(slog.DiscardHandler),
	}
	return d
}

func (d *desk) to(c notification.Channel, confirmed bool) notification.Recipient {
	r := notification.Recipient{
		Institution: d.Bank, UserID: "usr_ann", Email: "ann@customer.example", Channel: c, To: number, Confirmed: confirmed,
	}
	if c == notification.Email {
		r.To = r.Email
	}
	return r
}

// logged returns what the log has of texts to the number, newest first.
func (d *desk) logged(t *testing.T) []notification.Notification {
	t.Helper()
	rows, _, err := d.DB.ReadLog(t.Context(), notification.ListQuery{InstitutionID: d.Bank.ID, To: []string{number}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

package notification_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

const (
	number = "+12025550101"
	sender = "+12025550190"
)

// desk is a service on a real store, with a provider, an archive and a mailer
// that do what the test says.
type desk struct {
	*notification.Service
	db    *store.DB
	clock *clock.Fake
	bank  institution.Institution
	// texts, calls and mails are what was sent, calls by their sentences.
	texts, calls []string
	mails        []notification.Mail
	// answer is the provider's to each send.
	answer  notification.Receipt
	refusal error
	// archive answers each look at Twilio.
	archive func(to string) ([]notification.Found, error)
	mu      sync.Mutex
	asked   []string
	// audited is what was recorded; unrecorded makes recording fail.
	audited    []audit.Event
	unrecorded error
}

func (d *desk) SendText(_ context.Context, _ notification.Outgoing, body string) (notification.Receipt, error) {
	d.texts = append(d.texts, body)
	return d.answer, d.refusal
}

func (d *desk) PlaceCall(_ context.Context, _ notification.Outgoing, s notification.Speech) (notification.Receipt, error) {
	d.calls = append(d.calls, s.Sentences...)
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

func (d *desk) Record(_ context.Context, e audit.Event) error {
	if d.unrecorded == nil {
		d.audited = append(d.audited, e)
	}
	return d.unrecorded
}

func (d *desk) RecordFor(ctx context.Context, _ auth.Actor, e audit.Event) error {
	return d.Record(ctx, e)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db := storetest.New(t)
	fake := clock.NewFake(began)
	institutions := &institution.Service{Store: db, Clock: fake}
	settings := institution.DefaultSettings()
	settings.DailySends = 3
	bank, err := institutions.Create(t.Context(), institution.New{Slug: "harbor", Name: "Harbor", Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{
		db: db, clock: fake, bank: bank,
		answer:  notification.Receipt{AccountSID: "AC1", SID: "SM1", From: sender, Status: "queued"},
		archive: func(string) ([]notification.Found, error) { return nil, nil },
	}
	d.Service = &notification.Service{
		Store: db, Provider: d, Archive: d, Mailer: d, Institutions: institutions,
		Limiter: &throttle.Limiter{Store: db, Clock: fake}, Audit: d, Clock: fake, Log: slog.New(slog.DiscardHandler),
	}
	return d
}

func (d *desk) to(c notification.Channel, confirmed bool) notification.Recipient {
	r := notification.Recipient{
		Institution: d.bank, UserID: "usr_ann", Email: "ann@customer.example", Channel: c, To: number, Confirmed: confirmed,
	}
	if c == notification.Email {
		r.To = r.Email
	}
	return r
}

// logged gives what the log has of texts to the number, newest first.
func (d *desk) logged(t *testing.T) []notification.Notification {
	t.Helper()
	rows, _, err := d.db.ReadLog(t.Context(), notification.ListQuery{InstitutionID: d.bank.ID, To: []string{number}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// agent gives the context of staff of the bank.
func (d *desk) agent(t *testing.T, p ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{UserID: "usr_agent", InstitutionID: d.bank.ID, Kind: auth.Staff, Permissions: p})
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

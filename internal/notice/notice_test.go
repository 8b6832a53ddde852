package notice_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// desk is an outbox on a real store, with a sender that does what the test says.
type desk struct {
	*notice.Service
	*notice.Dispatcher
	db    *store.DB
	clock *clock.Fake
	bank  institution.Institution
	user  user.User
	// sent has the channel and address of each send.
	sent []string
	send func(r notification.Recipient) error
	// links counts the links that were made, unlinked makes the next one fail.
	links    int
	unlinked error
}

func (d *desk) SendNotice(_ context.Context, r notification.Recipient, _ notification.Notice) error {
	d.sent = append(d.sent, string(r.Channel)+" "+r.To)
	return d.send(r)
}

// Link gives the address of one message, and counts them.
func (d *desk) Link(_ context.Context, u user.User, n notification.Notice) (string, error) {
	d.links++
	return fmt.Sprintf("https://desk.example/not-you/%s-%s-%d", u.Email, n, d.links), d.unlinked
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	db := storetest.New(t)
	fake := clock.NewFake(began)
	institutions := &institution.Service{Store: db, Clock: fake}
	n := institution.New{Slug: "harbor", Name: "Harbor", Settings: institution.DefaultSettings()}
	for _, f := range settings {
		f(&n.Settings)
	}
	bank, err := institutions.Create(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{
		db: db, clock: fake, bank: bank, send: func(notification.Recipient) error { return nil },
		user: user.User{
			ID: id.New(id.User), InstitutionID: bank.ID, Kind: auth.Customer, Status: user.Active,
			Email: "ann@customer.example", FirstName: "Ann", LastName: "Archer", CreatedAt: began,
		},
	}
	if err := db.CreateUser(t.Context(), d.user, ""); err != nil {
		t.Fatal(err)
	}
	d.Service = &notice.Service{Store: db, Directory: device.Directory{Store: db}, Institutions: institutions, Clock: fake}
	d.Dispatcher = &notice.Dispatcher{
		Store: db, Institutions: institutions, Links: d, Sender: d, Clock: fake, Log: slog.New(slog.DiscardHandler), Poll: time.Millisecond,
	}
	return d
}

// phone stores a phone of the user and gives its id.
func (d *desk) phone(t *testing.T, number string, change ...func(p *device.Phone)) string {
	t.Helper()
	p := &device.Phone{PhoneNumber: number, Base: device.Base{
		ID: id.New(id.Device), InstitutionID: d.bank.ID, UserID: d.user.ID, AddedAt: began, ConfirmedAt: &began,
	}}
	for _, f := range change {
		f(p)
	}
	if err := d.db.CreateDevice(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func detected(n device.NumberType) func(p *device.Phone) {
	return func(p *device.Phone) { p.DetectedNumberType = &n }
}

func (d *desk) tell(t *testing.T, exceptDevice string) {
	t.Helper()
	if err := d.Tell(t.Context(), d.user, notification.CodesMade, exceptDevice); err != nil {
		t.Fatal(err)
	}
}

// drain sends all that is due.
func (d *desk) drain(t *testing.T) {
	t.Helper()
	for range 100 {
		if !d.Next(t.Context()) {
			return
		}
	}
	t.Fatal("the outbox has no end")
}

func (d *desk) wantSent(t *testing.T, want ...string) {
	t.Helper()
	slices.Sort(d.sent)
	slices.Sort(want)
	if !slices.Equal(d.sent, want) {
		t.Errorf("sent %q, want %q", d.sent, want)
	}
}

func TestService_Tell(t *testing.T) {
	const mail = "EMAIL ann@customer.example"
	voip := func(s *institution.Settings) {
		s.VoIPRisk = &institution.RiskAcceptance{By: "Board", At: began}
	}

	t.Run("tells by mail and by every phone, each its own way", func(t *testing.T) {
		d := newDesk(t, voip)
		d.phone(t, "+12025550101")
		d.phone(t, "+12025550102", detected(device.Landline))
		d.phone(t, "+12025550103", detected(device.VoIP))

		d.tell(t, "")
		d.drain(t)

		d.wantSent(t, mail, "SMS +12025550101", "VOICE +12025550102", "VOICE +12025550103")
	})

	t.Run("leaves out the device that was changed", func(t *testing.T) {
		d := newDesk(t)
		d.phone(t, "+12025550101")
		changed := d.phone(t, "+12025550102")

		if err := d.Tell(t.Context(), d.user, notification.NumberTypeChanged, changed); err != nil {
			t.Fatal(err)
		}
		d.drain(t)

		d.wantSent(t, mail, "SMS +12025550101")
	})

	t.Run("leaves out phones that nobody confirmed", func(t *testing.T) {
		d := newDesk(t)
		d.phone(t, "+12025550101", func(p *device.Phone) { p.ConfirmedAt = nil })

		d.tell(t, "")
		d.drain(t)

		d.wantSent(t, mail)
	})

	t.Run("leaves out what the institution does not permit", func(t *testing.T) {
		d := newDesk(t, func(s *institution.Settings) { s.Methods = []institution.Method{institution.SMS} })
		d.phone(t, "+12025550101")
		d.phone(t, "+12025550102", detected(device.Landline))
		d.phone(t, "+12025550103", detected(device.VoIP))

		d.tell(t, "")
		d.drain(t)

		d.wantSent(t, mail, "SMS +12025550101")
	})

	t.Run("leaves out VoIP numbers where their risk is not accepted", func(t *testing.T) {
		d := newDesk(t)
		d.phone(t, "+12025550103", detected(device.VoIP))

		d.tell(t, "")
		d.drain(t)

		d.wantSent(t, mail)
	})

	t.Run("tells nobody of a change that is rolled back", func(t *testing.T) {
		d := newDesk(t)
		errNo := errors.New("no")

		err := d.db.InTx(t.Context(), func(ctx context.Context) error {
			if err := d.Tell(ctx, d.user, notification.CodesMade, ""); err != nil {
				return err
			}
			return errNo
		})
		d.drain(t)

		if !errors.Is(err, errNo) {
			t.Error(err)
		}
		d.wantSent(t)
	})
}

package notice_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is an outbox in a world, with a sender that does what the test says.
type desk struct {
	*notice.Service
	*world.World
	jobs *job.Runner
	user user.User
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

// Link returns the address of one message, and counts them.
func (d *desk) Link(_ context.Context, u user.User, n notification.Notice, _ time.Time) (string, error) {
	d.links++
	return fmt.Sprintf("https://desk.example/not-you/%s-%s-%d", u.Email, n, d.links), d.unlinked
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	d := deskIn(world.New(t, settings...))
	d.ann(t)
	return d
}

func deskIn(w *world.World) *desk {
	d := &desk{World: w, send: func(notification.Recipient) error { return nil }}
	jobs := w.Jobs()
	d.Service = &notice.Service{Store: w.DB, Directory: device.Directory{Store: w.DB}, Institutions: w.Finder(), Jobs: jobs, Clock: w.Time}
	dispatcher := notice.Dispatcher{Store: w.DB, Institutions: w.Finder(), Links: d, Sender: d, Jobs: jobs, Clock: w.Time}
	d.jobs = &job.Runner{Service: jobs, Handlers: dispatcher.Handlers(), Log: slog.New(slog.DiscardHandler), Poll: time.Millisecond}
	return d
}

// ann makes the user.
func (d *desk) ann(t *testing.T) {
	t.Helper()
	d.user = d.User(t, func(u *user.User) { u.Email = "ann@customer.example" })
}

// phone adds a phone of the user and returns its id.
func (d *desk) phone(t *testing.T, number string, change ...func(p *device.Phone)) string {
	t.Helper()
	return d.Phone(t, d.user, number, change...).ID
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
	for _, q := range []job.Queue{job.Mail, job.Phone} {
		for range 100 {
			if !d.jobs.Next(t.Context(), q) {
				break
			}
		}
	}
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

	t.Run("tells by mail and by every phone, each its own way", func(t *testing.T) {
		d := newDesk(t, world.VoIP)
		d.phone(t, "+12025550101")
		d.phone(t, "+12025550102", detected(device.Landline))
		d.phone(t, "+12025550103", detected(device.VoIP))

		d.tell(t, "")
		d.drain(t)

		d.wantSent(t, mail, "SMS +12025550101", "VOICE +12025550102", "VOICE +12025550103")
	})

	t.Run("puts a link only into mails to what was the user's for long", func(t *testing.T) {
		d := newDesk(t, world.Mail)
		now, week := d.Time.Now(), 7*24*time.Hour
		address := func(name string, confirmed time.Time) device.Device {
			base := world.Base(d.user)
			base.AddedAt, base.ConfirmedAt = confirmed, &confirmed
			made := &device.Email{Base: base, Address: name + "@customer.example"}
			d.AddDevice(t, made)
			return made
		}
		remove := func(added device.Device, at time.Time) {
			if err := d.DB.RemoveDevice(t.Context(), d.Bank.ID, added.Common().ID, at); err != nil {
				t.Fatal(err)
			}
		}
		address("new", now.Add(-time.Hour))
		remove(address("long", now.Add(-week-time.Hour)), now.Add(-time.Hour))
		remove(address("short", now.Add(-week-time.Hour)), now.Add(-2*time.Hour))
		remove(address("again", now.Add(-2*time.Hour)), now.Add(-time.Hour))
		address("again", now.Add(-time.Minute))
		suspect := address("suspect", now)
		if n, err := d.DB.SuspendDevices(t.Context(), d.Bank.ID, d.user.ID, now, notification.CodesMade, now); err != nil || n != 1 {
			t.Fatal(suspect, n, err)
		}

		d.tell(t, "")

		linked := map[string]bool{}
		for _, row := range d.Outbox(t) {
			linked[row.To] = row.Linked
		}
		want := map[string]bool{
			"ann@customer.example": true, "new@customer.example": true, "long@customer.example": true, "short@customer.example": false,
			"again@customer.example": true, "suspect@customer.example": false,
		}
		if diff := cmp.Diff(want, linked); diff != "" {
			t.Error(diff)
		}
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

		err := d.DB.InTx(t.Context(), func(ctx context.Context) error {
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

package notice

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// Sender sends one notice.
type Sender interface {
	SendNotice(ctx context.Context, r notification.Recipient, n notification.Notice) error
}

// Links makes the links by which users say that a change was not theirs.
type Links interface {
	// Link returns the address that one message about a notice carries, which was
	// written at a time.
	Link(ctx context.Context, u user.User, n notification.Notice, noticedAt time.Time) (string, error)
}

// Send is the kind of the jobs that send a notice each.
const Send job.Kind = "SEND_NOTICE"

// Adopt is the kind of the chore that takes over what an earlier version wrote.
const Adopt job.Kind = "ADOPT_NOTICES"

// adoptedAtOnce is how many are taken over in a transaction.
const adoptedAtOnce = 200

// Dispatcher sends what is in the outbox.
type Dispatcher struct {
	Store        Store
	Institutions institution.Finder
	Links        Links
	Sender       Sender
	Jobs         job.Enqueuer
	Clock        clock.Clock
}

// Handlers returns what does the jobs of the outbox.
func (d *Dispatcher) Handlers() map[job.Kind]job.Handler {
	return map[job.Kind]job.Handler{Send: {Do: d.send}, Adopt: {Do: d.adopt, Every: time.Minute}}
}

// send sends a notice. A mail may well arrive twice.
func (d *Dispatcher) send(ctx context.Context, c *job.Claimed) error {
	row, err := d.Store.FindNotice(ctx, c.Subject)
	if err != nil {
		return err
	}
	r, err := d.recipient(ctx, row)
	if err != nil {
		return err
	}
	if row.Channel == notification.Email {
		err := d.Sender.SendNotice(ctx, r, row.Notice)
		if fault.CodeOf(err) == fault.ProviderError { // the address is refused, the next time too
			return job.Final(err)
		}
		return err
	}
	if err := c.Begin(ctx); err != nil {
		return err
	}
	err = d.Sender.SendNotice(ctx, r, row.Notice)
	if notification.MayTryAgain(err) {
		return job.NotDone(err)
	}
	return err
}

func (d *Dispatcher) recipient(ctx context.Context, row Row) (notification.Recipient, error) {
	inst, err := d.Institutions.Find(ctx, row.InstitutionID)
	if err != nil {
		return notification.Recipient{}, err
	}
	u, err := d.Store.FindUser(ctx, row.InstitutionID, row.UserID)
	if err != nil {
		return notification.Recipient{}, err
	}
	r := notification.Recipient{
		Institution: inst, UserID: u.ID, Email: u.Email, Language: u.Language, Channel: row.Channel, To: row.To, Confirmed: true,
	}
	if row.Channel == notification.Email && row.Linked && row.Notice.Deniable() {
		r.NotYou, err = d.Links.Link(ctx, u, row.Notice, row.CreatedAt)
	}
	return r, err
}

// adopt makes jobs of the rows that processes of an earlier version wrote and are not
// sending.
func (d *Dispatcher) adopt(ctx context.Context, _ *job.Claimed) error {
	for n := adoptedAtOnce; n == adoptedAtOnce; {
		if err := d.Store.InTx(ctx, func(ctx context.Context) error {
			rows, err := d.Store.AdoptNotices(ctx, d.Clock.Now(), adoptedAtOnce)
			n = len(rows)
			if err != nil || n == 0 {
				return err
			}
			return d.Jobs.Enqueue(ctx, jobsFor(rows)...)
		}); err != nil {
			return err
		}
	}
	return nil
}

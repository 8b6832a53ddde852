package notice

import (
	"context"
	"log/slog"
	"time"

	"github.com/factordesk/factordesk/internal/institution"
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

// Dispatcher sends what is in the outbox.
type Dispatcher struct {
	Store        Store
	Institutions institution.Finder
	Links        Links
	Sender       Sender
	Clock        clock.Clock
	Log          *slog.Logger
	// Poll is how often the outbox is looked at when it was empty.
	Poll time.Duration
}

const (
	claimFor    = time.Minute
	sendTimeout = 30 * time.Second
	longestWait = time.Hour
	giveUpAfter = 7 * 24 * time.Hour
)

// Run sends until ctx ends, and returns after the notice under way is sent.
func (d *Dispatcher) Run(ctx context.Context) {
	timer := time.NewTicker(d.Poll)
	defer timer.Stop()
	for {
		for ctx.Err() == nil && d.next(ctx) {
		}
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
	}
}

// next sends one notice and reports whether to look for another at once.
func (d *Dispatcher) next(ctx context.Context) bool {
	now := d.Clock.Now()
	row, ok, err := d.Store.ClaimNotice(ctx, now, now.Add(claimFor))
	if err != nil {
		if ctx.Err() == nil {
			d.Log.ErrorContext(ctx, "the outbox could not be read", "error", err)
		}
		return false
	}
	if !ok {
		return false
	}
	// A notice that is claimed is seen through, also at shutdown.
	sending, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer cancel()
	if err := d.dispatch(sending, row); err != nil {
		d.Log.ErrorContext(ctx, "a notice was not sent", "notice", row.ID, "channel", row.Channel, "attempt", row.Attempts, "error", err)
	}
	return true
}

func (d *Dispatcher) dispatch(ctx context.Context, row Row) error {
	inst, err := d.Institutions.Find(ctx, row.InstitutionID)
	if err != nil {
		return err
	}
	u, err := d.Store.FindUser(ctx, row.InstitutionID, row.UserID)
	if err != nil {
		return err
	}
	r := notification.Recipient{
		Institution: inst, UserID: u.ID, Email: u.Email, Language: u.Language, Channel: row.Channel, To: row.To, Confirmed: true,
	}
	if row.Channel == notification.Email && row.Linked && row.Notice.Deniable() {
		if r.NotYou, err = d.Links.Link(ctx, u, row.Notice, row.CreatedAt); err != nil {
			return err
		}
	}
	atMostOnce := row.Channel != notification.Email
	if atMostOnce {
		if err := d.Store.FinishNotice(ctx, row.ID, d.Clock.Now()); err != nil {
			return err
		}
	}
	sendErr := d.Sender.SendNotice(ctx, r, row.Notice)
	if sendErr == nil && atMostOnce {
		return nil
	}
	// THROTTLED says that nothing was sent; a mail may well arrive twice. An address that
	// its server refuses is refused the next time, too.
	now := d.Clock.Now()
	again := sendErr != nil && fault.CodeOf(sendErr) != fault.ProviderError && now.Sub(row.CreatedAt) < giveUpAfter && (!atMostOnce || fault.CodeOf(sendErr) == fault.Throttled)
	switch {
	case again:
		wait := min(time.Duration(row.Attempts*row.Attempts)*10*time.Second, longestWait)
		if err := d.Store.RetryNotice(ctx, row.ID, now.Add(wait)); err != nil {
			return err
		}
	case !atMostOnce:
		if err := d.Store.FinishNotice(ctx, row.ID, now); err != nil {
			return err
		}
	}
	return sendErr
}

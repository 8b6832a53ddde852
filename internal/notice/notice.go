// Package notice tells users what happened to their accounts, by email and every
// other channel that is not the one changed.
//
// It is an outbox: Tell writes one row a channel in the transaction of the
// change itself, so that there is no change without its notice and no notice
// without its change. A Dispatcher in each process claims rows that are due and
// sends them:
//
//	change + Tell ── one transaction ──> outbox row ── claim ──> send ──> done
//
// A mail is sent at least once. A text or call is sent at most once: its row is
// done before the provider is asked, because nobody can know whether a provider
// that did not answer has sent it.
package notice

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Row is one notice on one channel.
type Row struct {
	ID            string
	InstitutionID string
	UserID        string
	Notice        notification.Notice
	Channel       notification.Channel
	// To is a number in E.164 or an email address.
	To        string
	Attempts  int
	CreatedAt time.Time
	DueAt     time.Time
}

// Store keeps the outbox.
type Store interface {
	CreateNotices(ctx context.Context, rows []Row) error
	// ClaimNotice takes the oldest row that is due and not claimed by another,
	// until a time; ok is false if there is none.
	ClaimNotice(ctx context.Context, now, until time.Time) (row Row, ok bool, err error)
	// FinishNotice marks a row done, for good.
	FinishNotice(ctx context.Context, id string, at time.Time) error
	// RetryNotice gives a claim back; the row is due again at a time.
	RetryNotice(ctx context.Context, id string, due time.Time) error
	// ListNotifiable gives the devices of a user, with those removed since a time.
	ListNotifiable(ctx context.Context, institutionID, userID string, removedSince time.Time) ([]device.Device, error)
	// FindUser gives a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
}

// Institutions gives the settings that rules depend on.
type Institutions interface {
	Find(ctx context.Context, id string) (institution.Institution, error)
}

// Service writes notices.
type Service struct {
	Store        Store
	Institutions Institutions
	Clock        clock.Clock
}

// keepRemoved is how long a removed device still gets notices, so that a thief
// can't silence the owner by removing it first.
const keepRemoved = 7 * 24 * time.Hour

// Tell writes the notices of a change into the outbox; call it inside the
// change's transaction. exceptDevice is the device that was changed, if one was.
func (s *Service) Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error {
	inst, err := s.Institutions.Find(ctx, u.InstitutionID)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	devices, err := s.Store.ListNotifiable(ctx, u.InstitutionID, u.ID, now.Add(-keepRemoved))
	if err != nil {
		return err
	}
	row := Row{InstitutionID: u.InstitutionID, UserID: u.ID, Notice: n, CreatedAt: now, DueAt: now}
	rows := []Row{row.by(notification.Email, u.Email)}
	told := map[string]bool{u.Email: true} // a number that was removed and added again is two devices
	for _, d := range devices {
		if d.Common().ID == exceptDevice || d.Common().ConfirmedAt == nil {
			continue
		}
		channel, to, ok := reach(inst, d)
		if ok && !told[to] {
			rows = append(rows, row.by(channel, to))
			told[to] = true
		}
	}
	return s.Store.CreateNotices(ctx, rows)
}

// TellByMail writes a notice to the address of the account alone; call it as Tell.
func (s *Service) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	now := s.Clock.Now()
	row := Row{InstitutionID: u.InstitutionID, UserID: u.ID, Notice: n, CreatedAt: now, DueAt: now}
	return s.Store.CreateNotices(ctx, []Row{row.by(notification.Email, u.Email)})
}

// reach gives the way to a device, if there is one. Mails need no permission: they
// go to the user's own address anyway.
func reach(inst institution.Institution, d device.Device) (c notification.Channel, to string, ok bool) {
	switch d := d.(type) {
	case *device.Phone:
		c, ok = phoneChannel(inst, d)
		return c, d.PhoneNumber, ok
	case *device.Email:
		return notification.Email, d.Address, true
	default:
		return "", "", false
	}
}

func (r Row) by(c notification.Channel, to string) Row {
	r.ID, r.Channel, r.To = id.New(id.Notice), c, to
	return r
}

// phoneChannel gives the way to a phone, if the institution permits one.
func phoneChannel(inst institution.Institution, p *device.Phone) (notification.Channel, bool) {
	switch {
	case p.CommunicationMethod() == device.Text:
		return notification.SMS, inst.Permits(institution.SMS)
	case p.NumberType() == device.VoIP && inst.VoIPRisk == nil:
		return "", false
	default:
		return notification.Voice, inst.Permits(institution.Voice)
	}
}

// NumberTypeChanged tells the owner of a phone that its codes go another way.
func (s *Service) NumberTypeChanged(ctx context.Context, u user.User, deviceID string) error {
	return s.Tell(ctx, u, notification.NumberTypeChanged, deviceID)
}

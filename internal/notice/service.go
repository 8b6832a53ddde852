package notice

import (
	"context"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

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

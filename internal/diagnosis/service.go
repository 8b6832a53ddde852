package diagnosis

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

// How far back messages say something about a phone, and how many of them.
const (
	lookBack = 30 * 24 * time.Hour
	few      = 3
)

// Service keeps the rules of what needs attention.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Clock        clock.Clock
}

// Attention returns what needs attention about users of the actor's institution, a list
// each, to staff who hold VIEW_USERS. It takes two statements, however many users there
// are.
func (s *Service) Attention(ctx context.Context, users []Subject) ([][]Finding, error) {
	actor, err := auth.Require(ctx, auth.ViewUsers)
	if err != nil {
		return nil, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	messages, err := s.messages(ctx, actor.InstitutionID, users, now)
	if err != nil {
		return nil, err
	}
	all := make([][]Finding, len(users))
	for i, u := range users {
		all[i] = look{
			Subject: u, institution: inst, messages: messages, now: now,
			mayMakeCodes: backupcode.May(actor, u.User) == nil, mayReadHistory: actor.Can(auth.ViewNotificationHistory),
		}.findings()
	}
	return all, nil
}

// way is a number and how messages go to it.
type way struct {
	number  string
	channel notification.Channel
}

func (s *Service) messages(ctx context.Context, institutionID string, users []Subject, now time.Time) (map[way][]notification.Notification, error) {
	var numbers []string
	for _, u := range users {
		for _, d := range u.Devices {
			if p, ok := d.(*device.Phone); ok {
				numbers = append(numbers, p.PhoneNumber)
			}
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	list, err := s.Store.LastMessages(ctx, institutionID, numbers, now.Add(-lookBack), few)
	messages := map[way][]notification.Notification{}
	for _, n := range list {
		w := way{n.To, n.Channel}
		messages[w] = append(messages[w], n)
	}
	return messages, err
}

package notification

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Watch lets staff see what becomes of the texts to a user of theirs, and is on record as
// a look into the history. FORBIDDEN without VIEW_NOTIFICATION_HISTORY; UNAVAILABLE_IN_UAT.
func (s *Service) Watch(ctx context.Context, userID string) error {
	if _, err := auth.Require(ctx, auth.ViewNotificationHistory); err != nil {
		return err
	}
	if s.UAT {
		return fault.Errorf(fault.UnavailableInUAT, "Acceptance tests send no texts.")
	}
	return s.Audit.Record(ctx, audit.Event{
		Action: audit.ReadHistory, TargetID: userID, Details: map[string]string{"operation": "notificationUpdated"},
	})
}

// Watched returns a text to a user whom the actor watches, as the history has it.
// FORBIDDEN without VIEW_NOTIFICATION_HISTORY; NOT_FOUND, for texts to others too.
func (s *Service) Watched(ctx context.Context, userID, textID string) (Notification, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return Notification{}, err
	}
	text, err := s.Store.FindText(ctx, actor.InstitutionID, textID)
	if err == nil && text.UserID != userID {
		return Notification{}, fault.Errorf(fault.NotFound, "There is no such text.")
	}
	return text, err
}

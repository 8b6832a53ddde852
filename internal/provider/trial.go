package provider

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Phones are those of the people who manage accounts.
type Phones interface {
	// TextMine has something texted to a phone of the actor's own, once before is done.
	TextMine(ctx context.Context, deviceID string, before func(ctx context.Context) error, send func(ctx context.Context, to notification.Recipient) error) error
}

// Texts sends a test through an account.
type Texts interface {
	SendTest(ctx context.Context, to notification.Recipient, providerID string) error
}

// SendTest texts a phone of the actor's own through an account of the actor's
// institution, also one that is switched off: FORBIDDEN, UNAVAILABLE_IN_UAT, NOT_FOUND,
// CONFLICT for a phone that gets no texts, THROTTLED, and what the provider says.
func (s *Service) SendTest(ctx context.Context, providerID, deviceID string) error {
	actor, err := auth.Require(ctx, auth.ManageProviders)
	if err != nil {
		return err
	}
	row, err := s.own(ctx, actor, providerID)
	if err != nil {
		return err
	}
	if s.UAT {
		return fault.Errorf(fault.UnavailableInUAT, "Acceptance tests send no texts.")
	}
	record := func(ctx context.Context) error {
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.TestedProvider, TargetID: actor.InstitutionID, Details: map[string]string{"provider": row.ID, "device": deviceID},
		})
	}
	return s.Phones.TextMine(ctx, deviceID, record, func(ctx context.Context, to notification.Recipient) error {
		return s.Texts.SendTest(ctx, to, row.ID)
	})
}

package provider

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Trouble is why codes can't leave by text or call, as all staff may know it: without
// numbers, SIDs and amounts.
type Trouble struct {
	Explanation string
	// Since is when it was found, and CheckedAt when Twilio was asked last; nil where no
	// account is switched on.
	Since, CheckedAt *time.Time
	FixableBy        string
}

// TroubleOf returns why codes of the actor's institution can't leave; nil if they can, and
// if nobody knows. UNAUTHENTICATED, FORBIDDEN for customers.
func (s *Service) TroubleOf(ctx context.Context) (*Trouble, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	if actor.Kind != auth.Staff {
		return nil, fault.Errorf(fault.Forbidden, "Only staff see how the provider stands.")
	}
	row, err := s.Store.FindProvider(ctx, actor.InstitutionID)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return &Trouble{Explanation: "No SMS provider is switched on, so no code leaves by text or call.", FixableBy: byAdmin}, nil
	case err != nil:
		return nil, err
	case row.Health == nil:
		return nil, nil
	}
	return row.Health.trouble(), nil
}

// trouble tells of the first check that keeps codes from leaving.
func (h *Health) trouble() *Trouble {
	c := h.stops()
	if c == nil {
		return nil
	}
	return &Trouble{Explanation: toStaff(*c), Since: h.FailingSince, CheckedAt: &h.CheckedAt, FixableBy: c.FixableBy}
}

// toStaff says of a check that fails what all staff may know.
func toStaff(c Check) string {
	switch c.ID {
	case CheckCredentials:
		return "Twilio turns our credentials away, so no code leaves by text or call."
	case CheckAccount:
		return "Twilio has suspended or closed our account, so no code leaves by text or call."
	case CheckBalance:
		return "Our account at Twilio has no money left, so no code leaves by text or call."
	case CheckSender:
		return "Twilio does not let us send from our number, so codes don't leave."
	}
	return "The SMS provider has a fault, so codes don't leave."
}

// failingSince returns since when no code leaves by an account, as it is now and as it
// stood before; nil if codes leave.
func failingSince(now Health, before *Health) *time.Time {
	switch {
	case now.stops() == nil:
		return nil
	case before != nil && before.FailingSince != nil:
		return before.FailingSince
	}
	return &now.CheckedAt
}

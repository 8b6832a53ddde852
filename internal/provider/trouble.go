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

// TroubleOf returns why codes of the actor's institution can't leave by any account, as the
// one says that is asked first; nil if they can, and if nobody knows. UNAUTHENTICATED,
// FORBIDDEN for customers.
func (s *Service) TroubleOf(ctx context.Context) (*Trouble, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	if actor.Kind != auth.Staff {
		return nil, fault.Errorf(fault.Forbidden, "Only staff see how the provider stands.")
	}
	rows, err := s.Store.ListSending(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return &Trouble{Explanation: "No SMS provider is switched on, so no code leaves by text or call.", FixableBy: byAdmin}, nil
	}
	var all *Trouble
	for _, row := range rows {
		one := row.Health.trouble()
		switch {
		case one == nil: // codes leave by this one
			return nil, nil
		case all == nil:
			all = one
		case one.Since != nil && all.Since != nil && one.Since.After(*all.Since):
			all.Since = one.Since
		}
	}
	return all, nil
}

// trouble tells of the first check that keeps codes from leaving by an account:
// nil if none does, and if nobody was asked.
func (h *Health) trouble() *Trouble {
	if h == nil || h.stops() == nil {
		return nil
	}
	c := h.stops()
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

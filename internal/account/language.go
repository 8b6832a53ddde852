package account

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
)

// ChangeLanguage sets the language in which the actor is written and spoken to:
// INVALID_INPUT for one that the institution does not speak.
func (s *Service) ChangeLanguage(ctx context.Context, l message.Language) error {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return err
	}
	if !inst.Speaks(l) {
		return fault.Invalid("language", "%s does not write and speak this language.", inst.Name)
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.SetLanguage(ctx, actor.InstitutionID, actor.UserID, l); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.ChangedLanguage, TargetID: actor.UserID})
	})
}

package backupcode

import (
	"context"

	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// Consume spends a code that a user typed: WRONG_CODE for one that is wrong,
// used, void or expired, which all look the same from outside.
func (s *Service) Consume(ctx context.Context, u user.User, typed string) error {
	wrong := fault.Errorf(fault.WrongCode, "This code is not right.")
	code, ok := parse(typed)
	if !ok {
		return firstError(s.Hasher.VerifyNothing(ctx, ""), wrong)
	}
	now := s.Clock.Now()
	candidates, err := s.Store.FindLiveCodes(ctx, u.InstitutionID, u.ID, code[:selectorLen], now)
	if err != nil {
		return err
	}
	for _, c := range candidates {
		right, err := s.Hasher.Verify(ctx, c.Hash, code[selectorLen:])
		if err != nil {
			return err
		}
		if !right {
			continue
		}
		if spent, err := s.Store.ConsumeCode(ctx, c.ID, now); err != nil || spent {
			return err
		}
		return wrong
	}
	if len(candidates) == 0 {
		return firstError(s.Hasher.VerifyNothing(ctx, code), wrong)
	}
	return wrong
}

func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

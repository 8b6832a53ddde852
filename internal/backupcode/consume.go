package backupcode

import (
	"cmp"
	"context"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// Held reports whether a user has codes to sign in with.
type Held string

// What a user may have.
const (
	NoSet        Held = ""
	SomeLeft     Held = "SOME_LEFT"
	NoneLeft     Held = "NONE_LEFT"
	NotPermitted Held = "NOT_PERMITTED"
)

// accepted returns whose codes sign in: what staff made always, what users made
// themselves where the institution permits it.
func accepted(inst institution.Institution) []Origin {
	if inst.Permits(institution.BackupCodes) {
		return []Origin{ByStaff, BySelf}
	}
	return []Origin{ByStaff}
}

// Held reports whether a user has codes that would sign in now and, if not, why.
func (s *Service) Held(ctx context.Context, inst institution.Institution, u user.User) (Held, error) {
	live, err := s.Store.CountCodes(ctx, inst.ID, u.ID, s.Clock.Now())
	if err != nil || len(live) == 0 {
		return NoSet, err
	}
	for _, o := range accepted(inst) {
		if live[o] > 0 {
			return SomeLeft, nil
		}
	}
	if live[BySelf] > 0 {
		return NotPermitted, nil
	}
	return NoneLeft, nil
}

// Left counts the codes of a user that would sign in now.
func (s *Service) Left(ctx context.Context, inst institution.Institution, u user.User) (int, error) {
	live, err := s.Store.CountCodes(ctx, inst.ID, u.ID, s.Clock.Now())
	left := 0
	for _, o := range accepted(inst) {
		left += live[o]
	}
	return left, err
}

func errWrong() error { return fault.Errorf(fault.WrongCode, "This code is not right.") }

// Match returns the code that a user typed, for Spend to spend in the transaction
// of what it is spent for: WRONG_CODE for one that is wrong, used, void or
// expired, which all look the same from outside.
func (s *Service) Match(ctx context.Context, inst institution.Institution, u user.User, typed string) (codeID string, err error) {
	code, ok := parse(typed)
	if !ok {
		return "", cmp.Or(s.Hasher.VerifyNothing(ctx, ""), errWrong())
	}
	candidates, err := s.Store.FindLiveCodes(ctx, u.InstitutionID, u.ID, code[:selectorLen], accepted(inst), s.Clock.Now())
	if err != nil {
		return "", err
	}
	for _, c := range candidates {
		right, err := s.Hasher.Verify(ctx, c.Hash, code[selectorLen:])
		if err != nil || right {
			return c.ID, err
		}
	}
	if len(candidates) == 0 {
		return "", cmp.Or(s.Hasher.VerifyNothing(ctx, code), errWrong())
	}
	return "", errWrong()
}

// Spend spends a code: WRONG_CODE if it no longer works, or another call was
// first.
func (s *Service) Spend(ctx context.Context, codeID string) error {
	spent, err := s.Store.ConsumeCode(ctx, codeID, s.Clock.Now())
	if err == nil && !spent {
		err = errWrong()
	}
	return err
}

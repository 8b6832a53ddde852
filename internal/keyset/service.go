package keyset

import (
	"context"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Record is the audit record.
type Record interface {
	// Recognize reports whether the keys verify an entry of the record, and whether
	// there is any.
	Recognize(ctx context.Context) (recognized, some bool, err error)
}

// Service holds a database and its keyset together.
type Service struct {
	Store  Store
	Record Record
	Keys   *secret.Keyset
	Clock  clock.Clock
}

// canaryText is what the canary seals and authenticates, and canaryPlace where it stands.
const canaryText = "keyset canary 1"

var canaryPlace = secret.Place{Table: "keyset_canary", Row: "1", Column: "sealed"}

// Check returns ErrForeign unless the keyset belongs to the database. It reads only.
func (s *Service) Check(ctx context.Context) error {
	c, err := s.Store.FindCanary(ctx)
	if fault.CodeOf(err) == fault.NotFound {
		return s.prove(ctx)
	}
	if err != nil {
		return err
	}
	if !s.opens(Sealed{canaryPlace, c.Sealed}) || !s.Keys.VerifyMAC(c.CodeMAC, canaryText) || !s.Keys.Audit().VerifyMAC(c.AuditMAC, canaryText) {
		return ErrForeign
	}
	return nil
}

// prove looks at what is stored in a database without a canary. A foreign keyset may
// have written there after the right one, so the first word counts.
func (s *Service) prove(ctx context.Context) error {
	oldest, err := s.Store.OldestSecret(ctx)
	switch {
	case err == nil && !s.opens(oldest):
		return ErrForeign
	case err != nil && fault.CodeOf(err) != fault.NotFound:
		return err
	}
	recognized, some, err := s.Record.Recognize(ctx)
	if err == nil && some && !recognized {
		return ErrForeign
	}
	return err
}

func (s *Service) opens(sealed Sealed) bool {
	_, err := s.Keys.Open(sealed.Ciphertext, sealed.Place)
	return err == nil
}

// Claim checks, and writes a canary if there is none. Of two processes that claim a
// new database at once with different keysets one gets ErrForeign.
func (s *Service) Claim(ctx context.Context) error {
	if err := s.Check(ctx); err != nil {
		return err
	}
	if _, err := s.Store.FindCanary(ctx); fault.CodeOf(err) != fault.NotFound {
		return err
	}
	c, err := s.canary()
	if err != nil {
		return err
	}
	if err := s.Store.CreateCanary(ctx, c); err != nil {
		return err
	}
	return s.Check(ctx)
}

// Renew writes the canary anew under the primary keys.
func (s *Service) Renew(ctx context.Context) error {
	was, err := s.Store.FindCanary(ctx)
	if err != nil {
		return err
	}
	becomes, err := s.canary()
	if err != nil {
		return err
	}
	ok, err := s.Store.UpdateCanary(ctx, was, becomes)
	if err == nil && !ok {
		err = fault.Errorf(fault.Conflict, "The keyset's canary was written anew by somebody else meanwhile.")
	}
	return err
}

func (s *Service) canary() (c Canary, err error) {
	c.MadeAt = s.Clock.Now()
	if c.Sealed, err = s.Keys.Seal(secret.NewText(canaryText), canaryPlace); err != nil {
		return c, err
	}
	if c.CodeMAC, err = s.Keys.MAC(canaryText); err != nil {
		return c, err
	}
	c.AuditMAC, err = s.Keys.Audit().MAC(canaryText)
	return c, err
}

// Uses returns what needs a key.
func (s *Service) Uses(ctx context.Context, k secret.Key) ([]Use, error) {
	return s.Store.ListUses(ctx, k.Part(), k.Prefix(), s.Clock.Now())
}

package backupcode

import (
	"context"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Own is a new set that a user made, with its codes, which nobody can read again.
type Own struct {
	Codes        []string
	Instructions string
}

// perOwner is how many sets one user may make: each takes half a second of a core,
// and a notice to every phone.
var perOwner = throttle.Limit{Events: 10, Per: time.Hour}

// GenerateOwn makes codes for the actor to keep, staff like customers; they don't
// expire, and void the set that the actor made before. CONFLICT where the
// institution does not permit it, and for an account that is frozen or not active.
// FORBIDDEN by the rule of auth.Actor.MayAlterFactors. STEP_UP_REQUIRED, and THROTTLED for who makes many, or
// if many sets are being made. A refusal leaves the actor's codes as they were.
func (s *Service) GenerateOwn(ctx context.Context) (Own, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return Own{}, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return Own{}, err
	}
	if !inst.Permits(institution.BackupCodes) {
		return Own{}, fault.Errorf(fault.Conflict, "%s does not let you make backup codes yourself.", inst.Name)
	}
	owner, err := s.Users.Target(ctx, actor.UserID)
	if err != nil {
		return Own{}, err
	}
	if err := owner.MayChangeDevices(); err != nil {
		return Own{}, err
	}
	if err := actor.MayAlterFactors(s.Clock.Now()); err != nil {
		return Own{}, err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return Own{}, err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("own-codes", owner.ID), perOwner); err != nil {
		return Own{}, err
	}
	codes := draw(inst.BackupCodes)
	hashed, err := s.hash(ctx, codes) // before the transaction: it takes long
	if err != nil {
		return Own{}, err
	}
	if err := s.replaceOwn(ctx, owner, hashed); err != nil {
		return Own{}, err
	}
	return Own{Codes: shown(codes), Instructions: message.In(auth.Language(ctx, owner.Language)).KeepCodes}, nil
}

// replaceOwn puts a new set in the place of the one that the owner made before,
// all or nothing, while nobody else changes what the owner signs in with.
func (s *Service) replaceOwn(ctx context.Context, owner user.User, codes []Hashed) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		owner, err := s.Store.LockUser(ctx, owner.InstitutionID, owner.ID)
		if err != nil {
			return err
		}
		if err := owner.MayChangeDevices(); err != nil { // hashing left time to freeze the account
			return err
		}
		set := Set{
			ID: id.New(id.CodeSet), InstitutionID: owner.InstitutionID, UserID: owner.ID, Origin: BySelf,
			ByID: owner.ID, GeneratedAt: s.Clock.Now(),
		}
		if err := s.put(ctx, owner, set, codes); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.GeneratedOwnCodes, TargetID: owner.ID, Details: map[string]string{"codes": strconv.Itoa(len(codes))},
		})
	})
}

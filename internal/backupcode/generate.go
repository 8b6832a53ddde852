package backupcode

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Generated is a new set with its codes, which nobody can read again.
type Generated struct {
	Codes        []string
	ExpiresAt    time.Time
	Instructions string
	User         user.User
}

// Generate spends a token and makes the codes. FORBIDDEN by the rules of May, and of
// auth.Actor.MayAlterFactors; STEP_UP_REQUIRED if the actor's
// last second factor is older than 15 minutes; NOT_FOUND for a token that is not
// the actor's; EXPIRED; CONFLICT for a token that was used; THROTTLED if many sets
// are being made. A refusal leaves the token and the user's codes as they were.
func (s *Service) Generate(ctx context.Context, token string, h Handover) (Generated, error) {
	actor, err := auth.Require(ctx, auth.GenerateLockoutCodes)
	if err != nil {
		return Generated{}, err
	}
	now := s.Clock.Now()
	if err := actor.MayAlterFactors(now); err != nil {
		return Generated{}, err
	}
	if err := actor.RequireRecentFactor(now); err != nil {
		return Generated{}, err
	}
	if h != HandoverInPerson && h != HandoverPhoneCall {
		return Generated{}, fault.Invalid("handover", "Codes are handed over IN_PERSON or by PHONE_CALL, never by text or email.")
	}
	c, err := s.confirmed(ctx, actor, token, now)
	if err != nil {
		return Generated{}, err
	}
	_, target, err := s.target(ctx, c.UserID)
	if err != nil {
		return Generated{}, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return Generated{}, err
	}
	if err := c.Purpose.fits(inst, target); err != nil {
		return Generated{}, err
	}
	codes := draw(inst.BackupCodes)
	hashed, err := s.hash(ctx, codes) // before the transaction: it takes long
	if err != nil {
		return Generated{}, err
	}
	expires := now.Add(inst.StaffCodeLifetime)
	set := Set{
		ID: id.New(id.CodeSet), InstitutionID: actor.InstitutionID, UserID: target.ID, Origin: ByStaff,
		Purpose: c.Purpose, Reason: c.Reason, IdentityCheck: c.IdentityCheck, Handover: h,
		ByID: actor.UserID, GeneratedAt: now, ExpiresAt: &expires,
	}
	if err := s.replace(ctx, c, target, set, hashed); err != nil {
		return Generated{}, err
	}
	return Generated{Codes: shown(codes), ExpiresAt: expires, Instructions: instructions(set, len(codes), inst), User: target}, nil
}

// confirmed returns what a token stands for, if it is the actor's to use now.
func (s *Service) confirmed(ctx context.Context, actor auth.Actor, token string, now time.Time) (Confirmation, error) {
	unknown := fault.Errorf(fault.NotFound, "There is no such confirmation. Start again.")
	if len(token) > 100 {
		return Confirmation{}, unknown
	}
	c, err := s.Store.FindConfirmation(ctx, actor.InstitutionID, auth.HashToken(token))
	switch {
	case fault.CodeOf(err) == fault.NotFound, err == nil && c.StaffID != actor.UserID:
		return Confirmation{}, unknown
	case err != nil:
		return Confirmation{}, err
	}
	audit.AimAt(ctx, c.UserID)
	switch {
	case c.UsedAt != nil:
		return Confirmation{}, errUsed()
	case !now.Before(c.ExpiresAt):
		return Confirmation{}, fault.Errorf(fault.Expired, "This confirmation is too old. Start again.")
	}
	return c, nil
}

func errUsed() error {
	return fault.Errorf(fault.Conflict, "Codes were made with this confirmation already. If they were lost, make a new set.")
}

func (s *Service) hash(ctx context.Context, codes []string) ([]Hashed, error) {
	secrets := make([]string, len(codes))
	for i, code := range codes {
		secrets[i] = code[selectorLen:]
	}
	hashes, err := s.Hasher.HashAll(ctx, secrets)
	if err != nil {
		return nil, err
	}
	hashed := make([]Hashed, len(codes))
	for i, code := range codes {
		hashed[i] = Hashed{ID: id.New(id.Code), Position: i + 1, Selector: code[:selectorLen], Hash: hashes[i]}
	}
	return hashed, nil
}

// replace spends the confirmation, puts the new set in the place of the live one
// and records it, all or nothing.
func (s *Service) replace(ctx context.Context, c Confirmation, target user.User, set Set, codes []Hashed) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		ok, err := s.Store.ConsumeConfirmation(ctx, c.TokenHash, set.GeneratedAt)
		if err != nil {
			return err
		}
		if !ok {
			return errUsed()
		}
		if err := s.put(ctx, target, set, codes); err != nil {
			return err
		}
		details := c.details()
		details["handover"], details["codes"] = string(set.Handover), strconv.Itoa(len(codes))
		return s.Audit.Record(ctx, audit.Event{Action: audit.GeneratedCodes, TargetID: target.ID, Details: details})
	})
}

// put voids the live set of the new one's origin, adds the new one and tells the
// user.
func (s *Service) put(ctx context.Context, owner user.User, set Set, codes []Hashed) error {
	if _, err := s.Store.VoidCodes(ctx, set.InstitutionID, owner.ID, set.Origin, set.GeneratedAt); err != nil {
		return err
	}
	if err := s.Store.CreateCodes(ctx, set, codes); err != nil {
		return err
	}
	return s.Notices.Tell(ctx, owner, notification.CodesMade, "")
}

// instructions say what staff do with the codes and what they tell the user (product
// requirements, part 6).
func instructions(set Set, n int, inst institution.Institution) string {
	how := "Read at least one code out on a call to a number on file"
	if set.Handover == HandoverInPerson {
		how = "Hand over at least one code in person"
	}
	first := "sign in in a browser, choose “Backup code” and enter one"
	if set.Purpose == Enrollment && inst.TwoFactorRequired {
		first = "sign in in a browser, on a computer or a phone; the code that is mailed comes first, and proves the address; then choose “Backup code” and enter one"
	}
	return fmt.Sprintf("%s, and a spare one if you can; never send codes by text or email. Tell the user: %s; "+
		"each of the %d codes works for one sign-in only, all of them stop working on %s UTC, "+
		"and the next step is to add an authenticator app for later sign-ins. These codes are not shown again.",
		how, first, n, set.ExpiresAt.Format("2 January 2006 15:04"))
}

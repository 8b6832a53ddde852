package backupcode

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Confirmation is what a token of Prepare stands for.
type Confirmation struct {
	TokenHash     string
	InstitutionID string
	StaffID       string
	UserID        string
	Purpose       Purpose
	Reason        string
	IdentityCheck IdentityCheck
	CreatedAt     time.Time
	ExpiresAt     time.Time
	UsedAt        *time.Time
}

// Users finds the users for whom codes are made.
type Users interface {
	Target(ctx context.Context, userID string) (user.User, error)
}

// Hasher hashes codes.
type Hasher interface {
	// HashAll hashes each; THROTTLED if too many sets wait already.
	HashAll(ctx context.Context, plain []string) ([]string, error)
	Verify(ctx context.Context, hash, plain string) (bool, error)
	VerifyNothing(ctx context.Context, plain string) error
}

// Service keeps the rules of backup codes.
type Service struct {
	Store        Store
	Users        Users
	Institutions institution.Finder
	Notices      notice.Teller
	Audit        audit.Recorder
	Hasher       Hasher
	Limiter      *throttle.Limiter
	Clock        clock.Clock
}

// confirmationLifetime is how long staff may take between warning and codes.
const confirmationLifetime = 5 * time.Minute

// May tells why the actor may not make codes for a user (product requirements B1
// and B2); nil if it may. Level and permission are two tests.
func May(actor auth.Actor, target user.User) error {
	switch {
	case !actor.Can(auth.GenerateLockoutCodes):
		return auth.ErrMissing(auth.GenerateLockoutCodes)
	case actor.UserID == target.ID:
		return fault.Errorf(fault.Forbidden, "Nobody makes backup codes for themselves here; ask a colleague.")
	case target.Kind == auth.Staff && !actor.AdminLevel:
		return fault.Errorf(fault.Forbidden, "Only Admin-level staff make backup codes for other staff.")
	case target.Status == user.Closed:
		return fault.Errorf(fault.Conflict, "This account is closed.")
	case target.DisabledAt != nil:
		return fault.Errorf(fault.Conflict, "This account is disabled. Enable it first.")
	}
	return nil
}

// target finds the user and checks that the actor may make codes for it.
func (s *Service) target(ctx context.Context, userID string) (auth.Actor, user.User, error) {
	actor, err := auth.Require(ctx, auth.GenerateLockoutCodes)
	if err != nil {
		return auth.Actor{}, user.User{}, err
	}
	target, err := s.Users.Target(ctx, userID)
	if err != nil {
		return auth.Actor{}, user.User{}, err
	}
	return actor, target, May(actor, target)
}

// Request is what staff state before codes are made.
type Request struct {
	UserID        string
	Purpose       Purpose
	Reason        string
	IdentityCheck IdentityCheck
}

// Prepared is the warning, and the token that confirms it.
type Prepared struct {
	Token     string
	ExpiresAt time.Time
	Warning   string
	// VoidsCodes is how many codes would no longer work.
	VoidsCodes int
}

// Prepare makes no codes. FORBIDDEN by the rules of May, NOT_FOUND for users of
// other institutions, INVALID_INPUT.
func (s *Service) Prepare(ctx context.Context, r Request) (Prepared, error) {
	actor, target, err := s.target(ctx, r.UserID)
	if err != nil {
		return Prepared{}, err
	}
	if err := r.check(); err != nil {
		return Prepared{}, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return Prepared{}, err
	}
	if err := r.Purpose.fits(inst, target); err != nil {
		return Prepared{}, err
	}
	now := s.Clock.Now()
	live, err := s.Store.CountLiveCodes(ctx, actor.InstitutionID, target.ID, ByStaff, now)
	if err != nil {
		return Prepared{}, err
	}
	token := auth.NewToken()
	c := Confirmation{
		TokenHash: auth.HashToken(token), InstitutionID: actor.InstitutionID, StaffID: actor.UserID,
		UserID: target.ID, Purpose: r.Purpose, Reason: r.Reason, IdentityCheck: r.IdentityCheck,
		CreatedAt: now, ExpiresAt: now.Add(confirmationLifetime),
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.CreateConfirmation(ctx, c); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.PreparedCodes, TargetID: target.ID, Details: c.details()})
	})
	if err != nil {
		return Prepared{}, err
	}
	return Prepared{Token: token, ExpiresAt: c.ExpiresAt, Warning: warning(target, live), VoidsCodes: live}, nil
}

// details are what the record says of a confirmation.
func (c Confirmation) details() map[string]string {
	return map[string]string{"purpose": string(c.Purpose), "identityCheck": string(c.IdentityCheck), "reason": c.Reason}
}

func (r *Request) check() error {
	if r.Purpose != Lockout && r.Purpose != Enrollment {
		return fault.Invalid("purpose", "Codes are made for LOCKOUT or ENROLLMENT.")
	}
	if r.IdentityCheck == CallerCheck {
		return fault.Invalid("identityCheck", "No caller check was made: make sure of the person in another way, and say how.")
	}
	if !slices.Contains([]IdentityCheck{InPerson, CallBack, Document}, r.IdentityCheck) {
		return fault.Invalid("identityCheck", "Say how you made sure of the person.")
	}
	checked, err := audit.CheckReason(r.Reason)
	r.Reason = checked
	return err
}

// fits tells why codes are not made for this purpose; nil if they are. Enrolment by
// codes is for those who have not enrolled, where no code comes by mail (product
// requirements, part 6).
func (p Purpose) fits(inst institution.Institution, target user.User) error {
	switch {
	case p != Enrollment:
		return nil
	case target.Status != user.Registered && target.Status != user.Enrolling:
		return fault.Invalid("purpose", "%s has enrolled already. If they can't use their second factor, make codes for LOCKOUT.", target.Name())
	case slices.Contains(inst.Methods, institution.Email):
		return fault.Invalid("purpose", "Codes come by mail here, so %s enrols by the code that is mailed at the sign-in. If no mail arrives, have the address corrected.", target.Name())
	}
	return nil
}

func warning(target user.User, live int) string {
	w := fmt.Sprintf("This is a very high-risk act: whoever holds a backup code and the password can sign in as %s. "+
		"Go on only if you are absolutely sure who you are talking to.", target.Name())
	if target.Status == user.Frozen {
		w += " This account is FROZEN: its owner told us that a change to it was somebody else's doing. Whoever asks for codes now may be that somebody. " +
			"Look at the suspended devices first: to bring back the right one may be all that the owner needs."
	}
	if live > 0 {
		w += fmt.Sprintf(" %d unused codes that were made before will stop working.", live)
	}
	return w
}

// Revoke voids the staff-made codes of a user and returns how many would still
// have worked. FORBIDDEN by the rules of May; STEP_UP_REQUIRED; INVALID_INPUT for
// the reason.
func (s *Service) Revoke(ctx context.Context, userID, why string) (user.User, int, error) {
	actor, target, err := s.target(ctx, userID)
	if err != nil {
		return user.User{}, 0, err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return user.User{}, 0, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return user.User{}, 0, err
	}
	var voided int
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		voided, err = s.Store.VoidCodes(ctx, actor.InstitutionID, target.ID, ByStaff, s.Clock.Now())
		if err != nil {
			return err
		}
		if voided > 0 {
			if err := s.Notices.Tell(ctx, target, notification.CodesRevoked, ""); err != nil {
				return err
			}
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.RevokedCodes, TargetID: target.ID,
			Details: map[string]string{"reason": why, "voided": strconv.Itoa(voided)},
		})
	})
	return target, voided, err
}

// Summaries returns what became of the newest set of each origin of users of the
// actor's institution, by user, the newest first, to staff who hold VIEW_USERS and
// to a user who asks for its own.
func (s *Service) Summaries(ctx context.Context, userIDs []string) (map[string][]Summary, error) {
	for _, userID := range userIDs {
		if _, err := auth.RequireOwnerOr(ctx, userID, auth.ViewUsers); err != nil {
			return nil, err
		}
	}
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	sets, err := s.Store.LatestSets(ctx, actor.InstitutionID, userIDs)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	byUser := make(map[string][]Summary, len(userIDs))
	for _, set := range sets {
		byUser[set.UserID] = append(byUser[set.UserID], set.Summary(now))
	}
	return byUser, nil
}

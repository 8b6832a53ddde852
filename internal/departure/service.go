package departure

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

// Users finds the users who leave.
type Users interface {
	Target(ctx context.Context, userID string) (user.User, error)
}

// Service keeps the rules of leaving.
type Service struct {
	Store   Store
	Users   Users
	Notices notice.Teller
	Audit   audit.Recorder
	Clock   clock.Clock
}

// Disable keeps a staff user from signing in, and ends what is under way for them.
// FORBIDDEN by the rules of MayDisable; NOT_FOUND; STEP_UP_REQUIRED; INVALID_INPUT for
// the reason; CONFLICT for who is no staff or disabled already, and for the last one who
// can manage roles and staff.
func (s *Service) Disable(ctx context.Context, userID, why string) (user.User, error) {
	return s.act(ctx, auth.ManageStaff, userID, why, MayDisable, func(ctx context.Context, u user.User, why string, now time.Time) error {
		if err := s.notTheLast(ctx, u); err != nil {
			return err
		}
		if err := s.Store.DisableUser(ctx, u.InstitutionID, u.ID, now); err != nil {
			return err
		}
		return s.end(ctx, u, audit.DisabledUser, why, now)
	})
}

// Enable lets a staff user sign in again. Errors as Disable's; CONFLICT if they are not
// disabled.
func (s *Service) Enable(ctx context.Context, userID, why string) (user.User, error) {
	return s.act(ctx, auth.ManageStaff, userID, why, MayEnable, func(ctx context.Context, u user.User, why string, _ time.Time) error {
		if err := s.Store.EnableUser(ctx, u.InstitutionID, u.ID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.EnabledUser, TargetID: u.ID, Details: map[string]string{"reason": why}})
	})
}

// Close closes a customer's account for good, ends what is under way for them, and
// tells them. FORBIDDEN by the rules of MayClose; NOT_FOUND; STEP_UP_REQUIRED;
// INVALID_INPUT for the reason; CONFLICT for staff and for an account that is closed.
func (s *Service) Close(ctx context.Context, userID, why string) (user.User, error) {
	return s.act(ctx, auth.ResetTwoFactorDevice, userID, why, MayClose, func(ctx context.Context, u user.User, why string, now time.Time) error {
		if err := s.Store.CloseUser(ctx, u.InstitutionID, u.ID); err != nil {
			return err
		}
		if !u.Waits() { // who waits may be a stranger to the address
			if err := s.Notices.Tell(ctx, u, notification.AccountClosed, ""); err != nil {
				return err
			}
		}
		return s.end(ctx, u, audit.ClosedUser, why, now)
	})
}

// act does to a user what the actor may do, in a transaction that holds the institution
// and then the user, and returns the user as they are then. What the actor may do is
// asked again there: a colleague may have been quicker.
func (s *Service) act(
	ctx context.Context, p auth.Permission, userID, why string, may func(auth.Actor, user.User) error,
	do func(ctx context.Context, u user.User, why string, now time.Time) error,
) (user.User, error) {
	actor, err := auth.Require(ctx, p)
	if err != nil {
		return user.User{}, err
	}
	u, err := s.Users.Target(ctx, userID)
	if err != nil {
		return user.User{}, err
	}
	if err := may(actor, u); err != nil {
		return user.User{}, err
	}
	now := s.Clock.Now()
	if err := actor.RequireRecentFactor(now); err != nil {
		return user.User{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return user.User{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.HoldInstitution(ctx, u.InstitutionID); err != nil {
			return err
		}
		if u, err = s.Store.LockUser(ctx, u.InstitutionID, u.ID); err != nil {
			return err
		}
		if err := may(actor, u); err != nil {
			return err
		}
		return do(ctx, u, why, now)
	})
	if err != nil {
		return user.User{}, err
	}
	return s.Users.Target(ctx, userID)
}

// notTheLast answers CONFLICT for the last user who can manage roles and staff.
func (s *Service) notTheLast(ctx context.Context, u user.User) error {
	holders, err := s.Store.ListHolders(ctx, u.InstitutionID, role.Keeping())
	if err == nil && slices.Equal(holders, []string{u.ID}) {
		err = fault.Errorf(fault.Conflict, "Nobody else can manage roles and staff here. Give “%s” and “%s” to another person first.",
			auth.ManageRoles.Name(), auth.ManageStaff.Name())
	}
	return err
}

// end ends all that is under way for a user and records how much it was. What is
// pending comes first: what is being completed right now holds the user, so that what
// comes of it is there to be ended.
func (s *Service) end(ctx context.Context, u user.User, did audit.Action, why string, now time.Time) error {
	if err := s.Store.EndPending(ctx, u.InstitutionID, u.ID, now); err != nil {
		return err
	}
	if err := s.Store.EndNotYouLinks(ctx, u.ID, now); err != nil {
		return err
	}
	if err := s.Store.EndInvite(ctx, u.ID, now); err != nil {
		return err
	}
	if err := s.Store.SpendCodes(ctx, u.ID, now); err != nil {
		return err
	}
	sessions, err := s.Store.EndSessionsOf(ctx, u.ID, "", now)
	if err != nil {
		return err
	}
	codes := 0
	for _, origin := range []backupcode.Origin{backupcode.ByStaff, backupcode.BySelf} {
		voided, err := s.Store.VoidCodes(ctx, u.InstitutionID, u.ID, origin, now)
		if err != nil {
			return err
		}
		codes += voided
	}
	if err := s.Store.ForgetBrowsers(ctx, u.ID); err != nil {
		return err
	}
	return s.Audit.Record(ctx, audit.Event{Action: did, TargetID: u.ID, Details: map[string]string{
		"reason": why, "sessions": strconv.Itoa(sessions), "codes": strconv.Itoa(codes),
	}})
}

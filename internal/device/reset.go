package device

import (
	"context"
	"strconv"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// MayReset tells why the actor may not reset or restore a user's devices, lift their
// pauses or unfreeze the account; nil if it may.
func MayReset(actor auth.Actor, owner user.User) error {
	if !actor.Can(auth.ResetTwoFactorDevice) {
		return auth.ErrMissing(auth.ResetTwoFactorDevice)
	}
	if err := mayTouch(actor, owner); err != nil {
		return err
	}
	if owner.Status == user.Closed {
		return fault.Errorf(fault.Conflict, "This account is closed.")
	}
	return nil
}

// mayTouch tells why the actor, whatever it holds, may not act on how a user signs
// in; nil if it may.
func mayTouch(actor auth.Actor, owner user.User) error {
	switch {
	case actor.UserID == owner.ID:
		return fault.Errorf(fault.Forbidden, "Nobody does this on their own account here; ask a colleague.")
	case owner.Kind == auth.Staff && !actor.AdminLevel:
		return fault.Errorf(fault.Forbidden, "Only Admin-level staff do this on the accounts of other staff.")
	}
	return nil
}

// Reset takes a lost device off a user's account, the last one too: without any,
// the next sign-in wants a backup code, and never takes the password alone. The
// user is told on every other channel, and signed out: whoever has the device may be
// in. FORBIDDEN by the rules of MayReset; STEP_UP_REQUIRED; INVALID_INPUT; NOT_FOUND
// if it was removed already.
func (s *Service) Reset(ctx context.Context, deviceID, why string) (user.User, error) {
	if _, err := auth.Require(ctx, auth.ResetTwoFactorDevice); err != nil {
		return user.User{}, err
	}
	owner, why, err := s.ownerOf(ctx, deviceID, why)
	if err != nil {
		return user.User{}, err
	}
	now := s.Clock.Now()
	return owner, s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.Store.LockUser(ctx, owner.InstitutionID, owner.ID); err != nil {
			return err
		}
		if err := s.Store.RemoveDevice(ctx, owner.InstitutionID, deviceID, now); err != nil {
			return err
		}
		ended, err := s.Store.EndSessionsOf(ctx, owner.ID, "", now)
		if err != nil {
			return err
		}
		if err := s.Notices.Tell(ctx, owner, notification.DeviceReset, deviceID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.ResetDevice, TargetID: deviceID,
			Details: map[string]string{"reason": why, "user": owner.ID, "sessions": strconv.Itoa(ended)},
		})
	})
}

// Restore lets a suspended device prove again who its owner is, once staff have made
// sure that it is the owner's. The user is told on every other channel. FORBIDDEN by
// the rules of MayReset; STEP_UP_REQUIRED; INVALID_INPUT; NOT_FOUND; CONFLICT if it is
// not suspended.
func (s *Service) Restore(ctx context.Context, deviceID, why string) (Device, user.User, error) {
	if _, err := auth.Require(ctx, auth.ResetTwoFactorDevice); err != nil {
		return nil, user.User{}, err
	}
	owner, why, err := s.ownerOf(ctx, deviceID, why)
	if err != nil {
		return nil, user.User{}, err
	}
	var restored Device
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.Store.LockUser(ctx, owner.InstitutionID, owner.ID); err != nil {
			return err
		}
		ok, err := s.Store.RestoreDevice(ctx, owner.InstitutionID, owner.ID, deviceID)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Errorf(fault.Conflict, "This device is not suspended.")
		}
		if restored, _, err = s.find(ctx, deviceID); err != nil {
			return err
		}
		if err := s.Notices.Tell(ctx, owner, notification.DeviceRestored, deviceID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.RestoredDevice, TargetID: deviceID, Details: map[string]string{"reason": why, "user": owner.ID},
		})
	})
	return restored, owner, err
}

// ownerOf returns the owner of a device whom the actor may help by it, and the reason
// as it is recorded.
func (s *Service) ownerOf(ctx context.Context, deviceID, why string) (user.User, string, error) {
	d, actor, err := s.find(ctx, deviceID)
	if err != nil {
		return user.User{}, "", err
	}
	owner, err := s.helped(ctx, actor, d.Common().UserID)
	if err != nil {
		return user.User{}, "", err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return user.User{}, "", err
	}
	why, err = audit.CheckReason(why)
	return owner, why, err
}

// LiftPause lets a user try codes again at once, on all devices that wrong codes
// have paused. The count of wrong codes stays: the next one pauses again, and a
// device that is switched off stays so until it is set up again. FORBIDDEN by the
// rules of MayReset; STEP_UP_REQUIRED; INVALID_INPUT; CONFLICT if nothing is paused.
func (s *Service) LiftPause(ctx context.Context, userID, why string) (user.User, error) {
	actor, err := auth.Require(ctx, auth.ResetTwoFactorDevice)
	if err != nil {
		return user.User{}, err
	}
	owner, err := s.helped(ctx, actor, userID)
	if err != nil {
		return user.User{}, err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return user.User{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return user.User{}, err
	}
	return owner, s.Store.InTx(ctx, func(ctx context.Context) error {
		lifted, err := s.Store.LiftPauses(ctx, owner.InstitutionID, owner.ID, s.Clock.Now())
		if err != nil {
			return err
		}
		if lifted == 0 {
			return fault.Errorf(fault.Conflict, "No device of this user is paused any more.")
		}
		if err := s.Notices.Tell(ctx, owner, notification.PauseLifted, ""); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.LiftedPause, TargetID: owner.ID, Details: map[string]string{"reason": why, "pauses": strconv.Itoa(lifted)},
		})
	})
}

// helped finds the user whom the actor means to help, if it may.
func (s *Service) helped(ctx context.Context, actor auth.Actor, userID string) (user.User, error) {
	owner, err := s.Users.Target(ctx, userID)
	if err != nil {
		return user.User{}, err
	}
	return owner, MayReset(actor, owner)
}

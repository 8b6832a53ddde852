package device

import (
	"context"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// Replaced is what came of Replace.
type Replaced struct {
	Phone *Phone
	// Devices is how many were taken off, Codes how many backup codes were good until
	// then, and Sessions how many were live.
	Devices, Codes, Sessions int
}

// Replace takes everything off a staff user that is a second factor, backup codes too,
// and gives them a phone in place of it, for which the actor vouches: who has lost all
// signs in again by their password and that phone. They are signed out, what is under
// way for them is over, and every way to them that there was is told. FORBIDDEN by the
// rules of MayReset; STEP_UP_REQUIRED; INVALID_INPUT for the reason and the number;
// NOT_FOUND; CONFLICT for customers, who get backup codes, and for disabled staff.
func (s *Service) Replace(ctx context.Context, userID string, n NewPhone, why string) (Replaced, error) {
	actor, err := auth.Require(ctx, auth.ResetTwoFactorDevice)
	if err != nil {
		return Replaced{}, err
	}
	owner, err := s.helped(ctx, actor, userID)
	if err != nil {
		return Replaced{}, err
	}
	if err := mayReplace(owner); err != nil {
		return Replaced{}, err
	}
	now := s.Clock.Now()
	if err := actor.RequireRecentFactor(now); err != nil {
		return Replaced{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return Replaced{}, err
	}
	n.Confirmed = true
	phone, err := s.DraftPhone(ctx, owner, n)
	if err != nil {
		return Replaced{}, err
	}
	done := Replaced{Phone: phone}
	return done, s.Store.InTx(ctx, func(ctx context.Context) error {
		if owner, err = s.Store.LockUser(ctx, owner.InstitutionID, owner.ID); err != nil {
			return err
		}
		if err := mayReplace(owner); err != nil {
			return err
		}
		return s.replace(ctx, owner, &done, why, now)
	})
}

// mayReplace tells why the factors of a user are not replaced by a phone; nil if they
// may be.
func mayReplace(owner user.User) error {
	switch {
	case owner.Kind != auth.Staff:
		return fault.Errorf(fault.Conflict, "This is for the accounts of staff. A customer who lost everything gets backup codes instead.")
	case owner.Status == user.Closed:
		return fault.Errorf(fault.Conflict, "This account is closed.")
	case owner.DisabledAt != nil:
		return fault.Errorf(fault.Conflict, "This account is disabled. Enable it first.")
	}
	return nil
}

// replace does it, in a transaction that holds the owner, and counts what there was.
func (s *Service) replace(ctx context.Context, owner user.User, done *Replaced, why string, now time.Time) error {
	lost, err := s.Store.ListDevices(ctx, owner.InstitutionID, []string{owner.ID})
	if err != nil {
		return err
	}
	done.Devices = len(lost)
	for _, d := range lost {
		if err := s.Store.RemoveDevice(ctx, owner.InstitutionID, d.Common().ID, now); err != nil {
			return err
		}
	}
	if err := s.endAll(ctx, owner, done, now); err != nil {
		return err
	}
	if err := s.Notices.Tell(ctx, owner, notification.DeviceReset, ""); err != nil {
		return err
	}
	if err := s.Store.CreateDevice(ctx, done.Phone); err != nil {
		return err
	}
	if err := s.Notices.Tell(ctx, owner, notification.DeviceAdded, done.Phone.ID); err != nil {
		return err
	}
	details := map[string]string{
		"reason": why, "user": owner.ID, "sessions": strconv.Itoa(done.Sessions), "codes": strconv.Itoa(done.Codes),
	}
	for _, d := range lost {
		if err := s.Audit.Record(ctx, audit.Event{Action: audit.ResetDevice, TargetID: d.Common().ID, Details: details}); err != nil {
			return err
		}
	}
	return s.Audit.Record(ctx, audit.Event{Action: audit.AddedDevice, TargetID: done.Phone.ID, Details: details})
}

// endAll ends all that the factors of a user have opened or may open still.
func (s *Service) endAll(ctx context.Context, owner user.User, done *Replaced, now time.Time) (err error) {
	if err := s.Store.EndPending(ctx, owner.InstitutionID, owner.ID, now); err != nil {
		return err
	}
	if done.Sessions, err = s.Store.EndSessionsOf(ctx, owner.ID, "", now); err != nil {
		return err
	}
	for _, origin := range []backupcode.Origin{backupcode.ByStaff, backupcode.BySelf} {
		voided, err := s.Store.VoidCodes(ctx, owner.InstitutionID, owner.ID, origin, now)
		if err != nil {
			return err
		}
		done.Codes += voided
	}
	return nil
}

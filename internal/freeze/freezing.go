package freeze

import (
	"context"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// linkLifetime is how long a link works.
const linkLifetime = 7 * 24 * time.Hour

// perSource limits how often one caller presses the button.
var perSource = throttle.Limit{Events: 30, Per: 15 * time.Minute}

// Frozen is what the user is told once it is done.
type Frozen struct {
	Language     message.Language
	Institution  string
	SupportPhone string
}

// Freeze does what the page's button says, once for a link: NOT_FOUND for one that
// is unknown, too old or used, which all look the same from outside; THROTTLED.
func (s *Service) Freeze(ctx context.Context, token string) (Frozen, error) {
	if err := s.Limiter.Take(ctx, throttle.Key("not-you", auth.ClientFrom(ctx).Source()), perSource); err != nil {
		return Frozen{}, err
	}
	var frozen Frozen
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		link, err := s.Store.ConsumeNotYouLink(ctx, auth.HashToken(token), now)
		if err != nil {
			return err
		}
		owner, err := s.Store.LockUser(ctx, link.InstitutionID, link.UserID)
		if err != nil {
			return err
		}
		if owner.Left() {
			return fault.Errorf(fault.NotFound, "This account is closed.")
		}
		inst, err := s.Institutions.Find(ctx, link.InstitutionID)
		if err != nil {
			return err
		}
		frozen = Frozen{Language: owner.Language, Institution: inst.Name, SupportPhone: inst.SupportPhone}
		return s.freeze(ctx, owner, link, now)
	})
	return frozen, err
}

func (s *Service) freeze(ctx context.Context, owner user.User, link Link, now time.Time) error {
	details, err := s.end(ctx, owner, now)
	if err != nil {
		return err
	}
	suspended, err := s.suspend(ctx, owner, link, now)
	if err != nil {
		return err
	}
	if owner.Kind == auth.Staff {
		made, err := s.Store.VoidCodesMadeBy(ctx, owner.InstitutionID, owner.ID, link.suspect(), now)
		if err != nil {
			return err
		}
		details["codesForOthers"] = strconv.Itoa(made)
	}
	if err := s.Store.FreezeUser(ctx, owner.InstitutionID, owner.ID, now); err != nil {
		return err
	}
	if err := s.Notices.Tell(ctx, owner, notification.AccountFrozen, ""); err != nil {
		return err
	}
	details["notice"], details["suspended"] = string(link.Notice), strconv.Itoa(suspended)
	actor := auth.Actor{UserID: owner.ID, InstitutionID: owner.InstitutionID, Kind: owner.Kind}
	return s.Audit.RecordFor(ctx, actor, audit.Event{Action: audit.FrozeUser, TargetID: owner.ID, Details: details})
}

// end ends all that is under way for a user and tells how much it was. What is
// pending comes first: a sign-in or a set of codes that is being completed right
// now holds it, so that what comes of it is there to be ended by the time that
// one is through.
func (s *Service) end(ctx context.Context, owner user.User, now time.Time) (map[string]string, error) {
	if err := s.Store.EndPending(ctx, owner.InstitutionID, owner.ID, now); err != nil {
		return nil, err
	}
	sessions, err := s.Store.EndSessionsOf(ctx, owner.ID, "", now)
	if err != nil {
		return nil, err
	}
	voided := 0
	for _, origin := range []backupcode.Origin{backupcode.ByStaff, backupcode.BySelf} {
		n, err := s.Store.VoidCodes(ctx, owner.InstitutionID, owner.ID, origin, now)
		if err != nil {
			return nil, err
		}
		voided += n
	}
	devices, err := s.Store.ListDevices(ctx, owner.InstitutionID, []string{owner.ID})
	if err != nil {
		return nil, err
	}
	for _, d := range devices {
		if !unfinished(owner, d) {
			continue
		}
		if err := s.Store.RemoveDevice(ctx, owner.InstitutionID, d.Common().ID, now); err != nil {
			return nil, err
		}
	}
	return map[string]string{"sessions": strconv.Itoa(sessions), "codes": strconv.Itoa(voided)}, nil
}

// suspend takes from everything that may be somebody else's what it can prove: the
// devices confirmed since a while before the notice, and the browsers that are known.
// Whoever confirms a device holds the user as the freeze does: it is confirmed by
// then, and suspended, or finds the account frozen.
func (s *Service) suspend(ctx context.Context, owner user.User, link Link, now time.Time) (devices int, err error) {
	if devices, err = s.Store.SuspendDevices(ctx, owner.InstitutionID, owner.ID, link.suspect(), link.Notice, now); err != nil {
		return 0, err
	}
	if err := s.Store.SpendCodes(ctx, owner.ID, now); err != nil {
		return 0, err
	}
	return devices, s.Store.ForgetBrowsers(ctx, owner.ID)
}

// unfinished reports whether a device is one that somebody began to add. The phone
// with which a user registered is none, also when its owner freezes twice.
func unfinished(owner user.User, d device.Device) bool {
	if d.Common().ConfirmedAt != nil {
		return false
	}
	_, app := d.(*device.Authenticator)
	return app || owner.Status == user.Active
}

// MayUnfreeze tells why the actor may not unfreeze a user; nil if it may.
func MayUnfreeze(actor auth.Actor, owner user.User) error {
	if err := device.MayReset(actor, owner); err != nil {
		return err
	}
	if owner.Status != user.Frozen {
		return errNotFrozen()
	}
	return nil
}

func errNotFrozen() error { return fault.Errorf(fault.Conflict, "This account is not frozen.") }

// Unfreeze returns a user to what they were before. FORBIDDEN by the rules of
// device.MayReset; STEP_UP_REQUIRED; INVALID_INPUT; CONFLICT if they are not
// frozen.
func (s *Service) Unfreeze(ctx context.Context, userID, why string) (user.User, error) {
	actor, err := auth.Require(ctx, auth.ResetTwoFactorDevice)
	if err != nil {
		return user.User{}, err
	}
	owner, err := s.Users.Target(ctx, userID)
	if err != nil {
		return user.User{}, err
	}
	if err := device.MayReset(actor, owner); err != nil {
		return user.User{}, err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return user.User{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return user.User{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		ok, err := s.Store.UnfreezeUser(ctx, owner.InstitutionID, owner.ID)
		if err != nil {
			return err
		}
		if !ok {
			return errNotFrozen()
		}
		if err := s.Notices.Tell(ctx, owner, notification.AccountUnfrozen, ""); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.UnfrozeUser, TargetID: owner.ID, Details: map[string]string{"reason": why}})
	})
	if err != nil {
		return user.User{}, err
	}
	return s.Users.Target(ctx, userID)
}

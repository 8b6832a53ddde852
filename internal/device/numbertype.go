package device

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// UpdateNumberType sets the number type of a phone, so that the next code goes
// that way (product requirements N1 to N4). FORBIDDEN by the rules of
// MayChangeNumberType; STEP_UP_REQUIRED; INVALID_INPUT for a device that is no phone;
// CONFLICT for VOIP where the institution sends no codes to VoIP numbers, or if the
// override is no longer the one that was seen.
func (s *Service) UpdateNumberType(ctx context.Context, deviceID string, t NumberType, why string, seen Seen) (Device, error) {
	c, err := s.change(ctx, deviceID)
	if err != nil {
		return nil, err
	}
	why, err = audit.CheckReason(why)
	if err != nil {
		return nil, err
	}
	if t != Mobile && t != Landline && t != VoIP {
		return nil, fault.Invalid("numberType", "A number is MOBILE, LANDLINE or VOIP.")
	}
	if t == VoIP {
		inst, err := s.Institutions.Find(ctx, c.actor.InstitutionID)
		if err != nil {
			return nil, err
		}
		if inst.VoIPRisk == nil {
			return nil, fault.Errorf(fault.Conflict, "This institution sends no codes to VoIP numbers. Set MOBILE or LANDLINE, or ask an administrator to permit VoIP numbers.")
		}
	}
	return s.setOverride(ctx, c, seen, &Override{NumberType: t, Reason: why, ByID: c.actor.UserID, At: s.Clock.Now()},
		audit.Event{Action: audit.UpdatedNumberType, Details: map[string]string{"reason": why, "numberType": string(t)}})
}

// ClearNumberType returns a phone to its detected type. Errors as
// UpdateNumberType; CONFLICT if nothing is set.
func (s *Service) ClearNumberType(ctx context.Context, deviceID, why string, seen Seen) (Device, error) {
	c, err := s.change(ctx, deviceID)
	if err != nil {
		return nil, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return nil, err
	}
	return s.setOverride(ctx, c, seen, nil, audit.Event{Action: audit.ClearedNumberType, Details: map[string]string{"reason": why}})
}

// change is a device that the actor may change, with its owner.
type change struct {
	actor  auth.Actor
	device Device
	owner  user.User
}

// change finds the device and checks that the actor may change it, before
// anything else that was given is looked at.
func (s *Service) change(ctx context.Context, deviceID string) (change, error) {
	if _, err := auth.Require(ctx, auth.UpdateNumberType); err != nil {
		return change{}, err
	}
	d, actor, err := s.find(ctx, deviceID)
	if err != nil {
		return change{}, err
	}
	owner, err := s.Users.Target(ctx, d.Common().UserID)
	if err != nil {
		return change{}, err
	}
	if err := MayChangeNumberType(actor, owner); err != nil {
		return change{}, err
	}
	return change{actor, d, owner}, actor.RequireRecentFactor(s.Clock.Now())
}

func (s *Service) setOverride(ctx context.Context, c change, seen Seen, o *Override, e audit.Event) (Device, error) {
	deviceID := c.device.Common().ID
	p, ok := c.device.(*Phone)
	switch {
	case !ok:
		return nil, fault.Invalid("deviceId", "Only a phone has a number type.")
	case o == nil && p.NumberTypeOverride == nil:
		return nil, fault.Errorf(fault.Conflict, "The detected type is in use already.")
	}
	e.TargetID, e.Details["user"] = deviceID, c.owner.ID
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		err := s.Store.SetNumberTypeOverride(ctx, c.actor.InstitutionID, deviceID, seen, o)
		if fault.CodeOf(err) == fault.NotFound {
			return s.overtaken(ctx, deviceID)
		}
		if err != nil {
			return err
		}
		if err := s.Notices.Tell(ctx, c.owner, notification.NumberTypeChanged, deviceID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, e)
	})
	if err != nil {
		return nil, err
	}
	d, _, err := s.find(ctx, deviceID)
	return d, err
}

// overtaken returns the error for a phone that somebody else changed, or removed, since it
// was looked at.
func (s *Service) overtaken(ctx context.Context, deviceID string) error {
	d, _, err := s.find(ctx, deviceID)
	p, ok := d.(*Phone)
	if err != nil || !ok {
		return err
	}
	return fault.Errorf(fault.Conflict, "A colleague changed this meanwhile: codes now go as to %s. Nothing was saved. Look at it again before you change it.", spoken[p.NumberType()])
}

// spoken is what number types are called in a sentence.
var spoken = map[NumberType]string{Mobile: "a mobile", Landline: "a landline", VoIP: "an internet phone (VoIP)"}

// MayChangeNumberType tells why the actor may not change the number types of a
// user's phones; nil if it may.
func MayChangeNumberType(actor auth.Actor, owner user.User) error {
	if !actor.Can(auth.UpdateNumberType) {
		return auth.ErrMissing(auth.UpdateNumberType)
	}
	return mayTouch(actor, owner)
}

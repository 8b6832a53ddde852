package device

import (
	"context"
	"slices"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// What owners do to their own devices, staff to theirs like customers to theirs.
// Each act answers NOT_FOUND for a device that is not the actor's, CONFLICT while
// the account is frozen, FORBIDDEN by the rule of auth.Actor.MayAlterFactors and
// STEP_UP_REQUIRED.

// Rename labels a device anew and returns it: INVALID_INPUT.
func (s *Service) Rename(ctx context.Context, deviceID, label string) (Device, error) {
	err := s.alter(ctx, deviceID, audit.RenamedDevice, func(ctx context.Context, o own) error {
		label, err := CheckLabel(label)
		if err != nil {
			return err
		}
		return s.Store.RenameDevice(ctx, o.owner.InstitutionID, deviceID, label)
	})
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, deviceID)
}

// SetDefault makes a device the one that a sign-in offers first: CONFLICT before
// it is confirmed, and while it is suspended.
func (s *Service) SetDefault(ctx context.Context, deviceID string) (Device, error) {
	err := s.alter(ctx, deviceID, audit.SetDefaultDevice, func(ctx context.Context, o own) error {
		if o.device.Common().ConfirmedAt == nil {
			return fault.Errorf(fault.Conflict, "Confirm this device by its code first.")
		}
		if o.device.Common().SuspendedAt != nil {
			return fault.Errorf(fault.Conflict, "This device is suspended. Call support: they can bring it back.")
		}
		return s.Store.SetDefaultDevice(ctx, o.owner.InstitutionID, o.owner.ID, deviceID)
	})
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, deviceID)
}

// Remove takes a device off the account for good: CONFLICT for the last one by
// which its owner can sign in. Its codes are dead, and its number or address, too,
// is told.
func (s *Service) Remove(ctx context.Context, deviceID string) error {
	return s.alter(ctx, deviceID, audit.RemovedDevice, func(ctx context.Context, o own) error {
		if err := s.mayGo(ctx, o); err != nil {
			return err
		}
		if err := s.Store.RemoveDevice(ctx, o.owner.InstitutionID, deviceID, s.Clock.Now()); err != nil {
			return err
		}
		if o.device.Common().ConfirmedAt == nil {
			return nil // it never was a factor
		}
		return s.Notices.Tell(ctx, o.owner, notification.DeviceRemoved, "")
	})
}

// mayGo tells why a device may not be removed; nil if it may.
func (s *Service) mayGo(ctx context.Context, o own) error {
	inst, err := s.Institutions.Find(ctx, o.owner.InstitutionID)
	if err != nil || !Usable(inst, o.device) {
		return err
	}
	devices, err := s.Store.ListDevices(ctx, inst.ID, []string{o.owner.ID})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(devices, func(d Device) bool { return d.Common().ID != o.device.Common().ID && Usable(inst, d) }) {
		return fault.Errorf(fault.Conflict, "This is the last device by which you can sign in. Add another one first.")
	}
	return nil
}

// own is a device with its owner, who acts.
type own struct {
	device Device
	owner  user.User
}

// alter does something to a device of the actor's own and records it, all or
// nothing, while nobody else changes the owner's devices.
func (s *Service) alter(ctx context.Context, deviceID string, a audit.Action, act func(ctx context.Context, o own) error) error {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		o, err := s.lock(ctx, actor, deviceID)
		if err != nil {
			return err
		}
		if a == audit.SetDefaultDevice || !o.added(actor) {
			if err := actor.MayAlterFactors(s.Clock.Now()); err != nil {
				return err
			}
		}
		if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
			return err
		}
		if err := act(ctx, o); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: a, TargetID: deviceID, Details: map[string]string{"user": actor.UserID}})
	})
}

// lock returns a device of the actor's own and holds the actor's devices still for
// the rest of the transaction.
func (s *Service) lock(ctx context.Context, actor auth.Actor, deviceID string) (own, error) {
	owner, err := s.Store.LockUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return own{}, err
	}
	d, _, err := s.find(ctx, deviceID)
	if err != nil {
		return own{}, err
	}
	if d.Common().UserID != actor.UserID {
		return own{}, errNoDevice()
	}
	return own{d, owner}, owner.MayChangeDevices()
}

// added reports whether the device is the app that the actor was let add after a
// backup code.
func (o own) added(actor auth.Actor) bool {
	used := o.device.Common().BackupCodeUsedAt
	return used != nil && used.Equal(actor.BackupCodeUsedAt)
}

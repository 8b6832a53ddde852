package device

import (
	"context"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// TextMine has something else than a code texted to a phone of the actor's own, as
// onetimecode.Service.Apart does: NOT_FOUND for a device that is not theirs, CONFLICT for
// one that gets no texts or that they have not confirmed.
func (s *Service) TextMine(ctx context.Context, deviceID string, before func(ctx context.Context) error, send func(ctx context.Context, to notification.Recipient) error) error {
	d, actor, err := s.find(ctx, deviceID)
	if err != nil {
		return err
	}
	if d.Common().UserID != actor.UserID {
		return errNoDevice()
	}
	p, err := textable(d)
	if err != nil {
		return err
	}
	owner, err := s.Users.Target(ctx, actor.UserID)
	if err != nil {
		return err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return err
	}
	to := recipient(owner, inst, p)
	return s.Codes.Apart(ctx, to, before, func(ctx context.Context) error { return send(ctx, to) })
}

// textable returns a device as the phone that it is, or CONFLICT for one that gets no
// texts.
func textable(d Device) (*Phone, error) {
	p, ok := d.(*Phone)
	switch b := d.Common(); {
	case !ok:
		return nil, fault.Errorf(fault.Conflict, "This device is no phone, so it gets no texts.")
	case b.ConfirmedAt == nil:
		return nil, fault.Errorf(fault.Conflict, "Confirm this phone by its code first.")
	case b.DisabledAt != nil, b.SuspendedAt != nil:
		return nil, fault.Errorf(fault.Conflict, "This phone is switched off or suspended, so it gets no texts.")
	case Method(p) != institution.SMS:
		return nil, fault.Errorf(fault.Conflict, "This phone gets calls, no texts.")
	}
	return p, nil
}

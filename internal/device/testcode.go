package device

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/throttle"
)

// perTest is how many test messages go to one device.
var perTest = throttle.Limit{Events: 3, Per: time.Hour}

// Tester sends test messages.
type Tester interface {
	SendTestCode(ctx context.Context, r notification.Recipient) error
}

// SendTestCode sends a message without digits to a user's phone, as codes go to it, and
// returns the id under which the timeline has it: FORBIDDEN by the rules of MayReset;
// NOT_FOUND; CONFLICT for a device that gets no texts or calls; THROTTLED over 3 an hour;
// and what the provider says.
func (s *Service) SendTestCode(ctx context.Context, deviceID string) (attemptID string, err error) {
	if _, err := auth.Require(ctx, auth.ResetTwoFactorDevice); err != nil {
		return "", err
	}
	d, actor, err := s.find(ctx, deviceID)
	if err != nil {
		return "", err
	}
	owner, err := s.Users.Target(ctx, d.Common().UserID)
	if err != nil {
		return "", err
	}
	if err := MayReset(actor, owner); err != nil {
		return "", err
	}
	inst, err := s.Institutions.Find(ctx, owner.InstitutionID)
	if err != nil {
		return "", err
	}
	p, err := testable(inst, d)
	if err != nil {
		return "", err
	}
	to := recipient(owner, inst, p)
	to.AttemptID = id.New(id.Message)
	before := func(ctx context.Context) error {
		if err := s.Limiter.Take(ctx, throttle.Key("test-code", p.ID), perTest); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.TestedDevice, TargetID: p.ID, Details: map[string]string{"user": owner.ID}})
	}
	return to.AttemptID, s.Codes.Apart(ctx, to, before, func(ctx context.Context) error { return s.Tests.SendTestCode(ctx, to) })
}

// testable returns a device as the phone that it is, or CONFLICT for one to which no text and
// no call goes.
func testable(inst institution.Institution, d Device) (*Phone, error) {
	p, ok := d.(*Phone)
	switch b := d.Common(); {
	case !ok:
		return nil, fault.Errorf(fault.Conflict, "This device is no phone, so it gets no texts and no calls.")
	case b.DisabledAt != nil, b.SuspendedAt != nil:
		return nil, fault.Errorf(fault.Conflict, "This phone is switched off or suspended, so no codes go to it.")
	case !inst.Permits(Method(p)):
		return nil, fault.Errorf(fault.Conflict, "The institution does not permit this way, so no codes go to this phone.")
	}
	return p, nil
}

package device

import (
	"context"
	"errors"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Pending is a device that waits for its code.
type Pending struct {
	Device     Device
	RetryAfter time.Duration
	ExpiresAt  time.Time
}

// perOwner limits how much one user adds.
var perOwner = throttle.Limit{Events: 10, Per: time.Hour}

// AddMyPhone adds a phone of the actor's and sends it the code that confirms it,
// in place of the same number that still waits for one: INVALID_INPUT for a number
// that gets no codes here, CONFLICT for one that is confirmed, FORBIDDEN by the rule of
// auth.Actor.MayAlterFactors, STEP_UP_REQUIRED,
// THROTTLED, and what the provider says.
func (s *Service) AddMyPhone(ctx context.Context, number, label string) (Pending, error) {
	owner, inst, err := s.mayAdd(ctx)
	if err != nil {
		return Pending{}, err
	}
	p, err := s.DraftPhone(ctx, owner, NewPhone{PhoneNumber: number, Country: inst.Country, Label: label})
	if err != nil {
		return Pending{}, err
	}
	if !Permitted(inst, p) {
		return Pending{}, fault.Invalid("phoneNumber", "%s sends no codes to this kind of number (%s).", inst.Name, p.NumberType())
	}
	return s.add(ctx, owner, inst, p)
}

// AddMyEmail adds an address as AddMyPhone adds a phone: CONFLICT where the
// institution does not permit codes by mail.
func (s *Service) AddMyEmail(ctx context.Context, address, label string) (Pending, error) {
	owner, inst, err := s.mayAdd(ctx)
	if err != nil {
		return Pending{}, err
	}
	if !inst.Permits(institution.Email) {
		return Pending{}, fault.Errorf(fault.Conflict, "%s sends no codes by mail.", inst.Name)
	}
	if address, err = user.ParseEmail("address", address); err != nil {
		return Pending{}, err
	}
	if label, err = CheckLabel(label); err != nil {
		return Pending{}, err
	}
	return s.add(ctx, owner, inst, &Email{Address: address, Base: Base{
		ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID, Label: label, AddedAt: s.Clock.Now(),
	}})
}

// mayAdd returns the actor as the owner of a device to add. It counts before
// anything is looked up, which costs money.
func (s *Service) mayAdd(ctx context.Context) (user.User, institution.Institution, error) {
	var inst institution.Institution
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return user.User{}, inst, err
	}
	owner, err := s.Users.Target(ctx, actor.UserID)
	if err != nil {
		return owner, inst, err
	}
	if err := owner.MayChangeDevices(); err != nil {
		return owner, inst, err
	}
	if err := actor.MayAlterFactors(s.Clock.Now()); err != nil {
		return owner, inst, err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return owner, inst, err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("add-device", owner.ID), perOwner); err != nil {
		return owner, inst, err
	}
	inst, err = s.Institutions.Find(ctx, actor.InstitutionID)
	return owner, inst, err
}

func (s *Service) add(ctx context.Context, owner user.User, inst institution.Institution, d Device) (Pending, error) {
	deviceID := d.Common().ID
	return s.sendTo(ctx, owner, inst, d, func(ctx context.Context) error {
		if err := s.Store.ReplacePending(ctx, d, s.Clock.Now()); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.AddedDevice, TargetID: deviceID, Details: map[string]string{"user": owner.ID}})
	})
}

// ResendMyCode sends a device of the actor's that waits for its code a new one:
// CONFLICT for one that is confirmed; the rest as AddMyPhone.
func (s *Service) ResendMyCode(ctx context.Context, deviceID string) (Pending, error) {
	d, actor, err := s.find(ctx, deviceID)
	switch {
	case err != nil:
		return Pending{}, err
	case d.Common().UserID != actor.UserID:
		return Pending{}, errNoDevice()
	case d.Common().ConfirmedAt != nil:
		return Pending{}, errConfirmed()
	}
	if _, ok := d.(*Authenticator); ok {
		return Pending{}, fault.Invalid("deviceId", "An authenticator app makes its codes itself.")
	}
	owner, inst, err := s.mayAdd(ctx)
	if err != nil {
		return Pending{}, err
	}
	return s.sendTo(ctx, owner, inst, d, func(context.Context) error { return nil })
}

func errConfirmed() error {
	return fault.Errorf(fault.Conflict, "This device is confirmed already.")
}

// sendTo sends a new code, together with what before does in the transaction that
// keeps it.
func (s *Service) sendTo(ctx context.Context, owner user.User, inst institution.Institution, d Device, before func(ctx context.Context) error) (Pending, error) {
	deviceID := d.Common().ID
	to := recipient(owner, inst, d)
	to.Purpose = notification.NewDevice
	var added Device
	sent, err := s.Codes.Send(ctx, onetimecode.Request{
		Subject: onetimecode.DeviceConfirmation, DeviceID: deviceID, To: to, Browser: throttle.KnownBrowser,
	}, func(ctx context.Context) (err error) {
		if err := before(ctx); err != nil {
			return err
		}
		added, err = s.Store.FindDevice(ctx, inst.ID, deviceID)
		return err
	})
	return Pending{Device: added, RetryAfter: sent.RetryAfter, ExpiresAt: sent.ExpiresAt}, unsent(ctx, owner, err)
}

// recipient returns a device's owner as whom messages to it go to.
func recipient(owner user.User, inst institution.Institution, d Device) notification.Recipient {
	to := notification.Recipient{
		Institution: inst, UserID: owner.ID, Email: owner.Email, Language: owner.Language, Channel: notification.Channel(Method(d)), DeviceID: d.Common().ID,
	}
	switch d := d.(type) {
	case *Phone:
		to.To = d.PhoneNumber
	case *Email:
		to.To = d.Address
	}
	return to
}

// unsent makes of a refusal of the provider what the device's owner can use.
func unsent(ctx context.Context, owner user.User, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.ProviderError {
		return err
	}
	w, told := message.In(auth.Language(ctx, owner.Language)), *f
	told.Message = w.WhyUnsent(f.ProviderCode) + " " + w.AddInstead
	return &told
}

// Confirm confirms a phone or an address of the actor's by the code that it got:
// NOT_FOUND, CONFLICT if it is confirmed, WRONG_CODE, THROTTLED and LOCKED after
// wrong ones. The step-up of adding it still counts.
func (s *Service) Confirm(ctx context.Context, deviceID, typed string) (Device, error) {
	d, actor, err := s.find(ctx, deviceID)
	switch {
	case err != nil:
		return nil, err
	case d.Common().UserID != actor.UserID:
		return nil, errNoDevice()
	case d.Common().ConfirmedAt != nil:
		return nil, errConfirmed()
	}
	if err := actor.MayAlterFactors(s.Clock.Now()); err != nil {
		return nil, err
	}
	if _, err := s.Attempts.Begin(ctx, deviceID, throttle.KnownBrowser); err != nil {
		return nil, err
	}
	code, err := s.Codes.Check(ctx, onetimecode.DeviceConfirmation, deviceID, typed)
	if err != nil {
		return nil, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		o, err := s.lock(ctx, actor, deviceID)
		if err != nil {
			return err
		}
		if err := s.Codes.Spend(ctx, code); err != nil {
			return err
		}
		if err := s.Store.ConfirmDevice(ctx, actor.InstitutionID, actor.UserID, deviceID, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.Attempts.Clear(ctx, deviceID, throttle.KnownBrowser); err != nil {
			return err
		}
		if err := s.Notices.Tell(ctx, o.owner, notification.DeviceAdded, deviceID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.ConfirmedDevice, TargetID: deviceID, Details: map[string]string{"user": actor.UserID}})
	})
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, deviceID)
}

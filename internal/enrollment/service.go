package enrollment

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// BackupCodes counts what a user has left.
type BackupCodes interface {
	Left(ctx context.Context, inst institution.Institution, u user.User) (int, error)
}

// Users checks what is given of a user and hashes the password.
type Users interface {
	Draft(ctx context.Context, n user.New) (u user.User, hash string, err error)
}

// Phones looks a number up.
type Phones interface {
	DraftPhone(ctx context.Context, owner user.User, n device.NewPhone) (*device.Phone, error)
}

// Service keeps the rules of enrolment.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Users        Users
	Phones       Phones
	BackupCodes  BackupCodes
	Notices      notice.Teller
	Audit        audit.Recorder
	Limiter      *throttle.Limiter
	Clock        clock.Clock
}

// Begin starts or takes up the enrolment of a user who signs in, if there is to be
// one, and reports whether the address is to be proved first.
func (s *Service) Begin(ctx context.Context, inst institution.Institution, u user.User) (verifyEmail bool, err error) {
	if u.Kind != auth.Customer || u.Status != user.Registered {
		return false, nil
	}
	now := s.Clock.Now()
	byMail := inst.Permits(institution.Email)
	e := Enrollment{UserID: u.ID, InstitutionID: inst.ID, VerifyEmail: inst.TwoFactorRequired && !byMail, BeganAt: now}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		began, err := s.Store.BeginEnrollment(ctx, e)
		if err != nil || !began || !byMail {
			return err
		}
		return s.addAddress(ctx, u)
	})
	if err != nil {
		return false, err
	}
	e, err = s.Store.FindEnrollment(ctx, u.ID)
	return e.VerifyEmail && e.EmailVerifiedAt == nil, err
}

// addAddress makes the account's own address one of the ways in, where it is not
// one already: CreateDevice is never asked for a second, which would end the
// transaction.
func (s *Service) addAddress(ctx context.Context, u user.User) error {
	devices, err := s.Store.ListDevices(ctx, u.InstitutionID, []string{u.ID})
	if err != nil {
		return err
	}
	for _, d := range devices {
		if e, ok := d.(*device.Email); ok && e.Address == u.Email {
			return nil
		}
	}
	return s.Store.CreateDevice(ctx, &device.Email{Address: u.Email, Base: device.Base{
		ID: id.New(id.Device), InstitutionID: u.InstitutionID, UserID: u.ID, AddedAt: s.Clock.Now(),
	}})
}

// EmailVerified records that a user proved the address; call it in the transaction
// that spends the code.
func (s *Service) EmailVerified(ctx context.Context, u user.User) error {
	return s.Store.VerifyEmail(ctx, u.ID, s.Clock.Now())
}

// CodeAccepted takes a customer who was registered one step on; call it in the
// transaction that starts the session. EXPIRED for one who has not proved the
// address, which a sign-in asks for first.
func (s *Service) CodeAccepted(ctx context.Context, u user.User) error {
	if u.Kind != auth.Customer || u.Status != user.Registered {
		return nil
	}
	ok, err := s.Store.AcceptCode(ctx, u.InstitutionID, u.ID, s.Clock.Now())
	if err == nil && !ok {
		err = fault.Errorf(fault.Expired, "Prove your email address first: start again.")
	}
	return err
}

// CompletePreferences ends the actor's enrolment: INVALID_INPUT for a language
// that there is not or that the institution does not speak, CONFLICT if there is
// nothing to complete.
func (s *Service) CompletePreferences(ctx context.Context, l message.Language) error {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return err
	}
	if !inst.Speaks(l) {
		return fault.Invalid("language", "%s does not write and speak this language.", inst.Name)
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		done, err := s.Store.FinishEnrollment(ctx, actor.InstitutionID, actor.UserID, l, s.Clock.Now())
		if err != nil {
			return err
		}
		if !done {
			return fault.Errorf(fault.Conflict, "There is nothing left to set up.")
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.CompletedEnrollment, TargetID: actor.UserID})
	})
}

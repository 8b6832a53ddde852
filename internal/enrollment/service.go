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
	if u.Kind != auth.Customer || u.Status != user.Registered && !u.Waits() {
		return false, nil
	}
	e := Enrollment{UserID: u.ID, InstitutionID: inst.ID, VerifyEmail: !inst.Permits(institution.Email), BeganAt: s.Clock.Now()}
	if _, err := s.Store.BeginEnrollment(ctx, e); err != nil {
		return false, err
	}
	e, err = s.Store.FindEnrollment(ctx, u.ID)
	return e.EmailVerifiedAt == nil, err
}

// Hold holds the address for which a user waits, before the user's row is held, until
// the end of the transaction.
func (s *Service) Hold(ctx context.Context, u user.User) error {
	if !u.Waits() {
		return nil
	}
	return s.Store.HoldAddress(ctx, u.InstitutionID, u.Email)
}

// EmailVerified records that a user proved the address by a code, and reports whether
// that is a second factor, too: EXPIRED if somebody else owns the address, or the
// registration is over. Call it in the transaction that spends the code.
func (s *Service) EmailVerified(ctx context.Context, inst institution.Institution, u user.User) (factor bool, err error) {
	if err := s.prove(ctx, u); err != nil {
		return false, err
	}
	e, err := s.Store.FindEnrollment(ctx, u.ID)
	if err != nil || e.VerifyEmail || !inst.Permits(institution.Email) {
		return false, err
	}
	return true, s.addAddress(ctx, u)
}

// LinkFollowed records that a user who met a challenge proved the address by a link.
// What was given before is no device of such a user: it may be another's who
// registered with the address. Errors as EmailVerified.
func (s *Service) LinkFollowed(ctx context.Context, u user.User) error {
	if u.Waits() {
		devices, err := s.Store.ListDevices(ctx, u.InstitutionID, []string{u.ID})
		if err != nil {
			return err
		}
		for _, d := range devices {
			if err := s.Store.RemoveDevice(ctx, u.InstitutionID, d.Common().ID, s.Clock.Now()); err != nil {
				return err
			}
		}
	}
	return s.prove(ctx, u)
}

func (s *Service) prove(ctx context.Context, u user.User) error {
	now := s.Clock.Now()
	if u.Waits() {
		first, err := s.Store.ProveEmail(ctx, u, now)
		if fault.CodeOf(err) == fault.Conflict || err == nil && !first {
			return fault.Errorf(fault.Expired, "This address has an account, or you registered too long ago. Sign in, choose a new password, or register again.")
		}
		if err != nil {
			return err
		}
	}
	return s.Store.VerifyEmail(ctx, u.ID, now)
}

// addAddress makes the account's own address, which was proved just now, one of the
// ways in. CreateDevice is never asked for a second, which would end the transaction.
func (s *Service) addAddress(ctx context.Context, u user.User) error {
	devices, err := s.Store.ListDevices(ctx, u.InstitutionID, []string{u.ID})
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	own := &device.Email{Address: u.Email, Base: device.Base{ID: id.New(id.Device), InstitutionID: u.InstitutionID, UserID: u.ID, AddedAt: now}}
	known := false
	for _, d := range devices {
		if e, ok := d.(*device.Email); ok && e.Address == u.Email {
			own, known = e, true
		}
	}
	if !known {
		if err := s.Store.CreateDevice(ctx, own); err != nil {
			return err
		}
	}
	if own.ConfirmedAt == nil {
		if err := s.Store.ConfirmDevice(ctx, u.InstitutionID, u.ID, own.ID, now); err != nil {
			return err
		}
	}
	return s.Store.MarkDeviceUsed(ctx, u.InstitutionID, own.ID, now)
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

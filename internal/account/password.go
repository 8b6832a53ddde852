package account

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// perUser bounds guesses at the current password by whoever got into a session.
var perUser = throttle.Limit{Events: 10, Per: 15 * time.Minute}

// ChangePassword puts a new password in the place of the actor's current one and
// ends everything that was begun with that, other sessions and sign-ins under
// way, and a link to reset it. Browsers that the user knew are unknown ones then, but
// for this one, whose token is returned if it is to keep another. FORBIDDEN by the
// rule of auth.Actor.MayAlterFactors; STEP_UP_REQUIRED if the last second factor is
// too old; INVALID_INPUT for a
// new password that is not good enough; WRONG_CREDENTIALS; THROTTLED after ten of
// these in 15 minutes; EXPIRED for one that somebody else has seen, once its time is
// over; CONFLICT if the account is frozen or the password was
// changed in between.
func (s *Service) ChangePassword(ctx context.Context, current, next string) (browserToken string, err error) {
	actor, err := auth.InSession(ctx)
	if err != nil {
		return "", err
	}
	if err := actor.MayAlterFactors(s.Clock.Now()); err != nil {
		return "", err
	}
	if err := actor.RequireRecentFactor(s.Clock.Now()); err != nil {
		return "", err
	}
	u, err := s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return "", err
	}
	if err := u.NotFrozen(); err != nil {
		return "", err
	}
	if u.PasswordOver(s.Clock.Now()) {
		return "", fault.Errorf(fault.Expired, "This password is no longer good: none was chosen in its place in time. Choose one by the link that we mail to you when you ask for it.")
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return "", err
	}
	if err := user.CheckPassword("newPassword", next, inst.Name, u.Email, u.FirstName, u.LastName); err != nil {
		return "", err
	}
	if user.Hashed(next) == user.Hashed(current) {
		return "", fault.Invalid("newPassword", "This is the password that you have. Choose another one.")
	}
	before, err := s.verify(ctx, u, current)
	if err != nil {
		return "", err
	}
	after, err := s.Hasher.Hash(ctx, user.Hashed(next)) // before the transaction: it takes long
	if err != nil {
		return "", err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		ok, err := s.Store.ReplacePassword(ctx, u.ID, before, after)
		switch {
		case err != nil:
			return err
		case !ok:
			return fault.Errorf(fault.Conflict, "The password was changed in the meantime, or the account frozen.")
		}
		browserToken, err = s.replaced(ctx, actor, u)
		return err
	})
	return browserToken, err
}

// verify returns the hash of the user's password if current is it. Counted before
// the check, so that parallel tries can't pass the limit.
func (s *Service) verify(ctx context.Context, u user.User, current string) (hash string, err error) {
	tries, err := s.Limiter.TakeAll(ctx, throttle.Event{Key: throttle.Key("password-change", u.ID), Limit: perUser})
	if err != nil {
		return "", err
	}
	wrong := fault.Errorf(fault.WrongCredentials, "The current password is not right.")
	if len(current) > 1000 {
		return "", wrong
	}
	found, err := s.Store.FindCredentials(ctx, u.InstitutionID, u.Email)
	if err != nil {
		return "", err
	}
	right := false
	for _, typed := range user.Typed(current) {
		if right, err = s.Hasher.Verify(ctx, found.PasswordHash, typed); right || err != nil {
			break
		}
	}
	if err == nil && !right {
		return "", wrong
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if returnErr := s.Limiter.Return(ctx, tries...); err == nil {
		err = returnErr
	}
	return found.PasswordHash, err
}

// replaced ends what was begun with the password before, tells the user and
// records the change.
func (s *Service) replaced(ctx context.Context, actor auth.Actor, u user.User) (browserToken string, err error) {
	now := s.Clock.Now()
	if err := s.Store.EndResetLink(ctx, u.ID, now); err != nil {
		return "", err
	}
	if err := s.Store.EndSignIns(ctx, u.ID, "", now); err != nil {
		return "", err
	}
	if _, err := s.Store.EndSessionsOf(ctx, u.ID, actor.SessionID, now); err != nil {
		return "", err
	}
	if err := s.Browsers.ForgetBrowsers(ctx, u.ID); err != nil {
		return "", err
	}
	if browserToken, err = auth.Remember(ctx, s.Browsers, u.ID, now); err != nil {
		return "", err
	}
	if err := s.Notices.Tell(ctx, u, notification.PasswordChanged, ""); err != nil {
		return "", err
	}
	return browserToken, s.Audit.RecordFor(ctx, actor, audit.Event{Action: audit.ChangedPassword, TargetID: u.ID})
}

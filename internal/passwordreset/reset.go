package passwordreset

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// perLink bounds what hashing a link's owner can ask for.
var perLink = throttle.Limit{Events: 10, Per: Lifetime}

func errOver() error {
	return fault.Errorf(fault.Expired, "This link is no longer good: it was used, it is over an hour old, or there is a newer one. Ask for another.")
}

// Begin exchanges a token and a new password for a challenge; the password takes
// effect once that is met. EXPIRED for a token that is unknown, too old, spent or
// not the newest, and for users who may not reset; INVALID_INPUT for a password
// that is not good enough; CONFLICT for a user who has no second factor left;
// THROTTLED over ten passwords for a link. None of them spends the token.
func (s *Service) Begin(ctx context.Context, token, next string) (challenge.Challenge, error) {
	l, inst, u, err := s.find(ctx, token)
	if err != nil {
		return challenge.Challenge{}, err
	}
	if err := user.CheckPassword("newPassword", next, inst.Name, u.Email, u.FirstName, u.LastName); err != nil {
		return challenge.Challenge{}, err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("reset-link", l.TokenHash), perLink); err != nil {
		return challenge.Challenge{}, err
	}
	if err := s.another(ctx, u, next); err != nil {
		return challenge.Challenge{}, err
	}
	hash, err := s.Hasher.Hash(ctx, user.Hashed(next)) // before the transaction: it takes long
	if err != nil {
		return challenge.Challenge{}, err
	}
	var c challenge.Challenge
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if c, err = s.Challenges.StartReset(ctx, inst, u, hash); err != nil {
			return err
		}
		ok, err := s.Store.ExchangeResetLink(ctx, l, c.TokenHash, s.Clock.Now())
		if err == nil && !ok {
			err = errOver()
		}
		return err
	})
	return c, err
}

// another answers INVALID_INPUT for the password that a user has, if somebody else has
// seen that.
func (s *Service) another(ctx context.Context, u user.User, next string) error {
	if u.PasswordExpiresAt == nil {
		return nil
	}
	found, err := s.Store.ListCredentials(ctx, u.InstitutionID, u.Email, "")
	if err != nil || len(found) == 0 {
		return err
	}
	same, err := s.Hasher.Verify(ctx, found[0].PasswordHash, user.Hashed(next))
	if err == nil && same {
		err = fault.Invalid("newPassword", "Somebody else has seen this password. Choose another one.")
	}
	return err
}

// find returns whose token it is, if it is good.
func (s *Service) find(ctx context.Context, token string) (l Link, inst institution.Institution, u user.User, err error) {
	if l, err = s.Store.FindResetLink(ctx, auth.HashToken(token), s.Clock.Now()); err != nil {
		if fault.CodeOf(err) == fault.NotFound {
			err = errOver()
		}
		return l, inst, u, err
	}
	if inst, err = s.Institutions.Find(ctx, l.InstitutionID); err != nil {
		return l, inst, u, err
	}
	u, err = s.Store.FindUser(ctx, l.InstitutionID, l.UserID)
	kind := auth.ClientFrom(ctx).Kind
	if err == nil && (u.Left() || u.Invited() || kind != "" && kind != u.Kind) {
		err = errOver()
	}
	return l, inst, u, err
}

// Finisher finishes resets. It is apart from Service, which asks for the challenges
// that are finished by it.
type Finisher struct {
	Store   Store
	Notices notice.Teller
	Audit   audit.Recorder
}

// Finish implements challenge.Resets. Whatever changes a password or freezes an
// account begins with the user's row and comes to the link before challenges, so
// that of two at once one waits for the other.
func (s *Finisher) Finish(ctx context.Context, u user.User, c challenge.Challenge, now time.Time) error {
	if err := s.Store.SetPassword(ctx, u.InstitutionID, u.ID, c.NewPassword); err != nil {
		return err
	}
	ok, err := s.Store.SpendResetLink(ctx, u.ID, c.TokenHash, now)
	if err != nil {
		return err
	}
	if !ok {
		return errOver()
	}
	if err := s.Store.EndSignIns(ctx, u.ID, c.TokenHash, now); err != nil {
		return err
	}
	if _, err := s.Store.EndSessionsOf(ctx, u.ID, "", now); err != nil {
		return err
	}
	if err := s.Store.ForgetBrowsers(ctx, u.ID); err != nil {
		return err
	}
	if err := s.Notices.Tell(ctx, u, notification.PasswordChanged, ""); err != nil {
		return err
	}
	actor := auth.Actor{UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind}
	return s.Audit.RecordFor(ctx, actor, audit.Event{Action: audit.ChangedPassword, TargetID: u.ID, Details: map[string]string{"by": "RESET"}})
}

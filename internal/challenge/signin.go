package challenge

import (
	"cmp"
	"context"
	"strings"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// longestPassword bounds what is hashed.
const longestPassword = 1000

// Credentials are what a person types to sign in.
type Credentials struct {
	Institution string
	Username    string
	Password    string
}

func errCredentials() error {
	return fault.Errorf(fault.WrongCredentials, "Institution, username or password is not right.")
}

// SignIn checks a password: WRONG_CREDENTIALS, which says no more than that,
// THROTTLED after too many failures, EXPIRED for the right password where it is no
// longer good, CONFLICT for a user with no usable way.
func (s *Service) SignIn(ctx context.Context, c Credentials) (Challenge, error) {
	c.Username = strings.ToLower(strings.TrimSpace(c.Username))
	inst, found, err := s.account(ctx, c)
	if err != nil {
		return Challenge{}, err
	}
	b, err := s.browser(ctx, found.User)
	if err != nil {
		return Challenge{}, err
	}
	// Counted before the check, so that parallel tries can't pass the limit.
	tries, err := s.Limiter.TakeAll(ctx, triesAt(ctx, c, found.User, b)...)
	if err != nil {
		return Challenge{}, err
	}
	err = s.check(ctx, c, found)
	if fault.CodeOf(err) == fault.WrongCredentials {
		return Challenge{}, cmp.Or(s.refused(ctx, inst, c.Username, found.User, tries), err)
	}
	s.uncount(ctx, tries...)
	if err != nil {
		return Challenge{}, err
	}
	if found.User.PasswordVoidedAt != nil {
		return Challenge{}, fault.Errorf(fault.Expired,
			"This password is no longer good: we were told that a change to the account was not its owner's. Choose a new password by the link that we mail to you when you ask for it.")
	}
	return s.begin(ctx, inst, found.User)
}

// begin starts a sign-in by what its user has to show first.
func (s *Service) begin(ctx context.Context, inst institution.Institution, u user.User) (Challenge, error) {
	verifyEmail, err := s.Enrollments.Begin(ctx, inst, u)
	if err != nil {
		return Challenge{}, err
	}
	if verifyEmail {
		return s.start(ctx, inst, u, Challenge{Step: EmailVerification})
	}
	return s.start(ctx, inst, u, Challenge{Step: SecondFactor})
}

// account returns the user whose name was typed, and where; without an error the
// zero user, and institution, if there is none.
func (s *Service) account(ctx context.Context, c Credentials) (institution.Institution, user.Credentials, error) {
	inst, err := s.Institutions.FindBySlug(ctx, c.Institution)
	var found user.Credentials
	if err == nil && !strings.ContainsRune(c.Username, 0) {
		found, err = s.Store.FindCredentials(ctx, inst.ID, c.Username)
	}
	if fault.CodeOf(err) == fault.NotFound {
		err = nil
	}
	return inst, found, err
}

// check reports whether a password is the user's: WRONG_CREDENTIALS. Whatever is
// wrong, one hash is computed and one error comes back.
func (s *Service) check(ctx context.Context, c Credentials, found user.Credentials) error {
	if len(c.Password) > longestPassword {
		return errCredentials()
	}
	if found.User.ID == "" {
		return cmp.Or(s.Hasher.VerifyNothing(ctx, c.Password), errCredentials())
	}
	right, err := s.Hasher.Verify(ctx, found.PasswordHash, c.Password)
	client := auth.ClientFrom(ctx)
	if err == nil && (!right || found.User.Status == user.Closed || client.Kind != "" && client.Kind != found.User.Kind) {
		err = errCredentials()
	}
	return err
}

// refused counts a failed sign-in at an institution, if there is one, and tells the
// user, if there is one, once there were many.
func (s *Service) refused(ctx context.Context, inst institution.Institution, name string, u user.User, tries []throttle.Taken) error {
	if inst.ID == "" {
		return nil
	}
	if err := s.Audit.CountFailure(ctx, inst.ID, name); err != nil {
		return err
	}
	return s.tellMany(ctx, u, tries)
}

// SignOut ends the actor's session.
func (s *Service) SignOut(ctx context.Context) error {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Sessions.End(ctx); err != nil {
			return err
		}
		return s.Audit.RecordFor(ctx, actor, audit.Event{Action: audit.SignedOut, TargetID: actor.UserID})
	})
}

package challenge

import (
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Failures only count against these.
var (
	perAccount = throttle.Limit{Events: 10, Per: 15 * time.Minute}
	perSource  = throttle.Limit{Events: 100, Per: 15 * time.Minute}
)

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
// THROTTLED after too many failures, CONFLICT for a user with no usable way.
func (s *Service) SignIn(ctx context.Context, c Credentials) (Challenge, error) {
	client := auth.ClientFrom(ctx)
	email := strings.ToLower(strings.TrimSpace(c.Username))
	account := throttle.Key("password", c.Institution, email, client.Source())
	source := throttle.Key("password-source", client.Source())
	// Counted before the check, so that parallel tries can't pass the limit.
	if err := s.Limiter.Take(ctx, source, perSource); err != nil {
		return Challenge{}, err
	}
	if err := s.Limiter.Take(ctx, account, perAccount); err != nil {
		s.uncount(ctx, source)
		return Challenge{}, err
	}
	inst, u, err := s.check(ctx, c, email, client)
	if fault.CodeOf(err) != fault.WrongCredentials {
		s.uncount(ctx, source, account)
	}
	if err != nil {
		return Challenge{}, err
	}
	return s.begin(ctx, inst, u)
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

// uncount takes back what was counted of a try that was no failure: the password
// was right, or nobody looked, because the desk was too busy or the time was up.
// It outlives the request, or a slow minute would lock a whole branch out.
func (s *Service) uncount(ctx context.Context, keys ...string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	for _, key := range keys {
		if err := s.Limiter.Return(ctx, key); err != nil {
			s.Log.WarnContext(ctx, "a sign-in that was no failure stays counted as one", "error", err)
		}
	}
}

// check returns the user whose password was typed. Whatever is wrong, one hash is
// computed and one error comes back.
func (s *Service) check(ctx context.Context, c Credentials, email string, client auth.Client) (institution.Institution, user.User, error) {
	var none institution.Institution
	if len(c.Password) > 1000 || strings.ContainsRune(email, 0) {
		return none, user.User{}, errCredentials()
	}
	inst, err := s.Institutions.FindBySlug(ctx, c.Institution)
	var found user.Credentials
	if err == nil {
		found, err = s.Store.FindCredentials(ctx, inst.ID, email)
	}
	if fault.CodeOf(err) == fault.NotFound {
		if err := s.Hasher.VerifyNothing(ctx, c.Password); err != nil {
			return none, user.User{}, err
		}
		return none, user.User{}, s.refuse(ctx, inst)
	}
	if err != nil {
		return none, user.User{}, err
	}
	right, err := s.Hasher.Verify(ctx, found.PasswordHash, c.Password)
	switch {
	case err != nil:
		return none, user.User{}, err
	case !right, found.User.Status == user.Closed, client.Kind != "" && client.Kind != found.User.Kind:
		return none, user.User{}, s.refuse(ctx, inst)
	}
	return inst, found.User, nil
}

// refuse counts a failed sign-in at an institution, if there is one, and returns
// the one error for all of them.
func (s *Service) refuse(ctx context.Context, inst institution.Institution) error {
	if inst.ID != "" {
		if err := s.Audit.CountFailure(ctx, inst.ID); err != nil {
			return err
		}
	}
	return errCredentials()
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

package challenge

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
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
// longer good, CONFLICT for a user with no usable way, FORBIDDEN for the client of
// customers, and for the right password of one, where there is no digital banking.
func (s *Service) SignIn(ctx context.Context, c Credentials) (Challenge, error) {
	names := text.Usernames(c.Username)
	c.Username = names[0]
	inst, found, err := s.account(ctx, c.Institution, names)
	if err != nil {
		return Challenge{}, err
	}
	if inst.ID != "" && auth.ClientFrom(ctx).Kind == auth.Customer && !inst.DigitalBanking() { // whoever they are
		return Challenge{}, inst.NoBanking()
	}
	// Of those who only wait for the address nothing is counted or told: that somebody
	// registered with it, or who owns it, would show.
	owner := ownerOf(found)
	b, err := s.browser(ctx, owner)
	if err != nil {
		return Challenge{}, err
	}
	// Counted before the check, so that parallel tries can't pass the limit.
	tries, err := s.Limiter.TakeAll(ctx, triesAt(ctx, c, owner, b)...)
	if err != nil {
		return Challenge{}, err
	}
	u, err := s.check(ctx, c, found)
	if fault.CodeOf(err) == fault.WrongCredentials {
		return Challenge{}, cmp.Or(s.refused(ctx, inst, c.Username, owner, tries), err)
	}
	s.uncount(ctx, tries...)
	if err != nil {
		return Challenge{}, err
	}
	if err := mayBank(inst, u); err != nil {
		return Challenge{}, err
	}
	if u.PasswordOver(s.Clock.Now()) {
		return Challenge{}, errPasswordOver(u)
	}
	return s.begin(ctx, inst, u)
}

// errPasswordOver says why a password that was right opens nothing.
func errPasswordOver(u user.User) error {
	why := "somebody else has seen it, and no other was chosen in time"
	if u.PasswordVoidedAt != nil {
		why = "we were told that a change to the account was not its owner's"
	}
	return fault.Errorf(fault.Expired, "This password is no longer good: %s. Choose a new password by the link that we mail to you when you ask for it.", why)
}

// mayBank answers FORBIDDEN to a customer of an institution that has no digital banking.
func mayBank(inst institution.Institution, u user.User) error {
	if u.Kind == auth.Customer && !inst.DigitalBanking() {
		return inst.NoBanking()
	}
	return nil
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

// account returns the institution and who has the name that was typed: its owner, and
// one who waits for it. Without an error it is nobody, and no institution, if there is
// none. All spellings are looked up, whoever is found, and the last one counts most.
func (s *Service) account(ctx context.Context, slug string, names []string) (institution.Institution, []user.Credentials, error) {
	inst, err := s.Institutions.FindBySlug(ctx, slug)
	if fault.CodeOf(err) == fault.NotFound {
		return inst, nil, nil
	}
	if err != nil {
		return inst, nil, err
	}
	var found []user.Credentials
	for _, name := range names {
		if !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
			continue
		}
		some, err := s.Store.ListCredentials(ctx, inst.ID, name, auth.HashToken(auth.ClientFrom(ctx).Browser))
		if err != nil {
			return inst, nil, err
		}
		if len(some) > 0 {
			found = some
		}
	}
	return inst, found, nil
}

// ownerOf returns who owns an address; the zero user for nobody.
func ownerOf(found []user.Credentials) user.User {
	if len(found) == 0 || found[0].User.Waits() {
		return user.User{}
	}
	return found[0].User
}

// check returns whose password was typed: WRONG_CREDENTIALS. Whatever is wrong, as many
// hashes are computed and one error comes back.
func (s *Service) check(ctx context.Context, c Credentials, found []user.Credentials) (user.User, error) {
	if len(c.Password) > longestPassword {
		return user.User{}, errCredentials()
	}
	hashes := make([]string, len(found))
	for i, f := range found {
		hashes[i] = f.PasswordHash
	}
	kind, whose := auth.ClientFrom(ctx).Kind, -1
	for form, typed := range user.Typed(c.Password) {
		right, err := s.Hasher.VerifyEach(ctx, hashes, typed)
		if err != nil {
			return user.User{}, err
		}
		for i, f := range found {
			if whose >= 0 || !right[i] || !maySignIn(f.User) || kind != "" && kind != f.User.Kind {
				continue
			}
			if whose = i; form > 0 {
				s.rehash(ctx, f, c.Password)
			}
		}
	}
	if whose < 0 {
		return user.User{}, errCredentials()
	}
	return found[whose].User, nil
}

// rehash hashes a password as passwords are hashed now, so that it is right next time
// however its accents are composed. Nothing hangs on it: the hash is good as it is.
func (s *Service) rehash(ctx context.Context, of user.Credentials, password string) {
	hash, err := s.Hasher.HashBeside(ctx, of.PasswordHash, user.Hashed(password))
	if err == nil {
		err = s.Store.RehashPassword(ctx, of.User.ID, of.PasswordHash, hash)
	}
	if err != nil {
		s.Log.WarnContext(ctx, "a password stays hashed as it was typed", "user", of.User.ID, "error", err)
	}
}

// maySignIn reports whether a user gets a challenge. Who left is answered as if the
// password were wrong, whatever it is. Who waits for an address always gets one: that it
// is somebody else's is not to show.
func maySignIn(u user.User) bool { return !u.Left() || u.Waits() }

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
	actor, err := auth.InSession(ctx)
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

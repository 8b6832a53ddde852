package challenge

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps challenges and codes.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	CreateChallenge(ctx context.Context, c Challenge) error
	// FindChallenge gives a challenge by its token's hash, or NOT_FOUND.
	FindChallenge(ctx context.Context, tokenHash string) (Challenge, error)
	// PutCode replaces the code of a challenge and device: the newest only is good.
	PutCode(ctx context.Context, c Code) error
	// FindCode gives the unspent code of a challenge and device, or NOT_FOUND.
	FindCode(ctx context.Context, challengeHash, deviceID string, now time.Time) (Code, error)
	// ConsumeCodeMAC spends a code if it is still the newest, unspent and in time;
	// ok tells whether this call was the one that did.
	ConsumeCodeMAC(ctx context.Context, c Code, now time.Time) (ok bool, err error)
	// CompleteChallenge completes a challenge once; ok tells whether this call did.
	CompleteChallenge(ctx context.Context, tokenHash string, now time.Time) (ok bool, err error)
	// MarkDeviceUsed records a success: the device is confirmed from then on.
	MarkDeviceUsed(ctx context.Context, institutionID, deviceID string, now time.Time) error
	// DisableDevice records that wrong codes switched the device off.
	DisableDevice(ctx context.Context, institutionID, deviceID string, now time.Time) error
	// FindCredentials gives a user by email with the password's hash, or NOT_FOUND.
	FindCredentials(ctx context.Context, institutionID, email string) (user.Credentials, error)
	// FindUser gives a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// ListDevices gives the devices of users in the order in which they were added.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
}

// Institutions finds institutions.
type Institutions interface {
	Find(ctx context.Context, id string) (institution.Institution, error)
	FindBySlug(ctx context.Context, slug string) (institution.Institution, error)
}

// Hasher checks passwords.
type Hasher interface {
	Verify(ctx context.Context, hash, plain string) (bool, error)
	VerifyNothing(ctx context.Context, plain string) error
}

// Keys authenticates codes.
type Keys interface {
	MAC(parts ...string) ([]byte, error)
	VerifyMAC(sum []byte, parts ...string) bool
}

// Sender sends codes.
type Sender interface {
	SendCode(ctx context.Context, r notification.Recipient, code string, validFor time.Duration) error
}

// Notifier tells the user of a pause.
type Notifier interface {
	Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error
}

// Auditor records sign-ins, as the last thing in the transaction of them.
type Auditor interface {
	RecordFor(ctx context.Context, actor auth.Actor, e audit.Event) error
	// CountFailure counts a wrong password; who typed it is not known.
	CountFailure(ctx context.Context, institutionID string) error
}

// Authenticators checks the codes of authenticator apps.
type Authenticators interface {
	// Verify accepts a code of an app once; ok is false for one that is wrong, too
	// old or accepted already.
	Verify(ctx context.Context, institutionID, deviceID, code string) (ok bool, err error)
}

// BackupCodes checks backup codes.
type BackupCodes interface {
	// Held tells whether a user has codes to sign in with, and if not, why.
	Held(ctx context.Context, inst institution.Institution, u user.User) (backupcode.Held, error)
	// Match gives the code that a user typed, unspent: WRONG_CODE.
	Match(ctx context.Context, inst institution.Institution, u user.User, typed string) (codeID string, err error)
	// Spend spends it: WRONG_CODE if another did.
	Spend(ctx context.Context, codeID string) error
}

// Passwords replaces passwords.
type Passwords interface {
	// Complete puts the new password of a challenge in force, before the challenge
	// completes, in its transaction: EXPIRED if it is not to be any more.
	Complete(ctx context.Context, u user.User, c Challenge, now time.Time) error
}

// Enrollments takes customers who were registered through their first sign-in.
type Enrollments interface {
	// Begin tells whether a user has to prove the email address first.
	Begin(ctx context.Context, inst institution.Institution, u user.User) (verifyEmail bool, err error)
	// EmailVerified records that the user did, and CodeAccepted that a code came
	// after it: EXPIRED if none could have.
	EmailVerified(ctx context.Context, u user.User) error
	CodeAccepted(ctx context.Context, u user.User) error
}

// Sessions starts, renews and ends sessions.
type Sessions interface {
	End(ctx context.Context) error
	Start(ctx context.Context, n auth.Session) (token string, err error)
	Renew(ctx context.Context) (token string, err error)
}

// Browsers remembers where users completed a sign-in.
type Browsers interface {
	// KnowsBrowser tells whether the browser that holds a token is one in which
	// the user, and whether it is one in which anyone, completed a sign-in.
	KnowsBrowser(ctx context.Context, userID, tokenHash string) (byUser, byAnyone bool, err error)
	// RememberBrowser records that the user did.
	RememberBrowser(ctx context.Context, userID, tokenHash string, at time.Time) error
}

// Service keeps the rules of signing in.
type Service struct {
	Store        Store
	Institutions Institutions
	Hasher       Hasher
	Keys         Keys
	Sender       Sender
	Notifier     Notifier
	Audit        Auditor
	Sessions     Sessions
	Browsers     Browsers
	BackupCodes  BackupCodes
	Passwords    Passwords
	Enrollments  Enrollments
	// Authenticators is nil where no apps are supported: none is offered then.
	Authenticators Authenticators
	Limiter        *throttle.Limiter
	Attempts       *throttle.Attempts
	Clock          clock.Clock
	Log            *slog.Logger
}

const lifetime = 15 * time.Minute

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
		s.giveBack(ctx, source)
		return Challenge{}, err
	}
	inst, u, err := s.check(ctx, c, email, client)
	if fault.CodeOf(err) != fault.WrongCredentials {
		s.giveBack(ctx, source, account)
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

// giveBack takes back what was counted of a try that was no failure: the password
// was right, or nobody looked, because the desk was too busy or the time was up.
// It outlives the request, or a slow minute would lock a whole branch out.
func (s *Service) giveBack(ctx context.Context, keys ...string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	for _, key := range keys {
		if err := s.Limiter.Return(ctx, key); err != nil {
			s.Log.WarnContext(ctx, "a sign-in that was no failure stays counted as one", "error", err)
		}
	}
}

// check gives the user whose password was typed. Whatever is wrong, one hash is
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

// refuse counts a failed sign-in at an institution, if there is one, and gives
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

// StartStepUp asks the actor for a second factor again.
func (s *Service) StartStepUp(ctx context.Context) (Challenge, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return Challenge{}, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return Challenge{}, err
	}
	u, err := s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return Challenge{}, err
	}
	return s.start(ctx, inst, u, Challenge{Step: StepUp, SessionID: actor.SessionID})
}

// StartReset asks someone who came by a link for a second factor; the hash of
// their new password waits for it. The link proves the address, but only to whoever
// meets the challenge, too: else a stranger who registered under somebody's address
// would only have to wait until its owner follows a link.
func (s *Service) StartReset(ctx context.Context, inst institution.Institution, u user.User, hash string) (Challenge, error) {
	if _, err := s.Enrollments.Begin(ctx, inst, u); err != nil {
		return Challenge{}, err
	}
	return s.start(ctx, inst, u, Challenge{Step: SecondFactor, NewPassword: hash})
}

func (s *Service) start(ctx context.Context, inst institution.Institution, u user.User, c Challenge) (Challenge, error) {
	w, err := s.offered(ctx, inst, u, c)
	if err != nil {
		return Challenge{}, err
	}
	if w.none() {
		return Challenge{}, errNoWay(inst)
	}
	c.Token = auth.NewToken()
	c.TokenHash, c.InstitutionID, c.UserID = auth.HashToken(c.Token), inst.ID, u.ID
	c.CreatedAt = s.Clock.Now()
	c.ExpiresAt = c.CreatedAt.Add(lifetime)
	c.Options, c.Unavailable, c.SupportPhone = w.options, w.unavailable, inst.SupportPhone
	return c, s.Store.CreateChallenge(ctx, c)
}

func errNoWay(inst institution.Institution) error {
	call := "Call support"
	if inst.SupportPhone != "" {
		call += " at " + inst.SupportPhone
	}
	return fault.Errorf(fault.Conflict, "You have no device that can get a code. %s: they can make backup codes for you.", call)
}

func errUnknown() error {
	return fault.Errorf(fault.NotFound, "There is no such sign-in. Start again.")
}

// open gives a challenge that is still to be met, with the option chosen.
func (s *Service) open(ctx context.Context, token, optionID string) (opened, error) {
	if len(token) > 100 {
		return opened{}, errUnknown()
	}
	c, err := s.Store.FindChallenge(ctx, auth.HashToken(token))
	if fault.CodeOf(err) == fault.NotFound {
		return opened{}, errUnknown()
	}
	if err != nil {
		return opened{}, err
	}
	if c.Step == StepUp {
		actor, err := auth.SignedIn(ctx)
		if err != nil {
			return opened{}, err
		}
		if actor.SessionID != c.SessionID {
			return opened{}, errUnknown()
		}
	}
	if c.CompletedAt != nil || !s.Clock.Now().Before(c.ExpiresAt) {
		return opened{}, fault.Errorf(fault.Expired, "This sign-in is over. Start again.")
	}
	return s.choose(ctx, c, optionID)
}

// opened is a challenge with everything that a step needs.
type opened struct {
	Challenge
	institution institution.Institution
	user        user.User
	option      Option
}

func (s *Service) choose(ctx context.Context, c Challenge, optionID string) (opened, error) {
	inst, err := s.Institutions.Find(ctx, c.InstitutionID)
	if err != nil {
		return opened{}, err
	}
	u, err := s.Store.FindUser(ctx, c.InstitutionID, c.UserID)
	if err != nil {
		return opened{}, err
	}
	// A challenge that one client got is no good at the other's.
	if kind := auth.ClientFrom(ctx).Kind; kind != "" && kind != u.Kind {
		return opened{}, errUnknown()
	}
	o := opened{Challenge: c, institution: inst, user: u}
	var w ways
	switch {
	case c.Step == EmailVerification:
		o.option = ownAddress(u)
		if optionID == o.option.ID {
			return o, nil
		}
	case optionID == backupCodes && c.Step != StepUp:
		o.option = Option{ID: backupCodes, Kind: BackupCode}
		return o, nil
	default:
		if w, err = s.devices(ctx, inst, u, c); err != nil {
			return opened{}, err
		}
	}
	// The number type may have been changed since the option was shown; what
	// counts is the device.
	for _, o.option = range w.options {
		if deviceOf(o.option.ID) == deviceOf(optionID) {
			return o, nil
		}
	}
	return opened{}, fault.Invalid("optionId", "This is none of the options of this sign-in any more. Start again, or use another one.")
}

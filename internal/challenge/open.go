package challenge

import (
	"cmp"
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

const lifetime = 15 * time.Minute

// StartStepUp asks the actor for a second factor again.
func (s *Service) StartStepUp(ctx context.Context) (Challenge, error) {
	actor, err := auth.InSession(ctx)
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
// would only have to wait until its owner follows a link. The link makes the browser
// a known one at once, so that no stranger's wrong codes and sends stand in the way.
func (s *Service) StartReset(ctx context.Context, inst institution.Institution, u user.User, hash string) (Challenge, error) {
	if err := mayBank(inst, u); err != nil {
		return Challenge{}, err
	}
	if _, err := s.Enrollments.Begin(ctx, inst, u); err != nil {
		return Challenge{}, err
	}
	token, err := auth.Remember(ctx, s.Browsers, u.ID, s.Clock.Now())
	if err != nil {
		return Challenge{}, err
	}
	if token != "" {
		client := auth.ClientFrom(ctx)
		client.Browser = token
		ctx = auth.WithClient(ctx, client)
	}
	return s.start(ctx, inst, u, Challenge{Step: SecondFactor, NewPassword: hash, BrowserToken: token})
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
		call += " at " + phone.Format(inst.SupportPhone)
	}
	return fault.Errorf(fault.Conflict, "You have no device that can get a code. %s: they can make backup codes for you.", call)
}

func errUnknown() error {
	return fault.Errorf(fault.NotFound, "There is no such sign-in. Start again.")
}

// lookups is how many ids that are none one source may try.
var lookups = throttle.Limit{Events: 100, Per: 15 * time.Minute}

// Find returns a challenge to whoever holds its token, with the ways that are open now
// and when codes were sent: NOT_FOUND, EXPIRED, THROTTLED after many tokens that were
// none, UNAUTHENTICATED for a step-up outside its session.
func (s *Service) Find(ctx context.Context, token string) (Challenge, error) {
	var o opened
	err := s.Limiter.CountMisses(ctx, throttle.Each("challenge-source", auth.ClientFrom(ctx).Sources(), lookups), func() (err error) {
		o, err = s.find(ctx, token)
		return err
	})
	if err != nil {
		return Challenge{}, err
	}
	if !maySignIn(o.user) || o.user.PasswordOver(s.Clock.Now()) && o.NewPassword == "" {
		return Challenge{}, errOver()
	}
	w, err := s.offered(ctx, o.institution, o.user, o.Challenge)
	if err != nil {
		return Challenge{}, err
	}
	sent, err := s.Codes.LastSent(ctx, o.TokenHash)
	for i := range w.options {
		if last, ok := sent[wayTo(o.user, w.options[i])]; ok && w.options[i].Kind != BackupCode {
			w.options[i].last = &last
		}
	}
	if err != nil {
		return Challenge{}, err
	}
	o.Delivery = s.delivery(ctx, o, &w)
	o.Token, o.Options, o.Unavailable, o.SupportPhone = token, w.options, w.unavailable, o.institution.SupportPhone
	return o.Challenge, err
}

// open returns a challenge that is still to be met, with the option chosen.
func (s *Service) open(ctx context.Context, token, optionID string) (opened, error) {
	o, err := s.find(ctx, token)
	if err != nil {
		return opened{}, err
	}
	if err = s.choose(ctx, &o, optionID); err == nil && !maySignIn(o.user) { // since the challenge began
		err = cmp.Or(s.record(ctx, o, audit.Event{Action: audit.SecondFactorFailed, Outcome: fault.Expired}), errOver())
	}
	return o, err
}

// find returns a challenge that is still to be met, and whose it is.
func (s *Service) find(ctx context.Context, token string) (opened, error) {
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
		actor, err := auth.InSession(ctx)
		if err != nil {
			return opened{}, err
		}
		if actor.SessionID != c.SessionID {
			return opened{}, errUnknown()
		}
	}
	if c.CompletedAt != nil || !s.Clock.Now().Before(c.ExpiresAt) {
		return opened{}, errOver()
	}
	return s.whose(ctx, c)
}

func errOver() error { return fault.Errorf(fault.Expired, "This sign-in is over. Start again.") }

// opened is a challenge with everything that a step needs.
type opened struct {
	Challenge
	institution institution.Institution
	user        user.User
	option      Option
}

// whose returns a challenge with its user and institution.
func (s *Service) whose(ctx context.Context, c Challenge) (opened, error) {
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
	return opened{Challenge: c, institution: inst, user: u}, mayBank(inst, u)
}

// choose sets the option: INVALID_INPUT if it is none of the challenge's.
func (s *Service) choose(ctx context.Context, o *opened, optionID string) error {
	var w ways
	var err error
	switch {
	case o.Step == EmailVerification:
		o.option = ownAddress(wordsFor(ctx, o.user), o.user)
		if optionID == o.option.ID {
			return nil
		}
	case optionID == backupCodes && o.takesBackupCodes():
		o.option = Option{ID: backupCodes, Kind: BackupCode}
		return nil
	default:
		if w, err = s.devices(ctx, o.institution, o.user, o.Challenge); err != nil {
			return err
		}
	}
	// The number type may have been changed since the option was shown; what
	// counts is the device.
	for _, o.option = range w.options {
		if deviceOf(o.option.ID) == deviceOf(optionID) {
			if other, ok := otherWay(ctx, *o, optionID); ok {
				o.option = other
			}
			return nil
		}
	}
	return fault.Invalid("optionId", "This is none of the options of this sign-in any more. Start again, or use another one.")
}

// takesBackupCodes reports whether a backup code meets the challenge: not where it is to
// make a factor fresh, and not where the first one is to be proved.
func (o opened) takesBackupCodes() bool { return o.Step != StepUp && !o.user.Invited() }

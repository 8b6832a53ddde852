package challenge

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Verify checks a code and signs its user in, or makes the session's factor
// fresh: WRONG_CODE for one that is wrong, spent or expired, THROTTLED while the
// device is paused after wrong ones, LOCKED once it is switched off. Wrong backup
// codes only slow down: THROTTLED over five a minute.
func (s *Service) Verify(ctx context.Context, token, optionID, typed string) (Proof, error) {
	o, err := s.open(ctx, token, optionID)
	if err != nil {
		return Proof{}, err
	}
	b, err := s.browser(ctx, o.user)
	if err != nil {
		return Proof{}, err
	}
	if o.option.Kind == BackupCode {
		return s.verifyBackupCode(ctx, o, b, typed)
	}
	failures, err := s.Attempts.Begin(ctx, o.way(), b.lane)
	if err != nil {
		return Proof{}, err
	}
	spend, err := s.checkCode(ctx, o, typed)
	if fault.CodeOf(err) == fault.WrongCode {
		return Proof{}, firstError(s.failed(ctx, o, b.lane, failures), err)
	}
	if err != nil {
		return Proof{}, err
	}
	return s.complete(ctx, o, b, func(ctx context.Context, now time.Time) error {
		if err := spend(ctx, now); err != nil {
			return err
		}
		if err := s.Attempts.Clear(ctx, o.way(), b.lane); err != nil || o.option.device == nil {
			return err
		}
		return s.Store.MarkDeviceUsed(ctx, o.InstitutionID, o.deviceID(), now)
	})
}

// backupTries is how many wrong backup codes a user may type, in browsers that
// know the user and in others.
var backupTries = throttle.Limit{Events: 5, Per: time.Minute}

func (s *Service) verifyBackupCode(ctx context.Context, o opened, b browser, typed string) (Proof, error) {
	key := throttle.Key("backup-code", o.user.ID, string(b.lane))
	// Counted before the check, so that parallel tries can't pass the limit.
	if err := s.Limiter.Take(ctx, key, backupTries); err != nil {
		return Proof{}, err
	}
	codeID, err := s.BackupCodes.Match(ctx, o.institution, o.user, typed)
	if fault.CodeOf(err) == fault.WrongCode {
		return Proof{}, firstError(s.failed(ctx, o, b.lane, 0), err)
	}
	s.giveBack(ctx, key)
	if err != nil {
		return Proof{}, err
	}
	return s.complete(ctx, o, b, func(ctx context.Context, _ time.Time) error {
		if err := s.BackupCodes.Spend(ctx, codeID); err != nil {
			return err
		}
		return s.Notices.Tell(ctx, o.user, notification.BackupCodeUsed, "")
	})
}

// browser is what the device cookie says.
type browser struct {
	lane throttle.Lane
	// token is the cookie's, if anyone completed a sign-in there.
	token string
}

// browser tells whether the browser is one in which the user signed in before.
func (s *Service) browser(ctx context.Context, u user.User) (browser, error) {
	b := browser{lane: throttle.Stranger}
	if token := auth.ClientFrom(ctx).Browser; token != "" {
		byUser, byAnyone, err := s.Browsers.KnowsBrowser(ctx, u.ID, auth.HashToken(token))
		if err != nil {
			return b, err
		}
		if byAnyone {
			b.token = token
		}
		if byUser {
			b.lane = throttle.KnownBrowser
		}
	}
	if actor, ok := auth.FromContext(ctx); ok && actor.UserID == u.ID {
		b.lane = throttle.KnownBrowser
	}
	return b, nil
}

// failed does what a number of failures in a row calls for. Failures of
// strangers never switch the device off for its owner.
func (s *Service) failed(ctx context.Context, o opened, lane throttle.Lane, failures int) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		var err error
		switch {
		case failures == throttle.PauseFrom:
			err = s.Notices.Tell(ctx, o.user, notification.FactorPaused, o.deviceID())
		case failures >= throttle.DisableAt && lane == throttle.KnownBrowser && o.option.device != nil:
			err = s.Store.DisableDevice(ctx, o.InstitutionID, o.deviceID(), s.Clock.Now())
		}
		if err != nil {
			return err
		}
		return s.record(ctx, o, audit.Event{Action: audit.SecondFactorFailed, Outcome: fault.WrongCode})
	})
}

// record says by which device, or that by a backup code, the challenge's user did, or failed to do, what.
func (s *Service) record(ctx context.Context, o opened, e audit.Event) error {
	e.TargetID = cmp.Or(o.deviceID(), o.user.ID)
	e.Details = map[string]string{"factor": string(o.option.Kind), "step": string(o.Step)}
	return s.Audit.RecordFor(ctx, auth.Actor{UserID: o.user.ID, InstitutionID: o.InstitutionID, Kind: o.user.Kind}, e)
}

func errWrongCode() error {
	return fault.Errorf(fault.WrongCode, "This code is not right, or no longer good. Check it, or ask for a new one.")
}

// way is what tries at the option are counted by, and what its codes are kept by.
func (o opened) way() string {
	if o.option.device == nil {
		return "address of " + o.user.ID
	}
	return o.deviceID()
}

// deviceID is the device of the option; empty if it is none's.
func (o opened) deviceID() string {
	if o.option.device == nil {
		return ""
	}
	return o.option.device.Common().ID
}

// spending makes a code that was right good no longer: WRONG_CODE if another call
// was first.
type spending func(ctx context.Context, now time.Time) error

// checkCode tells whether a code is right for a device, and how to spend it in the
// transaction of the sign-in. An app's code is spent by its check.
func (s *Service) checkCode(ctx context.Context, o opened, typed string) (spending, error) {
	typed = strings.Join(strings.Fields(typed), "")
	if len(typed) > 20 {
		return nil, errWrongCode()
	}
	if o.option.Kind == AuthenticatorApp {
		ok, err := s.Authenticators.Verify(ctx, o.InstitutionID, o.deviceID(), typed)
		if err == nil && !ok {
			err = errWrongCode()
		}
		return func(context.Context, time.Time) error { return nil }, err
	}
	code, err := s.Store.FindCode(ctx, o.TokenHash, o.way(), s.Clock.Now())
	if fault.CodeOf(err) == fault.NotFound {
		return nil, errWrongCode()
	}
	if err != nil {
		return nil, err
	}
	if !s.Keys.VerifyMAC(code.MAC, o.TokenHash, o.way(), typed) {
		return nil, errWrongCode()
	}
	return func(ctx context.Context, now time.Time) error {
		ok, err := s.Store.ConsumeCodeMAC(ctx, code, now)
		if err == nil && !ok {
			err = errWrongCode()
		}
		return err
	}, nil
}

// complete spends the code, completes the challenge and starts the session or, once
// the address is proved, the next challenge. It is all or nothing, but for the
// next challenge, which a sign-in that finds no other way can ask for again; of
// parallel calls one wins.
func (s *Service) complete(ctx context.Context, o opened, b browser, spend spending) (Proof, error) {
	proof := Proof{User: o.user}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		if err := spend(ctx, now); err != nil {
			return err
		}
		if o.NewPassword != "" {
			if err := s.Passwords.Complete(ctx, o.user, o.Challenge, now); err != nil {
				return err
			}
			if err := s.Enrollments.EmailVerified(ctx, o.user); err != nil { // by the link
				return err
			}
		}
		if ok, err := s.Store.CompleteChallenge(ctx, o.TokenHash, now); err != nil || !ok {
			return firstError(err, errWrongCode())
		}
		var err error
		if o.Step == EmailVerification {
			if err := s.Enrollments.EmailVerified(ctx, o.user); err != nil {
				return err
			}
			return s.record(ctx, o, audit.Event{Action: audit.VerifiedEmail})
		}
		if o.Step == StepUp {
			if proof.Token, err = s.Sessions.Renew(ctx); err != nil {
				return err
			}
			return s.record(ctx, o, audit.Event{Action: audit.SteppedUp})
		}
		if err := s.Enrollments.CodeAccepted(ctx, o.user); err != nil {
			return err
		}
		if proof.Token, err = s.session(ctx, o, now); err != nil {
			return err
		}
		if proof.BrowserToken, err = s.remember(ctx, o.user, b, now); err != nil {
			return err
		}
		return s.record(ctx, o, audit.Event{Action: audit.SignedIn})
	})
	if err != nil || o.Step != EmailVerification {
		return proof, err
	}
	next, err := s.begin(ctx, o.institution, o.user)
	proof.Next = &next
	return proof, err
}

func (s *Service) session(ctx context.Context, o opened, now time.Time) (string, error) {
	client := auth.ClientFrom(ctx)
	n := auth.Session{
		UserID: o.user.ID, InstitutionID: o.InstitutionID, Kind: o.user.Kind, FactorAt: now,
		Address: client.Address, UserAgent: client.UserAgent,
	}
	if o.option.Kind == BackupCode { // which never counts for step-up
		n.FactorAt, n.ByBackupCode = time.Time{}, true
	}
	return s.Sessions.Start(ctx, n)
}

// remember makes the browser a known one of the user. A browser that several
// people share keeps one token; one that nobody gave out is never taken over.
func (s *Service) remember(ctx context.Context, u user.User, b browser, now time.Time) (string, error) {
	if b.lane == throttle.KnownBrowser {
		return "", nil
	}
	if b.token == "" {
		b.token = auth.NewToken()
	}
	return b.token, s.Browsers.RememberBrowser(ctx, u.ID, auth.HashToken(b.token), now)
}

func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

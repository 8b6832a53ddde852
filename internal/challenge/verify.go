package challenge

import (
	"cmp"
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
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
	failures, err := s.Attempts.Begin(ctx, o.way(), b.kind)
	if err != nil {
		return Proof{}, err
	}
	spend, err := s.checkCode(ctx, o, typed)
	if fault.CodeOf(err) == fault.WrongCode {
		return Proof{}, cmp.Or(s.failed(ctx, o, b.kind, failures), err)
	}
	if err != nil {
		return Proof{}, err
	}
	return s.complete(ctx, o, b, func(ctx context.Context) error {
		if err := spend(ctx); err != nil {
			return err
		}
		if err := s.Attempts.Clear(ctx, o.way(), b.kind); err != nil || o.option.device == nil {
			return err
		}
		return s.Store.MarkDeviceUsed(ctx, o.InstitutionID, o.deviceID(), s.Clock.Now())
	})
}

// backupTries is how many wrong backup codes a user may type, in browsers that
// know the user and in others.
var backupTries = throttle.Limit{Events: 5, Per: time.Minute}

func (s *Service) verifyBackupCode(ctx context.Context, o opened, b browser, typed string) (Proof, error) {
	// Counted before the check, so that parallel tries can't pass the limit.
	tries, err := s.Limiter.TakeAll(ctx, throttle.Event{Key: throttle.Key("backup-code", o.user.ID, string(b.kind)), Limit: backupTries})
	if err != nil {
		return Proof{}, err
	}
	codeID, err := s.BackupCodes.Match(ctx, o.institution, o.user, typed)
	if fault.CodeOf(err) == fault.WrongCode {
		return Proof{}, cmp.Or(s.failed(ctx, o, b.kind, 0), err)
	}
	s.uncount(ctx, tries...)
	if err != nil {
		return Proof{}, err
	}
	return s.complete(ctx, o, b, func(ctx context.Context) error {
		if err := s.BackupCodes.Spend(ctx, codeID); err != nil {
			return err
		}
		if err := s.typed(ctx, o, notification.Entered); err != nil {
			return err
		}
		return s.Notices.Tell(ctx, o.user, notification.BackupCodeUsed, "")
	})
}

// browser is what the device cookie says.
type browser struct {
	kind throttle.Browser
	// token is the cookie's, if anyone completed a sign-in there.
	token string
}

// browser reports whether the browser is one in which the user signed in before.
func (s *Service) browser(ctx context.Context, u user.User) (browser, error) {
	b := browser{kind: throttle.UnknownBrowser}
	if token := auth.ClientFrom(ctx).Browser; token != "" {
		byUser, byAnyone, err := s.Browsers.KnowsBrowser(ctx, u.ID, auth.HashToken(token))
		if err != nil {
			return b, err
		}
		if byAnyone {
			b.token = token
		}
		if byUser {
			b.kind = throttle.KnownBrowser
		}
	}
	if actor, ok := auth.FromContext(ctx); ok && actor.UserID == u.ID {
		b.kind = throttle.KnownBrowser
	}
	return b, nil
}

// failed does what a number of failures in a row calls for. Failures of
// strangers never switch the device off for its owner.
func (s *Service) failed(ctx context.Context, o opened, browser throttle.Browser, failures int) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		var err error
		switch {
		case failures == throttle.PauseFrom && !o.user.Waits(): // who waits may be a stranger to the address
			err = s.Notices.Tell(ctx, o.user, notification.FactorPaused, o.deviceID())
		case failures >= throttle.DisableAt && o.option.device != nil:
			err = s.switchOff(ctx, o, browser)
		}
		if err := cmp.Or(err, s.typed(ctx, o, notification.Wrong)); err != nil {
			return err
		}
		return s.record(ctx, o, audit.Event{Action: audit.SecondFactorFailed, Outcome: fault.WrongCode})
	})
}

// switchOff says of a device that it takes no more codes, in this kind of browser.
func (s *Service) switchOff(ctx context.Context, o opened, browser throttle.Browser) error {
	if browser != throttle.KnownBrowser {
		return s.Notices.Tell(ctx, o.user, notification.FactorOffElsewhere, o.deviceID())
	}
	if err := s.Store.DisableDevice(ctx, o.InstitutionID, o.deviceID(), s.Clock.Now()); err != nil {
		return err
	}
	return s.Notices.Tell(ctx, o.user, notification.FactorOff, o.deviceID())
}

// record says by which device, or that by a backup code, the challenge's user did, or failed to do, what.
func (s *Service) record(ctx context.Context, o opened, e audit.Event) error {
	e.TargetID = cmp.Or(o.deviceID(), o.user.ID)
	e.Details = map[string]string{"factor": string(o.option.Kind), "step": string(o.Step)}
	return s.Audit.RecordFor(ctx, auth.Actor{UserID: o.user.ID, InstitutionID: o.InstitutionID, Kind: o.user.Kind}, e)
}

// way is what tries at the option are counted by, and what its codes are kept by.
func (o opened) way() string { return wayTo(o.user, o.option) }

func wayTo(u user.User, o Option) string {
	if o.device == nil {
		return "address of " + u.ID
	}
	return o.device.Common().ID
}

// deviceID is the device of the option; empty if it is none's.
func (o opened) deviceID() string {
	if o.option.device == nil {
		return ""
	}
	return o.option.device.Common().ID
}

// spending makes a code that was right good no longer, in the transaction that
// completes the challenge: WRONG_CODE if another call was first.
type spending func(ctx context.Context) error

// checkCode finds whether a code is right for the option, and returns how to spend it.
func (s *Service) checkCode(ctx context.Context, o opened, typed string) (spending, error) {
	if o.option.Kind == AuthenticatorApp {
		return s.checkApp(ctx, o, typed)
	}
	code, err := s.Codes.Check(ctx, o.TokenHash, o.way(), typed)
	return func(ctx context.Context) error { return s.Codes.Spend(ctx, code) }, err
}

func (s *Service) checkApp(ctx context.Context, o opened, typed string) (spending, error) {
	match := s.Authenticators.Match
	if o.user.Invited() {
		match = s.Authenticators.MatchFirst
	}
	step, ok, err := match(ctx, o.InstitutionID, o.deviceID(), typed)
	if err == nil && !ok {
		err = onetimecode.ErrWrong()
	}
	return func(ctx context.Context) error {
		ok, err := s.Authenticators.Spend(ctx, step)
		if err == nil && !ok {
			err = onetimecode.ErrWrong()
		}
		return cmp.Or(err, s.typed(ctx, o, notification.Entered))
	}, err
}

// typed writes down that a code was typed which nobody had sent.
func (s *Service) typed(ctx context.Context, o opened, k notification.EventKind) error {
	channel := map[OptionKind]notification.Channel{AuthenticatorApp: notification.App, BackupCode: notification.BackupCode}[o.option.Kind]
	if channel == "" {
		return nil
	}
	return s.Store.AddCodeTry(ctx, notification.Notification{
		ID: id.New(id.Message), InstitutionID: o.InstitutionID, UserID: o.user.ID, DeviceID: o.deviceID(),
		Channel: channel, Purpose: o.purpose(), Date: s.Clock.Now(),
	}, k)
}

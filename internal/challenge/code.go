package challenge

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// How often a device may be sent a code.
var (
	resendGap  = throttle.Limit{Events: 1, Per: 30 * time.Second}
	hourlyCap  = throttle.Limit{Events: 5, Per: time.Hour}
	codeDigits = int64(6)
)

// Dispatched tells when a code that was sent expires and another may be asked for.
type Dispatched struct {
	RetryAfter time.Duration
	ExpiresAt  time.Time
}

// SendCode sends a new code for an option, in place of the one before it:
// THROTTLED within 30 s of the last and over 5 an hour for a device, counted over
// all its sign-ins; PROVIDER_ERROR and PROVIDER_UNAVAILABLE.
func (s *Service) SendCode(ctx context.Context, token, optionID string) (Dispatched, error) {
	o, err := s.open(ctx, token, optionID)
	if err != nil {
		return Dispatched{}, err
	}
	code, err := newCode()
	if err != nil {
		return Dispatched{}, err
	}
	deviceID := o.option.phone.ID
	mac, err := s.Keys.MAC(o.TokenHash, deviceID, code)
	if err != nil {
		return Dispatched{}, err
	}
	validFor := o.institution.CodeLifetime
	expires := s.Clock.Now().Add(validFor)
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Limiter.Take(ctx, throttle.Key("send-gap", deviceID), resendGap); err != nil {
			return err
		}
		if err := s.Limiter.Take(ctx, throttle.Key("send-hour", deviceID), hourlyCap); err != nil {
			return err
		}
		return s.Store.PutCode(ctx, Code{ChallengeHash: o.TokenHash, DeviceID: deviceID, MAC: mac, ExpiresAt: expires})
	})
	if err != nil {
		return Dispatched{}, err
	}
	err = s.Sender.SendCode(ctx, notification.Recipient{
		Institution: o.institution, UserID: o.user.ID, Email: o.user.Email, Language: o.user.Language,
		Channel: o.option.Kind.channel(), To: o.option.phone.PhoneNumber, Confirmed: o.option.phone.ConfirmedAt != nil,
	}, code, validFor)
	return Dispatched{RetryAfter: resendGap.Per, ExpiresAt: expires}, err
}

// newCode draws six digits.
func newCode() (string, error) {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(codeDigits), nil)
	n, err := rand.Int(rand.Reader, limit)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", int(codeDigits), n), nil
}

// Verify checks a code and signs its user in, or makes the session's factor
// fresh: WRONG_CODE for one that is wrong, spent or expired, THROTTLED while the
// device is paused after wrong ones, LOCKED once it is switched off.
func (s *Service) Verify(ctx context.Context, token, optionID, typed string) (Proof, error) {
	o, err := s.open(ctx, token, optionID)
	if err != nil {
		return Proof{}, err
	}
	b, err := s.browser(ctx, o.user)
	if err != nil {
		return Proof{}, err
	}
	failures, err := s.Attempts.Begin(ctx, o.option.phone.ID, b.lane)
	if err != nil {
		return Proof{}, err
	}
	code, err := s.compare(ctx, o, typed)
	if fault.CodeOf(err) == fault.WrongCode {
		return Proof{}, firstError(s.failed(ctx, o, b.lane, failures), err)
	}
	if err != nil {
		return Proof{}, err
	}
	return s.complete(ctx, o, code, b)
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
			err = s.Notifier.Tell(ctx, o.user, notification.FactorPaused, o.option.phone.ID)
		case failures >= throttle.DisableAt && lane == throttle.KnownBrowser:
			err = s.Store.DisableDevice(ctx, o.InstitutionID, o.option.phone.ID, s.Clock.Now())
		}
		if err != nil {
			return err
		}
		return s.record(ctx, o, audit.Event{Action: audit.SecondFactorFailed, Outcome: fault.WrongCode})
	})
}

// record says by which device the challenge's user did, or failed to do, what.
func (s *Service) record(ctx context.Context, o opened, e audit.Event) error {
	e.TargetID = o.option.phone.ID
	e.Details = map[string]string{"factor": string(o.option.Kind), "step": string(o.Step)}
	return s.Audit.RecordFor(ctx, auth.Actor{UserID: o.user.ID, InstitutionID: o.InstitutionID, Kind: o.user.Kind}, e)
}

func errWrongCode() error {
	return fault.Errorf(fault.WrongCode, "This code is not right, or no longer good. Check it, or ask for a new one.")
}

// compare gives the stored code if the typed one is it.
func (s *Service) compare(ctx context.Context, o opened, typed string) (Code, error) {
	typed = strings.Join(strings.Fields(typed), "")
	code, err := s.Store.FindCode(ctx, o.TokenHash, o.option.phone.ID, s.Clock.Now())
	if fault.CodeOf(err) == fault.NotFound {
		return Code{}, errWrongCode()
	}
	if err != nil {
		return Code{}, err
	}
	if len(typed) > 20 || !s.Keys.VerifyMAC(code.MAC, o.TokenHash, o.option.phone.ID, typed) {
		return Code{}, errWrongCode()
	}
	return code, nil
}

// complete spends the code, completes the challenge and starts the session, all
// or nothing; of parallel calls one wins.
func (s *Service) complete(ctx context.Context, o opened, code Code, b browser) (Proof, error) {
	proof := Proof{User: o.user}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		if ok, err := s.Store.ConsumeCodeMAC(ctx, code, now); err != nil || !ok {
			return firstError(err, errWrongCode())
		}
		if ok, err := s.Store.CompleteChallenge(ctx, o.TokenHash, now); err != nil || !ok {
			return firstError(err, errWrongCode())
		}
		if err := s.Attempts.Clear(ctx, code.DeviceID, b.lane); err != nil {
			return err
		}
		if err := s.Store.MarkDeviceUsed(ctx, o.InstitutionID, code.DeviceID, now); err != nil {
			return err
		}
		var err error
		if o.Step == StepUp {
			if proof.Token, err = s.Sessions.Renew(ctx); err != nil {
				return err
			}
			return s.record(ctx, o, audit.Event{Action: audit.SteppedUp})
		}
		if proof.Token, err = s.session(ctx, o, now); err != nil {
			return err
		}
		if proof.BrowserToken, err = s.remember(ctx, o.user, b, now); err != nil {
			return err
		}
		return s.record(ctx, o, audit.Event{Action: audit.SignedIn})
	})
	return proof, err
}

func (s *Service) session(ctx context.Context, o opened, now time.Time) (string, error) {
	client := auth.ClientFrom(ctx)
	return s.Sessions.Start(ctx, auth.Session{
		UserID: o.user.ID, InstitutionID: o.InstitutionID, Kind: o.user.Kind, FactorAt: now,
		Address: client.Address, UserAgent: client.UserAgent,
	})
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

package challenge

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
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
// all its sign-ins; INVALID_INPUT for a way that needs no code sent;
// PROVIDER_ERROR and PROVIDER_UNAVAILABLE.
func (s *Service) SendCode(ctx context.Context, token, optionID string) (Dispatched, error) {
	o, err := s.open(ctx, token, optionID)
	if err != nil {
		return Dispatched{}, err
	}
	channel, to, ok := o.option.sentTo()
	if !ok {
		return Dispatched{}, fault.Invalid("optionId", "For this way there is no code to send. Enter the one that you have.")
	}
	code, err := newCode()
	if err != nil {
		return Dispatched{}, err
	}
	way := o.way()
	mac, err := s.Keys.MAC(o.TokenHash, way, code)
	if err != nil {
		return Dispatched{}, err
	}
	validFor := o.institution.CodeLifetime
	expires := s.Clock.Now().Add(validFor)
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Limiter.Take(ctx, throttle.Key("send-gap", way), resendGap); err != nil {
			return err
		}
		if err := s.Limiter.Take(ctx, throttle.Key("send-hour", way), hourlyCap); err != nil {
			return err
		}
		return s.Store.PutCode(ctx, Code{ChallengeHash: o.TokenHash, DeviceID: way, MAC: mac, ExpiresAt: expires})
	})
	if err != nil {
		return Dispatched{}, err
	}
	err = s.Sender.SendCode(ctx, notification.Recipient{
		Institution: o.institution, UserID: o.user.ID, Email: o.user.Email, Language: o.user.Language,
		Channel: channel, To: to, Confirmed: o.option.device != nil && o.option.device.Common().ConfirmedAt != nil,
	}, code, validFor)
	return Dispatched{RetryAfter: resendGap.Per, ExpiresAt: expires}, s.instead(ctx, o, err)
}

// instead makes of a refusal of the provider what its recipient can use: why
// nothing comes, and the way to try next. Ways that need nothing sent by the same
// provider come first.
func (s *Service) instead(ctx context.Context, o opened, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || !slices.Contains([]fault.Code{fault.ProviderError, fault.ProviderUnavailable, fault.Timeout}, f.Code) {
		return err
	}
	open, offeredErr := s.offered(ctx, o.institution, o.user, o.Challenge)
	if offeredErr != nil {
		return err
	}
	others := slices.DeleteFunc(open.options, func(other Option) bool { return other.ID == o.option.ID })
	slices.SortStableFunc(others, func(a, b Option) int { return cmp.Compare(byProvider(a), byProvider(b)) })
	w := message.In(o.user.Language)
	why, told := w.WhyUnsent(f.ProviderCode), *f
	if len(others) == 0 {
		told.Message = why + " " + w.NothingInstead
	} else {
		told.TryInstead = others[0].ID
		told.Message = why + " " + fmt.Sprintf(w.TryInstead, others[0].Label)
	}
	return &told
}

func byProvider(o Option) int {
	if o.Kind == SMS || o.Kind == Voice {
		return 1
	}
	return 0
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

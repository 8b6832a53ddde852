package challenge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
)

// SendCode sends a new code for an option, in place of the one before it, as
// onetimecode.Service.Send does; INVALID_INPUT for a way that needs no code sent;
// PROVIDER_ERROR and PROVIDER_UNAVAILABLE say what to try instead. A call that is to want
// no key comes once: CONFLICT.
func (s *Service) SendCode(ctx context.Context, token, optionID string, withoutKey bool) (onetimecode.Sent, error) {
	o, err := s.open(ctx, token, optionID)
	if err != nil {
		return onetimecode.Sent{}, err
	}
	channel, to, ok := o.option.sentTo()
	if !ok {
		return onetimecode.Sent{}, fault.Invalid("optionId", "For this way there is no code to send. Enter the one that you have.")
	}
	b, err := s.browser(ctx, o.user)
	if err != nil {
		return onetimecode.Sent{}, err
	}
	r := onetimecode.Request{
		Subject: o.TokenHash, DeviceID: o.way(), Browser: b.kind,
		UsedUp: func(ctx context.Context) error {
			return s.Notices.Tell(ctx, o.user, notification.ManyCodesAsked, o.deviceID())
		},
		To: notification.Recipient{
			Institution: o.institution, UserID: o.user.ID, Email: o.user.Email, Language: o.user.Language,
			Channel: channel, To: to, Confirmed: o.option.device != nil && o.option.device.Common().ConfirmedAt != nil,
		},
	}
	if o.user.Waits() {
		if r.To, err = s.owner(ctx, r.To); err != nil {
			return onetimecode.Sent{}, err
		}
	}
	r.To.Purpose = o.purpose()
	if o.user.Waits() && r.To.HasAccount {
		r.To.Purpose = "" // what goes to an owner is no code
	}
	var before func(ctx context.Context) error
	if withoutKey {
		if before, err = s.dropKey(ctx, o, channel); err != nil {
			return onetimecode.Sent{}, err
		}
		r.To.Keyless = true
	}
	sent, err := s.Codes.Send(ctx, r, before)
	return sent, s.instead(ctx, o, err)
}

// purpose is what the codes of a challenge are for.
func (o opened) purpose() notification.Purpose {
	switch {
	case o.user.Invited():
		return notification.Invitation
	case o.NewPassword != "":
		return notification.PasswordReset
	case o.Step == StepUp:
		return notification.StepUp
	case o.Step == EmailVerification:
		return notification.EmailVerification
	default:
		return notification.SignIn
	}
}

// dropKey returns what makes a call without a key the only one of a challenge, in the
// transaction that keeps its code: CONFLICT where none may come.
func (s *Service) dropKey(ctx context.Context, o opened, channel notification.Channel) (func(ctx context.Context) error, error) {
	if channel != notification.Voice {
		return nil, fault.Invalid("withoutKey", "Only a call asks for a key.")
	}
	sent, err := s.Codes.LastSent(ctx, o.TokenHash)
	if err != nil {
		return nil, err
	}
	if err := mayDropKey(o.option, sent[o.way()]); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		err := s.Limiter.Take(ctx, throttle.Key("call-without-key", o.TokenHash, o.way()), throttle.Limit{Events: 1, Per: lifetime})
		if fault.CodeOf(err) == fault.Throttled {
			return mayDropKey(o.option, onetimecode.Last{HadKeyless: true})
		}
		return err
	}, nil
}

// owner returns who gets the mail to an address: its owner, who is told so instead of
// getting a code, if somebody owns it already.
func (s *Service) owner(ctx context.Context, r notification.Recipient) (notification.Recipient, error) {
	found, err := s.Store.ListCredentials(ctx, r.Institution.ID, r.Email, "")
	owner := ownerOf(found)
	if err != nil || owner.ID == "" {
		return r, err
	}
	r.UserID, r.Language, r.HasAccount = owner.ID, owner.Language, true
	return r, nil
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
	w := wordsFor(ctx, o.user)
	why, told := whyUnsent(w, f, o.option, open.options), *f
	others := slices.DeleteFunc(open.options, func(other Option) bool { return other.ID == o.option.ID })
	if other, ok := instead(w, o.institution, o.user, o.option, channelOf(o.option)); ok && !notification.MayTryAgain(err) {
		others = append([]Option{other}, others...)
	}
	slices.SortStableFunc(others, func(a, b Option) int { return cmp.Compare(byProvider(a), byProvider(b)) })
	if !notification.Unsent(err) {
		why = w.MayCome
	}
	if len(others) == 0 {
		told.Message = why + " " + w.NothingInstead
	} else {
		told.TryInstead = others[0].ID
		told.Message = why + " " + fmt.Sprintf(w.TryInstead, others[0].Label)
	}
	return &told
}

// whyUnsent says why a code could not be sent by an option. Those that are open now know what
// was learned by it.
func whyUnsent(w *message.Words, f *fault.Error, o Option, open []Option) string {
	at := slices.IndexFunc(open, func(now Option) bool { return now.ID == o.ID })
	if f.ProviderCode == notification.OptedOutCode && at >= 0 {
		if out := open[at].stopped(); out != nil && out.Sender != "" {
			return fmt.Sprintf(w.Stopped, out.SenderFormatted())
		}
	}
	return w.WhyUnsent(f.ProviderCode)
}

// channelOf is by which channel an option's codes go.
func channelOf(o Option) notification.Channel {
	channel, _, _ := o.sentTo()
	return channel
}

func byProvider(o Option) int {
	if o.Kind == SMS || o.Kind == Voice {
		return 1
	}
	return 0
}

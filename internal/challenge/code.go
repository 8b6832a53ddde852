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
)

// SendCode sends a new code for an option, in place of the one before it, as
// onetimecode.Service.Send does; INVALID_INPUT for a way that needs no code sent;
// PROVIDER_ERROR and PROVIDER_UNAVAILABLE say what to try instead.
func (s *Service) SendCode(ctx context.Context, token, optionID string) (onetimecode.Sent, error) {
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
	sent, err := s.Codes.Send(ctx, r, nil)
	return sent, s.instead(ctx, o, err)
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
	others := slices.DeleteFunc(open.options, func(other Option) bool { return other.ID == o.option.ID })
	slices.SortStableFunc(others, func(a, b Option) int { return cmp.Compare(byProvider(a), byProvider(b)) })
	w := wordsFor(ctx, o.user)
	why, told := w.WhyUnsent(f.ProviderCode), *f
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

func byProvider(o Option) int {
	if o.Kind == SMS || o.Kind == Voice {
		return 1
	}
	return 0
}

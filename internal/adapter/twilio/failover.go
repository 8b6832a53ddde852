package twilio

import (
	"context"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/provider"
)

// send asks the accounts that send for an institution, each once: the next one only after
// what surely never left and of which the recipient is not the reason.
func (c *Client) send(ctx context.Context, o notification.Outgoing, what string, prepare func(provider.Account) request) (sending, error) {
	var s sending
	if !phone.Valid(o.To) {
		return s, errNotE164()
	}
	accounts, err := c.accountsFor(ctx, o)
	if err != nil {
		return s, notification.NotSent(err)
	}
	ctx, cancel := context.WithTimeout(ctx, allLimit)
	defer cancel()
	var refused []error
	for _, a := range accounts {
		err := c.sendThrough(ctx, a, o, what, prepare(a))
		if !notification.MayTryAgain(err) {
			s.account, s.receipt.ProviderID = a, a.ID
			if a.MessagingServiceSID == "" {
				s.receipt.From = a.From
			}
			if len(refused) > 0 {
				c.movedOn[kindOf(what)].Add(1)
			}
			return s, err
		}
		s.receipt.Tried = append(s.receipt.Tried, tryOf(a, err))
		refused = append(refused, err)
		c.log.WarnContext(ctx, "an account did not send, surely", "attempt", o.AttemptID, "to", what, "provider", a.ID, "error", err)
		if ctx.Err() != nil {
			break
		}
	}
	return s, mostHelpful(refused)
}

// accountsFor returns the account that a message names, or else those that send for its
// institution.
func (c *Client) accountsFor(ctx context.Context, o notification.Outgoing) ([]provider.Account, error) {
	if o.ProviderID == "" {
		return c.accounts.ListSending(ctx, o.InstitutionID)
	}
	account, err := c.accounts.FindByID(ctx, o.ProviderID)
	if err == nil && account.InstitutionID != o.InstitutionID {
		err = fault.Errorf(fault.NotFound, "There is no such provider.")
	}
	return []provider.Account{account}, err
}

// sendThrough asks one account, unless it is known that it can't send now. One that a
// message names is asked whatever is known.
func (c *Client) sendThrough(ctx context.Context, a provider.Account, o notification.Outgoing, what string, use request) error {
	if what == placeCall && a.From == "" {
		return notification.NotSent(fault.Errorf(fault.ProviderUnavailable, "This institution's provider has no number to call from."))
	}
	guard := c.guards.of(a)
	entered, err := guard.enter(c.clock.Now(), a.Health, o.ProviderID != "")
	if err != nil {
		return notification.NotSent(err)
	}
	result := ignored // should it panic
	defer func() {
		if guard.leave(entered, c.clock.Now(), result, err) {
			c.log.ErrorContext(ctx, "an account is left alone for a while: it does not send", "provider", a.ID, "error", err)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	answer, err := c.askBy(ctx, c.sends, a, what, use)
	result = resultOf(answer, err)
	return err
}

// tryOf returns what is written down of an account that did not send.
func tryOf(a provider.Account, err error) notification.Try {
	f := asFault(err)
	return notification.Try{ProviderID: a.ID, Code: f.Code, ProviderCode: f.ProviderCode}
}

// mostHelpful returns which of the errors of accounts that did not send is told: THROTTLED
// where that is all, with the shortest wait, or else the first that is not.
func mostHelpful(errs []error) error {
	told := errs[0]
	for _, err := range errs {
		if fault.CodeOf(err) != fault.Throttled {
			return err
		}
		if f, least := asFault(err), asFault(told); f.RetryAfter < least.RetryAfter {
			told = err
		}
	}
	return told
}

// kindOf returns the place of a channel in movedOn.
func kindOf(what string) int {
	if what == placeCall {
		return 1
	}
	return 0
}

// FailedOver returns how many texts and calls left, or may have left, by another account
// than the first, since the process began.
func (c *Client) FailedOver() map[notification.Channel]int64 {
	return map[notification.Channel]int64{notification.SMS: c.movedOn[0].Load(), notification.Voice: c.movedOn[1].Load()}
}

// LeftAlone returns, of each account that sent or should have, whether it is left alone now.
func (c *Client) LeftAlone() map[string]bool { return c.guards.open(c.clock.Now()) }

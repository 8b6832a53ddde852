package twilio

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	readAccount = "tell how the account stands"
	readBalance = "tell the balance"
	readSender  = "tell about the sender"
	notThere    = 20404
)

// AccountState implements provider.Prober.
func (c *Client) AccountState(ctx context.Context, a provider.Account) (status string, trial bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	var found *api.ApiV2010Account
	if err := c.read(ctx, a, readAccount, func(h *client.RequestHandler) (err error) {
		found, err = api.NewApiService(h).FetchAccount(a.AccountSID)
		return err
	}); err != nil {
		return "", false, err
	}
	if value(found.Sid) != a.AccountSID {
		return "", false, errUnusable(readAccount)
	}
	return value(found.Status), strings.EqualFold(value(found.Type), "trial"), nil
}

// BalanceOf implements provider.Prober.
func (c *Client) BalanceOf(ctx context.Context, a provider.Account) (b provider.Balance, ok bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	var found *api.ApiV2010Balance
	err = c.read(ctx, a, readBalance, func(h *client.RequestHandler) (err error) {
		found, err = api.NewApiService(h).FetchBalance(&api.FetchBalanceParams{})
		return err
	})
	if notFound(err) {
		return provider.Balance{}, false, nil
	}
	if err != nil {
		return provider.Balance{}, false, err
	}
	amount, err := strconv.ParseFloat(value(found.Balance), 64)
	if err != nil || math.Abs(amount) > 1e12 {
		return provider.Balance{}, false, errUnusable(readBalance)
	}
	return provider.Balance{Hundredths: int(math.Floor(amount*100 + 1e-6)), Currency: value(found.Currency)}, true, nil
}

// SenderOf implements provider.Prober.
func (c *Client) SenderOf(ctx context.Context, a provider.Account) (*provider.Sender, error) {
	if a.From == "" {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	var found []api.ApiV2010IncomingPhoneNumber
	if err := c.read(ctx, a, readSender, func(h *client.RequestHandler) (err error) {
		found, err = api.NewApiService(h).ListIncomingPhoneNumber((&api.ListIncomingPhoneNumberParams{}).SetPhoneNumber(a.From).SetLimit(1))
		return err
	}); err != nil {
		return nil, err
	}
	for _, n := range found {
		if value(n.PhoneNumber) == a.From && n.Capabilities != nil {
			return &provider.Sender{Texts: n.Capabilities.Sms, Calls: n.Capabilities.Voice}, nil
		}
	}
	return nil, nil
}

func notFound(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.ProviderCode == notThere
}

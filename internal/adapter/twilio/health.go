package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
	messaging "github.com/twilio/twilio-go/rest/messaging/v1"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	readAccount = "tell how the account stands"
	readBalance = "tell the balance"
	readSender  = "tell about the sender"
	readService = "tell about the messaging service"
	readStatus  = "tell how it is by its status page"
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

// ServiceOf implements provider.Prober. It looks for another kind of sender only where
// there is none of the kind before.
func (c *Client) ServiceOf(ctx context.Context, a provider.Account) (*provider.MessagingService, error) {
	if a.MessagingServiceSID == "" {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	var found provider.MessagingService
	for _, list := range []func(*messaging.ApiService, string) (int, string, error){numbersIn, shortCodesIn, namesIn} {
		var key string
		err := c.read(ctx, a, readService, func(h *client.RequestHandler) (err error) {
			found.Senders, key, err = list(messaging.NewApiService(h), a.MessagingServiceSID)
			return err
		})
		switch {
		case notFound(err):
			return nil, nil
		case err != nil:
			return nil, err
		case key == "": // no answer of such a list
			return nil, errUnusable(readService)
		case found.Senders > 0:
			return &found, nil
		}
	}
	return &found, nil
}

// numbersIn, shortCodesIn and namesIn return how many senders of a kind are on the first
// page of a messaging service, and what the list calls itself.
func numbersIn(m *messaging.ApiService, service string) (n int, key string, err error) {
	found, err := m.PagePhoneNumber(service, (&messaging.ListPhoneNumberParams{}).SetPageSize(1), "", "")
	if err != nil || found == nil {
		return 0, "", err
	}
	return len(found.PhoneNumbers), found.Meta.Key, nil
}

func shortCodesIn(m *messaging.ApiService, service string) (n int, key string, err error) {
	found, err := m.PageShortCode(service, (&messaging.ListShortCodeParams{}).SetPageSize(1), "", "")
	if err != nil || found == nil {
		return 0, "", err
	}
	return len(found.ShortCodes), found.Meta.Key, nil
}

func namesIn(m *messaging.ApiService, service string) (n int, key string, err error) {
	found, err := m.PageAlphaSender(service, (&messaging.ListAlphaSenderParams{}).SetPageSize(1), "", "")
	if err != nil || found == nil {
		return 0, "", err
	}
	return len(found.AlphaSenders), found.Meta.Key, nil
}

// statusPage is where Twilio says how it is, to everybody.
const statusPage = "https://status.twilio.com/api/v2/status.json"

// StatusPage implements provider.Prober.
func (c *Client) StatusPage(ctx context.Context) (provider.StatusPage, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, statusPage, nil)
	if err != nil {
		return provider.StatusPage{}, err
	}
	x := &exchange{ctx: ctx, via: c.via, base: c.base}
	res, err := x.RoundTrip(req)
	if err = x.failure(readStatus, err); err != nil {
		return provider.StatusPage{}, err
	}
	var page struct {
		Status struct{ Indicator, Description string }
	}
	defer func() { _ = res.Body.Close() }()
	if json.NewDecoder(res.Body).Decode(&page) != nil || page.Status.Indicator == "" {
		return provider.StatusPage{}, errUnusable(readStatus)
	}
	return provider.StatusPage{Indicator: page.Status.Indicator, Description: page.Status.Description}, nil
}

func notFound(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.ProviderCode == notThere
}

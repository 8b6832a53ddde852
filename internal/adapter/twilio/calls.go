package twilio

import (
	"context"
	"strconv"
	"sync"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/provider"
)

const listCalls = "list the calls"

// ListCalls implements notification.Archive. INVALID_INPUT if the number is not in E.164.
func (c *Client) ListCalls(ctx context.Context, institutionID, to string, limit int) ([]notification.Found, error) {
	if !phone.Valid(to) {
		return nil, errNotE164()
	}
	var one sync.Mutex
	var all []notification.Found
	err := c.eachSending(ctx, institutionID, func(ctx context.Context, a provider.Account) error {
		calls, err := c.listCallsOf(ctx, a, to, limit)
		one.Lock()
		defer one.Unlock()
		all = append(all, calls...)
		return err
	})
	return all, err
}

// WhyFailed implements notification.Archive. A call through an account that is not the
// institution's any more, or that is switched off, has none.
func (c *Client) WhyFailed(ctx context.Context, institutionID, accountSID, callSID string) (code int, err error) {
	err = c.eachSending(ctx, institutionID, func(ctx context.Context, a provider.Account) error {
		if a.AccountSID != accountSID {
			return nil
		}
		var got *api.ListCallNotificationResponse
		err := c.read(ctx, a, "tell why a call failed", func(h *client.RequestHandler) (err error) {
			got, err = api.NewApiService(h).PageCallNotification(callSID, (&api.ListCallNotificationParams{}).SetLog(0), "", "")
			return err
		})
		if err != nil {
			return err
		}
		for _, n := range got.Notifications {
			if number, err := strconv.Atoi(value(n.ErrorCode)); err == nil && number > 0 {
				code = number
				return nil
			}
		}
		return nil
	})
	return code, err
}

func (c *Client) listCallsOf(ctx context.Context, account provider.Account, to string, limit int) ([]notification.Found, error) {
	params := (&api.ListCallParams{}).SetTo(to).SetPageSize(min(limit, mostPerPage))
	var got *api.ListCallResponse
	err := c.read(ctx, account, listCalls, func(h *client.RequestHandler) (err error) {
		got, err = api.NewApiService(h).PageCall(params, "", "")
		return err
	})
	if err == nil && got.Calls == nil { // JSON, but not Twilio's: it would read as "no calls"
		err = errUnusable(listCalls)
	}
	if err != nil {
		return nil, err
	}
	calls := make([]notification.Found, len(got.Calls))
	for i, m := range got.Calls {
		created := date(m.DateCreated)
		if value(m.Sid) == "" || created == nil {
			return nil, errUnusable(listCalls)
		}
		calls[i] = notification.Found{
			AccountSID: account.AccountSID, SID: *m.Sid, To: value(m.To), From: value(m.From), Status: value(m.Status), Price: price(m.Price, m.PriceUnit), AnsweredBy: value(m.AnsweredBy), CreatedAt: *created, UpdatedAt: *created,
		}
	}
	return calls, nil
}

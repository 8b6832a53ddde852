package twilio

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/phone"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	listTexts = "list the texts"

	// sendMargin is how much later than its date in the log a text may have been
	// sent: our rows are dated when the attempt was made, Twilio filters by when
	// the carrier got it.
	sendMargin = time.Minute
	// extraTexts is how many texts are asked for beyond the limit, for those that
	// lie in the margin.
	extraTexts = 10
	// mostPages bounds the pages of one window. One is enough unless many texts
	// lie in the margin or are inbound.
	mostPages   = 4
	mostPerPage = 1000
)

// ListTexts implements notification.Archive. It may give some more texts than
// limit: those within a minute of before, which the log may date either way.
// INVALID_INPUT if the number is not in E.164.
func (c *Client) ListTexts(ctx context.Context, institutionID, to string, before time.Time, limit int) ([]notification.Found, error) {
	if !phone.Valid(to) {
		return nil, errNotE164()
	}
	account, err := c.accounts.Find(ctx, institutionID)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, listLimit)
	defer cancel()
	params := (&api.ListMessageParams{}).SetTo(to).SetPageSize(min(limit, mostPerPage))
	if !before.IsZero() {
		// In UTC, because twilio-go loses what follows a dot and RFC 3339 has a +
		// elsewhere.
		params.SetDateSentBefore(before.UTC().Add(sendMargin).Truncate(time.Second)).
			SetPageSize(min(limit+extraTexts, mostPerPage))
	}
	var texts []notification.Found
	var next place
	for older, page := 0, 1; page <= mostPages && older < limit; page++ {
		var rows []api.ApiV2010Message
		if rows, next, err = c.page(ctx, account, params, next); err != nil {
			return nil, err
		}
		for _, text := range c.outbound(ctx, account, rows) {
			texts = append(texts, text)
			if before.IsZero() || text.CreatedAt.Before(before.Add(-sendMargin)) {
				older++
			}
		}
		if next == (place{}) {
			break
		}
	}
	return texts, nil
}

// place is where a page of a list begins; zero for the first.
type place struct{ token, page string }

// page fetches one page, and tells where the next one begins. Only token and
// page number are taken from Twilio's link, so that credentials go nowhere that
// an answer chose.
func (c *Client) page(ctx context.Context, a provider.Account, params *api.ListMessageParams, at place) ([]api.ApiV2010Message, place, error) {
	var got *api.ListMessageResponse
	err := c.read(ctx, a, listTexts, func(h *client.RequestHandler) (err error) {
		got, err = api.NewApiService(h).PageMessage(params, at.token, at.page)
		return err
	})
	if err == nil && got.Messages == nil { // JSON, but not Twilio's: it would read as "no texts"
		err = errUnusable(listTexts)
	}
	if err != nil {
		return nil, place{}, err
	}
	link, err := url.Parse(value(got.NextPageUri))
	if err != nil {
		return got.Messages, place{}, nil
	}
	query := link.Query()
	return got.Messages, place{token: query.Get("PageToken"), page: query.Get("Page")}, nil
}

// outbound reads the texts that the account sent. A row without SID or date
// can't be kept in the log; it is reported and left out.
func (c *Client) outbound(ctx context.Context, a provider.Account, rows []api.ApiV2010Message) []notification.Found {
	var texts []notification.Found
	for _, m := range rows {
		if strings.HasPrefix(value(m.Direction), "inbound") {
			continue
		}
		created := date(m.DateCreated)
		if value(m.Sid) == "" || created == nil {
			c.log.ErrorContext(ctx, "twilio listed a text without a SID or a date", "account", a.AccountSID, "sid", value(m.Sid))
			continue
		}
		text := notification.Found{
			AccountSID: a.AccountSID, SID: *m.Sid, To: value(m.To), From: value(m.From), Body: value(m.Body),
			Status: value(m.Status), ErrorCode: value(m.ErrorCode),
			CreatedAt: *created, SentAt: date(m.DateSent), UpdatedAt: *created,
		}
		if updated := date(m.DateUpdated); updated != nil {
			text.UpdatedAt = *updated
		}
		texts = append(texts, text)
	}
	return texts
}

// date reads a date of the 2010 API, nil if there is none.
func date(text *string) *time.Time {
	at, err := time.Parse(time.RFC1123Z, value(text))
	if err != nil {
		return nil
	}
	at = at.UTC()
	return &at
}

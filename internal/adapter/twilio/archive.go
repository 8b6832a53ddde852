package twilio

import (
	"cmp"
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
	"golang.org/x/sync/errgroup"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	listTexts = "list the texts"

	// sendMargin is how much later than its date in the log a text may have been
	// sent: our rows are dated when the attempt was made, Twilio filters by when
	// the carrier got it.
	sendMargin = time.Minute
	// extraTexts is how many texts are asked for beyond the limit: those that lie
	// in the margin, and the one older than a window that ends it.
	extraTexts = 10
	// mostPages bounds the pages of one window. One is enough unless many texts
	// lie in the margin or share a second.
	mostPages   = 12
	mostPerPage = 1000
)

// ListTexts implements notification.Archive. It may give more texts than limit:
// those within a minute of before, which the log may date either way, and those
// of the last one's second. INVALID_INPUT if the number is not in E.164.
func (c *Client) ListTexts(ctx context.Context, institutionID, to string, before time.Time, limit int, keep func([]notification.Found) error) error {
	if !phone.Valid(to) {
		return errNotE164()
	}
	var one sync.Mutex // keep may be called by one at a time
	return c.eachSending(ctx, institutionID, func(ctx context.Context, a provider.Account) error {
		return c.listTextsOf(ctx, a, to, before, limit, func(texts []notification.Found) error {
			one.Lock()
			defer one.Unlock()
			return keep(texts)
		})
	})
}

// askedAtOnce is how many accounts of an institution are asked for lists at a time.
const askedAtOnce = 4

// eachSending asks all accounts that send for an institution, since any of them may have
// sent, each with a deadline of its own; and returns the error of the first of them that has
// one. What the others say counts all the same.
func (c *Client) eachSending(ctx context.Context, institutionID string, ask func(ctx context.Context, a provider.Account) error) error {
	accounts, err := c.accounts.ListSending(ctx, institutionID)
	if err != nil {
		return err
	}
	errs := make([]error, len(accounts))
	var asking errgroup.Group
	asking.SetLimit(askedAtOnce)
	for i, a := range accounts {
		asking.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, listLimit)
			defer cancel()
			errs[i] = ask(ctx, a)
			return nil
		})
	}
	_ = asking.Wait()
	return cmp.Or(errs...)
}

func (c *Client) listTextsOf(ctx context.Context, account provider.Account, to string, before time.Time, limit int, keep func([]notification.Found) error) error {
	list := shelf{account.AccountSID, to}
	if at, ok := c.marks.find(list, before); ok {
		at.size = pageSize(2 * limit) // some of it lies above the window
		err := c.walk(ctx, account, list, at, newWindow(before, limit), keep)
		if fault.CodeOf(err) != fault.ProviderError {
			return err
		}
		c.marks.forget(list) // Twilio may know the place no more
	}
	return c.walk(ctx, account, list, startOf(before, limit), newWindow(before, limit), keep)
}

func pageSize(limit int) int { return min(limit+extraTexts, mostPerPage) }

// startOf is the first page of the list of texts sent at or before a time.
func startOf(before time.Time, limit int) place {
	at := place{size: pageSize(limit)}
	if !before.IsZero() {
		// In UTC, because twilio-go loses what follows a dot and RFC 3339 has a +
		// elsewhere.
		at.before = before.UTC().Add(sendMargin).Truncate(time.Second)
		at.above = at.before
	}
	return at
}

// walk reads pages until a window is full, hands each over as it comes, and
// marks it once it is kept.
func (c *Client) walk(ctx context.Context, a provider.Account, list shelf, at place, w *window, keep func([]notification.Found) error) error {
	for range mostPages {
		rows, next, err := c.page(ctx, a, list.to, at)
		if err != nil {
			return err
		}
		texts := c.outbound(ctx, a, rows)
		if err := keep(texts); err != nil {
			return err
		}
		if len(texts) > 0 && next != (place{}) {
			next.above = texts[len(texts)-1].CreatedAt
		}
		c.marks.set(list, mark{at, next})
		if full := w.add(texts); full || next == (place{}) {
			return nil
		}
		at = next
	}
	return fault.Errorf(fault.ProviderUnavailable,
		"The provider has more texts of this time than could be read at once: ask again to read on.")
}

// page fetches one page, and returns the place of the next one, zero at the end.
// Only token and page number are taken from Twilio's link, so that credentials
// go nowhere that an answer chose.
func (c *Client) page(ctx context.Context, a provider.Account, to string, at place) ([]api.ApiV2010Message, place, error) {
	params := (&api.ListMessageParams{}).SetTo(to).SetPageSize(at.size)
	if !at.before.IsZero() {
		params.SetDateSentBefore(at.before)
	}
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
	if err != nil || link.RawQuery == "" {
		return got.Messages, place{}, nil //nolint:nilerr // a link that leads nowhere is the last page's
	}
	at.token, at.page = link.Query().Get("PageToken"), link.Query().Get("Page")
	return got.Messages, at, nil
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
			Status: value(m.Status), ErrorCode: value(m.ErrorCode), Segments: segments(m.NumSegments), Price: price(m.Price, m.PriceUnit),
			CreatedAt: *created, SentAt: date(m.DateSent), UpdatedAt: *created,
		}
		if updated := date(m.DateUpdated); updated != nil {
			text.UpdatedAt = *updated
		}
		texts = append(texts, text)
	}
	return texts
}

// segments reads how many parts a text has, 0 if it does not say.
func segments(text *string) int {
	n, err := strconv.ParseUint(value(text), 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

var (
	amountForm   = regexp.MustCompile(`^-?[0-9]{1,6}(\.[0-9]{1,6})?$`)
	currencyForm = regexp.MustCompile(`^[A-Za-z]{3}$`)
)

// price reads what a message cost, as an amount and its currency; empty before Twilio says.
// Twilio has it below zero, for it is taken off the balance.
func price(amount, unit *string) string {
	if !amountForm.MatchString(value(amount)) || !currencyForm.MatchString(value(unit)) {
		return ""
	}
	return strings.TrimPrefix(value(amount), "-") + " " + strings.ToUpper(value(unit))
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

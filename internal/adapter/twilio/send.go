package twilio

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	sendText  = "send the text"
	placeCall = "place the call"

	// longestValidity is the longest that Twilio keeps an undelivered text, in
	// seconds.
	longestValidity = 36000
	// ringFor is how long a call rings, in seconds: shorter than most voicemails
	// wait, because a code must not be left on one.
	ringFor = 30
)

// retries asks Twilio to repeat a report that failed to connect, was not
// answered or was answered 5xx, twice. Twilio neither sends nor signs a fragment.
const retries = "rc=2&rp=ct,rt,5xx"

// SendText implements notification.Provider. INVALID_INPUT if the destination is
// not in E.164.
func (c *Client) SendText(ctx context.Context, o notification.Outgoing, body string) (notification.Receipt, error) {
	var made *api.ApiV2010Message
	sent, err := c.send(ctx, o, sendText, func(a provider.Account) request {
		params := (&api.CreateMessageParams{}).SetTo(o.To).SetBody(body).
			SetValidityPeriod(validity(o.ValidFor)).
			SetSmartEncoded(false) // what is sent is what was logged
		if a.MessagingServiceSID != "" {
			params.SetMessagingServiceSid(a.MessagingServiceSID)
		} else {
			params.SetFrom(a.From)
		}
		if report := c.reportTo(a, "messages", o.AttemptID); report != "" {
			params.SetStatusCallback(report)
		}
		return func(h *client.RequestHandler) (err error) {
			made, err = api.NewApiService(h).CreateMessage(params)
			return accepted(err, made != nil && value(made.Sid) != "")
		}
	})
	if err != nil {
		return sent.receipt, err
	}
	return sent.receiptOf(made.Sid, made.From, made.Status, made.ErrorCode), nil
}

// PlaceCall implements notification.Provider. INVALID_INPUT if the destination
// is not in E.164, or there is more to say than Twilio takes.
func (c *Client) PlaceCall(ctx context.Context, o notification.Outgoing, s notification.Speech) (notification.Receipt, error) {
	if c.callback == nil { // nobody can be asked in the middle of the call
		s.Sealed = ""
	}
	// The address has an account's id, which is as long as that of an attempt.
	if _, err := Script(s, c.askIn(provider.Account{ID: o.AttemptID}, o.AttemptID, s)); err != nil {
		return notification.Receipt{}, err
	}
	var made *api.ApiV2010Call
	sent, err := c.send(ctx, o, placeCall, func(a provider.Account) request {
		params := (&api.CreateCallParams{}).SetTo(o.To).SetFrom(a.From).SetTimeout(ringFor)
		if report := c.reportTo(a, "calls", o.AttemptID); report != "" {
			params.SetStatusCallback(report).
				SetStatusCallbackEvent([]string{"initiated", "ringing", "answered", "completed"})
		}
		later := c.askIn(a, o.AttemptID, s)
		switch words, err := Script(s, later); {
		case err != nil:
			return func(*client.RequestHandler) error { return err }
		case s.Sealed == "" && !s.Keyless:
			params.SetTwiml(words)
		case s.Keyless && s.Sealed != "": // who answers decides what is said
			params.SetUrl(later).SetMachineDetection("Enable")
		default: // who answers is said later, and nobody waits for it
			params.SetTwiml(words).SetMachineDetection("Enable").SetAsyncAmd("true").
				SetAsyncAmdStatusCallback(c.reportTo(a, "calls", o.AttemptID))
		}
		return func(h *client.RequestHandler) (err error) {
			made, err = api.NewApiService(h).CreateCall(params)
			return accepted(err, made != nil && value(made.Sid) != "")
		}
	})
	if err != nil {
		return sent.receipt, err
	}
	return sent.receiptOf(made.Sid, made.From, made.Status, nil), nil
}

var errNoSID = errors.New("the answer has no SID")

// accepted returns the error of a send whose answer has a SID or not: without one it is not
// known whether the message was accepted.
func accepted(err error, hasSID bool) error {
	if err == nil && !hasSID {
		return errNoSID
	}
	return err
}

// sending is what became of a message so far.
type sending struct {
	account provider.Account
	receipt notification.Receipt
}

// receiptOf returns what Twilio accepted.
func (s sending) receiptOf(sid, from, status *string, code *int) notification.Receipt {
	r := s.receipt
	r.AccountSID, r.SID, r.Status, r.ErrorCode = s.account.AccountSID, value(sid), value(status), value(code)
	r.From = cmp.Or(value(from), s.account.From)
	return r
}

// reportTo is where Twilio reports on an attempt, or "" for nowhere.
func (c *Client) reportTo(a provider.Account, kind, attemptID string) string {
	if c.callback == nil {
		return ""
	}
	u := c.callback.JoinPath("webhooks", "twilio", a.ID, kind)
	u.RawQuery = url.Values{"attempt": {attemptID}}.Encode()
	u.Fragment = retries
	return u.String()
}

// askIn is where Twilio asks in the middle of a call what to say now; "" for nowhere.
func (c *Client) askIn(a provider.Account, attemptID string, s notification.Speech) string {
	if c.callback == nil || s.Sealed == "" {
		return ""
	}
	u := c.callback.JoinPath("webhooks", "twilio", a.ID, "say")
	u.RawQuery = url.Values{"attempt": {attemptID}, "sealed": {s.Sealed}}.Encode()
	return u.String()
}

// validity is a duration in the whole seconds that Twilio takes.
func validity(d time.Duration) int {
	return min(max(int(d/time.Second), 1), longestValidity)
}

func errNotE164() error {
	return fault.Invalid("phoneNumber", "This is not a phone number in E.164.")
}

// value is what a pointer points to, or nothing.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

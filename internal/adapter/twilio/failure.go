package twilio

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// busyFor is how long to wait after a 429 that doesn't say, and tooMany is what Twilio
// calls it.
const (
	busyFor = 5 * time.Second
	tooMany = 20429
)

// failure returns a request's outcome as a fault; nil if it succeeded. err is what
// twilio-go made of it. What Twilio answered counts first: twilio-go's own
// errors may lack the status or quote a number.
func (x *exchange) failure(what string, err error) error {
	a := x.answer
	switch {
	case err == nil && a.status/100 == 2:
		return nil
	case a.status == http.StatusTooManyRequests:
		f := fault.Wrap(a.cause(), fault.Throttled, "The provider is limiting requests and did not %s. Try again in a moment.", what)
		f.RetryAfter, f.ProviderCode = cmp.Or(a.retryAfter, busyFor), cmp.Or(a.code, tooMany)
		return f
	case a.status == http.StatusUnauthorized, a.status == http.StatusForbidden:
		f := fault.Wrap(a.cause(), fault.ProviderError, "The provider turned the institution's account away and did not %s. An administrator has to look at the account and its token.", what)
		f.ProviderCode = a.code
		return notification.NotSent(f)
	case a.status/100 == 4 && a.code != 0, a.status == http.StatusUnprocessableEntity:
		f := fault.Wrap(a.cause(), fault.ProviderError, "The provider refused to %s.", what)
		f.ProviderCode = a.code
		if a.status == http.StatusUnprocessableEntity {
			return notification.NotSent(f)
		}
		return f
	case a.status/100 == 5:
		return fault.Wrap(a.cause(), fault.ProviderUnavailable, "The provider has a fault of its own and gave no usable answer when it was asked to %s.", what)
	case a.status != 0:
		f := errUnusable(what)
		f.Cause = a.cause()
		return f
	}
	f := fault.Wrap(withoutURL(err), fault.ProviderUnavailable, "The provider could not be reached to %s.", what)
	if x.ctx.Err() != nil {
		f = fault.Wrap(x.ctx.Err(), fault.Timeout, "The provider did not answer in time when it was asked to %s.", what)
	}
	if x.unconnected() {
		return notification.NotSent(f)
	}
	return f
}

// asFault returns the fault in an error, or one of its code.
func asFault(err error) *fault.Error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	return &fault.Error{Code: fault.CodeOf(err), Cause: err}
}

// errUnusable is for answers that leave open what Twilio did.
func errUnusable(what string) *fault.Error {
	return fault.Errorf(fault.ProviderUnavailable, "The provider gave no usable answer when it was asked to %s.", what)
}

// cause describes an answer for the log.
func (a answer) cause() error {
	return fmt.Errorf("twilio answered status %d, code %d, request %q", a.status, a.code, a.requestID)
}

// withoutURL takes the address off an error of net/http: it may hold a number.
func withoutURL(err error) error {
	var located *url.Error
	if errors.As(err, &located) {
		return located.Err
	}
	return err
}

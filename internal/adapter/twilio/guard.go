package twilio

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	// atOnce is how many sends of one account may be under way.
	atOnce = 32
	// openAfter is how many failures in a row open the breaker of an account, and openFor
	// for how long. What the account itself asks for counts at once, up to openAtMost.
	openAfter  = 5
	openFor    = 30 * time.Second
	openAtMost = 5 * time.Minute
)

// result is what a send says of the account.
type result int

const (
	// ignored says nothing: the caller left.
	ignored result = iota
	// works is of an account that answers, also where it refuses a recipient.
	works
	// fails is of one that was not reached, did not answer, has a fault or turned us away.
	fails
	// limits is of one that asks to wait.
	limits
)

// resultOf returns what the answer to a send, and the error that was made of it, say of the
// account.
func resultOf(a answer, err error) result {
	turnedAway := a.status == http.StatusUnauthorized || a.status == http.StatusForbidden
	switch code := fault.CodeOf(err); {
	case errors.Is(err, context.Canceled):
		return ignored
	case code == fault.Throttled:
		return limits
	case turnedAway, code == fault.ProviderUnavailable, code == fault.Timeout:
		return fails
	}
	return works
}

// guard is the circuit breaker and the bulkhead of an account: it leaves alone one that does
// not send, lets a single send through when that time is over, and never lets more than
// atOnce be under way. It goes by the clock that everything goes by, and leaves out of the
// count who left before there was an answer.
type guard struct {
	version int

	mu       sync.Mutex
	underWay int
	failures int // in a row, while it is closed
	// until is how long the breaker is open, zero while it is closed, since openedAt, for
	// why; trying says that the one that is let through after that is under way.
	openedAt, until time.Time
	why             *fault.Error
	trying          bool
	// state counts changes, so that a send that began before one does not count after it.
	state int
}

// pass is a send under way.
type pass struct {
	state int
	// tries is set of the one that is let through.
	tries bool
}

// enter lets a send through to the account, which leave ends, or says why it can't be sent
// now. A check that Twilio answered well since the breaker opened closes it, unless Twilio
// asked to wait.
func (g *guard) enter(now time.Time, h *provider.Health, whatever bool) (pass, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.underWay >= atOnce {
		return pass{}, fault.Errorf(fault.ProviderUnavailable, "Too much is being sent through the provider at once. Nothing was sent; try again in a moment.")
	}
	if !g.until.IsZero() && g.why.Code != fault.Throttled && h.Sends() && h.CheckedAt.After(g.openedAt) {
		g.close()
	}
	p := pass{state: g.state}
	if !g.until.IsZero() && !whatever {
		if g.trying || now.Before(g.until) {
			return pass{}, g.openError(now)
		}
		g.trying, p.tries = true, true
	}
	g.underWay++
	return p, nil
}

// leave ends a send, and reports whether its result opened the breaker.
func (g *guard) leave(p pass, now time.Time, r result, err error) (opened bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.underWay--
	if p.state != g.state {
		return false
	}
	if p.tries {
		g.trying = false
	}
	closed := g.until.IsZero()
	switch {
	case r == works:
		g.close()
	case r == limits:
		wait := asFault(err).RetryAfter
		g.open(now, min(max(wait, time.Second), openAtMost), err)
		return closed
	case r == fails && closed && g.failures+1 < openAfter:
		g.failures++
	case r == fails && (closed || p.tries):
		g.open(now, openFor, err)
		return closed
	}
	return false
}

func (g *guard) close() {
	if g.until.IsZero() {
		g.failures = 0
		return
	}
	g.state++
	g.failures, g.until, g.why, g.trying = 0, time.Time{}, nil, false
}

func (g *guard) open(now time.Time, d time.Duration, err error) {
	g.state++
	g.failures, g.openedAt, g.until, g.why, g.trying = 0, now, now.Add(d), asFault(err), false
}

// openError says why an account is not asked: what it said last, or that it says nothing.
func (g *guard) openError(now time.Time) error {
	why := *g.why
	switch why.Code {
	case fault.Throttled:
		why.RetryAfter = max(g.until.Sub(now), time.Second)
	case fault.ProviderError: // it turned us away
	default:
		return fault.Wrap(g.why, fault.ProviderUnavailable, "The provider has not been answering, and is not asked for a moment. Nothing was sent.")
	}
	return &why
}

// guards are those of all accounts, by id. An account that was changed gets a new one, so
// that it is tried at once.
type guards struct {
	mu   sync.Mutex
	byID map[string]*guard
}

func (g *guards) of(a provider.Account) *guard {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byID == nil {
		g.byID = map[string]*guard{}
	}
	if g.byID[a.ID] == nil || g.byID[a.ID].version < a.Version {
		g.byID[a.ID] = &guard{version: a.Version}
	}
	return g.byID[a.ID]
}

// open returns of each account whether its breaker is open.
func (g *guards) open(now time.Time) map[string]bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	open := make(map[string]bool, len(g.byID))
	for id, one := range g.byID {
		one.mu.Lock()
		open[id] = now.Before(one.until)
		one.mu.Unlock()
	}
	return open
}

package twilio

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	// leastWait and its double bound the wait before a repetition.
	leastWait = 100 * time.Millisecond
	// roomToRepeat is what the deadline must leave after the wait.
	roomToRepeat = 250 * time.Millisecond
)

// read makes a request that changes nothing, and repeats it once if that may
// help and the deadline leaves room.
func (c *Client) read(ctx context.Context, a provider.Account, what string, use request) error {
	answer, err := c.ask(ctx, a, what, use)
	if !mayPass(answer, err) {
		return err
	}
	wait := max(answer.retryAfter, leastWait+rand.N(leastWait)) //nolint:gosec // it spreads repeats and hides nothing
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait+roomToRepeat {
		return err
	}
	if !c.pause(ctx, wait) {
		return err
	}
	_, err = c.ask(ctx, a, what, use)
	return err
}

// mayPass reports whether an error may be gone in a moment: too many requests, a
// fault of Twilio's, or a connection that broke.
func mayPass(a answer, err error) bool {
	switch fault.CodeOf(err) {
	case fault.Throttled:
		return true
	case fault.ProviderUnavailable:
		return a.status == 0 || a.status >= 500
	default:
		return false
	}
}

// pause lasts d, and reports whether the context still runs.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

package onetimecode

import (
	"time"

	"github.com/factordesk/factordesk/internal/throttle"
)

// limits are how often codes are sent. Of those that are reached the longest wait
// answers.
var limits = []struct {
	name  string
	limit throttle.Limit
	// of returns what is counted.
	of func(r Request) []string
	// kept tells that what is counted stays so where nothing was sent.
	kept bool
}{
	{name: gap, limit: throttle.Limit{Events: 1, Per: between}, of: number},
	{name: hour, limit: throttle.Limit{Events: 5, Per: time.Hour}, of: deviceOrNumber},
	{name: "code-request", limit: throttle.Limit{Events: 30, Per: time.Hour}, of: number, kept: true},
}

// The limits that sends come up against, and perNotice, which is how often an owner is
// told that strangers have used up what they may send.
const (
	gap  = "code-gap"
	hour = "code-hour"
)

// between is how far apart two codes for a number are at least.
const between = 30 * time.Second

var perNotice = throttle.Limit{Events: 1, Per: time.Hour}

// number counts all codes that an institution sends to one number or address.
func number(r Request) []string {
	return []string{r.To.Institution.ID, r.To.To}
}

// deviceOrNumber counts a confirmed device by itself, so that nobody who adds its
// number elsewhere uses up what its owner may ask for, and browsers that the owner
// knows apart from all others. Uses of a number that nobody confirmed count together,
// whatever the account and the institution: it is one phone that rings.
func deviceOrNumber(r Request) []string {
	if r.To.Confirmed {
		return []string{r.DeviceID, string(r.Browser)}
	}
	return []string{r.To.To}
}

// events returns what a code counts as, in the order of limits.
func events(r Request) []throttle.Event {
	all := make([]throttle.Event, len(limits))
	for i, l := range limits {
		all[i] = throttle.Event{Key: throttle.Key(l.name, l.of(r)...), Limit: l.limit}
	}
	return all
}

// usedUp reports whether a code is the last that browsers may ask for which the
// device's owner doesn't know.
func usedUp(r Request, taken []throttle.Taken) bool {
	if !r.To.Confirmed || r.Browser == throttle.KnownBrowser {
		return false
	}
	for i, l := range limits {
		if l.name == hour && taken[i].Count == l.limit.Events {
			return true
		}
	}
	return false
}

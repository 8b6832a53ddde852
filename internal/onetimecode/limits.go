package onetimecode

import (
	"time"

	"github.com/factordesk/factordesk/internal/throttle"
)

// limits are how often codes are sent, in the order in which they are asked. The
// first that is reached answers.
var limits = []struct {
	name  string
	limit throttle.Limit
	// of returns what is counted.
	of func(r Request) []string
}{
	{"code-gap", throttle.Limit{Events: 1, Per: 30 * time.Second}, number},
	{"code-hour", throttle.Limit{Events: 5, Per: time.Hour}, deviceOrNumber},
}

// number counts all codes that an institution sends to one number or address.
func number(r Request) []string {
	return []string{r.To.Institution.ID, r.To.To}
}

// deviceOrNumber counts a confirmed device by itself, so that nobody who adds its
// number elsewhere uses up what its owner may ask for; uses of a number that nobody
// confirmed count together.
func deviceOrNumber(r Request) []string {
	if r.To.Confirmed {
		return []string{r.DeviceID}
	}
	return number(r)
}

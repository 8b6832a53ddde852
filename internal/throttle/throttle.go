// Package throttle limits how often something may happen. Its counts are in the
// database, so that they hold over processes, sessions, requests and aliases,
// and each is changed by one conditional statement, so that they hold under
// parallel tries.
//
// There are two kinds. A Limiter's window opens with the first event, takes a
// number of them, and closes when its time is over: sends, passwords, look-ups. What
// several limits count is taken from all of them or from none, and can be given back.
// Attempts counts failures in a row on one authenticator and makes the wait
// between tries grow: every try counts as a failure until it is known to be a
// success, so parallel tries gain nothing.
package throttle

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Limit is a number of events in a time.
type Limit struct {
	Events int
	Per    time.Duration
	// Then is how far apart more events are once the number is reached; zero for no
	// more before the time is over.
	Then time.Duration
}

// Key makes a key of bounded length that tells nothing about its parts.
func Key(name string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return name + ":" + hex.EncodeToString(sum[:16])
}

// Rules of failures in a row on one authenticator (NIST SP 800-63B-4, 3.2.2
// allows 100 at most). Known browsers and strangers are counted apart, so both
// together stay within it.
const (
	PauseFrom  = 5
	FirstPause = 30 * time.Second
	LongPause  = time.Hour
	DisableAt  = 50
)

// Browser is the kind of browser in which somebody tries. Failures are counted for
// each kind, so that a stranger can't lock the owner's browser out.
type Browser string

// The kinds of browsers.
const (
	// KnownBrowser is one in which the user completed a sign-in before.
	KnownBrowser   Browser = "known"
	UnknownBrowser Browser = "unknown"
)

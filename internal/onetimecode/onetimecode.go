// Package onetimecode is the codes that are sent to somebody who proves by them to
// hold a number or an address: at a sign-in and a step-up, in an enrolment, and
// when a device is added.
//
//	Send    draws six digits, takes the limits, keeps the code's MAC in place of the
//	        one before, commits, sends the code, and gives back what was taken for one
//	        that surely was not sent
//	Check   finds whether what was typed is the newest code, unspent and in time
//	Spend   spends it in the transaction that it is spent for, by one conditional
//	        statement: an error there burns nothing, and of parallel calls one wins
//
// A code is bound to its subject, such as one challenge, and to the device that it
// goes to. The database has its HMAC over all three, never the code. How many wrong
// ones may be typed is the caller's business.
package onetimecode

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

// DeviceConfirmation is the subject of codes that confirm a device which its owner
// added. All other subjects are hashes of tokens.
const DeviceConfirmation = "device confirmation"

// Code is a code that was sent, without its value.
type Code struct {
	// Subject is what the code is good for.
	Subject string
	// DeviceID is the device that it goes to, or what stands in the place of one for
	// the address of an account.
	DeviceID string
	MAC      []byte
	// SentAt is when it was sent, as far as its sender knows.
	SentAt    time.Time
	ExpiresAt time.Time
	// AttemptID is the log's row of how it went out; empty where that is not known.
	AttemptID string
	// PreviousMAC and PreviousAttemptID are of the code that it replaced, which somebody
	// may still type.
	PreviousMAC       []byte
	PreviousAttemptID string
}

// Request asks for a code.
type Request struct {
	Subject  string
	DeviceID string
	// To is who gets the code. Its institution says how long the code is good.
	To notification.Recipient
	// Browser is the kind of browser that asks.
	Browser throttle.Browser
	// UsedUp, unless it is nil, tells the owner of a confirmed device that browsers
	// which the owner doesn't know have asked for all codes that they get in an hour:
	// once an hour at most, in the transaction that keeps the last.
	UsedUp func(ctx context.Context) error
}

// Sent says when a code that was sent expires, and when another may be asked for: the
// longest wait of all limits.
type Sent struct {
	RetryAfter time.Duration
	ExpiresAt  time.Time
}

// Last is the newest send of a code, and how long it takes at least until another may be
// asked for.
type Last struct {
	notification.Notification
	RetryAfter time.Duration
	// HadKeyless is set where a call has said a code of the subject there without a key.
	HadKeyless bool
}

// ErrWrong returns the one error for a code that is wrong, spent or expired.
func ErrWrong() error {
	return fault.Errorf(fault.WrongCode, "This code is not right, or no longer good. Check it, or ask for a new one.")
}

// digits is how long a code is.
const digits = 6

func draw() (string, error) {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil)
	n, err := rand.Int(rand.Reader, limit)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", digits, n), nil
}

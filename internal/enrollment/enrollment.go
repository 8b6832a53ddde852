// Package enrollment is how customers come to use an account: they register, or
// are registered, and then go one way, which nothing skips and every sign-in
// takes up where it was left:
//
//	REGISTERED   prove the email address by a code that comes by mail; then enter
//	             a code that came to the phone, or a backup code that staff made
//	ENROLLING    review the preferences
//	ACTIVE       with a notice to add an authenticator app until there is one
//
// Proving the address is no second factor, but where codes by mail were permitted at
// the first sign-in: there the one code is both.
//
// Who registers tells nobody anything, and is told nothing. Register makes a user
// who owns nothing, not even the address: up to three wait for one address, beside
// at most one who owns it. A sign-in finds the owner or one who waits, by whose
// password it is (package challenge), and asks who waits to prove the address:
//
//	nobody owns it   the code that is mailed proves it: the first who enters one is
//	                 the owner from then on, and the others are closed
//	somebody does    the mail says so and has no code; staff don't see who waits
//
// Both look alike to who registered. One who has not proved the address in seven
// days, or as long as codes of staff live, goes: a closed user without a password
// stays, for what names it. A phone that was given before the address was proved by
// a link of package passwordreset is gone with the proof: it is somebody else's.
//
// Staff and customers whom the institution itself makes own their addresses at once.
package enrollment

import (
	"time"
)

// Enrollment is how far a customer has come.
type Enrollment struct {
	UserID        string
	InstitutionID string
	// VerifyEmail is whether the code that proves the email address is no second
	// factor, as codes by mail were not permitted.
	VerifyEmail     bool
	BeganAt         time.Time
	EmailVerifiedAt *time.Time
}

// Waiting is somebody who registered and waits until the address is proved.
type Waiting struct {
	UserID        string
	InstitutionID string
	Email         string
	// BrowserHash is of the token of the browser in which it was.
	BrowserHash string
	MadeAt      time.Time
	LapsesAt    time.Time
}

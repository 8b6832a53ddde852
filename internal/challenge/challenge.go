// Package challenge is the way in: a password, then a second factor.
//
//	SignIn     checks the password; answers with a challenge and its options, the
//	           devices of the user that can give or get a code, masked, and backup
//	           codes; and why others of the user's ways are missing
//	SendCode   sends a code for one option (package onetimecode)
//	Verify     counts the try, checks the code as its kind wants, and in one
//	           transaction spends it, completes the challenge and does what its
//	           step is for, such as starting a session
//
// A customer who was registered has to prove the email address first (package
// enrollment): that challenge is met by a code by mail alone and is answered with
// the next one, or with a session where codes by mail are permitted.
//
// A backup code starts a session whose factor is not fresh, and never meets a
// step-up.
//
// Find returns a challenge again to whoever holds its id, with when codes were sent for it
// and what became of the newest, as its user may know that (delivery.go).
//
// StartReset returns a challenge that puts a new password in force when it is met:
// see package passwordreset.
//
// StartStepUp returns a challenge to someone who is signed in already, bound to the
// session; completing it makes the session's factor fresh, under a new token.
//
// A user that does not exist, a wrong password and a user of the other client
// look the same and take the same time. So do who registered with an address that
// somebody owns already and who did with a free one. Every try counts before it is checked,
// in the database, so that parallel tries gain nothing.
package challenge

import (
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// Step is what a challenge asks for.
type Step string

// The steps.
const (
	EmailVerification Step = "EMAIL_VERIFICATION"
	SecondFactor      Step = "SECOND_FACTOR"
	StepUp            Step = "STEP_UP"
)

// OptionKind is a way to meet a challenge.
type OptionKind string

// The kinds of option.
const (
	SMS              OptionKind = "SMS"
	Voice            OptionKind = "VOICE"
	Email            OptionKind = "EMAIL"
	AuthenticatorApp OptionKind = "AUTHENTICATOR_APP"
	BackupCode       OptionKind = "BACKUP_CODE"
)

// Challenge is one request for a second factor. Its id is a bearer of the proof
// that the password was right, so it is as random as a token.
type Challenge struct {
	// Token is what the client holds; the database has its hash.
	Token         string
	TokenHash     string
	InstitutionID string
	UserID        string
	Step          Step
	// SessionID is the session that a STEP_UP is for.
	SessionID string
	// NewPassword is the hash of the password that takes effect when the challenge
	// is met; empty for all but resets.
	NewPassword string
	CreatedAt   time.Time
	ExpiresAt   time.Time
	CompletedAt *time.Time
	// Options are in order of preference; they are not stored.
	Options []Option
	// Unavailable are the user's other ways.
	Unavailable []Unavailable
	// Delivery is what became of the newest code; nil but where Find tells.
	Delivery *Delivery
	// SupportPhone is the institution's own; not stored here.
	SupportPhone string
	// BrowserToken is set if the browser is to remember that its user followed a
	// mailed link in it; not stored here.
	BrowserToken string
}

// Proof is what a completed challenge gives: the session's new token, and who is
// signed in.
type Proof struct {
	Token string
	User  user.User
	// Next is one more challenge, in place of a session.
	Next *Challenge
	// BrowserToken is set if the browser is to remember that its user completed
	// a sign-in here.
	BrowserToken string
}

// Package passwordreset is the way back in for someone who forgot their password:
// a link by mail, then a second factor as at every sign-in.
//
//	Request     writes down what was typed, and looks nothing up: whether there is
//	            such a user shows neither in the answer nor in the time it takes
//	answer      what a job does with that: makes the token, keeps its hash, and
//	            mails it in the fragment of a link, which reaches no server's log
//	Begin       takes token and new password, and returns a challenge on which the
//	            password's hash waits; mails are none of its options, as the link
//	            came by one
//	Finish      called in the transaction in which that challenge is met: spends
//	            the link, replaces the password, and ends all that was begun with
//	            the one before
//
// Until then the old password works and the token is good: a mistyped or lost
// code asks for no new mail. But a user has one link, the newest, and a link one
// challenge, the newest; only that one spends it, by one conditional statement.
// So however often a token is used at once, one password comes of it.
package passwordreset

import (
	"time"
)

// Lifetime is how long a link works, and how long its mail is tried.
const Lifetime = time.Hour

// Request is someone's wish for a link.
type Request struct {
	ID string
	// Institution and Username are as typed: a slug and a lowercase address.
	Institution string
	Username    string
	CreatedAt   time.Time
}

// Link is the one by which a user may choose a new password.
type Link struct {
	UserID        string
	InstitutionID string
	TokenHash     string
	ExpiresAt     time.Time
}

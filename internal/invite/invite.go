// Package invite is how somebody joins the staff of an institution:
//
//	Invite    makes a user of the staff who can't sign in yet, with a level and roles,
//	          or replaces what was said of one who was invited before
//	mail      what a job does then: makes the token, keeps its hash, and mails it in the
//	          fragment of a link, which reaches no server's log
//	Find      says to who holds the token who invites whom
//	Accept    takes token, new password and what the codes are to come by, and returns a
//	          challenge on which the password's hash waits
//	Finish    called in the transaction in which that challenge is met: spends the
//	          invitation, and makes the user one who signs in by password and device
//
// As with links for new passwords, a user has one invitation, the newest, and an
// invitation one challenge, the newest, which alone spends it, by one conditional
// statement. Accepting that was left half-way begins anew, in the place of the device
// that was given before.
package invite

import (
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Lifetime is how long an invitation works, and how long its mail is tried.
const Lifetime = 72 * time.Hour

// Invitation is the one by which a user of the staff sets up their account.
type Invitation struct {
	ID            string
	UserID        string
	InstitutionID string
	TokenHash     string
	// InvitedBy is the id of who invites.
	InvitedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
}

func errOver() error {
	return fault.Errorf(fault.Expired, "This invitation is no longer good: it was used or withdrawn, is over 72 hours old, or there is a newer one. Ask the person who invited you.")
}

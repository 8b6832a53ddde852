// Package freeze is the way out for someone who is told of a change that they did
// not make. The mail about it carries a link of its own:
//
//	Link     makes the link as the mail is sent; the database has its hash
//	         (the page behind it asks and does nothing: scanners follow links)
//	Freeze   what the page's button does, once within 7 days: ends everything that
//	         is under way for the user, signs them out and freezes the account
//	Unfreeze what staff do after they have spoken to the user
//
// A frozen user can sign in by a device that they had, and change nothing about
// how they sign in.
package freeze

import (
	"time"

	"github.com/factordesk/factordesk/internal/notification"
)

// Link is a link in a notice.
type Link struct {
	TokenHash     string
	InstitutionID string
	UserID        string
	// Notice is what the mail was about.
	Notice    notification.Notice
	ExpiresAt time.Time
}

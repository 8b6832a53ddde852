// Package freeze is the way out for someone who is told of a change that they did
// not make. The mail about it carries a link of its own:
//
//	Link     makes the link as the mail is sent; the database has its hash
//	         (the page behind it asks and does nothing: scanners follow links)
//	Freeze   what the page's button does, once within 7 days: ends everything that
//	         is under way for the user, signs them out, forgets their browsers, voids
//	         the password, suspends every device that was confirmed since 7 days
//	         before the notice and the codes that staff made for others since then,
//	         and freezes the account
//	Unfreeze what staff do after they have spoken to the user; which of the suspended
//	         devices are the user's they say one by one (device.Service.Restore)
//
// A frozen user can sign in once a link by mail and a device that they had for long
// have given them a new password, and change nothing about their devices. Frozen
// staff hold no permission.
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
	Notice notification.Notice
	// NoticedAt is when that was written; zero for links that don't say.
	NoticedAt time.Time
	ExpiresAt time.Time
}

// foreignSince is how long before a notice its owner may have lost the account.
const foreignSince = 7 * 24 * time.Hour

// suspect returns since when what was confirmed may be somebody else's.
func (l Link) suspect() time.Time {
	noticed := l.NoticedAt
	if noticed.IsZero() {
		noticed = l.ExpiresAt.Add(-linkLifetime)
	}
	return noticed.Add(-foreignSince)
}

// Package notice tells users what happened to their accounts, by email and every
// other channel that is not the one changed.
//
// It is an outbox: Tell writes one row a channel, and a job for each, in the
// transaction of the change itself, so that there is no change without its notice and
// no notice without its change. A Dispatcher does the jobs (package job):
//
//	change + Tell ── one transaction ──> rows and jobs ── claim ──> send ──> done
//
// A mail is sent at least once. A text or call is sent at most once: its job is begun
// before the provider is asked, and tried again only if the provider surely sent
// nothing.
package notice

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// Row is one notice on one channel.
type Row struct {
	ID            string
	InstitutionID string
	UserID        string
	Notice        notification.Notice
	Channel       notification.Channel
	// To is a number in E.164 or an email address.
	To string
	// Linked is whether a mail carries a link by which its reader freezes the account.
	Linked    bool
	CreatedAt time.Time
}

// Way is how a notice reaches a device.
type Way struct {
	DeviceID string
	Channel  notification.Channel
	// To is a number in E.164 or an email address.
	To string
	// Linked is false for a way that may be somebody else's.
	Linked bool
}

// Teller writes notices, inside the transaction of what they tell.
type Teller interface {
	// Tell writes a notice to the address of the account and by every other way to
	// the user but the device that was changed; exceptDevice is empty if none was.
	Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error
	// TellByMail writes a notice to the address of the account alone.
	TellByMail(ctx context.Context, u user.User, n notification.Notice) error
}

// keepRemoved is how long a removed device still gets notices, so that a thief
// can't silence the owner by removing it first.
const keepRemoved = 7 * 24 * time.Hour

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
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
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

// Store keeps links and freezes, and ends what is under way.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	CreateNotYouLink(ctx context.Context, l Link) error
	// ConsumeNotYouLink spends a link: NOT_FOUND if it is unknown, too old or spent.
	ConsumeNotYouLink(ctx context.Context, tokenHash string, now time.Time) (Link, error)
	// LockUser gives a user and holds their devices still until the end of the
	// transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// EndPending ends a user's open challenges and what staff were about to do for
	// the user.
	EndPending(ctx context.Context, institutionID, userID string, at time.Time) error
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
	// VoidCodes voids the sets of a user and an origin that are not void yet, and
	// gives how many of their codes were unused and unexpired.
	VoidCodes(ctx context.Context, institutionID, userID string, o backupcode.Origin, at time.Time) (voided int, err error)
	// ListDevices gives the devices of users.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
	// RemoveDevice takes a device off its user.
	RemoveDevice(ctx context.Context, institutionID, id string, at time.Time) error
	// FreezeUser makes a user FROZEN and keeps the status before, if they are not
	// frozen already.
	FreezeUser(ctx context.Context, institutionID, userID string, at time.Time) error
	// UnfreezeUser returns a user to the status before; ok is false if they were
	// not frozen.
	UnfreezeUser(ctx context.Context, institutionID, userID string) (ok bool, err error)
}

// Users finds the users whom staff unfreeze.
type Users interface {
	Target(ctx context.Context, userID string) (user.User, error)
}

// Institutions gives the settings that rules depend on.
type Institutions interface {
	Find(ctx context.Context, id string) (institution.Institution, error)
}

// Notifier tells the user; it is called inside the transaction of the change.
type Notifier interface {
	Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error
}

// Auditor records what was done, as the last thing in the transaction of it.
type Auditor interface {
	Record(ctx context.Context, e audit.Event) error
	RecordFor(ctx context.Context, actor auth.Actor, e audit.Event) error
}

// Limiter limits how often something may happen.
type Limiter interface {
	Take(ctx context.Context, key string, limit throttle.Limit) error
}

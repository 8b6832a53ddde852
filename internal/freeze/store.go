package freeze

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps links and freezes, and ends what is under way.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	CreateNotYouLink(ctx context.Context, l Link) error
	// ConsumeNotYouLink spends a link: NOT_FOUND if it is unknown, too old or spent.
	ConsumeNotYouLink(ctx context.Context, tokenHash string, now time.Time) (Link, error)
	// LockUser returns a user and holds their devices still until the end of the
	// transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// EndPending ends a user's open challenges and the sets of codes that the user, or
	// staff for the user, were about to make.
	EndPending(ctx context.Context, institutionID, userID string, at time.Time) error
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
	// VoidCodes voids the sets of a user and an origin that are not void yet, and
	// returns how many of their codes were unused and unexpired.
	VoidCodes(ctx context.Context, institutionID, userID string, o backupcode.Origin, at time.Time) (voided int, err error)
	// VoidCodesMadeBy voids the sets that one of the staff made for users since a time,
	// and returns how many of their codes were unused and unexpired.
	VoidCodesMadeBy(ctx context.Context, institutionID, staffID string, since, at time.Time) (voided int, err error)
	// ListDevices returns the devices of users.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
	// RemoveDevice takes a device off its user.
	RemoveDevice(ctx context.Context, institutionID, id string, at time.Time) error
	// SuspendDevices suspends the devices of a user that were confirmed at a time or
	// later, because of a notice, and returns how many. The oldest device that is left
	// becomes the default.
	SuspendDevices(ctx context.Context, institutionID, userID string, since time.Time, because notification.Notice, at time.Time) (int, error)
	// SpendCodes makes every one-time code on its way to a user good no longer.
	SpendCodes(ctx context.Context, userID string, at time.Time) error
	// ForgetBrowsers makes every browser of a user an unknown one.
	ForgetBrowsers(ctx context.Context, userID string) error
	// FreezeUser makes a user FROZEN, without a password that is good, and keeps the
	// status before, if they are not frozen already.
	FreezeUser(ctx context.Context, institutionID, userID string, at time.Time) error
	// UnfreezeUser returns a user to the status before; ok is false if they were
	// not frozen.
	UnfreezeUser(ctx context.Context, institutionID, userID string) (ok bool, err error)
}

package departure

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps who left, and ends what is under way.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// HoldInstitution makes others who hold an institution wait for the end of the
	// transaction. It comes before LockUser.
	HoldInstitution(ctx context.Context, institutionID string) error
	// ListHolders returns the staff who hold all of some permissions when they are signed
	// in and not frozen; who is disabled or closed does not.
	ListHolders(ctx context.Context, institutionID string, all []auth.Permission) (userIDs []string, err error)
	// LockUser returns a user and holds what they sign in with still until the end of
	// the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// DisableUser disables a user who is neither disabled nor closed, or NOT_FOUND.
	DisableUser(ctx context.Context, institutionID, userID string, at time.Time) error
	// EnableUser enables a user who is disabled, or NOT_FOUND.
	EnableUser(ctx context.Context, institutionID, userID string) error
	// CloseUser closes the account of a user for good, or NOT_FOUND if it is closed.
	CloseUser(ctx context.Context, institutionID, userID string) error
	// EndPending ends a user's open challenges, the link for a new password, and the sets
	// of codes that the user, or staff for the user, were about to make.
	EndPending(ctx context.Context, institutionID, userID string, at time.Time) error
	// EndNotYouLinks makes the links in a user's notices good no longer.
	EndNotYouLinks(ctx context.Context, userID string, at time.Time) error
	// EndInvite makes a user's invitation good no longer.
	EndInvite(ctx context.Context, userID string, at time.Time) error
	// SpendCodes makes every one-time code on its way to a user good no longer.
	SpendCodes(ctx context.Context, userID string, at time.Time) error
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
	// VoidCodes voids the sets of a user and an origin that are not void yet, and
	// returns how many of their codes were unused and unexpired.
	VoidCodes(ctx context.Context, institutionID, userID string, o backupcode.Origin, at time.Time) (voided int, err error)
	// ForgetBrowsers makes every browser of a user an unknown one.
	ForgetBrowsers(ctx context.Context, userID string) error
}

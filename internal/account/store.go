package account

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps sessions and passwords.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// ListSessions returns the sessions of a user that have not ended, that end after
	// a time and were used since another, the last used first.
	ListSessions(ctx context.Context, userID string, now, usedSince time.Time) ([]auth.Session, error)
	// ListSessionsOf returns as ListSessions does those of users of an institution, 100 at
	// most of each.
	ListSessionsOf(ctx context.Context, institutionID string, userIDs []string, now, usedSince time.Time) ([]auth.Session, error)
	// EndSessionOf ends a session of a user; ok reports whether this call did.
	EndSessionOf(ctx context.Context, userID, id string, at time.Time) (ok bool, err error)
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
	// LockUser returns a user and holds what they sign in with still until the end of
	// the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// EndPending ends a user's open challenges, the link for a new password, and the sets
	// of codes that the user, or staff for the user, were about to make.
	EndPending(ctx context.Context, institutionID, userID string, at time.Time) error
	// SpendCodes makes every one-time code on its way to a user good no longer.
	SpendCodes(ctx context.Context, userID string, at time.Time) error
	// EndSignIns ends the sign-ins of a user but one for which the password was right
	// and a second factor is still to be proved.
	EndSignIns(ctx context.Context, userID, exceptHash string, at time.Time) error
	// EndResetLink makes the link good no longer by which a user may choose another
	// password.
	EndResetLink(ctx context.Context, userID string, at time.Time) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// FindCredentials returns a user by email with the password's hash, or NOT_FOUND.
	FindCredentials(ctx context.Context, institutionID, email string) (user.Credentials, error)
	// SetLanguage sets the language of a user of an institution, or NOT_FOUND.
	SetLanguage(ctx context.Context, institutionID, userID string, l message.Language) error
	// ReplacePassword puts the hash of a user's own password in the place of another,
	// unless the user is frozen; ok reports whether this call did.
	ReplacePassword(ctx context.Context, userID, before, after string) (ok bool, err error)
	// SetFirstPassword gives a password to a staff user who is active and not disabled, to
	// be replaced until it expires; ok reports whether this call did.
	SetFirstPassword(ctx context.Context, institutionID, userID, hash string, expiresAt time.Time) (ok bool, err error)
}

package invite

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps invitations.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// FindCredentials returns who owns an address, or NOT_FOUND.
	FindCredentials(ctx context.Context, institutionID, email string) (user.Credentials, error)
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	CreateUser(ctx context.Context, u user.User, passwordHash string) error
	// LockUser returns a user and holds what they sign in with still until the end of
	// the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// RenameUser gives a user another name, by which they are found then.
	RenameUser(ctx context.Context, u user.User) error
	// JoinStaff makes a REGISTERED user of the staff ACTIVE, with a password; ok reports
	// whether this call did.
	JoinStaff(ctx context.Context, institutionID, userID, passwordHash string) (ok bool, err error)
	// EndPending ends a user's open challenges.
	EndPending(ctx context.Context, institutionID, userID string, at time.Time) error

	// PutInvite replaces the invitation of a user: the newest only is good.
	PutInvite(ctx context.Context, i Invitation) error
	// FindInvite returns an invitation that is not used and in time, by its id or by the
	// hash of its token, or NOT_FOUND.
	FindInvite(ctx context.Context, id string, now time.Time) (Invitation, error)
	FindInviteByToken(ctx context.Context, tokenHash string, now time.Time) (Invitation, error)
	// SetInviteToken gives an invitation another token; ok is false if it is none any more.
	SetInviteToken(ctx context.Context, id, tokenHash string, now time.Time) (ok bool, err error)
	// ExchangeInvite makes a challenge the only one that may spend an invitation that is
	// not used and in time, and ends those before it; ok is false for other invitations.
	ExchangeInvite(ctx context.Context, i Invitation, challengeHash string, now time.Time) (ok bool, err error)
	// SpendInvite spends a user's invitation; ok reports whether this call did, for the
	// challenge that may.
	SpendInvite(ctx context.Context, userID, challengeHash string, now time.Time) (ok bool, err error)
	// ListInvited returns until when users are invited, those whose invitation is open.
	ListInvited(ctx context.Context, institutionID string, userIDs []string, now time.Time) (map[string]time.Time, error)

	// ListDevices returns the devices of users in the order in which they were added.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
	RemoveDevice(ctx context.Context, institutionID, id string, at time.Time) error
	CreateDevice(ctx context.Context, d device.Device) error
	// CreateAuthenticator keeps an app that waits for its first code.
	CreateAuthenticator(ctx context.Context, d *device.Authenticator, r authenticator.Row) error
}

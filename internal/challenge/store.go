package challenge

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps challenges.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	CreateChallenge(ctx context.Context, c Challenge) error
	// FindChallenge returns a challenge by its token's hash, or NOT_FOUND.
	FindChallenge(ctx context.Context, tokenHash string) (Challenge, error)
	// CompleteChallenge completes a challenge once; ok reports whether this call did.
	CompleteChallenge(ctx context.Context, tokenHash string, now time.Time) (ok bool, err error)
	// LockUser returns a user and holds what they sign in with still until the end of
	// the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// MarkDeviceUsed records a success: the device is confirmed from then on. NOT_FOUND
	// if it was removed or suspended.
	MarkDeviceUsed(ctx context.Context, institutionID, deviceID string, now time.Time) error
	// DisableDevice records that wrong codes switched the device off.
	DisableDevice(ctx context.Context, institutionID, deviceID string, now time.Time) error
	// ListCredentials returns who owns an address, and then who waits for it and
	// registered in a browser, or else the newest, with the passwords' hashes.
	ListCredentials(ctx context.Context, institutionID, email, browserHash string) ([]user.Credentials, error)
	// RehashPassword puts a hash in the place of another one of the same password, if
	// that is there still.
	RehashPassword(ctx context.Context, userID, before, after string) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// ListDevices returns the devices of users in the order in which they were added.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
	// AddCodeTry writes down that a user typed a code that nobody had sent.
	AddCodeTry(ctx context.Context, n notification.Notification, k notification.EventKind) error
}

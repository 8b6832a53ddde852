package authenticator

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/user"
)

// Row is an app as it is stored beside its device.
type Row struct {
	DeviceID string
	UserID   string
	// Secret is the Base32 secret under the keyset, bound to this row.
	Secret []byte
	Seen   Seen
	// Confirmed is whether a first code bound the app.
	Confirmed bool
	// ExpiresAt is until when an app that is not confirmed may be.
	ExpiresAt *time.Time
}

// over reports whether an app that is not confirmed can't be any more.
func (r Row) over(now time.Time) bool { return r.ExpiresAt == nil || !now.Before(*r.ExpiresAt) }

// Store keeps apps. Those of devices that are removed or suspended are found by
// nothing.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// CreateAuthenticator keeps a device with its secret, in place of the one that
	// its user has not confirmed: CONFLICT if a parallel call did.
	CreateAuthenticator(ctx context.Context, d *device.Authenticator, r Row) error
	// FindAuthenticator returns an app of an institution, or NOT_FOUND.
	FindAuthenticator(ctx context.Context, institutionID, deviceID string) (Row, error)
	// AcceptStep spends a step of a confirmed app if it is later than every step
	// spent before; ok reports whether this call did.
	AcceptStep(ctx context.Context, deviceID string, s Seen) (ok bool, err error)
	// BindAuthenticator confirms an app that waits for it, in a session, and spends its
	// first step; ok reports whether this call did. If the session comes from a backup
	// code, so does the app.
	BindAuthenticator(ctx context.Context, deviceID, sessionID string, s Seen, now time.Time) (ok bool, err error)
	// BoundIn reports whether a user bound an app in a session.
	BoundIn(ctx context.Context, userID, sessionID string) (bool, error)
	// LockUser returns a user and holds their devices still until the end of the
	// transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// FindDevice returns a device of an institution, or NOT_FOUND.
	FindDevice(ctx context.Context, institutionID, id string) (device.Device, error)
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// ListAuthenticators returns apps of all institutions by device id, those after
	// one, for operators.
	ListAuthenticators(ctx context.Context, after string, limit int) ([]Row, error)
	// ReplaceSecret writes a secret anew if it is still what it was; ok tells
	// whether it was.
	ReplaceSecret(ctx context.Context, deviceID string, was, becomes []byte) (ok bool, err error)
}

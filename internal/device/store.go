package device

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps devices. Removed devices are found by nothing but the Directory.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// CreateDevice answers CONFLICT if the user has a device of that number or
	// address. The first device of a user becomes its default.
	CreateDevice(ctx context.Context, d Device) error
	// FindDevice returns a device of an institution, or NOT_FOUND.
	FindDevice(ctx context.Context, institutionID, id string) (Device, error)
	// ListDevices returns the devices of users, by user and in the order in which
	// they were added.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]Device, error)
	// SetNumberTypeOverride sets or, with nil, clears the override of a phone:
	// NOT_FOUND if the phone was removed meanwhile, or its override is not the one seen.
	SetNumberTypeOverride(ctx context.Context, institutionID, id string, seen Seen, o *Override) error
	// RemoveDevice takes a device off its user: NOT_FOUND if it was removed
	// already. Its codes under way and what it was found by go with it, and the
	// oldest confirmed device left becomes the default in its place.
	RemoveDevice(ctx context.Context, institutionID, id string, at time.Time) error
	// LockUser returns a user and holds their devices still, against everyone who
	// asks the same, until the end of the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// RenameDevice changes the label: NOT_FOUND if the device was removed.
	RenameDevice(ctx context.Context, institutionID, id, label string) error
	// SetDefaultDevice makes a device the default in place of any other.
	SetDefaultDevice(ctx context.Context, institutionID, userID, id string) error
	// ReplacePending adds a device in place of the one of its number or address that
	// its owner added and has not confirmed: CONFLICT if the user has a confirmed one.
	ReplacePending(ctx context.Context, d Device, at time.Time) error
	// ConfirmDevice marks a device confirmed, and makes it the default of a user who
	// has no confirmed one: NOT_FOUND if it was confirmed or removed before.
	ConfirmDevice(ctx context.Context, institutionID, userID, id string, at time.Time) error
	// RestoreDevice makes a device of a user suspended no longer; ok reports whether this
	// call did. It becomes the default of a user who has none.
	RestoreDevice(ctx context.Context, institutionID, userID, id string) (ok bool, err error)
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
	// EndPending ends a user's open challenges, the link for a new password, and the sets
	// of codes that the user, or staff for the user, were about to make.
	EndPending(ctx context.Context, institutionID, userID string, at time.Time) error
	// VoidCodes voids the sets of a user and an origin that are not void yet, and
	// returns how many of their codes were unused and unexpired.
	VoidCodes(ctx context.Context, institutionID, userID string, o backupcode.Origin, at time.Time) (voided int, err error)
	// LiftPauses ends the pauses of a user's devices, and returns how many there
	// were: one for each kind of browser of a device.
	LiftPauses(ctx context.Context, institutionID, userID string, now time.Time) (int, error)
}

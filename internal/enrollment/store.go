package enrollment

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps enrolments.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// BeginEnrollment writes an enrolment; one that the user has already stays as it
	// is, and began is false then.
	BeginEnrollment(ctx context.Context, e Enrollment) (began bool, err error)
	// FindEnrollment returns the enrolment of a user, or NOT_FOUND.
	FindEnrollment(ctx context.Context, userID string) (Enrollment, error)
	// VerifyEmail records that the address was proved, the first time.
	VerifyEmail(ctx context.Context, userID string, at time.Time) error
	// HoldAddress holds an address until the end of the transaction: those who register
	// it, prove it or go do so one after the other. It comes before their rows.
	HoldAddress(ctx context.Context, institutionID, email string) error
	// ProveEmail makes a REGISTERED user who waits the owner of the address and closes
	// the others who do; first is false, or the error CONFLICT, if somebody else owns
	// it, or the user no longer waits.
	ProveEmail(ctx context.Context, u user.User, at time.Time) (first bool, err error)
	// AcceptCode makes a REGISTERED user ENROLLING; ok is false if the address is
	// still to be proved.
	AcceptCode(ctx context.Context, institutionID, userID string, at time.Time) (ok bool, err error)
	// FinishEnrollment makes an ENROLLING user ACTIVE in a language; ok reports whether
	// this call did.
	FinishEnrollment(ctx context.Context, institutionID, userID string, l message.Language, at time.Time) (ok bool, err error)
	CreateUser(ctx context.Context, u user.User, passwordHash string) error
	// CreateWaiting adds one of those who wait for an address. The oldest over so many
	// goes, but for those who have codes of staff.
	CreateWaiting(ctx context.Context, w Waiting, most int) error
	CreateDevice(ctx context.Context, d device.Device) error
	// ConfirmDevice confirms a device of a user; MarkDeviceUsed records a success.
	ConfirmDevice(ctx context.Context, institutionID, userID, id string, at time.Time) error
	MarkDeviceUsed(ctx context.Context, institutionID, id string, at time.Time) error
	RemoveDevice(ctx context.Context, institutionID, id string, at time.Time) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// ListCredentials returns who owns an address, and then who waits for it and
	// registered in a browser, or else the newest.
	ListCredentials(ctx context.Context, institutionID, email, browserHash string) ([]user.Credentials, error)
	// ListDevices returns the devices of users in the order in which they were added.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
}

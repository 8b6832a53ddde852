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
	// AcceptCode makes a REGISTERED user ENROLLING; ok is false if the address is
	// still to be proved.
	AcceptCode(ctx context.Context, institutionID, userID string, at time.Time) (ok bool, err error)
	// FinishEnrollment makes an ENROLLING user ACTIVE in a language; ok reports whether
	// this call did.
	FinishEnrollment(ctx context.Context, institutionID, userID string, l message.Language, at time.Time) (ok bool, err error)
	// CreateUser answers CONFLICT if the institution has a user of that email.
	CreateUser(ctx context.Context, u user.User, passwordHash string) error
	CreateDevice(ctx context.Context, d device.Device) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// FindCredentials returns a user by email, or NOT_FOUND.
	FindCredentials(ctx context.Context, institutionID, email string) (user.Credentials, error)
	// ListDevices returns the devices of users in the order in which they were added.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
}

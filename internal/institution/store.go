package institution

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps institutions.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// CreateInstitution answers CONFLICT if the slug is taken.
	CreateInstitution(ctx context.Context, i Institution) error
	// FindInstitution answers NOT_FOUND if there is none.
	FindInstitution(ctx context.Context, id string) (Institution, error)
	// FindInstitutionBySlug answers NOT_FOUND if there is none.
	FindInstitutionBySlug(ctx context.Context, slug string) (Institution, error)
	// UpdateSettings replaces the settings of a version; ok is false if they are of
	// another one by now.
	UpdateSettings(ctx context.Context, id string, version int, s Settings) (ok bool, err error)
	// LockedOut counts the users of an institution who have devices for codes, none
	// of which gets them by one of these ways, and reports whether actorID is one.
	LockedOut(ctx context.Context, institutionID, actorID string, ways []string) (LockedOut, error)
	// CountCustomers counts the customers of an institution whose accounts are not closed
	// and who have proved their addresses.
	CountCustomers(ctx context.Context, institutionID string) (int, error)
	// EndSessionsOfCustomers ends all sessions of an institution's customers, and tells how
	// many there were.
	EndSessionsOfCustomers(ctx context.Context, institutionID string, at time.Time) (int, error)
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// HasDemoData reports whether any institution is a demo's.
	HasDemoData(ctx context.Context) (bool, error)
}

package provider

import (
	"context"
	"time"
)

// Row is an Account as it is stored.
type Row struct {
	ID                  string
	InstitutionID       string
	Name                string
	AccountSID          string
	Token               Sealed
	PreviousToken       Sealed
	PreviousUntil       *time.Time
	APIKeySID           string
	APIKeySecret        Sealed
	From                string
	MessagingServiceSID string
	Enabled             bool
	Priority            int
	BalanceThreshold    int
	TokenSetAt          *time.Time
	TokenSetBy          string
	Version             int
	Health              *Health
	CreatedAt           time.Time
}

// Sealed is a secret under the keyset, bound to its row and column; nil for none.
type Sealed []byte

// Store keeps accounts.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// HoldProviders holds the accounts of an institution still, against everyone who asks
	// the same, until the end of the transaction, and remembers that they change.
	HoldProviders(ctx context.Context, institutionID string, at time.Time) error
	// CreateProvider answers CONFLICT if the account SID belongs to an institution
	// already.
	CreateProvider(ctx context.Context, r Row) error
	// FindProvider returns the account of an institution that sends, or NOT_FOUND: the
	// enabled one of the lowest priority, of those that of the lowest id.
	FindProvider(ctx context.Context, institutionID string) (Row, error)
	// ListSending returns the enabled accounts of an institution in the order in which they
	// are asked to send: FindProvider's first.
	ListSending(ctx context.Context, institutionID string) ([]Row, error)
	// FindProviderByID returns an account for a webhook that names it, or NOT_FOUND.
	FindProviderByID(ctx context.Context, id string) (Row, error)
	// ListProviders returns all accounts of an institution by priority, or of all
	// institutions if it is empty.
	ListProviders(ctx context.Context, institutionID string) ([]Row, error)
	// UpdateProvider writes an account of an institution if its version is the one before
	// r's; ok reports whether it was.
	UpdateProvider(ctx context.Context, r Row) (ok bool, err error)
	// DeleteProvider removes an account of an institution: NOT_FOUND if it is not there.
	DeleteProvider(ctx context.Context, institutionID, id string) error
	// SetProviderHealth remembers what Twilio said, unless the account was changed since.
	SetProviderHealth(ctx context.Context, id string, version int, h Health) error
	// ResealProvider replaces the secrets of an account if they are still what they were,
	// and answers CONFLICT if not.
	ResealProvider(ctx context.Context, was, becomes Row) error
}

package provider

import (
	"context"
	"time"
)

// Row is an Account as it is stored.
type Row struct {
	ID            string
	InstitutionID string
	AccountSID    string
	// Token is the token under the keyset, bound to this row.
	Token     []byte
	From      string
	Enabled   bool
	CreatedAt time.Time
}

// Store keeps accounts.
type Store interface {
	// CreateProvider answers CONFLICT if the account SID belongs to an
	// institution already, or the institution has an account.
	CreateProvider(ctx context.Context, r Row) error
	// FindProvider returns the account of an institution, or NOT_FOUND.
	FindProvider(ctx context.Context, institutionID string) (Row, error)
	// FindProviderByID returns an account for a webhook that names it, or NOT_FOUND.
	FindProviderByID(ctx context.Context, id string) (Row, error)
	// ListProviders returns all accounts of all institutions, for operators.
	ListProviders(ctx context.Context) ([]Row, error)
	// UpdateProviderToken replaces a token if it is still what it was, and
	// answers CONFLICT if not.
	UpdateProviderToken(ctx context.Context, id string, was, becomes []byte) error
}

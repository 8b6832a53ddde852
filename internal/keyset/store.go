package keyset

import (
	"context"
	"time"
)

// Store keeps the canary, and knows what was written under which key.
type Store interface {
	// FindCanary returns the canary: NOT_FOUND if there is none, also where the schema
	// is older than it.
	FindCanary(ctx context.Context) (Canary, error)
	// CreateCanary writes the canary unless there is one.
	CreateCanary(ctx context.Context, c Canary) error
	// UpdateCanary writes another in the place of a canary, if it is still there.
	UpdateCanary(ctx context.Context, was, becomes Canary) (bool, error)
	// OldestSecret returns the secret at rest that was stored first: NOT_FOUND if there
	// is none.
	OldestSecret(ctx context.Context) (Sealed, error)
	// ListUses returns what is stored that begins as what a key of a part of the keyset
	// makes, leaving out what there is none of, and codes that are no longer good.
	ListUses(ctx context.Context, part string, prefix []byte, now time.Time) ([]Use, error)
}

package notice

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps the outbox.
type Store interface {
	CreateNotices(ctx context.Context, rows []Row) error
	// FindNotice returns a row, or NOT_FOUND.
	FindNotice(ctx context.Context, id string) (Row, error)
	// AdoptNotices returns rows of an earlier version that nobody is sending, some at a
	// time, and makes them rows of this one.
	AdoptNotices(ctx context.Context, now time.Time, some int) ([]Row, error)
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
}

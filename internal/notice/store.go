package notice

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps the outbox.
type Store interface {
	CreateNotices(ctx context.Context, rows []Row) error
	// ClaimNotice takes the oldest row that is due and not claimed by another,
	// until a time; ok is false if there is none.
	ClaimNotice(ctx context.Context, now, until time.Time) (row Row, ok bool, err error)
	// FinishNotice marks a row done, for good.
	FinishNotice(ctx context.Context, id string, at time.Time) error
	// RetryNotice returns a claim back; the row is due again at a time.
	RetryNotice(ctx context.Context, id string, due time.Time) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
}

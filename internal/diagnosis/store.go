package diagnosis

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
)

// Store reads what became of messages.
type Store interface {
	// LastMessages returns the newest texts and calls to numbers since a time, of each
	// number and channel a few, the newest first.
	LastMessages(ctx context.Context, institutionID string, numbers []string, since time.Time, each int) ([]notification.Notification, error)
}

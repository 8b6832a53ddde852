package onetimecode

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
)

// Store keeps codes.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// PutOneTimeCode replaces the code of a subject and device: the newest only is
	// good. It returns the attempt by which the one went out that it replaced, if that was
	// not spent.
	PutOneTimeCode(ctx context.Context, c Code) (replaced string, err error)
	// DeleteOneTimeCode forgets a code that nobody got, unless another took its place.
	DeleteOneTimeCode(ctx context.Context, c Code) error
	// ListSends returns the newest sends of codes of a subject, the newest first.
	ListSends(ctx context.Context, subject string) ([]notification.Notification, error)
	// AddCodeEvents adds to what became of attempts.
	AddCodeEvents(ctx context.Context, events ...notification.Event) error
	// FindOneTimeCode returns the unspent code of a subject and device, in time or not, or
	// NOT_FOUND.
	FindOneTimeCode(ctx context.Context, subject, deviceID string) (Code, error)
	// ConsumeOneTimeCode spends a code if it is still the newest, unspent and in
	// time; ok reports whether this call did.
	ConsumeOneTimeCode(ctx context.Context, c Code, now time.Time) (ok bool, err error)
}

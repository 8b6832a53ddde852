package onetimecode

import (
	"context"
	"time"
)

// Store keeps codes.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// PutOneTimeCode replaces the code of a subject and device: the newest only is
	// good.
	PutOneTimeCode(ctx context.Context, c Code) error
	// DeleteOneTimeCode forgets a code that nobody got, unless another took its place.
	DeleteOneTimeCode(ctx context.Context, c Code) error
	// ListSent returns when the newest code of a subject was sent, by device.
	ListSent(ctx context.Context, subject string) (map[string]time.Time, error)
	// FindOneTimeCode returns the unspent code of a subject and device, or NOT_FOUND.
	FindOneTimeCode(ctx context.Context, subject, deviceID string, now time.Time) (Code, error)
	// ConsumeOneTimeCode spends a code if it is still the newest, unspent and in
	// time; ok reports whether this call did.
	ConsumeOneTimeCode(ctx context.Context, c Code, now time.Time) (ok bool, err error)
}

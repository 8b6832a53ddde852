package notification

import (
	"errors"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// unsent marks the error of a send that surely did not happen.
type unsent struct{ error }

// Unwrap returns the error itself.
func (u unsent) Unwrap() error { return u.error }

// NotSent marks an error as that of a send that surely did not happen, and may later:
// because nobody was asked, or because the provider turned the account away.
func NotSent(err error) error { return unsent{err} }

// Unsent reports whether an error says that surely nothing was sent: because nobody was
// asked, or because the provider refused.
func Unsent(err error) bool {
	switch fault.CodeOf(err) {
	case fault.ProviderError, fault.Throttled, fault.InvalidInput:
		return true
	}
	_, marked := errors.AsType[unsent](err)
	return marked
}

// MayTryAgain reports whether an error says that surely nothing was sent, and that the
// recipient is not why.
func MayTryAgain(err error) bool {
	_, marked := errors.AsType[unsent](err)
	return marked || fault.CodeOf(err) == fault.Throttled
}

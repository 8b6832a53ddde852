// Package fault is the one error type that every layer of Factordesk speaks: a
// code that a client can act on, and a sentence that a person can read.
//
// A store maps its driver's errors to codes, a domain returns the codes of its
// rules, and the GraphQL layer shows code and message to the client. An error
// that is not a *Error is never shown: clients see INTERNAL with an id, and the
// log has the rest.
package fault

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Code says what kind of failure an error is. Its value is what GraphQL clients
// read in extensions.code.
type Code string

// The codes of the GraphQL contract.
const (
	Unauthenticated     Code = "UNAUTHENTICATED"
	Forbidden           Code = "FORBIDDEN"
	NotFound            Code = "NOT_FOUND"
	InvalidInput        Code = "INVALID_INPUT"
	Conflict            Code = "CONFLICT"
	Expired             Code = "EXPIRED"
	WrongCredentials    Code = "WRONG_CREDENTIALS" //nolint:gosec // a code of errors, no credential
	WrongCode           Code = "WRONG_CODE"
	Throttled           Code = "THROTTLED"
	Locked              Code = "LOCKED"
	StepUpRequired      Code = "STEP_UP_REQUIRED"
	UnavailableInUAT    Code = "UNAVAILABLE_IN_UAT"
	ProviderError       Code = "PROVIDER_ERROR"
	ProviderUnavailable Code = "PROVIDER_UNAVAILABLE"
	// Unavailable is for our own database in trouble: it did not do what it was asked.
	Unavailable Code = "UNAVAILABLE"
	// Timeout is for what had no answer in time: it may have been done.
	Timeout  Code = "TIMEOUT"
	Internal Code = "INTERNAL"
)

// Error is a failure with a code. Message is shown to clients as it is, so it
// holds no secret and nothing that the caller may not know.
type Error struct {
	Code    Code
	Message string
	// Field is the input field at fault, with INVALID_INPUT.
	Field string
	// RetryAfter is how long to wait, with THROTTLED and UNAVAILABLE.
	RetryAfter time.Duration
	// Until is how long what is FORBIDDEN stays so; zero where it stays.
	Until time.Time
	// ProviderCode is the provider's own error code, with PROVIDER_ERROR.
	ProviderCode int
	// TryInstead is the id of another option of the same challenge, where a code
	// could not be sent and there is one.
	TryInstead string
	// Cause is logged and never shown.
	Cause error
}

// Error returns code, message and cause, for logs.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Message
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an error of a code.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error of a code whose cause goes to the log only.
func Wrap(cause error, code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// Invalid makes an INVALID_INPUT error for one input field.
func Invalid(field, format string, args ...any) *Error {
	return &Error{Code: InvalidInput, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Throttle makes a THROTTLED error that says how long to wait; clients see
// whole seconds, rounded up.
func Throttle(after time.Duration, format string, args ...any) *Error {
	return &Error{Code: Throttled, RetryAfter: after, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first *Error in err's chain: TIMEOUT for a
// passed deadline or a cancelled request, INTERNAL for any other error, and ""
// for nil.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return Timeout
	default:
		return Internal
	}
}

// Package enrollment is how customers come to use an account: they register, or
// are registered, and then go one way, which nothing skips and every sign-in
// takes up where it was left:
//
//	REGISTERED   prove the email address, where a second factor is required and
//	             codes by mail are not permitted; then enter a code: one that came
//	             to the phone, or a backup code that staff made
//	ENROLLING    review the preferences
//	ACTIVE       with a notice to add an authenticator app until there is one
//
// Proving the address is no second factor. Where codes by mail are permitted they
// are one of the ways in, and the address is proved by using it.
//
// Which way it is, is decided by the settings of the first sign-in; running
// enrolments finish by it whatever is set later.
package enrollment

import (
	"time"
)

// Enrollment is how far a customer has come.
type Enrollment struct {
	UserID        string
	InstitutionID string
	// VerifyEmail is whether the email address is to be proved before anything else.
	VerifyEmail     bool
	BeganAt         time.Time
	EmailVerifiedAt *time.Time
}

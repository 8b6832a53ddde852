// Package user holds the people of an institution: customers, and the staff who
// help them. A profile is looked up by id or searched by the beginning of any
// word of a name or of an email address, or by a phone number or its end.
package user

import (
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Status is how far a user has come.
type Status string

// The statuses.
const (
	// Registered users have a password and no confirmed second factor; of those who
	// registered themselves the address may not be proved either.
	Registered Status = "REGISTERED"
	// Enrolling users are between their first code and their preferences.
	Enrolling Status = "ENROLLING"
	Active    Status = "ACTIVE"
	// Frozen users may sign in, by a new password and a device that they had for long,
	// and change nothing about their devices until staff have looked.
	Frozen Status = "FROZEN"
	Closed Status = "CLOSED"
)

// FirstPasswordLifetime is how long a password that somebody else has seen lets its user
// choose another.
const FirstPasswordLifetime = 72 * time.Hour

// User is one person at one institution. The password's hash is not part of it.
type User struct {
	ID            string
	InstitutionID string
	Kind          auth.Kind
	Status        Status
	// Email is also the name that the user signs in with; lowercase.
	Email     string
	FirstName string
	LastName  string
	// Language is what the user is written and spoken to in.
	Language message.Language
	// AdminLevel is for staff only.
	AdminLevel bool
	CreatedAt  time.Time
	// PasswordVoidedAt is since when the password is no longer good, until a reset
	// replaces it; nil if it is good.
	PasswordVoidedAt *time.Time
	// PasswordExpiresAt is until when a password that somebody else has seen lets its
	// user choose another; nil for one of their own.
	PasswordExpiresAt *time.Time
	// EmailProvedAt is when a code that was mailed to the address proved it or, where
	// the institution made the account and vouches for it, when it was made. It is
	// zero for who registered and proved nothing: such a user owns nothing yet.
	EmailProvedAt time.Time
	// MailRefusedAt is since when the mail server of the address refuses mail for it; nil
	// if it takes it, as far as is known.
	MailRefusedAt *time.Time
	// DisabledAt is since when a staff user can't sign in, because they left; nil if
	// they can.
	DisabledAt *time.Time
	// LastSignedInAt is when the user last met a second factor that opened a session;
	// nil if never since that is kept.
	LastSignedInAt *time.Time
}

// Left reports whether the account is closed or disabled: nobody signs in to it.
func (u User) Left() bool { return u.Status == Closed || u.DisabledAt != nil }

// Invited reports whether a user of the staff was invited and has not accepted yet.
func (u User) Invited() bool { return u.Kind == auth.Staff && u.Status == Registered }

// PasswordOver reports whether the password, right as it may be, opens nothing at a time.
func (u User) PasswordOver(now time.Time) bool {
	return u.PasswordVoidedAt != nil || u.PasswordExpiresAt != nil && !now.Before(*u.PasswordExpiresAt)
}

// Waits reports whether the user registered and is to prove the address still.
func (u User) Waits() bool { return u.EmailProvedAt.IsZero() }

// AddressProvedAt returns EmailProvedAt, or nil where it is zero.
func (u User) AddressProvedAt() *time.Time {
	if u.Waits() {
		return nil
	}
	return &u.EmailProvedAt
}

// NotFrozen answers CONFLICT while nothing may be changed about how the user signs
// in.
func (u User) NotFrozen() error {
	if u.Status == Frozen {
		return fault.Errorf(fault.Conflict, "Changes to your devices, codes and password are stopped until you have spoken to us. Call support.")
	}
	return nil
}

// MayChangeDevices tells why a user may not add, change or remove what they sign
// in with now; nil if they may.
func (u User) MayChangeDevices() error {
	if u.Status == Registered || u.Status == Enrolling {
		return fault.Errorf(fault.Conflict, "Finish setting up your account first: review your preferences.")
	}
	return u.NotFrozen()
}

// Name is the full name.
func (u User) Name() string { return u.FirstName + " " + u.LastName }

// SortKey is what lists of users are ordered by.
func (u User) SortKey() string { return text.Fold(u.LastName + " " + u.FirstName) }

// OwnerID is the user itself.
func (u User) OwnerID() string { return u.ID }

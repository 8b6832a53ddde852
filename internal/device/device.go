// Package device holds the two-factor devices of users: phones, email addresses
// and authenticator apps, which a user picks and manages and which staff look
// at. Device is open for more kinds: passkeys come later.
//
// A phone's number type decides how its codes travel, and is three facts:
//
//	detected   what Twilio Lookup said when the number was added, or nothing
//	override   what staff set instead: who, when and why
//	effective  override, else detected, else MOBILE
//
// MOBILE gets texts, LANDLINE and VOIP get calls. A later detection never undoes
// an override; clearing it returns to the detected type.
package device

import (
	"fmt"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

// Device is one of *Phone, *Email and *Authenticator.
type Device interface {
	// Common returns what all kinds have.
	Common() *Base
}

// Base is what every kind of device has.
type Base struct {
	ID            string
	InstitutionID string
	UserID        string
	Label         string
	// IsDefault marks the device that a sign-in offers first.
	IsDefault bool
	AddedAt   time.Time
	// ConfirmedAt is when the user first proved to hold the device; nil before.
	ConfirmedAt *time.Time
	LastUsedAt  *time.Time
	// DisabledAt is when too many wrong codes switched the device off.
	DisabledAt *time.Time
	// PausedUntil is until when wrong codes pause the device for some browser.
	PausedUntil *time.Time
	// SuspendedAt is since when the device proves nothing, as its owner said of a
	// notice that it told of somebody else's doing; SuspendedFor is that notice.
	SuspendedAt  *time.Time
	SuspendedFor notification.Notice
	// BackupCodeUsedAt is when the backup code was used by which the session began in
	// which the device was bound; nil for all others.
	BackupCodeUsedAt *time.Time
	// MailRefusedAt is since when the mail server of an address refuses mail for it; nil if
	// it takes it, as far as is known, and for what is no address.
	MailRefusedAt *time.Time
	// RemovedAt is when the user removed the device; only notices still look.
	RemovedAt *time.Time
}

// Common returns what all kinds have.
func (b *Base) Common() *Base { return b }

// OwnerID is the user whose device it is.
func (b *Base) OwnerID() string { return b.UserID }

// SuspensionReason tells staff why the device is suspended; nil if it is not.
func (b *Base) SuspensionReason() *string {
	if b.SuspendedAt == nil {
		return nil
	}
	why := fmt.Sprintf("The owner said “It was not me” of a notice: “%s” This device was confirmed within the 7 days before that notice, or after it.",
		message.In(message.English).Notices[string(b.SuspendedFor)])
	return &why
}

// EndPause forgets a pause that is over.
func (b *Base) EndPause(now time.Time) {
	if b.PausedUntil != nil && !now.Before(*b.PausedUntil) {
		b.PausedUntil = nil
	}
}

// Phone is a telephone number that gets codes by text or call.
type Phone struct {
	Base
	// PhoneNumber is E.164.
	PhoneNumber string
	// DetectedNumberType is what Lookup said; nil if it said nothing useful.
	DetectedNumberType *NumberType
	// NumberTypeOverride is what staff set instead; nil if nothing.
	NumberTypeOverride *Override
	// Carrier is the network's name, where Lookup gave one.
	Carrier *string
	// OptedOut says that its owner replied STOP to the institution's texts; nil if not, as
	// far as is known.
	OptedOut *notification.OptOut
}

// Email is an address that gets codes by mail.
type Email struct {
	Base
	Address string
}

// Authenticator is an app that makes time-based codes.
type Authenticator struct {
	Base
}

// NumberType says what a number is, as far as sending codes goes.
type NumberType string

// The number types.
const (
	Mobile   NumberType = "MOBILE"
	Landline NumberType = "LANDLINE"
	VoIP     NumberType = "VOIP"
)

// CommunicationMethod is how a phone gets its codes.
type CommunicationMethod string

// The methods.
const (
	Text CommunicationMethod = "TEXT"
	Call CommunicationMethod = "CALL"
)

// Override is a number type that staff set.
type Override struct {
	NumberType NumberType
	Reason     string
	// ByID is the staff user who set it.
	ByID string
	At   time.Time
}

// Seen is the override on which a change of the number type was decided. The zero value
// stands for whichever there is.
type Seen struct {
	// Known reports whether the change depends on what was seen.
	Known bool
	// At is the override's; nil if there was none.
	At *time.Time
}

// Formatted is the number as people read it.
func (p *Phone) Formatted() string { return phone.Format(p.PhoneNumber) }

// NumberType is the effective type.
func (p *Phone) NumberType() NumberType {
	switch {
	case p.NumberTypeOverride != nil:
		return p.NumberTypeOverride.NumberType
	case p.DetectedNumberType != nil:
		return *p.DetectedNumberType
	default:
		return Mobile
	}
}

// CommunicationMethod is how the next code goes.
func (p *Phone) CommunicationMethod() CommunicationMethod {
	if p.NumberType() == Mobile {
		return Text
	}
	return Call
}

// CallerIDExpectation says what the recipient probably sees and hears. Carriers decide
// what is displayed, so it is never a promise. The dashboard's dialog says the same of
// each type.
func (p *Phone) CallerIDExpectation() string {
	const spoken = "A voice says the institution's name, then the code, digit by digit."
	switch p.NumberType() {
	case Mobile:
		return "The text begins with the institution's name and holds the code. It comes from the institution's number."
	case Landline:
		return spoken + " The display should show the institution's name where that is registered, else its number and city. Carriers decide what is displayed."
	default:
		return spoken + " The display usually shows the institution's number and city, not its name. Carriers decide what is displayed."
	}
}

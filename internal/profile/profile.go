// Package profile reads people as staff look at them: a user, or a page of users,
// together with their devices and backup codes. What a look needs is known before
// it begins, so the store reads it in one statement or two, and of devices only what
// is asked for:
//
//	Find, Search ── the rules of package user ──> Store ── a statement or two ──> Profile
//
// It changes nothing. Whoever acts on a user, a device or codes asks their own
// packages, which always read the whole of it.
package profile

import (
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/user"
)

// Parts are what of a profile is read beside the user. A field of a part that is
// not read has its zero value, which then says nothing.
type Parts uint8

// The parts. The last four are of devices, and bring nothing without them.
const (
	// Devices has what of a device is in no part of its own.
	Devices Parts = 1 << iota
	// BackupCodes has the newest set of each origin.
	BackupCodes
	// Dates has AddedAt, ConfirmedAt and LastUsedAt.
	Dates
	// Pauses has PausedUntil.
	Pauses
	// Details has the carrier, who set a number type, why and when, and whether an address
	// refuses mail.
	Details
	// OptOuts has which phones opted out of texts.
	OptOuts

	Everything = Devices | BackupCodes | Dates | Pauses | Details | OptOuts
)

// Has reports whether all of some parts are among these.
func (p Parts) Has(parts Parts) bool { return p&parts == parts }

// Profile is a user with what was asked for.
type Profile struct {
	User        user.User
	Devices     []device.Device
	BackupCodes []backupcode.Summary
}

// Page is a page of users, and the profile of each where parts were asked for.
type Page struct {
	user.Page
	Profiles []Profile
}

// Package diagnosis tells staff what is wrong with a user, as far as our own records
// know it: the account, the devices, the backup codes and what became of the last
// texts and calls.
//
//	Attention ── the institution and the last messages, a statement each for a whole
//	             page of users ──> rules that look at one user ──> findings, the gravest first
//
// It changes nothing and asks no provider. It never says of somebody whose texts fail
// that all is in order, and advises no viewer to do what they may not do.
package diagnosis

import (
	"time"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/user"
)

// Severity is how grave a finding is.
type Severity string

// The severities, the gravest first.
const (
	Bad     Severity = "BAD"
	Warning Severity = "WARNING"
	Note    Severity = "NOTE"
)

// Kind is what a finding is about.
type Kind string

// The kinds.
const (
	AccountClosed      Kind = "ACCOUNT_CLOSED"
	AccountDisabled    Kind = "ACCOUNT_DISABLED"
	Frozen             Kind = "FROZEN"
	AddressNotProved   Kind = "ADDRESS_NOT_PROVED"
	NoDevice           Kind = "NO_DEVICE"
	NotEnrolled        Kind = "NOT_ENROLLED"
	NoPermittedWay     Kind = "NO_PERMITTED_WAY"
	DeviceSuspended    Kind = "DEVICE_SUSPENDED"
	DeviceOff          Kind = "DEVICE_OFF"
	DevicePaused       Kind = "DEVICE_PAUSED"
	DeviceUnconfirmed  Kind = "DEVICE_UNCONFIRMED"
	MessagesFail       Kind = "MESSAGES_FAIL"
	TextsStopped       Kind = "TEXTS_STOPPED"
	MessagesUnknown    Kind = "MESSAGES_UNKNOWN"
	NumberTypeSet      Kind = "NUMBER_TYPE_SET"
	NumberTypeUnknown  Kind = "NUMBER_TYPE_UNKNOWN"
	BackupCodesExpire  Kind = "BACKUP_CODES_EXPIRE"
	backupCodesExpires      = 2 * time.Hour
)

// Place is the part of a user's page where something is done about a finding.
type Place string

// The places.
const (
	AtFreeze      Place = "FREEZE"
	AtDevice      Place = "DEVICE"
	AtBackupCodes Place = "BACKUP_CODES"
	AtHistory     Place = "HISTORY"
)

// Finding is something about a user that staff should look at.
type Finding struct {
	Kind     Kind
	Severity Severity
	// Title is what is so, in a few words; Advice is what it means and what to do.
	Title, Advice string
	// DeviceID is the device that it is about, and Place where something is done about
	// it; nil for none.
	DeviceID *string
	Place    *Place
}

// Subject is a user with what a profile shows.
type Subject struct {
	User    user.User
	Devices []device.Device
	Sets    []backupcode.Summary
}

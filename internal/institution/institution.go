// Package institution holds the tenants: banks and credit unions, each with
// settings of its own. Whatever belongs to one institution is never visible to
// another; stores take the institution's id with every look-up.
package institution

import (
	"slices"
	"time"
)

// Method is a way in which an institution lets its users prove who they are.
type Method string

// The methods.
const (
	SMS              Method = "SMS"
	Voice            Method = "VOICE"
	Email            Method = "EMAIL"
	AuthenticatorApp Method = "AUTHENTICATOR_APP"
	BackupCodes      Method = "BACKUP_CODES"
)

// Institution is one tenant.
type Institution struct {
	ID string
	// Slug is the short name that users give when they sign in.
	Slug string
	// Name is what texts and calls say.
	Name string
	Settings
	// Demo marks made-up data, with which production refuses to start.
	Demo      bool
	CreatedAt time.Time
}

// Settings are what an institution decides for itself.
type Settings struct {
	// Methods are the permitted methods. EMAIL needs EmailRisk.
	Methods []Method `json:"methods"`
	// VoIPRisk is the recorded acceptance without which VoIP numbers get no codes.
	VoIPRisk *RiskAcceptance `json:"voipRisk,omitempty"`
	// EmailRisk is the recorded acceptance without which EMAIL is not permitted.
	EmailRisk         *RiskAcceptance `json:"emailRisk,omitempty"`
	TwoFactorRequired bool            `json:"twoFactorRequired"`
	// BackupCodes is the size of a set, 1 to 10.
	BackupCodes int `json:"backupCodes"`
	// StaffCodeLifetime is how long staff-made backup codes live, 10 minutes to 30 days.
	StaffCodeLifetime time.Duration `json:"staffCodeLifetime"`
	// CodeLifetime is how long a one-time code lives, 10 minutes at most.
	CodeLifetime time.Duration `json:"codeLifetime"`
	// DailySends caps codes and notices by text and call in a UTC day.
	DailySends int `json:"dailySends"`
	// SupportPhone is what notices tell users to call, E.164; empty for none.
	SupportPhone string `json:"supportPhone,omitempty"`
}

// RiskAcceptance records who accepted a risk, and when.
type RiskAcceptance struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// DefaultSettings are the settings of a new institution.
func DefaultSettings() Settings {
	return Settings{
		Methods:           []Method{SMS, Voice, AuthenticatorApp, BackupCodes},
		TwoFactorRequired: true,
		BackupCodes:       10,
		StaffCodeLifetime: 24 * time.Hour,
		CodeLifetime:      5 * time.Minute,
		DailySends:        10_000,
	}
}

// Permits tells whether a method is permitted and, where it needs one, its risk
// accepted.
func (s Settings) Permits(m Method) bool {
	return slices.Contains(s.Methods, m) && (m != Email || s.EmailRisk != nil)
}

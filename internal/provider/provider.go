// Package provider holds the SMS and voice accounts of institutions: which
// Twilio account sends, from which number, with which token. The token is
// encrypted at rest for its row and leaves this package only inside an Account,
// as a secret.Text.
package provider

import (
	"regexp"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Account is an institution's account at the provider, ready to use.
type Account struct {
	ID            string
	InstitutionID string
	// AccountSID is Twilio's name of the account. It belongs to one institution.
	AccountSID string
	Token      secret.Text
	// From is the sender, E.164.
	From    string
	Enabled bool
}

var (
	sidForm   = regexp.MustCompile(`^AC[0-9a-f]{32}$`)
	tokenForm = regexp.MustCompile(`^[A-Za-z0-9]{8,128}$`)
)

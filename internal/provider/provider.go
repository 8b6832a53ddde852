// Package provider holds the SMS and voice accounts of institutions: which
// Twilio account sends, from which number, with which token. What is secret is
// encrypted at rest for its row and leaves this package only inside an Account,
// as a secret.Text.
//
//	Save    tries new credentials at Twilio, then stores them
//	Check   asks Twilio how an account stands, and remembers it
//	ListSending are those that send, in the order in which they are asked: the enabled
//	        ones by priority
//	Find    is the first of them
//	FindByID is for reports, which name the account
package provider

import (
	"regexp"
	"time"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Account is an institution's account at the provider, ready to use.
type Account struct {
	ID            string
	InstitutionID string
	// Name is what staff call it.
	Name string
	// AccountSID is Twilio's name of the account. It belongs to one institution.
	AccountSID string
	Token      secret.Text
	// PreviousToken is the token of before a rotation, by which reports may still be
	// signed; empty where none is.
	PreviousToken secret.Text
	// APIKey carries requests in place of the token, if it has a SID.
	APIKey APIKey
	// From is the sender, E.164; empty where a messaging service alone sends.
	From string
	// MessagingServiceSID sends texts in place of From; empty for none.
	MessagingServiceSID string
	Enabled             bool
	// Priority is which of several is asked first to send: the lowest.
	Priority int
	// BalanceThreshold is below which balance somebody should pay, in hundredths of the
	// account's currency.
	BalanceThreshold int
	// TokenSetAt and TokenSetBy tell when the token was changed last and by which user;
	// nil and empty before that was kept.
	TokenSetAt *time.Time
	TokenSetBy string
	// Version counts the changes.
	Version int
	// Health is what Twilio said last; nil before it was asked.
	Health *Health
}

// TokenLastFour returns the end of the token, by which people tell it from another.
func (a Account) TokenLastFour() string { return LastFour(a.Token.Reveal()) }

// APIKey is a key of an account, as Twilio has them beside its token.
type APIKey struct {
	SID    string
	Secret secret.Text
}

// usualThreshold is the balance below which somebody should pay, in hundredths.
const usualThreshold = 1000

var (
	sidForm     = regexp.MustCompile(`^AC[0-9a-f]{32}$`)
	serviceForm = regexp.MustCompile(`^MG[0-9a-f]{32}$`)
	keyForm     = regexp.MustCompile(`^SK[0-9a-f]{32}$`)
	tokenForm   = regexp.MustCompile(`^[A-Za-z0-9]{8,128}$`)
)

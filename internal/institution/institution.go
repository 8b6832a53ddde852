// Package institution holds the tenants: banks and credit unions, each with
// settings of its own. Whatever belongs to one institution is never visible to
// another; stores take the institution's id with every look-up.
package institution

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
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

// Methods lists every method, in the order in which a client should list them.
func Methods() []Method { return []Method{SMS, Voice, Email, AuthenticatorApp, BackupCodes} }

// Product is how much of the platform an institution uses.
type Product string

// The products.
const (
	Full               Product = "FULL"
	AccountOpeningOnly Product = "ACCOUNT_OPENING_ONLY"
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

// Caller returns the name that recipients of texts and calls see and hear: where accounts
// are only opened they are staff, who know the platform by its brand.
func (i Institution) Caller(brand string) string {
	if i.DigitalBanking() {
		return i.Name
	}
	return brand
}

// NoBanking answers FORBIDDEN to customers where accounts are only opened. It tells of the
// institution alone, and of nobody who may be its customer.
func (i Institution) NoBanking() error {
	words := i.Name + " has no online banking here."
	if i.SupportPhone != "" {
		words += " Questions? Call " + phone.Format(i.SupportPhone) + "."
	}
	return fault.Errorf(fault.Forbidden, "%s", words)
}

// Finder finds institutions.
type Finder interface {
	// Find returns the institution of an id, or NOT_FOUND.
	Find(ctx context.Context, id string) (Institution, error)
	// FindBySlug returns the institution of a slug, or NOT_FOUND.
	FindBySlug(ctx context.Context, slug string) (Institution, error)
}

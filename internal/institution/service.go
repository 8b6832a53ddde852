package institution

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/id"
	"github.com/factordesk/factordesk/internal/phone"
)

// Store keeps institutions.
type Store interface {
	// CreateInstitution answers CONFLICT if the slug is taken.
	CreateInstitution(ctx context.Context, i Institution) error
	// FindInstitution answers NOT_FOUND if there is none.
	FindInstitution(ctx context.Context, id string) (Institution, error)
	// FindInstitutionBySlug answers NOT_FOUND if there is none.
	FindInstitutionBySlug(ctx context.Context, slug string) (Institution, error)
	// HasDemoData tells whether any institution is a demo's.
	HasDemoData(ctx context.Context) (bool, error)
}

// Service keeps the rules of institutions.
type Service struct {
	Store Store
	Clock clock.Clock
}

// New is what an operator gives to create an institution.
type New struct {
	Slug     string
	Name     string
	Settings Settings
	Demo     bool
}

var slugForm = regexp.MustCompile(`^[a-z][a-z0-9-]{1,30}[a-z0-9]$`)

// Create makes an institution: INVALID_INPUT, or CONFLICT if the slug is taken.
func (s *Service) Create(ctx context.Context, n New) (Institution, error) {
	if !slugForm.MatchString(n.Slug) {
		return Institution{}, fault.Invalid("slug", "A slug is 3 to 32 lowercase letters, digits and hyphens, and begins with a letter.")
	}
	n.Name = strings.TrimSpace(n.Name)
	if err := checkName(n.Name); err != nil {
		return Institution{}, err
	}
	if err := n.Settings.check(); err != nil {
		return Institution{}, err
	}
	if n.Settings.SupportPhone != "" {
		number, err := phone.Parse("supportPhone", n.Settings.SupportPhone)
		if err != nil {
			return Institution{}, err
		}
		n.Settings.SupportPhone = number
	}
	made := Institution{
		ID: id.New(id.Institution), Slug: n.Slug, Name: n.Name,
		Settings: n.Settings, Demo: n.Demo, CreatedAt: s.Clock.Now(),
	}
	return made, s.Store.CreateInstitution(ctx, made)
}

// checkName keeps names that a text can begin with: short enough for one
// segment with the code, and without a run of six digits that could be taken
// for the code.
func checkName(name string) error {
	digits := 0
	for _, r := range name {
		if unicode.IsDigit(r) {
			digits++
		}
		if unicode.IsControl(r) {
			return fault.Invalid("name", "A name has no control characters.")
		}
	}
	if n := utf8.RuneCountInString(name); n < 2 || n > 40 || !utf8.ValidString(name) || digits >= 6 {
		return fault.Invalid("name", "A name is 2 to 40 characters, of which fewer than six are digits.")
	}
	return nil
}

func (s Settings) check() error {
	for _, m := range s.Methods {
		if !slices.Contains([]Method{SMS, Voice, Email, AuthenticatorApp, BackupCodes}, m) {
			return fault.Invalid("methods", "%q is no method.", m)
		}
	}
	switch {
	case len(s.Methods) == 0:
		return fault.Invalid("methods", "Permit at least one method.")
	case slices.Contains(s.Methods, Email) && s.EmailRisk == nil:
		return fault.Invalid("methods", "EMAIL needs a recorded acceptance of its risk.")
	case s.BackupCodes < 1 || s.BackupCodes > 10:
		return fault.Invalid("backupCodes", "A set holds 1 to 10 backup codes.")
	case s.StaffCodeLifetime < 10*time.Minute || s.StaffCodeLifetime > 30*24*time.Hour:
		return fault.Invalid("staffCodeLifetime", "Staff-made codes live 10 minutes to 30 days.")
	case s.CodeLifetime < time.Minute || s.CodeLifetime > 10*time.Minute:
		return fault.Invalid("codeLifetime", "One-time codes live 1 to 10 minutes.")
	case s.DailySends < 1:
		return fault.Invalid("dailySends", "The daily cap is at least 1.")
	}
	return nil
}

// Find gives an institution: NOT_FOUND if there is none.
func (s *Service) Find(ctx context.Context, instID string) (Institution, error) {
	return s.Store.FindInstitution(ctx, instID)
}

// FindBySlug gives the institution of a slug: NOT_FOUND if there is none.
func (s *Service) FindBySlug(ctx context.Context, slug string) (Institution, error) {
	if !slugForm.MatchString(slug) {
		return Institution{}, fault.Errorf(fault.NotFound, "There is no such institution.")
	}
	return s.Store.FindInstitutionBySlug(ctx, slug)
}

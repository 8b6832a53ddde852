package institution

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Service keeps the rules of institutions.
type Service struct {
	Store   Store
	Audit   audit.Recorder
	Limiter *throttle.Limiter
	Clock   clock.Clock
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
	if err := CheckName(n.Name); err != nil {
		return Institution{}, err
	}
	if err := n.Settings.settle(); err != nil {
		return Institution{}, err
	}
	made := Institution{
		ID: id.New(id.Institution), Slug: n.Slug, Name: n.Name,
		Settings: n.Settings, Demo: n.Demo, CreatedAt: s.Clock.Now(),
	}
	return made, s.Store.CreateInstitution(ctx, made)
}

// CheckName answers INVALID_INPUT for a name that a text can't begin with: too long for one
// segment with the code, or with a run of six digits that could be taken for the code.
func CheckName(name string) error {
	digits := 0
	for _, r := range name {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if !text.IsName(name, 40) || utf8.RuneCountInString(name) < 2 || digits >= 6 {
		return fault.Invalid("name", "A name is 2 to 40 characters, all of which can be seen, and of which fewer than six are digits.")
	}
	return nil
}

// Find returns an institution: NOT_FOUND if there is none.
func (s *Service) Find(ctx context.Context, instID string) (Institution, error) {
	return s.Store.FindInstitution(ctx, instID)
}

// FindBySlug returns the institution of a slug: NOT_FOUND if there is none.
func (s *Service) FindBySlug(ctx context.Context, slug string) (Institution, error) {
	if !slugForm.MatchString(slug) {
		return Institution{}, fault.Errorf(fault.NotFound, "There is no such institution.")
	}
	return s.Store.FindInstitutionBySlug(ctx, slug)
}

// lookups is how many slugs that are none one source may try.
var lookups = throttle.Limit{Events: 100, Per: 15 * time.Minute}

// BeforeSignIn returns the institution of a slug to somebody whom nobody knows yet:
// NOT_FOUND, and THROTTLED after many slugs that were none.
func (s *Service) BeforeSignIn(ctx context.Context, slug string) (inst Institution, err error) {
	err = s.Limiter.CountMisses(ctx, throttle.Each("page-source", auth.ClientFrom(ctx).Sources(), lookups), func() (err error) {
		inst, err = s.FindBySlug(ctx, slug)
		return err
	})
	return inst, err
}

package institution_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

func newService(t *testing.T) *institution.Service {
	t.Helper()
	return &institution.Service{Store: storetest.New(t), Clock: clock.NewFake(world.Began)}
}

func valid(change func(n *institution.New)) institution.New {
	n := institution.New{Slug: "harbor", Name: "Harbor Credit Union", Settings: institution.DefaultSettings()}
	change(&n)
	return n
}

func TestService_Create(t *testing.T) {
	t.Run("makes an institution that is found by id and slug", func(t *testing.T) {
		s := newService(t)

		made, err := s.Create(t.Context(), valid(func(n *institution.New) { n.Name = "  Harbor Credit Union " }))
		if err != nil {
			t.Fatal(err)
		}

		if !id.Is(id.Institution, made.ID) || made.Name != "Harbor Credit Union" || !made.CreatedAt.Equal(world.Began) {
			t.Errorf("made %v", made)
		}
		byID, err := s.Find(t.Context(), made.ID)
		if err != nil || byID.Slug != "harbor" {
			t.Errorf("by id: %v, %v", byID, err)
		}
		bySlug, err := s.FindBySlug(t.Context(), "harbor")
		if err != nil || bySlug.ID != made.ID {
			t.Errorf("by slug: %v, %v", bySlug, err)
		}
	})

	t.Run("keeps the support phone in E.164", func(t *testing.T) {
		made, err := newService(t).Create(t.Context(), valid(func(n *institution.New) { n.Settings.SupportPhone = "+1 (202) 555-0199" }))

		if err != nil || made.Settings.SupportPhone != "+12025550199" {
			t.Errorf("%q, %v", made.Settings.SupportPhone, err)
		}
	})

	t.Run("is CONFLICT for a slug that is taken", func(t *testing.T) {
		s := newService(t)
		if _, err := s.Create(t.Context(), valid(func(*institution.New) {})); err != nil {
			t.Fatal(err)
		}

		if _, err := s.Create(t.Context(), valid(func(*institution.New) {})); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("got %v", err)
		}
	})

	s := newService(t)
	risk := &institution.RiskAcceptance{By: "Board", At: world.Began}
	for _, test := range []struct {
		name, field string
		change      func(n *institution.New)
	}{
		{"a slug of two letters", "slug", func(n *institution.New) { n.Slug = "ab" }},
		{"a slug of 33 letters", "slug", func(n *institution.New) { n.Slug = strings.Repeat("a", 33) }},
		{"a slug in capitals", "slug", func(n *institution.New) { n.Slug = "Harbor" }},
		{"a slug that begins with a digit", "slug", func(n *institution.New) { n.Slug = "1harbor" }},
		{"a slug that ends with a hyphen", "slug", func(n *institution.New) { n.Slug = "harbor-" }},
		{"a slug and a second line", "slug", func(n *institution.New) { n.Slug = "harbor\n" }},
		{"a name of one letter", "name", func(n *institution.New) { n.Name = "H" }},
		{"a name of spaces", "name", func(n *institution.New) { n.Name = "    " }},
		{"a name of 41 letters", "name", func(n *institution.New) { n.Name = strings.Repeat("é", 41) }},
		{"a name that could be taken for a code", "name", func(n *institution.New) { n.Name = "Bank 123456" }},
		{"a name with six digits apart", "name", func(n *institution.New) { n.Name = "1 2 3 4 5 6" }},
		{"a name of two lines", "name", func(n *institution.New) { n.Name = "Har\nbor" }},
		{"a name that is no text", "name", func(n *institution.New) { n.Name = "Har\xffbor" }},
		{"no method", "permittedMethods", func(n *institution.New) { n.Settings.Methods = nil }},
		{"a method that is none", "permittedMethods", func(n *institution.New) { n.Settings.Methods = []institution.Method{"PIGEON"} }},
		{"email without its risk", "permittedMethods", func(n *institution.New) { n.Settings.Methods = []institution.Method{institution.Email} }},
		{"backup codes alone", "permittedMethods", func(n *institution.New) { n.Settings.Methods = []institution.Method{institution.BackupCodes} }},
		{"no product", "products", func(n *institution.New) { n.Settings.Products = nil }},
		{"a product that is none", "products", func(n *institution.New) { n.Settings.Products = []institution.Product{"HALF"} }},
		{"two products", "products", func(n *institution.New) {
			n.Settings.Products = []institution.Product{institution.Full, institution.AccountOpeningOnly}
		}},
		{"sets of no code", "backupCodesPerSet", func(n *institution.New) { n.Settings.BackupCodes = 0 }},
		{"sets of 11 codes", "backupCodesPerSet", func(n *institution.New) { n.Settings.BackupCodes = 11 }},
		{"staff-made codes of under 10 minutes", "staffCodeLifetimeMinutes", func(n *institution.New) { n.Settings.StaffCodeLifetime = 10*time.Minute - 1 }},
		{"staff-made codes of over 30 days", "staffCodeLifetimeMinutes", func(n *institution.New) { n.Settings.StaffCodeLifetime = 30*24*time.Hour + 1 }},
		{"one-time codes of under a minute", "codeLifetimeSeconds", func(n *institution.New) { n.Settings.CodeLifetime = time.Minute - 1 }},
		{"one-time codes of over 10 minutes", "codeLifetimeSeconds", func(n *institution.New) { n.Settings.CodeLifetime = 10*time.Minute + 1 }},
		{"a country that is none", "country", func(n *institution.New) { n.Settings.Country = "UK" }},
		{"no country", "country", func(n *institution.New) { n.Settings.Country = "" }},
		{"a support phone of another country without its country code", "supportPhone", func(n *institution.New) { n.Settings.SupportPhone = "(0)7700 900104" }},
		{"a support phone that is too short", "supportPhone", func(n *institution.New) { n.Settings.SupportPhone = "+1202555" }},
		{"a support phone with words", "supportPhone", func(n *institution.New) { n.Settings.SupportPhone = "+12025550199 or see evil.example" }},
		{"over a million sends a day", "dailySends", func(n *institution.New) { n.Settings.DailySends = 1_000_001 }},
		{"no sends a day", "dailySends", func(n *institution.New) { n.Settings.DailySends = 0 }},
	} {
		t.Run("refuses "+test.name, func(t *testing.T) {
			_, err := s.Create(t.Context(), valid(test.change))

			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != test.field {
				t.Errorf("got %v, want INVALID_INPUT of %s", err, test.field)
			}
		})
	}

	for i, change := range []func(n *institution.New){
		func(n *institution.New) { n.Name = "Bank 12345" },
		func(n *institution.New) { n.Name = strings.Repeat("é", 40) },
		func(n *institution.New) { n.Settings.BackupCodes, n.Settings.StaffCodeLifetime = 1, 10*time.Minute },
		func(n *institution.New) { n.Settings.BackupCodes, n.Settings.StaffCodeLifetime = 10, 30*24*time.Hour },
		func(n *institution.New) { n.Settings.CodeLifetime, n.Settings.DailySends = time.Minute, 1 },
		func(n *institution.New) { n.Settings.CodeLifetime = 10 * time.Minute },
		func(n *institution.New) {
			n.Settings.Methods, n.Settings.EmailRisk = []institution.Method{institution.Email}, risk
		},
	} {
		n := valid(change)
		n.Slug = "bank-" + string(rune('a'+i)) + "-1"
		if _, err := s.Create(t.Context(), n); err != nil {
			t.Errorf("at its limit, number %d: %v", i, err)
		}
	}
}

func TestService_FindBySlug(t *testing.T) {
	s := newService(t)

	for _, slug := range []string{"", "nobody", "HARBOR", "a\x00b", strings.Repeat("x", 10_000)} {
		if _, err := s.FindBySlug(t.Context(), slug); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%.20q: %v", slug, err)
		}
	}
}

func TestSettings_Permits(t *testing.T) {
	settings := institution.Settings{Methods: []institution.Method{institution.SMS, institution.Email}}

	for method, want := range map[institution.Method]bool{
		institution.SMS: true, institution.Voice: false, institution.Email: false, institution.BackupCodes: false, "": false,
	} {
		if settings.Permits(method) != want {
			t.Errorf("%s: %v, want %v", method, !want, want)
		}
	}

	t.Run("email once its risk is accepted", func(t *testing.T) {
		settings.EmailRisk = &institution.RiskAcceptance{By: "Board", At: world.Began}

		if !settings.Permits(institution.Email) {
			t.Error("it is not permitted")
		}
	})
}

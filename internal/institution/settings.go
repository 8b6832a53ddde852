package institution

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Settings are what an institution decides for itself.
type Settings struct {
	// Version counts the changes, so that nobody overwrites what they never saw.
	Version int `json:"version"`
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
	// CodeLifetime is how long a one-time code lives, 1 to 10 minutes.
	CodeLifetime time.Duration `json:"codeLifetime"`
	// DailySends caps codes and notices by text and call in a UTC day.
	DailySends int `json:"dailySends"`
	// HighRiskActs is how many acts of very high risk a staff user may do in an hour, 1
	// to 1,000.
	HighRiskActs int `json:"highRiskActs"`
	// Country is where the institution is (ISO 3166, two letters): numbers may be given
	// as they are dialled there.
	Country string `json:"country"`
	// SupportPhone is what notices tell users to call, E.164; empty for none.
	SupportPhone string `json:"supportPhone,omitempty"`
	// Languages are those that users may choose.
	Languages []message.Language `json:"languages"`
	// Products is one product.
	Products []Product `json:"products"`
}

// RiskAcceptance records who accepted a risk, and when.
type RiskAcceptance struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// String says who and when; "none" for no acceptance.
func (r *RiskAcceptance) String() string {
	if r == nil {
		return "none"
	}
	return "accepted by " + r.By + " at " + r.At.UTC().Format(time.RFC3339)
}

// DefaultSettings are the settings of a new institution, and what a setting is
// worth to an institution that is older than it.
func DefaultSettings() Settings {
	return Settings{
		Methods:           []Method{SMS, Voice, AuthenticatorApp, BackupCodes},
		TwoFactorRequired: true,
		BackupCodes:       10,
		StaffCodeLifetime: 24 * time.Hour,
		CodeLifetime:      5 * time.Minute,
		DailySends:        10_000,
		HighRiskActs:      20,
		Country:           "US",
		Languages:         message.Languages(),
		Products:          []Product{Full},
	}
}

// Speaks reports whether users may choose a language.
func (s Settings) Speaks(l message.Language) bool { return slices.Contains(s.Languages, l) }

// Permits reports whether a method is permitted and, where it needs one, its risk
// accepted.
func (s Settings) Permits(m Method) bool {
	return slices.Contains(s.Methods, m) && (m != Email || s.EmailRisk != nil)
}

// DigitalBanking reports whether customers sign in. Where accounts are only opened they
// don't.
func (s Settings) DigitalBanking() bool { return !slices.Contains(s.Products, AccountOpeningOnly) }

// PermitsVoIP reports whether VoIP numbers get codes.
func (s Settings) PermitsVoIP() bool { return s.VoIPRisk != nil }

// LockedOut is whom settings keep from signing in, backup codes aside.
type LockedOut struct {
	Customers int  `db:"customers"`
	Staff     int  `db:"staff"`
	Actor     bool `db:"actor"`
}

func (l LockedOut) String() string {
	return fmt.Sprintf("%s and %d of the staff", people(l.Customers), l.Staff)
}

func people(customers int) string {
	if customers == 1 {
		return "1 customer"
	}
	return fmt.Sprintf("%d customers", customers)
}

// VoIPWay is the way of codes to VoIP numbers, beside the methods.
const VoIPWay = "VOIP"

// Ways returns the ways on which codes go out: the permitted methods, and VoIPWay.
func (s Settings) Ways() []string {
	var ways []string
	for _, m := range Methods() {
		if s.Permits(m) {
			ways = append(ways, string(m))
		}
	}
	if s.PermitsVoIP() && s.Permits(Voice) {
		ways = append(ways, VoIPWay)
	}
	return ways
}

// Warnings says what does not go together well and whom the settings lock out, a
// sentence each.
func (s *Service) Warnings(ctx context.Context, i Institution) ([]string, error) {
	actor, err := auth.Require(ctx, auth.ManageSettings)
	if err != nil {
		return nil, err
	}
	out, err := s.Store.LockedOut(ctx, i.ID, actor.UserID, i.Ways())
	if err != nil {
		return nil, err
	}
	warnings := i.warnings()
	if !i.DigitalBanking() {
		customers, err := s.Store.CountCustomers(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		if customers > 0 {
			warnings = append(warnings, fmt.Sprintf("%s can't sign in: there is no online banking where accounts are only opened. Who is signed in is signed out.", people(customers)))
		}
		out.Customers = 0 // they are among them
	}
	if warning := NameInTexts(i.Name); warning != "" {
		warnings = append(warnings, warning)
	}
	if out.Customers+out.Staff > 0 {
		warnings = append(warnings, fmt.Sprintf("%v can't sign in: none of the devices that they have gets codes in a way that is permitted.", out))
	}
	return warnings, nil
}

// NameInTexts says how texts write an institution's name, where they can't as it is
// written; empty where they can.
func NameInTexts(name string) string {
	lost := text.LostInGSM(name)
	if lost == "" {
		return ""
	}
	return fmt.Sprintf("Text messages can't write %s of the institution's name: in them it is “%s”, which recipients may take for a stranger's.",
		strings.Join(strings.Split(lost, ""), " "), text.GSM(name))
}

func (s Settings) warnings() []string {
	warnings := []string{}
	if !s.Permits(AuthenticatorApp) {
		warnings = append(warnings, "No authenticator app is permitted: users are left with codes that are sent to them, "+
			"and who enrols with backup codes can't add an app for later sign-ins.")
	}
	if s.PermitsVoIP() && !s.Permits(Voice) {
		warnings = append(warnings, "VoIP numbers are allowed, but calls are not permitted: internet phones get no codes.")
	}
	if s.SupportPhone == "" {
		warnings = append(warnings, "There is no support number: notices can't tell users whom to call.")
	}
	return warnings
}

// settle checks the settings and writes them in one way: methods and
// languages once and in order, the number in E.164. It answers INVALID_INPUT with the field's name in
// the API.
func (s *Settings) settle() error {
	for _, m := range s.Methods {
		if !slices.Contains(Methods(), m) {
			return fault.Invalid("permittedMethods", "%q is no method.", m)
		}
	}
	s.Methods = slices.DeleteFunc(Methods(), func(m Method) bool { return !slices.Contains(s.Methods, m) })
	for _, l := range s.Languages {
		if !slices.Contains(message.Languages(), l) {
			return fault.Invalid("languages", "%q is none of the languages.", l)
		}
	}
	s.Languages = slices.DeleteFunc(message.Languages(), func(l message.Language) bool { return !slices.Contains(s.Languages, l) })
	if err := s.check(); err != nil {
		return err
	}
	if s.SupportPhone == "" {
		return nil
	}
	number, err := phone.Parse("supportPhone", s.SupportPhone, s.Country)
	s.SupportPhone = number
	return err
}

func (s *Settings) check() error {
	switch {
	case len(s.Methods) == 0, slices.Equal(s.Methods, []Method{BackupCodes}):
		return fault.Invalid("permittedMethods", "Permit at least one method besides backup codes, which run out.")
	case slices.Contains(s.Methods, Email) && s.EmailRisk == nil:
		return fault.Invalid("permittedMethods", "EMAIL needs a recorded acceptance of its risk.")
	case s.BackupCodes < 1 || s.BackupCodes > 10:
		return fault.Invalid("backupCodesPerSet", "A set holds 1 to 10 backup codes.")
	case s.StaffCodeLifetime < 10*time.Minute || s.StaffCodeLifetime > 30*24*time.Hour:
		return fault.Invalid("staffCodeLifetimeMinutes", "Staff-made codes live 10 minutes to 30 days.")
	case s.CodeLifetime < time.Minute || s.CodeLifetime > 10*time.Minute:
		return fault.Invalid("codeLifetimeSeconds", "One-time codes live 1 to 10 minutes.")
	case s.DailySends < 1 || s.DailySends > maxDailySends:
		return fault.Invalid("dailySends", "The daily cap is 1 to 1,000,000.")
	case s.HighRiskActs < 1 || s.HighRiskActs > 1000:
		return fault.Invalid("highRiskActsPerHour", "Acts of very high risk are 1 to 1,000 an hour.")
	case !phone.IsCountry(s.Country):
		return fault.Invalid("country", "Give the country by its two letters, such as US.")
	case len(s.Languages) == 0:
		return fault.Invalid("languages", "Offer at least one language.")
	case len(s.Products) != 1 || s.Products[0] != Full && s.Products[0] != AccountOpeningOnly:
		return fault.Invalid("products", "An institution uses either FULL or ACCOUNT_OPENING_ONLY.")
	}
	return nil
}

const maxDailySends = 1_000_000

package institution

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
)

// Change is what an administrator changes of the settings; nil leaves a setting as
// it is.
type Change struct {
	// DryRun answers what would come of the change, and makes none.
	DryRun bool
	// Version is the one that the administrator saw.
	Version     *int
	Methods     []Method
	VoIPNumbers *bool
	// AcceptRisk says that the administrator accepts the risk of what is newly
	// permitted here: EMAIL or VoIP numbers.
	AcceptRisk               bool
	TwoFactorRequired        *bool
	BackupCodesPerSet        *int
	StaffCodeLifetimeMinutes *int
	CodeLifetimeSeconds      *int
	DailySends               *int
	HighRiskActsPerHour      *int
	// Country is given by its two letters, in any case.
	Country *string
	// SupportPhone takes the number away if it is empty.
	SupportPhone *string
	Languages    []message.Language
	Products     []Product
}

// Update changes the settings of the actor's institution: FORBIDDEN without
// MANAGE_SETTINGS, STEP_UP_REQUIRED, CONFLICT if someone else changed them first,
// INVALID_INPUT, CONFLICT if it would lock the actor out, and so maybe everyone who
// could undo it. The next step of any sign-in goes by the new ones; codes that were
// sent or made keep the life that they were given. A dry run wants no fresh factor.
func (s *Service) Update(ctx context.Context, c Change) (Institution, error) {
	actor, err := auth.Require(ctx, auth.ManageSettings)
	if err != nil {
		return Institution{}, err
	}
	now := s.Clock.Now()
	if err := actor.RequireRecentFactor(now); err != nil && !c.DryRun {
		return Institution{}, err
	}
	inst, err := s.Store.FindInstitution(ctx, actor.InstitutionID)
	if err != nil {
		return Institution{}, err
	}
	before := inst.Settings
	if c.Version != nil && *c.Version != before.Version {
		return Institution{}, errChanged()
	}
	staff, err := s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return Institution{}, err
	}
	inst.Settings, err = c.applied(before, RiskAcceptance{By: staff.Email, At: now.UTC().Truncate(time.Microsecond)})
	if err != nil {
		return Institution{}, err
	}
	if c.DryRun {
		inst.Version = before.Version
		return inst, s.keepsActorIn(ctx, actor, inst)
	}
	return inst, s.Store.InTx(ctx, func(ctx context.Context) error {
		ok, err := s.Store.UpdateSettings(ctx, inst.ID, before.Version, inst.Settings)
		if err != nil {
			return err
		}
		if !ok {
			return errChanged()
		}
		if err := s.keepsActorIn(ctx, actor, inst); err != nil {
			return err
		}
		details := differences(before, inst.Settings)
		if before.DigitalBanking() && !inst.DigitalBanking() {
			ended, err := s.Store.EndSessionsOfCustomers(ctx, inst.ID, now)
			if err != nil {
				return err
			}
			details["sessions"] = strconv.Itoa(ended)
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.UpdatedSettings, TargetID: inst.ID, Details: details})
	})
}

// keepsActorIn answers CONFLICT if the settings would lock the actor out. Whoever
// keeps a way in can undo what the settings do to others.
func (s *Service) keepsActorIn(ctx context.Context, actor auth.Actor, after Institution) error {
	out, err := s.Store.LockedOut(ctx, after.ID, actor.UserID, after.Ways())
	if err != nil || !out.Actor {
		return err
	}
	return fault.Errorf(fault.Conflict, "This would lock out %v, you among them: none of your devices gets codes in a way that stays permitted. "+
		"First add one that does in My account, then make the change.", out)
}

func errChanged() error {
	return fault.Errorf(fault.Conflict, "Someone else changed the settings meanwhile. Read them again, then make your change.")
}

// applied returns the settings after the change.
func (c Change) applied(s Settings, accepted RiskAcceptance) (Settings, error) {
	s.Version++
	if c.Methods != nil {
		s.Methods = c.Methods
	}
	if c.Languages != nil {
		s.Languages = c.Languages
	}
	if c.Products != nil {
		s.Products = c.Products
	}
	set(&s.TwoFactorRequired, c.TwoFactorRequired)
	set(&s.BackupCodes, c.BackupCodesPerSet)
	set(&s.DailySends, c.DailySends)
	set(&s.HighRiskActs, c.HighRiskActsPerHour)
	set(&s.Country, c.Country)
	s.Country = strings.ToUpper(strings.TrimSpace(s.Country))
	set(&s.SupportPhone, c.SupportPhone)
	if c.StaffCodeLifetimeMinutes != nil {
		s.StaffCodeLifetime = lasting(*c.StaffCodeLifetimeMinutes, time.Minute)
	}
	if c.CodeLifetimeSeconds != nil {
		s.CodeLifetime = lasting(*c.CodeLifetimeSeconds, time.Second)
	}
	voip := s.PermitsVoIP()
	set(&voip, c.VoIPNumbers)
	if err := c.accept(&s, voip, accepted); err != nil {
		return Settings{}, err
	}
	return s, s.settle()
}

// accept records the acceptance of a risk that is new, keeps one that stands, and
// drops one whose method is gone: who permits it again accepts it again.
func (c Change) accept(s *Settings, voip bool, accepted RiskAcceptance) error {
	for _, risk := range []struct {
		taken  bool
		record **RiskAcceptance
	}{{slices.Contains(s.Methods, Email), &s.EmailRisk}, {voip, &s.VoIPRisk}} {
		switch {
		case !risk.taken:
			*risk.record = nil
		case *risk.record != nil:
		case !c.AcceptRisk:
			return fault.Invalid("acceptRisk", "Codes by mail and codes to VoIP numbers are easier to steal than others. "+
				"Accept that risk in your name to permit them.")
		default:
			*risk.record = &accepted
		}
	}
	return nil
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// lasting returns n units of time; what is far outside every limit stays so, and
// does not overflow.
func lasting(n int, unit time.Duration) time.Duration {
	return time.Duration(min(max(n, 0), 1_000_000)) * unit
}

// differences returns what the record says of a change: each setting that differs,
// before and after.
func differences(before, after Settings) map[string]string {
	was, is := before.Named(), after.Named()
	maps.DeleteFunc(is, func(name, now string) bool { return was[name] == now })
	for name, now := range is {
		is[name] = was[name] + " → " + now
	}
	return is
}

// Named returns the settings by their names in the API, as people read them.
func (s Settings) Named() map[string]string {
	return map[string]string{
		"permittedMethods": joined(s.Methods), "voipRisk": s.VoIPRisk.String(), "emailRisk": s.EmailRisk.String(),
		"twoFactorRequired": strconv.FormatBool(s.TwoFactorRequired), "backupCodesPerSet": strconv.Itoa(s.BackupCodes),
		"staffCodeLifetime": s.StaffCodeLifetime.String(), "codeLifetime": s.CodeLifetime.String(),
		"dailySends": strconv.Itoa(s.DailySends), "highRiskActsPerHour": strconv.Itoa(s.HighRiskActs),
		"country": s.Country, "supportPhone": cmp.Or(s.SupportPhone, "none"), "languages": joined(s.Languages), "products": joined(s.Products),
	}
}

func joined[T ~string](list []T) string {
	names := make([]string, len(list))
	for i, name := range list {
		names[i] = string(name)
	}
	return strings.Join(names, ", ")
}

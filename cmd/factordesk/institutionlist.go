package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/institution"
)

type institutionListCmd struct {
	config.Database
	config.Keys
	jsonFlag
}

// shownInstitution is an institution as JSON has it.
type shownInstitution struct {
	ID        string                `json:"id"`
	Slug      string                `json:"slug"`
	Name      string                `json:"name"`
	Products  []institution.Product `json:"products"`
	Demo      bool                  `json:"demo"`
	CreatedAt time.Time             `json:"createdAt"`
}

// Run prints a line an institution.
func (c *institutionListCmd) Run(ctx context.Context, s streams) error {
	db, _, err := reading(ctx, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ids, err := db.ListInstitutionIDs(ctx)
	if err != nil {
		return err
	}
	all := make([]shownInstitution, len(ids))
	for i, id := range ids {
		inst, err := db.FindInstitution(ctx, id)
		if err != nil {
			return err
		}
		all[i] = shownInstitution{inst.ID, inst.Slug, inst.Name, inst.Products, inst.Demo, inst.CreatedAt.UTC()}
	}
	return printed(s.Out, c.jsonFlag, all, func(w io.Writer, i shownInstitution) {
		demo := ""
		if i.Demo {
			demo = "made up for the demo"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\tsince %s\t%s\n", i.Slug, i.Name, i.ID, strings.Join(words(i.Products), ", "), stamp(i.CreatedAt), demo)
	})
}

type institutionSettingsCmd struct {
	config.Database
	config.Keys
	jsonFlag
	Institution string `required:"" help:"The institution's slug."`
}

// shownSettings are settings as JSON has them, by the names of the API.
type shownSettings struct {
	Version                  int                         `json:"version"`
	PermittedMethods         []institution.Method        `json:"permittedMethods"`
	VoIPNumbersAllowed       bool                        `json:"voipNumbersAllowed"`
	VoIPRisk                 *institution.RiskAcceptance `json:"voipRisk"`
	EmailRisk                *institution.RiskAcceptance `json:"emailRisk"`
	TwoFactorRequired        bool                        `json:"twoFactorRequired"`
	BackupCodesPerSet        int                         `json:"backupCodesPerSet"`
	StaffCodeLifetimeMinutes int                         `json:"staffCodeLifetimeMinutes"`
	CodeLifetimeSeconds      int                         `json:"codeLifetimeSeconds"`
	DailySends               int                         `json:"dailySends"`
	HighRiskActsPerHour      int                         `json:"highRiskActsPerHour"`
	Country                  string                      `json:"country"`
	SupportPhone             string                      `json:"supportPhone"`
	Languages                []string                    `json:"languages"`
	Products                 []institution.Product       `json:"products"`
}

// Run prints the settings that are in force: the institution's own, and what a setting
// is worth that it never made.
func (c *institutionSettingsCmd) Run(ctx context.Context, s streams) error {
	db, _, err := reading(ctx, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	inst, err := db.FindInstitutionBySlug(ctx, c.Institution)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.Out).Encode(settingsShown(inst.Settings))
	}
	w, named := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0), inst.Named()
	for _, name := range slices.Sorted(maps.Keys(named)) {
		_, _ = fmt.Fprintf(w, "%s\t%s\n", name, named[name])
	}
	return w.Flush()
}

func settingsShown(s institution.Settings) shownSettings {
	return shownSettings{
		s.Version, s.Methods, s.PermitsVoIP(), s.VoIPRisk, s.EmailRisk, s.TwoFactorRequired, s.BackupCodes, int(s.StaffCodeLifetime.Minutes()),
		int(s.CodeLifetime.Seconds()), s.DailySends, s.HighRiskActs, s.Country, s.SupportPhone, words(s.Languages), s.Products,
	}
}

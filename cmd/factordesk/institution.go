package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

type institutionCmd struct {
	Create   institutionCreateCmd   `cmd:"" help:"Make an institution with its first Twilio account."`
	List     institutionListCmd     `cmd:"" help:"Print the institutions."`
	Settings institutionSettingsCmd `cmd:"" help:"Print the settings that an institution goes by."`
}

type institutionCreateCmd struct {
	config.Database
	config.Keys
	Slug             string `required:"" help:"Short name that users sign in with, such as harbor."`
	Name             string `required:"" help:"Name that texts and calls say, such as 'Harbor Credit Union'."`
	Country          string `default:"US" help:"Where it is, a country's two letters; numbers may be given as they are dialled there." placeholder:"XX"`
	SupportPhone     string `help:"Number that notices tell users to call." placeholder:"NUMBER"`
	TwilioAccountSID string `name:"twilio-account-sid" env:"TWILIO_ACCOUNT_SID" help:"Twilio account." placeholder:"AC…"`
	TwilioAuthToken  string `env:"TWILIO_AUTH_TOKEN" help:"Its token; better given by the environment, where others can't see it." placeholder:"TOKEN"`
	TwilioFrom       string `env:"TWILIO_FROM" help:"Sender, with its country code." placeholder:"NUMBER"`
}

// Run makes the institution and its account, or neither.
func (c *institutionCreateCmd) Run(ctx context.Context, s streams) error {
	if err := c.credentials(); err != nil {
		return settingsError{err}
	}
	app, db, err := offline(ctx, s, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	settings := institution.DefaultSettings()
	settings.Country, settings.SupportPhone = strings.ToUpper(c.Country), c.SupportPhone
	var made institution.Institution
	if err := db.InTx(ctx, func(ctx context.Context) error {
		made, err = app.Institutions.Create(ctx, institution.New{Slug: c.Slug, Name: c.Name, Settings: settings})
		if err != nil {
			return err
		}
		if err := app.Providers.Create(ctx, provider.New{
			InstitutionID: made.ID, AccountSID: c.TwilioAccountSID, Token: secret.NewText(c.TwilioAuthToken), From: c.TwilioFrom,
		}); err != nil {
			return err
		}
		return app.Audit.RecordFor(ctx, auth.OperatorOf(made.ID, time.Now()), audit.Event{
			Action: audit.CreatedInstitution, TargetID: made.ID, Details: map[string]string{"slug": made.Slug},
		})
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Made %s (%s). Make its first staff user with: factordesk staff create --institution %s --admin …\n",
		made.Name, made.ID, made.Slug)
	if warning := institution.NameInTexts(made.Name); warning != "" && err == nil {
		_, err = fmt.Fprintln(s.Out, warning)
	}
	return err
}

// credentials wants all three, and makes some up for the sandbox in development.
func (c *institutionCreateCmd) credentials() error {
	given := 0
	for _, v := range []string{c.TwilioAccountSID, c.TwilioAuthToken, c.TwilioFrom} {
		if v != "" {
			given++
		}
	}
	switch {
	case given == 3:
		return nil
	case given == 0 && c.Resolve() == config.Development:
		id := make([]byte, 16)
		_, _ = rand.Read(id) // crypto/rand.Read never fails
		// Twilio's magic sender, which the sandbox takes from any account.
		c.TwilioAccountSID, c.TwilioAuthToken, c.TwilioFrom = "AC"+hex.EncodeToString(id), rand.Text(), "+15005550006"
		return nil
	default:
		return errors.New("give TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM")
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

type providerCmd struct {
	List  providerListCmd  `cmd:"" help:"Print an institution's accounts at Twilio, and how they stood last."`
	Check providerCheckCmd `cmd:"" help:"Ask Twilio how an account stands."`
	Set   providerSetCmd   `cmd:"" help:"Change an account, such as its token, or add one. Twilio is asked before anything is stored."`
}

// providerFlags name an institution, and one of its accounts.
type providerFlags struct {
	config.Database
	config.Keys
	jsonFlag
	Institution string `required:"" help:"The institution's slug."`
}

// act runs a function as the operator who runs the command, and prints the accounts that
// it returns.
func (f providerFlags) act(ctx context.Context, s streams, act func(ctx context.Context, p *provider.Service) ([]provider.Account, error)) error {
	return asOperator(ctx, s, f.Database, f.Keys, f.Institution, func(ctx context.Context, app desk.Desk, _ institution.Institution) error {
		accounts, err := act(ctx, app.Providers)
		if err != nil {
			return err
		}
		return f.print(s.Out, accounts)
	})
}

// shownAccount is an account as it is printed: without its secrets.
type shownAccount struct {
	ID         string           `json:"id"`
	Name       string           `json:"name"`
	AccountSID string           `json:"accountSid"`
	Token      string           `json:"tokenLastFour"`
	Sender     string           `json:"sender"`
	Service    string           `json:"messagingServiceSid"`
	Enabled    bool             `json:"enabled"`
	Priority   int              `json:"priority"`
	Health     *provider.Health `json:"health"`
}

func (f providerFlags) print(out io.Writer, accounts []provider.Account) error {
	return printed(out, f.jsonFlag, mapped(accounts, accountShown), func(w io.Writer, a shownAccount) {
		state, checked := map[bool]string{true: "enabled", false: "switched off"}[a.Enabled], "never checked"
		if a.Health != nil {
			checked = string(a.Health.Status) + " " + stamp(a.Health.CheckedAt)
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\ttoken …%s\t%s\t%s, priority %d\t%s\n", a.ID, a.Name, a.AccountSID, a.Token, a.Sender+a.Service, state, a.Priority, checked)
		if a.Health != nil && a.Health.Status != provider.Pass {
			for _, c := range a.Health.Checks {
				_, _ = fmt.Fprintf(w, "\t%s\t%s\t%s\n", c.ID, c.Status, c.Explanation)
			}
		}
	})
}

func accountShown(a provider.Account) shownAccount {
	shown := shownAccount{
		a.ID, a.Name, a.AccountSID, a.TokenLastFour(), a.From, a.MessagingServiceSID, a.Enabled, a.Priority, a.Health,
	}
	if h := a.Health; h != nil {
		now := *h
		now.CheckedAt, now.FailingSince = h.CheckedAt.UTC(), inUTC(h.FailingSince)
		shown.Health = &now
	}
	return shown
}

type providerListCmd struct{ providerFlags }

// Run prints a line an account.
func (c *providerListCmd) Run(ctx context.Context, s streams) error {
	return c.act(ctx, s, func(ctx context.Context, p *provider.Service) ([]provider.Account, error) {
		return p.ListOf(ctx)
	})
}

type providerCheckCmd struct {
	providerFlags
	Provider string `help:"The account's id; not needed where there is one." placeholder:"ID"`
}

// Run asks Twilio and prints what it said.
func (c *providerCheckCmd) Run(ctx context.Context, s streams) error {
	return c.act(ctx, s, func(ctx context.Context, p *provider.Service) ([]provider.Account, error) {
		id, err := theOne(ctx, p, c.Provider)
		if err != nil {
			return nil, err
		}
		a, err := p.CheckNow(ctx, id)
		return []provider.Account{a}, err
	})
}

// theOne returns the id of an institution's only account where none is named.
func theOne(ctx context.Context, p *provider.Service, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	accounts, err := p.ListOf(ctx)
	if err != nil {
		return "", err
	}
	if len(accounts) != 1 {
		return "", settingsError{fmt.Errorf("--provider is missing: there are %d accounts", len(accounts))}
	}
	return accounts[0].ID, nil
}

type providerSetCmd struct {
	providerFlags
	Provider   string  `help:"The account's id; not needed where there is one." placeholder:"ID"`
	Add        bool    `help:"Add an account in place of changing one."`
	Name       *string `help:"What staff call it." placeholder:"NAME"`
	AccountSID *string `name:"account-sid" help:"The account." placeholder:"AC…"`
	TokenFile  string  `help:"File with the auth token, or - for standard input." placeholder:"FILE"`
	Sender     *string `help:"The number that sends." placeholder:"NUMBER"`
	Enabled    *bool   `negatable:"" help:"Switch it on, or off."`
	Priority   *int    `help:"Which of several is asked first to send: the lowest." placeholder:"N"`
	NoProvider bool    `name:"accept-no-provider" help:"Go on where nothing could be sent any more."`
}

// Run changes the account, once Twilio takes what is new.
func (c *providerSetCmd) Run(ctx context.Context, s streams) error {
	change := provider.Change{
		Name: c.Name, AccountSID: c.AccountSID, From: c.Sender, Enabled: c.Enabled, Priority: c.Priority, AcceptNoProvider: c.NoProvider,
	}
	if c.TokenFile != "" {
		token, err := secretFrom(s, c.TokenFile)
		if err != nil {
			return settingsError{err}
		}
		change.Token = &token
	}
	return c.act(ctx, s, func(ctx context.Context, p *provider.Service) ([]provider.Account, error) {
		if !c.Add {
			id, err := theOne(ctx, p, c.Provider)
			if err != nil {
				return nil, err
			}
			change.ID = id
		}
		a, err := p.Save(ctx, change)
		return []provider.Account{a}, err
	})
}

// secretFrom reads a secret from a file or from standard input, for arguments are seen
// by everybody on the machine.
func secretFrom(s streams, file string) (secret.Text, error) {
	in := s.In
	if file != "-" {
		opened, err := os.Open(file) //nolint:gosec // the operator names the file
		if err != nil {
			return secret.Text{}, fmt.Errorf("--token-file: %w", err)
		}
		defer func() { _ = opened.Close() }()
		in = opened
	}
	data, err := io.ReadAll(io.LimitReader(in, 1<<10))
	if err != nil {
		return secret.Text{}, fmt.Errorf("--token-file: %w", err)
	}
	token := strings.TrimSpace(string(data))
	if token == "" {
		return secret.Text{}, errors.New("--token-file: there is nothing in it")
	}
	return secret.NewText(token), nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

type keysCmd struct {
	Create    keysCreateCmd    `cmd:"" help:"Write a new keyset file."`
	Add       keysAddCmd       `cmd:"" help:"Add a key that is not used yet; deploy the file everywhere before you promote it."`
	Promote   keysPromoteCmd   `cmd:"" help:"Make the newest key the one that new secrets use."`
	Reencrypt keysReencryptCmd `cmd:"" help:"Write every stored secret anew under the key in use."`
	List      keysListCmd      `cmd:"" help:"List the keys and what in the database needs them."`
	Retire    keysRetireCmd    `cmd:"" help:"Take a key out of the keyset, once nothing needs it."`
}

type keysetFile struct {
	File string `name:"keyset" env:"FACTORDESK_KEYSET" required:"" help:"Keyset file." placeholder:"FILE"`
}

type keysCreateCmd struct{ keysetFile }

func (c *keysCreateCmd) Run(s streams) error {
	data, err := secret.Create()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return settingsError{fmt.Errorf("%s is there already, and whatever it encrypted needs it", c.File)}
	}
	if err != nil {
		return settingsError{fmt.Errorf("FACTORDESK_KEYSET cannot be written: %w", err)}
	}
	if _, err := f.Write(data); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Wrote %s. Keep it secret and keep a copy: without it stored secrets can't be read.\n", c.File)
	return err
}

type keysAddCmd struct{ keysetFile }

func (c *keysAddCmd) Run(s streams) error { return c.change(s, secret.Add, "Added a key to") }

type keysPromoteCmd struct{ keysetFile }

func (c *keysPromoteCmd) Run(s streams) error {
	return c.change(s, secret.Promote, "Promoted the newest key of")
}

// change rewrites the file.
func (k keysetFile) change(s streams, f func([]byte) ([]byte, error), done string) error {
	data, err := os.ReadFile(k.File)
	if err != nil {
		return settingsError{err}
	}
	if data, err = f(data); err != nil {
		return settingsError{err}
	}
	if err := rewrite(k.File, data); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.Out, done, k.File+".")
	return err
}

// rewrite writes a file anew, whole or not at all.
func rewrite(file string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(file), ".keyset-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temporary.Name()) }() // gone after the rename
	if _, err := temporary.Write(data); err != nil {
		return err
	}
	if err := errors.Join(temporary.Sync(), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}

type keysReencryptCmd struct {
	config.Database
	config.Keys
}

func (c *keysReencryptCmd) Run(ctx context.Context, s streams) error {
	app, db, err := offline(ctx, s, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tokens, err := app.Providers.Reencrypt(ctx)
	if err != nil {
		return err
	}
	apps, err := app.Authenticators.Reencrypt(ctx)
	if err != nil {
		return err
	}
	keys, err := c.Keyset()
	if err != nil {
		return settingsError{err}
	}
	if err := keysetOf(db, keys).Renew(ctx); err != nil {
		return err
	}
	if err := recordEverywhere(ctx, s, db, keys, audit.Event{Action: audit.ReencryptedSecrets}, func() error { return nil }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Wrote %d provider tokens and the secrets of %d authenticator apps anew.\n", tokens, apps)
	return err
}

// recordEverywhere records an operator's act on the keys in every institution's
// record, and does it, both or neither.
func recordEverywhere(ctx context.Context, s streams, db *store.DB, keys *secret.Keyset, e audit.Event, act func() error) error {
	record := &audit.Service{Store: db, Keys: keys.Audit(), Clock: clock.System{}, Log: headLog(s)}
	return db.InTx(ctx, func(ctx context.Context) error {
		institutions, err := db.ListInstitutionIDs(ctx)
		if err != nil {
			return err
		}
		for _, institutionID := range institutions {
			e.TargetID = institutionID
			if err := record.RecordFor(ctx, auth.OperatorOf(institutionID, time.Now()), e); err != nil {
				return err
			}
		}
		return act()
	})
}

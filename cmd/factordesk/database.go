package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/mail"
	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/keyset"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// openDatabase opens the database as it is, by one of the store's ways to open one.
func openDatabase(ctx context.Context, d config.Database, open func(context.Context, string) (*store.DB, error)) (*store.DB, error) {
	if err := d.Check(); err != nil {
		return nil, settingsError{err}
	}
	db, err := open(ctx, d.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	return db, nil
}

// openServed opens the database for serve, which alone with `migrate up` makes one and
// migrates it. Nothing is written before the keyset is known to belong to it.
func openServed(ctx context.Context, d config.Database, k config.Keys, keys *secret.Keyset) (*store.DB, error) {
	if err := looked(ctx, d, k, keys, nil); err != nil && !store.IsNoDatabase(err) {
		return nil, err
	}
	db, err := openDatabase(ctx, d, store.Open)
	if err != nil {
		return nil, err
	}
	if db.CheckSchema(ctx) != nil {
		if err := db.Migrate(ctx); err != nil {
			_ = db.Close()
			return nil, fmt.Errorf("the database could not be migrated: %w", err)
		}
	}
	return claimed(ctx, db, keys)
}

// looked opens the database to read it, and returns an error if production must not
// use it or the keyset does not belong to it, or what alsoCheck says, if it is given.
func looked(ctx context.Context, d config.Database, k config.Keys, keys *secret.Keyset, alsoCheck func(context.Context, *store.DB) error) error {
	db, err := openDatabase(ctx, d, store.OpenReadOnly)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if alsoCheck != nil {
		if err := alsoCheck(ctx, db); err != nil {
			return err
		}
	}
	if err := refuseDemo(ctx, db, k); err != nil {
		return err
	}
	return keysetOf(db, keys).Check(ctx)
}

// keysetOf returns the service that tells whether a keyset belongs to a database.
func keysetOf(db *store.DB, keys *secret.Keyset) *keyset.Service {
	return &keyset.Service{Store: db, Record: &audit.Service{Store: db, Keys: keys.Audit()}, Keys: keys, Clock: clock.System{}}
}

// claimed returns a database for which the keyset stands from now on; otherwise it
// closes it.
func claimed(ctx context.Context, db *store.DB, keys *secret.Keyset) (*store.DB, error) {
	if err := keysetOf(db, keys).Claim(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

func refuseDemo(ctx context.Context, db *store.DB, k config.Keys) error {
	if k.Resolve() != config.Production {
		return nil
	}
	demo, err := db.HasDemoData(ctx)
	if err == nil && demo {
		err = settingsError{errors.New("DATABASE_URL holds demo data, with which production does not start")}
	}
	return err
}

// offline opens the database, which the caller closes, and wires what commands
// need, which send nothing and at most look a number up: in development at the
// sandbox, if one runs there. The database is there and migrated, and is the
// keyset's. On stderr they log the heads of the records that they extend by acts of
// very high risk, and nothing else.
func offline(ctx context.Context, s streams, d config.Database, k config.Keys) (desk.Desk, *store.DB, error) {
	keys, err := k.Keyset()
	if err != nil {
		return desk.Desk{}, nil, settingsError{err}
	}
	if err := looked(ctx, d, k, keys, checkSchema); err != nil {
		return desk.Desk{}, nil, err
	}
	db, err := openDatabase(ctx, d, store.OpenExisting)
	if err != nil {
		return desk.Desk{}, nil, err
	}
	if db, err = claimed(ctx, db, keys); err != nil {
		return desk.Desk{}, nil, err
	}
	p := desk.Parts{DB: db, Keys: keys, Mailer: mail.Nowhere{}, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)}
	if addr := cmp.Or(os.Getenv("FACTORDESK_SANDBOX_ADDR"), "127.0.0.1:8081"); k.Resolve() == config.Development {
		p.TwilioURL = &url.URL{Scheme: "http", Host: addr}
	}
	app := desk.Wire(p)
	app.Audit.Log = headLog(s)
	return app, db, nil
}

// asOperator runs a function as the operator who runs the command, on an institution.
func asOperator(ctx context.Context, s streams, d config.Database, k config.Keys, slug string,
	act func(ctx context.Context, app desk.Desk, inst institution.Institution) error,
) error {
	app, db, err := offline(ctx, s, d, k)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	inst, err := app.Institutions.FindBySlug(ctx, slug)
	if err != nil {
		return err
	}
	return act(auth.WithActor(ctx, auth.OperatorOf(inst.ID, time.Now())), app, inst)
}

// headLog returns the log in which a command writes heads of records.
func headLog(s streams) *slog.Logger { return newLogger(s.Err, "info", config.Development) }

// reading opens the database, which the caller closes, to read it. It is there and
// migrated; whether it is the keyset's, the caller asks.
func reading(ctx context.Context, d config.Database, k config.Keys) (*store.DB, *secret.Keyset, error) {
	keys, err := k.Keyset()
	if err != nil {
		return nil, nil, settingsError{err}
	}
	db, err := openDatabase(ctx, d, store.OpenReadOnly)
	if err != nil {
		return nil, nil, err
	}
	if err := checkSchema(ctx, db); err != nil {
		_ = db.Close()
		return nil, nil, err
	}
	return db, keys, nil
}

// checkSchema returns an error that says what to run unless the schema is the one of
// this version.
func checkSchema(ctx context.Context, db *store.DB) error {
	if err := db.CheckSchema(ctx); err != nil {
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	return nil
}

// warnOfReaders says which files others than their owner's group can read, and must
// not.
func warnOfReaders(log *slog.Logger, d config.Database, k config.Keys) {
	path, _ := strings.CutPrefix(d.DatabaseURL, "sqlite://")
	for setting, file := range map[string]string{"FACTORDESK_KEYSET": k.KeysetFile, "DATABASE_URL": path} {
		if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o006 != 0 {
			log.Warn("everybody on this machine can read a file that holds secrets", "setting", setting, "file", file,
				"mode", info.Mode().Perm().String(), "do", "chmod 600 "+file)
		}
	}
}

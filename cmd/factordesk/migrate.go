package main

import (
	"cmp"
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/config"
)

type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" help:"Apply what is missing; safe while others start."`
	Status migrateStatusCmd `cmd:"" help:"List the steps and which are applied."`
}

type migrateUpCmd struct{ config.Database }

func (c *migrateUpCmd) Run(ctx context.Context, s streams) error {
	db, err := openDatabase(ctx, c.Database, store.Open)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.Out, "The schema is up to date.")
	return err
}

type migrateStatusCmd struct{ config.Database }

func (c *migrateStatusCmd) Run(ctx context.Context, s streams) error {
	db, err := openDatabase(ctx, c.Database, store.OpenReadOnly)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	steps, err := db.Migrations(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
	for _, step := range steps {
		state := "pending"
		if !step.AppliedAt.IsZero() {
			state = "applied " + step.AppliedAt.UTC().Format("2006-01-02 15:04:05 UTC")
		}
		_, _ = fmt.Fprintf(w, "%d\t%s\t%s\n", step.Version, cmp.Or(step.Name, "unknown to this version"), state)
	}
	return w.Flush()
}

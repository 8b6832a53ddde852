package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/user"
)

const (
	slug     = "bench"
	password = "made up for the bench"
)

// fill makes a bank with a member of staff and its customers in an empty
// database.
func fill(ctx context.Context, databaseURL string, users, notifications int) (crowd, error) {
	// The connections that are made fast and careless here serve nothing else.
	db, err := store.Open(ctx, databaseURL)
	if err != nil {
		return crowd{}, err
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return crowd{}, err
	}
	c := crowd{users: users, notifications: notifications, now: clock.System{}.Now().Truncate(time.Hour)}
	if err := c.found(ctx, db); err != nil {
		return crowd{}, err
	}
	if err := c.look(ctx, db); err != nil {
		return crowd{}, err
	}
	if strings.HasPrefix(databaseURL, sqlite) {
		return c, loadSQLite(ctx, db.SQL(), c.tables())
	}
	plain, err := sql.Open(postgres, databaseURL) // the store's connections know no COPY
	if err != nil {
		return crowd{}, err
	}
	return c, errors.Join(loadPostgres(ctx, plain, c.tables()), plain.Close())
}

// found makes the institution and the member of staff whose sessions ask.
func (c *crowd) found(ctx context.Context, db *store.DB) error {
	institutions := institution.Service{Store: db, Clock: clock.System{}}
	settings := institution.DefaultSettings()
	settings.HighRiskActs = 1000 // one agent makes all the codes
	bank, err := institutions.Create(ctx, institution.New{Slug: slug, Name: "Benchmark Bank", Settings: settings})
	if err != nil {
		return err
	}
	c.institutionID = bank.ID
	hasher := secret.NewHasher(1)
	if c.passwordHash, err = hasher.Hash(ctx, password); err != nil {
		return err
	}
	users := user.Service{Store: db, Hasher: hasher, Clock: clock.System{}}
	agent, err := users.Create(ctx, user.New{
		InstitutionID: bank.ID, Kind: auth.Staff, Status: user.Active, Email: "agent@bench.example",
		FirstName: "Aggie", LastName: "Agent", Password: password,
	})
	if err != nil {
		return err
	}
	c.staffID = agent.ID
	return db.GrantRole(ctx, bank.ID, agent.ID, user.Role{ID: id.New(id.Role), Name: "Support agent", Permissions: []auth.Permission{
		auth.ViewUsers, auth.GenerateLockoutCodes, auth.UpdateNumberType, auth.ViewNotificationHistory,
	}})
}

// looked is how many looks are on record before anything is measured. None would
// have PostgreSQL plan for an empty table, and read all of it that is written.
const looked = 200

func (c *crowd) look(ctx context.Context, db *store.DB) error {
	keys, err := keyset()
	if err != nil {
		return err
	}
	record := audit.Service{Store: db, Keys: keys.Audit(), Clock: clock.System{}}
	for range looked {
		err := record.RecordFor(ctx, auth.Actor{UserID: c.staffID, InstitutionID: c.institutionID, Kind: auth.Staff}, audit.Event{Action: audit.ReadHistory})
		if err != nil {
			return err
		}
	}
	return nil
}

func loadPostgres(ctx context.Context, db *sql.DB, tables []table) error {
	return load(ctx, db, tables, []string{`SET session_replication_role = replica`, `SET statement_timeout = 0`}, `VACUUM (ANALYZE)`,
		func(tx *sql.Tx, t table) error {
			insert, err := tx.PrepareContext(ctx, fmt.Sprintf(`COPY %s (%s) FROM STDIN`, t.name, t.columns))
			if err != nil {
				return err
			}
			defer func() { _ = insert.Close() }()
			for row := range t.rows {
				if _, err := insert.ExecContext(ctx, row...); err != nil {
					return err
				}
			}
			_, err = insert.ExecContext(ctx)
			return err
		})
}

// rowsAtOnce is how many rows go into one INSERT on SQLite.
const rowsAtOnce = 100

func loadSQLite(ctx context.Context, db *sql.DB, tables []table) error {
	return load(ctx, db, tables, []string{`PRAGMA foreign_keys = OFF`, `PRAGMA synchronous = OFF`, `PRAGMA cache_size = -262144`}, `ANALYZE`,
		func(tx *sql.Tx, t table) error {
			var args []any
			rows, width := 0, 1+strings.Count(t.columns, ",")
			one := "(?" + strings.Repeat(",?", width-1) + ")"
			insert := func(n int) (*sql.Stmt, error) {
				return tx.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES %s`, t.name, t.columns, one+strings.Repeat(","+one, n-1)))
			}
			many, err := insert(rowsAtOnce)
			if err != nil {
				return err
			}
			defer func() { _ = many.Close() }()
			for row := range t.rows {
				args, rows = append(args, row...), rows+1
				if rows == rowsAtOnce {
					if _, err := many.ExecContext(ctx, args...); err != nil {
						return err
					}
					args, rows = args[:0], 0
				}
			}
			if rows == 0 {
				return nil
			}
			rest, err := insert(rows)
			if err != nil {
				return err
			}
			defer func() { _ = rest.Close() }()
			_, err = rest.ExecContext(ctx, slices.Clip(args)...)
			return err
		})
}

// load runs each table's rows in through one transaction, over one connection
// that was made ready, and lets the database take stock.
func load(ctx context.Context, db *sql.DB, tables []table, ready []string, stock string, into func(*sql.Tx, table) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	for _, statement := range ready {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	for _, t := range tables {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := into(tx, t); err != nil {
			_ = tx.Rollback()
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	_, err = conn.ExecContext(ctx, stock)
	return err
}

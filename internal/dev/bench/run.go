package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/lib/pq"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

// clusterVariable names the PostgreSQL cluster to make a database on, as for the
// tests: a postgres:// URL whose user may create databases.
const clusterVariable = "TEST_DATABASE_URL"

// bench is a run on one database.
type bench struct {
	options
	database       string
	databaseURL    string
	crowd          crowd
	desk, baseline *process
	// tokens are sessions of the member of staff, one for each connection.
	tokens []string
	report *report
	log    io.Writer
}

// both returns the two servers, in the order of their turns.
func (b *bench) both() []*process { return []*process{b.desk, b.baseline} }

// run measures on each database and writes the report, also of what was measured
// before something failed.
func run(ctx context.Context, o options, out, log io.Writer) error {
	r := &report{}
	r.machine(o)
	var failed error
	for _, database := range o.databases {
		if err := runOn(ctx, o, database, r, log); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", database, err))
		}
	}
	if _, err := io.WriteString(out, r.String()); err != nil {
		return errors.Join(failed, err)
	}
	if o.markdown == "" || failed != nil {
		return failed
	}
	return os.WriteFile(o.markdown, []byte(r.String()), 0o644)
}

func runOn(ctx context.Context, o options, database string, r *report, log io.Writer) (err error) {
	databaseURL, drop, err := create(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	b := &bench{options: o, database: database, databaseURL: databaseURL, report: r, log: log}
	defer func() { err = errors.Join(err, b.end()) }()
	if err := b.begin(ctx); err != nil {
		return err
	}
	return b.measureAll(ctx)
}

// begin fills the database and starts both servers.
func (b *bench) begin(ctx context.Context) error {
	b.progress("filling: %d users, %d devices, %d texts", b.users, 3*b.users, b.notifications)
	began := time.Now()
	var err error
	if b.crowd, err = fill(ctx, b.databaseURL, b.users, b.notifications); err != nil {
		return err
	}
	version, size, err := describe(ctx, b.databaseURL)
	if err != nil {
		return err
	}
	b.report.section(version, size, time.Since(began))
	if b.desk, err = start(ctx, deskRole, b.databaseURL, b.log); err != nil {
		return err
	}
	b.baseline, err = start(ctx, baselineRole, b.databaseURL, b.log)
	return err
}

// end stops what was started.
func (b *bench) end() error {
	var errs []error
	for _, p := range b.both() {
		if p != nil {
			errs = append(errs, p.stop())
		}
	}
	return errors.Join(errs...)
}

func (b *bench) progress(format string, args ...any) {
	_, _ = fmt.Fprintf(b.log, "%s %s: %s\n", time.Now().Format(time.TimeOnly), b.database, fmt.Sprintf(format, args...))
}

func (b *bench) measureAll(ctx context.Context) error {
	for _, r := range b.crowd.reads() {
		if !b.wants(r.part) {
			continue
		}
		if err := b.signInStaff(ctx); err != nil {
			return err
		}
		same, err := b.compare(ctx, r)
		if err != nil {
			return err
		}
		b.report.part(r.part, r.title)
		b.report.note("%d answers of both servers were compared before: all hold the same data, %d are the same bytes.", compared, same)
		for _, connections := range b.connections {
			b.progress("%s at %d connections", r.part, connections)
			if err := b.measureRead(ctx, r, connections); err != nil {
				return err
			}
		}
	}
	for _, act := range []struct {
		part, title string
		measure     func(ctx context.Context, connections, first int) error
	}{{"c", "a sign-in", b.signIns}, {"d", "backup codes made by staff", b.codeSets}} {
		if !b.wants(act.part) {
			continue
		}
		b.report.part(act.part, act.title)
		each := b.crowd.users / len(b.connections)
		for n, connections := range b.connections {
			b.progress("%s at %d connections", act.part, connections)
			// Its factor has to be fresh.
			if err := b.signInStaff(ctx); err != nil {
				return err
			}
			if err := act.measure(ctx, connections, n*each); err != nil {
				return err
			}
		}
	}
	for _, last := range []struct {
		part, title string
		measure     func(ctx context.Context) error
	}{{"e", "who has an account: known and unknown names", b.measureTimings}, {"f", "a start, and memory at rest", b.measureStarts}, {"g", "sign-ins beside a sweep", b.measureSweep}} {
		if !b.wants(last.part) {
			continue
		}
		b.report.part(last.part, last.title)
		if err := last.measure(ctx); err != nil {
			return err
		}
	}
	return nil
}

// signInStaff starts a session for each connection.
func (b *bench) signInStaff(ctx context.Context) error {
	db, err := store.Open(ctx, b.databaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	sessions := auth.NewSessions(db, clock.System{})
	b.tokens = make([]string, slices.Max(b.connections))
	for n := range b.tokens {
		b.tokens[n], err = sessions.Start(ctx, auth.Session{
			UserID: b.crowd.staffID, InstitutionID: b.crowd.institutionID, Kind: auth.Staff,
			FactorAt: clock.System{}.Now(), Address: "127.0.0.1", UserAgent: "bench",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// create makes an empty database and returns its URL.
func create(ctx context.Context, database string) (databaseURL string, drop func() error, err error) {
	if database == sqlite {
		dir, err := os.MkdirTemp("", "factordesk-bench-")
		return "sqlite://" + filepath.Join(dir, "bench.db"), func() error { return os.RemoveAll(dir) }, err
	}
	u, err := url.Parse(os.Getenv(clusterVariable))
	if err != nil || !strings.HasPrefix(u.Scheme, postgres) {
		return "", nil, fmt.Errorf("%s is no postgres:// URL: use make bench, or bin/pgtemp -- go run ./internal/dev/bench", clusterVariable)
	}
	cluster, err := sql.Open(postgres, u.String())
	if err != nil {
		return "", nil, err
	}
	name := "bench_" + strings.ToLower(rand.Text())
	if _, err := cluster.ExecContext(ctx, `CREATE DATABASE `+pq.QuoteIdentifier(name)+` TEMPLATE template0`); err != nil {
		return "", nil, errors.Join(err, cluster.Close())
	}
	u.Path = "/" + name
	return u.String(), func() error {
		_, err := cluster.ExecContext(context.WithoutCancel(ctx), `DROP DATABASE `+pq.QuoteIdentifier(name)+` WITH (FORCE)`)
		return errors.Join(err, cluster.Close())
	}, nil
}

// describe names the database's version, the settings that matter for speed, and
// its size.
func describe(ctx context.Context, databaseURL string) (version string, bytes int64, err error) {
	db, err := store.Open(ctx, databaseURL)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = db.Close() }()
	name, size := `SELECT 'SQLite ' || sqlite_version()`, `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	if strings.HasPrefix(databaseURL, postgres) {
		name = `SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync=' || current_setting('fsync')
			|| ', synchronous_commit=' || current_setting('synchronous_commit') || ', shared_buffers=' || current_setting('shared_buffers')`
		size = `SELECT pg_database_size(current_database())`
	}
	if err := db.SQL().QueryRowContext(ctx, name).Scan(&version); err != nil {
		return "", 0, err
	}
	err = db.SQL().QueryRowContext(ctx, size).Scan(&bytes)
	return version, bytes, err
}

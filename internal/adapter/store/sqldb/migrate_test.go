package sqldb

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestMigrate(t *testing.T) {
	for name, newDatabase := range databases {
		t.Run(name+": two processes that start on an empty database bring it up once", func(t *testing.T) {
			url := newDatabase(t)
			var starting sync.WaitGroup
			for range 2 {
				starting.Go(func() {
					db, err := Open(t.Context(), url, ReadWrite)
					if err != nil {
						t.Error(err)
						return
					}
					if err := errors.Join(db.Migrate(t.Context()), db.Migrate(t.Context()), db.Close()); err != nil {
						t.Error(err)
					}
				})
			}
			starting.Wait()

			steps, err := open(t, url).Migrations(t.Context())
			check(t, err)
			same(t, len(steps) > 0, true)
			for _, step := range steps {
				same(t, step.AppliedAt.IsZero(), false)
			}
		})

		t.Run(name+": steps say when they were applied", func(t *testing.T) {
			db := open(t, newDatabase(t))
			before, err := db.Migrations(t.Context())
			check(t, err)

			check(t, db.Migrate(t.Context()))

			after, err := db.Migrations(t.Context())
			check(t, err)
			same(t, len(after), len(before))
			for i := range after {
				same(t, before[i].AppliedAt.IsZero(), true)
				same(t, after[i].AppliedAt.IsZero(), false)
				if i > 0 && after[i].Version <= after[i-1].Version {
					t.Errorf("step %d comes after step %d", after[i].Version, after[i-1].Version)
				}
			}
		})
	}
}

func TestLocked(t *testing.T) {
	for name, newDatabase := range databases {
		url := newDatabase(t)
		dbs := [2]*DB{open(t, url), open(t, url)}

		t.Run(name+": one at a time, also when more wait than there are connections", func(t *testing.T) {
			var inside, done atomic.Int64
			var waiting sync.WaitGroup
			for i := range 16 {
				waiting.Go(func() {
					db := dbs[i%2]
					err := db.Locked(t.Context(), func(ctx context.Context) error {
						if n := inside.Add(1); n != 1 {
							t.Errorf("%d are inside", n)
						}
						defer inside.Add(-1)
						defer done.Add(1)
						return db.Ping(ctx) // the lock leaves connections to work with
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			waiting.Wait()

			same(t, done.Load(), int64(16))
			same(t, dbs[0].x.Stats().InUse, 0)
		})

		t.Run(name+": who goes away while waiting never gets in", func(t *testing.T) {
			err := dbs[0].Locked(t.Context(), func(ctx context.Context) error {
				short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
				defer cancel()
				return dbs[1].Locked(short, func(context.Context) error {
					t.Error("both are inside")
					return nil
				})
			})

			wantCode(t, err, fault.Timeout)
		})

		t.Run(name+": an error or a panic inside lets the next in", func(t *testing.T) {
			errNo := errors.New("no")
			err := dbs[0].Locked(t.Context(), func(context.Context) error { return errNo })
			same(t, errors.Is(err, errNo), true)
			func() {
				defer func() { same(t, recover(), any("stop")) }()
				_ = dbs[0].Locked(t.Context(), func(context.Context) error { panic("stop") })
			}()
			hasBeen := false

			check(t, dbs[1].Locked(t.Context(), func(context.Context) error {
				hasBeen = true
				return nil
			}))

			same(t, hasBeen, true)
		})
	}
}

// Before step 14 a user who registered owned the address at once.
func TestMigrate_registrations(t *testing.T) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			ctx, db := t.Context(), open(t, newDatabase(t))
			steps, err := db.steps()
			check(t, err)
			dialect := map[bool]goose.Dialect{true: goose.DialectSQLite3, false: goose.DialectPostgres}[db.dialect == onSQLite]
			m, err := goose.NewProvider(dialect, db.x.DB, steps)
			check(t, err)
			_, err = m.UpTo(ctx, 10)
			check(t, err)
			exec := func(query string, args ...any) {
				t.Helper()
				_, err := db.Exec(ctx, "", query, args...)
				check(t, err)
			}
			at := time.Date(2026, time.March, 4, 5, 6, 7, 0, time.UTC)
			for id, demo := range map[string]bool{"bank": false, "demo": true} {
				exec(`INSERT INTO institutions (id, slug, name, settings, demo, created_at) VALUES (?, ?, '', '{}', ?, ?)`, id, id, demo, at)
			}
			for id, of := range map[string]struct{ bank, kind, status string }{
				"squatter": {"bank", "CUSTOMER", "REGISTERED"}, "halfway": {"bank", "CUSTOMER", "REGISTERED"}, "frozen": {"bank", "CUSTOMER", "FROZEN"},
				"proved": {"bank", "CUSTOMER", "REGISTERED"}, "customer": {"bank", "CUSTOMER", "ACTIVE"}, "enrolling": {"bank", "CUSTOMER", "ENROLLING"},
				"iced": {"bank", "CUSTOMER", "FROZEN"}, "staff": {"bank", "STAFF", "REGISTERED"}, "abroad": {"demo", "CUSTOMER", "REGISTERED"},
			} {
				exec(`INSERT INTO users (id, institution_id, kind, status, email, password_hash, first_name, last_name, sort_key, admin_level, created_at)
					VALUES (?, ?, ?, ?, ?, '', '', '', '', FALSE, ?)`, id, of.bank, of.kind, of.status, id+"@customer.example", at)
			}
			for id, verified := range map[string]*time.Time{"halfway": nil, "proved": &at} {
				exec(`INSERT INTO enrollments (user_id, institution_id, verify_email, began_at, email_verified_at) VALUES (?, 'bank', TRUE, ?, ?)`, id, at, verified)
			}
			for id, before := range map[string]string{"frozen": "REGISTERED", "iced": "ACTIVE"} {
				exec(`INSERT INTO freezes (user_id, status, frozen_at) VALUES (?, ?, ?)`, id, before, at)
			}
			exec(`INSERT INTO sessions (id, token_hash, user_id, institution_id, kind, created_at, last_used_at, expires_at, address, user_agent)
				VALUES ('ses', '', 'customer', 'bank', 'CUSTOMER', ?, ?, ?, '', '')`, at, at, at)

			check(t, db.Migrate(ctx))

			var waiting, owning []string
			check(t, db.List(ctx, &waiting, `SELECT u.id FROM users u JOIN registrations r ON r.user_id = u.id
				WHERE u.email_proved_at IS NULL AND u.owned_email = u.id AND u.email = r.email AND r.email = u.id || '@customer.example' AND r.lapses_at IS NULL ORDER BY u.id`))
			check(t, db.List(ctx, &owning, `SELECT id FROM users WHERE email_proved_at = created_at AND owned_email = email AND email = id || '@customer.example' ORDER BY id`))
			same(t, waiting, []string{"frozen", "halfway", "squatter"})
			same(t, owning, []string{"abroad", "customer", "enrolling", "iced", "proved", "staff"})
		})
	}
}

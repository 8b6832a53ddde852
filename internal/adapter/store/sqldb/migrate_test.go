package sqldb

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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

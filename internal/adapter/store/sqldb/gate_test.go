package sqldb

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestGate(t *testing.T) {
	t.Run("lets in who came first; who went away leaves no hole", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := newGate(2)
			check(t, g.enter(t.Context()))
			check(t, g.enter(t.Context()))
			impatient, hangUp := context.WithCancel(t.Context())
			var entered []int
			for i := range 5 {
				ctx := t.Context()
				if i == 0 || i == 2 {
					ctx = impatient
				}
				go func() {
					if err := g.enter(ctx); err == nil {
						entered = append(entered, i)
					} else if !errors.Is(err, context.Canceled) {
						t.Error(err)
					}
				}()
				synctest.Wait() // it waits behind the others
			}
			same(t, len(entered), 0)

			hangUp()
			synctest.Wait()
			same(t, len(entered), 0)
			for _, want := range [][]int{{1}, {1, 3}, {1, 3, 4}} {
				g.leave()
				synctest.Wait()
				same(t, entered, want)
			}

			g.leave()
			g.leave()
			check(t, g.enter(t.Context()))
			check(t, g.enter(t.Context()))
		})
	})

	t.Run("turns away who is gone already, however much room there is", func(t *testing.T) {
		g := newGate(1)
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()

		same(t, errors.Is(g.enter(gone), context.Canceled), true)
		check(t, g.enter(t.Context()))
	})
}

// testGate is about the places that statements take.
func testGate(t *testing.T, db *DB) {
	rename := func(ctx context.Context) error {
		_, err := db.Exec(ctx, "thing", `UPDATE things SET kind = kind WHERE id = ?`, "one")
		return err
	}
	width := db.x.Stats().MaxOpenConnections
	// taken takes all places but some, until the test is over.
	taken := func(t *testing.T, but int) {
		for range width - but {
			check(t, db.gate.enter(t.Context()))
		}
		t.Cleanup(func() {
			for range width - but {
				db.gate.leave()
			}
		})
	}

	t.Run("a transaction takes one place for all that it does, transactions inside it too", func(t *testing.T) {
		taken(t, 1)

		check(t, db.InTx(t.Context(), func(ctx context.Context) error {
			_, err := kindOf(ctx, db, "one")
			check(t, err)
			return db.InTx(ctx, rename)
		}))
	})

	t.Run("who goes away while waiting gets TIMEOUT", func(t *testing.T) {
		taken(t, 0)
		for name, call := range map[string]func(ctx context.Context) error{
			"to read one":          func(ctx context.Context) error { _, err := kindOf(ctx, db, "one"); return err },
			"to read many":         func(ctx context.Context) error { return db.List(ctx, &[]string{}, `SELECT id FROM things`) },
			"to read row by row":   func(ctx context.Context) error { return db.Scan(ctx, nil, func() {}, `SELECT id FROM things`) },
			"to write":             rename,
			"to begin transaction": func(ctx context.Context) error { return db.InTx(ctx, func(context.Context) error { return nil }) },
		} {
			waiting, hangUp := context.WithCancel(t.Context())
			failed := make(chan error)
			go func() { failed <- call(waiting) }()

			hangUp()

			if err := <-failed; fault.CodeOf(err) != fault.Timeout {
				t.Errorf("%s: %v", name, err)
			}
		}
	})

	t.Run("every place is free again, whatever became of the call", func(t *testing.T) {
		_, err := kindOf(t.Context(), db, "none")
		wantCode(t, err, fault.NotFound)
		_, err = db.Exec(t.Context(), "thing", `INSERT INTO things (id, kind) VALUES (?, ?)`, "one", "b")
		wantCode(t, err, fault.Conflict)
		func() {
			defer func() { _ = recover() }()
			_ = db.InTx(t.Context(), func(context.Context) error { panic("stop") })
		}()

		taken(t, 0)
	})
}

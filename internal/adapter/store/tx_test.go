package store

import (
	"context"
	"errors"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func testTransactions(t *testing.T, db *DB) {
	b := newBank(t, db)
	errNo := errors.New("no")

	status := func(t *testing.T, u user.User) user.Status {
		t.Helper()
		found, err := db.FindUser(context.Background(), b.ID, u.ID)
		check(t, err)
		return found.Status
	}
	freeze := func(ctx context.Context, u user.User) error { return db.SetUserStatus(ctx, b.ID, u.ID, user.Frozen) }

	t.Run("InTx commits", func(t *testing.T) {
		u := b.user()

		err := db.InTx(t.Context(), func(ctx context.Context) error { return freeze(ctx, u) })

		check(t, err)
		same(t, status(t, u), user.Frozen)
	})

	t.Run("InTx rolls back at an error and gives that error", func(t *testing.T) {
		u := b.user()

		err := db.InTx(t.Context(), func(ctx context.Context) error {
			check(t, freeze(ctx, u))
			return errNo
		})

		same(t, errors.Is(err, errNo), true)
		same(t, status(t, u), user.Active)
	})

	t.Run("InTx rolls back at a panic, and the connection is free again", func(t *testing.T) {
		u := b.user()

		func() {
			defer func() { same(t, recover(), any("stop")) }()
			_ = db.InTx(t.Context(), func(ctx context.Context) error {
				check(t, freeze(ctx, u))
				panic("stop")
			})
		}()

		same(t, status(t, u), user.Active)
		same(t, db.SQL().Stats().InUse, 0)
	})

	t.Run("InTx rolls back if the caller goes away", func(t *testing.T) {
		u := b.user()
		calling, hangUp := context.WithCancel(t.Context())

		err := db.InTx(calling, func(ctx context.Context) error {
			check(t, freeze(ctx, u))
			hangUp()
			return nil
		})

		wantCode(t, err, fault.Timeout)
		same(t, status(t, u), user.Active)
	})

	t.Run("InTx does not begin for a caller who is gone", func(t *testing.T) {
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()

		err := db.InTx(gone, func(context.Context) error {
			t.Error("it began")
			return nil
		})

		wantCode(t, err, fault.Timeout)
	})

	t.Run("an inner InTx is part of the outer one", func(t *testing.T) {
		u := b.user()

		err := db.InTx(t.Context(), func(ctx context.Context) error {
			check(t, db.InTx(ctx, func(ctx context.Context) error { return freeze(ctx, u) }))
			inside, err := db.FindUser(ctx, b.ID, u.ID)
			check(t, err)
			same(t, inside.Status, user.Frozen)
			return errNo
		})

		same(t, errors.Is(err, errNo), true)
		same(t, status(t, u), user.Active)
	})

	t.Run("an inner InTx leaves the outer one open", func(t *testing.T) {
		first, second := b.user(), b.user()

		err := db.InTx(t.Context(), func(ctx context.Context) error {
			check(t, db.InTx(ctx, func(ctx context.Context) error { return freeze(ctx, first) }))
			return freeze(ctx, second)
		})

		check(t, err)
		same(t, status(t, first), user.Frozen)
		same(t, status(t, second), user.Frozen)
	})

	t.Run("nothing of a transaction shows outside before it commits", func(t *testing.T) {
		u := b.user()

		err := db.InTx(t.Context(), func(ctx context.Context) error {
			check(t, freeze(ctx, u))
			same(t, status(t, u), user.Active)
			return nil
		})

		check(t, err)
	})

	t.Run("a context that is kept after the end is of no use", func(t *testing.T) {
		u := b.user()
		var kept context.Context
		check(t, db.InTx(t.Context(), func(ctx context.Context) error {
			kept = ctx
			return nil
		}))

		if err := freeze(kept, u); err == nil {
			t.Error("a statement ran in a transaction that is over")
		}
		same(t, status(t, u), user.Active)
	})
}

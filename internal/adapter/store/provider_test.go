package store

import (
	"fmt"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/provider"
)

func testProviders(t *testing.T, db *DB) {
	ctx := t.Context()
	account := func(b bank) provider.Row {
		return provider.Row{
			ID: id.New(id.Provider), InstitutionID: b.ID, AccountSID: fmt.Sprintf("AC%032x", serial.Add(1)),
			Token: []byte{0, 255, 'a', '\'', '\n', 0}, From: "+12025550190", Enabled: true, CreatedAt: now,
		}
	}

	harbor, summit, empty := newBank(t, db), newBank(t, db), newBank(t, db)
	first, second := account(harbor), account(summit)
	second.Enabled = false
	check(t, db.CreateProvider(ctx, first))
	check(t, db.CreateProvider(ctx, second))

	t.Run("come back to their institution with every field", func(t *testing.T) {
		for _, want := range []provider.Row{first, second} {
			found, err := db.FindProvider(ctx, want.InstitutionID)

			check(t, err)
			same(t, found, want)
		}
	})

	t.Run("are not found by an institution that has none", func(t *testing.T) {
		_, err := db.FindProvider(ctx, empty.ID)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("come back by id, for webhooks", func(t *testing.T) {
		found, err := db.FindProviderByID(ctx, second.ID)

		check(t, err)
		same(t, found, second)

		_, err = db.FindProviderByID(ctx, id.New(id.Provider))
		wantCode(t, err, fault.NotFound)
	})

	t.Run("are listed, for operators", func(t *testing.T) {
		all, err := db.ListProviders(ctx)

		check(t, err)
		same(t, all, []provider.Row{first, second})
	})

	t.Run("whose account another institution has are CONFLICT", func(t *testing.T) {
		stolen := account(empty)
		stolen.AccountSID = first.AccountSID

		wantCode(t, db.CreateProvider(ctx, stolen), fault.Conflict)
	})

	t.Run("are one an institution", func(t *testing.T) {
		wantCode(t, db.CreateProvider(ctx, account(harbor)), fault.Conflict)
	})

	t.Run("get another token if theirs is still what it was", func(t *testing.T) {
		fresh := []byte{9, 0, 9}

		check(t, db.UpdateProviderToken(ctx, first.ID, first.Token, fresh))

		found, err := db.FindProvider(ctx, harbor.ID)
		check(t, err)
		same(t, found.Token, fresh)
	})

	t.Run("keep a token that was changed meanwhile", func(t *testing.T) {
		wantCode(t, db.UpdateProviderToken(ctx, second.ID, []byte("what it never was"), []byte("new")), fault.Conflict)

		found, err := db.FindProvider(ctx, summit.ID)
		check(t, err)
		same(t, found, second)
	})
}

package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/provider"
)

func testProviders(t *testing.T, db *DB) {
	ctx := t.Context()
	account := func(b bank) provider.Row {
		return provider.Row{
			ID: id.New(id.Provider), InstitutionID: b.ID, Name: "Twilio", AccountSID: fmt.Sprintf("AC%032x", serial.Add(1)),
			Token: []byte{0, 255, 'a', '\'', '\n', 0}, From: "+12025550190", Enabled: true, Priority: 3, BalanceThreshold: 1000, Version: 1, CreatedAt: now,
		}
	}

	harbor, summit, empty := newBank(t, db), newBank(t, db), newBank(t, db)
	first, second := account(harbor), account(summit)
	second.MessagingServiceSID, second.APIKeySID, second.APIKeySecret = "MG1", "SK1", []byte{1}
	second.TokenSetAt, second.TokenSetBy, second.PreviousToken, second.PreviousUntil = ptr(now), "usr_1", []byte{2}, ptr(now.Add(time.Hour))
	second.Health = &provider.Health{
		Status: provider.Warning, CheckedAt: now, Balance: &provider.Balance{Hundredths: -5, Currency: "USD"},
		Checks: []provider.Check{{ID: provider.CheckBalance, Status: provider.Fail, Explanation: "“‘", FixableBy: "PROVIDER"}},
	}
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

	t.Run("are listed, for operators, and by institution", func(t *testing.T) {
		all, err := db.ListProviders(ctx, "")
		check(t, err)
		same(t, all, []provider.Row{first, second})

		own, err := db.ListProviders(ctx, summit.ID)
		check(t, err)
		same(t, own, []provider.Row{second})
	})

	t.Run("whose account another institution has are CONFLICT", func(t *testing.T) {
		stolen := account(empty)
		stolen.AccountSID = first.AccountSID

		wantCode(t, db.CreateProvider(ctx, stolen), fault.Conflict)
	})

	t.Run("of several that send by the lowest priority that is enabled", func(t *testing.T) {
		bank := newBank(t, db)
		high, low, off := account(bank), account(bank), account(bank)
		low.Priority, off.Priority, off.Enabled = 2, 1, false
		for _, r := range []provider.Row{high, low, off} {
			check(t, db.CreateProvider(ctx, r))
		}

		found, err := db.FindProvider(ctx, bank.ID)
		check(t, err)
		same(t, found, low)
		listed, err := db.ListProviders(ctx, bank.ID)
		check(t, err)
		same(t, listed, []provider.Row{off, low, high})
		sending, err := db.ListSending(ctx, bank.ID)
		check(t, err)
		same(t, sending, []provider.Row{low, high})
		for _, r := range []provider.Row{high, low} {
			check(t, db.DeleteProvider(ctx, bank.ID, r.ID))
		}
		_, err = db.FindProvider(ctx, bank.ID)
		wantCode(t, err, fault.NotFound)
		wantCode(t, db.DeleteProvider(ctx, harbor.ID, off.ID), fault.NotFound)
	})

	t.Run("are changed by whoever saw the newest version", func(t *testing.T) {
		changed := second
		changed.Version, changed.Name, changed.Enabled, changed.Health, changed.APIKeySID, changed.APIKeySecret = 2, "Other", true, nil, "", nil

		ok, err := db.UpdateProvider(ctx, changed)
		check(t, err)
		late, err := db.UpdateProvider(ctx, changed)
		check(t, err)
		elsewhere := changed
		elsewhere.InstitutionID, elsewhere.Version = harbor.ID, 3
		foreign, err := db.UpdateProvider(ctx, elsewhere)
		check(t, err)

		same(t, []bool{ok, late, foreign}, []bool{true, false, false})
		found, err := db.FindProviderByID(ctx, second.ID)
		check(t, err)
		same(t, found, changed)
		second = changed
	})

	t.Run("remember what Twilio said of them as they are", func(t *testing.T) {
		check(t, db.SetProviderHealth(ctx, second.ID, 1, provider.Health{Status: provider.Fail, CheckedAt: now}))
		check(t, db.SetProviderHealth(ctx, second.ID, 2, provider.Health{Status: provider.Pass, CheckedAt: now}))

		found, err := db.FindProviderByID(ctx, second.ID)
		check(t, err)
		same(t, found.Health, &provider.Health{Status: provider.Pass, CheckedAt: now})
	})

	t.Run("get their secrets anew if they are still what they were", func(t *testing.T) {
		fresh := first
		fresh.Token, fresh.PreviousToken = []byte{9, 0, 9}, []byte{8}

		check(t, db.ResealProvider(ctx, first, fresh))
		wantCode(t, db.ResealProvider(ctx, first, fresh), fault.Conflict)

		found, err := db.FindProvider(ctx, harbor.ID)
		check(t, err)
		same(t, found, fresh)
	})
}

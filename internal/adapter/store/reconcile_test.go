package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
)

func testUnfinished(t *testing.T, db *DB) {
	ctx, numbers := t.Context(), 0
	number := func() string { numbers++; return fmt.Sprintf("+120255501%02d", numbers) }

	t.Run("are our texts and calls that the provider has, asked for twice at most", func(t *testing.T) {
		bank := newBank(t, db)
		text, call, final, mail, lost, found, young := bank.attempt(number()), bank.attempt(number()), bank.attempt(number()), bank.attempt("ann@customer.example"), bank.attempt(number()), bank.attempt(number()), bank.attempt(number())
		call.Channel, mail.Channel, young.Date = notification.Voice, notification.Email, now.Add(time.Minute)
		for _, n := range []*notification.Notification{&text, &call, &final, &mail, &found, &young} {
			n.SID, n.ProviderStatus = sid(), "sent"
		}
		final.ProviderStatus, found.ID = "delivered", found.SID
		for _, n := range []notification.Notification{text, call, final, mail, lost, found, young} {
			check(t, db.CreateNotification(ctx, n))
		}
		due := func(since, unasked, once time.Time) (ids []string) {
			all, err := db.ListUnfinished(ctx, since, unasked, once)
			check(t, err)
			for _, u := range all {
				if u.InstitutionID == bank.ID {
					ids = append(ids, u.ID)
				}
			}
			slices.Sort(ids)
			return ids
		}
		both := []string{text.ID, call.ID}
		slices.Sort(both)
		early := now.Add(-time.Hour)

		same(t, due(now, now, early), both)
		same(t, len(due(now.Add(time.Second), now, early)), 0)
		check(t, db.Looked(ctx, bank.ID, []string{text.ID}))
		check(t, db.Looked(ctx, newBank(t, db).ID, []string{call.ID}))
		check(t, db.Looked(ctx, bank.ID, nil))
		same(t, due(now, now, early), []string{call.ID})
		same(t, due(now, early, now), []string{text.ID})
		check(t, db.Looked(ctx, bank.ID, []string{text.ID}))
		same(t, len(due(now, early, now)), 0)
		check(t, db.HoldProviders(ctx, bank.ID, now))
		same(t, len(due(now, now, now)), 0)
	})
}

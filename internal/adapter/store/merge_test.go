package store

import (
	"slices"
	"testing"

	"github.com/factordesk/factordesk/internal/notification"
)

func TestParallelMerges(t *testing.T) {
	race(t, func(t *testing.T, dbs [2]*DB) {
		t.Run("of the same messages in any order add each once", func(t *testing.T) {
			b := newBank(t, dbs[0])
			var forwards []notification.Notification
			for range 20 {
				forwards = append(forwards, b.found("+12025550101"))
			}
			backwards := slices.Clone(forwards)
			slices.Reverse(backwards)

			same(t, together(t, dbs, "", func(db *DB, i int) (bool, error) {
				return true, db.MergeNotifications(t.Context(), [][]notification.Notification{forwards, backwards}[i%4/2])
			}), parallel)

			same(t, len(b.texts(t, "+12025550101")), len(forwards))
		})

		t.Run("of messages that are being settled leave each its attempt only", func(t *testing.T) {
			b := newBank(t, dbs[0])
			var attempts, found []notification.Notification
			for range parallel / 2 {
				attempts = append(attempts, b.send("+12025550101"))
				found = append(found, b.found("+12025550101"))
			}

			same(t, together(t, dbs, "", func(db *DB, i int) (bool, error) {
				attempt, n := attempts[i/2], found[i/2]
				if i%2 == i/2%2 { // each half by either process
					return true, db.MergeNotifications(t.Context(), []notification.Notification{n})
				}
				return true, db.SettleNotification(t.Context(), b.ID, attempt.ID,
					notification.Receipt{AccountSID: n.AccountSID, SID: n.SID, From: n.From, Status: "queued"}, now)
			}), parallel)

			texts := b.texts(t, "+12025550101")
			same(t, len(texts), len(attempts))
			for i, attempt := range attempts {
				at := slices.IndexFunc(texts, func(n notification.Notification) bool { return n.ID == attempt.ID })
				if at < 0 {
					t.Fatalf("attempt %d is gone", i)
				}
				same(t, []string{texts[at].SID, texts[at].ProviderStatus}, []string{found[i].SID, "sent"})
			}
		})
	})
}

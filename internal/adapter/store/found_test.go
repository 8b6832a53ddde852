package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// found returns a text as Twilio lists it.
func (b bank) found(to string) notification.Notification {
	n := b.attempt(to)
	n.SID, n.AccountSID, n.UserID, n.From = sid(), "AC1", "", "+12025550190"
	n.ID, n.Kind, n.Body, n.ProviderStatus = n.SID, notification.Alert, "Your balance is low.", "sent"
	n.SentAt = ptr(now.Add(time.Second))
	return n
}

func testFoundMessages(t *testing.T, db *DB) {
	ctx := t.Context()
	numbers := 0
	number := func() string { numbers++; return fmt.Sprintf("+120255501%02d", numbers) }
	harbor, summit := newBank(t, db), newBank(t, db)
	merge := func(t *testing.T, ns ...notification.Notification) {
		t.Helper()
		check(t, db.MergeNotifications(ctx, ns))
	}

	t.Run("are added with every field", func(t *testing.T) {
		n := harbor.found(number())

		merge(t, n)
		merge(t)

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("are there once, however often they are found", func(t *testing.T) {
		n := harbor.found(number())

		merge(t, n, n)
		merge(t, n)

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("go on, and keep date, body and numbers", func(t *testing.T) {
		n := harbor.found(number())
		merge(t, n)
		later := n
		later.ProviderStatus, later.ErrorCode, later.UpdatedAt = "undelivered", 30003, now.Add(time.Minute)
		later.Date, later.Body, later.From, later.SentAt = now.Add(time.Hour), "other", "other", nil

		merge(t, later)

		n.ProviderStatus, n.ErrorCode, n.UpdatedAt = "undelivered", 30003, now.Add(time.Minute)
		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("never go back", func(t *testing.T) {
		n := harbor.found(number())
		n.ProviderStatus = "delivered"
		merge(t, n)

		for _, old := range []string{"queued", "sent", "failed", "a new word"} {
			late := n
			late.ProviderStatus, late.UpdatedAt = old, now.Add(time.Hour)
			merge(t, late)
		}

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("tell what was missing: the sender, the account and why, once", func(t *testing.T) {
		n := harbor.found(number())
		n.From, n.AccountSID, n.ProviderStatus, n.SentAt = "", "", "undelivered", ptr(now)
		merge(t, n)
		n.UpdatedAt = now.Add(time.Minute)
		n.From, n.AccountSID, n.ErrorCode = "+12025550190", "AC1", 30003
		merge(t, n)
		other := n
		other.From, other.AccountSID, other.ErrorCode, other.UpdatedAt, other.SentAt = "+12025550195", "AC2", 30008, now.Add(time.Hour), ptr(now.Add(time.Hour))
		merge(t, other)

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("tell nothing of a text that arrived", func(t *testing.T) {
		n := harbor.found(number())
		n.ProviderStatus = "delivered"
		merge(t, n)
		late := n
		late.ProviderStatus, late.ErrorCode = "undelivered", 30003
		merge(t, late)

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("move the attempt on that has their SID", func(t *testing.T) {
		attempt := harbor.send(number())
		n := harbor.found(attempt.To)
		check(t, db.SettleNotification(ctx, harbor.ID, attempt.ID,
			notification.Receipt{AccountSID: "AC1", SID: n.SID, From: n.From, Status: "queued"}, now))
		n.ProviderStatus, n.UpdatedAt = "delivered", now.Add(time.Minute)

		merge(t, n)

		attempt.SID, attempt.AccountSID, attempt.From = n.SID, "AC1", n.From
		attempt.ProviderStatus, attempt.SentAt, attempt.UpdatedAt = "delivered", n.SentAt, n.UpdatedAt
		same(t, harbor.texts(t, attempt.To), []notification.Notification{attempt})
	})

	for _, test := range []struct{ name, found, receipt, want string }{
		{"with what was found, if that is further on", "delivered", "queued", "delivered"},
		{"with its own status, if that is further on", "queued", "delivered", "delivered"},
		{"with what was found, if both are final", "undelivered", "delivered", "undelivered"},
	} {
		t.Run("before their SID was known are merged into their attempt, "+test.name, func(t *testing.T) {
			attempt := harbor.send(number())
			n := harbor.found(attempt.To)
			n.ProviderStatus, n.ErrorCode = test.found, 7
			merge(t, n)
			same(t, len(harbor.texts(t, attempt.To)), 2)

			check(t, db.SettleNotification(ctx, harbor.ID, attempt.ID,
				notification.Receipt{AccountSID: "AC1", SID: n.SID, From: n.From, Status: test.receipt}, now.Add(time.Minute)))

			attempt.SID, attempt.AccountSID, attempt.From, attempt.SentAt = n.SID, "AC1", n.From, n.SentAt
			attempt.ProviderStatus, attempt.UpdatedAt = test.want, now.Add(time.Minute)
			if test.want == test.found {
				attempt.ErrorCode = 7
			}
			if test.name == "with its own status, if that is further on" {
				attempt.ErrorCode = 0
			}
			same(t, harbor.texts(t, attempt.To), []notification.Notification{attempt})
		})
	}

	t.Run("of another institution's message change nothing there", func(t *testing.T) {
		n := harbor.found(number())
		merge(t, n)
		taken := n
		taken.InstitutionID, taken.ProviderStatus = summit.ID, "delivered"

		wantCode(t, db.MergeNotifications(ctx, []notification.Notification{taken}), fault.Conflict)

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
		same(t, len(summit.texts(t, n.To)), 0)
	})

	t.Run("of which one is refused are none", func(t *testing.T) {
		theirs, ours := harbor.found(number()), summit.found(number())
		merge(t, theirs)
		theirs.InstitutionID = summit.ID

		wantCode(t, db.MergeNotifications(ctx, []notification.Notification{ours, theirs}), fault.Conflict)

		same(t, len(summit.texts(t, ours.To)), 0)
	})
}

func testNotificationPages(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	first, second := "+12025550101", "+447700900104"
	var want []notification.Notification // newest first
	for i := range 20 {
		to := first
		if i%3 == 0 {
			to = second
		}
		n := harbor.found(to)
		n.Date = now.Add(-time.Duration(i/6) * time.Minute) // six at a time
		want = append(want, n)
	}
	for i := range want { // within a moment the greater SID is first
		if i%6 == 0 {
			end := min(i+6, len(want))
			for a, b := i, end-1; a < b; a, b = a+1, b-1 {
				want[a], want[b] = want[b], want[a]
			}
		}
	}
	check(t, db.MergeNotifications(ctx, want))
	harbor.send("+12025550199")

	for size := 1; size <= 21; size += 4 {
		t.Run(fmt.Sprintf("of %d go on where the last ended, over numbers and equal times, while others come", size), func(t *testing.T) {
			q := notification.ListQuery{InstitutionID: harbor.ID, To: []string{first, second}, Limit: size}
			var seen []notification.Notification
			for {
				page, _, err := db.ReadLog(ctx, q)
				check(t, err)
				if len(page) > size {
					t.Fatalf("%d on a page of %d", len(page), size)
				}
				seen = append(seen, page...)
				if len(page) < size || len(seen) > 100 {
					break
				}
				last := page[len(page)-1]
				q.Before, q.BeforeID = last.Date, last.ID

				fresh := harbor.found(first)
				fresh.Date = now.Add(time.Hour)
				check(t, db.MergeNotifications(ctx, []notification.Notification{fresh}))
			}

			same(t, seen, convert(want, asRead))
			_, err := db.sql.Exec(ctx, "", `DELETE FROM notifications WHERE date > ?`, now)
			check(t, err)
		})
	}

	t.Run("of no number are empty", func(t *testing.T) {
		page, _, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: harbor.ID, Limit: 5})

		check(t, err)
		same(t, len(page), 0)
	})

	t.Run("of a number that is asked for twice have each message once", func(t *testing.T) {
		page, _, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: harbor.ID, To: []string{second, second}, Limit: 50})

		check(t, err)
		same(t, len(page), 7)
	})
}

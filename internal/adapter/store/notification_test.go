package store

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/throttle"
)

// attempt returns a text to a number that has not been sent yet.
func (b bank) attempt(to string) notification.Notification {
	return notification.Notification{
		ID: id.New(id.Message), InstitutionID: b.ID, UserID: "usr_anyone", Channel: notification.SMS,
		Kind: notification.VerificationCode, To: to, Body: "Test Bank: •••••• is your code.",
		ProviderStatus: notification.Attempted, Date: now, UpdatedAt: now,
	}
}

// send stores an attempt.
func (b bank) send(to string) notification.Notification {
	b.t.Helper()
	n := b.attempt(to)
	check(b.t, b.db.CreateNotification(b.t.Context(), n))
	return n
}

// texts returns the newest texts to a number.
func (b bank) texts(t testing.TB, to string) []notification.Notification {
	t.Helper()
	var rows []notificationRow
	check(t, b.db.sql.List(t.Context(), &rows, `
		SELECT `+notificationColumns+` FROM notifications WHERE institution_id = ? AND recipient = ? ORDER BY date DESC, id DESC`, b.ID, to))
	return convert(rows, func(r notificationRow) notification.Notification {
		n := r.notification()
		same(t, n.AcceptedAt == nil || n.SID != "", true)
		n.AcceptedAt = nil
		return n
	})
}

// asRead is what a page of the log shows of a text.
func asRead(n notification.Notification) notification.Notification {
	n.InstitutionID, n.UserID, n.AccountSID, n.UpdatedAt = "", "", "", time.Time{}
	return n
}

func sid() string { return fmt.Sprintf("SM%032x", serial.Add(1)) }

func testNotifications(t *testing.T, db *DB) {
	ctx := t.Context()
	numbers := 0
	number := func() string { numbers++; return fmt.Sprintf("+120255501%02d", numbers) }
	harbor, summit := newBank(t, db), newBank(t, db)
	settle := func(t *testing.T, n notification.Notification, r notification.Receipt, at time.Time) {
		t.Helper()
		check(t, db.SettleNotification(ctx, harbor.ID, n.ID, r, at))
	}

	t.Run("come back with every field", func(t *testing.T) {
		n := harbor.attempt(number())
		n.Kind, n.AccountSID, n.SID, n.From = notification.Alert, "AC1", sid(), "+12025550190"
		n.Body = "2026-03-04 05:06:07" // a body that could be taken for a time
		n.ProviderStatus, n.ErrorCode, n.SentAt, n.UpdatedAt = "undelivered", 30003, ptr(now.Add(time.Second)), now.Add(time.Minute)
		n.ValidUntil = ptr(now.Add(time.Hour))
		check(t, db.CreateNotification(ctx, n))

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
		page, _, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: harbor.ID, To: []string{n.To}, Limit: 9})
		check(t, err)
		same(t, page, []notification.Notification{asRead(n)})
	})

	t.Run("unanswered: are the texts that Twilio was asked for and said nothing of", func(t *testing.T) {
		n, answered, refused, call := harbor.send(number()), harbor.attempt(""), harbor.attempt(""), harbor.attempt("")
		answered.To, refused.To, call.To, call.Channel = n.To, n.To, n.To, notification.Voice
		for _, other := range []notification.Notification{answered, refused, call} {
			check(t, db.CreateNotification(ctx, other))
		}
		settle(t, answered, notification.Receipt{SID: sid(), Status: "queued"}, now)
		settle(t, refused, notification.Receipt{Status: "failed", ErrorCode: 21610}, now)

		got, err := db.ListUnanswered(ctx, harbor.ID, n.To, notification.SMS)
		check(t, err)
		same(t, got, []notification.Notification{n})
		got, err = db.ListUnanswered(ctx, summit.ID, n.To, notification.SMS)
		check(t, err)
		same(t, len(got), 0)
	})

	t.Run("unknown: are counted back once when they never left, and move on should they turn up", func(t *testing.T) {
		lost, other, young, mail := harbor.send(number()), harbor.attempt(number()), harbor.attempt(number()), harbor.attempt("ann@customer.example")
		other.Channel, young.Date, mail.Channel = notification.Voice, now.Add(time.Minute), notification.Email
		for _, n := range []notification.Notification{other, young, mail} {
			check(t, db.CreateNotification(ctx, n))
		}
		unknown, err := db.ListUnknown(ctx, now, now)
		check(t, err)
		for _, n := range []notification.Notification{lost, other, young, mail} {
			same(t, slices.Contains(unknown, notification.Unknown{InstitutionID: harbor.ID, To: n.To, Channel: n.Channel}), n.ID == lost.ID || n.ID == other.ID)
		}
		taken, err := db.TakeWindows(ctx, now, []throttle.Window{{Key: "lost", Events: 2, ClosesAt: now.Add(time.Hour)}})
		check(t, err)
		_, err = db.TakeWindows(ctx, now, []throttle.Window{{Key: "lost", Events: 2, ClosesAt: now.Add(time.Hour)}})
		check(t, err)
		check(t, db.CreateAllowance(ctx, lost.ID, taken[0]))

		var settled atomic.Int32
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				ok, err := db.SettleNeverLeft(ctx, lost, now.Add(time.Minute))
				if err != nil {
					t.Error(err)
				}
				if ok {
					settled.Add(1)
				}
			})
		}
		all.Wait()

		same(t, settled.Load(), int32(1))
		left, err := db.ListWindows(ctx, []string{"lost"})
		check(t, err)
		same(t, left[0].Events, 1)
		same(t, harbor.texts(t, lost.To)[0].ProviderStatus, notification.NeverLeft)
		settle(t, lost, notification.Receipt{SID: sid(), Status: "queued"}, now)
		same(t, harbor.texts(t, lost.To)[0].ProviderStatus, "queued")
		ok, err := db.SettleNeverLeft(ctx, lost, now)
		check(t, err)
		same(t, ok, false)
	})

	t.Run("without an answer stay unknown where the accounts changed since", func(t *testing.T) {
		bank := newBank(t, db)
		before, after := bank.attempt(number()), bank.attempt(number())
		after.Date = now.Add(2 * time.Minute)
		for _, n := range []notification.Notification{before, after} {
			check(t, db.CreateNotification(ctx, n))
		}
		check(t, db.HoldProviders(ctx, bank.ID, now.Add(time.Minute)))
		wantCode(t, db.HoldProviders(ctx, id.New(id.Institution), now), fault.NotFound)

		unknown, err := db.ListUnknown(ctx, now.Add(-time.Hour), now.Add(time.Hour))
		check(t, err)
		for n, asked := range map[*notification.Notification]bool{&before: false, &after: true} {
			same(t, slices.Contains(unknown, notification.Unknown{InstitutionID: bank.ID, To: n.To, Channel: n.Channel}), asked)
			settled, err := db.SettleNeverLeft(ctx, *n, now.Add(time.Hour))
			check(t, err)
			same(t, settled, asked)
		}
	})

	t.Run("are found by id and by SID, in their own institution, and no calls", func(t *testing.T) {
		n := harbor.attempt(number())
		n.SID = sid()
		check(t, db.CreateNotification(ctx, n))
		call := harbor.attempt(number())
		call.Channel = notification.Voice
		check(t, db.CreateNotification(ctx, call))

		for _, textID := range []string{n.ID, n.SID} {
			got, err := db.FindText(ctx, harbor.ID, textID)
			check(t, err)
			same(t, got, n)
			_, err = db.FindText(ctx, summit.ID, textID)
			wantCode(t, err, fault.NotFound)
		}
		for _, none := range []string{call.ID, id.New(id.Message), sid(), ""} {
			_, err := db.FindText(ctx, harbor.ID, none)
			wantCode(t, err, fault.NotFound)
		}
	})

	t.Run("of another institution are not listed", func(t *testing.T) {
		n := harbor.send(number())

		page, _, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: summit.ID, To: []string{n.To}, Limit: 9})
		check(t, err)
		same(t, len(page), 0)
	})

	t.Run("by call and mail are never listed", func(t *testing.T) {
		for _, c := range []notification.Channel{notification.Voice, notification.Email} {
			n := harbor.attempt(number())
			n.Channel = c
			check(t, db.CreateNotification(ctx, n))

			page, _, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: harbor.ID, To: []string{n.To}, Limit: 9})
			check(t, err)
			same(t, len(page), 0)
		}
	})

	t.Run("merge: more than a statement takes, each once and as far on as it was seen", func(t *testing.T) {
		to := number()
		var texts []notification.Notification
		for _, status := range []string{"delivered", "sent"} {
			for i := range mergedAtOnce + 1 {
				n := harbor.attempt(to)
				n.SID = fmt.Sprintf("SMmany%d", i)
				n.ID, n.ProviderStatus = n.SID, status
				texts = append(texts, n)
			}
		}

		check(t, db.MergeNotifications(ctx, texts))

		rows := harbor.texts(t, to)
		same(t, len(rows), mergedAtOnce+1)
		for _, n := range rows {
			same(t, n.ProviderStatus, "delivered")
		}
	})

	t.Run("settle: take SID, account, sender and status", func(t *testing.T) {
		n := harbor.send(number())
		n.SID, n.AccountSID, n.From, n.ProviderStatus, n.UpdatedAt = sid(), "AC1", "+12025550190", "queued", now.Add(time.Second)

		settle(t, n, notification.Receipt{AccountSID: "AC1", SID: n.SID, From: n.From, Status: "queued"}, n.UpdatedAt)

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("settle: go on to delivered, and know when they were sent", func(t *testing.T) {
		n := harbor.send(number())
		r := notification.Receipt{AccountSID: "AC1", SID: sid(), From: "+12025550190"}
		for i, status := range []string{"queued", "sending", "sent", "delivered"} {
			r.Status = status
			settle(t, n, r, now.Add(time.Duration(i)*time.Second))
		}

		n.SID, n.AccountSID, n.From, n.ProviderStatus = r.SID, "AC1", r.From, "delivered"
		n.SentAt, n.UpdatedAt = ptr(now.Add(2*time.Second)), now.Add(3*time.Second)
		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("settle: never go back, and a final status stays", func(t *testing.T) {
		for _, final := range []string{"delivered", "undelivered", "failed", "canceled"} {
			n := harbor.send(number())
			r := notification.Receipt{SID: sid(), Status: final, ErrorCode: 30005}
			settle(t, n, r, now.Add(time.Minute))
			want := harbor.texts(t, n.To)

			for _, late := range []string{"queued", "sending", "sent", "delivered", "failed", "undelivered", "a new word", ""} {
				settle(t, n, notification.Receipt{SID: r.SID, Status: late, ErrorCode: 1}, now.Add(time.Hour))
			}

			same(t, harbor.texts(t, n.To), want)
			same(t, want[0].ProviderStatus, final)
			same(t, want[0].ErrorCode, 30005)
		}
	})

	t.Run("settle: take the error of a later report, where none said why", func(t *testing.T) {
		for _, reports := range [][]notification.Receipt{
			{{Status: "undelivered"}, {Status: "undelivered", ErrorCode: 30003}},
			{{Status: "undelivered"}, {Status: "failed", ErrorCode: 30003}},
			{{Status: "failed"}, {Status: "sent"}, {Status: "failed", ErrorCode: 30003}, {Status: "undelivered", ErrorCode: 30008}, {Status: "failed"}},
		} {
			n := harbor.send(number())
			n.SID = sid()
			for i, r := range reports {
				r.SID = n.SID
				settle(t, n, r, now.Add(time.Duration(i)*time.Second))
			}

			got := harbor.texts(t, n.To)[0]
			same(t, got.ErrorCode, 30003)
			same(t, got.ProviderStatus, reports[0].Status)
		}
		n := harbor.send(number())
		n.SID = sid()
		settle(t, n, notification.Receipt{SID: n.SID, Status: "delivered"}, now)
		settle(t, n, notification.Receipt{SID: n.SID, Status: "undelivered", ErrorCode: 30003}, now)
		same(t, harbor.texts(t, n.To)[0].ErrorCode, 0)
	})

	t.Run("settle: have a sent time only if a carrier took them", func(t *testing.T) {
		for status, want := range map[string]bool{
			"queued": false, "sent": true, "delivered": true, "undelivered": true, "failed": false, "canceled": false,
		} {
			n := harbor.send(number())

			settle(t, n, notification.Receipt{SID: sid(), Status: status}, now.Add(time.Minute))

			if got := harbor.texts(t, n.To)[0].SentAt != nil; got != want {
				t.Errorf("%s: sent is %v, want %v", status, got, want)
			}
		}
	})

	t.Run("settle: that the provider refused fail without a SID", func(t *testing.T) {
		n := harbor.send(number())

		settle(t, n, notification.Receipt{Status: "failed", ErrorCode: 21610}, now.Add(time.Second))

		n.ProviderStatus, n.ErrorCode, n.UpdatedAt = "failed", 21610, now.Add(time.Second)
		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("settle: keep account and sender when a report says nothing of them", func(t *testing.T) {
		n := harbor.send(number())
		n.SID, n.AccountSID, n.From, n.ProviderStatus = sid(), "AC1", "+12025550190", "queued"
		settle(t, n, notification.Receipt{AccountSID: "AC1", SID: n.SID, From: n.From, Status: "queued"}, now)

		settle(t, n, notification.Receipt{SID: n.SID, Status: "queued"}, now.Add(time.Minute))
		settle(t, n, notification.Receipt{SID: n.SID, AccountSID: "AC1", From: "other", Status: "queued"}, now.Add(time.Minute))

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("settle: are CONFLICT with the SID of another attempt, which stays as it is", func(t *testing.T) {
		first, second := harbor.send(number()), harbor.send(number())
		r := notification.Receipt{SID: sid(), Status: "queued"}
		settle(t, first, r, now)
		want := harbor.texts(t, first.To)

		wantCode(t, db.SettleNotification(ctx, harbor.ID, second.ID, r, now), fault.Conflict)

		same(t, harbor.texts(t, first.To), want)
		same(t, harbor.texts(t, second.To), []notification.Notification{second})
	})

	t.Run("settle: keep the SID that they have", func(t *testing.T) {
		n := harbor.send(number())
		settle(t, n, notification.Receipt{SID: sid(), Status: "queued"}, now)
		want := harbor.texts(t, n.To)

		err := db.SettleNotification(ctx, harbor.ID, n.ID, notification.Receipt{SID: sid(), Status: "delivered"}, now)

		wantCode(t, err, fault.NotFound)
		same(t, harbor.texts(t, n.To), want)
	})

	t.Run("settle: keep the account that they have, whatever another says of them", func(t *testing.T) {
		n, mine := harbor.send(number()), sid()
		settle(t, n, notification.Receipt{SID: mine, AccountSID: "AC1", Status: "queued"}, now)
		want := harbor.texts(t, n.To)

		for _, r := range []notification.Receipt{{SID: mine, AccountSID: "AC2", Status: "delivered"}, {SID: sid(), AccountSID: "AC2", Status: "delivered"}} {
			wantCode(t, db.SettleNotification(ctx, harbor.ID, n.ID, r, now), fault.NotFound)
		}
		same(t, harbor.texts(t, n.To), want)
		settle(t, n, notification.Receipt{SID: mine, AccountSID: "AC1", Status: "delivered"}, now)
		if got := harbor.texts(t, n.To); got[0].ProviderStatus != "delivered" {
			t.Errorf("its own account says, and it is %+v", got)
		}
	})

	t.Run("settle: believe only the account that was asked, where it did not answer", func(t *testing.T) {
		n, mine := harbor.send(number()), sid()
		check(t, db.SetAsked(ctx, harbor.ID, n.ID, "prv_2"))

		wantCode(t, db.SettleNotification(ctx, harbor.ID, n.ID, notification.Receipt{ProviderID: "prv_1", SID: sid(), AccountSID: "AC1", Status: "delivered"}, now), fault.NotFound)
		if got := harbor.texts(t, n.To); got[0].SID != "" || got[0].ProviderStatus != n.ProviderStatus {
			t.Errorf("another one says it sent it, and it is %+v", got)
		}
		settle(t, n, notification.Receipt{ProviderID: "prv_2", SID: mine, AccountSID: "AC2", Status: "delivered"}, now)
		if got := harbor.texts(t, n.To); got[0].SID != mine || got[0].ProviderStatus != "delivered" {
			t.Errorf("the one that was asked says it sent it, and it is %+v", got)
		}
	})

	t.Run("settle: are NOT_FOUND for another institution, and stay as they are", func(t *testing.T) {
		n := harbor.send(number())

		for _, r := range []notification.Receipt{{SID: sid(), Status: "delivered"}, {Status: "failed"}} {
			wantCode(t, db.SettleNotification(ctx, summit.ID, n.ID, r, now), fault.NotFound)
			wantCode(t, db.SettleNotification(ctx, harbor.ID, id.New(id.Message), r, now), fault.NotFound)
		}

		same(t, harbor.texts(t, n.To), []notification.Notification{n})
	})

	t.Run("refreshed: know the oldest and shallowest reading over numbers", func(t *testing.T) {
		first, second, never := number(), number(), number()
		at := func(d time.Duration, depth int) notification.Refresh {
			return notification.Refresh{At: now.Add(d), Depth: depth}
		}
		check(t, db.SetRefreshed(ctx, harbor.ID, []string{first}, at(0, 9)))
		check(t, db.SetRefreshed(ctx, harbor.ID, []string{first, second}, at(time.Minute, 21)))
		check(t, db.SetRefreshed(ctx, harbor.ID, []string{first}, at(time.Hour, 5)))
		check(t, db.SetRefreshed(ctx, harbor.ID, []string{second}, at(0, 99))) // never back
		check(t, db.SetRefreshed(ctx, summit.ID, []string{never}, at(0, 21)))

		for _, test := range []struct {
			numbers []string
			want    notification.Refresh
		}{
			{[]string{first}, at(time.Hour, 5)},
			{[]string{first, second}, at(time.Minute, 5)},
			{[]string{second, second}, at(time.Minute, 21)},
			{[]string{first, never}, notification.Refresh{}},
			{[]string{never}, notification.Refresh{}},
			{nil, notification.Refresh{}},
		} {
			got, err := db.LastRefreshed(ctx, harbor.ID, test.numbers)

			check(t, err)
			same(t, got, test.want)
			texts, got, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: harbor.ID, To: test.numbers, Limit: 1})
			check(t, err)
			same(t, got, test.want)
			same(t, len(texts), 0)
		}
		check(t, db.SetRefreshed(ctx, harbor.ID, nil, at(0, 1)))
	})
}

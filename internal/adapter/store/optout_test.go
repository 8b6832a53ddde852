package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/profile"
)

const optedOutNumber, firstSender, secondSender = "+12025550101", "+12025550190", "+12025550191"

func TestOptOuts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		for _, test := range []struct {
			name string
			acts func(b bank)
			want *notification.OptOut
		}{
			{"nobody opted out", func(bank) {}, nil},
			{"STOP, the second of the same changes nothing", func(b bank) {
				b.stop(t, firstSender, now)
				b.stop(t, firstSender, now.Add(time.Hour))
			}, &notification.OptOut{Sender: firstSender, Since: now, LearnedBy: notification.ByStop}},
			{"STOP to another sender", func(b bank) {
				b.stop(t, firstSender, now)
				b.stop(t, secondSender, now.Add(time.Hour))
			}, &notification.OptOut{Sender: secondSender, Since: now.Add(time.Hour), LearnedBy: notification.ByStop}},
			{"START ends it, twice", func(b bank) {
				b.stop(t, firstSender, now)
				check(t, db.ClearOptOut(ctx, b.ID, optedOutNumber, firstSender))
				check(t, db.ClearOptOut(ctx, b.ID, optedOutNumber, firstSender))
			}, nil},
			{"START to another sender does not end it", func(b bank) {
				b.stop(t, firstSender, now)
				check(t, db.ClearOptOut(ctx, b.ID, optedOutNumber, secondSender))
			}, &notification.OptOut{Sender: firstSender, Since: now, LearnedBy: notification.ByStop}},
			{"a refusal makes it known", func(b bank) {
				b.settle(t, notification.SMS, now, notification.Receipt{From: firstSender, Status: "failed", ErrorCode: notification.OptedOutCode})
			}, &notification.OptOut{Sender: firstSender, Since: now, LearnedBy: notification.ByRefusal}},
			{"a refusal after STOP tells nothing new", func(b bank) {
				b.stop(t, firstSender, now.Add(-time.Hour))
				b.settle(t, notification.SMS, now, notification.Receipt{From: firstSender, Status: "failed", ErrorCode: notification.OptedOutCode})
			}, &notification.OptOut{Sender: firstSender, Since: now.Add(-time.Hour), LearnedBy: notification.ByStop}},
			{"a refusal without a sender is of who texted last", func(b bank) {
				b.settle(t, notification.SMS, now, notification.Receipt{SID: sid(), From: secondSender, Status: "queued", Accepted: true})
				b.settle(t, notification.SMS, now.Add(time.Minute), notification.Receipt{Status: "failed", ErrorCode: notification.OptedOutCode})
			}, &notification.OptOut{Sender: secondSender, Since: now.Add(time.Minute), LearnedBy: notification.ByRefusal}},
			{"a refusal of nobody knows whom, which START to any ends", func(b bank) {
				b.settle(t, notification.SMS, now, notification.Receipt{Status: "failed", ErrorCode: notification.OptedOutCode})
				check(t, db.ClearOptOut(ctx, b.ID, optedOutNumber, secondSender))
			}, nil},
			{"another refusal tells nothing", func(b bank) {
				b.settle(t, notification.SMS, now, notification.Receipt{From: firstSender, Status: "failed", ErrorCode: 21211})
			}, nil},
			{"a report that comes again after START", func(b bank) {
				r := notification.Receipt{SID: sid(), From: firstSender, Status: "undelivered", ErrorCode: notification.OptedOutCode}
				n := b.settle(t, notification.SMS, now, r)
				check(t, db.ClearOptOut(ctx, b.ID, optedOutNumber, firstSender))
				check(t, db.SettleNotification(ctx, b.ID, n.ID, r, now))
			}, nil},
			{"a report that says why later", func(b bank) {
				r := notification.Receipt{SID: sid(), From: firstSender, Status: "undelivered"}
				n := b.settle(t, notification.SMS, now, r)
				r.ErrorCode = notification.OptedOutCode
				check(t, db.SettleNotification(ctx, b.ID, n.ID, r, now.Add(time.Minute)))
			}, &notification.OptOut{Sender: firstSender, Since: now.Add(time.Minute), LearnedBy: notification.ByRefusal}},
			{"an accepted text ends it", func(b bank) {
				b.stop(t, firstSender, now.Add(-time.Hour))
				b.settle(t, notification.SMS, now, notification.Receipt{SID: sid(), From: firstSender, Status: "queued", Accepted: true})
			}, nil},
			{"an accepted call does not", func(b bank) {
				b.stop(t, firstSender, now.Add(-time.Hour))
				b.settle(t, notification.Voice, now, notification.Receipt{SID: sid(), From: firstSender, Status: "queued", Accepted: true})
			}, &notification.OptOut{Sender: firstSender, Since: now.Add(-time.Hour), LearnedBy: notification.ByStop}},
			{"a text of before STOP does not, whose answer comes late", func(b bank) {
				b.stop(t, firstSender, now.Add(time.Second))
				b.settle(t, notification.SMS, now, notification.Receipt{SID: sid(), From: firstSender, Status: "queued", Accepted: true})
			}, &notification.OptOut{Sender: firstSender, Since: now.Add(time.Second), LearnedBy: notification.ByStop}},
			{"a report does not", func(b bank) {
				b.stop(t, firstSender, now.Add(-time.Hour))
				b.settle(t, notification.SMS, now, notification.Receipt{SID: sid(), From: firstSender, Status: "delivered"})
			}, &notification.OptOut{Sender: firstSender, Since: now.Add(-time.Hour), LearnedBy: notification.ByStop}},
		} {
			t.Run(test.name, func(t *testing.T) {
				harbor, summit := newBank(t, db), newBank(t, db)
				owner := harbor.user()
				p, other := harbor.phone(owner, optedOutNumber), summit.phone(summit.user(), optedOutNumber)

				test.acts(harbor)

				found, err := db.FindDevice(ctx, harbor.ID, p.ID)
				check(t, err)
				same(t, found.(*device.Phone).OptedOut, test.want)
				for parts, want := range map[profile.Parts]*notification.OptOut{profile.OptOuts: test.want, profile.Details: nil} {
					row, err := db.FindProfile(ctx, harbor.ID, owner.ID, profile.Devices|parts)
					check(t, err)
					same(t, row.Devices[0].(*device.Phone).OptedOut, want)
				}
				found, err = db.FindDevice(ctx, summit.ID, other.ID)
				check(t, err)
				same(t, found.(*device.Phone).OptedOut, (*notification.OptOut)(nil))
			})
		}
	})
}

// stop plays STOP from the number.
func (b bank) stop(t *testing.T, sender string, at time.Time) {
	t.Helper()
	check(t, b.db.SetOptOut(t.Context(), b.ID, optedOutNumber, notification.OptOut{Sender: sender, Since: at, LearnedBy: notification.ByStop}))
}

// settle plays an attempt to reach the number, with what came of it.
func (b bank) settle(t *testing.T, c notification.Channel, at time.Time, r notification.Receipt) notification.Notification {
	t.Helper()
	n := b.attempt(optedOutNumber)
	n.Channel, n.Date, n.UpdatedAt = c, at, at
	check(t, b.db.CreateNotification(t.Context(), n))
	check(t, b.db.SettleNotification(t.Context(), b.ID, n.ID, r, at))
	return n
}

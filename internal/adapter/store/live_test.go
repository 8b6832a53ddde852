package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/notification"
)

// Whoever watches is told of each text that was made or changed and is somebody's, once
// that is committed.
func TestWatchChanges(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		var told []live.Change
		db.WatchChanges(func(c live.Change) { told = append(told, c) })
		b := newBank(t, db)
		n := b.send("+12025550101")
		n.UserID = b.user().ID
		n.ID = "msg_of_a_user"
		settle := func(r notification.Receipt) error {
			return db.SettleNotification(t.Context(), b.ID, n.ID, r, now.Add(time.Second))
		}
		told = nil
		found := b.found("+12025550101")
		for _, step := range []struct {
			name  string
			do    func() error
			tells bool
		}{
			{"made", func() error { return db.CreateNotification(t.Context(), n) }, true},
			{"somebody else's", func() error { b.send("+12025550102"); return nil }, false},
			{"found, of nobody", func() error { return db.MergeNotifications(t.Context(), []notification.Notification{found}) }, false},
			{"accepted, and it is the one that was found", func() error { return settle(notification.Receipt{SID: found.SID, Status: "queued"}) }, true},
			{"merged as it was", func() error { return db.MergeNotifications(t.Context(), []notification.Notification{found}) }, false},
			{"merged further on", func() error {
				further := found
				further.ProviderStatus = "delivered"
				return db.MergeNotifications(t.Context(), []notification.Notification{further})
			}, true},
			{"undone", func() error {
				undo := errors.New("undo")
				err := db.InTx(t.Context(), func(ctx context.Context) error {
					check(t, db.SettleNotification(ctx, b.ID, n.ID, notification.Receipt{SID: found.SID, Status: "read"}, now))
					return undo
				})
				if !errors.Is(err, undo) {
					return err
				}
				return nil
			}, false},
			{"of another bank", func() error {
				_ = db.SettleNotification(t.Context(), newBank(t, db).ID, n.ID, notification.Receipt{Status: "read"}, now)
				return nil
			}, false},
		} {
			told = nil
			check(t, step.do())
			told = slices.DeleteFunc(told, func(c live.Change) bool { return c.UserID != n.UserID })
			var want []live.Change
			if step.tells {
				want = []live.Change{{Topic: live.Topic{InstitutionID: b.ID, UserID: n.UserID, Kind: live.Notifications}, ID: n.ID}}
			}
			if !slices.Equal(told, want) {
				t.Errorf("%s tells %v, not %v", step.name, told, want)
			}
		}
	})
}

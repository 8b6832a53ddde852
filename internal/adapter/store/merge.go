package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// mergedAtOnce is how many texts one statement merges. Both databases bound the
// values of a statement; the lower bound is 32,766.
const mergedAtOnce = 1000

// MergeNotifications implements notification.Store.
func (db *DB) MergeNotifications(ctx context.Context, ns []notification.Notification) error {
	rows := mergeable(ns)
	if len(rows) == 0 {
		return nil
	}
	// PostgreSQL looks for the key of the conflict first and writes the other, the
	// id, before it: a row that another merge adds in between is a CONFLICT, and is
	// found the next time.
	for tries := 5; ; tries-- {
		if err := db.merge(ctx, rows); fault.CodeOf(err) != fault.Conflict || tries == 0 {
			return err
		}
	}
}

// mergeNotification moves a row on, or fills in what it lacks: its sender, which a
// messaging service chooses late, and why it did not arrive.
const (
	further     = `excluded.status_rank > notifications.status_rank`
	saysSender  = `notifications.sender = '' AND excluded.sender <> ''`
	saysAccount = `notifications.account_sid = '' AND excluded.account_sid <> ''`
	saysPrice   = `notifications.price = '' AND excluded.price <> ''`
	saysWhy     = `notifications.error_code = 0 AND excluded.error_code <> 0
		AND notifications.provider_status IN ` + notDelivered + ` AND excluded.provider_status IN ` + notDelivered
	mergeNotification = `
		ON CONFLICT (institution_id, sid) DO UPDATE SET
		  provider_status = CASE WHEN ` + further + ` THEN excluded.provider_status ELSE notifications.provider_status END,
		  status_rank = CASE WHEN ` + further + ` THEN excluded.status_rank ELSE notifications.status_rank END,
		  error_code = CASE WHEN ` + further + ` OR ` + saysWhy + ` THEN excluded.error_code ELSE notifications.error_code END,
		  sender = CASE WHEN ` + saysSender + ` THEN excluded.sender ELSE notifications.sender END,
		  account_sid = CASE WHEN ` + saysAccount + ` THEN excluded.account_sid ELSE notifications.account_sid END,
		  sent_at = CASE WHEN ` + further + ` THEN COALESCE(excluded.sent_at, notifications.sent_at) ELSE notifications.sent_at END,
		  price = CASE WHEN ` + saysPrice + ` THEN excluded.price ELSE notifications.price END,
		  segments = CASE WHEN excluded.segments > 0 THEN excluded.segments ELSE notifications.segments END,
		  updated_at = CASE WHEN ` + further + ` OR ` + saysWhy + ` THEN excluded.updated_at ELSE notifications.updated_at END
		WHERE ` + further + ` OR ` + saysSender + ` OR ` + saysAccount + ` OR ` + saysPrice + ` OR ` + saysWhy
)

func (db *DB) merge(ctx context.Context, rows []notificationRow) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		for some := range slices.Chunk(rows, mergedAtOnce) {
			told := func(row sentRow) { db.sent(ctx, row) }
			if err := sqldb.InsertReturning(ctx, db.sql, told, insertNotifications+mergeNotification+returningSent, some...); err != nil {
				return err
			}
		}
		return nil
	})
}

// mergeable returns each message once, as far on as it has been seen, because one
// statement may not change a row twice; and in one order everywhere, or two
// merges could wait for each other.
func mergeable(ns []notification.Notification) []notificationRow {
	rows := convert(ns, notificationRowOf)
	slices.SortStableFunc(rows, func(a, b notificationRow) int {
		return cmp.Or(cmp.Compare(a.InstitutionID, b.InstitutionID), cmp.Compare(value(a.SID), value(b.SID)), cmp.Compare(b.StatusRank, a.StatusRank),
			cmp.Compare(b.ErrorCode, a.ErrorCode), cmp.Compare(b.Sender, a.Sender))
	})
	return slices.CompactFunc(rows, func(a, b notificationRow) bool {
		return a.InstitutionID == b.InstitutionID && a.SID != nil && value(a.SID) == value(b.SID)
	})
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/throttle"
)

// unanswered is as the index has it.
const unanswered = `provider_status = '` + notification.Attempted + `'`

// askable is what was attempted through the accounts that there are: another may have it
// where they changed since.
const askable = `NOT EXISTS (SELECT 1 FROM institutions i WHERE i.id = notifications.institution_id AND i.providers_changed_at >= notifications.date)`

// ListUnknown implements notification.Store.
func (db *DB) ListUnknown(ctx context.Context, since, until time.Time) ([]notification.Unknown, error) {
	var rows []struct {
		InstitutionID string `db:"institution_id"`
		Recipient     string `db:"recipient"`
		Channel       string `db:"channel"`
	}
	err := db.sql.List(ctx, &rows, `
		SELECT DISTINCT institution_id, recipient, channel FROM notifications
		WHERE `+unanswered+` AND date >= ? AND date <= ? AND sid IS NULL AND channel IN (?, ?) AND `+askable, since, until, notification.SMS, notification.Voice)
	unknown := make([]notification.Unknown, len(rows))
	for i, r := range rows {
		unknown[i] = notification.Unknown{InstitutionID: r.InstitutionID, To: r.Recipient, Channel: notification.Channel(r.Channel)}
	}
	return unknown, err
}

// CreateAllowance implements notification.Store.
func (db *DB) CreateAllowance(ctx context.Context, attemptID string, counted throttle.Counted) error {
	_, err := db.sql.Exec(ctx, "allowance", `INSERT INTO send_allowances (notification_id, key, closes_at) VALUES (?, ?, ?)`,
		attemptID, counted.Key, counted.ClosesAt)
	return err
}

// SettleNeverLeft implements notification.Store. Whoever changes the row gives back.
func (db *DB) SettleNeverLeft(ctx context.Context, n notification.Notification, at time.Time) (ok bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context) error {
		ok, err = db.sql.Once(ctx, `
			UPDATE notifications SET provider_status = ?, updated_at = ? WHERE id = ? AND institution_id = ? AND sid IS NULL AND `+unanswered+` AND `+askable,
			notification.NeverLeft, at, n.ID, n.InstitutionID)
		if err != nil || !ok {
			return err
		}
		var rows []windowRow
		if err := db.sql.List(ctx, &rows, `DELETE FROM send_allowances WHERE notification_id = ? RETURNING key, closes_at`, n.ID); err != nil || len(rows) == 0 {
			return err
		}
		return db.ReturnWindows(ctx, at, convert(rows, windowRow.counted))
	})
	return ok && err == nil, err
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
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

// mostFollowed bounds what one look of the chore asks for; the next goes on.
const mostFollowed = 500

// ListUnfinished implements notification.Store. What is found at Twilio, whose id is its
// SID, is no message of ours.
func (db *DB) ListUnfinished(ctx context.Context, since, unasked, askedOnce time.Time) ([]notification.Unfinished, error) {
	var rows []struct {
		ID            string `db:"id"`
		SID           string `db:"sid"`
		InstitutionID string `db:"institution_id"`
		Recipient     string `db:"recipient"`
		Channel       string `db:"channel"`
	}
	err := db.sql.List(ctx, &rows, `
		SELECT id, sid, institution_id, recipient, channel FROM notifications
		WHERE status_rank < 4 AND looks < 2 AND sid IS NOT NULL AND date >= ? AND (looks = 0 AND date <= ? OR looks = 1 AND date <= ?)
		  AND sid <> id AND channel IN (?, ?) AND `+askable+` ORDER BY date, id LIMIT ?`,
		since, unasked, askedOnce, notification.SMS, notification.Voice, mostFollowed)
	unfinished := make([]notification.Unfinished, len(rows))
	for i, r := range rows {
		unfinished[i] = notification.Unfinished{
			Unknown: notification.Unknown{InstitutionID: r.InstitutionID, To: r.Recipient, Channel: notification.Channel(r.Channel)}, ID: r.ID, SID: r.SID,
		}
	}
	return unfinished, err
}

// ListUnexplained implements notification.Store.
func (db *DB) ListUnexplained(ctx context.Context, since time.Time) ([]notification.Unexplained, error) {
	type row struct {
		InstitutionID string `db:"institution_id"`
		ID            string `db:"id"`
		SID           string `db:"sid"`
		AccountSID    string `db:"account_sid"`
	}
	return sqldb.Read(ctx, db.sql, func(r row) notification.Unexplained { return notification.Unexplained(r) }, `
		SELECT institution_id, id, sid, account_sid FROM notifications
		WHERE channel = 'VOICE' AND provider_status = 'failed' AND error_code = 0 AND looks = 0 AND sid IS NOT NULL AND date >= ?
		ORDER BY date LIMIT ?`, since, mostExplained)
}

// mostExplained bounds what one look of the chore asks for, a request each.
const mostExplained = 20

// Looked implements notification.Store.
func (db *DB) Looked(ctx context.Context, institutionID string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := db.sql.Exec(ctx, "message", `UPDATE notifications SET looks = looks + 1 WHERE institution_id = ? AND id IN (?)`, institutionID, ids)
	return err
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
		db.sent(ctx, sentRow{n.ID, n.InstitutionID, n.UserID, string(n.Channel), string(n.Purpose)})
		var rows []windowRow
		if err := db.sql.List(ctx, &rows, `DELETE FROM send_allowances WHERE notification_id = ? RETURNING key, closes_at`, n.ID); err != nil || len(rows) == 0 {
			return err
		}
		return db.ReturnWindows(ctx, at, convert(rows, windowRow.counted))
	})
	return ok && err == nil, err
}

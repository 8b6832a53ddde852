package store

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/notification"
)

type notificationRow struct {
	ID             string     `db:"id"`
	InstitutionID  string     `db:"institution_id"`
	UserID         string     `db:"user_id"`
	Channel        string     `db:"channel"`
	Kind           string     `db:"kind"`
	AccountSID     string     `db:"account_sid"`
	SID            *string    `db:"sid"`
	Recipient      string     `db:"recipient"`
	Sender         string     `db:"sender"`
	Body           string     `db:"body"`
	ProviderStatus string     `db:"provider_status"`
	StatusRank     int        `db:"status_rank"`
	ErrorCode      int        `db:"error_code"`
	Date           time.Time  `db:"date"`
	SentAt         *time.Time `db:"sent_at"`
	UpdatedAt      time.Time  `db:"updated_at"`
}

const notificationColumns = `id, institution_id, user_id, channel, kind, account_sid, sid, recipient, sender, body,
	provider_status, status_rank, error_code, date, sent_at, updated_at`

const insertNotification = `INSERT INTO notifications (` + notificationColumns + `)
	VALUES (:id, :institution_id, :user_id, :channel, :kind, :account_sid, :sid, :recipient, :sender, :body,
	  :provider_status, :status_rank, :error_code, :date, :sent_at, :updated_at) `

func notificationRowOf(n notification.Notification) notificationRow {
	r := notificationRow{
		ID: n.ID, InstitutionID: n.InstitutionID, UserID: n.UserID, Channel: string(n.Channel), Kind: string(n.Kind),
		AccountSID: n.AccountSID, Recipient: n.To, Sender: n.From, Body: n.Body,
		ProviderStatus: n.ProviderStatus, StatusRank: notification.Rank(n.ProviderStatus), ErrorCode: n.ErrorCode,
		Date: n.Date, SentAt: n.SentAt, UpdatedAt: n.UpdatedAt,
	}
	if n.SID != "" {
		r.SID = &n.SID
	}
	return r
}

func (r notificationRow) notification() notification.Notification {
	return notification.Notification{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Channel: notification.Channel(r.Channel),
		Kind: notification.Kind(r.Kind), AccountSID: r.AccountSID, SID: value(r.SID), To: r.Recipient, From: r.Sender, Body: r.Body,
		ProviderStatus: r.ProviderStatus, ErrorCode: r.ErrorCode, Date: r.Date, SentAt: r.SentAt, UpdatedAt: r.UpdatedAt,
	}
}

// CreateNotification implements notification.Store.
func (db *DB) CreateNotification(ctx context.Context, n notification.Notification) error {
	return db.insert(ctx, "notification", insertNotification, notificationRowOf(n))
}

// SettleNotification implements notification.Store.
func (db *DB) SettleNotification(ctx context.Context, institutionID, attemptID string, r notification.Receipt, at time.Time) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		r, sentAt, err := db.absorbFound(ctx, institutionID, attemptID, r, at)
		if err != nil {
			return err
		}
		if r.SID != "" {
			n, err := db.exec(ctx, "notification", `
				UPDATE notifications SET sid = ?, account_sid = ?, sender = CASE WHEN sender = '' THEN ? ELSE sender END
				WHERE id = ? AND institution_id = ? AND (sid IS NULL OR sid = ?)`,
				r.SID, r.AccountSID, r.From, attemptID, institutionID, r.SID)
			if err := missing("message", n, err); err != nil {
				return err
			}
		}
		rank := notification.Rank(r.Status)
		_, err = db.exec(ctx, "notification", `
			UPDATE notifications SET provider_status = ?, status_rank = ?, error_code = ?, updated_at = ?, sent_at = COALESCE(sent_at, ?)
			WHERE id = ? AND institution_id = ? AND status_rank < ?`,
			r.Status, rank, r.ErrorCode, at, sentAt, attemptID, institutionID, rank)
		return err
	})
}

// absorbFound removes the row that a look at Twilio made of the same message
// before its SID was known here, and gives whichever status is further on.
func (db *DB) absorbFound(ctx context.Context, institutionID, attemptID string, r notification.Receipt, at time.Time) (notification.Receipt, *time.Time, error) {
	var sentAt *time.Time
	if notification.Rank(r.Status) >= notification.Rank("sent") && r.SID != "" {
		sentAt = &at
	}
	if r.SID == "" {
		return r, sentAt, nil
	}
	var found notificationRow
	err := db.get(ctx, "notification", &found, `
		DELETE FROM notifications WHERE institution_id = ? AND sid = ? AND id <> ? RETURNING `+notificationColumns,
		institutionID, r.SID, attemptID)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return r, sentAt, nil
	case err != nil:
		return r, nil, err
	}
	if found.StatusRank >= notification.Rank(r.Status) {
		r.Status, r.ErrorCode = found.ProviderStatus, found.ErrorCode
	}
	return r, cmp.Or(found.SentAt, sentAt), nil
}

// MergeNotifications implements notification.Store.
func (db *DB) MergeNotifications(ctx context.Context, ns []notification.Notification) error {
	if len(ns) == 0 {
		return nil
	}
	return db.InTx(ctx, func(ctx context.Context) error {
		for _, n := range ns {
			if err := db.insert(ctx, "notification", insertNotification+`
				ON CONFLICT (institution_id, sid) DO UPDATE SET
				  provider_status = excluded.provider_status, status_rank = excluded.status_rank, error_code = excluded.error_code,
				  sent_at = COALESCE(excluded.sent_at, notifications.sent_at), updated_at = excluded.updated_at
				WHERE excluded.status_rank > notifications.status_rank`, notificationRowOf(n)); err != nil {
				return err
			}
		}
		return nil
	})
}

// ListNotifications implements notification.Store. Each number's page is read
// off the index, and the pages are merged.
func (db *DB) ListNotifications(ctx context.Context, q notification.ListQuery) ([]notification.Notification, error) {
	if len(q.To) == 0 {
		return nil, nil
	}
	page := `SELECT * FROM (SELECT ` + notificationColumns + ` FROM notifications
		WHERE institution_id = ? AND recipient = ? AND channel = ?`
	if !q.Before.IsZero() {
		page += ` AND (date, id) < (?, ?)`
	}
	page += ` ORDER BY date DESC, id DESC LIMIT ?) AS one`
	var args []any
	for _, to := range q.To {
		args = append(args, q.InstitutionID, to, notification.SMS)
		if !q.Before.IsZero() {
			args = append(args, q.Before, q.BeforeID)
		}
		args = append(args, q.Limit)
	}
	query := page + strings.Repeat(` UNION ALL `+page, len(q.To)-1)
	var rows []notificationRow
	err := db.list(ctx, &rows, `SELECT * FROM (`+query+`) AS every ORDER BY date DESC, id DESC LIMIT ?`, append(args, q.Limit)...)
	return convert(rows, notificationRow.notification), err
}

// SetRefreshed implements notification.Store.
func (db *DB) SetRefreshed(ctx context.Context, institutionID string, numbers []string, at time.Time) error {
	for _, number := range numbers {
		if _, err := db.exec(ctx, "number", `
			INSERT INTO notification_refreshes (institution_id, recipient, refreshed_at) VALUES (?, ?, ?)
			ON CONFLICT (institution_id, recipient) DO UPDATE SET refreshed_at = excluded.refreshed_at
			WHERE excluded.refreshed_at > notification_refreshes.refreshed_at`, institutionID, number, at); err != nil {
			return err
		}
	}
	return nil
}

// LastRefreshed implements notification.Store.
func (db *DB) LastRefreshed(ctx context.Context, institutionID string, numbers []string) (time.Time, error) {
	var times []time.Time
	err := db.list(ctx, &times, `
		SELECT refreshed_at FROM notification_refreshes WHERE institution_id = ? AND recipient IN (?)
		ORDER BY refreshed_at`, institutionID, numbers)
	if err != nil || len(times) < len(numbers) {
		return time.Time{}, err
	}
	return times[0], nil
}

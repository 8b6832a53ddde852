package store

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// SettleNotification implements notification.Store.
func (db *DB) SettleNotification(ctx context.Context, institutionID, attemptID string, r notification.Receipt, at time.Time) error {
	settle := func() error {
		return db.InTx(ctx, func(ctx context.Context) error { return db.settle(ctx, institutionID, attemptID, r, at) })
	}
	err := settle()
	if fault.CodeOf(err) == fault.Conflict && !db.WithinTx(ctx) {
		// A merge has just added the row of this SID: now it can be absorbed.
		return settle()
	}
	return err
}

func (db *DB) settle(ctx context.Context, institutionID, attemptID string, r notification.Receipt, at time.Time) error {
	r, sentAt, err := db.absorbFound(ctx, institutionID, r, at)
	if err != nil {
		return err
	}
	var accepted *time.Time
	if r.SID != "" {
		accepted = &at
	}
	from := r.From
	if r.SID == "" && undelivered(r.Status) { // whom it would have come from tells who was refused, and no more
		from = ""
	}
	row, err := sqldb.Find[settledRow](ctx, db.sql, "message", fillIn+returningSettled,
		nullString(r.SID), accepted, r.AccountSID, r.ProviderID, from, r.AnsweredBy, r.SIPCode, r.Segments, r.Segments, r.Price, r.Price,
		attemptID, institutionID, nullString(r.SID), r.AccountSID, r.AccountSID, r.ProviderID, r.ProviderID)
	if err != nil {
		return err
	}
	if err := db.addReported(ctx, institutionID, attemptID, r, at); err != nil {
		return err
	}
	db.sent(ctx, row.sentRow)
	if row.OptedOut && r.Accepted && !undelivered(r.Status) {
		if err := db.optedIn(ctx, attemptID); err != nil {
			return err
		}
	}
	rank := notification.Rank(r.Status)
	moved, err := db.sql.Exec(ctx, "message", `
		UPDATE notifications SET provider_status = ?, status_rank = ?, error_code = ?, updated_at = ?, sent_at = COALESCE(sent_at, ?)
		WHERE id = ? AND institution_id = ? AND status_rank < ?`,
		r.Status, rank, r.ErrorCode, at, sentAt, attemptID, institutionID, rank)
	if err != nil || r.ErrorCode == 0 || !undelivered(r.Status) {
		return err
	}
	if moved == 0 { // a later report may be the first to say why
		moved, err = db.sayWhy(ctx, institutionID, attemptID, r, at)
	}
	if err != nil || moved == 0 || r.ErrorCode != notification.OptedOutCode {
		return err
	}
	return db.optedOut(ctx, attemptID, r.From, at)
}

// sayWhy writes down why a message did not arrive of which that alone is known.
func (db *DB) sayWhy(ctx context.Context, institutionID, attemptID string, r notification.Receipt, at time.Time) (int64, error) {
	return db.sql.Exec(ctx, "message", `
		UPDATE notifications SET error_code = ?, updated_at = ?
		WHERE id = ? AND institution_id = ? AND error_code = 0 AND provider_status IN `+notDelivered,
		r.ErrorCode, at, attemptID, institutionID)
}

// fillIn writes what an attempt's row lacks, which may come in any order.
const fillIn = `
	UPDATE notifications SET sid = COALESCE(sid, ?), accepted_at = COALESCE(accepted_at, ?),
	  account_sid = CASE WHEN account_sid = '' THEN ? ELSE account_sid END,
	  provider_id = CASE WHEN provider_id = '' THEN ? ELSE provider_id END,
	  sender = CASE WHEN sender = '' THEN ? ELSE sender END,
	  answered_by = CASE WHEN answered_by = '' THEN ? ELSE answered_by END,
	  sip_code = CASE WHEN sip_code = 0 THEN ? ELSE sip_code END,
	  segments = CASE WHEN ? > 0 THEN ? ELSE segments END,
	  price = CASE WHEN ? <> '' THEN ? ELSE price END
	WHERE id = ? AND institution_id = ? AND (sid IS NULL OR sid = COALESCE(?, sid))
	  AND (account_sid = '' OR ? = '' OR account_sid = ?) AND (provider_id = '' OR ? = '' OR provider_id = ?)`

// notDelivered are the words for what did not arrive, which an error code explains.
const notDelivered = `('undelivered', 'failed')`

func undelivered(providerStatus string) bool {
	return strings.Contains(notDelivered, "'"+providerStatus+"'")
}

// absorbFound removes the row that a look at Twilio made of the same message
// before its SID was known here, and returns whichever status is further on, and
// when the carrier took the message.
func (db *DB) absorbFound(ctx context.Context, institutionID string, r notification.Receipt, at time.Time) (notification.Receipt, *time.Time, error) {
	if r.SID == "" {
		return r, nil, nil
	}
	var sentAt *time.Time
	switch r.Status {
	case "sent", "delivered", "undelivered", "partially_delivered", "read":
		sentAt = &at
	}
	found, err := sqldb.Find[notificationRow](ctx, db.sql, "message", `
		DELETE FROM notifications WHERE id = ? AND sid = ? AND institution_id = ? RETURNING `+notificationColumns,
		r.SID, r.SID, institutionID)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return r, sentAt, nil
	case err != nil:
		return r, nil, err
	}
	r.AccountSID, r.From = cmp.Or(r.AccountSID, found.AccountSID), cmp.Or(r.From, found.Sender)
	r.Segments, r.Price = cmp.Or(r.Segments, found.Segments), cmp.Or(r.Price, found.Price)
	if undelivered(r.Status) && undelivered(found.ProviderStatus) {
		r.ErrorCode, found.ErrorCode = cmp.Or(r.ErrorCode, found.ErrorCode), cmp.Or(found.ErrorCode, r.ErrorCode)
	}
	if found.StatusRank >= notification.Rank(r.Status) {
		r.Status, r.ErrorCode = found.ProviderStatus, found.ErrorCode
	}
	return r, cmp.Or(found.SentAt, sentAt), nil
}

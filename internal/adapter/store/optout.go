package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/notification"
)

type optOutRow struct {
	InstitutionID string    `db:"institution_id"`
	Number        string    `db:"number"`
	Sender        string    `db:"sender"`
	Since         time.Time `db:"since"`
	LearnedBy     string    `db:"learned_by"`
}

// SetOptOut implements notification.Store.
func (db *DB) SetOptOut(ctx context.Context, institutionID, number string, o notification.OptOut) error {
	return sqldb.Insert(ctx, db.sql, "opt-out", `INSERT INTO opt_outs VALUES (?)
		ON CONFLICT (institution_id, number) DO UPDATE
		SET sender = excluded.sender, since = excluded.since, learned_by = excluded.learned_by
		WHERE opt_outs.sender <> excluded.sender OR opt_outs.learned_by <> excluded.learned_by`,
		optOutRow{institutionID, number, o.Sender, o.Since, string(o.LearnedBy)})
}

// ClearOptOut implements notification.Store.
func (db *DB) ClearOptOut(ctx context.Context, institutionID, number, sender string) error {
	_, err := db.sql.Exec(ctx, "opt-out", `
		DELETE FROM opt_outs WHERE institution_id = ? AND number = ? AND (sender = ? OR learned_by = ?)`,
		institutionID, number, sender, notification.ByRefusal)
	return err
}

// settledRow says whose message a statement settled, and whether its number was opted out
// when it was sent.
type settledRow struct {
	sentRow
	OptedOut bool `db:"opted_out"`
}

const returningSettled = returningSent + `, EXISTS (SELECT 1 FROM opt_outs o
	WHERE o.institution_id = notifications.institution_id AND o.number = notifications.recipient
	  AND notifications.channel = 'SMS' AND o.since <= notifications.date) AS opted_out`

// optedIn writes down that a text was accepted by a number that was opted out when it was
// sent.
func (db *DB) optedIn(ctx context.Context, attemptID string) error {
	_, err := db.sql.Exec(ctx, "opt-out", `
		DELETE FROM opt_outs WHERE EXISTS (SELECT 1 FROM notifications n
		  WHERE n.id = ? AND n.institution_id = opt_outs.institution_id AND n.recipient = opt_outs.number AND opt_outs.since <= n.date)`, attemptID)
	return err
}

// optedOut writes down that a text was refused because its recipient has opted out. Where the
// sender is not known it is who texted the number last.
func (db *DB) optedOut(ctx context.Context, attemptID, sender string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "opt-out", `
		INSERT INTO opt_outs (institution_id, number, sender, since, learned_by)
		SELECT n.institution_id, n.recipient, COALESCE(NULLIF(?, ''), (SELECT last.sender FROM notifications last
		    WHERE last.institution_id = n.institution_id AND last.recipient = n.recipient AND last.channel = 'SMS' AND last.sender <> ''
		    ORDER BY last.date DESC, last.id DESC LIMIT 1), ''), ?, ?
		FROM notifications n WHERE n.id = ? AND n.channel = 'SMS'
		ON CONFLICT (institution_id, number) DO UPDATE
		SET sender = excluded.sender, since = excluded.since, learned_by = excluded.learned_by
		WHERE excluded.sender <> '' AND opt_outs.sender <> excluded.sender`,
		sender, at, notification.ByRefusal, attemptID)
	return err
}

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// addReported adds to what became of an attempt what a report says of it. What the row of
// the attempt itself says is no event.
func (db *DB) addReported(ctx context.Context, institutionID, attemptID string, r notification.Receipt, at time.Time) error {
	if r.SID == "" {
		return nil
	}
	for _, kind := range notification.Reported(r) {
		_, err := db.sql.Exec(ctx, "event", `
			INSERT INTO code_events (attempt_id, slot, kind, detail, at)
			SELECT id, ?, ?, '', ? FROM notifications WHERE id = ? AND institution_id = ? AND purpose <> ''
			ON CONFLICT (attempt_id, slot) DO NOTHING`, kind, kind, at, attemptID, institutionID)
		if err != nil {
			return err
		}
	}
	return nil
}

type codeEventRow struct {
	AttemptID     string    `db:"attempt_id"`
	Slot          string    `db:"slot"`
	InstitutionID string    `db:"institution_id"`
	UserID        string    `db:"user_id"`
	DeviceID      string    `db:"device_id"`
	Channel       string    `db:"channel"`
	Purpose       string    `db:"purpose"`
	Kind          string    `db:"kind"`
	Detail        string    `db:"detail"`
	At            time.Time `db:"at"`
}

func (r codeEventRow) event() notification.Event {
	return notification.Event{AttemptID: r.AttemptID, Kind: notification.EventKind(r.Kind), Detail: r.Detail, At: r.At}
}

func (r codeEventRow) attempt() notification.Attempt {
	return notification.Attempt{
		Notification: notification.Notification{
			ID: r.AttemptID, InstitutionID: r.InstitutionID, UserID: r.UserID, DeviceID: r.DeviceID,
			Channel: notification.Channel(r.Channel), Purpose: notification.Purpose(r.Purpose), Date: r.At,
		},
		Events: []notification.Event{r.event()},
	}
}

// AddCodeEvents implements notification.Store.
func (db *DB) AddCodeEvents(ctx context.Context, events ...notification.Event) error {
	rows := convert(events, func(e notification.Event) codeEventRow {
		return codeEventRow{AttemptID: e.AttemptID, Slot: e.Slot, Kind: string(e.Kind), Detail: e.Detail, At: e.At}
	})
	told := func(row sentRow) { db.sent(ctx, row) }
	return sqldb.InsertReturning(ctx, db.sql, told, `INSERT INTO code_events VALUES (?) ON CONFLICT (attempt_id, slot) DO NOTHING
		RETURNING attempt_id AS id, '' AS channel, `+ofAttempt("institution_id")+`, `+ofAttempt("user_id")+`, `+ofAttempt("purpose"), rows...)
}

// ofAttempt is a column of the attempt that an event is of.
func ofAttempt(column string) string {
	return `COALESCE((SELECT n.` + column + ` FROM notifications n WHERE n.id = attempt_id), '') AS ` + column
}

// AddCodeTry implements challenge.Store.
func (db *DB) AddCodeTry(ctx context.Context, n notification.Notification, kind notification.EventKind) error {
	err := sqldb.Insert(ctx, db.sql, "event", `INSERT INTO code_events VALUES (?)`, codeEventRow{
		AttemptID: n.ID, Slot: string(kind), InstitutionID: n.InstitutionID, UserID: n.UserID, DeviceID: n.DeviceID,
		Channel: string(n.Channel), Purpose: string(n.Purpose), Kind: string(kind), At: n.Date,
	})
	if err == nil {
		db.sent(ctx, sentRow{n.ID, n.InstitutionID, n.UserID, string(n.Channel), string(n.Purpose)})
	}
	return err
}

// ListCodeAttempts implements notification.Store. What was sent and what was only typed are two
// tables, each read off its index.
func (db *DB) ListCodeAttempts(ctx context.Context, q notification.AttemptQuery) ([]notification.Attempt, error) {
	before, args := "", []any{q.InstitutionID, q.UserID}
	if !q.Before.IsZero() {
		before, args = ` AND (date, id) < (?, ?)`, append(args, q.Before, q.BeforeID)
	}
	sent, err := sqldb.Read(ctx, db.sql, func(r notificationRow) notification.Attempt {
		return notification.Attempt{Notification: r.notification()}
	}, `SELECT `+notificationColumns+` FROM notifications WHERE institution_id = ? AND user_id = ? AND purpose <> ''`+before+`
		ORDER BY date DESC, id DESC LIMIT ?`, append(args, q.Limit)...)
	if err != nil {
		return nil, err
	}
	if before != "" {
		before = ` AND (at, attempt_id) < (?, ?)`
	}
	typed, err := sqldb.Read(ctx, db.sql, codeEventRow.attempt, `
		SELECT `+sqldb.ColumnsOf[codeEventRow]().From("code_events", nil)+` FROM code_events
		WHERE institution_id = ? AND user_id = ? AND channel <> ''`+before+` ORDER BY at DESC, attempt_id DESC LIMIT ?`, append(args, q.Limit)...)
	return append(sent, typed...), err
}

// FindAttempt implements notification.Store.
func (db *DB) FindAttempt(ctx context.Context, institutionID, attemptID string) (notification.Attempt, error) {
	sent, err := sqldb.Find[notificationRow](ctx, db.sql, "code", `
		SELECT `+notificationColumns+` FROM notifications WHERE id = ? AND institution_id = ? AND purpose <> ''`, attemptID, institutionID)
	if fault.CodeOf(err) != fault.NotFound {
		return notification.Attempt{Notification: sent.notification()}, err
	}
	typed, err := sqldb.Find[codeEventRow](ctx, db.sql, "code", `
		SELECT `+sqldb.ColumnsOf[codeEventRow]().From("code_events", nil)+` FROM code_events
		WHERE attempt_id = ? AND institution_id = ? AND channel <> ''`, attemptID, institutionID)
	return typed.attempt(), err
}

// ListCodeEvents implements notification.Store.
func (db *DB) ListCodeEvents(ctx context.Context, attemptIDs []string) ([]notification.Event, error) {
	if len(attemptIDs) == 0 {
		return nil, nil
	}
	return sqldb.Read(ctx, db.sql, codeEventRow.event, `
		SELECT `+sqldb.ColumnsOf[codeEventRow]().From("code_events", nil)+` FROM code_events
		WHERE attempt_id IN (?) AND channel = '' ORDER BY at, attempt_id, slot`, attemptIDs)
}

// lastSends is how many of the newest sends are looked at for what became of one challenge.
const lastSends = 20

// ListSends implements onetimecode.Store.
func (db *DB) ListSends(ctx context.Context, subject string) ([]notification.Notification, error) {
	return sqldb.Read(ctx, db.sql, notificationRow.notification, `
		SELECT `+notificationColumns+` FROM notifications WHERE subject = ? ORDER BY date DESC, id DESC LIMIT ?`, subject, lastSends)
}

// PressKey implements notification.Store.
func (db *DB) PressKey(ctx context.Context, institutionID, attemptID, callSID string, at time.Time) (bool, error) {
	row, err := sqldb.Find[sentRow](ctx, db.sql, "call", `
		UPDATE notifications SET key_pressed_at = COALESCE(key_pressed_at, ?)
		WHERE id = ? AND institution_id = ? AND channel = 'VOICE' AND (sid IS NULL OR sid = ?) AND status_rank < ? AND valid_until > ?
		  AND EXISTS (SELECT 1 FROM one_time_codes c WHERE c.attempt_id = notifications.id AND c.spent_at IS NULL)`+returningSent,
		at, attemptID, institutionID, callSID, notification.Rank("completed"), at)
	if fault.CodeOf(err) == fault.NotFound {
		return false, nil
	}
	if err == nil {
		db.sent(ctx, row)
	}
	return err == nil, err
}

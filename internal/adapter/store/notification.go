package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
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
	ValidUntil     *time.Time `db:"valid_until"`
	Purpose        string     `db:"purpose"`
	DeviceID       string     `db:"device_id"`
	Subject        string     `db:"subject"`
	ProviderID     string     `db:"provider_id"`
	AcceptedAt     *time.Time `db:"accepted_at"`
	KeyPressedAt   *time.Time `db:"key_pressed_at"`
	AnsweredBy     string     `db:"answered_by"`
	SIPCode        int        `db:"sip_code"`
	Segments       int        `db:"segments"`
	Price          string     `db:"price"`
	Keyless        int        `db:"keyless"`
}

var notificationColumns = sqldb.ColumnsOf[notificationRow]().From("notifications", nil)

const insertNotifications = `INSERT INTO notifications VALUES (?) `

func notificationRowOf(n notification.Notification) notificationRow {
	r := notificationRow{
		ID: n.ID, InstitutionID: n.InstitutionID, UserID: n.UserID, Channel: string(n.Channel), Kind: string(n.Kind),
		AccountSID: n.AccountSID, Recipient: n.To, Sender: n.From, Body: n.Body,
		ProviderStatus: n.ProviderStatus, StatusRank: notification.Rank(n.ProviderStatus), ErrorCode: n.ErrorCode,
		Date: n.Date, SentAt: n.SentAt, UpdatedAt: n.UpdatedAt, ValidUntil: n.ValidUntil,
		Purpose: string(n.Purpose), DeviceID: n.DeviceID, Subject: n.Subject, ProviderID: n.ProviderID, AcceptedAt: n.AcceptedAt,
		KeyPressedAt: n.KeyPressedAt, AnsweredBy: n.AnsweredBy, SIPCode: n.SIPCode, Segments: n.Segments, Price: n.Price,
	}
	if n.Keyless {
		r.Keyless = 1
	}
	r.SID = nullString(n.SID)
	return r
}

func (r notificationRow) notification() notification.Notification {
	return notification.Notification{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Channel: notification.Channel(r.Channel),
		Kind: notification.Kind(r.Kind), AccountSID: r.AccountSID, SID: value(r.SID), To: r.Recipient, From: r.Sender, Body: r.Body,
		ProviderStatus: r.ProviderStatus, ErrorCode: r.ErrorCode, Date: r.Date, SentAt: r.SentAt, UpdatedAt: r.UpdatedAt, ValidUntil: r.ValidUntil,
		Purpose: notification.Purpose(r.Purpose), DeviceID: r.DeviceID, Subject: r.Subject, ProviderID: r.ProviderID, AcceptedAt: r.AcceptedAt,
		KeyPressedAt: r.KeyPressedAt, AnsweredBy: r.AnsweredBy, SIPCode: r.SIPCode, Segments: r.Segments, Price: r.Price, Keyless: r.Keyless != 0,
	}
}

// CreateNotification implements notification.Store.
func (db *DB) CreateNotification(ctx context.Context, n notification.Notification) error {
	err := sqldb.Insert(ctx, db.sql, "notification", insertNotifications, notificationRowOf(n))
	if err == nil {
		db.sent(ctx, sentRow{n.ID, n.InstitutionID, n.UserID, string(n.Channel), string(n.Purpose)})
	}
	return err
}

// SetAsked implements notification.Store.
func (db *DB) SetAsked(ctx context.Context, institutionID, attemptID, providerID string) error {
	_, err := db.sql.Exec(ctx, "message", `UPDATE notifications SET provider_id = ? WHERE id = ? AND institution_id = ? AND provider_id = '' AND sid IS NULL`,
		providerID, attemptID, institutionID)
	return err
}

// SetMailRefused implements notification.Store.
func (db *DB) SetMailRefused(ctx context.Context, userID, address string, at time.Time) error {
	since, known := sqldb.NullOf(&at), `IS NULL`
	if at.IsZero() {
		since, known = sqldb.Null[time.Time]{}, `IS NOT NULL`
	}
	for _, query := range []string{
		`UPDATE users SET mail_refused_at = ? WHERE id = ? AND email = ? AND mail_refused_at ` + known,
		`UPDATE devices SET mail_refused_at = ? WHERE user_id = ? AND address = ? AND kind = '` + emailKind + `' AND mail_refused_at ` + known,
	} {
		if _, err := db.sql.Exec(ctx, "", query, since, userID, address); err != nil {
			return err
		}
	}
	return nil
}

// FindText implements notification.Store.
func (db *DB) FindText(ctx context.Context, institutionID, textID string) (notification.Notification, error) {
	r, err := sqldb.Find[notificationRow](ctx, db.sql, "text", `
		SELECT `+notificationColumns+` FROM notifications
		WHERE institution_id = ? AND (id = ? OR sid = ?) AND channel = 'SMS' ORDER BY id DESC LIMIT 1`, institutionID, textID, textID)
	return r.notification(), err
}

// ListUnanswered implements notification.Store.
func (db *DB) ListUnanswered(ctx context.Context, institutionID, number string, c notification.Channel) ([]notification.Notification, error) {
	return sqldb.Read(ctx, db.sql, notificationRow.notification, `
		SELECT `+notificationColumns+` FROM notifications
		WHERE institution_id = ? AND recipient = ? AND channel = ? AND sid IS NULL AND provider_status IN (?, ?)
		ORDER BY date DESC, id DESC LIMIT 100`, institutionID, number, c, notification.Attempted, notification.NeverLeft)
}

// logRow is what a page of the log takes: a text, or, without an id, when a
// number was refreshed and how deep.
type logRow struct {
	ID             string                `db:"id"`
	SID            string                `db:"sid"`
	Recipient      string                `db:"recipient"`
	Sender         string                `db:"sender"`
	Kind           string                `db:"kind"`
	Body           string                `db:"body"`
	ProviderStatus string                `db:"provider_status"`
	ErrorCode      int                   `db:"error_code"`
	Date           time.Time             `db:"date"`
	SentAt         sqldb.Null[time.Time] `db:"sent_at"`
	ValidUntil     sqldb.Null[time.Time] `db:"valid_until"`
}

// SQLite takes the columns' types from the first part of a UNION: the texts. The
// limit is part of the text: without it PostgreSQL plans each page anew.
const (
	logOfOne = `SELECT * FROM (SELECT %s FROM notifications n
		WHERE institution_id = ? AND recipient = ? AND channel = 'SMS'%s ORDER BY date DESC, id DESC LIMIT %d) AS one`
	logOfAll  = `SELECT * FROM (SELECT * FROM (%s) AS every ORDER BY date DESC, id DESC LIMIT %d) AS page UNION ALL ` + refreshes
	refreshes = `SELECT '', '', '', '', '', '', '', depth, refreshed_at, NULL, NULL FROM notification_refreshes
		WHERE institution_id = ? AND recipient IN (?)`
)

func (r logRow) notification() notification.Notification {
	return notification.Notification{
		ID: r.ID, Channel: notification.SMS, Kind: notification.Kind(r.Kind), SID: r.SID, To: r.Recipient, From: r.Sender,
		Body: r.Body, ProviderStatus: r.ProviderStatus, ErrorCode: r.ErrorCode, Date: r.Date,
		SentAt: sqldb.Ptr(r.SentAt), ValidUntil: sqldb.Ptr(r.ValidUntil),
	}
}

// logText is what the text of a page of the log is made of.
type logText struct {
	before         string
	numbers, limit int
}

// ReadLog implements notification.Store. Each number's page is read off the
// index, and the pages are merged.
func (db *DB) ReadLog(ctx context.Context, q notification.ListQuery) ([]notification.Notification, notification.Refresh, error) {
	if len(q.To) == 0 {
		return nil, notification.Refresh{}, nil
	}
	numbers, before := distinct(q.To), ""
	if !q.Before.IsZero() {
		before = ` AND (date, id) < (?, ?)`
	}
	var args []any
	for _, to := range numbers {
		args = append(args, q.InstitutionID, to)
		if before != "" {
			args = append(args, q.Before, q.BeforeID)
		}
	}
	query := db.sql.Text(logText{before, len(numbers), q.Limit}, func() string {
		columns := sqldb.ColumnsOf[logRow]().From("n", sqldb.Made{"sid": "COALESCE(n.sid, '')"})
		one := fmt.Sprintf(logOfOne, columns, before, q.Limit)
		return fmt.Sprintf(logOfAll, one+strings.Repeat(` UNION ALL `+one, len(numbers)-1), q.Limit)
	})
	rows, err := sqldb.Read(ctx, db.sql, logRow.notification, query, append(args, q.InstitutionID, numbers)...)
	refreshed := oldest(rows, len(numbers))
	texts := slices.DeleteFunc(rows, isRefresh)
	slices.SortFunc(texts, newestFirst) // the parts of a UNION come in no order that is promised
	return texts, refreshed, err
}

func isRefresh(row notification.Notification) bool { return row.ID == "" }

func newestFirst(a, b notification.Notification) int {
	return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(b.ID, a.ID))
}

// oldest returns the oldest and shallowest refresh among rows of the log, if each
// of the numbers has one.
func oldest(rows []notification.Notification, numbers int) notification.Refresh {
	var all []notification.Refresh
	for _, r := range rows {
		if isRefresh(r) {
			all = append(all, notification.Refresh{At: r.Date, Depth: r.ErrorCode})
		}
	}
	if len(all) < numbers {
		return notification.Refresh{}
	}
	least := all[0]
	for _, r := range all[1:] {
		least.Depth = min(least.Depth, r.Depth)
		if r.At.Before(least.At) {
			least.At = r.At
		}
	}
	return least
}

// SetRefreshed implements notification.Store.
func (db *DB) SetRefreshed(ctx context.Context, institutionID string, numbers []string, r notification.Refresh) error {
	numbers = distinct(numbers)
	if len(numbers) == 0 {
		return nil
	}
	var args []any
	for _, number := range numbers {
		args = append(args, institutionID, number, r.At, r.Depth)
	}
	_, err := db.sql.Exec(ctx, "number", `
		INSERT INTO notification_refreshes (institution_id, recipient, refreshed_at, depth)
		VALUES (?, ?, ?, ?)`+strings.Repeat(`, (?, ?, ?, ?)`, len(numbers)-1)+`
		ON CONFLICT (institution_id, recipient) DO UPDATE SET refreshed_at = excluded.refreshed_at, depth = excluded.depth
		WHERE excluded.refreshed_at > notification_refreshes.refreshed_at`, args...)
	return err
}

// LastRefreshed implements notification.Store.
func (db *DB) LastRefreshed(ctx context.Context, institutionID string, numbers []string) (notification.Refresh, error) {
	if len(numbers) == 0 {
		return notification.Refresh{}, nil
	}
	numbers = distinct(numbers)
	rows, err := sqldb.Read(ctx, db.sql, logRow.notification, refreshes, institutionID, numbers)
	return oldest(rows, len(numbers)), err
}

// distinct returns each of the values once.
func distinct(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// messageRow is a row of the log with its channel.
type messageRow struct {
	logRow
	Channel string `db:"channel"`
}

func (r messageRow) notification() notification.Notification {
	n := r.logRow.notification()
	n.Channel = notification.Channel(r.Channel)
	return n
}

// lastMessages takes the columns of a message, first with how they are made.
const lastMessages = `
	SELECT %[2]s FROM (
		SELECT %[1]s, ROW_NUMBER() OVER (PARTITION BY n.recipient, n.channel ORDER BY n.date DESC, n.id DESC) AS place
		FROM notifications n WHERE n.institution_id = ? AND n.recipient IN (?) AND n.channel IN ('SMS', 'VOICE') AND n.date > ?) AS every
	WHERE place <= ? ORDER BY recipient, channel, place`

// LastMessages implements diagnosis.Store.
func (db *DB) LastMessages(ctx context.Context, institutionID string, numbers []string, since time.Time, each int) ([]notification.Notification, error) {
	query := db.sql.Text("last messages", func() string {
		columns := sqldb.ColumnsOf[messageRow]()
		return fmt.Sprintf(lastMessages, columns.From("n", sqldb.Made{"sid": "COALESCE(n.sid, '')", "body": "''"}), columns.From("every", nil))
	})
	return sqldb.Read(ctx, db.sql, messageRow.notification, query, institutionID, distinct(numbers), since, each)
}

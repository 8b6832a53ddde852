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
	"github.com/factordesk/factordesk/internal/platform/fault"
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

package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
)

type noticeRow struct {
	ID            string    `db:"id"`
	InstitutionID string    `db:"institution_id"`
	UserID        string    `db:"user_id"`
	Notice        string    `db:"notice"`
	Channel       string    `db:"channel"`
	Recipient     string    `db:"recipient"`
	Linked        bool      `db:"linked"`
	CreatedAt     time.Time `db:"created_at"`
}

var noticeColumns = sqldb.ColumnsOf[noticeRow]().From("notices", nil)

func (r noticeRow) row() notice.Row {
	return notice.Row{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Notice: notification.Notice(r.Notice),
		Channel: notification.Channel(r.Channel), To: r.Recipient, Linked: r.Linked, CreatedAt: r.CreatedAt,
	}
}

// CreateNotices implements notice.Store. To earlier versions, which send what is not
// done, the rows are done: jobs send them.
func (db *DB) CreateNotices(ctx context.Context, rows []notice.Row) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		for _, r := range rows {
			if _, err := db.sql.Exec(ctx, "notice", `
				INSERT INTO notices (id, institution_id, user_id, notice, channel, recipient, linked, attempts, created_at, due_at, done_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
				r.ID, r.InstitutionID, r.UserID, r.Notice, r.Channel, r.To, r.Linked, r.CreatedAt, r.CreatedAt, r.CreatedAt); err != nil {
				return err
			}
		}
		return nil
	})
}

// FindNotice implements notice.Store.
func (db *DB) FindNotice(ctx context.Context, id string) (notice.Row, error) {
	r, err := sqldb.Find[noticeRow](ctx, db.sql, "notice", `SELECT `+noticeColumns+` FROM notices WHERE id = ?`, id)
	return r.row(), err
}

// AdoptNotices implements notice.Store.
func (db *DB) AdoptNotices(ctx context.Context, now time.Time, some int) ([]notice.Row, error) {
	return sqldb.Read(ctx, db.sql, noticeRow.row, `
		UPDATE notices SET done_at = ?
		WHERE done_at IS NULL AND (claimed_until IS NULL OR claimed_until <= ?) AND id IN (
		  SELECT id FROM notices WHERE done_at IS NULL AND (claimed_until IS NULL OR claimed_until <= ?) ORDER BY due_at, id LIMIT ?)
		RETURNING `+noticeColumns, now, now, now, some)
}

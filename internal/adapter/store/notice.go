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
	Attempts      int       `db:"attempts"`
	CreatedAt     time.Time `db:"created_at"`
	DueAt         time.Time `db:"due_at"`
}

var noticeColumns = sqldb.ColumnsOf[noticeRow]().From("notices", nil)

// CreateNotices implements notice.Store.
func (db *DB) CreateNotices(ctx context.Context, rows []notice.Row) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		for _, r := range rows {
			if err := sqldb.Insert(ctx, db.sql, "notice", `INSERT INTO notices VALUES (?)`,
				noticeRow{
					ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Notice: string(r.Notice), Channel: string(r.Channel),
					Recipient: r.To, Linked: r.Linked, Attempts: r.Attempts, CreatedAt: r.CreatedAt, DueAt: r.DueAt,
				}); err != nil {
				return err
			}
		}
		return nil
	})
}

// ClaimNotice implements notice.Store.
func (db *DB) ClaimNotice(ctx context.Context, now, until time.Time) (notice.Row, bool, error) {
	r, ok, err := claim(func() (id string, err error) {
		err = db.sql.Get(ctx, "notice", &id, `
			SELECT id FROM notices
			WHERE done_at IS NULL AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
			ORDER BY due_at, id LIMIT 1`, now, now)
		return id, err
	}, func(id string) (noticeRow, error) {
		return sqldb.Find[noticeRow](ctx, db.sql, "notice", `
			UPDATE notices SET claimed_until = ?, attempts = attempts + 1
			WHERE id = ? AND done_at IS NULL AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
			RETURNING `+noticeColumns, until, id, now, now)
	})
	return r.row(), ok, err
}

func (r noticeRow) row() notice.Row {
	return notice.Row{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Notice: notification.Notice(r.Notice),
		Channel: notification.Channel(r.Channel), To: r.Recipient, Linked: r.Linked, Attempts: r.Attempts, CreatedAt: r.CreatedAt, DueAt: r.DueAt,
	}
}

// FinishNotice implements notice.Store.
func (db *DB) FinishNotice(ctx context.Context, id string, at time.Time) error {
	_, err := db.sql.Exec(ctx, "notice", `UPDATE notices SET done_at = ? WHERE id = ?`, at, id)
	return err
}

// RetryNotice implements notice.Store.
func (db *DB) RetryNotice(ctx context.Context, id string, due time.Time) error {
	_, err := db.sql.Exec(ctx, "notice", `UPDATE notices SET due_at = ?, claimed_until = NULL, done_at = NULL WHERE id = ?`, due, id)
	return err
}

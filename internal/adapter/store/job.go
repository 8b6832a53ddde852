package store

import (
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/job"
)

type jobRow struct {
	ID            string                `db:"id"`
	InstitutionID string                `db:"institution_id"`
	UserID        string                `db:"user_id"`
	Queue         string                `db:"queue"`
	Kind          string                `db:"kind"`
	Subject       string                `db:"subject"`
	Step          string                `db:"step"`
	CreatedAt     time.Time             `db:"created_at"`
	DueAt         time.Time             `db:"due_at"`
	Attempts      int                   `db:"attempts"`
	Claim         int64                 `db:"claim"`
	BegunAt       sqldb.Null[time.Time] `db:"begun_at"`
	DoneAt        sqldb.Null[time.Time] `db:"done_at"`
	Reason        string                `db:"reason"`
}

var jobColumns = sqldb.ColumnsOf[jobRow]().From("jobs", nil)

func jobRowOf(j job.Job) jobRow {
	return jobRow{
		ID: j.ID, InstitutionID: j.InstitutionID, UserID: j.UserID, Queue: string(j.Queue), Kind: string(j.Kind), Subject: j.Subject, Step: j.Step,
		CreatedAt: j.CreatedAt, DueAt: j.DueAt, Attempts: j.Attempts, Claim: j.Claim,
		BegunAt: sqldb.NullOf(j.BegunAt), DoneAt: sqldb.NullOf(j.DoneAt), Reason: j.Reason,
	}
}

func (r jobRow) job() job.Job {
	return job.Job{
		ID: r.ID, InstitutionID: r.InstitutionID, UserID: r.UserID, Queue: job.Queue(r.Queue), Kind: job.Kind(r.Kind), Subject: r.Subject, Step: r.Step,
		CreatedAt: r.CreatedAt, DueAt: r.DueAt, Attempts: r.Attempts, Claim: r.Claim,
		BegunAt: sqldb.Ptr(r.BegunAt), DoneAt: sqldb.Ptr(r.DoneAt), Reason: r.Reason,
	}
}

// CreateJobs implements job.Store.
func (db *DB) CreateJobs(ctx context.Context, jobs []job.Job) error {
	return db.createJobs(ctx, jobs, `INSERT INTO jobs VALUES (?)`)
}

// CreateChores implements job.Store.
func (db *DB) CreateChores(ctx context.Context, jobs []job.Job) error {
	return db.createJobs(ctx, jobs, `INSERT INTO jobs VALUES (?) ON CONFLICT (id) DO NOTHING`)
}

func (db *DB) createJobs(ctx context.Context, jobs []job.Job, insert string) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		for _, j := range jobs {
			if err := sqldb.Insert(ctx, db.sql, "job", insert, jobRowOf(j)); err != nil {
				return err
			}
		}
		return nil
	})
}

// DueQueues implements job.Store: one look into the index for each queue.
func (db *DB) DueQueues(ctx context.Context, now time.Time) (due []job.Queue, err error) {
	var looks []string
	var args []any
	for _, q := range job.Queues() {
		looks = append(looks, `SELECT queue FROM (SELECT queue FROM jobs WHERE queue = ? AND done_at IS NULL AND due_at <= ? LIMIT 1) one`)
		args = append(args, q, now)
	}
	err = db.sql.List(ctx, &due, strings.Join(looks, " UNION ALL "), args...)
	return due, err
}

// ClaimJob implements job.Store.
func (db *DB) ClaimJob(ctx context.Context, q job.Queue, now, until time.Time) (job.Job, bool, error) {
	r, ok, err := claim(func() (id string, err error) {
		err = db.sql.Get(ctx, "job", &id, `
			SELECT id FROM jobs WHERE queue = ? AND done_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT 1`, q, now)
		return id, err
	}, func(id string) (jobRow, error) {
		return sqldb.Find[jobRow](ctx, db.sql, "job", `
			UPDATE jobs SET claim = claim + 1, attempts = attempts + 1, due_at = ?
			WHERE id = ? AND done_at IS NULL AND due_at <= ? RETURNING `+jobColumns, until, id, now)
	})
	return r.job(), ok, err
}

// held is true of a job that is in the hands of a claim.
const held = ` WHERE id = ? AND claim = ? AND done_at IS NULL`

// BeginJob implements job.Store.
func (db *DB) BeginJob(ctx context.Context, j job.Job, at time.Time) (bool, error) {
	return db.sql.Once(ctx, `UPDATE jobs SET begun_at = ?`+held, at, j.ID, j.Claim)
}

// SaveStep implements job.Store.
func (db *DB) SaveStep(ctx context.Context, j job.Job, step string) (bool, error) {
	return db.sql.Once(ctx, `UPDATE jobs SET step = ?`+held, step, j.ID, j.Claim)
}

// FinishJob implements job.Store.
func (db *DB) FinishJob(ctx context.Context, j job.Job, reason string, at time.Time) (bool, error) {
	return db.sql.Once(ctx, `UPDATE jobs SET done_at = ?, reason = ?`+held, at, reason, j.ID, j.Claim)
}

// PutOffJob implements job.Store.
func (db *DB) PutOffJob(ctx context.Context, j job.Job, due time.Time) (bool, error) {
	return db.sql.Once(ctx, `UPDATE jobs SET due_at = ?, attempts = ?, begun_at = NULL`+held, due, j.Attempts, j.ID, j.Claim)
}

// ListJobs implements job.Store. Ids ascend in time.
func (db *DB) ListJobs(ctx context.Context, q job.Query) ([]job.Job, error) {
	where, args := `id NOT LIKE '`+job.ChoreID+`%' AND (done_at IS NULL OR reason <> '')`, []any(nil)
	if q.InstitutionID != "" {
		where, args = where+` AND institution_id = ?`, append(args, q.InstitutionID)
	}
	switch q.State {
	case job.Waiting:
		where += ` AND done_at IS NULL`
	case job.GivenUp:
		where += ` AND done_at IS NOT NULL`
	}
	if q.Before != "" {
		where, args = where+` AND id < ?`, append(args, q.Before)
	}
	return sqldb.Read(ctx, db.sql, jobRow.job, `SELECT `+jobColumns+` FROM jobs WHERE `+where+` ORDER BY id DESC LIMIT ?`, append(args, q.Limit)...)
}

// FindJob implements job.Store.
func (db *DB) FindJob(ctx context.Context, institutionID, id string) (job.Job, error) {
	r, err := sqldb.Find[jobRow](ctx, db.sql, "job", `SELECT `+jobColumns+` FROM jobs WHERE id = ? AND institution_id = ?`, id, institutionID)
	return r.job(), err
}

// RetryJob implements job.Store.
func (db *DB) RetryJob(ctx context.Context, id string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `
		UPDATE jobs SET due_at = ?, claim = claim + 1, attempts = 0, done_at = NULL, reason = '',
		  begun_at = CASE WHEN done_at IS NULL THEN begun_at END, created_at = CASE WHEN done_at IS NULL THEN created_at ELSE ? END
		WHERE id = ? AND (done_at IS NULL OR reason <> '')`, now, now, id)
}

// DropJob implements job.Store.
func (db *DB) DropJob(ctx context.Context, id string, now time.Time) (bool, error) {
	return db.sql.Once(ctx, `UPDATE jobs SET done_at = ?, reason = ?, claim = claim + 1 WHERE id = ? AND done_at IS NULL`, now, job.Dropped, id)
}

// CountJobs implements job.Store.
func (db *DB) CountJobs(ctx context.Context, now time.Time) (map[job.Queue]int, error) {
	var rows []struct {
		Queue string `db:"queue"`
		Due   int    `db:"due"`
	}
	err := db.sql.List(ctx, &rows, `SELECT queue, COUNT(*) AS due FROM jobs WHERE done_at IS NULL AND due_at <= ? GROUP BY queue`, now)
	due := make(map[job.Queue]int, len(rows))
	for _, r := range rows {
		due[job.Queue(r.Queue)] = r.Due
	}
	return due, err
}

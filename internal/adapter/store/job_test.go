package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// aJob returns a job that is due at a time.
func aJob(q job.Queue, due time.Time) job.Job {
	return job.Job{ID: id.New(id.Job), InstitutionID: "ins_1", UserID: "usr_1", Queue: q, Kind: "ERRAND", Subject: "ntc_1", Step: "one", CreatedAt: now, DueAt: due}
}

func testJobs(t *testing.T, db *DB) {
	ctx := t.Context()
	claim := func(t *testing.T, q job.Queue, at time.Time) job.Job {
		t.Helper()
		j, _, err := db.ClaimJob(ctx, q, at, at.Add(time.Minute))
		check(t, err)
		return j
	}
	none := func(t *testing.T, q job.Queue, at time.Time) {
		t.Helper()
		if j, ok, err := db.ClaimJob(ctx, q, at, at.Add(time.Minute)); ok || err != nil {
			t.Errorf("%v was claimed, %v", j, err)
		}
	}
	once := func(t *testing.T, want bool) func(ok bool, err error) {
		return func(ok bool, err error) {
			t.Helper()
			check(t, err)
			same(t, ok, want)
		}
	}

	t.Run("are claimed by queue with every field, the one that is due longest first, each once", func(t *testing.T) {
		none(t, job.Mail, now)
		late, early, future, phone := aJob(job.Mail, now), aJob(job.Mail, now.Add(-time.Hour)), aJob(job.Mail, now.Add(time.Microsecond)), aJob(job.Phone, now)
		check(t, db.CreateJobs(ctx, []job.Job{late, early, future, phone}))
		queues, err := db.DueQueues(ctx, now.Add(-time.Second))
		check(t, err)
		same(t, queues, []job.Queue{job.Mail})
		queues, err = db.DueQueues(ctx, now)
		check(t, err)
		same(t, queues, []job.Queue{job.Mail, job.Phone})

		due, err := db.CountJobs(ctx, now)
		check(t, err)
		same(t, due, map[job.Queue]int{job.Mail: 2, job.Phone: 1})

		first, second := claim(t, job.Mail, now), claim(t, job.Mail, now)

		for _, j := range []*job.Job{&early, &late} {
			j.Attempts, j.Claim, j.DueAt = 1, 1, now.Add(time.Minute)
		}
		same(t, []job.Job{first, second}, []job.Job{early, late})
		none(t, job.Mail, now)
		claim(t, job.Phone, now)
	})

	t.Run("answer to the last claim only", func(t *testing.T) {
		check(t, db.CreateJobs(ctx, []job.Job{aJob(job.Checks, now)}))
		first := claim(t, job.Checks, now)
		none(t, job.Checks, now.Add(time.Minute-time.Microsecond))
		second := claim(t, job.Checks, now.Add(time.Minute))
		same(t, []int64{first.Claim, second.Claim}, []int64{1, 2})

		once(t, false)(db.BeginJob(ctx, first, now))
		once(t, false)(db.SaveStep(ctx, first, "late"))
		once(t, false)(db.PutOffJob(ctx, first, now))
		once(t, false)(db.FinishJob(ctx, first, "", now))
		once(t, true)(db.BeginJob(ctx, second, now))
		once(t, true)(db.SaveStep(ctx, second, "two"))
		again := claim(t, job.Checks, now.Add(2*time.Minute))
		same(t, []any{again.Step, *again.BegunAt, again.Claim, again.Attempts}, []any{"two", now, int64(3), 3})
		again.Attempts = 0
		once(t, true)(db.PutOffJob(ctx, again, now.Add(time.Hour)))
		third := claim(t, job.Checks, now.Add(time.Hour))
		same(t, []any{third.BegunAt == nil, third.Attempts}, []any{true, 1})
		once(t, true)(db.FinishJob(ctx, third, "PROVIDER_ERROR", now))
		once(t, false)(db.FinishJob(ctx, third, "", now))
		none(t, job.Checks, now.Add(24*time.Hour))
	})

	t.Run("are listed that wait or were given up, of an institution, the newest first", func(t *testing.T) {
		waits, over, failed, others := aJob(job.Registrations, now), aJob(job.Registrations, now), aJob(job.Registrations, now), aJob(job.Registrations, now)
		waits.InstitutionID, over.InstitutionID, failed.InstitutionID = "ins_2", "ins_2", "ins_2"
		check(t, db.CreateJobs(ctx, []job.Job{waits, over, failed, others}))
		for _, j := range []job.Job{over, failed} {
			reason := map[string]string{failed.ID: job.Unknown}[j.ID]
			once(t, true)(db.FinishJob(ctx, j, reason, now))
		}
		list := func(q job.Query) (ids []string) {
			q.InstitutionID = "ins_2"
			all, err := db.ListJobs(ctx, q)
			check(t, err)
			for _, j := range all {
				ids = append(ids, j.ID)
			}
			return ids
		}

		same(t, list(job.Query{Limit: 9}), []string{failed.ID, waits.ID})
		same(t, list(job.Query{Limit: 1}), []string{failed.ID})
		same(t, list(job.Query{Limit: 9, Before: failed.ID}), []string{waits.ID})
		same(t, list(job.Query{Limit: 9, State: job.GivenUp}), []string{failed.ID})
		same(t, list(job.Query{Limit: 9, State: job.Waiting}), []string{waits.ID})
	})

	t.Run("by the clock are there once", func(t *testing.T) {
		chore := aJob(job.Chores, now)
		chore.ID = "chore X"
		check(t, db.CreateChores(ctx, []job.Job{chore}))
		chore.DueAt = now.Add(-time.Hour)
		check(t, db.CreateChores(ctx, []job.Job{chore}))

		none(t, job.Chores, now.Add(-time.Microsecond))
		same(t, claim(t, job.Chores, now).ID, chore.ID)
	})

	t.Run("of a change that is rolled back are none, and one that is there is refused", func(t *testing.T) {
		errNo := errors.New("no")
		made := aJob(job.Phone, now)
		err := db.InTx(ctx, func(ctx context.Context) error {
			check(t, db.CreateJobs(ctx, []job.Job{made}))
			return errNo
		})
		same(t, errors.Is(err, errNo), true)
		none(t, job.Phone, now)
		wantCode(t, db.CreateJobs(ctx, []job.Job{made, made}), fault.Conflict)
		check(t, db.CreateJobs(ctx, nil))
	})
}

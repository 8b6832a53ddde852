package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

type jobsCmd struct {
	List  jobsListCmd  `cmd:"" help:"Print the jobs that wait or were given up, the newest first."`
	Retry jobsRetryCmd `cmd:"" help:"Do a job again, or at once. What may have been sent may be sent twice."`
	Drop  jobsDropCmd  `cmd:"" help:"Give up a job that waits."`
}

type jobsListCmd struct {
	config.Database
	config.Keys
	jsonFlag
	GivenUp bool `help:"Only those that were given up."`
	Limit   int  `default:"100" help:"How many."`
}

// Run prints a line a job, with the id that the other commands want.
func (c *jobsListCmd) Run(ctx context.Context, s streams) error {
	db, _, err := reading(ctx, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	q := job.Query{Limit: c.Limit}
	if c.GivenUp {
		q.State = job.GivenUp
	}
	jobs, err := db.ListJobs(ctx, q)
	if err != nil {
		return err
	}
	return printed(s.Out, c.jsonFlag, mapped(jobs, jobShown), func(w io.Writer, j shownJob) {
		state := "due " + j.DueAt.Format(time.RFC3339)
		if j.DoneAt != nil {
			state = "given up " + stamp(*j.DoneAt) + " " + j.Reason
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\tattempt %d\t%s\n", j.ID, j.Queue, j.Kind, j.Subject, j.Attempts, state)
	})
}

// shownJob is a job as JSON has it.
type shownJob struct {
	ID            string     `json:"id"`
	InstitutionID string     `json:"institutionId"`
	UserID        string     `json:"userId"`
	Queue         job.Queue  `json:"queue"`
	Kind          job.Kind   `json:"kind"`
	Subject       string     `json:"subject"`
	State         job.State  `json:"state"`
	Attempts      int        `json:"attempts"`
	CreatedAt     time.Time  `json:"createdAt"`
	DueAt         time.Time  `json:"dueAt"`
	DoneAt        *time.Time `json:"doneAt"`
	Reason        string     `json:"reason"`
}

func jobShown(j job.Job) shownJob {
	return shownJob{
		j.ID, j.InstitutionID, j.UserID, j.Queue, j.Kind, j.Subject, j.State(), j.Attempts, j.CreatedAt.UTC(), j.DueAt.UTC(), inUTC(j.DoneAt), j.Reason,
	}
}

// jobFlags name a job.
type jobFlags struct {
	config.Database
	config.Keys
	Institution string `required:"" help:"The institution's slug."`
	Job         string `arg:"" help:"The job's id, as jobs list prints it." placeholder:"ID"`
	reasonFlag
}

// act runs a function as the operator who runs the command, and prints what is so then.
func (f jobFlags) act(ctx context.Context, s streams, act func(ctx context.Context, d desk.Desk) (job.Job, error)) error {
	return asOperator(ctx, s, f.Database, f.Keys, f.Institution, func(ctx context.Context, app desk.Desk, inst institution.Institution) error {
		j, err := act(ctx, app)
		if fault.CodeOf(err) == fault.NotFound {
			return fmt.Errorf("%s has no job %s", inst.Name, f.Job)
		}
		if err != nil {
			return err
		}
		state := "is due"
		if j.DoneAt != nil {
			state = "is given up"
		}
		_, err = fmt.Fprintf(s.Out, "%s %s.\n", j.ID, state)
		return err
	})
}

type jobsRetryCmd struct{ jobFlags }

// Run makes the job due at once.
func (c *jobsRetryCmd) Run(ctx context.Context, s streams) error {
	return c.act(ctx, s, func(ctx context.Context, d desk.Desk) (job.Job, error) { return d.Jobs.Retry(ctx, c.Job, c.Reason) })
}

type jobsDropCmd struct{ jobFlags }

// Run gives the job up.
func (c *jobsDropCmd) Run(ctx context.Context, s streams) error {
	return c.act(ctx, s, func(ctx context.Context, d desk.Desk) (job.Job, error) { return d.Jobs.Drop(ctx, c.Job, c.Reason) })
}

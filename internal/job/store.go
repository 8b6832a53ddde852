package job

import (
	"context"
	"time"
)

// Store keeps jobs. What changes a job that is claimed does so only for the claim that
// the job has, and reports whether it did.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// AfterCommit calls f once the transaction of the context was committed, and at once
	// where there is none.
	AfterCommit(ctx context.Context, f func())
	CreateJobs(ctx context.Context, jobs []Job) error
	// CreateChores adds those jobs whose ids are not there.
	CreateChores(ctx context.Context, jobs []Job) error
	// DueQueues returns the queues in which a job is due.
	DueQueues(ctx context.Context, now time.Time) ([]Queue, error)
	// ClaimJob takes the job of a queue that has been due for longest, until a time; ok
	// is false if none is due.
	ClaimJob(ctx context.Context, q Queue, now, until time.Time) (j Job, ok bool, err error)
	// BeginJob marks a job begun.
	BeginJob(ctx context.Context, j Job, at time.Time) (ok bool, err error)
	SaveStep(ctx context.Context, j Job, step string) (ok bool, err error)
	// FinishJob marks a job done, or given up for a reason.
	FinishJob(ctx context.Context, j Job, reason string, at time.Time) (ok bool, err error)
	// ListJobs returns jobs that wait or were given up, chores aside.
	ListJobs(ctx context.Context, q Query) ([]Job, error)
	// FindJob returns a job of an institution, or NOT_FOUND.
	FindJob(ctx context.Context, institutionID, id string) (Job, error)
	// RetryJob makes a job due that is not done, or was given up, and takes it from who
	// has claimed it; what was given up is as if it were new.
	RetryJob(ctx context.Context, id string, now time.Time) (ok bool, err error)
	// DropJob gives up a job that is not done, and takes it from who has claimed it.
	DropJob(ctx context.Context, id string, now time.Time) (ok bool, err error)
	// CountJobs counts by queue the jobs that are due.
	CountJobs(ctx context.Context, now time.Time) (map[Queue]int, error)
	// PutOffJob returns a claim: the job is due again at a time, with the attempts that it
	// has, and not begun.
	PutOffJob(ctx context.Context, j Job, due time.Time) (ok bool, err error)
}

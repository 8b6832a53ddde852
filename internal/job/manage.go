package job

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	ids "github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/page"
)

// Desk is where staff see their institution's jobs, and operators every one.
type Desk struct {
	*Service
	Audit audit.Recorder
}

// Page is a page of jobs.
type Page struct {
	Jobs    []Job
	HasNext bool
}

// List returns the jobs of the actor's institution that wait or were given up, the
// newest first, to staff who hold MANAGE_PROVIDERS.
func (d *Desk) List(ctx context.Context, s State, first *int, after string) (Page, error) {
	actor, err := auth.Require(ctx, auth.ManageProviders)
	if err != nil {
		return Page{}, err
	}
	limit, err := page.First(first, 20)
	if err != nil {
		return Page{}, err
	}
	before := ""
	if after != "" {
		key, err := page.Decode(after, 1)
		if err != nil {
			return Page{}, err
		}
		before = key[0]
	}
	jobs, err := d.Store.ListJobs(ctx, Query{InstitutionID: actor.InstitutionID, State: s, Before: before, Limit: limit + 1})
	if len(jobs) > limit {
		return Page{Jobs: jobs[:limit], HasNext: true}, err
	}
	return Page{Jobs: jobs}, err
}

// Retry makes a job of the actor's institution due at once, given up or not: NOT_FOUND,
// CONFLICT for one that is done, INVALID_INPUT for a reason that is none. Of what was
// begun nobody knows whether it happened: it may happen again.
func (d *Desk) Retry(ctx context.Context, id, why string) (Job, error) {
	return d.act(ctx, id, why, audit.RetriedJob, func(ctx context.Context, j Job) (bool, error) {
		ok, err := d.Store.RetryJob(ctx, j.ID, d.Clock.Now())
		d.Store.AfterCommit(ctx, func() { d.wake(j.Queue, 1) })
		return ok, err
	})
}

// Drop gives a job of the actor's institution up that waits. Errors as Retry.
func (d *Desk) Drop(ctx context.Context, id, why string) (Job, error) {
	return d.act(ctx, id, why, audit.DroppedJob, func(ctx context.Context, j Job) (bool, error) {
		return d.Store.DropJob(ctx, j.ID, d.Clock.Now())
	})
}

func (d *Desk) act(ctx context.Context, id, why string, action audit.Action, do func(ctx context.Context, j Job) (bool, error)) (Job, error) {
	actor, err := auth.Require(ctx, auth.ManageProviders)
	if err != nil {
		return Job{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return Job{}, err
	}
	if !ids.Is(ids.Job, id) {
		return Job{}, fault.Errorf(fault.NotFound, "There is no such job.")
	}
	j, err := d.Store.FindJob(ctx, actor.InstitutionID, id)
	if err != nil {
		return Job{}, err
	}
	err = d.Store.InTx(ctx, func(ctx context.Context) error {
		ok, err := do(ctx, j)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Errorf(fault.Conflict, "This is done already. Read the list again.")
		}
		return d.Audit.Record(ctx, audit.Event{
			Action: action, TargetID: actor.InstitutionID, Details: map[string]string{"job": j.ID, "kind": string(j.Kind), "reason": why},
		})
	})
	if err != nil {
		return Job{}, err
	}
	return d.Store.FindJob(ctx, actor.InstitutionID, id)
}

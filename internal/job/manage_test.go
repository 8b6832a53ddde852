package job_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestDesk(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		fails := true
		d := newDesk(w, job.Handler{Do: func(ctx context.Context, c *job.Claimed) error {
			if err := c.Begin(ctx); err != nil || !fails {
				return err
			}
			return errDown
		}})
		jobs := &job.Desk{Service: d.Service, Audit: w.Audited}
		staff := w.User(t, world.Staff)
		may, mayNot := w.As(t, staff, auth.ManageProviders), w.As(t, staff, auth.ManageSettings)
		stranger := w.As(t, w.Stranger(), auth.Permissions()...)
		d.enqueue(t)
		d.drain(t, job.Mail)
		id := d.stored(t).ID

		for _, refused := range []struct {
			ctx     context.Context
			id, why string
			want    fault.Code
		}{
			{t.Context(), id, "why", fault.Unauthenticated},
			{mayNot, id, "why", fault.Forbidden},
			{stranger, id, "why", fault.NotFound},
			{may, "job_1", "why", fault.NotFound},
			{may, id, " ", fault.InvalidInput},
		} {
			_, retry := jobs.Retry(refused.ctx, refused.id, refused.why)
			_, drop := jobs.Drop(refused.ctx, refused.id, refused.why)
			world.WantCode(t, retry, refused.want)
			world.WantCode(t, drop, refused.want)
		}
		for ctx, want := range map[context.Context]fault.Code{t.Context(): fault.Unauthenticated, mayNot: fault.Forbidden} {
			_, err := jobs.List(ctx, "", nil, "")
			world.WantCode(t, err, want)
		}
		if theirs, err := jobs.List(stranger, "", nil, ""); err != nil || len(theirs.Jobs) > 0 {
			t.Errorf("a stranger sees %v, %v", theirs, err)
		}
		if listed, err := jobs.List(may, job.GivenUp, nil, ""); err != nil || len(listed.Jobs) != 1 || listed.Jobs[0].Reason != job.Unknown || listed.HasNext {
			t.Errorf("listed %+v, %v", listed, err)
		}
		_, err := jobs.Drop(may, id, "given up already")
		world.WantCode(t, err, fault.Conflict)

		fails = false
		d.Time.Advance(24 * time.Hour)
		again, err := jobs.Retry(may, id, "Twilio was down")
		if err != nil || again.DoneAt != nil || again.Reason != "" || again.BegunAt != nil || again.Attempts != 0 || !again.CreatedAt.Equal(d.Time.Now()) {
			t.Errorf("%+v, %v", again, err)
		}
		d.drain(t, job.Mail)
		d.want(t, 2)
		d.wantNone(t)
		_, err = jobs.Retry(may, id, "once more")
		world.WantCode(t, err, fault.Conflict)

		d.enqueue(t)
		waits := d.stored(t)
		dropped, err := jobs.Drop(may, waits.ID, "Not wanted")
		if err != nil || dropped.Reason != job.Dropped {
			t.Errorf("%+v, %v", dropped, err)
		}
		d.drain(t, job.Mail)
		d.want(t, 2)

		want := []audit.Event{
			{Action: audit.RetriedJob, TargetID: w.Bank.ID, Details: map[string]string{"job": id, "kind": "ERRAND", "reason": "Twilio was down"}},
			{Action: audit.DroppedJob, TargetID: w.Bank.ID, Details: map[string]string{"job": waits.ID, "kind": "ERRAND", "reason": "Not wanted"}},
		}
		if diff := cmp.Diff(want, w.Audited.Events); diff != "" {
			t.Error(diff)
		}
	})
}

// Asking for a job that is in somebody's hands neither does it twice nor lets it be
// lost.
func TestDesk_Retry_whatIsClaimed(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := newDesk(w, job.Handler{Do: func(ctx context.Context, c *job.Claimed) error { return c.Begin(ctx) }})
		jobs := &job.Desk{Service: d.Service, Audit: w.Audited}
		may := w.As(t, w.User(t, world.Staff), auth.ManageProviders)
		d.enqueue(t)
		j, ok, err := d.DB.ClaimJob(t.Context(), job.Mail, world.Began, world.Began.Add(time.Minute))
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if ok, err := d.DB.BeginJob(t.Context(), j, world.Began); err != nil || !ok {
			t.Fatal(ok, err)
		}

		if _, err := jobs.Retry(may, j.ID, "It hangs"); err != nil {
			t.Fatal(err)
		}
		d.drain(t, job.Mail)

		if left := d.stored(t); left.Reason != job.Unknown {
			t.Errorf("left %+v", left)
		}
		if ok, err := d.DB.FinishJob(t.Context(), j, "", world.Began); err != nil || ok {
			t.Errorf("who began it wrote down that it is done: %v", err)
		}
	})
}

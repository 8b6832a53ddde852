package job_test

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/job"
)

func TestRunner_chores(t *testing.T) {
	onBoth(t, job.Handler{Every: time.Hour}, func(t *testing.T, d *desk) {
		both := func() {
			for _, r := range []*job.Runner{d.Runner, d.other} {
				if err := r.Plan(t.Context()); err != nil {
					t.Fatal(err)
				}
				for r.Next(t.Context(), job.Chores) {
				}
			}
		}
		both()
		d.want(t, 1)
		d.Time.Advance(time.Hour - time.Microsecond)
		both()
		d.want(t, 1)
		d.Time.Advance(time.Microsecond)
		both()
		d.want(t, 2)
		d.Time.Advance(24 * time.Hour) // nobody was there
		both()
		d.want(t, 3)
	})

	t.Run("wait in a queue of their own, and in no list", func(t *testing.T) {
		onBoth(t, job.Handler{Every: time.Hour, Queue: job.Checks}, func(t *testing.T, d *desk) {
			if err := d.Plan(t.Context()); err != nil {
				t.Fatal(err)
			}
			if listed, err := d.Store.ListJobs(t.Context(), job.Query{Limit: 9}); err != nil || len(listed) != 0 {
				t.Errorf("listed %+v, %v", listed, err)
			}
			d.drain(t, job.Chores)
			d.want(t, 0)
			d.drain(t, job.Checks)
			d.want(t, 1)
		})
	})

	t.Run("that fail are tried again, and never given up", func(t *testing.T) {
		onBoth(t, job.Handler{Every: time.Minute, Do: func(context.Context, *job.Claimed) error { return errDown }}, func(t *testing.T, d *desk) {
			for range 200 {
				if err := d.Plan(t.Context()); err != nil {
					t.Fatal(err)
				}
				d.drain(t, job.Chores)
				d.Time.Advance(time.Hour)
			}
			d.want(t, 200)
		})
	})
}

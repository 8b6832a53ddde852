package job_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

const errand job.Kind = "ERRAND"

// desk is two processes over one database that do the same.
type desk struct {
	*job.Runner
	*world.World
	other *job.Runner
	log   *strings.Builder
	// done counts what was done.
	done atomic.Int64
}

func newDesk(w *world.World, h job.Handler) *desk {
	d := &desk{World: w, log: &strings.Builder{}}
	if do := h.Do; do != nil {
		h.Do = func(ctx context.Context, c *job.Claimed) error {
			d.done.Add(1)
			return do(ctx, c)
		}
	} else {
		h.Do = func(context.Context, *job.Claimed) error {
			d.done.Add(1)
			return nil
		}
	}
	process := func() *job.Runner {
		return &job.Runner{
			Service: job.New(w.DB, w.Time), Handlers: map[job.Kind]job.Handler{errand: h}, Poll: time.Millisecond,
			Log: slog.New(slog.NewTextHandler(d.log, nil)),
		}
	}
	d.Runner, d.other = process(), process()
	return d
}

func onBoth(t *testing.T, h job.Handler, test func(t *testing.T, d *desk)) {
	t.Helper()
	world.OnBoth(t, func(t *testing.T, w *world.World) { test(t, newDesk(w, h)) })
}

func (d *desk) enqueue(t *testing.T) {
	t.Helper()
	if err := d.Enqueue(t.Context(), job.Job{InstitutionID: d.Bank.ID, Queue: job.Mail, Kind: errand, Subject: "ntc_1"}); err != nil {
		t.Fatal(err)
	}
}

// drain does what is due.
func (d *desk) drain(t *testing.T, q job.Queue) {
	t.Helper()
	for range 100 {
		if !d.Next(t.Context(), q) {
			return
		}
	}
	t.Fatal("the queue has no end")
}

func (d *desk) want(t *testing.T, done int64) {
	t.Helper()
	if got := d.done.Load(); got != done {
		t.Errorf("done %d times, want %d", got, done)
	}
}

// stored returns the one job.
func (d *desk) stored(t *testing.T) job.Job {
	t.Helper()
	all, err := d.DB.ListJobs(t.Context(), job.Query{Limit: 10})
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return all[0]
}

// wantNone wants no job that waits or was given up.
func (d *desk) wantNone(t *testing.T) {
	t.Helper()
	if all, err := d.DB.ListJobs(t.Context(), job.Query{Limit: 10}); err != nil || len(all) > 0 {
		t.Errorf("left %v, %v", all, err)
	}
}

var errDown = errors.New("down")

func TestRunner_Next(t *testing.T) {
	t.Run("does a job once, in its queue", func(t *testing.T) {
		onBoth(t, job.Handler{}, func(t *testing.T, d *desk) {
			d.enqueue(t)
			d.drain(t, job.Phone)
			d.want(t, 0)
			d.drain(t, job.Mail)
			d.Time.Advance(24 * time.Hour)
			d.drain(t, job.Mail)
			d.want(t, 1)
		})
	})

	t.Run("waits longer after each failure, and gives up with a reason", func(t *testing.T) {
		fail := func(context.Context, *job.Claimed) error {
			return fault.Wrap(errDown, fault.ProviderUnavailable, "down")
		}
		onBoth(t, job.Handler{Do: fail, GiveUpAfter: time.Minute}, func(t *testing.T, d *desk) {
			d.enqueue(t)
			for _, wait := range []time.Duration{10 * time.Second, 40 * time.Second} {
				d.drain(t, job.Mail)
				before := d.done.Load()
				d.Time.Advance(wait - time.Microsecond)
				d.drain(t, job.Mail)
				d.want(t, before)
				d.Time.Advance(time.Microsecond)
			}
			d.drain(t, job.Mail)
			d.Time.Advance(90 * time.Second)
			d.drain(t, job.Mail)
			d.Time.Advance(24 * time.Hour)
			d.drain(t, job.Mail)
			d.want(t, 4)
			if j := d.stored(t); j.Reason != string(fault.ProviderUnavailable) || d.GivenUp()[j.Kind] != 1 || !strings.Contains(d.log.String(), "given up") {
				t.Errorf("left %+v, given up %v: %s", j, d.GivenUp(), d.log)
			}
		})
	})

	t.Run("gives up at once what would fail again", func(t *testing.T) {
		refused := job.Final(&fault.Error{Code: fault.ProviderError, ProviderCode: 550})
		onBoth(t, job.Handler{Do: func(context.Context, *job.Claimed) error { return refused }}, func(t *testing.T, d *desk) {
			d.enqueue(t)
			d.drain(t, job.Mail)
			if j := d.stored(t); j.Reason != string(fault.ProviderError) || d.GivenUp()[j.Kind] != 1 {
				t.Errorf("left %+v", j)
			}
		})
	})

	t.Run("takes a panic for a failure", func(t *testing.T) {
		onBoth(t, job.Handler{Do: func(context.Context, *job.Claimed) error { panic("no") }}, func(t *testing.T, d *desk) {
			d.enqueue(t)
			d.drain(t, job.Mail)
			if j := d.stored(t); j.DoneAt != nil || !j.DueAt.Equal(world.Began.Add(10*time.Second)) || !strings.Contains(d.log.String(), "panic: no") {
				t.Errorf("left %+v: %s", j, d.log)
			}
		})
	})

	t.Run("bounds how long a job takes", func(t *testing.T) {
		wait := func(ctx context.Context, _ *job.Claimed) error {
			<-ctx.Done()
			return ctx.Err()
		}
		onBoth(t, job.Handler{Do: wait, Deadline: time.Millisecond}, func(t *testing.T, d *desk) {
			d.enqueue(t)
			d.drain(t, job.Mail)
			if j := d.stored(t); j.DoneAt != nil || j.Attempts != 1 {
				t.Errorf("left %+v", j)
			}
		})
	})

	t.Run("keeps how far a job of several steps has come", func(t *testing.T) {
		var steps []string
		walk := func(ctx context.Context, c *job.Claimed) error {
			steps = append(steps, c.Step)
			return errors.Join(c.Save(ctx, c.Step+"x"), errDown)
		}
		world.OnBoth(t, func(t *testing.T, w *world.World) {
			steps = nil
			d := newDesk(w, job.Handler{Do: walk})
			d.enqueue(t)
			d.drain(t, job.Mail)
			d.Time.Advance(time.Minute)
			d.drain(t, job.Mail)
			if strings.Join(steps, ",") != ",x" || d.stored(t).Step != "xx" {
				t.Errorf("steps %q, left %+v", steps, d.stored(t))
			}
		})
	})

	t.Run("leaves a kind alone that it does not know", func(t *testing.T) {
		onBoth(t, job.Handler{}, func(t *testing.T, d *desk) {
			if err := d.Enqueue(t.Context(), job.Job{Queue: job.Mail, Kind: "NEWER"}); err != nil {
				t.Fatal(err)
			}
			d.drain(t, job.Mail)
			if j := d.stored(t); j.DoneAt != nil || !j.DueAt.Equal(world.Began.Add(time.Minute)) {
				t.Errorf("left %+v", j)
			}
		})
	})
}

func TestClaimed_Begin(t *testing.T) {
	for name, test := range map[string]struct {
		err   error
		tries int64
		left  string
	}{
		"gives up what had no answer":            {fault.Errorf(fault.Timeout, "slow"), 1, job.Unknown},
		"gives up what failed in any way":        {errDown, 1, job.Unknown},
		"gives up what was refused":              {&fault.Error{Code: fault.ProviderError, ProviderCode: 21610}, 1, string(fault.ProviderError)},
		"tries again what surely did not happen": {job.NotDone(errDown), 2, ""},
		"is over when it went well":              {nil, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			begin := func(ctx context.Context, c *job.Claimed) error {
				if err := c.Begin(ctx); err != nil {
					return err
				}
				return test.err
			}
			onBoth(t, job.Handler{Do: begin}, func(t *testing.T, d *desk) {
				d.enqueue(t)
				d.drain(t, job.Mail)
				d.Time.Advance(time.Minute)
				d.drain(t, job.Mail)
				d.want(t, test.tries)
				if test.err == nil {
					d.wantNone(t)
					return
				}
				if j := d.stored(t); j.Reason != test.left || (j.DoneAt == nil) != (test.tries > 1) {
					t.Errorf("left %+v", j)
				}
			})
		})
	}

	t.Run("gives up what a process began that died", func(t *testing.T) {
		var began int
		begin := func(ctx context.Context, c *job.Claimed) error {
			err := c.Begin(ctx)
			if err == nil {
				began++
			}
			return err
		}
		world.OnBoth(t, func(t *testing.T, w *world.World) {
			began = 0
			d := newDesk(w, job.Handler{Do: begin})
			d.enqueue(t)
			j, ok, err := d.DB.ClaimJob(t.Context(), job.Mail, world.Began, world.Began.Add(time.Minute))
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			if ok, err := d.DB.BeginJob(t.Context(), j, world.Began); err != nil || !ok {
				t.Fatal(ok, err)
			}
			d.drain(t, job.Mail)
			d.want(t, 0)
			d.Time.Advance(time.Minute)
			d.drain(t, job.Mail)
			d.want(t, 1)
			if j := d.stored(t); began != 0 || j.Reason != job.Unknown {
				t.Errorf("began %d, left %+v", began, j)
			}
		})
	})
}

// A process that was paused for longer than its claim lasts finds that another has the
// job, and neither does what may happen once nor writes down what came of it.
func TestRunner_overtaken(t *testing.T) {
	for name, late := range map[string]func(ctx context.Context, c *job.Claimed) error{
		"before it begins":       func(ctx context.Context, c *job.Claimed) error { return c.Begin(ctx) },
		"before it saves":        func(ctx context.Context, c *job.Claimed) error { return c.Save(ctx, "late") },
		"in its own transaction": func(ctx context.Context, c *job.Claimed) error { return c.Finish(ctx) },
		"having failed":          func(context.Context, *job.Claimed) error { return errDown },
		"having done it":         func(context.Context, *job.Claimed) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			world.OnBoth(t, func(t *testing.T, w *world.World) {
				var d *desk
				var late1 error
				d = newDesk(w, job.Handler{Do: func(ctx context.Context, c *job.Claimed) error {
					if d.done.Load() > 1 {
						return job.Again(time.Hour)
					}
					d.Time.Advance(time.Minute) // the pause
					if !d.other.Next(t.Context(), job.Mail) {
						t.Error("the job is not to be had")
					}
					late1 = late(ctx, c)
					return late1
				}})
				d.enqueue(t)

				d.drain(t, job.Mail)

				d.want(t, 2)
				want := job.Job{Attempts: 0, Claim: 2, DueAt: world.Began.Add(time.Minute + time.Hour)}
				got := d.stored(t)
				if got.Claim != want.Claim || got.Attempts != want.Attempts || !got.DueAt.Equal(want.DueAt) || got.Step != "" || got.BegunAt != nil || got.DoneAt != nil {
					t.Errorf("left %+v after %v", got, late1)
				}
			})
		})
	}
}

func TestRunner_Run(t *testing.T) {
	t.Run("does at once what a transaction of this process wrote, and nothing of one that was rolled back", func(t *testing.T) {
		world.OnBoth(t, func(t *testing.T, w *world.World) {
			did := make(chan string, 4)
			d := newDesk(w, job.Handler{Do: func(_ context.Context, c *job.Claimed) error {
				did <- c.Subject
				return nil
			}})
			d.Poll = time.Hour
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { d.Run(ctx); close(ended) }()
			write := func(subject string, err error) {
				got := d.DB.InTx(t.Context(), func(ctx context.Context) error {
					return errors.Join(d.Enqueue(ctx, job.Job{Queue: job.Phone, Kind: errand, Subject: subject}), err)
				})
				if !errors.Is(got, err) {
					t.Error(got)
				}
			}
			write("ntc_1", errDown)
			write("ntc_2", nil)
			if got := <-did; got != "ntc_2" {
				t.Errorf("did %s", got)
			}
			stop()
			<-ended
			if len(did) > 0 {
				t.Errorf("did %s", <-did)
			}
		})
	})

	t.Run("finds what others wrote, sees it through at shutdown, and takes no other", func(t *testing.T) {
		world.OnBoth(t, func(t *testing.T, w *world.World) {
			ctx, stop := context.WithCancel(t.Context())
			d := newDesk(w, job.Handler{Do: func(ctx context.Context, _ *job.Claimed) error {
				stop()
				return ctx.Err()
			}})
			for range 9 {
				if err := d.other.Enqueue(t.Context(), job.Job{Queue: job.Registrations, Kind: errand, Subject: "ntc_1"}); err != nil {
					t.Fatal(err)
				}
			}

			d.Run(ctx)

			d.want(t, 1)
			d.drain(t, job.Registrations)
			d.want(t, 9)
		})
	})
}

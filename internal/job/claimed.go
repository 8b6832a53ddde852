package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
)

// ErrOvertaken says that another claim of the job came after this one, which is to
// leave it alone.
var ErrOvertaken = errors.New("the job was claimed by another")

// errBegun says that an earlier claim began what may happen once.
var errBegun = errors.New("the job was begun before, and nobody knows what became of it")

// Claimed is a job in the hands of a worker.
type Claimed struct {
	Job
	store Store
	clock clock.Clock
}

// Begin is called right before what may happen once at most is done. Its error is
// returned as it is, and nothing is done.
func (c *Claimed) Begin(ctx context.Context) error {
	if c.BegunAt != nil {
		return errBegun
	}
	now := c.clock.Now()
	if err := fenced(c.store.BeginJob(ctx, c.Job, now)); err != nil {
		return err
	}
	c.BegunAt = &now
	return nil
}

// Save keeps how far the job has come.
func (c *Claimed) Save(ctx context.Context, step string) error {
	if err := fenced(c.store.SaveStep(ctx, c.Job, step)); err != nil {
		return err
	}
	c.Step = step
	return nil
}

// Finish marks the job done in the transaction of what it did, which is rolled back if
// another claim came after this one.
func (c *Claimed) Finish(ctx context.Context) error {
	now := c.clock.Now()
	if err := fenced(c.store.FinishJob(ctx, c.Job, "", now)); err != nil {
		return err
	}
	c.DoneAt = &now
	return nil
}

func fenced(ok bool, err error) error {
	if err == nil && !ok {
		err = ErrOvertaken
	}
	return err
}

// notDone marks the error of a job that was begun and surely did not happen.
type notDone struct{ error }

// Unwrap returns the error itself.
func (n notDone) Unwrap() error { return n.error }

// NotDone marks an error as that of something that was begun and surely did not happen,
// so that it is tried again.
func NotDone(err error) error { return notDone{err} }

// final marks the error of a job that is not to be tried again.
type final struct{ error }

// Unwrap returns the error itself.
func (f final) Unwrap() error { return f.error }

// Final marks an error as one that would come again, so that the job is given up.
func Final(err error) error { return final{err} }

// Again returns the error of a job that went well and has more to do after a while.
func Again(after time.Duration) error { return again{after} }

type again struct{ after time.Duration }

func (a again) Error() string { return fmt.Sprintf("there is more to do in %s", a.after) }

package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// notice returns a notice to a user that is due at a time.
func (b bank) notice(u user.User, due time.Time) notice.Row {
	return notice.Row{
		ID: id.New(id.Notice), InstitutionID: b.ID, UserID: u.ID, Notice: notification.CodesMade,
		Channel: notification.SMS, To: "+12025550101", CreatedAt: now, DueAt: due,
	}
}

func testNotices(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	u := harbor.user()
	claim := func(t *testing.T, at time.Time) (notice.Row, bool) {
		t.Helper()
		row, ok, err := db.ClaimNotice(ctx, at, at.Add(time.Minute))
		check(t, err)
		return row, ok
	}
	none := func(t *testing.T, at time.Time) {
		t.Helper()
		if row, ok := claim(t, at); ok {
			t.Errorf("%v was claimed", row)
		}
	}

	t.Run("are none at first", func(t *testing.T) { none(t, now) })

	t.Run("are claimed with every field, the one that is due longest first, each once", func(t *testing.T) {
		late, early, future := harbor.notice(u, now), harbor.notice(u, now.Add(-time.Hour)), harbor.notice(u, now.Add(time.Microsecond))
		check(t, db.CreateNotices(ctx, []notice.Row{late, early, future}))

		first, _ := claim(t, now)
		second, _ := claim(t, now)

		early.Attempts, late.Attempts = 1, 1
		same(t, []notice.Row{first, second}, []notice.Row{early, late})
		none(t, now)
		for _, row := range []notice.Row{late, early, future} {
			check(t, db.FinishNotice(ctx, row.ID, now))
		}
	})

	t.Run("of a worker that died are claimed again when its claim ends", func(t *testing.T) {
		row := harbor.notice(u, now)
		check(t, db.CreateNotices(ctx, []notice.Row{row}))
		_, _ = claim(t, now)

		none(t, now.Add(time.Minute-time.Microsecond))
		again, ok := claim(t, now.Add(time.Minute))

		same(t, ok, true)
		row.Attempts = 2
		same(t, again, row)
		check(t, db.FinishNotice(ctx, row.ID, now))
	})

	t.Run("finished are never claimed again", func(t *testing.T) {
		row := harbor.notice(u, now)
		check(t, db.CreateNotices(ctx, []notice.Row{row}))

		check(t, db.FinishNotice(ctx, row.ID, now))

		none(t, now.Add(24*time.Hour))
	})

	t.Run("given back are due again at their time, also if they were finished", func(t *testing.T) {
		for _, finished := range []bool{false, true} {
			row := harbor.notice(u, now)
			check(t, db.CreateNotices(ctx, []notice.Row{row}))
			_, _ = claim(t, now)
			if finished {
				check(t, db.FinishNotice(ctx, row.ID, now))
			}

			check(t, db.RetryNotice(ctx, row.ID, now.Add(10*time.Second)))

			none(t, now.Add(9*time.Second))
			again, ok := claim(t, now.Add(10*time.Second))
			same(t, ok, true)
			row.Attempts, row.DueAt = 2, now.Add(10*time.Second)
			same(t, again, row)
			check(t, db.FinishNotice(ctx, row.ID, now))
		}
	})

	t.Run("of a change that is rolled back are not sent", func(t *testing.T) {
		errNo := errors.New("no")

		err := db.InTx(ctx, func(ctx context.Context) error {
			check(t, db.CreateNotices(ctx, []notice.Row{harbor.notice(u, now)}))
			return errNo
		})

		same(t, errors.Is(err, errNo), true)
		none(t, now)
	})

	t.Run("of which one is refused are none, and none at all are fine", func(t *testing.T) {
		twice := harbor.notice(u, now)

		wantCode(t, db.CreateNotices(ctx, []notice.Row{twice, twice}), fault.Conflict)

		none(t, now)
		check(t, db.CreateNotices(ctx, nil))
	})
}

package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// notice returns a notice to a user.
func (b bank) notice(u user.User) notice.Row {
	return notice.Row{
		ID: id.New(id.Notice), InstitutionID: b.ID, UserID: u.ID, Notice: notification.CodesMade,
		Channel: notification.SMS, To: "+12025550101", Linked: true, CreatedAt: now,
	}
}

func testNotices(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	u := harbor.user()

	t.Run("are found with every field", func(t *testing.T) {
		row, other := harbor.notice(u), harbor.notice(u)
		check(t, db.CreateNotices(ctx, []notice.Row{row, other}))

		found, err := db.FindNotice(ctx, row.ID)

		check(t, err)
		same(t, found, row)
		_, err = db.FindNotice(ctx, "ntc_1")
		wantCode(t, err, fault.NotFound)
	})

	t.Run("are adopted that an earlier version wrote and nobody holds, some at a time and each once", func(t *testing.T) {
		old, late, held := harbor.notice(u), harbor.notice(u), harbor.notice(u)
		check(t, db.CreateNotices(ctx, []notice.Row{late, old, held, harbor.notice(u)}))
		for _, r := range []notice.Row{old, late, held} {
			_, err := db.sql.Exec(ctx, "", `UPDATE notices SET done_at = NULL, claimed_until = ?, due_at = ? WHERE id = ?`,
				map[string]any{old.ID: nil, late.ID: now, held.ID: now.Add(time.Minute)}[r.ID],
				map[string]time.Time{old.ID: now.Add(-time.Hour), late.ID: now, held.ID: now}[r.ID], r.ID)
			check(t, err)
		}
		adopt := func(at time.Time) []notice.Row {
			rows, err := db.AdoptNotices(ctx, at, 1)
			check(t, err)
			return rows
		}

		same(t, [][]notice.Row{adopt(now), adopt(now), adopt(now)}, [][]notice.Row{{old}, {late}, nil})
		same(t, adopt(now.Add(time.Minute)), []notice.Row{held})
	})

	t.Run("of which one is refused are none, and none at all are fine", func(t *testing.T) {
		twice := harbor.notice(u)

		wantCode(t, db.CreateNotices(ctx, []notice.Row{twice, twice}), fault.Conflict)

		_, err := db.FindNotice(ctx, twice.ID)
		wantCode(t, err, fault.NotFound)
		check(t, db.CreateNotices(ctx, nil))
	})
}

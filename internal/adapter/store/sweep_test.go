package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/throttle"
)

func testSweep(t *testing.T, db *DB) {
	ctx := t.Context()
	b := newBank(t, db)
	u := b.user()
	p := b.phone(u, "+12025550101")
	rows := func(t *testing.T, table string) (n int) {
		t.Helper()
		check(t, db.sql.Get(ctx, "", &n, `SELECT count(*) FROM `+table))
		return n
	}

	b.code(b.challenge(u), p, "mac")
	b.resetLink(u)
	check(t, db.CreateConfirmation(ctx, backupcode.Confirmation{
		TokenHash: "a", InstitutionID: b.ID, StaffID: u.ID, UserID: u.ID, CreatedAt: now, ExpiresAt: now.Add(15 * time.Minute),
	}))
	_, err := db.TakeWindows(ctx, now, []throttle.Window{{Key: "key", Events: 1, ClosesAt: now.Add(time.Hour)}})
	check(t, err)
	b.session(u, func(s *auth.Session) { s.ExpiresAt = now })
	check(t, db.RememberBrowser(ctx, u.ID, "browser", now))
	check(t, db.CreateNotices(ctx, []notice.Row{b.notice(u)}))
	over := aJob(job.Mail, now)
	check(t, db.CreateJobs(ctx, []job.Job{over, aJob(job.Mail, now)}))
	_, err = db.FinishJob(ctx, over, "", now)
	check(t, err)
	b.wish()
	b.makeCodes(u, backupcode.ByStaff, 2)
	gone := b.app(u, true)
	_, err = db.sql.Exec(ctx, "", `UPDATE devices SET removed_at = ? WHERE id = ?`, now.Add(time.Minute), gone.ID)
	check(t, err)
	b.app(u, false)
	b.app(u, true)
	b.link(u)
	for number, confirmed := range map[string]bool{"+12025550102": false, "+12025550103": true} {
		added := &device.Phone{Base: base(b, u, ""), PhoneNumber: number}
		check(t, db.CreateDevice(ctx, added))
		check(t, db.PutOneTimeCode(ctx, onetimecode.Code{Subject: onetimecode.DeviceConfirmation, DeviceID: added.ID, MAC: []byte("mac"), ExpiresAt: now}))
		if confirmed {
			check(t, db.ConfirmDevice(ctx, b.ID, u.ID, added.ID, now))
		}
	}
	b.send("+12025550101")

	t.Run("what is over goes at its time, not before", func(t *testing.T) {
		for _, step := range []struct {
			at     time.Time
			tables []string
		}{
			{now.Add(time.Minute), []string{"authenticators"}},                 // removed
			{now.Add(15 * time.Minute), []string{"authenticators", "devices"}}, // not bound
			{now.Add(time.Hour), []string{"throttle_windows"}},
			{now.Add(24 * time.Hour), []string{"devices", "password_reset_requests"}}, // not confirmed
			{now.Add(24*time.Hour + 5*time.Minute), []string{"one_time_codes"}},
			{now.Add(24*time.Hour + 15*time.Minute), []string{"challenges", "backup_code_confirmations"}},
			{now.Add(25 * time.Hour), []string{"password_resets"}},
			{now.AddDate(0, 0, 7), []string{"not_you_links"}},
			{now.AddDate(0, 0, 30), []string{"notices", "jobs"}},
			{now.AddDate(0, 0, 90), []string{"sessions"}},
			{now.AddDate(0, 0, 400), []string{"browsers"}},
		} {
			check(t, db.Sweep(ctx, step.at))
			before := make([]int, len(step.tables))
			for i, table := range step.tables {
				before[i] = rows(t, table)
			}
			check(t, db.Sweep(ctx, step.at.Add(time.Microsecond)))

			for i, table := range step.tables {
				if went := before[i] - rows(t, table); went != 1 {
					t.Errorf("%d of %s went, want 1", went, table)
				}
			}
		}
	})

	t.Run("goes in batches, which say whether there is more", func(t *testing.T) {
		for i := range sweptAtOnce + 1 {
			_, err := db.TakeWindows(ctx, now, []throttle.Window{{Key: fmt.Sprint("many ", i), Events: 1, ClosesAt: now}})
			check(t, err)
		}
		start := rows(t, "throttle_windows")
		first, err := db.SweepSome(ctx, "throttle_windows", now.Add(time.Microsecond))
		check(t, err)
		after := rows(t, "throttle_windows")
		second, err := db.SweepSome(ctx, "throttle_windows", now.Add(time.Microsecond))
		check(t, err)

		same(t, []any{first, second, start - after, after - rows(t, "throttle_windows")}, []any{true, false, sweptAtOnce, 1})
	})

	t.Run("nobody is found by a phone that went", func(t *testing.T) {
		var found int
		check(t, db.sql.Get(ctx, "", &found, `SELECT count(*) FROM user_terms WHERE source LIKE 'dev_%' AND source NOT IN (SELECT id FROM devices)`))
		same(t, found, 0)
	})

	t.Run("what must be remembered stays", func(t *testing.T) {
		check(t, db.Sweep(ctx, now.AddDate(50, 0, 0)))

		for table, want := range map[string]int{
			"notices": 0, "jobs": 1, "users": 1, "devices": 4, "one_time_codes": 0, "authenticators": 1, "backup_code_sets": 1, "backup_codes": 2, "notifications": 1, "institutions": 1,
		} {
			if got := rows(t, table); got != want {
				t.Errorf("%s has %d rows, want %d", table, got, want)
			}
		}
	})
}

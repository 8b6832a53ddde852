package store

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/throttle"
)

// sweepAll deletes everything that nothing asks for any more at a time.
func sweepAll(t testing.TB, db *DB, at time.Time) {
	t.Helper()
	for _, table := range Sweeps() {
		for more := true; more; {
			var err error
			more, err = db.SweepSome(t.Context(), table, at, UsualRetention())
			check(t, err)
		}
	}
}

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
	for used, o := range []backupcode.Origin{backupcode.ByStaff, backupcode.BySelf, backupcode.BySelf} { // void, partly used, spent
		owner := b.user()
		_, codes := b.makeCodes(owner, o, 2)
		for _, c := range codes[:used] {
			_, err := db.ConsumeCode(ctx, c.ID, now)
			check(t, err)
		}
		if o == backupcode.ByStaff {
			_, err := db.VoidCodes(ctx, b.ID, owner.ID, o, now)
			check(t, err)
		}
	}
	_, _, err = db.BeginAttempt(ctx, p.ID, throttle.KnownBrowser, now, throttle.Schedule{Until: []time.Time{now}, DisableAt: throttle.DisableAt})
	check(t, err)
	b.pause(p.ID, throttle.UnknownBrowser, throttle.DisableAt, now)
	check(t, db.SetRefreshed(ctx, b.ID, []string{"+12025550101"}, notification.Refresh{At: now, Depth: 20}))
	gone := b.app(u, true)
	_, err = db.sql.Exec(ctx, "", `UPDATE devices SET removed_at = ? WHERE id = ?`, now.Add(time.Minute), gone.ID)
	check(t, err)
	b.app(u, false)
	b.app(u, true)
	b.link(u)
	for number, confirmed := range map[string]bool{"+12025550102": false, "+12025550103": true} {
		added := &device.Phone{Base: base(b, u, ""), PhoneNumber: number}
		check(t, db.CreateDevice(ctx, added))
		_, err := db.PutOneTimeCode(ctx, onetimecode.Code{Subject: onetimecode.DeviceConfirmation, DeviceID: added.ID, MAC: []byte("mac"), ExpiresAt: now})
		check(t, err)
		if confirmed {
			check(t, db.ConfirmDevice(ctx, b.ID, u.ID, added.ID, now))
		}
	}
	b.send("+12025550101")

	t.Run("what is over goes at its time, not before", func(t *testing.T) {
		for _, step := range []struct {
			at   time.Time
			went map[string]int
		}{
			{now.Add(time.Minute), map[string]int{"authenticators": 1}},                    // removed
			{now.Add(15 * time.Minute), map[string]int{"authenticators": 1, "devices": 1}}, // not bound
			{now.Add(time.Hour), map[string]int{"throttle_windows": 1}},
			{now.Add(24 * time.Hour), map[string]int{"devices": 1, "password_reset_requests": 1}}, // not confirmed
			{now.Add(24*time.Hour + 5*time.Minute), map[string]int{"one_time_codes": 1}},
			{now.Add(24*time.Hour + 15*time.Minute), map[string]int{"challenges": 1, "backup_code_confirmations": 1}},
			{now.Add(25 * time.Hour), map[string]int{"password_resets": 1}},
			{now.AddDate(0, 0, 7), map[string]int{"not_you_links": 1}},
			{now.AddDate(0, 0, 30), map[string]int{"notices": 1, "jobs": 1}},
			{now.AddDate(0, 0, 90), map[string]int{"sessions": 1, "throttle_attempts": 1}},
			{now.AddDate(0, 0, 400), map[string]int{"browsers": 1, "backup_code_sets": 2, "backup_codes": 4, "notification_refreshes": 1}},
			{now.AddDate(0, 0, 401), map[string]int{"backup_code_sets": 1, "backup_codes": 2}}, // over
		} {
			sweepAll(t, db, step.at)
			before, left := map[string]int{}, map[string]int{}
			for table := range step.went {
				before[table] = rows(t, table)
			}
			waits, err := db.CountLeft(ctx, step.at.Add(time.Microsecond), UsualRetention())
			check(t, err)
			sweepAll(t, db, step.at.Add(time.Microsecond))
			for table, n := range before {
				left[table] = n - rows(t, table)
				if waits[table] != left[table] && table != "backup_codes" && table != "authenticators" { // the last go with their devices
					t.Errorf("%d of %s were counted, and %d went", waits[table], table, left[table])
				}
			}
			same(t, left, step.went)
		}
	})

	t.Run("goes in batches, which say whether there is more", func(t *testing.T) {
		for i := range sweptAtOnce + 1 {
			_, err := db.TakeWindows(ctx, now, []throttle.Window{{Key: fmt.Sprint("many ", i), Events: 1, ClosesAt: now}})
			check(t, err)
		}
		start := rows(t, "throttle_windows")
		first, err := db.SweepSome(ctx, "throttle_windows", now.Add(time.Microsecond), UsualRetention())
		check(t, err)
		after := rows(t, "throttle_windows")
		second, err := db.SweepSome(ctx, "throttle_windows", now.Add(time.Microsecond), UsualRetention())
		check(t, err)

		same(t, []any{first, second, start - after, after - rows(t, "throttle_windows")}, []any{true, false, sweptAtOnce, 1})
	})

	t.Run("nobody is found by a phone that went", func(t *testing.T) {
		var found int
		check(t, db.sql.Get(ctx, "", &found, `SELECT count(*) FROM user_terms WHERE source LIKE 'dev_%' AND source NOT IN (SELECT id FROM devices)`))
		same(t, found, 0)
	})

	t.Run("what must be remembered stays", func(t *testing.T) {
		sweepAll(t, db, now.AddDate(50, 0, 0))

		for table, want := range map[string]int{
			"notices": 0, "jobs": 1, "users": 4, "devices": 4, "one_time_codes": 0, "authenticators": 1, "backup_code_sets": 1, "backup_codes": 2, "throttle_attempts": 1, "notifications": 1, "institutions": 1,
		} {
			if got := rows(t, table); got != want {
				t.Errorf("%s has %d rows, want %d", table, got, want)
			}
		}
	})
}

// What becomes of every table's rows is written down for operators.
func TestSweeps_AreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../../docs/operating.md")
	check(t, err)
	_, rest, _ := strings.Cut(string(text), "\n## What is kept, and for how long\n")
	kept, _, _ := strings.Cut(rest, "\n## ")
	db := open(t, databases["SQLite"](t))
	check(t, db.Migrate(t.Context()))
	var tables []string
	check(t, db.sql.List(t.Context(), &tables, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version'`))

	for _, table := range tables {
		if !strings.Contains(kept, "`"+table+"`") {
			t.Errorf("docs/operating.md does not say how long rows of %s are kept", table)
		}
	}
}

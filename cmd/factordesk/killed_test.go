package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
	"github.com/factordesk/factordesk/internal/user"
)

// TestServe_Killed kills the server while Twilio hangs. What had surely not begun is sent
// once by the next process, and what was begun is unknown and not sent again.
func TestServe_Killed(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			settings := production(t)
			t.Parallel()
			settings["DATABASE_URL"] = url
			maps.Copy(settings, twilioAccount())
			outside := newNetwork(t, &twiliosandbox.Account{
				SID: settings["TWILIO_ACCOUNT_SID"], Token: settings["TWILIO_AUTH_TOKEN"], From: settings["TWILIO_FROM"],
			})
			all := slices.Concat(environ(settings), outside.settings)
			founds(t, all)
			db := storetest.Open(t, url)
			first := launch(t, all)
			first.await()
			first.Sandbox = outside.phones
			first.order(http.MethodPost, "faults", `{"path": "/2010-04-01/", "hang": true}`)
			const many = 10
			numbers := writesNotices(t, db, many)
			begun := map[string]bool{}
			eventually(t, "under way", func() bool {
				clear(begun)
				for _, subject := range subjects(t, db, `begun_at IS NOT NULL AND done_at IS NULL`) {
					begun[subject] = true
				}
				return len(begun) == 4 // as many as there are workers
			})

			first.signal(syscall.SIGKILL)
			<-first.ended
			first.endErr = nil // as it should be
			first.order(http.MethodDelete, "faults", "")
			second := serve(t, all)
			eventually(t, "sent", func() bool { return len(subjects(t, db, `done_at IS NOT NULL`)) == many-len(begun) })
			// The claims of the process that is gone end after a minute.
			if _, err := db.SQL().Exec(`UPDATE jobs SET due_at = created_at WHERE begun_at IS NOT NULL AND done_at IS NULL`); err != nil {
				t.Fatal(err)
			}
			eventually(t, "given up", func() bool { return len(subjects(t, db, `done_at IS NOT NULL`)) == many })

			for _, subject := range subjects(t, db, `reason = 'UNKNOWN'`) {
				if !begun[subject] {
					t.Errorf("%s was given up, and had not begun", subject)
				}
			}
			if n := strings.Count(second.errs.String(), "a job was given up"); n != len(begun) {
				t.Errorf("%d were given up, want %d", n, len(begun))
			}
			for subject, number := range numbers {
				var asked int
				if err := db.SQL().QueryRow(`SELECT count(*) FROM notifications WHERE recipient = '` + number + `'`).Scan(&asked); err != nil || asked > 1 || asked < 1 && !begun[subject] {
					t.Errorf("Twilio was asked %d times to send to %s (begun %t): %v", asked, number, begun[subject], err)
				}
				texts := func() int {
					_, phone := second.browser().send(http.MethodGet, outside.phones+"/sandbox/phones/"+number, nil)
					return strings.Count(string(phone), `"sid":"SM`)
				}
				if begun[subject] && texts() != 0 {
					t.Errorf("%s got a text that nobody knows of", number)
				}
				if !begun[subject] {
					eventually(t, "there", func() bool { return texts() == 1 })
				}
			}
		})
	}
}

// writesNotices writes texts to the member of staff, each to a number of its own, and
// returns the numbers by what their jobs are about.
func writesNotices(t *testing.T, db *store.DB, many int) map[string]string {
	t.Helper()
	institutions, err := db.ListInstitutionIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	people, err := db.ListUsers(t.Context(), user.Query{InstitutionID: institutions[0], Kind: auth.Staff, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	numbers, now := map[string]string{}, time.Now()
	var rows []notice.Row
	var jobs []job.Job
	for i := range many {
		r := notice.Row{
			ID: id.New(id.Notice), InstitutionID: institutions[0], UserID: people[0].User.ID, Notice: notification.DeviceReset,
			Channel: notification.SMS, To: fmt.Sprintf("+120255501%02d", i), CreatedAt: now,
		}
		rows, numbers[r.ID] = append(rows, r), r.To
		jobs = append(jobs, job.Job{
			ID: id.New(id.Job), InstitutionID: r.InstitutionID, UserID: r.UserID, Queue: job.Phone, Kind: notice.Send, Subject: r.ID, CreatedAt: now, DueAt: now,
		})
	}
	if err := db.CreateNotices(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	if err := db.CreateJobs(t.Context(), jobs); err != nil {
		t.Fatal(err)
	}
	return numbers
}

// subjects returns what the jobs of notices are about of which something is so.
func subjects(t *testing.T, db *store.DB, so string) []string {
	t.Helper()
	rows, err := db.SQL().QueryContext(t.Context(), `SELECT subject FROM jobs WHERE kind = 'SEND_NOTICE' AND `+so)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var found []string
	for rows.Next() {
		var subject string
		if err := rows.Scan(&subject); err != nil {
			t.Fatal(err)
		}
		found = append(found, subject)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

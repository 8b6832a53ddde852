package main

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/id"
)

func TestJobs(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		db := storetest.Open(t, url)
		institutions, err := db.ListInstitutionIDs(t.Context())
		if err != nil || len(institutions) != 1 {
			t.Fatal(institutions, err)
		}
		made := func(kind job.Kind) job.Job {
			j := job.Job{ID: id.New(id.Job), InstitutionID: institutions[0], Queue: job.Phone, Kind: kind, Subject: "ntc_1", CreatedAt: time.Now(), DueAt: time.Now()}
			if err := db.CreateJobs(t.Context(), []job.Job{j}); err != nil {
				t.Fatal(err)
			}
			return j
		}
		waits, failed := made("WAITS"), made("FAILED")
		if ok, err := db.FinishJob(t.Context(), failed, job.Unknown, time.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
		act := func(act, jobID string, more ...string) []string {
			return append([]string{"jobs", act, jobID, "--institution", "bank"}, more...)
		}
		because := []string{"--reason", "Twilio was down"}

		listed := strings.Split(strings.TrimSpace(succeeds(t, "", "jobs", "list")), "\n")
		if len(listed) != 2 || !strings.HasPrefix(listed[0], failed.ID+"  phone  FAILED  ntc_1  attempt 0  given up ") || !strings.HasSuffix(listed[0], " UNKNOWN") ||
			!strings.HasPrefix(listed[1], waits.ID+"  phone  WAITS   ntc_1  attempt 0  due ") {
			t.Errorf("listed %q", listed)
		}
		if only := succeeds(t, "", "jobs", "list", "--given-up"); strings.Count(only, "\n") != 1 || !strings.Contains(only, failed.ID) {
			t.Errorf("given up: %s", only)
		}
		wantJSON(t, succeeds(t, "", "jobs", "list", "--given-up", "--json"), `{"attempts":0,"createdAt":"TIME","doneAt":"TIME","dueAt":"TIME","id":"`+failed.ID+
			`","institutionId":"`+institutions[0]+`","kind":"FAILED","queue":"phone","reason":"UNKNOWN","state":"GIVEN_UP","subject":"ntc_1","userId":""}`)
		for want, args := range map[string][]string{
			"Bank of Tests has no job job_1": act("retry", "job_1", because...),
			"This is done already":           act("drop", failed.ID, because...),
		} {
			if said := fails(t, exitFailed, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		if said := fails(t, exitSettings, act("retry", failed.ID)...); !strings.Contains(said, "--reason") {
			t.Error(said)
		}
		if said := succeeds(t, "", act("retry", failed.ID, because...)...); said != failed.ID+" is due.\n" {
			t.Error(said)
		}
		if said := succeeds(t, "", act("drop", waits.ID, because...)...); said != waits.ID+" is given up.\n" {
			t.Error(said)
		}
		entries := strings.Join(dump(t, url)["audit_entries"], "\n")
		if strings.Count(entries, "action=RETRY_JOB\n") != 1 || strings.Count(entries, "action=DROP_JOB\n") != 1 || strings.Count(entries, "Twilio was down") != 2 {
			t.Error(entries)
		}
	})
}

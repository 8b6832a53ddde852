package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/id"
)

const (
	listJobs = `query($state: JobState, $first: Int, $after: String) { institution { jobs(state: $state, first: $first, after: $after) {
		nodes { id kind queue user { email } state createdAt dueAt givenUpAt attempts reason } edges { cursor } pageInfo { hasNextPage } } } }`
	retryJob = `mutation($job: ID!, $reason: String = "Twilio was down") { retryJob(input: {jobId: $job, reason: $reason}) { job { id state dueAt } } }`
	dropJob  = `mutation($job: ID!, $reason: String = "Not wanted") { dropJob(input: {jobId: $job, reason: $reason}) { job { id state reason } } }`
)

// jobPermissions are the rows of jobs.
func jobPermissions() []permission {
	return []permission{
		{"Institution.jobs", `{ me: __typename institution { jobs(first: 1) { nodes { id } } } }`,
			"institution.jobs", [9]string{yes, yes, yes, no, no, no, no, far, yes}},
		{"Job.user", `mutation($job: ID!) { retryJob(input: {jobId: $job, reason: "why"}) { job { user { id } } } }`,
			"retryJob.job.user", [9]string{yes, yes, yes, far, far, far, far, far, far}},
		{"Mutation.retryJob", retryJob, "retryJob", [9]string{yes, yes, yes, no, no, no, no, who, out}},
		{"Mutation.dropJob", dropJob, "dropJob", [9]string{yes, yes, yes, no, no, no, no, who, out}},
	}
}

// waitingJob adds a job for a person that waits for a long time.
func waitingJob(d *desktest.Desk, p desktest.Person) string {
	j := job.Job{
		ID: id.New(id.Job), InstitutionID: p.InstitutionID, UserID: p.ID, Queue: job.Phone, Kind: "SEND_NOTICE", Subject: id.New(id.Notice),
		CreatedAt: d.Clock.Now(), DueAt: d.Clock.Now().Add(365 * 24 * time.Hour),
	}
	if err := d.DB.CreateJobs(context.Background(), []job.Job{j}); err != nil {
		panic(err) // the tables are there
	}
	return j.ID
}

// A text of which nobody knows is given up; one whose provider turned the account away
// waits. An administrator sees both, with whom they are for, and does them again.
func TestJobs(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		tell := func(fault string) string {
			d.Clock.Advance(time.Minute)
			admin.Do(setType, V{"device": d.AddPhone(customer.User, fictional(turns.Add(1))).ID}).OK() // told by text to the other phone
			d.Twilio.Fault(`{"path": "/2010-04-01/", "times": 1, ` + fault + `}`)
			d.SendNotices()
			return admin.Do(listJobs, nil).OK().Text("institution.jobs.nodes.0.id")
		}
		state := func(a desktest.Answer, want V) {
			t.Helper()
			for place, value := range want {
				if got := a.At("institution.jobs.nodes.0." + place); got != value {
					t.Errorf("%s is %v, want %v: %s", place, got, value, a.Body)
				}
			}
		}

		lost := tell(`"status": 503`)
		state(admin.Do(listJobs, V{"state": "GIVEN_UP"}).OK(), V{"id": lost, "state": "GIVEN_UP", "dueAt": nil, "reason": "UNKNOWN"})
		waits := tell(`"status": 401, "code": 20003`)
		state(admin.Do(listJobs, V{"state": "WAITING"}).OK(), V{
			"kind": "SEND_NOTICE", "queue": "PHONE", "user.email": customer.Email, "state": "WAITING", "attempts": 1.0, "givenUpAt": nil, "reason": nil,
		})
		first := admin.Do(listJobs, V{"first": 1}).OK()
		if first.Text("institution.jobs.nodes.0.id") != waits || first.At("institution.jobs.pageInfo.hasNextPage") != true {
			t.Error(first.Body)
		}
		if next := admin.Do(listJobs, V{"after": first.Text("institution.jobs.edges.0.cursor")}).OK(); next.Text("institution.jobs.nodes.0.id") != lost {
			t.Error(next.Body)
		}
		if theirs := d.As(d.Summit.Admin).Do(listJobs, nil).OK(); strings.Contains(theirs.Body, "job_") {
			t.Error(theirs.Body)
		}
		for _, wrong := range []V{{"first": 0}, {"first": 101}, {"after": "x"}} {
			if a := admin.Do(listJobs, wrong); a.Code("institution.jobs") != "INVALID_INPUT" {
				t.Errorf("%v: %s", wrong, a.Body)
			}
		}

		for _, id := range []string{waits, lost} {
			admin.Do(retryJob, V{"job": id}).OK()
		}
		d.SendNotices()
		if left := admin.Do(listJobs, nil).OK(); strings.Contains(left.Body, "job_") {
			t.Error(left.Body)
		}
		if a := admin.Do(retryJob, V{"job": lost}); a.Code("retryJob") != "CONFLICT" {
			t.Error(a.Body)
		}
		waits = waitingJob(d, customer)
		if a := admin.Do(dropJob, V{"job": waits}).OK(); a.Text("dropJob.job.reason") != "DROPPED" {
			t.Error(a.Body)
		}
		for name, document := range map[string]string{"retryJob": retryJob, "dropJob": dropJob} {
			if a := admin.Do(document, V{"job": waits, "reason": " "}); a.Code(name) != "INVALID_INPUT" {
				t.Error(a.Body)
			}
		}
	})
}

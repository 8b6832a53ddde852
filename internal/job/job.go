// Package job does what follows a change, later and by itself: a row that is written
// in the transaction of the change, and a worker that claims it.
//
//	change + Enqueue ── one transaction ──> row ── claim ──> do ──> done, put off or given up
//
// Each way out of the desk is a queue with workers of its own, so that a provider that
// hangs delays no mail. A claim is a lease whose number rises: whoever was overtaken,
// by a pause of the process or of its network, finds the number changed, and what they
// write down of the job changes nothing. What may happen once at most is begun under
// that number right before it is done (Claimed.Begin); a job that was begun and did not
// end is given up, as nobody knows what became of it.
//
// What is done by the clock is a job, too, which is put off to its next time instead of
// being done: one row for all processes.
//
// River and the other well-known queues were tried and not taken: none has a fence
// between two who hold the same job.
package job

import (
	"time"

	"github.com/factordesk/factordesk/internal/platform/page"
)

// Queue is where jobs wait for the same workers.
type Queue string

// The queues, by what their jobs use.
const (
	Mail          Queue = "mail"
	Phone         Queue = "phone"
	Checks        Queue = "checks"
	Registrations Queue = "registrations"
	Chores        Queue = "chores"
)

// Queues lists the queues.
func Queues() []Queue { return []Queue{Mail, Phone, Checks, Registrations, Chores} }

// Kind is what a job does.
type Kind string

// Job is something to do. It names what it is about by ids only: nothing in it is
// secret, and what it needs is read when it is done.
type Job struct {
	ID string
	// InstitutionID is whose it is; empty for what serves all.
	InstitutionID string
	// UserID is whom it is for; empty for nobody in particular.
	UserID string
	Queue  Queue
	Kind   Kind
	// Subject is the id of what it is about.
	Subject string
	// Step is how far a job of several steps has come.
	Step      string
	CreatedAt time.Time
	// DueAt is when it may be claimed; while it is, when the claim ends.
	DueAt time.Time
	// Attempts counts the claims since it was made or asked for again.
	Attempts int
	// Claim is the number of the last claim.
	Claim int64
	// BegunAt is when what may happen once was begun; nil if it was not, or surely did
	// not happen.
	BegunAt *time.Time
	DoneAt  *time.Time
	// Reason is why it was given up; empty if it was not.
	Reason string
}

// Query asks for jobs that wait or were given up, the newest first.
type Query struct {
	// InstitutionID is whose; empty for those of all.
	InstitutionID string
	// State narrows them to those that stand so; empty for both.
	State State
	// Before is the id below which they are; empty for the newest.
	Before string
	Limit  int
}

// State is how a job stands that is not done.
type State string

// The states.
const (
	Waiting State = "WAITING"
	GivenUp State = "GIVEN_UP"
)

// State returns how the job stands.
func (j Job) State() State {
	if j.DoneAt == nil {
		return Waiting
	}
	return GivenUp
}

// Cursor returns the job's place among others.
func (j Job) Cursor() string { return page.Encode(j.ID) }

// Why jobs are given up, beside the codes of package fault.
const (
	// Unknown is for what was begun and of which nobody knows what became.
	Unknown = "UNKNOWN"
	// Dropped is for what somebody gave up.
	Dropped = "DROPPED"
)

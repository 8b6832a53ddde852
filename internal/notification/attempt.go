package notification

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/notification/explain"
)

// Purpose is what a code is for.
type Purpose string

// The purposes.
const (
	SignIn            Purpose = "SIGN_IN"
	StepUp            Purpose = "STEP_UP"
	EmailVerification Purpose = "EMAIL_VERIFICATION"
	PasswordReset     Purpose = "PASSWORD_RESET"
	Invitation        Purpose = "INVITATION"
	NewDevice         Purpose = "NEW_DEVICE"
	// Test is a message without digits, by which staff see whether messages arrive.
	Test Purpose = "TEST"
)

// App and BackupCode are the channels of codes that nobody sends.
const (
	App        Channel = "AUTHENTICATOR_APP"
	BackupCode Channel = "BACKUP_CODE"
)

// EventKind is what happened to a code on its way.
type EventKind string

// The kinds of event.
const (
	Requested  EventKind = "REQUESTED"
	PassedOver EventKind = "PASSED_OVER"
	Accepted   EventKind = "ACCEPTED"
	Refused    EventKind = "REFUSED"
	NoReply    EventKind = "NO_REPLY"
	Unreached  EventKind = "NEVER_LEFT"
	TakenOver  EventKind = "SENT"
	Arrived    EventKind = "DELIVERED"
	NotArrived EventKind = "UNDELIVERED"
	Broken     EventKind = "FAILED"
	Stopped    EventKind = "CANCELED"
	Ringing    EventKind = "RINGING"
	Answered   EventKind = "ANSWERED"
	Busy       EventKind = "BUSY"
	NoAnswer   EventKind = "NO_ANSWER"
	Voicemail  EventKind = "VOICEMAIL"
	KeyPressed EventKind = "KEY_PRESSED"
	HungUp     EventKind = "HUNG_UP"
	Wrong      EventKind = "WRONG"
	Late       EventKind = "TYPED_LATE"
	Older      EventKind = "TYPED_OLDER"
	Entered    EventKind = "ENTERED"
	Superseded EventKind = "SUPERSEDED"
	Over       EventKind = "EXPIRED"
)

// Event is something that happened to a code.
type Event struct {
	AttemptID string
	// Slot keeps an event that is told twice from being two.
	Slot   string
	Kind   EventKind
	Detail string
	At     time.Time
}

// Once returns an event that an attempt has once.
func Once(attemptID string, k EventKind, at time.Time) Event {
	return Event{AttemptID: attemptID, Slot: string(k), Kind: k, At: at}
}

// Again returns an event that an attempt may have many times.
func Again(attemptID string, k EventKind, at time.Time) Event {
	return Event{AttemptID: attemptID, Slot: string(k) + " " + strconv.FormatInt(at.UnixMicro(), 36), Kind: k, At: at}
}

// reported are the events of the provider's words.
var reported = map[string]EventKind{
	"sent": TakenOver, "delivered": Arrived, "read": Arrived, "undelivered": NotArrived, "failed": Broken, "canceled": Stopped,
	"ringing": Ringing, "in-progress": Answered, "completed": HungUp, "busy": Busy, "no-answer": NoAnswer,
}

// Reported returns what a report of the provider says that happened.
func Reported(r Receipt) []EventKind {
	var kinds []EventKind
	if k, ok := reported[r.Status]; ok {
		kinds = append(kinds, k)
	}
	if machine(r.AnsweredBy) {
		kinds = append(kinds, Voicemail)
	}
	return kinds
}

// machine reports whether a call was picked up by none who can press a key.
func machine(answeredBy string) bool {
	return strings.HasPrefix(answeredBy, "machine") || answeredBy == "fax"
}

// Outcome is what became of a code.
type Outcome string

// The outcomes.
const (
	OutcomePending     Outcome = "PENDING"
	OutcomeNotEntered  Outcome = "DELIVERED_NOT_ENTERED"
	OutcomeEntered     Outcome = "ENTERED"
	OutcomeWrong       Outcome = "WRONG"
	OutcomeExpired     Outcome = "EXPIRED"
	OutcomeUndelivered Outcome = "UNDELIVERED"
	OutcomeNotAnswered Outcome = "NOT_ANSWERED"
	OutcomeRefused     Outcome = "REFUSED"
	OutcomeUnknown     Outcome = "UNKNOWN"
)

// Attempt is one way of a code to its user, from when it was asked for to when it was typed.
type Attempt struct {
	Notification
	// Events are in the order of time.
	Events []Event
}

// happened returns when something did last.
func (a Attempt) happened(k EventKind) (last time.Time, ok bool) {
	for _, e := range a.Events {
		if e.Kind == k {
			last, ok = e.At, true
		}
	}
	return last, ok
}

// Outcome returns what became of a code, as it is at a time. What was typed says most; then
// what the provider said last.
func (a Attempt) Outcome(now time.Time) Outcome {
	_, entered := a.happened(Entered)
	_, wrong := a.happened(Wrong)
	_, late := a.happened(Late)
	_, older := a.happened(Older)
	switch {
	case entered:
		return OutcomeEntered
	case late, older:
		return OutcomeExpired
	case wrong:
		return OutcomeWrong
	}
	return a.sent(now)
}

// sent is what became of a code that nobody typed.
func (a Attempt) sent(now time.Time) Outcome {
	ended := now.After(a.over())
	switch a.Delivery() {
	case Never:
		if a.SID == "" {
			return OutcomeRefused
		}
		return OutcomeUndelivered
	case NotHeard:
		return OutcomeNotAnswered
	case There:
		if at, ok := a.happened(Arrived); ok && at.After(a.over()) {
			return OutcomeExpired
		}
		return OutcomeNotEntered
	}
	switch {
	case !ended:
		return OutcomePending
	case a.Channel == Email:
		return OutcomeExpired
	}
	return OutcomeUnknown
}

// Delivery is how far a code has come, as its row says.
type Delivery int

// How far.
const (
	UnderWay Delivery = iota
	There
	// Never is for what surely does not arrive any more.
	Never
	// NotHeard is for a call that nobody heard the code of.
	NotHeard
)

// Delivery returns how far a code has come.
func (n Notification) Delivery() Delivery {
	switch n.ProviderStatus {
	case "delivered", "read", "partially_delivered":
		return There
	case "undelivered", "failed", NeverLeft:
		return Never
	case "canceled":
		if n.Channel == Voice {
			return NotHeard
		}
		return Never
	case "busy", "no-answer":
		return NotHeard
	case "in-progress":
		if n.KeyPressedAt != nil {
			return There
		}
	case "completed":
		if n.KeyPressedAt == nil && (!n.Keyless || machine(n.AnsweredBy)) {
			return NotHeard
		}
		return There
	}
	return UnderWay
}

// Unpressed reports whether somebody picked a call up, heard that a key is to be pressed,
// and pressed none.
func (n Notification) Unpressed() bool {
	return n.Channel == Voice && n.ProviderStatus == "completed" && n.KeyPressedAt == nil && !n.Keyless && !machine(n.AnsweredBy)
}

// Unheard returns why nobody heard the code of a call.
func (n Notification) Unheard() explain.Outcome {
	switch {
	case n.ProviderStatus == "busy":
		return explain.Busy
	case n.ProviderStatus == "no-answer":
		return explain.NoAnswer
	case n.ProviderStatus == "canceled":
		return explain.CallEnded
	case n.Unpressed():
		return explain.NoKey
	default:
		return explain.Voicemail
	}
}

// told adds to the events of an attempt what its row says, in the order of time.
func (a Attempt) told(now time.Time) Attempt {
	if a.Channel == App || a.Channel == BackupCode { // which were typed, not sent
		return a
	}
	add := func(k EventKind, at *time.Time) {
		if _, known := a.happened(k); at != nil && !known {
			a.Events = append(a.Events, Event{AttemptID: a.ID, Kind: k, At: *at})
		}
	}
	a.Events = slices.Clone(a.Events)
	add(Requested, &a.Date)
	add(Accepted, a.AcceptedAt)
	if !a.Keyless { // of which the time says when the code was said to who answered
		add(KeyPressed, a.KeyPressedAt)
	}
	switch {
	case a.ProviderStatus == NeverLeft:
		add(Unreached, &a.UpdatedAt)
	case a.ProviderStatus == "failed" && a.SID == "":
		add(Refused, &a.UpdatedAt)
	case a.Unanswered(now):
		add(NoReply, a.ValidUntil)
	case a.Channel == Email:
		add(TakenOver, a.SentAt)
	}
	if _, entered := a.happened(Entered); !entered && a.ValidUntil != nil && now.After(*a.ValidUntil) && a.Purpose != Test {
		add(Over, a.ValidUntil)
	}
	slices.SortStableFunc(a.Events, func(x, y Event) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(order(x.Kind), order(y.Kind)))
	})
	return a
}

// order is how events stand that happened in one moment.
func order(k EventKind) int { return slices.Index(inOrder, k) }

var inOrder = []EventKind{
	Requested, PassedOver, Accepted, Refused, NoReply, Unreached, TakenOver, Ringing, Answered, Voicemail, KeyPressed, Arrived, NotArrived, Broken,
	HungUp, Busy, NoAnswer, Stopped, Superseded, Over, Older, Wrong, Late, Entered,
}

// Cursor is the place after an attempt.
func (a Attempt) Cursor() string { return a.Notification.Cursor() }

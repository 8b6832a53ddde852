package notification

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/throttle"
)

// Store keeps the log.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// CreateNotification writes an attempt.
	CreateNotification(ctx context.Context, n Notification) error
	// SettleNotification moves an attempt on: it takes the SID, sender and account
	// if the row has none, and status and error if they rank higher than what it
	// has; an error that says why a text did not arrive also where no code did. A row that was found at Twilio under the same SID in between is merged
	// into it. NOT_FOUND if the institution has no such attempt, or it is another message's or
	// another account's. An error OptedOutCode that the row did not have makes it known that
	// the number is opted out of texts, and an answer to a send that takes it that it is not.
	SettleNotification(ctx context.Context, institutionID, attemptID string, r Receipt, at time.Time) error
	// SetAsked writes down which account was asked to send an attempt without an answer: no
	// other is believed of it from then on.
	SetAsked(ctx context.Context, institutionID, attemptID, providerID string) error
	// SetMailRefused writes down since when an address of a user, be it the account's or a
	// device's, refuses mail, unless it is known; the zero time says that it takes it.
	SetMailRefused(ctx context.Context, userID, address string, at time.Time) error
	// SetOptOut writes down that the owner of a number opted out of an institution's texts,
	// unless that is known in the same way of the same sender.
	SetOptOut(ctx context.Context, institutionID, number string, o OptOut) error
	// ClearOptOut writes down that the owner opted in again to the texts of a sender. What a
	// refusal told of an opt-out is of no sender for sure, and goes with any.
	ClearOptOut(ctx context.Context, institutionID, number, sender string) error
	// MergeNotifications adds messages found at Twilio to the log by their SID,
	// moves those it has on, and fills in sender, account and the error of those that
	// lacked them.
	MergeNotifications(ctx context.Context, ns []Notification) error
	// ListUnanswered returns the newest texts or calls to a number that the provider never
	// answered for, with those that it did not have.
	ListUnanswered(ctx context.Context, institutionID, number string, c Channel) ([]Notification, error)
	// ListUnknown returns the numbers to which texts or calls were attempted between two
	// times that the provider never answered for, since the institution's accounts there
	// changed last.
	ListUnknown(ctx context.Context, since, until time.Time) ([]Unknown, error)
	// ListUnfinished returns our texts and calls since a time that the provider has and has
	// said nothing final of, at most as many as are worth asking for at once: those that
	// nobody asked for by themselves until one time, and those once asked for until another.
	// Those before the institution's accounts changed last are left out.
	ListUnfinished(ctx context.Context, since, unasked, askedOnce time.Time) ([]Unfinished, error)
	// ListUnexplained returns our calls since a time that failed without a reason and that
	// nobody asked for, at most as many as are worth asking for at once.
	ListUnexplained(ctx context.Context, since time.Time) ([]Unexplained, error)
	// Looked writes down that the provider was asked for messages.
	Looked(ctx context.Context, institutionID string, ids []string) error
	// CreateAllowance keeps what an attempt was counted in.
	CreateAllowance(ctx context.Context, attemptID string, counted throttle.Counted) error
	// SettleNeverLeft writes down that an attempt never left which nobody answered for, and
	// gives back what CreateAllowance kept of it; ok reports whether this call did. What was
	// attempted before the institution's accounts changed stays unknown: one that is not
	// asked any more may have it.
	SettleNeverLeft(ctx context.Context, n Notification, at time.Time) (ok bool, err error)
	// ReadLog returns a page of the texts to numbers, newest first, each without user
	// and account and without when it changed, and what LastRefreshed returns.
	ReadLog(ctx context.Context, q ListQuery) ([]Notification, Refresh, error)
	// FindText returns a text by its id or its SID. NOT_FOUND if the institution has no
	// such text.
	FindText(ctx context.Context, institutionID, textID string) (Notification, error)
	// AddCodeEvents adds to what became of attempts; one whose slot is taken is there.
	AddCodeEvents(ctx context.Context, events ...Event) error
	// ListCodeAttempts returns the newest codes of a user that were sent, and as many that were
	// only typed, in no order, without the events of what was sent.
	ListCodeAttempts(ctx context.Context, q AttemptQuery) ([]Attempt, error)
	// FindAttempt returns a code that was sent, without its events: NOT_FOUND.
	FindAttempt(ctx context.Context, institutionID, attemptID string) (Attempt, error)
	// ListCodeEvents returns what happened to attempts, the oldest first.
	ListCodeEvents(ctx context.Context, attemptIDs []string) ([]Event, error)
	// PressKey writes down that somebody pressed a key in a call that is going on, of which
	// the code is good and the newest; ok reports whether it is.
	PressKey(ctx context.Context, institutionID, attemptID, callSID string, at time.Time) (ok bool, err error)
	// SetRefreshed records that the newest texts to numbers were read off Twilio.
	SetRefreshed(ctx context.Context, institutionID string, numbers []string, r Refresh) error
	// LastRefreshed returns the oldest and shallowest such reading over numbers;
	// zero if one has none.
	LastRefreshed(ctx context.Context, institutionID string, numbers []string) (Refresh, error)
}

// Unknown is a number to which something was attempted of which nobody knows whether it
// left.
type Unknown struct {
	InstitutionID string
	To            string
	Channel       Channel
}

// Unfinished is a message that the provider has, and of which nothing final is known.
type Unfinished struct {
	Unknown
	ID  string
	SID string
}

// Unexplained is a call that failed, of which it is not known why.
type Unexplained struct {
	InstitutionID, ID, SID, AccountSID string
}

// Refresh is a reading of the newest texts to a number off Twilio.
type Refresh struct {
	At time.Time
	// Depth is how many were asked for.
	Depth int
}

// ListQuery is one page of the log.
type ListQuery struct {
	InstitutionID string
	To            []string
	// Before and BeforeID are the row before the page; zero for the first page.
	Before   time.Time
	BeforeID string
	Limit    int
}

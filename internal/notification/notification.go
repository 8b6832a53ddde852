// Package notification sends texts, calls and mails, and keeps the log of them
// that support staff read.
//
// A send writes its attempt row first, asks the provider once, and writes down
// what came of it; a status callback moves the row on:
//
//	Send ── attempt row ──> provider ── receipt ──> row has its SID
//	                            └── callback ──> delivered, undelivered, failed
//
// A provider that does not answer is never asked again for the same message: the
// row stays as it is, and the callback that carries the attempt's id settles it, or a
// look at what the provider lists (match.go), which a chore makes a few minutes later
// (reconcile.go). Until then nobody knows whether it was sent. What the provider does not
// have never left, and is given back to what limits sends to the number.
//
// The log never holds a code: a body is masked before it is written, our own by
// the template it was made from, others by package mask.
//
// Staff read the log through History: Twilio is asked for the window, what it
// says is merged into the log, and the log answers, also when Twilio does not.
package notification

import (
	"time"
)

// Channel is how a message goes.
type Channel string

// The channels.
const (
	SMS   Channel = "SMS"
	Voice Channel = "VOICE"
	Email Channel = "EMAIL"
)

// Kind is what a message is for.
type Kind string

// The kinds.
const (
	VerificationCode Kind = "VERIFICATION_CODE"
	SecurityNotice   Kind = "SECURITY_NOTICE"
	// Alert is any other message: what the institution's customers asked to be
	// told.
	Alert Kind = "ALERT"
)

// Notification is one message in the log.
type Notification struct {
	// ID is the attempt's id, or the SID of a message that was found at Twilio.
	ID            string
	InstitutionID string
	// UserID is whom the message was for; empty for messages found at Twilio.
	UserID  string
	Channel Channel
	Kind    Kind
	// AccountSID and SID name the message at Twilio; SID is empty until Twilio
	// has accepted it.
	AccountSID string
	SID        string
	// To and From are E.164, or addresses for mails.
	To   string
	From string
	// Body is masked.
	Body string
	// ProviderStatus is Twilio's word; see Status.
	ProviderStatus string
	// ErrorCode is Twilio's, 0 for none.
	ErrorCode int
	// Date is when the message was made. It never changes; lists go by it.
	Date time.Time
	// SentAt is when the carrier took it; nil before.
	SentAt *time.Time
	// UpdatedAt is when the status was last seen to change.
	UpdatedAt time.Time
	// ValidUntil is how long the message is worth waiting for; nil for a message that
	// was found at Twilio.
	ValidUntil *time.Time
	// Purpose is what a code is for; empty for all that is none.
	Purpose Purpose
	// DeviceID is the device that a code went to, and Subject what it is good for, as
	// package onetimecode has them.
	DeviceID, Subject string
	// ProviderID is the account that sent it; empty where that is not known.
	ProviderID string
	// AcceptedAt is when the provider took it; nil before.
	AcceptedAt *time.Time
	// KeyPressedAt is when somebody pressed a key in a call, to hear the code; nil before.
	KeyPressedAt *time.Time
	// AnsweredBy is the provider's word for who picked a call up; empty where it does not
	// say.
	AnsweredBy string
	// SIPCode is what a call's way ended with; 0 where it is not known.
	SIPCode int
	// Segments are the parts that a text was charged as, and Price the amount and currency,
	// as "0.0079 USD"; 0 and empty before the provider says.
	Segments int
	Price    string
	// Keyless is set for a call that says the code without a key, unless a machine answers.
	Keyless bool
}

// Unanswered reports whether nobody knows if a message was sent: Twilio was asked, and
// did not answer while the message was worth waiting for.
func (n Notification) Unanswered(now time.Time) bool {
	return n.ProviderStatus == Attempted && now.After(n.over())
}

// over is from when on a message is not waited for: where nothing says it, that is the
// longest life of a code.
func (n Notification) over() time.Time {
	if n.ValidUntil != nil {
		return *n.ValidUntil
	}
	return n.Date.Add(10 * time.Minute)
}

// Status is what staff see of a message.
type Status string

// The seven statuses.
const (
	Pending         Status = "PENDING"
	Sent            Status = "SENT"
	DeliveryUnknown Status = "DELIVERY_UNKNOWN"
	Delivered       Status = "DELIVERED"
	Undelivered     Status = "UNDELIVERED"
	Failed          Status = "FAILED"
	Canceled        Status = "CANCELED"
)

// unknownAfter is how long a message may stay "sent" before its delivery counts
// as unknown. Twilio shows that status in its Insights and never in the API.
const unknownAfter = time.Hour

// Status returns the status at a time: "sent" for exactly an hour is SENT, any
// longer DELIVERY_UNKNOWN, which a message without an answer is, too, once it is no
// longer worth waiting for.
func (n Notification) Status(now time.Time) Status {
	switch n.ProviderStatus {
	case "sent":
		since := n.Date
		if n.SentAt != nil {
			since = *n.SentAt
		}
		if now.Sub(since) > unknownAfter {
			return DeliveryUnknown
		}
		return Sent
	case "delivered", "read", "partially_delivered":
		return Delivered
	case "undelivered":
		return Undelivered
	case "failed", NeverLeft:
		return Failed
	case "canceled":
		return Canceled
	case Attempted:
		if n.Unanswered(now) {
			return DeliveryUnknown
		}
		return Pending
	default:
		return Pending
	}
}

// Rank orders Twilio's statuses by how far a message has come. A status moves to
// a higher rank only, because callbacks come in any order; final statuses share
// the highest that is not "read", so the first of them stays.
func Rank(providerStatus string) int {
	switch providerStatus {
	case "queued", "ringing":
		return 1
	case "sending", "in-progress":
		return 2
	case "sent":
		return 3
	case "delivered", "undelivered", "failed", "canceled", "partially_delivered",
		"completed", "busy", "no-answer":
		return 4
	case "read":
		return 5
	default: // attempted, never-left, accepted, scheduled, and words that Twilio may add
		return 0
	}
}

// Attempted is the status of a row whose message Twilio has not accepted yet, or
// never answered for, and NeverLeft of one that it did not have when it was asked again:
// should it turn up after all, any other status comes after these.
const (
	Attempted = "attempted"
	NeverLeft = "never-left"
)

package notification

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/page"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Found is a text, or a call without its words, as the provider lists it. Its body is not masked yet, so it
// goes nowhere but through MaskFound.
type Found struct {
	AccountSID string
	SID        string
	To, From   string
	Body       string
	Status     string
	ErrorCode  int
	// Segments, Price, AnsweredBy are as in Notification.
	Segments   int
	Price      string
	AnsweredBy string
	CreatedAt  time.Time
	SentAt     *time.Time
	UpdatedAt  time.Time
}

// Archive lists the texts and calls that the provider has, of all accounts that send for an
// institution. Where one of them does not answer, what the others have counts all the same.
type Archive interface {
	// ListTexts hands keep the newest texts of each account to a number, made before a time
	// unless it is zero: so many at least, page by page, and of no second only a part. It
	// ends with keep's error. PROVIDER_ERROR, THROTTLED, TIMEOUT,
	// PROVIDER_UNAVAILABLE with a message for people.
	ListTexts(ctx context.Context, institutionID, to string, before time.Time, limit int, keep func([]Found) error) error
	// ListCalls returns the newest calls of each account to a number, so many at least unless
	// there are fewer. Errors as ListTexts, with what the other accounts have.
	ListCalls(ctx context.Context, institutionID, to string, limit int) ([]Found, error)
	// WhyFailed returns the code of the first error of a call that an account placed, 0 if the
	// provider has none. Errors as ListTexts.
	WhyFailed(ctx context.Context, institutionID, accountSID, callSID string) (code int, err error)
}

// Source says where a history comes from.
type Source string

// The sources.
const (
	// FromProvider asks Twilio for the window first.
	FromProvider Source = "PROVIDER"
	// FromLog reads the log as it stands.
	FromLog Source = "LOG"
)

// Request is what staff ask for.
type Request struct {
	Source Source
	First  *int
	After  string
}

// History is a page of the texts to some numbers. Calls are never in it.
type History struct {
	// UnavailableReason is UNAVAILABLE_IN_UAT where no texts are sent, and empty
	// otherwise. There are no messages then, which is not the same as none.
	UnavailableReason string
	// Numbers are those that the texts went to, E.164.
	Numbers []string
	// AsOf is when the log was last brought up to date for these numbers; zero if
	// never.
	AsOf time.Time
	// Stale is true if Twilio was asked and did not answer; StaleReason says why.
	Stale       bool
	StaleReason string
	Messages    []Notification
	HasNext     bool
	// Now is the time by which statuses are to be read.
	Now time.Time
}

// lookupLimit bounds how often a staff user looks numbers up that are on no
// profile.
var lookupLimit = throttle.Limit{Events: 30, Per: time.Minute}

// UserHistory returns the texts to the numbers of a user's profile, or to one
// number on it. FORBIDDEN without VIEW_NOTIFICATION_HISTORY; INVALID_INPUT for a number
// that is not on the profile.
func (s *Service) UserHistory(ctx context.Context, userID string, profile []string, number string, r Request) (History, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return History{}, err
	}
	numbers := profile
	if number != "" {
		if number, err = s.number(ctx, actor, number); err != nil {
			return History{}, err
		}
		if !slices.Contains(profile, number) {
			return History{}, fault.Invalid("phoneNumber", "This number is not on the user's profile. Look it up as any destination number.")
		}
		numbers = []string{number}
	}
	return s.history(ctx, actor.InstitutionID, reading(userID, numbers, number), numbers, r)
}

// NumberHistory returns the texts that the actor's institution sent to any number.
// FORBIDDEN without VIEW_NOTIFICATION_HISTORY; THROTTLED over 30 a minute.
func (s *Service) NumberHistory(ctx context.Context, number string, r Request) (History, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return History{}, err
	}
	if number, err = s.number(ctx, actor, number); err != nil {
		return History{}, err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("number-lookups", actor.UserID), lookupLimit); err != nil {
		return History{}, err
	}
	return s.history(ctx, actor.InstitutionID, reading("", nil, number), []string{number}, r)
}

// Find returns a text of the actor's institution by its id, or by Twilio's, and is on
// record as a look into a history. FORBIDDEN without VIEW_NOTIFICATION_HISTORY;
// UNAVAILABLE_IN_UAT; NOT_FOUND, for calls and mails too.
func (s *Service) Find(ctx context.Context, textID string) (Notification, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return Notification{}, err
	}
	if s.UAT {
		return Notification{}, fault.Errorf(fault.UnavailableInUAT, "Acceptance tests send no texts.")
	}
	text, err := s.Store.FindText(ctx, actor.InstitutionID, textID)
	if err != nil {
		return Notification{}, err
	}
	look := audit.Event{
		Action: audit.ReadHistory, TargetID: text.UserID, Details: map[string]string{"operation": "node", "numbers": phone.Mask(text.To)},
	}
	return text, s.Audit.Record(ctx, look)
}

// sid is the form of Twilio's ids of texts.
var sid = regexp.MustCompile(`^(SM|MM)[0-9a-f]{32}$`)

// IsTextID reports whether s could be the id of a text, ours or Twilio's.
func IsTextID(s string) bool { return id.Is(id.Message, s) || sid.MatchString(s) }

func (s *Service) history(ctx context.Context, institutionID string, look audit.Event, numbers []string, r Request) (History, error) {
	h := History{Numbers: numbers, Now: s.Clock.Now()}
	if s.UAT {
		h.UnavailableReason = string(fault.UnavailableInUAT)
		return h, nil
	}
	q, err := query(institutionID, numbers, r)
	if err != nil || len(numbers) == 0 {
		return h, err
	}
	if err := s.Audit.Record(ctx, look); err != nil {
		return History{}, err
	}
	if r.Source != FromLog {
		if err := s.refresh(ctx, q); err != nil {
			h.Stale, h.StaleReason = true, staleReason(err)
			s.Log.WarnContext(ctx, "history answers from the log", "error", err)
		}
	}
	texts, last, err := s.Store.ReadLog(ctx, q)
	if err != nil {
		return History{}, err
	}
	h.Messages, h.AsOf = texts, last.At
	if len(h.Messages) == q.Limit {
		h.Messages, h.HasNext = h.Messages[:q.Limit-1], true
	}
	return h, nil
}

// reading is what the record says of a look into a history: a number that was asked
// for in full, those of a profile, which says them, by their ends.
func reading(userID string, profile []string, asked string) audit.Event {
	numbers := make([]string, len(profile))
	for i, number := range profile {
		numbers[i] = phone.Mask(number)
	}
	if asked != "" {
		numbers = []string{asked}
	}
	return audit.Event{
		Action: audit.ReadHistory, TargetID: userID, Details: map[string]string{"operation": "notificationHistory", "numbers": strings.Join(numbers, ", ")},
	}
}

// number returns a number that the actor typed, who may type it as it is dialled at
// home: INVALID_INPUT.
func (s *Service) number(ctx context.Context, actor auth.Actor, typed string) (string, error) {
	if number, err := phone.Parse("phoneNumber", typed, ""); err == nil { // with its country code
		return number, nil
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return "", err
	}
	return phone.Parse("phoneNumber", typed, inst.Country)
}

// Recorded is what the record says of a number that an actor asked for: all of it, or
// the end of what is no number.
func (s *Service) Recorded(ctx context.Context, actor auth.Actor, asked string) string {
	number, err := s.number(ctx, actor, asked)
	if err != nil {
		return phone.Mask(asked)
	}
	return number
}

// query reads the request's page; it asks for one row more, to know whether
// there is a next page.
func query(institutionID string, numbers []string, r Request) (ListQuery, error) {
	size, err := page.First(r.First, 20)
	if err != nil {
		return ListQuery{}, err
	}
	q := ListQuery{InstitutionID: institutionID, To: numbers, Limit: size + 1}
	if r.After == "" {
		return q, nil
	}
	key, err := page.Decode(r.After, 2)
	if err != nil {
		return ListQuery{}, err
	}
	q.Before, err = page.ParseTime(key[0])
	q.BeforeID = key[1]
	return q, err
}

// Cursor is the place after a message.
func (n Notification) Cursor() string { return page.Encode(page.Time(n.Date), n.ID) }

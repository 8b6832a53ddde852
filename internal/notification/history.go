package notification

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/cursor"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/phone"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Found is a text as the provider lists it. Its body is not masked yet, so it
// goes nowhere but through MaskFound.
type Found struct {
	AccountSID string
	SID        string
	To, From   string
	Body       string
	Status     string
	ErrorCode  int
	CreatedAt  time.Time
	SentAt     *time.Time
	UpdatedAt  time.Time
}

// Archive lists the texts that the provider has.
type Archive interface {
	// ListTexts gives the newest texts to a number, sent at or before a time
	// unless it is zero.
	ListTexts(ctx context.Context, institutionID, to string, before time.Time, limit int) ([]Found, error)
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

// fetchDeadline bounds the wait for Twilio. The log answers after it.
const fetchDeadline = 2500 * time.Millisecond

// lookupLimit bounds how often a staff user looks numbers up that are on no
// profile.
var lookupLimit = throttle.Limit{Events: 30, Per: time.Minute}

// UserHistory gives the texts to the numbers of a user's profile, or to one
// number on it. FORBIDDEN without VIEW_NOTIFICATION_HISTORY; INVALID_INPUT for a number
// that is not on the profile.
func (s *Service) UserHistory(ctx context.Context, userID string, profile []string, number string, r Request) (History, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return History{}, err
	}
	numbers := profile
	if number != "" {
		if number, err = phone.Parse("phoneNumber", number); err != nil {
			return History{}, err
		}
		if !slices.Contains(profile, number) {
			return History{}, fault.Invalid("phoneNumber", "This number is not on the user's profile. Look it up as any destination number.")
		}
		numbers = []string{number}
	}
	return s.history(ctx, actor.InstitutionID, userID, numbers, r)
}

// NumberHistory gives the texts that the actor's institution sent to any number.
// FORBIDDEN without VIEW_NOTIFICATION_HISTORY; THROTTLED over 30 a minute.
func (s *Service) NumberHistory(ctx context.Context, number string, r Request) (History, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return History{}, err
	}
	if number, err = phone.Parse("phoneNumber", number); err != nil {
		return History{}, err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("number-lookups", actor.UserID), lookupLimit); err != nil {
		return History{}, err
	}
	return s.history(ctx, actor.InstitutionID, "", []string{number}, r)
}

func (s *Service) history(ctx context.Context, institutionID, userID string, numbers []string, r Request) (History, error) {
	h := History{Now: s.Clock.Now()}
	if s.UAT {
		h.UnavailableReason = string(fault.UnavailableInUAT)
		return h, nil
	}
	q, err := query(institutionID, numbers, r)
	if err != nil || len(numbers) == 0 {
		return h, err
	}
	if err := s.Audit.Record(ctx, reading(userID, numbers)); err != nil {
		return History{}, err
	}
	if r.Source != FromLog {
		if err := s.refresh(ctx, q); err != nil {
			h.Stale, h.StaleReason = true, staleReason(err)
			s.Log.WarnContext(ctx, "history answers from the log", "error", err)
		}
	}
	last, err := s.Store.LastRefreshed(ctx, institutionID, numbers)
	if err != nil {
		return History{}, err
	}
	h.AsOf = last.At
	if h.Messages, err = s.Store.ListNotifications(ctx, q); err != nil {
		return History{}, err
	}
	if len(h.Messages) == q.Limit {
		h.Messages, h.HasNext = h.Messages[:q.Limit-1], true
	}
	return h, nil
}

// reading is what the record says of a look into a history.
func reading(userID string, numbers []string) audit.Event {
	masked := make([]string, len(numbers))
	for i, number := range numbers {
		masked[i] = phone.Mask(number)
	}
	return audit.Event{
		Action: audit.ReadHistory, TargetID: userID, Details: map[string]string{"numbers": strings.Join(masked, ", ")},
	}
}

// query reads the request's page; it asks for one row more, to know whether
// there is a next page.
func query(institutionID string, numbers []string, r Request) (ListQuery, error) {
	size, err := cursor.First(r.First, 20)
	if err != nil {
		return ListQuery{}, err
	}
	q := ListQuery{InstitutionID: institutionID, To: numbers, Limit: size + 1}
	if r.After == "" {
		return q, nil
	}
	key, err := cursor.Decode(r.After, 2)
	if err != nil {
		return ListQuery{}, err
	}
	q.Before, err = cursor.ParseTime(key[0])
	q.BeforeID = key[1]
	return q, err
}

// Cursor is the place after a message.
func (n Notification) Cursor() string { return cursor.Encode(cursor.Time(n.Date), n.ID) }

// fresh is how long a reading of the newest texts is good for everyone, so that
// ten colleagues who look at one customer ask Twilio once.
const fresh = 5 * time.Second

// refresh brings the window of a page up to date with Twilio. Readers who want
// the same at the same time share one look, which ends by its own deadline and
// not with the first of them who leaves.
func (s *Service) refresh(ctx context.Context, q ListQuery) error {
	newest := q.Before.IsZero()
	if newest {
		last, err := s.Store.LastRefreshed(ctx, q.InstitutionID, q.To)
		if err != nil {
			return err
		}
		if s.Clock.Now().Sub(last.At) < fresh && last.Depth >= q.Limit {
			return nil
		}
	}
	looking := s.readings.DoChan(fmt.Sprint(q), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchDeadline)
		defer cancel()
		return nil, s.read(ctx, q, newest)
	})
	select {
	case result := <-looking:
		return result.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read asks Twilio for a window and merges what it says into the log.
func (s *Service) read(ctx context.Context, q ListQuery, newest bool) error {
	inst, err := s.Institutions.Find(ctx, q.InstitutionID)
	if err != nil {
		return err
	}
	group, asking := errgroup.WithContext(ctx)
	group.SetLimit(4)
	pages := make([][]Found, len(q.To))
	for i, number := range q.To {
		group.Go(func() (err error) {
			pages[i], err = s.Archive.ListTexts(asking, q.InstitutionID, number, q.Before, q.Limit)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := s.Store.MergeNotifications(ctx, found(inst, slices.Concat(pages...))); err != nil || !newest {
		return err
	}
	return s.Store.SetRefreshed(ctx, q.InstitutionID, q.To, Refresh{At: s.Clock.Now(), Depth: q.Limit})
}

func found(inst institution.Institution, texts []Found) []Notification {
	rows := make([]Notification, len(texts))
	for i, f := range texts {
		body, kind := MaskFound(inst.Name, f.Body)
		rows[i] = Notification{
			ID: f.SID, InstitutionID: inst.ID, Channel: SMS, Kind: kind,
			AccountSID: f.AccountSID, SID: f.SID, To: f.To, From: f.From, Body: body,
			ProviderStatus: f.Status, ErrorCode: f.ErrorCode,
			Date: f.CreatedAt, SentAt: f.SentAt, UpdatedAt: f.UpdatedAt,
		}
	}
	return rows
}

// staleReason says in a sentence why Twilio did not answer.
func staleReason(err error) string {
	switch fault.CodeOf(err) {
	case fault.Timeout:
		return "The provider did not answer in time. This is what the log has."
	case fault.ProviderError:
		return "The provider refused to answer: its credentials or account need a look by an administrator. This is what the log has."
	case fault.Throttled:
		return "The provider is limiting requests at the moment. This is what the log has."
	default:
		return "The provider could not be reached. This is what the log has."
	}
}

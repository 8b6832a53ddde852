package notification

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// AttemptQuery is a page of the codes of a user.
type AttemptQuery struct {
	InstitutionID, UserID string
	// Before and BeforeID are the attempt before the page; zero for the first page.
	Before   time.Time
	BeforeID string
	Limit    int
}

// Timeline is a page of what became of the codes of a user, the newest first.
type Timeline struct {
	Attempts []Attempt
	HasNext  bool
	// Now is the time by which outcomes are to be read.
	Now time.Time
}

// TimelineOperation is the name under which a look at a timeline is on record.
const TimelineOperation = "codeTimeline"

// Timeline returns what became of the codes of a user of the actor's institution, by
// whichever way they went, and is on record as a look into a history. FORBIDDEN without
// VIEW_NOTIFICATION_HISTORY; INVALID_INPUT for a page that is none.
func (s *Service) Timeline(ctx context.Context, userID string, first *int, after string) (Timeline, error) {
	actor, err := auth.Require(ctx, auth.ViewNotificationHistory)
	if err != nil {
		return Timeline{}, err
	}
	window, err := query(actor.InstitutionID, nil, Request{First: first, After: after})
	if err != nil {
		return Timeline{}, err
	}
	look := audit.Event{Action: audit.ReadHistory, TargetID: userID, Details: map[string]string{"operation": TimelineOperation}}
	if err := s.Audit.Record(ctx, look); err != nil {
		return Timeline{}, err
	}
	return s.timeline(ctx, AttemptQuery{
		InstitutionID: actor.InstitutionID, UserID: userID, Before: window.Before, BeforeID: window.BeforeID, Limit: window.Limit,
	})
}

func (s *Service) timeline(ctx context.Context, q AttemptQuery) (Timeline, error) {
	t := Timeline{Now: s.Clock.Now()}
	found, err := s.Store.ListCodeAttempts(ctx, q)
	if err != nil {
		return t, err
	}
	slices.SortFunc(found, func(a, b Attempt) int { return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(b.ID, a.ID)) })
	if t.HasNext = len(found) >= q.Limit; t.HasNext {
		found = found[:q.Limit-1]
	}
	if t.Attempts, err = s.withEvents(ctx, t.Now, found); err != nil {
		return t, err
	}
	return t, nil
}

// WatchCodes is on record as a look into a history that goes on. FORBIDDEN without
// VIEW_NOTIFICATION_HISTORY.
func (s *Service) WatchCodes(ctx context.Context, userID string) error {
	if _, err := auth.Require(ctx, auth.ViewNotificationHistory); err != nil {
		return err
	}
	return s.Audit.Record(ctx, audit.Event{Action: audit.ReadHistory, TargetID: userID, Details: map[string]string{"operation": "codeAttemptUpdated"}})
}

// WatchedCode returns what became of a code of a user whom the actor watches. FORBIDDEN
// without VIEW_NOTIFICATION_HISTORY; NOT_FOUND, for codes of others too.
func (s *Service) WatchedCode(ctx context.Context, userID, attemptID string) (Attempt, error) {
	return s.code(ctx, auth.ViewNotificationHistory, attemptID, func(a Attempt) bool { return a.UserID == userID })
}

// TestCode returns what became of a test message. FORBIDDEN without
// RESET_TWO_FACTOR_DEVICE; NOT_FOUND, for codes too.
func (s *Service) TestCode(ctx context.Context, attemptID string) (Attempt, error) {
	return s.code(ctx, auth.ResetTwoFactorDevice, attemptID, func(a Attempt) bool { return a.Purpose == Test })
}

// code returns what became of a code of the actor's institution that is one of those asked
// for.
func (s *Service) code(ctx context.Context, p auth.Permission, attemptID string, is func(Attempt) bool) (Attempt, error) {
	actor, err := auth.Require(ctx, p)
	if err != nil {
		return Attempt{}, err
	}
	found, err := s.Store.FindAttempt(ctx, actor.InstitutionID, attemptID)
	if err == nil && !is(found) {
		err = fault.Errorf(fault.NotFound, "There is no such code.")
	}
	if err != nil {
		return Attempt{}, err
	}
	all, err := s.withEvents(ctx, s.Clock.Now(), []Attempt{found})
	if err != nil {
		return Attempt{}, err
	}
	return all[0], nil
}

// withEvents adds what happened to attempts.
func (s *Service) withEvents(ctx context.Context, now time.Time, attempts []Attempt) ([]Attempt, error) {
	ids := make([]string, len(attempts))
	for i, a := range attempts {
		ids[i] = a.ID
	}
	events, err := s.Store.ListCodeEvents(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if i := slices.Index(ids, e.AttemptID); i >= 0 {
			attempts[i].Events = append(attempts[i].Events, e)
		}
	}
	for i := range attempts {
		attempts[i] = attempts[i].told(now)
	}
	return attempts, nil
}

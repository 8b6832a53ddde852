package notification

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/job"
)

// Follow is the kind of the chore that asks the provider what became of messages whose
// reports stopped half-way: one was lost, or none came.
const Follow job.Kind = "FOLLOW_SENDS"

// A message is asked for once when its reports should have come, and once more when the
// last of them might have. Who looks at a history asks besides.
const (
	followAfter = 5 * time.Minute
	followAgain = 65 * time.Minute
)

// follow asks for each number to which something is unfinished.
func (s *Service) follow(ctx context.Context, _ *job.Claimed) error {
	now := s.Clock.Now()
	if err := s.explainCalls(ctx, now); err != nil {
		return err
	}
	unfinished, err := s.Store.ListUnfinished(ctx, now.Add(-unknownForGood), now.Add(-followAfter), now.Add(-followAgain))
	if err != nil {
		return err
	}
	messages := map[Unknown][]Unfinished{}
	for _, u := range unfinished {
		messages[u.Unknown] = append(messages[u.Unknown], u)
	}
	return s.eachAccount(ctx, slices.Collect(maps.Keys(messages)), "what became of messages could not be asked for", func(ctx context.Context, at Unknown) error {
		return s.followNumber(ctx, at, messages[at])
	})
}

// explainCalls asks why calls failed: their reports do not say.
func (s *Service) explainCalls(ctx context.Context, now time.Time) error {
	calls, err := s.Store.ListUnexplained(ctx, now.Add(-unknownForGood))
	for _, c := range calls {
		if err := s.explainCall(ctx, c); err != nil {
			s.Log.WarnContext(ctx, "why a call failed could not be asked for", "attempt", c.ID, "error", err)
			break // the provider, most likely; it is asked again the next time
		}
	}
	return err
}

func (s *Service) explainCall(ctx context.Context, c Unexplained) error {
	asking, cancel := context.WithTimeout(ctx, fetchDeadline)
	defer cancel()
	code, err := s.Archive.WhyFailed(asking, c.InstitutionID, c.AccountSID, c.SID)
	if err != nil {
		return err
	}
	if code != 0 {
		why := Receipt{SID: c.SID, Status: "failed", ErrorCode: code}
		if err := s.Store.SettleNotification(ctx, c.InstitutionID, c.ID, why, s.Clock.Now()); err != nil {
			return err
		}
	}
	return s.Store.Looked(ctx, c.InstitutionID, []string{c.ID})
}

// followNumber moves messages to a number on by what the provider lists. Texts are merged
// by their SIDs as they are read; calls are not in the log otherwise.
func (s *Service) followNumber(ctx context.Context, at Unknown, messages []Unfinished) error {
	listed, notAll := s.list(ctx, at)
	ids := make([]string, len(messages))
	for i, m := range messages {
		ids[i] = m.ID
		for _, l := range listed {
			if at.Channel != Voice || l.SID != m.SID {
				continue
			}
			if err := s.Store.SettleNotification(ctx, at.InstitutionID, m.ID, l.receipt(), l.UpdatedAt); err != nil {
				return err
			}
		}
	}
	if notAll != nil {
		return notAll
	}
	return s.Store.Looked(ctx, at.InstitutionID, ids)
}

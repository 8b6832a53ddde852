package notification

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

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

// follow asks for each number to which something is unfinished. An institution whose
// provider does not answer is asked again the next time.
func (s *Service) follow(ctx context.Context, _ *job.Claimed) error {
	now := s.Clock.Now()
	unfinished, err := s.Store.ListUnfinished(ctx, now.Add(-unknownForGood), now.Add(-followAfter), now.Add(-followAgain))
	if err != nil {
		return err
	}
	accounts := map[string]map[Unknown][]Unfinished{}
	for _, u := range unfinished {
		if accounts[u.InstitutionID] == nil {
			accounts[u.InstitutionID] = map[Unknown][]Unfinished{}
		}
		accounts[u.InstitutionID][u.Unknown] = append(accounts[u.InstitutionID][u.Unknown], u)
	}
	var asking errgroup.Group
	asking.SetLimit(askedAtOnce)
	for institutionID, numbers := range accounts {
		asking.Go(func() error {
			for at, messages := range numbers {
				if err := s.followNumber(ctx, at, messages); err != nil {
					s.Log.WarnContext(ctx, "what became of messages could not be asked for", "institution", institutionID, "error", err)
					break
				}
			}
			return nil
		})
	}
	_ = asking.Wait()
	if ctx.Err() != nil {
		return job.Again(time.Second)
	}
	return nil
}

// followNumber moves messages to a number on by what the provider lists. Texts are merged
// by their SIDs as they are read; calls are not in the log otherwise.
func (s *Service) followNumber(ctx context.Context, at Unknown, messages []Unfinished) error {
	asking, cancel := context.WithTimeout(ctx, fetchDeadline)
	defer cancel()
	listed, err := s.list(asking, at)
	if err != nil {
		return err
	}
	ids := make([]string, len(messages))
	for i, m := range messages {
		ids[i] = m.ID
		for _, l := range listed {
			if at.Channel != Voice || l.SID != m.SID {
				continue
			}
			r := Receipt{AccountSID: l.AccountSID, SID: l.SID, From: l.From, Status: l.ProviderStatus, ErrorCode: l.ErrorCode}
			if err := s.Store.SettleNotification(ctx, at.InstitutionID, m.ID, r, l.UpdatedAt); err != nil {
				return err
			}
		}
	}
	return s.Store.Looked(ctx, at.InstitutionID, ids)
}

package notification

import (
	"cmp"
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/factordesk/factordesk/internal/job"
)

// Reconcile is the kind of the chore that asks the provider for what it never answered for.
const Reconcile job.Kind = "RECONCILE_SENDS"

const (
	// believedAfter is how long after a send what the provider lists is all that it has:
	// a request ends long before, and a list is seconds behind.
	believedAfter = 5 * time.Minute
	// unknownForGood is how long after a send nobody asks any more.
	unknownForGood = 24 * time.Hour
	// listedAtMost is how many messages to a number are read. What was attempted before
	// the oldest of so many stays unknown.
	listedAtMost = 100
	// askedAtOnce is how many institutions' accounts are asked at a time.
	askedAtOnce = 4
)

// Handlers returns what does the jobs of the log.
func (s *Service) Handlers() map[job.Kind]job.Handler {
	return map[job.Kind]job.Handler{
		Reconcile: {Every: time.Minute, Queue: job.Checks, Do: s.reconcile},
		Follow:    {Every: time.Minute, Queue: job.Checks, Do: s.follow},
	}
}

// reconcile asks for each number to which something was attempted without an answer.
func (s *Service) reconcile(ctx context.Context, _ *job.Claimed) error {
	now := s.Clock.Now()
	unknown, err := s.Store.ListUnknown(ctx, now.Add(-unknownForGood), now.Add(-believedAfter))
	if err != nil {
		return err
	}
	return s.eachAccount(ctx, unknown, "what the provider never answered for could not be asked for again", func(ctx context.Context, u Unknown) error {
		return s.reconcileNumber(ctx, u, now)
	})
}

// eachAccount asks for numbers, some institutions' at a time. Of one whose provider does not
// answer it logs why and asks no more; those are asked for again the next time.
func (s *Service) eachAccount(ctx context.Context, numbers []Unknown, failed string, ask func(ctx context.Context, u Unknown) error) error {
	accounts := map[string][]Unknown{}
	for _, u := range numbers {
		accounts[u.InstitutionID] = append(accounts[u.InstitutionID], u)
	}
	var asking errgroup.Group
	asking.SetLimit(askedAtOnce)
	for institutionID, numbers := range accounts {
		asking.Go(func() error {
			for _, u := range numbers {
				if err := ask(ctx, u); err != nil {
					s.Log.WarnContext(ctx, failed, "institution", institutionID, "error", err)
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

// reconcileNumber settles what was attempted to a number by what the provider lists. What
// it does not list by now never left.
func (s *Service) reconcileNumber(ctx context.Context, u Unknown, now time.Time) error {
	listed, err := s.list(ctx, u)
	if err != nil {
		return err
	}
	left, err := s.Store.ListUnanswered(ctx, u.InstitutionID, u.To, u.Channel)
	if err != nil {
		return err
	}
	for _, attempt := range left {
		if attempt.ProviderStatus != Attempted || attempt.Date.After(now.Add(-believedAfter)) || !reaches(listed, attempt.Date.Add(-madeBefore)) {
			continue
		}
		settled, err := s.Store.SettleNeverLeft(ctx, attempt, s.Clock.Now())
		if err != nil {
			return err
		}
		if settled {
			s.Log.WarnContext(ctx, "a send without an answer never left", "attempt", attempt.ID, "channel", attempt.Channel)
		}
	}
	return nil
}

// list returns the newest messages to a number that the provider has, and settles by them
// what it never answered for: also with an error, those of the accounts that answered.
func (s *Service) list(ctx context.Context, u Unknown) ([]Notification, error) {
	inst, err := s.Institutions.Find(ctx, u.InstitutionID)
	if err != nil {
		return nil, err
	}
	asking, cancel := context.WithTimeout(ctx, fetchDeadline)
	defer cancel()
	if u.Channel == SMS {
		return s.readTexts(asking, inst, u.To, time.Time{}, listedAtMost)
	}
	calls, err := s.Archive.ListCalls(asking, u.InstitutionID, u.To, listedAtMost)
	listed := found(inst, s.Brand, calls)
	return listed, cmp.Or(err, s.match(ctx, u.InstitutionID, u.To, Voice, listed))
}

// reaches reports whether lists of the newest messages, one of each account, have all since
// a time.
func reaches(listed []Notification, since time.Time) bool {
	many, back := map[string]int{}, map[string]bool{}
	for _, n := range listed {
		many[n.AccountSID]++
		back[n.AccountSID] = back[n.AccountSID] || n.Date.Before(since)
	}
	for account, n := range many {
		if n >= listedAtMost && !back[account] {
			return false
		}
	}
	return true
}

package profile

import (
	"context"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/user"
)

// Service keeps the rules of looking at profiles.
type Service struct {
	Users *user.Service
	Store Store
	Clock clock.Clock
}

// Find returns a profile to whom user.Find returns the user.
func (s *Service) Find(ctx context.Context, userID string, parts Parts) (Profile, error) {
	if parts == 0 {
		u, err := s.Users.Find(ctx, userID)
		return Profile{User: u}, err
	}
	var found Row
	_, err := user.Find(ctx, userID, func(ctx context.Context, institutionID, userID string) (u user.User, err error) {
		found, err = s.Store.FindProfile(ctx, institutionID, userID, parts)
		return found.User, err
	})
	if err != nil {
		return Profile{}, err
	}
	return s.profile(found), nil
}

// Search returns a page of profiles to whom user.Search returns the users.
func (s *Service) Search(ctx context.Context, f user.Filter, parts Parts) (Page, error) {
	if parts == 0 {
		users, err := s.Users.Search(ctx, f)
		return Page{Page: users}, err
	}
	var found []Row
	users, err := user.Search(ctx, f, func(ctx context.Context, q user.Query) (matches []user.Match, err error) {
		found, err = s.Store.ListProfiles(ctx, q, parts)
		matches = make([]user.Match, len(found))
		for i, r := range found {
			matches[i] = r.Match
		}
		return matches, err
	})
	if err != nil {
		return Page{}, err
	}
	page := Page{Page: users, Profiles: make([]Profile, len(users.Matches))}
	for i := range page.Profiles {
		page.Profiles[i] = s.profile(found[i])
	}
	return page, nil
}

func (s *Service) profile(r Row) Profile {
	now := s.Clock.Now()
	p := Profile{User: r.User, Devices: r.Devices}
	for _, d := range r.Devices {
		d.Common().EndPause(now)
	}
	for _, set := range r.Sets {
		p.BackupCodes = append(p.BackupCodes, set.Summary(now))
	}
	return p
}

// Package profile reads people as staff look at them: a user, or a page of users,
// together with their devices and backup codes. What a look needs is known before
// it begins, so the store reads it in one statement or two, and of devices only what
// is asked for:
//
//	Find, Search ── the rules of package user ──> Store ── a statement or two ──> Profile
//
// It changes nothing. Whoever acts on a user, a device or codes asks their own
// packages, which always read the whole of it.
package profile

import (
	"context"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/user"
)

// Parts are what of a profile is read beside the user. A field of a part that is
// not read has its zero value, which then says nothing.
type Parts uint8

// The parts. The last three are of devices, and bring nothing without them.
const (
	// Devices has what of a device is in no part of its own.
	Devices Parts = 1 << iota
	// BackupCodes has the newest set of each origin.
	BackupCodes
	// Dates has AddedAt, ConfirmedAt and LastUsedAt.
	Dates
	// Pauses has PausedUntil.
	Pauses
	// Details has the carrier, and who set a number type, why and when.
	Details

	Everything = Devices | BackupCodes | Dates | Pauses | Details
)

// Has tells whether all of some parts are among these.
func (p Parts) Has(parts Parts) bool { return p&parts == parts }

// Row is a profile as it is stored.
type Row struct {
	user.Match
	// Devices are in the order in which they were added.
	Devices []device.Device
	// Sets are the newest of each origin, the newer first, as far as a Summary is
	// made of them.
	Sets []backupcode.Set
}

// Store reads profiles.
type Store interface {
	// FindProfile gives a user of an institution, or NOT_FOUND.
	FindProfile(ctx context.Context, institutionID, userID string, parts Parts) (Row, error)
	// ListProfiles gives users in the order of (Key, ID).
	ListProfiles(ctx context.Context, q user.Query, parts Parts) ([]Row, error)
}

// Profile is a user with what was asked for.
type Profile struct {
	User        user.User
	Devices     []device.Device
	BackupCodes []backupcode.Summary
}

// Page is a page of users, and the profile of each where parts were asked for.
type Page struct {
	user.Page
	Profiles []Profile
}

// Service keeps the rules of looking at profiles.
type Service struct {
	Users *user.Service
	Store Store
	Clock clock.Clock
}

// Find gives a profile to whom user.Find gives the user.
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

// Search gives a page of profiles to whom user.Search gives the users.
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

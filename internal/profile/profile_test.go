package profile_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/user"
)

const bank = "ins_harbor"

var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// stored is a store in which users are found by their id, or all of them.
type stored struct {
	user.Store
	rows  []profile.Row
	parts []profile.Parts
	query user.Query
}

func (s *stored) FindUser(_ context.Context, institutionID, userID string) (user.User, error) {
	r, err := s.find(institutionID, userID)
	return r.User, err
}

func (s *stored) ListUsers(_ context.Context, q user.Query) (all []user.Match, _ error) {
	s.query = q
	for _, r := range s.rows {
		all = append(all, r.Match)
	}
	return all, nil
}

func (s *stored) FindProfile(_ context.Context, institutionID, userID string, parts profile.Parts) (profile.Row, error) {
	s.parts = append(s.parts, parts)
	return s.find(institutionID, userID)
}

func (s *stored) ListProfiles(_ context.Context, q user.Query, parts profile.Parts) ([]profile.Row, error) {
	s.parts, s.query = append(s.parts, parts), q
	return s.rows[:min(q.Limit, len(s.rows))], nil
}

func (s *stored) find(institutionID, userID string) (profile.Row, error) {
	for _, r := range s.rows {
		if r.User.ID == userID && institutionID == bank {
			return r, nil
		}
	}
	return profile.Row{}, fault.Errorf(fault.NotFound, "There is no such user.")
}

func newService() (*profile.Service, *stored) {
	s := &stored{}
	for range 3 {
		u := user.User{ID: id.New(id.User), InstitutionID: bank}
		over, ahead := now, now.Add(time.Second)
		s.rows = append(s.rows, profile.Row{
			Match: user.Match{User: u, Key: "key"},
			Devices: []device.Device{
				&device.Phone{Base: device.Base{ID: "over", PausedUntil: &over}}, &device.Email{Base: device.Base{ID: "ahead", PausedUntil: &ahead}},
			},
			Sets: []backupcode.Set{{Origin: backupcode.ByStaff, ExpiresAt: &over, Codes: []backupcode.Code{{UsedAt: &over}, {}}}},
		})
	}
	return &profile.Service{Users: &user.Service{Store: s}, Store: s, Clock: clock.NewFake(now)}, s
}

func as(t *testing.T, institutionID, userID string, permissions ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{Kind: auth.Staff, InstitutionID: institutionID, UserID: userID, Permissions: permissions})
}

func TestService_Find(t *testing.T) {
	t.Parallel()
	for _, parts := range []profile.Parts{0, profile.Devices, profile.Everything} {
		s, store := newService()
		wanted := store.rows[1].User
		for _, tt := range []struct {
			name   string
			ctx    context.Context
			userID string
			want   fault.Code
		}{
			{"is for staff who may view users", as(t, bank, "usr_agent", auth.ViewUsers), wanted.ID, ""},
			{"is for the user", as(t, bank, wanted.ID), wanted.ID, ""},
			{"is not for other staff", as(t, bank, "usr_agent", auth.GenerateLockoutCodes), wanted.ID, fault.Forbidden},
			{"is not for nobody", t.Context(), wanted.ID, fault.Unauthenticated},
			{"is not for another institution", as(t, "ins_summit", "usr_agent", auth.ViewUsers), wanted.ID, fault.NotFound},
			{"finds nobody by what is no user's id", as(t, bank, "usr_agent", auth.ViewUsers), "dev_1", fault.NotFound},
		} {
			found, err := s.Find(tt.ctx, tt.userID, parts)
			if fault.CodeOf(err) != tt.want || tt.want == "" && found.User != wanted || tt.want != "" && found.User.ID != "" {
				t.Errorf("%05b %s: %+v, %v", parts, tt.name, found, err)
			}
		}
	}
}

func TestService_FindShowsTheProfileAsOfNow(t *testing.T) {
	t.Parallel()
	s, store := newService()
	found, err := s.Find(as(t, bank, "usr_agent", auth.ViewUsers), store.rows[0].User.ID, profile.Everything)
	if err != nil {
		t.Fatal(err)
	}
	if found.Devices[0].Common().PausedUntil != nil || found.Devices[1].Common().PausedUntil == nil {
		t.Errorf("pauses that are over are not told from others: %+v", found.Devices)
	}
	want := []backupcode.Summary{{Origin: backupcode.ByStaff, Total: 2, ExpiresAt: &now, Codes: []backupcode.CodeStatus{{Status: backupcode.Used, UsedAt: &now}, {Status: backupcode.Expired}}}}
	if diff := cmp.Diff(want, found.BackupCodes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]profile.Parts{profile.Everything}, store.parts); diff != "" {
		t.Error(diff)
	}
}

func TestService_Search(t *testing.T) {
	t.Parallel()
	for _, parts := range []profile.Parts{0, profile.Devices} {
		s, store := newService()
		two := 2
		for name, tt := range map[string]struct {
			ctx    context.Context
			filter user.Filter
			want   fault.Code
		}{
			"is for staff who may view users": {as(t, bank, "usr_agent", auth.ViewUsers), user.Filter{First: &two, Search: "Ann"}, ""},
			"is not for other staff":          {as(t, bank, "usr_agent"), user.Filter{}, fault.Forbidden},
			"is not for nobody":               {t.Context(), user.Filter{}, fault.Unauthenticated},
			"refuses a foreign cursor":        {as(t, bank, "usr_agent", auth.ViewUsers), user.Filter{After: "x"}, fault.InvalidInput},
		} {
			page, err := s.Search(tt.ctx, tt.filter, parts)
			if fault.CodeOf(err) != tt.want {
				t.Errorf("%05b %s: %v", parts, name, err)
			}
			if tt.want != "" {
				continue
			}
			if len(page.Matches) != 2 || !page.HasNext || store.query.InstitutionID != bank || store.query.From != "ann" {
				t.Errorf("%05b: %+v of %+v", parts, page.Page, store.query)
			}
			if parts != 0 && (len(page.Profiles) != 2 || page.Profiles[1].User != page.Matches[1].User || page.Profiles[1].Devices[0].Common().PausedUntil != nil) {
				t.Errorf("%05b: %+v", parts, page.Profiles)
			}
		}
	}
}

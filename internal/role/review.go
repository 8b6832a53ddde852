package role

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Reviewed is one of the staff and what they may do, for who goes over it.
type Reviewed struct {
	User user.User
	// Grants are in the order of auth.Permissions; none for who may do nothing.
	Grants []Grant
}

// Grant is one thing that one of the staff may do.
type Grant struct {
	Permission auth.Permission
	// Roles are the names of the roles that give it; none where Admin level alone does.
	Roles []string
	// Since is when they were first given it, of what gives it now: the later of when the
	// role was given and when the permission was put into it.
	Since Given
	// By names who gave it; empty where that is not known.
	By string
	// LastUsed is when they last did what needs it; nil for never.
	LastUsed *time.Time
}

// uses are the acts that need a permission.
var uses = map[audit.Action]auth.Permission{
	audit.ReadProfile: auth.ViewUsers, audit.ReadUsers: auth.ViewUsers,
	audit.PreparedCodes: auth.GenerateLockoutCodes, audit.GeneratedCodes: auth.GenerateLockoutCodes, audit.RevokedCodes: auth.GenerateLockoutCodes,
	audit.UpdatedNumberType: auth.UpdateNumberType, audit.ClearedNumberType: auth.UpdateNumberType,
	audit.ReadHistory: auth.ViewNotificationHistory,
	audit.ResetDevice: auth.ResetTwoFactorDevice, audit.RestoredDevice: auth.ResetTwoFactorDevice, audit.LiftedPause: auth.ResetTwoFactorDevice, audit.TestedDevice: auth.ResetTwoFactorDevice,
	audit.UnfrozeUser: auth.ResetTwoFactorDevice, audit.EndedSessions: auth.ResetTwoFactorDevice, audit.ClosedUser: auth.ResetTwoFactorDevice,
	audit.UpdatedSettings: auth.ManageSettings, audit.RetriedJob: auth.ManageProviders, audit.DroppedJob: auth.ManageProviders,
	audit.SavedProvider: auth.ManageProviders, audit.CheckedProvider: auth.ManageProviders, audit.RemovedProvider: auth.ManageProviders,
	audit.TestedProvider: auth.ManageProviders,
	audit.SavedRole:      auth.ManageRoles, audit.RemovedRole: auth.ManageRoles,
	audit.ReadStaff: auth.ManageStaff, audit.SavedStaff: auth.ManageStaff, audit.InvitedStaff: auth.ManageStaff, audit.DisabledUser: auth.ManageStaff, audit.EnabledUser: auth.ManageStaff,
	audit.ReadAuditLog: auth.ViewAuditLog, audit.ExportedAccess: auth.ViewAuditLog,
}

// Review returns a page of the staff of the actor's institution with what each may do:
// FORBIDDEN without VIEW_AUDIT_LOG, as it tells what they did last.
func (s *Service) Review(ctx context.Context, f user.Filter) (user.Page, []Reviewed, error) {
	f.Kind = auth.Staff
	page, err := user.SearchBy(ctx, auth.ViewAuditLog, f, s.Store.ListUsers)
	if err != nil {
		return user.Page{}, nil, err
	}
	staff := make([]user.User, len(page.Matches))
	for i, m := range page.Matches {
		staff[i] = m.User
	}
	reviewed, err := s.reviewed(ctx, staff)
	return page, reviewed, err
}

// Export is a review of all the staff, to be taken out.
type Export struct {
	Staff []Reviewed
	// FileName is a name for the file that CSV holds.
	FileName string
	CSV      string
}

// Export returns all the staff of the actor's institution as Review does, and records
// that they were taken out.
func (s *Service) Export(ctx context.Context) (Export, error) {
	actor, err := auth.Require(ctx, auth.ViewAuditLog)
	if err != nil {
		return Export{}, err
	}
	if err := s.Audit.Record(ctx, audit.Event{Action: audit.ExportedAccess, TargetID: actor.InstitutionID}); err != nil {
		return Export{}, err
	}
	all, err := s.reviewAll(ctx)
	if err != nil {
		return Export{}, err
	}
	csv, err := csvOf(all)
	return Export{Staff: all, FileName: "access-review-" + s.Clock.Now().UTC().Format(time.DateOnly) + ".csv", CSV: csv}, err
}

func (s *Service) reviewAll(ctx context.Context) ([]Reviewed, error) {
	var all []Reviewed
	for f := (user.Filter{First: new(100)}); ; {
		page, some, err := s.Review(ctx, f)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if !page.HasNext {
			return all, nil
		}
		f.After = page.Matches[len(page.Matches)-1].Cursor()
	}
}

func (s *Service) reviewed(ctx context.Context, staff []user.User) ([]Reviewed, error) {
	if len(staff) == 0 {
		return nil, nil
	}
	institutionID, ids := staff[0].InstitutionID, make([]string, len(staff))
	for i, u := range staff {
		ids[i] = u.ID
	}
	found, err := s.Store.ListAccess(ctx, institutionID, ids)
	if err != nil {
		return nil, err
	}
	used, err := s.Store.LastUses(ctx, institutionID, ids)
	if err != nil {
		return nil, err
	}
	all := make([]Reviewed, len(staff))
	for i, u := range staff {
		all[i] = Reviewed{User: u}
		if j := slices.IndexFunc(found, func(a Access) bool { return a.UserID == u.ID }); j >= 0 {
			all[i].Grants = grants(found[j], used[u.ID])
		}
	}
	return all, s.name(ctx, institutionID, all)
}

// name names who gave what.
func (s *Service) name(ctx context.Context, institutionID string, all []Reviewed) error {
	names, ids := map[string]string{}, []string(nil)
	for _, r := range all {
		for _, g := range r.Grants {
			if id.Is(id.User, g.Since.By) {
				ids = append(ids, g.Since.By)
			}
		}
	}
	slices.Sort(ids)
	givers, err := s.Store.FindUsers(ctx, institutionID, slices.Compact(ids))
	for _, u := range givers {
		names[u.ID] = u.Name()
	}
	for _, r := range all {
		for i, g := range r.Grants {
			r.Grants[i].By = cmp.Or(names[g.Since.By], g.Since.By)
		}
	}
	return err
}

// grants tells of each permission of somebody where it comes from and when it was used.
func grants(a Access, used map[string]time.Time) []Grant {
	var all []Grant
	for _, p := range a.Permissions() {
		g := Grant{Permission: p}
		for _, r := range a.Roles {
			if !slices.Contains(r.Permissions, p) {
				continue
			}
			since := r.Held
			if put := r.Given[p]; put.At.After(since.At) {
				since = put
			}
			if len(g.Roles) == 0 || since.At.Before(g.Since.At) {
				g.Since = since
			}
			g.Roles = append(g.Roles, r.Name)
		}
		if len(g.Roles) == 0 {
			g.Since = a.LevelSet
		}
		for action, at := range used {
			if uses[audit.Action(action)] == p && (g.LastUsed == nil || at.After(*g.LastUsed)) {
				g.LastUsed = &at
			}
		}
		all = append(all, g)
	}
	return all
}

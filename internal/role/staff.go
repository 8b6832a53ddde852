package role

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Staff returns a page of the staff of the actor's institution, by name as user.Search
// does: FORBIDDEN without MANAGE_STAFF.
func (s *Service) Staff(ctx context.Context, f user.Filter) (user.Page, error) {
	f.Kind = auth.Staff
	return user.SearchBy(ctx, auth.ManageStaff, f, s.Store.ListUsers)
}

// AccessOf returns what users of the staff may do: FORBIDDEN without MANAGE_STAFF or, for
// others than oneself, without VIEW_USERS.
func (s *Service) AccessOf(ctx context.Context, userIDs []string) (map[string]*Access, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	own := !slices.ContainsFunc(userIDs, func(id string) bool { return id != actor.UserID })
	if !own && !actor.Can(auth.ManageStaff) && !actor.Can(auth.ViewUsers) {
		return nil, auth.ErrMissing(auth.ManageStaff)
	}
	found, err := s.Store.ListAccess(ctx, actor.InstitutionID, userIDs)
	byID := make(map[string]*Access, len(found))
	for _, a := range found {
		byID[a.UserID] = &a
	}
	return byID, err
}

// FactorsOf returns the ways in which users can sign in besides their password, by user:
// FORBIDDEN without MANAGE_STAFF.
func (s *Service) FactorsOf(ctx context.Context, userIDs []string) (map[string][]institution.Method, error) {
	actor, err := auth.Require(ctx, auth.ManageStaff)
	if err != nil {
		return nil, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	found, err := s.Store.ListDevices(ctx, actor.InstitutionID, userIDs)
	byUser := map[string][]institution.Method{}
	for _, d := range found {
		of, m := d.Common().UserID, device.Method(d)
		if device.Usable(inst, d) && !slices.Contains(byUser[of], m) {
			byUser[of] = append(byUser[of], m)
		}
	}
	return byUser, err
}

// SaveStaff changes what one of the staff may do. FORBIDDEN by the rules of MayChange, to
// make Admin-level staff unless one is, and for a permission given that the actor lacks;
// NOT_FOUND for the user or a role; STEP_UP_REQUIRED; INVALID_INPUT; CONFLICT if somebody
// else changed it first, and if nobody could manage roles and staff any more.
func (s *Service) SaveStaff(ctx context.Context, c StaffChange) (user.User, error) {
	if _, err := s.manager(ctx, auth.ManageStaff); err != nil {
		return user.User{}, err
	}
	why, err := audit.CheckReason(c.Reason)
	if err != nil {
		return user.User{}, err
	}
	if !id.Is(id.User, c.UserID) {
		return user.User{}, fault.Errorf(fault.NotFound, "There is no such user.")
	}
	var u user.User
	err = s.keeping(ctx, auth.ManageStaff, func(ctx context.Context, actor auth.Actor) error {
		if u, err = s.Store.LockUser(ctx, actor.InstitutionID, c.UserID); err != nil {
			return err
		}
		if err := MayChange(actor, u); err != nil {
			return err
		}
		before, after, err := s.plan(ctx, actor, c)
		if err != nil {
			return err
		}
		u.AdminLevel = after.AdminLevel
		return s.set(ctx, actor, before, after, why)
	})
	return u, err
}

// plan returns what a user may do before and after a change that the actor may make.
func (s *Service) plan(ctx context.Context, actor auth.Actor, c StaffChange) (before, after Access, err error) {
	found, err := s.Store.ListAccess(ctx, actor.InstitutionID, []string{c.UserID})
	if err != nil || len(found) == 0 {
		return Access{}, Access{}, orNone(err)
	}
	before, after = found[0], found[0]
	if c.Version != nil && *c.Version != before.Version {
		return Access{}, Access{}, errChanged()
	}
	if c.RoleIDs != nil {
		if after.Roles, err = s.named(ctx, actor, *c.RoleIDs); err != nil {
			return Access{}, Access{}, err
		}
	}
	if c.AdminLevel != nil && *c.AdminLevel != before.AdminLevel {
		after.AdminLevel, after.LevelSet = *c.AdminLevel, Given{At: s.Clock.Now(), By: actor.UserID}
	}
	if c.Removed != nil {
		if after.Removed, err = Parse("removedPermissions", *c.Removed); err != nil {
			return Access{}, Access{}, err
		}
	}
	return before, after, mayGive(actor, before, after)
}

func orNone(err error) error {
	if err == nil {
		err = fault.Errorf(fault.NotFound, "There is no such user.")
	}
	return err
}

// mayGive tells why the actor may not give what a change gives: a level, roles that are
// new, and what was taken by name and comes back.
func mayGive(actor auth.Actor, before, after Access) error {
	if after.AdminLevel && !before.AdminLevel && !actor.AdminLevel {
		return fault.Errorf(fault.Forbidden, "Only Admin-level staff make others Admin-level.")
	}
	giving := without(after.Permissions(), before.Permissions())
	for _, r := range after.Roles {
		if !before.holds(r.ID) {
			giving = append(giving, r.Permissions...)
		}
	}
	return lacks(actor.Permissions, giving)
}

// named returns roles of the actor's institution by id, as given now: NOT_FOUND.
func (s *Service) named(ctx context.Context, actor auth.Actor, ids []string) ([]Held, error) {
	all, err := s.Store.ListRoles(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(all, func(r Role) bool { return r.ID == id }) {
			return nil, errNone()
		}
	}
	var held []Held
	for _, r := range all {
		if slices.Contains(ids, r.ID) {
			held = append(held, Held{Role: r, Held: Given{At: s.Clock.Now(), By: actor.UserID}})
		}
	}
	return held, nil
}

// set stores what a user may do and records what that changes.
func (s *Service) set(ctx context.Context, actor auth.Actor, before, after Access, why string) error {
	ok, err := s.Store.SetAccess(ctx, actor.InstitutionID, after)
	if err == nil && !ok {
		err = errChanged()
	}
	if err != nil {
		return err
	}
	return s.Audit.Record(ctx, audit.Event{Action: audit.SavedStaff, TargetID: after.UserID, Details: map[string]string{
		"adminLevel": strconv.FormatBool(after.AdminLevel), "roles": strings.Join(after.RoleNames(), ", "), "takenByName": codes(after.Removed),
		"added": codes(without(after.Permissions(), before.Permissions())), "taken": codes(without(before.Permissions(), after.Permissions())), "reason": why,
	}})
}

// New is what somebody new on the staff may do.
type New struct {
	AdminLevel bool
	RoleIDs    []string
}

// MayInvite returns what somebody new may do if the actor may give it, and the actor as
// they are now: FORBIDDEN without MANAGE_STAFF and for what the actor lacks; NOT_FOUND for
// a role. It runs in the transaction that adds the user, and Give follows once the user is
// there.
func (s *Service) MayInvite(ctx context.Context, n New) (auth.Actor, Access, error) {
	actor, err := s.hold(ctx, auth.ManageStaff)
	if err != nil {
		return auth.Actor{}, Access{}, err
	}
	roles, err := s.named(ctx, actor, n.RoleIDs)
	if err != nil {
		return auth.Actor{}, Access{}, err
	}
	a := Access{AdminLevel: n.AdminLevel, LevelSet: Given{At: s.Clock.Now(), By: actor.UserID}, Roles: roles}
	return actor, a, mayGive(actor, Access{}, a)
}

// Give gives a user who was just added, or whose invitation is replaced, exactly what
// MayInvite returned.
func (s *Service) Give(ctx context.Context, u user.User, a Access) error {
	found, err := s.Store.ListAccess(ctx, u.InstitutionID, []string{u.ID})
	if err != nil || len(found) == 0 {
		return orNone(err)
	}
	a.UserID, a.Version = u.ID, found[0].Version
	ok, err := s.Store.SetAccess(ctx, u.InstitutionID, a)
	if err == nil && !ok {
		err = errChanged()
	}
	return err
}

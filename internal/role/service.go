package role

import (
	"context"
	"slices"
	"strconv"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Service keeps the rules of roles.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Audit        audit.Recorder
	Clock        clock.Clock
}

// List returns the roles of the actor's institution: FORBIDDEN without MANAGE_ROLES.
func (s *Service) List(ctx context.Context) ([]Role, error) {
	actor, err := auth.Require(ctx, auth.ManageRoles)
	if err != nil {
		return nil, err
	}
	return s.Store.ListRoles(ctx, actor.InstitutionID)
}

// Grantable returns the roles that the actor may give: those that hold nothing which the
// actor lacks. FORBIDDEN without MANAGE_STAFF.
func (s *Service) Grantable(ctx context.Context) ([]Role, error) {
	actor, err := auth.Require(ctx, auth.ManageStaff)
	if err != nil {
		return nil, err
	}
	all, err := s.Store.ListRoles(ctx, actor.InstitutionID)
	return slices.DeleteFunc(all, func(r Role) bool { return lacks(actor.Permissions, r.Permissions) != nil }), err
}

// Save makes or changes a role of the actor's institution: FORBIDDEN without
// MANAGE_ROLES, for a permission put in that the actor lacks, for one taken out of a role
// that the actor holds, and for a role of Admin-level staff to others; STEP_UP_REQUIRED;
// INVALID_INPUT; NOT_FOUND; CONFLICT for a name that another role has, if somebody else
// changed the role first, and if nobody could manage roles and staff any more.
func (s *Service) Save(ctx context.Context, c Change) (Role, error) {
	return s.change(ctx, c.ID, c.Reason, func(ctx context.Context, actor auth.Actor, all []Role, was Role, why string) (Role, error) {
		if c.Version != nil && *c.Version != was.Version {
			return Role{}, errChanged()
		}
		r, err := c.applied(was, Given{At: s.Clock.Now(), By: actor.UserID})
		if err != nil {
			return Role{}, err
		}
		if slices.ContainsFunc(all, func(o Role) bool { return o.ID != r.ID && text.Fold(o.Name) == text.Fold(r.Name) }) {
			return Role{}, fault.Errorf(fault.Conflict, "There is a role of this name already. Change that one, or choose another name.")
		}
		added, taken := without(r.Permissions, was.Permissions), without(was.Permissions, r.Permissions)
		if err := s.mayChange(ctx, actor, was, added, taken); err != nil {
			return Role{}, err
		}
		return r, s.write(ctx, actor, was, r, audit.Event{Action: audit.SavedRole, TargetID: actor.InstitutionID, Details: map[string]string{
			"role": r.ID, "name": r.Name, "added": codes(added), "taken": codes(taken), "reason": why,
		}})
	})
}

// Remove takes a role away, which nobody holds who can sign in: CONFLICT while somebody
// does. Errors as Save.
func (s *Service) Remove(ctx context.Context, roleID, why string) (Role, error) {
	return s.change(ctx, roleID, why, func(ctx context.Context, actor auth.Actor, _ []Role, was Role, why string) (Role, error) {
		switch {
		case was.Version == 0:
			return Role{}, errNone()
		case was.Members == 1:
			return Role{}, fault.Errorf(fault.Conflict, "One of the staff holds this role. Take it from them first.")
		case was.Members > 1:
			return Role{}, fault.Errorf(fault.Conflict, "%d of the staff hold this role. Take it from them first.", was.Members)
		}
		if err := s.Store.DeleteRole(ctx, actor.InstitutionID, was.ID); err != nil {
			return Role{}, err
		}
		return was, s.Audit.Record(ctx, audit.Event{Action: audit.RemovedRole, TargetID: actor.InstitutionID, Details: map[string]string{
			"role": was.ID, "name": was.Name, "taken": codes(was.Permissions), "reason": why,
		}})
	})
}

func errNone() error {
	return fault.Errorf(fault.NotFound, "There is no such role; it may have been removed.")
}

func errChanged() error {
	return fault.Errorf(fault.Conflict, "Someone else changed this meanwhile. Read it again, then make your change.")
}

// change does something to a role, or to a new one if the id is empty, in a transaction in
// which nobody else changes roles, and somebody is left who can manage them.
func (s *Service) change(
	ctx context.Context, roleID, why string,
	do func(ctx context.Context, actor auth.Actor, all []Role, was Role, why string) (Role, error),
) (Role, error) {
	actor, err := s.manager(ctx, auth.ManageRoles)
	if err != nil {
		return Role{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return Role{}, err
	}
	var done Role
	err = s.keeping(ctx, auth.ManageRoles, func(ctx context.Context, actor auth.Actor) error {
		all, err := s.Store.ListRoles(ctx, actor.InstitutionID)
		if err != nil {
			return err
		}
		was := Role{ID: id.New(id.Role)}
		if roleID != "" {
			i := slices.IndexFunc(all, func(r Role) bool { return r.ID == roleID })
			if i < 0 {
				return errNone()
			}
			was = all[i]
		}
		done, err = do(ctx, actor, all, was, why)
		return err
	})
	if err != nil {
		return Role{}, err
	}
	all, err := s.Store.ListRoles(ctx, actor.InstitutionID)
	if i := slices.IndexFunc(all, func(r Role) bool { return r.ID == done.ID }); i >= 0 {
		done = all[i]
	}
	return done, err
}

// manager returns the actor if it holds a permission and proved a factor lately.
func (s *Service) manager(ctx context.Context, p auth.Permission) (auth.Actor, error) {
	actor, err := auth.Require(ctx, p)
	if err != nil {
		return auth.Actor{}, err
	}
	return actor, actor.RequireRecentFactor(s.Clock.Now())
}

// keeping makes a change in a transaction that holds the institution, by the actor as they
// are then: CONFLICT if nobody could manage roles and staff after it who could before.
func (s *Service) keeping(ctx context.Context, p auth.Permission, change func(ctx context.Context, actor auth.Actor) error) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		actor, err := s.hold(ctx, p)
		if err != nil {
			return err
		}
		before, err := s.Store.ListHolders(ctx, actor.InstitutionID, Keeping())
		if err != nil {
			return err
		}
		if err := change(ctx, actor); err != nil {
			return err
		}
		after, err := s.Store.ListHolders(ctx, actor.InstitutionID, Keeping())
		if err == nil && len(before) > 0 && len(after) == 0 {
			err = errNoKeeper()
		}
		return err
	})
}

// hold holds the institution of the actor, and returns the actor as they are then: FORBIDDEN
// if they lack a permission.
func (s *Service) hold(ctx context.Context, p auth.Permission) (auth.Actor, error) {
	actor, err := auth.Require(ctx, p)
	if err != nil {
		return auth.Actor{}, err
	}
	if err := s.Store.HoldInstitution(ctx, actor.InstitutionID); err != nil {
		return auth.Actor{}, err
	}
	if actor, err = s.asNow(ctx, actor); err == nil && !actor.Can(p) {
		err = auth.ErrMissing(p)
	}
	return actor, err
}

// asNow returns the actor with the level and the permissions that they have now: a
// colleague may have changed them since the request began.
func (s *Service) asNow(ctx context.Context, actor auth.Actor) (auth.Actor, error) {
	if actor.Kind != auth.Staff {
		return actor, nil
	}
	now, err := s.Store.ListAccess(ctx, actor.InstitutionID, []string{actor.UserID})
	if err != nil {
		return auth.Actor{}, err
	}
	actor.AdminLevel, actor.Permissions = false, nil
	if len(now) == 1 {
		actor.AdminLevel, actor.Permissions = now[0].AdminLevel, now[0].Permissions()
	}
	return actor, nil
}

// mayChange tells why the actor may not put permissions into a role and take others out.
func (s *Service) mayChange(ctx context.Context, actor auth.Actor, was Role, added, taken []auth.Permission) error {
	if err := lacks(actor.Permissions, added); err != nil {
		return err
	}
	if was.Version == 0 || len(added)+len(taken) == 0 {
		return nil
	}
	members, err := s.Store.ListMembers(ctx, actor.InstitutionID, was.ID)
	if err != nil {
		return err
	}
	for _, u := range members {
		switch {
		case u.ID == actor.UserID && len(taken) > 0:
			return fault.Errorf(fault.Forbidden, "You hold this role, and nobody changes what they may do themselves. Ask a colleague who does not hold it, or make a new role.")
		case u.AdminLevel && !actor.AdminLevel:
			return fault.Errorf(fault.Forbidden, "Admin-level staff hold this role, and only Admin-level staff change what they may do.")
		}
	}
	return nil
}

// write stores a role and records it.
func (s *Service) write(ctx context.Context, actor auth.Actor, was, r Role, e audit.Event) error {
	if was.Version == 0 {
		r.Version = 1
		if err := s.Store.CreateRole(ctx, actor.InstitutionID, r); err != nil {
			return err
		}
	} else if ok, err := s.Store.UpdateRole(ctx, actor.InstitutionID, r); err != nil || !ok {
		if err == nil {
			err = errChanged()
		}
		return err
	}
	e.Details["staff"] = strconv.Itoa(was.Members)
	return s.Audit.Record(ctx, e)
}

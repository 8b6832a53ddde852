// Package role is who of the staff may do what:
//
//	Save, Remove   change the named sets of permissions that staff know as roles
//	SaveStaff      changes the level and roles of one of the staff, and what is
//	               taken from them by name, which wins over every role
//	Staff, Review  tell who may do what, since when, given by whom, and last used
//
// Nobody gives what they lack, nobody changes what they may do themselves, and only
// Admin-level staff change what Admin-level staff may do. Somebody is always left who
// can manage roles and staff. A change holds at the next call.
//
// All changes at an institution wait for one another, and ask again then what the one
// who makes them may do.
package role

import (
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/user"
)

// Keeping returns the permissions that together give and take all others: somebody has
// to hold them.
func Keeping() []auth.Permission { return []auth.Permission{auth.ManageRoles, auth.ManageStaff} }

// Given is when something was given to the staff, and by whom: a user's id or an
// operator's. It is zero for what was given before that was kept.
type Given struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// Role is a named set of permissions.
type Role struct {
	ID          string
	Name        string
	Permissions []auth.Permission
	// Given tells of the permissions when they were put in.
	Given map[auth.Permission]Given
	// Version counts the changes.
	Version int
	// Members is how many who can sign in hold it.
	Members int
}

// Held is a role that one of the staff holds.
type Held struct {
	Role
	// Held is when they were given the role.
	Held Given
}

// Access is what one of the staff may do, and why.
type Access struct {
	UserID     string
	AdminLevel bool
	// LevelSet is when the level was last set.
	LevelSet Given
	// Roles are in the order of their names.
	Roles []Held
	// Removed was taken by name, and wins.
	Removed []auth.Permission
	// SignedInBy is the kind of option that they last signed in by, as package challenge
	// has it; empty for none.
	SignedInBy string
	// Version counts the changes.
	Version int
}

// granted are the permissions of all roles.
func (a Access) granted() []auth.Permission {
	var all []auth.Permission
	for _, r := range a.Roles {
		all = append(all, r.Permissions...)
	}
	return all
}

// Permissions returns what the user may do.
func (a Access) Permissions() []auth.Permission {
	return auth.Effective(a.AdminLevel, a.granted(), a.Removed)
}

// RoleNames returns the names of the roles.
func (a Access) RoleNames() []string {
	names := make([]string, len(a.Roles))
	for i, r := range a.Roles {
		names[i] = r.Name
	}
	return names
}

// holds reports whether the user holds a role.
func (a Access) holds(roleID string) bool {
	return slices.ContainsFunc(a.Roles, func(r Held) bool { return r.ID == roleID })
}

// Change is what is changed of a role; nil leaves as it is.
type Change struct {
	// ID is the role's; empty for a new one.
	ID string
	// Version is the one that was seen; nil for whatever there is.
	Version     *int
	Name        *string
	Permissions *[]auth.Permission
	Reason      string
}

// applied returns a role after a change by someone at a time: INVALID_INPUT.
func (c Change) applied(r Role, by Given) (Role, error) {
	if c.Name != nil {
		if r.Name = text.Typed(*c.Name); !text.IsName(r.Name, 60) {
			return Role{}, fault.Invalid("name", "A role's name has 1 to 60 characters that can be seen, and none that can't.")
		}
	}
	if r.Name == "" {
		return Role{}, fault.Invalid("name", "Give the role a name.")
	}
	if c.Permissions != nil {
		known, err := Parse("permissions", *c.Permissions)
		if err != nil {
			return Role{}, err
		}
		given := map[auth.Permission]Given{}
		for _, p := range known {
			if was, ok := r.Given[p]; ok || slices.Contains(r.Permissions, p) {
				given[p] = was
			} else {
				given[p] = by
			}
		}
		r.Permissions, r.Given = known, given
	}
	if len(r.Permissions) == 0 {
		return Role{}, fault.Invalid("permissions", "Choose what the role allows: at least one permission.")
	}
	return r, nil
}

// Parse returns permissions once each, in the order of auth.Permissions: INVALID_INPUT
// for one that there is not.
func Parse(field string, given []auth.Permission) ([]auth.Permission, error) {
	all := auth.Permissions()
	for _, p := range given {
		if !slices.Contains(all, p) {
			return nil, fault.Invalid(field, "%q is not a permission.", string(p))
		}
	}
	return slices.DeleteFunc(all, func(p auth.Permission) bool { return !slices.Contains(given, p) }), nil
}

// StaffChange is what is changed of one of the staff; nil leaves as it is.
type StaffChange struct {
	UserID string
	// Version is that of the Access that was seen; nil for whatever there is.
	Version    *int
	AdminLevel *bool
	RoleIDs    *[]string
	Removed    *[]auth.Permission
	Reason     string
}

// MayChange tells why the actor may not change what a user may do; nil if it may.
func MayChange(actor auth.Actor, u user.User) error {
	switch {
	case !actor.Can(auth.ManageStaff):
		return auth.ErrMissing(auth.ManageStaff)
	case u.Kind != auth.Staff:
		return fault.Errorf(fault.Conflict, "Only staff have a level and roles.")
	case actor.UserID == u.ID:
		return fault.Errorf(fault.Forbidden, "Nobody changes their own level or roles; ask a colleague.")
	case u.AdminLevel && !actor.AdminLevel:
		return fault.Errorf(fault.Forbidden, "Only Admin-level staff change the level and roles of Admin-level staff.")
	case u.Status == user.Closed:
		return fault.Errorf(fault.Conflict, "This account is closed.")
	}
	return nil
}

// lacks returns the FORBIDDEN error for what somebody would give and lacks; nil where
// they lack none of it.
func lacks(held, giving []auth.Permission) error {
	lacking := without(giving, held)
	if len(lacking) == 0 {
		return nil
	}
	return fault.Errorf(fault.Forbidden, "Nobody gives what they lack, and you don't hold %s.", namesOf(lacking))
}

func errNoKeeper() error {
	return fault.Errorf(fault.Conflict, "Then nobody could manage roles and staff any more. Give “%s” and “%s” to another person first.",
		auth.ManageRoles.Name(), auth.ManageStaff.Name())
}

// without returns what of some permissions is not among others, once each and in order.
func without(of, others []auth.Permission) []auth.Permission {
	return slices.DeleteFunc(auth.Permissions(), func(p auth.Permission) bool {
		return !slices.Contains(of, p) || slices.Contains(others, p)
	})
}

// namesOf returns permissions as staff call them.
func namesOf(ps []auth.Permission) string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = "“" + p.Name() + "”"
	}
	return strings.Join(names, ", ")
}

// codes returns permissions as the record has them.
func codes(ps []auth.Permission) string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = string(p)
	}
	return strings.Join(names, " ")
}

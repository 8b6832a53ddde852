package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/role"
)

type rolesCmd struct {
	List   rolesListCmd   `cmd:"" help:"Print an institution's roles, what each allows, and how many have it."`
	Save   rolesSaveCmd   `cmd:"" help:"Make a role, or change what one allows or its name."`
	Remove rolesRemoveCmd `cmd:"" help:"Take a role away that nobody has."`
	Give   rolesGiveCmd   `cmd:"" help:"Give a role to a staff user."`
	Take   rolesTakeCmd   `cmd:"" help:"Take a role from a staff user."`
}

// institutionFlags name an institution.
type institutionFlags struct {
	config.Database
	config.Keys
	Institution string `required:"" help:"The institution's slug."`
}

// roles runs a function as the operator who runs the command, on an institution's roles.
func (f institutionFlags) roles(ctx context.Context, s streams, act func(ctx context.Context, app desk.Desk, all []role.Role) error) error {
	return asOperator(ctx, s, f.Database, f.Keys, f.Institution, func(ctx context.Context, app desk.Desk, _ institution.Institution) error {
		all, err := app.Roles.List(ctx)
		if err != nil {
			return err
		}
		return act(ctx, app, all)
	})
}

// roleNamed returns the role of a name: NOT_FOUND.
func roleNamed(all []role.Role, name string) (role.Role, error) {
	i := slices.IndexFunc(all, func(r role.Role) bool { return strings.EqualFold(r.Name, strings.TrimSpace(name)) })
	if i < 0 {
		return role.Role{}, fault.Errorf(fault.NotFound, "There is no role %q; staff roles list prints those that there are.", name)
	}
	return all[i], nil
}

type rolesListCmd struct {
	institutionFlags
	jsonFlag
}

// shownRole is a role as JSON has it.
type shownRole struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Permissions []auth.Permission `json:"permissions"`
	Members     int               `json:"memberCount"`
	Version     int               `json:"version"`
}

func roleShown(r role.Role) shownRole {
	return shownRole{r.ID, r.Name, r.Permissions, r.Members, r.Version}
}

// Run prints the roles.
func (c *rolesListCmd) Run(ctx context.Context, s streams) error {
	return c.roles(ctx, s, func(_ context.Context, _ desk.Desk, all []role.Role) error {
		return printed(s.Out, c.jsonFlag, mapped(all, roleShown), func(w io.Writer, r shownRole) {
			_, _ = fmt.Fprintf(w, "%s\theld by %d\t%v\n", r.Name, r.Members, r.Permissions)
		})
	})
}

type rolesSaveCmd struct {
	institutionFlags
	reasonFlag
	Role       string            `required:"" help:"The role's name; one of no role makes one."`
	Rename     *string           `help:"A new name for it."`
	Permission []auth.Permission `help:"All that the role is to allow; repeat it. Without it that stays." placeholder:"NAME"`
}

// Run does what saveStaffRole does.
func (c *rolesSaveCmd) Run(ctx context.Context, s streams) error {
	return c.roles(ctx, s, func(ctx context.Context, app desk.Desk, all []role.Role) error {
		change := role.Change{Name: &c.Role, Reason: c.Reason}
		if r, err := roleNamed(all, c.Role); err == nil {
			change = role.Change{ID: r.ID, Version: &r.Version, Name: c.Rename, Reason: c.Reason}
		} else if c.Rename != nil {
			return err
		}
		if len(c.Permission) > 0 {
			change.Permissions = &c.Permission
		}
		r, err := app.Roles.Save(ctx, change)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "%s allows %v and is held by %d.\n", r.Name, r.Permissions, r.Members)
		return err
	})
}

type rolesRemoveCmd struct {
	institutionFlags
	reasonFlag
	Role string `required:"" help:"The role's name."`
}

// Run does what removeStaffRole does.
func (c *rolesRemoveCmd) Run(ctx context.Context, s streams) error {
	return c.roles(ctx, s, func(ctx context.Context, app desk.Desk, all []role.Role) error {
		r, err := roleNamed(all, c.Role)
		if err != nil {
			return err
		}
		if _, err := app.Roles.Remove(ctx, r.ID, c.Reason); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "Removed %s.\n", r.Name)
		return err
	})
}

type rolesGiveCmd struct {
	userFlags
	reasonFlag
	Role string `required:"" help:"The role's name."`
}

// Run does what saveStaff does with one role more.
func (c *rolesGiveCmd) Run(ctx context.Context, s streams) error {
	return c.roles(ctx, s, c.Role, c.Reason, func(ids []string, id string) []string { return append(ids, id) })
}

type rolesTakeCmd struct {
	userFlags
	reasonFlag
	Role string `required:"" help:"The role's name."`
}

// Run does what saveStaff does with one role less.
func (c *rolesTakeCmd) Run(ctx context.Context, s streams) error {
	return c.roles(ctx, s, c.Role, c.Reason, func(ids []string, id string) []string {
		return slices.DeleteFunc(ids, func(held string) bool { return held == id })
	})
}

// roles changes which roles a user has by one of a name, and prints what they may do then.
func (f userFlags) roles(ctx context.Context, s streams, name, why string, changed func(ids []string, id string) []string) error {
	return f.find(ctx, s, func(ctx context.Context, n foundUser) error {
		all, err := n.Roles.List(ctx)
		if err != nil {
			return err
		}
		r, err := roleNamed(all, name)
		if err != nil {
			return err
		}
		was, err := n.access(ctx)
		if err != nil {
			return err
		}
		ids := []string{}
		for _, held := range was.Roles {
			ids = append(ids, held.ID)
		}
		ids = changed(ids, r.ID)
		if _, err := n.Roles.SaveStaff(ctx, role.StaffChange{UserID: n.user.ID, Version: &was.Version, RoleIDs: &ids, Reason: why}); err != nil {
			return err
		}
		return n.printAccess(ctx, s)
	})
}

type staffAccessCmd struct {
	userFlags
	reasonFlag
	AdminLevel *bool              `help:"Make them Admin-level staff, or with --no-admin-level no longer." negatable:""`
	Without    *[]auth.Permission `help:"All that is taken from them by name, which wins over every role; repeat it." placeholder:"NAME"`
	Nothing    bool               `help:"Take nothing from them by name any more."`
}

// Run does what saveStaff does with the level and with what is taken by name.
func (c *staffAccessCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		change := role.StaffChange{UserID: n.user.ID, AdminLevel: c.AdminLevel, Removed: c.Without, Reason: c.Reason}
		if c.Nothing {
			change.Removed = &[]auth.Permission{}
		}
		if _, err := n.Roles.SaveStaff(ctx, change); err != nil {
			return err
		}
		return n.printAccess(ctx, s)
	})
}

// access returns what the user may do: CONFLICT for customers.
func (n foundUser) access(ctx context.Context) (*role.Access, error) {
	byID, err := n.Roles.AccessOf(ctx, []string{n.user.ID})
	if err == nil && byID[n.user.ID] == nil {
		err = fault.Errorf(fault.Conflict, "Only staff have a level and roles.")
	}
	return byID[n.user.ID], err
}

// printAccess prints what the user may do now.
func (n foundUser) printAccess(ctx context.Context, s streams) error {
	now, err := n.access(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "%s: Admin-level %t; roles: %s; may %v\n", n.user.Email, now.AdminLevel, strings.Join(now.RoleNames(), ", "), now.Permissions())
	return err
}

type staffReviewCmd struct {
	institutionFlags
	jsonFlag
}

// shownReview is one of the staff in a review as JSON has it.
type shownReview struct {
	Email          string       `json:"email"`
	Name           string       `json:"name"`
	AdminLevel     bool         `json:"adminLevel"`
	DisabledAt     *time.Time   `json:"disabledAt"`
	LastSignedInAt *time.Time   `json:"lastSignedInAt"`
	Grants         []shownGrant `json:"grants"`
}

// shownGrant is one thing that they may do. Roles is empty where Admin level alone gives it.
type shownGrant struct {
	Permission auth.Permission `json:"permission"`
	Roles      []string        `json:"roles"`
	Since      *time.Time      `json:"since"`
	GrantedBy  string          `json:"grantedBy"`
	LastUsedAt *time.Time      `json:"lastUsedAt"`
}

// Run prints what exportAccessReview returns, once that is in the record.
func (c *staffReviewCmd) Run(ctx context.Context, s streams) error {
	return asOperator(ctx, s, c.Database, c.Keys, c.Institution, func(ctx context.Context, app desk.Desk, _ institution.Institution) error {
		out, err := app.Roles.Export(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printed(s.Out, c.jsonFlag, mapped(out.Staff, reviewShown), nil)
		}
		_, err = fmt.Fprint(s.Out, out.CSV)
		return err
	})
}

func reviewShown(r role.Reviewed) shownReview {
	return shownReview{
		r.User.Email, r.User.Name(), r.User.AdminLevel, inUTC(r.User.DisabledAt), inUTC(r.User.LastSignedInAt), mapped(r.Grants, grantShown),
	}
}

func grantShown(g role.Grant) shownGrant {
	shown := shownGrant{Permission: g.Permission, Roles: append([]string{}, g.Roles...), GrantedBy: g.By, LastUsedAt: inUTC(g.LastUsed)}
	if !g.Since.At.IsZero() {
		shown.Since = inUTC(&g.Since.At)
	}
	return shown
}

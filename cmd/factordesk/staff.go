package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

type staffCmd struct {
	Create        staffCreateCmd        `cmd:"" help:"Make a staff user with a phone for their codes."`
	FirstPassword staffFirstPasswordCmd `cmd:"" help:"Print a new first password for a staff user, which is good for 72 hours and for choosing another."`
	Disable       staffDisableCmd       `cmd:"" help:"Keep a staff user who leaves from signing in."`
	Enable        staffEnableCmd        `cmd:"" help:"Let a disabled staff user sign in again."`
	Roles         rolesCmd              `cmd:"" help:"List, change, give and take roles."`
	Access        staffAccessCmd        `cmd:"" help:"Set a staff user's level, and what is taken from them by name."`
	Review        staffReviewCmd        `cmd:"" help:"Print who may do what, since when, given by whom and last used, as comma-separated values."`
	List          staffListCmd          `cmd:"" help:"Print the staff, what they may do and how they sign in."`
	ResetFactors  staffResetFactorsCmd  `cmd:"" help:"Give a staff user who lost all second factors a phone in their place."`
}

type staffCreateCmd struct {
	config.Database
	config.Keys
	Institution   string            `required:"" help:"The institution's slug."`
	Email         string            `required:"" help:"Email address, which is also the username."`
	FirstName     string            `required:"" help:"First name."`
	LastName      string            `required:"" help:"Last name."`
	Phone         string            `required:"" help:"Number that gets their codes, with its country code or as it is dialled at home. You vouch for it."`
	Admin         bool              `help:"Admin-level, with all permissions unless --permission or --role names some."`
	Permission    []auth.Permission `help:"What they may do; repeat it." placeholder:"NAME"`
	Role          []string          `help:"A role that they get; repeat it." sep:"none" placeholder:"NAME"`
	PasswordStdin bool              `help:"Read the first password from standard input; without it one is made up and printed once. They choose another within 72 hours."`
}

// Run makes the user, the role and the device, or nothing.
func (c *staffCreateCmd) Run(ctx context.Context, s streams) error {
	for _, p := range c.Permission {
		if !slices.Contains(auth.Permissions(), p) {
			return settingsError{fmt.Errorf("%s is not a permission: the permissions are %v", p, auth.Permissions())}
		}
	}
	password, shown, err := c.password(s)
	if err != nil {
		return settingsError{err}
	}
	app, db, err := offline(ctx, s, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	inst, err := app.Institutions.FindBySlug(ctx, c.Institution)
	if err != nil {
		return err
	}
	made, err := c.make(ctx, app, db, inst, password)
	if fault.CodeOf(err) == fault.Conflict {
		return fmt.Errorf("%s has a user %s already", inst.Name, c.Email)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Made %s (%s). They choose a password of their own at their first sign-in, until %s.%s\n",
		made.Email, made.ID, stamp(*made.PasswordExpiresAt), shown)
	return err
}

// make looks the number up before anything is written, then writes everything or
// nothing: a user without a phone could never sign in.
func (c *staffCreateCmd) make(ctx context.Context, app desk.Desk, db *store.DB, inst institution.Institution, password string) (user.User, error) {
	made, hash, err := app.Users.Draft(ctx, user.New{
		InstitutionID: inst.ID, Kind: auth.Staff, Status: user.Active, Email: c.Email,
		FirstName: c.FirstName, LastName: c.LastName, Password: password, FirstPassword: true, AdminLevel: c.Admin,
	})
	if err != nil {
		return user.User{}, err
	}
	phone, err := app.Devices.DraftPhone(ctx, made, device.NewPhone{PhoneNumber: c.Phone, Country: inst.Country, Label: "Phone", Confirmed: true})
	if err != nil {
		return user.User{}, fmt.Errorf("--phone: %w", err)
	}
	operator := auth.OperatorOf(inst.ID, time.Now())
	return made, db.InTx(ctx, func(ctx context.Context) error {
		if err := app.Users.Store.CreateUser(ctx, made, hash); err != nil {
			return err
		}
		if err := c.give(ctx, app, db, made, operator); err != nil {
			return err
		}
		if err := app.Devices.Store.CreateDevice(ctx, phone); err != nil {
			return err
		}
		return app.Audit.RecordFor(ctx, operator, audit.Event{Action: audit.CreatedStaff, TargetID: made.ID, Details: map[string]string{
			"adminLevel": strconv.FormatBool(made.AdminLevel), "permissions": fmt.Sprint(c.permissions()), "roles": strings.Join(c.Role, ", "),
		}})
	})
}

// give gives a new user their level, the roles that are named, and one of their own for
// the permissions that are.
func (c *staffCreateCmd) give(ctx context.Context, app desk.Desk, db *store.DB, made user.User, operator auth.Actor) error {
	given := role.Given{At: made.CreatedAt, By: operator.UserID}
	a := role.Access{AdminLevel: made.AdminLevel, LevelSet: given}
	all, err := db.ListRoles(ctx, made.InstitutionID)
	if err != nil {
		return err
	}
	for _, name := range c.Role {
		r, err := roleNamed(all, name)
		if err != nil {
			return err
		}
		a.Roles = append(a.Roles, role.Held{Role: r, Held: given})
	}
	if permissions := c.permissions(); len(permissions) > 0 {
		r := role.Role{ID: id.New(id.Role), Name: "Of " + made.Email, Permissions: permissions, Given: map[auth.Permission]role.Given{}, Version: 1}
		for _, p := range permissions {
			r.Given[p] = given
		}
		if err := db.CreateRole(ctx, made.InstitutionID, r); err != nil {
			return err
		}
		a.Roles = append(a.Roles, role.Held{Role: r, Held: given})
	}
	return app.Roles.Give(ctx, made, a)
}

// permissions are those of a role of the user's own: none where roles are named.
func (c *staffCreateCmd) permissions() []auth.Permission {
	if len(c.Permission) == 0 && len(c.Role) == 0 && c.Admin {
		return auth.Permissions()
	}
	return c.Permission
}

func (c *staffCreateCmd) password(s streams) (password, shown string, err error) {
	if !c.PasswordStdin {
		password = rand.Text()
		return password, " Password, shown this once: " + password, nil
	}
	line, err := bufio.NewReader(io.LimitReader(s.In, 1024)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", "", err
	}
	return strings.TrimRight(line, "\r\n"), "", nil
}

type staffFirstPasswordCmd struct{ userFlags }

// Run prints a new first password, once.
func (c *staffFirstPasswordCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		password, expires, err := n.Account.GiveFirstPassword(ctx, n.user.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "%s is signed out everywhere and chooses a password of their own at the next sign-in, until %s. Password, shown this once: %s\n",
			n.user.Email, stamp(expires), password)
		return err
	})
}

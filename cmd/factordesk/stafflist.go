package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

type staffListCmd struct {
	config.Database
	config.Keys
	jsonFlag
	Institution string `required:"" help:"The institution's slug."`
}

// shownStaff is a staff user as JSON has them.
type shownStaff struct {
	ID         string      `json:"id"`
	Email      string      `json:"email"`
	Name       string      `json:"name"`
	Status     user.Status `json:"status"`
	AdminLevel bool        `json:"adminLevel"`
	Roles      []string    `json:"roles"`
	// Factors are how they can sign in, each once.
	Factors        []institution.Method `json:"factors"`
	DisabledAt     *time.Time           `json:"disabledAt"`
	LastSignedInAt *time.Time           `json:"lastSignedInAt"`
}

// Run prints a line for each of the staff, by name, once the look is in the record.
func (c *staffListCmd) Run(ctx context.Context, s streams) error {
	return asOperator(ctx, s, c.Database, c.Keys, c.Institution, func(ctx context.Context, app desk.Desk, _ institution.Institution) error {
		var all []shownStaff
		for next, hundred := "", 100; ; {
			page, err := app.Roles.Staff(ctx, user.Filter{First: &hundred, After: next})
			if err != nil {
				return err
			}
			shown, err := staffOf(ctx, app, mapped(page.Matches, func(m user.Match) user.User { return m.User }))
			if err != nil {
				return err
			}
			if all = append(all, shown...); !page.HasNext {
				break
			}
			next = page.Matches[len(page.Matches)-1].Cursor()
		}
		if err := app.Audit.Record(ctx, audit.Event{Action: audit.ReadStaff, Details: map[string]string{"operation": "staff list"}}); err != nil {
			return err
		}
		return printed(s.Out, c.jsonFlag, all, writeStaff)
	})
}

// staffOf returns how users of the staff are shown.
func staffOf(ctx context.Context, app desk.Desk, staff []user.User) ([]shownStaff, error) {
	ids := mapped(staff, func(u user.User) string { return u.ID })
	access, err := app.Roles.AccessOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	factors, err := app.Roles.FactorsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	return mapped(staff, func(u user.User) shownStaff {
		return shownStaff{
			u.ID, u.Email, u.Name(), u.Status, u.AdminLevel, namesOf(access[u.ID]),
			append([]institution.Method{}, factors[u.ID]...), inUTC(u.DisabledAt), inUTC(u.LastSignedInAt),
		}
	}), nil
}

func namesOf(a *role.Access) []string {
	if a == nil {
		return []string{}
	}
	return a.RoleNames()
}

func writeStaff(w io.Writer, u shownStaff) {
	level, state, seen := "", string(u.Status), "never signed in"
	if u.AdminLevel {
		level = "Admin-level"
	}
	if u.DisabledAt != nil {
		state = "DISABLED since " + stamp(*u.DisabledAt)
	}
	if u.LastSignedInAt != nil {
		seen = "last signed in " + stamp(*u.LastSignedInAt)
	}
	_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", u.Email, u.Name, level, cmp.Or(strings.Join(u.Roles, ", "), "no role"), state, seen, cmp.Or(strings.Join(words(u.Factors), ", "), "NO FACTOR"))
}

type staffResetFactorsCmd struct {
	userFlags
	reasonFlag
	Phone string `required:"" help:"Number that gets their codes from now on, with its country code or as it is dialled at home. You vouch for it."`
}

// Run takes all second factors off a staff user and gives them a phone.
func (c *staffResetFactorsCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		did, err := n.Devices.Replace(ctx, n.user.ID, device.NewPhone{PhoneNumber: c.Phone, Country: n.Country, Label: "Phone"}, c.Reason)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "%s signs in by the password and %s from now on. Devices taken off: %d; backup codes that were good: %d; sessions that were live: %d.\n",
			n.user.Email, did.Phone.PhoneNumber, did.Devices, did.Codes, did.Sessions)
		return err
	})
}

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/user"
)

type userCmd struct {
	Show          userShowCmd          `cmd:"" help:"Print a user's state and devices."`
	Unfreeze      userUnfreezeCmd      `cmd:"" help:"Unfreeze an account; its suspended devices stay so."`
	RestoreDevice userRestoreDeviceCmd `cmd:"" help:"Let a suspended device sign its owner in again."`
	Collisions    userCollisionsCmd    `cmd:"" help:"List addresses and numbers that an update could not bring into their one form, of all institutions."`
	Sessions      userSessionsCmd      `cmd:"" help:"Print where a user is signed in."`
	EndSessions   userEndSessionsCmd   `cmd:"" help:"Sign a user out everywhere, and end sign-ins under way."`
	Close         userCloseCmd         `cmd:"" help:"Close a customer's account for good."`
}

// userFlags name a user.
type userFlags struct {
	config.Database
	config.Keys
	Institution string `required:"" help:"The institution's slug."`
	Email       string `required:"" help:"The user's email address."`
}

// reasonFlag is why something is done, for the audit record.
type reasonFlag struct {
	Reason string `required:"" help:"Why, for the audit record, 1 to 500 characters."`
}

// foundUser is a user as a command found them, with all that acts on them.
type foundUser struct {
	desk.Desk
	institution.Institution
	user user.User
}

// find finds the user and runs a function as the operator who runs the command.
func (f userFlags) find(ctx context.Context, s streams, act func(ctx context.Context, n foundUser) error) error {
	return asOperator(ctx, s, f.Database, f.Keys, f.Institution, func(ctx context.Context, app desk.Desk, inst institution.Institution) error {
		var found user.Credentials
		var err error
		for _, name := range slices.Backward(text.Usernames(f.Email)) {
			if found, err = app.Users.Store.FindCredentials(ctx, inst.ID, name); fault.CodeOf(err) != fault.NotFound {
				break
			}
		}
		if fault.CodeOf(err) == fault.NotFound {
			return fmt.Errorf("%s has no user %s", inst.Name, f.Email)
		}
		if err != nil {
			return err
		}
		return act(ctx, foundUser{app, inst, found.User})
	})
}

type userShowCmd struct {
	userFlags
	jsonFlag
}

// Run prints what staff see, with the ids that the other commands want, once the look
// is in the record.
func (c *userShowCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		devices, err := n.Devices.List(ctx, []string{n.user.ID})
		if err != nil {
			return err
		}
		if err := n.Audit.Record(ctx, audit.Event{Action: audit.ReadProfile, TargetID: n.user.ID, Details: map[string]string{"operation": "user show"}}); err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(s.Out).Encode(userShown(n.user, devices[n.user.ID]))
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s <%s> (%s) is %s %s.\n", n.user.Name(), n.user.Email, n.user.ID, n.user.Kind, n.user.Status)
		if at := n.user.DisabledAt; at != nil {
			fmt.Fprintf(&b, "The account is disabled since %s.\n", stamp(*at))
		}
		if at := n.user.PasswordVoidedAt; at != nil {
			fmt.Fprintf(&b, "The password is void since %s, until they choose another by a link in a mail.\n", stamp(*at))
		}
		if at := n.user.PasswordExpiresAt; at != nil {
			fmt.Fprintf(&b, "The password is a first one, by which they may choose their own until %s.\n", stamp(*at))
		}
		if at := n.user.MailRefusedAt; at != nil {
			fmt.Fprintf(&b, "The mail server of the address refuses mail for it since %s.\n", stamp(*at))
		}
		for _, d := range devices[n.user.ID] {
			describe(&b, d)
		}
		_, err = io.WriteString(s.Out, b.String())
		return err
	})
}

// describe writes a line about a device.
func describe(b *strings.Builder, d device.Device) {
	base := d.Common()
	fmt.Fprintf(b, "%s %s %s", base.ID, cmp.Or(addressOf(d), "authenticator app"), strconv.Quote(base.Label))
	if base.IsDefault {
		b.WriteString(", default")
	}
	for _, state := range []struct {
		name string
		at   *time.Time
	}{{"confirmed", base.ConfirmedAt}, {"switched off", base.DisabledAt}, {"SUSPENDED", base.SuspendedAt}, {"refuses mail", base.MailRefusedAt}} {
		if state.at != nil {
			fmt.Fprintf(b, ", %s %s", state.name, stamp(*state.at))
		}
	}
	if why := base.SuspensionReason(); why != nil {
		b.WriteString(". " + *why)
	}
	b.WriteString("\n")
}

type userUnfreezeCmd struct {
	userFlags
	reasonFlag
}

// Run does what unfreezeUser does.
func (c *userUnfreezeCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		u, err := n.Freezes.Unfreeze(ctx, n.user.ID, c.Reason)
		if err != nil {
			return err
		}
		next := ""
		if u.PasswordVoidedAt != nil {
			next = " They choose a new password before they sign in."
		}
		_, err = fmt.Fprintf(s.Out, "Unfroze %s, who is %s again.%s Devices that are suspended stay so: factordesk user show.\n", u.Email, u.Status, next)
		return err
	})
}

type userRestoreDeviceCmd struct {
	userFlags
	reasonFlag
	Device string `required:"" help:"The device's id, as user show prints it." placeholder:"ID"`
}

// Run does what restoreDevice does.
func (c *userRestoreDeviceCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		if d, err := n.Devices.Find(ctx, c.Device); err != nil || d.Common().UserID != n.user.ID {
			return cmp.Or(ignoreNotFound(err), fmt.Errorf("%s has no device %s", n.user.Email, c.Device))
		}
		if _, _, err := n.Devices.Restore(ctx, c.Device, c.Reason); err != nil {
			return err
		}
		_, err := fmt.Fprintf(s.Out, "%s signs %s in again.\n", c.Device, n.user.Email)
		return err
	})
}

// ignoreNotFound returns an error unless it is NOT_FOUND.
func ignoreNotFound(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	return err
}

type userEndSessionsCmd struct {
	userFlags
	reasonFlag
}

// Run signs the user out everywhere.
func (c *userEndSessionsCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		_, ended, err := n.Account.EndSessionsOf(ctx, n.user.ID, c.Reason)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "Signed %s out everywhere; sessions that were live: %d.\n", n.user.Email, ended)
		return err
	})
}

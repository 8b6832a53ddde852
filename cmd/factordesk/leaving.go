package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/factordesk/factordesk/internal/account"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/user"
)

type userSessionsCmd struct {
	userFlags
	jsonFlag
}

// shownSession is a session as JSON has it.
type shownSession struct {
	ID         string    `json:"id"`
	Device     string    `json:"device"`
	Address    string    `json:"address"`
	StartedAt  time.Time `json:"startedAt"`
	LastUsedAt time.Time `json:"lastUsedAt"`
}

// Run prints where a user is signed in, the last used first, once the look is in the
// record.
func (c *userSessionsCmd) Run(ctx context.Context, s streams) error {
	return c.find(ctx, s, func(ctx context.Context, n foundUser) error {
		sessions, err := n.Account.SessionsOf(ctx, []string{n.user.ID})
		if err != nil {
			return err
		}
		if err := n.Audit.Record(ctx, audit.Event{Action: audit.ReadProfile, TargetID: n.user.ID, Details: map[string]string{"operation": "user sessions"}}); err != nil {
			return err
		}
		return printed(s.Out, c.jsonFlag, mapped(sessions[n.user.ID], sessionShown), func(w io.Writer, live shownSession) {
			_, _ = fmt.Fprintf(w, "%s\t%s\t%s\tsince %s\tlast used %s\n", live.ID, live.Device, live.Address, stamp(live.StartedAt), stamp(live.LastUsedAt))
		})
	})
}

func sessionShown(live account.Session) shownSession {
	shown := shownSession{ID: live.ID, Device: "unknown browser", Address: live.Address, StartedAt: live.CreatedAt.UTC(), LastUsedAt: live.LastUsedAt.UTC()}
	if device := live.Device(); device != nil {
		shown.Device = *device
	}
	return shown
}

type userCloseCmd struct {
	userFlags
	reasonFlag
}

// Run does what closeUser does.
func (c *userCloseCmd) Run(ctx context.Context, s streams) error {
	return c.changes(ctx, s, "Closed the account of %s for good; its history and the audit record stay.\n", func(ctx context.Context, n foundUser) (user.User, error) {
		return n.Departures.Close(ctx, n.user.ID, c.Reason)
	})
}

type staffDisableCmd struct {
	userFlags
	reasonFlag
}

// Run does what disableUser does.
func (c *staffDisableCmd) Run(ctx context.Context, s streams) error {
	return c.changes(ctx, s, "Disabled %s, who is signed out everywhere.\n", func(ctx context.Context, n foundUser) (user.User, error) {
		return n.Departures.Disable(ctx, n.user.ID, c.Reason)
	})
}

type staffEnableCmd struct {
	userFlags
	reasonFlag
}

// Run does what enableUser does.
func (c *staffEnableCmd) Run(ctx context.Context, s streams) error {
	return c.changes(ctx, s, "Enabled %s, who signs in as before.\n", func(ctx context.Context, n foundUser) (user.User, error) {
		return n.Departures.Enable(ctx, n.user.ID, c.Reason)
	})
}

// changes finds the user, does something to the account, and says what was done to whom.
func (f userFlags) changes(ctx context.Context, s streams, said string, do func(ctx context.Context, n foundUser) (user.User, error)) error {
	return f.find(ctx, s, func(ctx context.Context, n foundUser) error {
		u, err := do(ctx, n)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, said, u.Email)
		return err
	})
}

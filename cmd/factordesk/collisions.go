package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/user"
)

type userCollisionsCmd struct {
	config.Database
	config.Keys
}

// Run lists what was stored before numbers and addresses had one form, and could not be
// brought into it: mostly because somebody else has that. It merges nothing: which of
// two accounts is whose, people decide.
func (c *userCollisionsCmd) Run(ctx context.Context, s streams) error {
	db, _, err := reading(ctx, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	left, err := db.ListLeftovers(ctx)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, l := range left {
		b.WriteString(line(l) + "\n")
	}
	if len(left) == 0 {
		b.WriteString("Every address and number is in its one form.\n")
	}
	_, err = io.WriteString(s.Out, b.String())
	return err
}

// line says of what is left whose it is and why.
func line(l user.Leftover) string {
	whose := l.Institution + " " + l.UserID
	if l.DeviceID != "" {
		whose += " " + l.DeviceID
	}
	switch {
	case l.Form == "":
		return fmt.Sprintf("%s: %q can't be read any more, and stays as it is", whose, l.Stored)
	case l.TakenBy == "":
		return fmt.Sprintf("%s: %q is %s, and was written by an older version: run factordesk migrate up once none runs", whose, l.Stored, l.Form)
	default:
		return fmt.Sprintf("%s: %q is %s, which %s has", whose, l.Stored, l.Form, l.TakenBy)
	}
}

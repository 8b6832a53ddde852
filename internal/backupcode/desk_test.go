package backupcode_test

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world whose staff-made codes last a day, four in a set.
type desk struct {
	*backupcode.Service
	*world.World
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	four := func(s *institution.Settings) { s.BackupCodes, s.StaffCodeLifetime = 4, 24*time.Hour }
	w := world.New(t, append(settings, four)...)
	return &desk{World: w, Service: &backupcode.Service{
		Store: w.DB, Users: &user.Service{Store: w.DB, Clock: w.Time}, Institutions: w.Finder(), Notices: w.Told, Hasher: w.Hashes,
		Audit: w.Audited, Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Clock: w.Time,
	}}
}

// agent returns the context of a staff user who may make codes.
func (d *desk) agent(t *testing.T) context.Context {
	t.Helper()
	return d.Agent(t, auth.GenerateLockoutCodes, auth.ViewUsers)
}

func request(u user.User) backupcode.Request {
	return backupcode.Request{UserID: u.ID, Purpose: backupcode.Lockout, Reason: "lost phone", IdentityCheck: backupcode.CallBack}
}

func (d *desk) prepare(t *testing.T, ctx context.Context, u user.User) backupcode.Prepared {
	t.Helper()
	p, err := d.Prepare(ctx, request(u))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// generate makes codes for a user.
func (d *desk) generate(t *testing.T, ctx context.Context, u user.User) backupcode.Generated {
	t.Helper()
	g, err := d.Generate(ctx, d.prepare(t, ctx, u).Token, backupcode.HandoverPhoneCall)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// remaining returns how many codes of the newest set still work, whoever made it.
func (d *desk) remaining(t *testing.T, u user.User) int {
	t.Helper()
	sums, err := d.Summaries(d.As(t, u), []string{u.ID})
	if err != nil {
		t.Fatal(err)
	}
	return sums[u.ID][0].Remaining
}

// notices returns what is in the outbox, and empties it.
func (d *desk) notices(t *testing.T) (all []notification.Notice) {
	t.Helper()
	for _, row := range d.Outbox(t) {
		all = append(all, row.Notice)
	}
	return all
}

// Consume matches and spends what a user typed, as a sign-in does.
func (d *desk) Consume(ctx context.Context, u user.User, typed string) error {
	codeID, err := d.Match(ctx, d.Bank, u, typed)
	if err != nil {
		return err
	}
	return d.Spend(ctx, codeID)
}

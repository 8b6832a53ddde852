package backupcode_test

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// desk is a service on a real store and outbox, with a hasher that takes no time.
type desk struct {
	*backupcode.Service
	db    *store.DB
	clock *clock.Fake
	bank  institution.Institution
	other institution.Institution
	// hashes counts what the hasher had to compute.
	hashes int
	// audited is what was recorded.
	audited []audit.Event
	// silent makes telling fail, unrecorded makes recording fail.
	silent, unrecorded error
	tell               notice.Teller
}

func (d *desk) HashAll(_ context.Context, plain []string) ([]string, error) {
	hashes := make([]string, len(plain))
	for i, p := range plain {
		d.hashes++
		hashes[i] = "hash of " + p
	}
	return hashes, nil
}

func (d *desk) Verify(_ context.Context, hash, plain string) (bool, error) {
	d.hashes++
	return hash == "hash of "+plain, nil
}

func (d *desk) VerifyNothing(context.Context, string) error {
	d.hashes++
	return nil
}

func (d *desk) Tell(ctx context.Context, u user.User, n notification.Notice, except string) error {
	if d.silent != nil {
		return d.silent
	}
	return d.tell.Tell(ctx, u, n, except)
}

func (d *desk) Record(_ context.Context, e audit.Event) error {
	if d.unrecorded == nil {
		d.audited = append(d.audited, e)
	}
	return d.unrecorded
}

func (d *desk) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	return d.Tell(ctx, u, n, "")
}

func (d *desk) RecordFor(ctx context.Context, _ auth.Actor, e audit.Event) error {
	return d.Record(ctx, e)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db := storetest.New(t)
	fake := clock.NewFake(began)
	institutions := &institution.Service{Store: db, Clock: fake}
	d := &desk{db: db, clock: fake, tell: &notice.Service{Store: db, Directory: device.Directory{Store: db}, Institutions: institutions, Clock: fake}}
	for slug, bank := range map[string]*institution.Institution{"harbor": &d.bank, "summit": &d.other} {
		settings := institution.DefaultSettings()
		settings.BackupCodes, settings.StaffCodeLifetime = 4, 24*time.Hour
		var err error
		if *bank, err = institutions.Create(t.Context(), institution.New{Slug: slug, Name: "Test Bank", Settings: settings}); err != nil {
			t.Fatal(err)
		}
	}
	d.Service = &backupcode.Service{
		Store: db, Users: &user.Service{Store: db, Clock: fake}, Institutions: institutions, Notices: d, Hasher: d,
		Audit: d, Limiter: &throttle.Limiter{Store: db, Clock: fake}, Clock: fake,
	}
	return d
}

// user stores a user of the bank.
func (d *desk) user(t *testing.T, kind auth.Kind, adminLevel bool) user.User {
	t.Helper()
	u := user.User{
		ID: id.New(id.User), InstitutionID: d.bank.ID, Kind: kind, Status: user.Active, FirstName: "Ann", LastName: "Archer",
		AdminLevel: adminLevel, CreatedAt: began,
	}
	u.Email = u.ID + "@customer.example"
	if err := d.db.CreateUser(t.Context(), u, ""); err != nil {
		t.Fatal(err)
	}
	return u
}

// as gives the context in which a user acts, who proved a second factor just now.
func (d *desk) as(t *testing.T, u user.User, p ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{
		UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, AdminLevel: u.AdminLevel, Permissions: p, FactorAt: d.clock.Now(),
	})
}

// agent gives the context of a staff user who may make codes.
func (d *desk) agent(t *testing.T) context.Context {
	t.Helper()
	return d.as(t, d.user(t, auth.Staff, false), auth.GenerateLockoutCodes, auth.ViewUsers)
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

// remaining gives how many codes of the newest set still work, whoever made it.
func (d *desk) remaining(t *testing.T, u user.User) int {
	t.Helper()
	sums, err := d.Summaries(d.as(t, u), []string{u.ID})
	if err != nil {
		t.Fatal(err)
	}
	return sums[u.ID][0].Remaining
}

// notices gives what is in the outbox, and empties it.
func (d *desk) notices(t *testing.T) (all []notification.Notice) {
	t.Helper()
	for {
		row, ok, err := d.db.ClaimNotice(t.Context(), d.clock.Now(), d.clock.Now().Add(24*365*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return all
		}
		all = append(all, row.Notice)
	}
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

// Consume matches and spends what a user typed, as a sign-in does.
func (d *desk) Consume(ctx context.Context, u user.User, typed string) error {
	codeID, err := d.Match(ctx, d.bank, u, typed)
	if err != nil {
		return err
	}
	return d.Spend(ctx, codeID)
}

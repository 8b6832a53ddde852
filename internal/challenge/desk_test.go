package challenge_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

const password = "made-up password"

// desk is a service on a real store, and the world around it.
type desk struct {
	*challenge.Service
	db       *store.DB
	clock    *clock.Fake
	sessions *auth.Sessions
	world    *world
}

// world is what the service talks to: a hasher that takes no time, a sender whose
// codes the test reads, a notifier and a record.
type world struct {
	mu sync.Mutex
	// hashes counts what the hasher had to compute; busy makes it refuse; hashing is
	// called meanwhile.
	hashes  int
	busy    error
	hashing func()
	// code is the last one sent, to sentTo; unsent makes sending fail.
	code   string
	sentTo notification.Recipient
	sent   int
	unsent error
	// told has the device that each notice leaves out, notices what was told.
	told    []string
	notices []notification.Notice
	// held and backupCodes are what the user has and what would be taken once;
	// appCodes are those of apps.
	held                  backupcode.Held
	backupCodes, appCodes map[string]bool
	// typed is the last code of an app that was matched.
	typed string
	// audited is what was recorded, failures how many were counted; unrecorded
	// makes recording fail.
	audited    []audit.Action
	failures   int
	unrecorded error
}

func (w *world) Verify(_ context.Context, hash, plain string) (bool, error) {
	w.hashes++
	if w.hashing != nil {
		w.hashing()
	}
	return hash == "hash of "+plain, w.busy
}

func (w *world) VerifyNothing(context.Context, string) error {
	w.hashes++
	return w.busy
}

func (w *world) SendCode(_ context.Context, r notification.Recipient, code string, _ time.Duration) error {
	w.code, w.sentTo = code, r
	w.sent++
	return w.unsent
}

func (w *world) Tell(_ context.Context, _ user.User, n notification.Notice, exceptDevice string) error {
	w.told, w.notices = append(w.told, exceptDevice), append(w.notices, n)
	return nil
}

func (w *world) Held(context.Context, institution.Institution, user.User) (backupcode.Held, error) {
	return w.held, nil
}

func (w *world) Match(_ context.Context, _ institution.Institution, _ user.User, typed string) (string, error) {
	w.hashes++
	if w.busy != nil {
		return "", w.busy
	}
	if !w.backupCodes[typed] {
		return "", fault.Errorf(fault.WrongCode, "wrong")
	}
	return typed, nil
}

func (w *world) Spend(_ context.Context, codeID string) error {
	if !w.backupCodes[codeID] {
		return fault.Errorf(fault.WrongCode, "spent")
	}
	delete(w.backupCodes, codeID)
	return nil
}

// apps take each code once.
type apps struct{ *world }

func (a apps) Match(_ context.Context, _, deviceID, typed string) (authenticator.Step, bool, error) {
	a.typed = deviceID + " " + strings.Join(strings.Fields(typed), "")
	return authenticator.Step{}, a.appCodes[a.typed], nil
}

func (a apps) Spend(context.Context, authenticator.Step) (bool, error) {
	ok := a.appCodes[a.typed]
	delete(a.appCodes, a.typed)
	return ok, nil
}

func (w *world) RecordFor(_ context.Context, _ auth.Actor, e audit.Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.unrecorded == nil {
		w.audited = append(w.audited, e.Action)
	}
	return w.unrecorded
}

func (w *world) CountFailure(context.Context, string) error {
	w.failures++
	return nil
}

func (w *world) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	return w.Tell(ctx, u, n, "")
}

func (w *world) Record(ctx context.Context, e audit.Event) error {
	return w.RecordFor(ctx, auth.Actor{}, e)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return deskOn(t, storetest.New(t))
}

func deskOn(t *testing.T, db *store.DB) *desk {
	t.Helper()
	fake := clock.NewFake(began)
	institutions := &institution.Service{Store: db, Clock: fake}
	if _, err := institutions.Create(t.Context(), institution.New{Slug: "harbor", Name: "Harbor", Settings: institution.DefaultSettings()}); err != nil {
		t.Fatal(err)
	}
	w := &world{backupCodes: map[string]bool{}, appCodes: map[string]bool{}}
	d := &desk{db: db, clock: fake, sessions: auth.NewSessions(db, fake), world: w}
	limiter := &throttle.Limiter{Store: db, Clock: fake}
	d.Service = &challenge.Service{
		Store: db, Institutions: institutions, Hasher: w,
		Codes:   &onetimecode.Service{Store: db, Keys: secret.Development(), Sender: w, Limiter: limiter, Clock: fake},
		Notices: w, Audit: w, Sessions: d.sessions, Browsers: db, BackupCodes: w, Authenticators: apps{w},
		Enrollments: &enrollment.Service{Store: db, Clock: fake},
		Limiter:     limiter, Attempts: &throttle.Attempts{Store: db, Clock: fake},
		Clock: fake, Log: slog.New(slog.DiscardHandler),
	}
	return d
}

// person is a stored user with a phone.
type person struct {
	user.User
	phone *device.Phone
}

// option is the one by which the person gets texts.
func (p person) option() string { return "SMS:" + p.phone.ID }

func (d *desk) person(t *testing.T, email string, change ...func(u *user.User)) person {
	t.Helper()
	inst, err := d.Institutions.FindBySlug(t.Context(), "harbor")
	if err != nil {
		t.Fatal(err)
	}
	u := user.User{
		ID: id.New(id.User), InstitutionID: inst.ID, Kind: auth.Customer, Status: user.Active, Email: email,
		FirstName: "Ann", LastName: "Archer", CreatedAt: began,
	}
	for _, f := range change {
		f(&u)
	}
	if err := d.db.CreateUser(t.Context(), u, "hash of "+password); err != nil {
		t.Fatal(err)
	}
	return person{u, d.phone(t, u, "+12025550101")}
}

func (d *desk) phone(t *testing.T, u user.User, number string) *device.Phone {
	t.Helper()
	p := &device.Phone{PhoneNumber: number, Base: confirmed(u)}
	d.add(t, p)
	return p
}

// confirmed is what a device of a user has that the user proved to hold.
func confirmed(u user.User) device.Base {
	at := began
	return device.Base{ID: id.New(id.Device), InstitutionID: u.InstitutionID, UserID: u.ID, AddedAt: began, ConfirmedAt: &at}
}

func (d *desk) add(t *testing.T, added device.Device) {
	t.Helper()
	if err := d.db.CreateDevice(t.Context(), added); err != nil {
		t.Fatal(err)
	}
}

// from gives the context of a request from an address, with a device cookie.
func from(t *testing.T, address, browser string) context.Context {
	return auth.WithClient(t.Context(), auth.Client{Address: address, Browser: browser})
}

func typed(email string) challenge.Credentials {
	return challenge.Credentials{Institution: "harbor", Username: email, Password: password}
}

// signIn gives a challenge to a person whose password was right.
func (d *desk) signIn(t *testing.T, p person) challenge.Challenge {
	t.Helper()
	c, err := d.SignIn(t.Context(), typed(p.Email))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// send sends a code for a challenge and gives it.
func (d *desk) send(t *testing.T, c challenge.Challenge, p person) string {
	t.Helper()
	if _, err := d.SendCode(t.Context(), c.Token, p.option()); err != nil {
		t.Fatal(err)
	}
	return d.world.code
}

// enter goes through a whole sign-in.
func (d *desk) enter(t *testing.T, p person) challenge.Proof {
	t.Helper()
	c := d.signIn(t, p)
	proof, err := d.Verify(t.Context(), c.Token, p.option(), d.send(t, c, p))
	if err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(time.Minute) // past the gap between two codes
	return proof
}

// other gives a code that is not this one.
func other(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

// permittingMail makes every institution one that permits mails.
type permittingMail struct {
	institution.Finder
	inst institution.Institution
}

func (p permittingMail) Find(ctx context.Context, _ string) (institution.Institution, error) {
	return p.FindBySlug(ctx, "")
}

func (p permittingMail) FindBySlug(context.Context, string) (institution.Institution, error) {
	p.inst.Methods = append(slices.Clone(p.inst.Methods), institution.Email)
	p.inst.EmailRisk = &institution.RiskAcceptance{By: "Board", At: began}
	return p.inst, nil
}

package challenge_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world.
type desk struct {
	*challenge.Service
	*world.World
	sessions *auth.Sessions
	factors  *factors
}

// factors are the backup codes and the codes of apps that would be taken, once each.
type factors struct {
	hashes                *world.Hasher
	held                  backupcode.Held
	backupCodes, appCodes map[string]bool
	// typed is the last code of an app that was matched.
	typed string
}

func (f *factors) Held(context.Context, institution.Institution, user.User) (backupcode.Held, error) {
	return f.held, nil
}

func (f *factors) Match(ctx context.Context, _ institution.Institution, _ user.User, typed string) (string, error) {
	if err := f.hashes.VerifyNothing(ctx, typed); err != nil {
		return "", err
	}
	if !f.backupCodes[typed] {
		return "", fault.Errorf(fault.WrongCode, "wrong")
	}
	return typed, nil
}

func (f *factors) Spend(_ context.Context, codeID string) error {
	if !f.backupCodes[codeID] {
		return fault.Errorf(fault.WrongCode, "spent")
	}
	delete(f.backupCodes, codeID)
	return nil
}

type apps struct{ *factors }

func (a apps) Match(_ context.Context, _, deviceID, typed string) (authenticator.Step, bool, error) {
	a.typed = deviceID + " " + strings.Join(strings.Fields(typed), "")
	return authenticator.Step{}, a.appCodes[a.typed], nil
}

// MatchFirst knows no app that waits for its first code.
func (a apps) MatchFirst(context.Context, string, string, string) (authenticator.Step, bool, error) {
	return authenticator.Step{}, false, nil
}

func (a apps) Spend(context.Context, authenticator.Step) (bool, error) {
	ok := a.appCodes[a.typed]
	delete(a.appCodes, a.typed)
	return ok, nil
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	return deskIn(world.New(t, settings...))
}

func deskIn(w *world.World) *desk {
	f := &factors{hashes: w.Hashes, backupCodes: map[string]bool{}, appCodes: map[string]bool{}}
	d := &desk{World: w, sessions: auth.NewSessions(w.DB, w.Time), factors: f}
	limiter := &throttle.Limiter{Store: w.DB, Clock: w.Time}
	d.Service = &challenge.Service{
		Store: w.DB, Institutions: w.Finder(), Hasher: w.Hashes,
		Codes:   &onetimecode.Service{Store: w.DB, Keys: secret.Development(), Sender: w.Inbox, Limiter: limiter, Clock: w.Time},
		Notices: w.Told, Audit: w.Audited, Sessions: d.sessions, Browsers: w.DB, BackupCodes: f, Authenticators: apps{f},
		Enrollments: &enrollment.Service{Store: w.DB, Clock: w.Time},
		Limiter:     limiter, Attempts: &throttle.Attempts{Store: w.DB, Clock: w.Time},
		Clock: w.Time, Log: slog.New(slog.DiscardHandler),
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
	u := d.User(t, append(change, func(u *user.User) { u.Email = email })...)
	return person{u, d.Phone(t, u, "+12025550101")}
}

// from returns the context of a request from an address, with a device cookie.
func from(t *testing.T, address, browser string) context.Context {
	return auth.WithClient(t.Context(), auth.Client{Address: address, Browser: browser})
}

func typed(email string) challenge.Credentials {
	return challenge.Credentials{Institution: "harbor", Username: email, Password: world.Password}
}

// signIn returns a challenge to a person whose password was right.
func (d *desk) signIn(t *testing.T, p person) challenge.Challenge {
	t.Helper()
	c, err := d.SignIn(t.Context(), typed(p.Email))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// send sends a code for a challenge and returns it.
func (d *desk) send(t *testing.T, c challenge.Challenge, p person) string {
	t.Helper()
	if _, err := d.SendCode(t.Context(), c.Token, p.option(), false); err != nil {
		t.Fatal(err)
	}
	return d.Inbox.Last().Code
}

// enter goes through a whole sign-in.
func (d *desk) enter(t *testing.T, p person) challenge.Proof {
	t.Helper()
	c := d.signIn(t, p)
	proof, err := d.Verify(t.Context(), c.Token, p.option(), d.send(t, c, p))
	if err != nil {
		t.Fatal(err)
	}
	d.Time.Advance(time.Minute) // past the gap between two codes
	return proof
}

// other returns a code that is not this one.
func other(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

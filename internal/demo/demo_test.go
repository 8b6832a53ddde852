package demo_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/adapter/mail"
	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/demo"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
	"github.com/factordesk/factordesk/internal/user"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// bench is a wired desk beside a sandbox that is prepared for the demo.
type bench struct {
	desk.Desk
	t       *testing.T
	db      *store.DB
	sandbox *twiliosandbox.Sandbox
}

func newBench(t *testing.T, databaseURL string) *bench {
	t.Helper()
	db := storetest.Open(t, databaseURL)
	sandbox := twiliosandbox.New(twiliosandbox.Config{Accounts: demo.Accounts()})
	demo.Prepare(sandbox, noon)
	server := httptest.NewServer(sandbox)
	t.Cleanup(func() { server.Close(); sandbox.Close() })
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, db: db, sandbox: sandbox}
	b.Desk = desk.Wire(desk.Parts{
		DB: db, Keys: secret.Development(), Mailer: mail.Nowhere{}, TwilioURL: address, Clock: clock.NewFake(noon), Log: slog.New(slog.DiscardHandler),
	})
	return b
}

func (b *bench) filled() demo.Desk {
	return demo.Desk{
		Institutions: b.Institutions, Providers: b.Providers, Users: b.Users, Devices: b.Devices, Authenticators: b.Authenticators, Store: b.db, Clock: clock.NewFake(noon),
	}
}

func (b *bench) fill() {
	b.t.Helper()
	if err := demo.Fill(b.t.Context(), b.filled()); err != nil {
		b.t.Fatal(err)
	}
}

func databases(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{"SQLite": storetest.SQLite(t), "PostgreSQL": pgtest.DSN(t)}
}

// everyone is who the demo promises, told by what a look at the database tells.
func everyone() map[string][]string {
	const all = "VIEW_USERS GENERATE_LOCKOUT_CODES UPDATE_NUMBER_TYPE VIEW_NOTIFICATION_HISTORY RESET_TWO_FACTOR_DEVICE " +
		"MANAGE_SETTINGS MANAGE_PROVIDERS MANAGE_ROLES MANAGE_STAFF VIEW_AUDIT_LOG"
	harbor := []string{
		"admin@harbor.example STAFF ACTIVE admin [" + all + "] +12025550181 MOBILE TEXT confirmed default",
		"agent@harbor.example STAFF ACTIVE [VIEW_USERS GENERATE_LOCKOUT_CODES UPDATE_NUMBER_TYPE VIEW_NOTIFICATION_HISTORY RESET_TWO_FACTOR_DEVICE] +12025550182 MOBILE TEXT confirmed default",
		"viewer@harbor.example STAFF ACTIVE [VIEW_USERS] +12025550183 MOBILE TEXT confirmed default",
		"mobile@customer.example CUSTOMER ACTIVE [] +12025550101 MOBILE TEXT confirmed default app",
		"landline@customer.example CUSTOMER ACTIVE [] +12025550102 MOBILE TEXT confirmed default",
		"voip@customer.example CUSTOMER ACTIVE [] +12025550103 VOIP CALL confirmed default",
		"abroad@customer.example CUSTOMER REGISTERED [] +447700900104 MOBILE TEXT default",
	}
	for n := 1; n <= 40; n++ {
		harbor = append(harbor, fmt.Sprintf("customer%02d@customer.example CUSTOMER ACTIVE [] +13125550%03d MOBILE TEXT confirmed default", n, 100+n))
	}
	return map[string][]string{"harbor": harbor, "summit": {
		"admin@summit.example STAFF ACTIVE admin [" + all + "] +12025550184 MOBILE TEXT confirmed default",
		"mobile@customer.example CUSTOMER ACTIVE [] +12025550111 MOBILE TEXT confirmed default",
	}}
}

// The app of the demo makes the codes of a secret that everyone can know.
func TestFill_TheAppSignsIn(t *testing.T) {
	b := newBench(t, storetest.SQLite(t))
	b.fill()
	harbor := b.institution("harbor")
	owner, err := b.db.FindCredentials(t.Context(), harbor.ID, "mobile@customer.example")
	if err != nil {
		t.Fatal(err)
	}
	devices, err := b.db.ListDevices(t.Context(), harbor.ID, []string{owner.User.ID})
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", noon)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, d := range devices {
		if _, ok, err := b.Authenticators.Match(t.Context(), harbor.ID, d.Common().ID, code); err != nil {
			t.Error(err)
		} else if ok {
			right++
		}
	}
	if right != 1 {
		t.Errorf("the code is right for %d of %d devices", right, len(devices))
	}
}

func TestFill(t *testing.T) {
	for name, databaseURL := range databases(t) {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, databaseURL)
			b.fill()
			b.checkInstitutions()
			b.checkPasswords()
			first := map[string][]string{}
			for slug, want := range everyone() {
				first[slug] = b.people(slug)
				slices.Sort(want)
				if diff := cmp.Diff(want, first[slug]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", slug, diff)
				}
			}
			b.fill()
			for slug := range everyone() {
				if diff := cmp.Diff(first[slug], b.people(slug)); diff != "" {
					t.Errorf("%s changed the second time:\n%s", slug, diff)
				}
			}
		})
	}
	t.Run("goes on where it was interrupted", func(t *testing.T) {
		b := newBench(t, storetest.SQLite(t))
		for after := 4; ; after += 25 {
			interrupted := b.filled()
			interrupted.Store = &tiring{DB: b.db, left: after}
			err := demo.Fill(t.Context(), interrupted)
			if err == nil {
				break
			}
			if !errors.Is(err, errTired) {
				t.Fatal(err)
			}
		}
		for slug, want := range everyone() {
			slices.Sort(want)
			if diff := cmp.Diff(want, b.people(slug)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", slug, diff)
			}
		}
	})
}

// tiring is a store that answers so often and no more.
type tiring struct {
	*store.DB
	left int
}

var errTired = errors.New("interrupted")

func (s *tiring) tire() error {
	if s.left--; s.left < 0 {
		return errTired
	}
	return nil
}

func (s *tiring) GrantRole(ctx context.Context, institutionID, userID string, r user.Role) error {
	return errors.Join(s.tire(), s.DB.GrantRole(ctx, institutionID, userID, r))
}

func (s *tiring) ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error) {
	if err := s.tire(); err != nil {
		return nil, err
	}
	return s.DB.ListDevices(ctx, institutionID, userIDs)
}

func (b *bench) institution(slug string) institution.Institution {
	b.t.Helper()
	found, err := b.Institutions.FindBySlug(b.t.Context(), slug)
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// checkInstitutions compares the settings and the accounts of both.
func (b *bench) checkInstitutions() {
	b.t.Helper()
	harbor, summit := b.institution("harbor"), b.institution("summit")
	for _, c := range []struct {
		got            institution.Institution
		name           string
		methods        []institution.Method
		voip, email    bool
		sid, token, by string
	}{
		{harbor, "Harbor Credit Union", []institution.Method{institution.SMS, institution.Voice, institution.AuthenticatorApp}, true, false,
			"AC00000000000000000000000000000001", "harborsandboxtoken", "+12025550190"},
		{summit, "Summit Bank", []institution.Method{institution.SMS, institution.Voice, institution.Email, institution.AuthenticatorApp, institution.BackupCodes}, false, true,
			"AC00000000000000000000000000000002", "summitsandboxtoken", "+12025550195"},
	} {
		if c.got.Name != c.name || !c.got.Demo || !c.got.TwoFactorRequired || !slices.Equal(c.got.Methods, c.methods) {
			b.t.Errorf("%+v", c.got)
		}
		for what, risk := range map[string]struct {
			recorded *institution.RiskAcceptance
			want     bool
		}{"VoIP": {c.got.VoIPRisk, c.voip}, "email": {c.got.EmailRisk, c.email}} {
			if (risk.recorded != nil) != risk.want || risk.want && (risk.recorded.By == "" || !risk.recorded.At.Equal(noon)) {
				b.t.Errorf("the risk of %s at %s: %+v", what, c.name, risk.recorded)
			}
		}
		account, err := b.Providers.Find(b.t.Context(), c.got.ID)
		if err != nil || account.AccountSID != c.sid || account.Token.Reveal() != c.token || account.From != c.by {
			b.t.Errorf("%+v, %v", account, err)
		}
	}
}

// checkPasswords tries the one password on a few.
func (b *bench) checkPasswords() {
	b.t.Helper()
	hasher := secret.NewHasher(1)
	for slug, emails := range map[string][]string{
		"harbor": {"admin@harbor.example", "viewer@harbor.example", "abroad@customer.example", "customer40@customer.example"}, "summit": {"mobile@customer.example"},
	} {
		for _, email := range emails {
			found, err := b.db.FindCredentials(b.t.Context(), b.institution(slug).ID, email)
			if err != nil {
				b.t.Fatal(err)
			}
			if ok, err := hasher.Verify(b.t.Context(), found.PasswordHash, "factordesk-demo"); err != nil || !ok {
				b.t.Errorf("%s of %s: %v", email, slug, err)
			}
		}
	}
}

// people tells of everyone at an institution, in the order of their addresses.
func (b *bench) people(slug string) []string {
	b.t.Helper()
	found, err := b.db.ListUsers(b.t.Context(), user.Query{InstitutionID: b.institution(slug).ID, Limit: 1000})
	if err != nil {
		b.t.Fatal(err)
	}
	var all []string
	for _, match := range found {
		u := match.User
		line := []string{u.Email, string(u.Kind), string(u.Status)}
		if u.AdminLevel {
			line = append(line, "admin")
		}
		line = append(line, fmt.Sprint(b.actor(u).Permissions))
		devices, err := b.db.ListDevices(b.t.Context(), u.InstitutionID, []string{u.ID})
		if err != nil {
			b.t.Fatal(err)
		}
		for _, d := range devices {
			if app, ok := d.(*device.Authenticator); ok && app.ConfirmedAt != nil && !app.IsDefault {
				line = append(line, "app")
				continue
			}
			p, ok := d.(*device.Phone)
			if !ok {
				b.t.Fatalf("%s has %T", u.Email, d)
			}
			line = append(line, p.PhoneNumber, string(*p.DetectedNumberType), string(p.CommunicationMethod()))
			if p.NumberTypeOverride != nil {
				line = append(line, "overridden")
			}
			if p.ConfirmedAt != nil {
				line = append(line, "confirmed")
			}
			if p.IsDefault {
				line = append(line, "default")
			}
		}
		all = append(all, strings.Join(line, " "))
	}
	slices.Sort(all)
	return all
}

// actor is what someone may do who is signed in.
func (b *bench) actor(u user.User) auth.Actor {
	b.t.Helper()
	token, err := b.Sessions.Start(b.t.Context(), auth.Session{UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, FactorAt: noon})
	if err != nil {
		b.t.Fatal(err)
	}
	actor, err := b.Sessions.Resolve(b.t.Context(), token, u.Kind)
	if err != nil {
		b.t.Fatal(err)
	}
	return actor
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

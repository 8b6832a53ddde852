// Package demo fills a desk with made-up institutions and people, through the
// product's own services, so that everything can be tried without Twilio. It may
// run again, and in two processes at once: what is there already stays.
package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/user"
)

// Password is everyone's.
const Password = "factordesk-demo"

// AppSecret is that of mobile@customer.example's authenticator app at harbor: the
// test vectors' of RFC 6238.
const AppSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" //nolint:gosec // public, and production refuses demo data

// Greeting tells how to sign in.
const Greeting = `
  Sign in with password ` + Password + ` and the code that arrives at the phones' page:
    institution harbor   admin@harbor.example    Admin-level, all permissions
                         agent@harbor.example    support agent
                         viewer@harbor.example   sees users only
                         mobile@customer.example, landline@…, voip@…, abroad@… and 40 more customers
    institution summit   admin@summit.example, mobile@customer.example
  The README walks through an agent's day by curl.
`

// Desk is what is filled.
type Desk struct {
	Institutions   *institution.Service
	Providers      *provider.Service
	Users          *user.Service
	Devices        *device.Service
	Authenticators *authenticator.Service
	Store          Store
	Clock          clock.Clock
}

// Store tells what is there already.
type Store interface {
	user.Store
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
	CreateNotification(ctx context.Context, n notification.Notification) error
	AddCodeEvents(ctx context.Context, events ...notification.Event) error
}

// Fill makes what is missing. Run it under a lock over all processes.
func Fill(ctx context.Context, d Desk) error {
	users, devices, apps := *d.Users, *d.Devices, *d.Authenticators
	users.Clock, devices.Clock, apps.Clock = monthAgo{d.Clock}, monthAgo{d.Clock}, monthAgo{d.Clock}
	d.Users, d.Devices, d.Authenticators = &users, &devices, &apps
	for _, t := range tenants(d.Clock.Now()) {
		inst, err := d.institution(ctx, t)
		if err != nil {
			return fmt.Errorf("institution %s: %w", t.Slug, err)
		}
		for _, p := range t.people {
			if err := d.person(ctx, inst, p); err != nil {
				return fmt.Errorf("%s of %s: %w", p.email, t.Slug, err)
			}
		}
	}
	return nil
}

// monthAgo is a clock by which people have had their devices for long: freezing an
// account suspends what is new, and only that.
type monthAgo struct{ clock.Clock }

// Now returns the time a month ago.
func (m monthAgo) Now() time.Time { return m.Clock.Now().AddDate(0, -1, 0) }

func (d Desk) institution(ctx context.Context, t tenant) (institution.Institution, error) {
	inst, err := d.Institutions.FindBySlug(ctx, t.Slug)
	if fault.CodeOf(err) == fault.NotFound {
		inst, err = d.Institutions.Create(ctx, t.New)
	}
	if err != nil {
		return inst, err
	}
	_, err = d.Providers.Find(ctx, inst.ID)
	if fault.CodeOf(err) == fault.ProviderUnavailable {
		err = d.Providers.Create(ctx, provider.New{
			InstitutionID: inst.ID, AccountSID: t.account.SID, Token: secret.NewText(t.account.Token), From: t.account.From,
		})
	}
	return inst, err
}

func (d Desk) person(ctx context.Context, inst institution.Institution, p person) error {
	found, err := d.Store.FindCredentials(ctx, inst.ID, p.email)
	u := found.User
	if fault.CodeOf(err) == fault.NotFound {
		u, err = d.Users.Create(ctx, user.New{
			InstitutionID: inst.ID, Kind: p.kind(), Status: p.status(), Email: p.email,
			FirstName: p.first, LastName: p.last, Password: Password, AdminLevel: p.admin,
		})
	}
	if err != nil {
		return err
	}
	if p.role.Name != "" {
		p.role.ID = id.New(id.Role)
		if err := d.Store.GrantRole(ctx, inst.ID, u.ID, p.role); err != nil {
			return err
		}
	}
	devices, err := d.Store.ListDevices(ctx, inst.ID, []string{u.ID})
	if err != nil {
		return err
	}
	if len(devices) == 0 {
		if _, err := d.Devices.AddPhone(ctx, u, device.NewPhone{PhoneNumber: p.phone, Label: "My phone", Confirmed: !p.registeredOnly}); err != nil {
			return err
		}
		if p.phone == voipPhone {
			if err := d.unheard(ctx, u, p.phone); err != nil {
				return err
			}
		}
	}
	if p.app == "" || slices.ContainsFunc(devices, isApp) {
		return nil
	}
	return d.Authenticators.Add(ctx, u, "My app", secret.NewText(p.app))
}

// unheard is a call of yesterday that a voicemail picked up, so that its code was not said.
func (d Desk) unheard(ctx context.Context, u user.User, number string) error {
	at := d.Clock.Now().AddDate(0, 0, -1)
	over, accepted, attemptID := at.Add(5*time.Minute), at.Add(time.Second), id.New(id.Message)
	body := harborName + ". Your code is ••••••."
	err := d.Store.CreateNotification(ctx, notification.Notification{
		ID: attemptID, InstitutionID: u.InstitutionID, UserID: u.ID, Channel: notification.Voice, Kind: notification.VerificationCode, Purpose: notification.SignIn,
		AccountSID: harborAccount.SID, SID: "CA00000000000000000000000000000001", To: number, From: harborAccount.From, Body: body,
		ProviderStatus: "completed", AnsweredBy: "machine_start", SIPCode: 200, Date: at, AcceptedAt: &accepted, UpdatedAt: at.Add(30 * time.Second), ValidUntil: &over,
	})
	if err != nil {
		return err
	}
	return d.Store.AddCodeEvents(ctx,
		notification.Once(attemptID, notification.Ringing, at.Add(2*time.Second)), notification.Once(attemptID, notification.Answered, at.Add(12*time.Second)),
		notification.Once(attemptID, notification.Voicemail, at.Add(14*time.Second)), notification.Once(attemptID, notification.HungUp, at.Add(30*time.Second)))
}

func isApp(d device.Device) bool {
	_, ok := d.(*device.Authenticator)
	return ok
}

// tenant is an institution with its account and people.
type tenant struct {
	institution.New
	account account
	people  []person
}

// person is one user to make.
type person struct {
	email, first, last, phone string
	role                      user.Role
	admin                     bool
	// registeredOnly people have not enrolled yet.
	registeredOnly bool
	// app is the secret of an authenticator app, for those who have one.
	app string
}

func (p person) kind() auth.Kind {
	if p.role.Name != "" {
		return auth.Staff
	}
	return auth.Customer
}

func (p person) status() user.Status {
	if p.registeredOnly {
		return user.Registered
	}
	return user.Active
}

var (
	administrator = user.Role{Name: "Administrator", Permissions: auth.Permissions()}
	agent         = user.Role{Name: "Support agent", Permissions: []auth.Permission{
		auth.ViewUsers, auth.GenerateLockoutCodes, auth.UpdateNumberType, auth.ViewNotificationHistory, auth.ResetTwoFactorDevice,
	}}
	viewer = user.Role{Name: "Viewer", Permissions: []auth.Permission{auth.ViewUsers}}
)

func tenants(now time.Time) []tenant {
	accepted := &institution.RiskAcceptance{By: "admin@harbor.example", At: now}
	harbor := institution.DefaultSettings()
	harbor.Methods = []institution.Method{institution.SMS, institution.Voice, institution.AuthenticatorApp}
	harbor.VoIPRisk, harbor.SupportPhone = accepted, "+12025550199"
	summit := institution.DefaultSettings()
	summit.Methods = []institution.Method{institution.SMS, institution.Voice, institution.Email, institution.AuthenticatorApp, institution.BackupCodes}
	summit.EmailRisk = &institution.RiskAcceptance{By: "admin@summit.example", At: now}
	return []tenant{
		{
			New:     institution.New{Slug: "harbor", Name: harborName, Settings: harbor, Demo: true},
			account: harborAccount,
			people: append([]person{
				{email: "admin@harbor.example", first: "Ada", last: "Admin", phone: "+12025550181", role: administrator, admin: true},
				{email: "agent@harbor.example", first: "Aggie", last: "Agent", phone: "+12025550182", role: agent},
				{email: "viewer@harbor.example", first: "Vic", last: "Viewer", phone: "+12025550183", role: viewer},
				{email: "mobile@customer.example", first: "Mona", last: "Mobile", phone: mobilePhone, app: AppSecret},
				{email: "landline@customer.example", first: "Lars", last: "Landline", phone: landlinePhone},
				{email: "voip@customer.example", first: "Vera", last: "Voip", phone: voipPhone},
				{email: "abroad@customer.example", first: "Abby", last: "Abroad", phone: "+447700900104", registeredOnly: true},
			}, others()...),
		},
		{
			New:     institution.New{Slug: "summit", Name: summitName, Settings: summit, Demo: true},
			account: summitAccount,
			people: []person{
				{email: "admin@summit.example", first: "Sam", last: "Admin", phone: "+12025550184", role: administrator, admin: true},
				{email: "mobile@customer.example", first: "Milo", last: "Mobile", phone: summitMobilePhone},
			},
		},
	}
}

// others are 40 customers for lists to have pages.
func others() []person {
	firsts := []string{"Alba", "Bram", "Cleo", "Dara", "Enzo", "Fern", "Gus", "Hana", "Ivo", "Jade"}
	lasts := []string{"Ash", "Brook", "Cedar", "Dale"}
	people := make([]person, 0, len(firsts)*len(lasts))
	for i, last := range lasts {
		for j, first := range firsts {
			n := i*len(firsts) + j
			people = append(people, person{
				email: fmt.Sprintf("customer%02d@customer.example", n+1), first: first, last: last,
				phone: fmt.Sprintf("+13125550%03d", 101+n),
			})
		}
	}
	return people
}

package desktest

import (
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
	"github.com/factordesk/factordesk/internal/user"
)

// Password is everyone's.
const Password = "made up for tests"

// Person is a user with the phone that gets their codes.
type Person struct {
	user.User
	Phone *device.Phone
}

// Bank is an institution with its people. Summit has no Viewer, Agent and
// limited Admins.
type Bank struct {
	institution.Institution
	// Twilio is the institution's account there.
	Twilio twiliosandbox.Account
	// Admin is Admin-level staff with all permissions.
	Admin Person
	// AdminWithoutCodes lacks GENERATE_LOCKOUT_CODES only.
	AdminWithoutCodes Person
	// AdminWithoutHistory has a role that grants VIEW_NOTIFICATION_HISTORY, which
	// was taken from this user by name.
	AdminWithoutHistory Person
	// Agent is staff without Admin level that holds VIEW_USERS,
	// GENERATE_LOCKOUT_CODES, UPDATE_NUMBER_TYPE and VIEW_NOTIFICATION_HISTORY.
	Agent Person
	// Viewer holds VIEW_USERS only.
	Viewer Person
	// Customer and Neighbor are customers.
	Customer Person
	Neighbor Person
}

// Newcomer is someone to add. Permissions make staff; without Phone there is none.
type Newcomer struct {
	Email, First, Last, Phone string
	Language                  message.Language
	Admin                     bool
	Permissions, Removed      []auth.Permission
}

func (d *Desk) settle() {
	d.t.Helper()
	harbor, summit := institution.DefaultSettings(), institution.DefaultSettings()
	harbor.VoIPRisk = &institution.RiskAcceptance{By: "admin@harbor.example", At: Start}
	harbor.SupportPhone = "+1 202 555 0199"
	harbor.BackupCodes = 3 // Summit's sets have the usual size
	d.Harbor.Twilio, d.Summit.Twilio = harborAccount, summitAccount
	d.Harbor.Institution = d.found(institution.New{Slug: "harbor", Name: "Harbor Credit Union", Settings: harbor}, harborAccount)
	d.Summit.Institution = d.found(institution.New{Slug: "summit", Name: "Summit Bank", Settings: summit}, summitAccount)

	agent := []auth.Permission{auth.ViewUsers, auth.GenerateLockoutCodes, auth.UpdateNumberType, auth.ViewNotificationHistory}
	withoutCodes := slices.DeleteFunc(auth.Permissions(), func(p auth.Permission) bool { return p == auth.GenerateLockoutCodes })
	h, s := d.Harbor.Institution, d.Summit.Institution
	d.Harbor.Admin = d.Add(h, Newcomer{Email: "admin@harbor.example", Phone: "+12025550181", Admin: true, Permissions: auth.Permissions()})
	d.Harbor.AdminWithoutCodes = d.Add(h, Newcomer{Email: "nocodes@harbor.example", Phone: "+12025550182", Admin: true, Permissions: withoutCodes})
	d.Harbor.AdminWithoutHistory = d.Add(h, Newcomer{Email: "nohistory@harbor.example", Phone: "+12025550183", Admin: true,
		Permissions: auth.Permissions(), Removed: []auth.Permission{auth.ViewNotificationHistory}})
	d.Harbor.Agent = d.Add(h, Newcomer{Email: "agent@harbor.example", Phone: "+12025550184", Permissions: agent})
	d.Harbor.Viewer = d.Add(h, Newcomer{Email: "viewer@harbor.example", Phone: "+12025550185", Permissions: []auth.Permission{auth.ViewUsers}})
	d.Harbor.Customer = d.Add(h, Newcomer{Email: "cleo@customer.example", First: "Cleo", Last: "Customer", Phone: "+12025550101"})
	d.Harbor.Neighbor = d.Add(h, Newcomer{Email: "nina@customer.example", First: "Nina", Last: "Neighbor", Phone: "+12025550102"})
	d.Summit.Admin = d.Add(s, Newcomer{Email: "admin@summit.example", Phone: "+12025550186", Admin: true, Permissions: auth.Permissions()})
	d.Summit.Customer = d.Add(s, Newcomer{Email: "cleo@customer.example", First: "Cleo", Last: "Customer", Phone: "+12025550103"})
}

func (d *Desk) found(n institution.New, a twiliosandbox.Account) institution.Institution {
	d.t.Helper()
	made, err := d.Institutions.Create(d.t.Context(), n)
	d.must(err)
	d.must(d.Providers.Create(d.t.Context(), provider.New{
		InstitutionID: made.ID, AccountSID: a.SID, Token: secret.NewText(a.Token), From: a.From,
	}))
	return made
}

// Add makes a user of an institution, with a confirmed phone.
func (d *Desk) Add(inst institution.Institution, n Newcomer) Person {
	d.t.Helper()
	ctx := d.t.Context()
	kind, first, last := auth.Customer, n.First, n.Last
	if n.Permissions != nil {
		kind = auth.Staff
	}
	if first == "" {
		first, last, _ = strings.Cut(n.Email, "@")
	}
	made, err := d.Users.Create(ctx, user.New{
		InstitutionID: inst.ID, Kind: kind, Status: user.Active, Email: n.Email,
		FirstName: first, LastName: last, Password: Password, Language: n.Language, AdminLevel: n.Admin,
	})
	d.must(err)
	if kind == auth.Staff {
		d.must(d.DB.GrantRole(ctx, inst.ID, made.ID, user.Role{ID: id.New(id.Role), Name: "Of " + n.Email, Permissions: n.Permissions}))
		d.must(d.DB.RemovePermissions(ctx, inst.ID, made.ID, n.Removed))
	}
	p := Person{User: made}
	if n.Phone != "" {
		p.Phone = d.AddPhone(made, n.Phone)
	}
	return p
}

// AddPhone adds a confirmed phone to a user and returns it.
func (d *Desk) AddPhone(u user.User, number string) *device.Phone {
	d.t.Helper()
	p, err := d.Devices.AddPhone(d.t.Context(), u, device.NewPhone{PhoneNumber: number, Label: "My phone", Confirmed: true})
	d.must(err)
	return p
}

// AddApp returns a user a confirmed authenticator app.
func (d *Desk) AddApp(u user.User) *device.Authenticator {
	d.t.Helper()
	now := d.Clock.Now()
	app := &device.Authenticator{Base: device.Base{
		ID: id.New(id.Device), InstitutionID: u.InstitutionID, UserID: u.ID, Label: "My app", AddedAt: now, ConfirmedAt: &now,
	}}
	d.must(d.DB.CreateDevice(d.t.Context(), app))
	return app
}

// Base is what a new, confirmed device of a person has.
func (d *Desk) Base(p Person) device.Base {
	now := d.Clock.Now()
	return device.Base{ID: id.New(id.Device), InstitutionID: p.InstitutionID, UserID: p.ID, AddedAt: now, ConfirmedAt: &now}
}

// AddDevice adds a device of any kind and returns its id.
func (d *Desk) AddDevice(added device.Device) string {
	d.t.Helper()
	d.must(d.DB.CreateDevice(d.t.Context(), added))
	return added.Common().ID
}

// OptOut has a person's number reply STOP.
func (d *Desk) OptOut(p Person) {
	d.t.Helper()
	d.must(d.DB.SetOptOut(d.t.Context(), p.InstitutionID, p.Phone.PhoneNumber, notification.OptOut{
		Sender: harborAccount.From, Since: d.Clock.Now(), LearnedBy: notification.ByStop,
	}))
}

// Freeze freezes a person's account, as the link in a notice does.
func (d *Desk) Freeze(p Person) {
	d.t.Helper()
	d.must(d.DB.FreezeUser(d.t.Context(), p.InstitutionID, p.ID, d.Clock.Now()))
}

// Suspend suspends devices of a person, all that are confirmed if none are named.
func (d *Desk) Suspend(p Person, deviceIDs ...string) {
	d.t.Helper()
	ctx := d.t.Context()
	_, err := d.DB.SuspendDevices(ctx, p.InstitutionID, p.ID, time.Time{}, notification.DeviceAdded, d.Clock.Now())
	d.must(err)
	devices, err := d.DB.ListDevices(ctx, p.InstitutionID, []string{p.ID})
	d.must(err)
	for _, other := range devices {
		if id := other.Common().ID; len(deviceIDs) > 0 && !slices.Contains(deviceIDs, id) {
			_, err := d.DB.RestoreDevice(ctx, p.InstitutionID, p.ID, id)
			d.must(err)
		}
	}
}

// Pause lets strangers enter wrong codes for a device until it is paused.
func (d *Desk) Pause(deviceID string) {
	d.t.Helper()
	attempts := throttle.Attempts{Store: d.DB, Clock: d.Clock}
	for {
		_, err := attempts.Begin(d.t.Context(), deviceID, throttle.UnknownBrowser)
		if fault.CodeOf(err) == fault.Throttled {
			return
		}
		d.must(err)
	}
}

package world

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Password is everyone's.
const Password = "made-up password"

// Institution makes an institution that has the settings of a new one, but for those
// that are changed.
func (w *World) Institution(t testing.TB, slug, name string, settings ...func(s *institution.Settings)) institution.Institution {
	t.Helper()
	n := institution.New{Slug: slug, Name: name, Settings: institution.DefaultSettings()}
	for _, f := range settings {
		f(&n.Settings)
	}
	made, err := w.Finder().Create(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Mail permits codes by mail, whose risk is accepted.
func Mail(s *institution.Settings) {
	s.Methods, s.EmailRisk = append(s.Methods, institution.Email), &institution.RiskAcceptance{By: "Board", At: Began}
}

// VoIP permits VoIP numbers, whose risk is accepted.
func VoIP(s *institution.Settings) { s.VoIPRisk = &institution.RiskAcceptance{By: "Board", At: Began} }

// User makes a user of Bank: Ann Archer, an active customer with an address of her
// own, but for what is changed.
func (w *World) User(t testing.TB, change ...func(u *user.User)) user.User {
	t.Helper()
	u := user.User{
		ID: id.New(id.User), InstitutionID: w.Bank.ID, Kind: auth.Customer, Status: user.Active,
		FirstName: "Ann", LastName: "Archer", CreatedAt: Began, EmailProvedAt: Began,
	}
	u.Email = u.ID + "@customer.example"
	for _, f := range change {
		f(&u)
	}
	if err := w.DB.CreateUser(t.Context(), u, Hash(Password)); err != nil {
		t.Fatal(err)
	}
	return u
}

// Staff makes a new user one of the staff.
func Staff(u *user.User) { u.Kind = auth.Staff }

// Admin makes a new user Admin-level staff.
func Admin(u *user.User) { u.Kind, u.AdminLevel = auth.Staff, true }

// Frozen makes a new user a frozen one.
func Frozen(u *user.User) { u.Status = user.Frozen }

// Stranger is Admin-level staff of Other.
func (w *World) Stranger() user.User {
	return user.User{ID: id.New(id.User), InstitutionID: w.Other.ID, Kind: auth.Staff, AdminLevel: true}
}

// As returns the context in which a user acts who has permissions and has just proved
// a second factor.
func (w *World) As(t testing.TB, u user.User, p ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{
		UserID: u.ID, InstitutionID: u.InstitutionID, SessionID: id.New(id.Session), Kind: u.Kind, AdminLevel: u.AdminLevel,
		Permissions: p, FactorAt: w.Time.Now(),
	})
}

// Agent returns the context in which a new member of Bank's staff acts who has
// permissions.
func (w *World) Agent(t testing.TB, p ...auth.Permission) context.Context {
	t.Helper()
	return w.As(t, w.User(t, Staff), p...)
}

// FactorAt returns the context of an actor who proved the second factor at another
// time, the zero time for never.
func FactorAt(ctx context.Context, at time.Time) context.Context {
	actor, _ := auth.FromContext(ctx)
	actor.FactorAt = at
	return auth.WithActor(ctx, actor)
}

// Base returns what every device of a user has that was added and confirmed at Began.
func Base(owner user.User) device.Base {
	return device.Base{
		ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID, AddedAt: Began, ConfirmedAt: new(Began),
	}
}

// Phone adds a confirmed phone of a user, but for what is changed.
func (w *World) Phone(t testing.TB, owner user.User, number string, change ...func(p *device.Phone)) *device.Phone {
	t.Helper()
	p := &device.Phone{PhoneNumber: number, Base: Base(owner)}
	for _, f := range change {
		f(p)
	}
	w.AddDevice(t, p)
	return p
}

// AddDevice adds a device of any kind.
func (w *World) AddDevice(t testing.TB, added device.Device) {
	t.Helper()
	if err := w.DB.CreateDevice(t.Context(), added); err != nil {
		t.Fatal(err)
	}
}

package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// bank is an institution that is stored, for rows to belong to.
type bank struct {
	institution.Institution
	t  testing.TB
	db *DB
}

// serial makes slugs, addresses and the like differ.
var serial atomic.Int64

func newBank(t testing.TB, db *DB) bank {
	t.Helper()
	b := bank{t: t, db: db, Institution: institution.Institution{
		ID: id.New(id.Institution), Slug: fmt.Sprintf("bank-%d", serial.Add(1)), Name: "Test Bank",
		Settings: institution.DefaultSettings(), CreatedAt: now,
	}}
	check(t, db.CreateInstitution(t.Context(), b.Institution))
	return b
}

// user stores a user with what change says of it.
func (b bank) user(change ...func(u *user.User)) user.User {
	b.t.Helper()
	return b.userIn(b.t.Context(), change...)
}

// userIn stores a user in the transaction of a context.
func (b bank) userIn(ctx context.Context, change ...func(u *user.User)) user.User {
	b.t.Helper()
	u := user.User{
		ID: id.New(id.User), InstitutionID: b.ID, Kind: auth.Customer, Status: user.Active,
		Email:     fmt.Sprintf("person-%d@customer.example", serial.Add(1)),
		FirstName: "Ann", LastName: "Archer", CreatedAt: now, EmailProvedAt: now,
	}
	for _, f := range change {
		f(&u)
	}
	check(b.t, b.db.CreateUser(ctx, u, "made-up hash"))
	return u
}

func named(first, last string) func(u *user.User) {
	return func(u *user.User) { u.FirstName, u.LastName = first, last }
}

func staff(u *user.User) { u.Kind = auth.Staff }

// phone stores a confirmed phone of a user.
func (b bank) phone(owner user.User, number string) *device.Phone {
	b.t.Helper()
	p := &device.Phone{PhoneNumber: number, Base: device.Base{
		ID: id.New(id.Device), InstitutionID: b.ID, UserID: owner.ID, Label: "Phone", AddedAt: now, ConfirmedAt: ptr(now),
	}}
	check(b.t, b.db.CreateDevice(b.t.Context(), p))
	return p
}

// session stores a session of a user.
func (b bank) session(u user.User, change ...func(s *auth.Session)) auth.Session {
	b.t.Helper()
	s := auth.Session{
		ID: id.New(id.Session), UserID: u.ID, InstitutionID: b.ID, Kind: u.Kind, TokenHash: auth.HashToken(auth.NewToken()),
		CreatedAt: now, LastUsedAt: now, ExpiresAt: now.Add(auth.AbsoluteTimeout), FactorAt: now,
		Address: "192.0.2.7", UserAgent: "Browser/1",
	}
	for _, f := range change {
		f(&s)
	}
	check(b.t, b.db.CreateSession(b.t.Context(), s))
	return s
}

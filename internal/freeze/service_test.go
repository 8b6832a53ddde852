package freeze_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

var began = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// desk is a service on a real store that tells and records what the test says.
type desk struct {
	*freeze.Service
	db       *store.DB
	bank     institution.Institution
	told     []notification.Notice
	recorded []audit.Event
	// silent makes telling fail, unrecorded makes recording fail.
	silent, unrecorded error
}

func (d *desk) Tell(_ context.Context, _ user.User, n notification.Notice, _ string) error {
	d.told = append(d.told, n)
	return d.silent
}

func (d *desk) Record(_ context.Context, e audit.Event) error {
	d.recorded = append(d.recorded, e)
	return d.unrecorded
}

func (d *desk) RecordFor(ctx context.Context, _ auth.Actor, e audit.Event) error {
	return d.Record(ctx, e)
}

func (d *desk) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	return d.Tell(ctx, u, n, "")
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{db: storetest.New(t)}
	fake := clock.NewFake(began)
	institutions := &institution.Service{Store: d.db, Clock: fake}
	var err error
	if d.bank, err = institutions.Create(t.Context(), institution.New{Slug: "bank", Name: "Bank", Settings: institution.DefaultSettings()}); err != nil {
		t.Fatal(err)
	}
	d.Service = &freeze.Service{
		Store: d.db, Users: &user.Service{Store: d.db, Clock: fake}, Institutions: institutions, Notices: d, Audit: d,
		Limiter: &throttle.Limiter{Store: d.db, Clock: fake}, Clock: fake, URL: &url.URL{Scheme: "https", Host: "bank.example", Path: "/2fa/"},
	}
	return d
}

func (d *desk) user(t *testing.T, change ...func(u *user.User)) user.User {
	t.Helper()
	u := user.User{
		ID: id.New(id.User), InstitutionID: d.bank.ID, Kind: auth.Customer, Status: user.Active, FirstName: "Ann", LastName: "Archer",
		Language: message.Spanish, CreatedAt: began,
	}
	u.Email = u.ID + "@customer.example"
	for _, f := range change {
		f(&u)
	}
	if err := d.db.CreateUser(t.Context(), u, ""); err != nil {
		t.Fatal(err)
	}
	return u
}

func staff(u *user.User) { u.Kind = auth.Staff }

// token makes a link and gives what its path ends with.
func (d *desk) token(t *testing.T, u user.User) string {
	t.Helper()
	link, err := d.Link(t.Context(), u, notification.DeviceReset)
	if err != nil {
		t.Fatal(err)
	}
	token, ok := strings.CutPrefix(link, "https://bank.example/2fa/not-you/")
	if !ok {
		t.Fatalf("the link is %s", link)
	}
	return token
}

func (d *desk) status(t *testing.T, u user.User) user.Status {
	t.Helper()
	found, err := d.db.FindUser(t.Context(), d.bank.ID, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return found.Status
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestService_Link(t *testing.T) {
	d := newDesk(t)
	u := d.user(t)
	first, second := d.token(t, u), d.token(t, u)

	if first == second || len(first) < len("es-")+43 {
		t.Errorf("%s, %s", first, second)
	}
	if l, ok := freeze.Language(first); !ok || l != message.Spanish {
		t.Errorf("%s is in %s", first, l)
	}
	for _, token := range []string{"", "es", "-", "fr-" + auth.NewToken(), auth.NewToken()} {
		if l, ok := freeze.Language(token); ok != (token == "es") {
			t.Errorf("%q is in %q", token, l)
		}
	}
	d.URL = nil
	if link, err := d.Link(t.Context(), u, notification.DeviceReset); link != "" || err != nil {
		t.Errorf("without an address: %q, %v", link, err)
	}
}

func TestService_Freeze_IsAllOrNothing(t *testing.T) {
	d := newDesk(t)
	u := d.user(t)
	token := d.token(t, u)
	errNo := errors.New("no")
	for _, broken := range []*error{&d.silent, &d.unrecorded} {
		*broken = errNo
		if _, err := d.Freeze(t.Context(), token); !errors.Is(err, errNo) || d.status(t, u) != user.Active {
			t.Errorf("%v, and the user is %s", err, d.status(t, u))
		}
		*broken = nil
	}
	d.told, d.recorded = nil, nil

	frozen, err := d.Freeze(t.Context(), token)

	if want := (freeze.Frozen{Language: message.Spanish, Institution: "Bank"}); err != nil || frozen != want || d.status(t, u) != user.Frozen {
		t.Errorf("%+v, %v, and the user is %s", frozen, err, d.status(t, u))
	}
	want := []audit.Event{{Action: audit.FrozeUser, TargetID: u.ID, Details: map[string]string{"notice": "DEVICE_RESET", "sessions": "0", "codes": "0"}}}
	if diff := cmp.Diff(want, d.recorded); diff != "" || !cmp.Equal(d.told, []notification.Notice{notification.AccountFrozen}) {
		t.Errorf("told %v, recorded %s", d.told, diff)
	}
}

// as gives the context in which staff act who proved a factor at a time.
func as(t *testing.T, u user.User, factorAt time.Time, p ...auth.Permission) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{
		UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, AdminLevel: u.AdminLevel, Permissions: p, FactorAt: factorAt,
	})
}

func TestService_Unfreeze(t *testing.T) {
	d := newDesk(t)
	owner, agent, colleague := d.user(t), d.user(t, staff), d.user(t, staff)
	for _, u := range []user.User{owner, agent, colleague} {
		if err := d.db.FreezeUser(t.Context(), d.bank.ID, u.ID, began); err != nil {
			t.Fatal(err)
		}
	}
	may := as(t, agent, began, auth.ResetTwoFactorDevice)
	stranger := as(t, user.User{ID: id.New(id.User), InstitutionID: id.New(id.Institution), Kind: auth.Staff}, began, auth.Permissions()...)
	for _, refused := range []struct {
		ctx         context.Context
		userID, why string
		want        fault.Code
	}{
		{t.Context(), owner.ID, "why", fault.Unauthenticated},
		{as(t, agent, began), owner.ID, "why", fault.Forbidden},
		{as(t, owner, began, auth.Permissions()...), owner.ID, "why", fault.Forbidden},
		{may, agent.ID, "why", fault.Forbidden},
		{may, colleague.ID, "why", fault.Forbidden},
		{stranger, owner.ID, "why", fault.NotFound},
		{may, id.New(id.User), "why", fault.NotFound},
		{as(t, agent, began.Add(-auth.StaffStepUp-time.Second), auth.ResetTwoFactorDevice), owner.ID, "why", fault.StepUpRequired},
		{may, owner.ID, " ", fault.InvalidInput},
		{may, d.user(t).ID, "why", fault.Conflict},
	} {
		_, err := d.Unfreeze(refused.ctx, refused.userID, refused.why)
		wantCode(t, err, refused.want)
	}
	errNo := errors.New("no")
	for _, broken := range []*error{&d.silent, &d.unrecorded} {
		*broken = errNo
		if _, err := d.Unfreeze(may, owner.ID, "why"); !errors.Is(err, errNo) || d.status(t, owner) != user.Frozen {
			t.Errorf("%v, and the user is %s", err, d.status(t, owner))
		}
		*broken = nil
	}
	d.recorded = nil

	got, err := d.Unfreeze(may, owner.ID, " Spoke to her ")

	if err != nil || got.Status != user.Active {
		t.Errorf("%v, %v", got, err)
	}
	want := []audit.Event{{Action: audit.UnfrozeUser, TargetID: owner.ID, Details: map[string]string{"reason": "Spoke to her"}}}
	if diff := cmp.Diff(want, d.recorded); diff != "" {
		t.Error(diff)
	}
	_, err = d.Unfreeze(may, owner.ID, "again")
	wantCode(t, err, fault.Conflict)
}

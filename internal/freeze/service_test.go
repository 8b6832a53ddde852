package freeze_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world.
type desk struct {
	*freeze.Service
	*world.World
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return deskIn(world.New(t))
}

func deskIn(w *world.World) *desk {
	return &desk{World: w, Service: &freeze.Service{
		Store: w.DB, Users: &user.Service{Store: w.DB, Clock: w.Time}, Institutions: w.Finder(), Notices: w.Told, Audit: w.Audited,
		Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Clock: w.Time, URL: &url.URL{Scheme: "https", Host: "bank.example", Path: "/2fa/"},
	}}
}

func spanish(u *user.User) { u.Language = message.Spanish }

// token makes a link and returns what its path ends with.
func (d *desk) token(t *testing.T, u user.User) string {
	t.Helper()
	link, err := d.Link(t.Context(), u, notification.DeviceReset, d.Time.Now())
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
	found, err := d.DB.FindUser(t.Context(), d.Bank.ID, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return found.Status
}

func TestService_Link(t *testing.T) {
	d := newDesk(t)
	u := d.User(t, spanish)
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
	if link, err := d.Link(t.Context(), u, notification.DeviceReset, world.Began); link != "" || err != nil {
		t.Errorf("without an address: %q, %v", link, err)
	}
}

func TestService_Freeze_IsAllOrNothing(t *testing.T) {
	d := newDesk(t)
	u := d.User(t, spanish)
	token := d.token(t, u)
	errNo := errors.New("no")
	for _, broken := range []*error{&d.Told.Err, &d.Audited.Err} {
		*broken = errNo
		if _, err := d.Freeze(t.Context(), token); !errors.Is(err, errNo) || d.status(t, u) != user.Active {
			t.Errorf("%v, and the user is %s", err, d.status(t, u))
		}
		*broken = nil
	}
	d.Told.All, d.Audited.Events = nil, nil

	frozen, err := d.Freeze(t.Context(), token)

	if want := (freeze.Frozen{Language: message.Spanish, Institution: d.Bank.Name}); err != nil || frozen != want || d.status(t, u) != user.Frozen {
		t.Errorf("%+v, %v, and the user is %s", frozen, err, d.status(t, u))
	}
	want := []audit.Event{{Action: audit.FrozeUser, TargetID: u.ID, Details: map[string]string{"notice": "DEVICE_RESET", "sessions": "0", "codes": "0", "suspended": "0"}}}
	if diff := cmp.Diff(want, d.Audited.Events); diff != "" || !cmp.Equal(d.Told.All, []world.Told{{Notice: notification.AccountFrozen}}) {
		t.Errorf("told %v, recorded %s", d.Told.All, diff)
	}
}

func TestService_Unfreeze(t *testing.T) {
	d := newDesk(t)
	owner, agent, colleague := d.User(t), d.User(t, world.Staff), d.User(t, world.Staff)
	for _, u := range []user.User{owner, agent, colleague} {
		if err := d.DB.FreezeUser(t.Context(), d.Bank.ID, u.ID, world.Began); err != nil {
			t.Fatal(err)
		}
	}
	may := d.As(t, agent, auth.ResetTwoFactorDevice)
	stranger := d.As(t, d.Stranger(), auth.Permissions()...)
	for _, refused := range []struct {
		ctx         context.Context
		userID, why string
		want        fault.Code
	}{
		{t.Context(), owner.ID, "why", fault.Unauthenticated},
		{d.As(t, agent), owner.ID, "why", fault.Forbidden},
		{d.As(t, owner, auth.Permissions()...), owner.ID, "why", fault.Forbidden},
		{may, agent.ID, "why", fault.Forbidden},
		{may, colleague.ID, "why", fault.Forbidden},
		{stranger, owner.ID, "why", fault.NotFound},
		{may, id.New(id.User), "why", fault.NotFound},
		{world.FactorAt(may, world.Began.Add(-auth.StaffStepUp-time.Second)), owner.ID, "why", fault.StepUpRequired},
		{may, owner.ID, " ", fault.InvalidInput},
		{may, d.User(t).ID, "why", fault.Conflict},
	} {
		_, err := d.Unfreeze(refused.ctx, refused.userID, refused.why)
		world.WantCode(t, err, refused.want)
	}
	errNo := errors.New("no")
	for _, broken := range []*error{&d.Told.Err, &d.Audited.Err} {
		*broken = errNo
		if _, err := d.Unfreeze(may, owner.ID, "why"); !errors.Is(err, errNo) || d.status(t, owner) != user.Frozen {
			t.Errorf("%v, and the user is %s", err, d.status(t, owner))
		}
		*broken = nil
	}
	d.Audited.Events = nil

	got, err := d.Unfreeze(may, owner.ID, " Spoke to her ")

	if err != nil || got.Status != user.Active {
		t.Errorf("%v, %v", got, err)
	}
	want := []audit.Event{{Action: audit.UnfrozeUser, TargetID: owner.ID, Details: map[string]string{"reason": "Spoke to her"}}}
	if diff := cmp.Diff(want, d.Audited.Events); diff != "" {
		t.Error(diff)
	}
	_, err = d.Unfreeze(may, owner.ID, "again")
	world.WantCode(t, err, fault.Conflict)
}

package backupcode_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_Prepare(t *testing.T) {
	t.Run("warns, and makes and voids nothing", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		d.generate(t, agent, u)
		d.notices(t)

		p := d.prepare(t, agent, u)

		if p.VoidsCodes != 4 || !p.ExpiresAt.Equal(world.Began.Add(5*time.Minute)) || !strings.Contains(p.Warning, "Ann Archer") || !strings.Contains(p.Warning, "4 unused") {
			t.Errorf("got %+v", p)
		}
		if n := d.remaining(t, u); n != 4 || len(d.notices(t)) != 0 {
			t.Errorf("%d of 4 are left", n)
		}
	})

	d := newDesk(t)
	u, agent := d.User(t), d.agent(t)
	for _, test := range []struct {
		name, field string
		change      func(r *backupcode.Request)
	}{
		{"a purpose that is none", "purpose", func(r *backupcode.Request) { r.Purpose = "FUN" }},
		{"enrolment of somebody who has enrolled", "purpose", func(r *backupcode.Request) { r.Purpose = backupcode.Enrollment }},
		{"a caller check, which nobody can make", "identityCheck", func(r *backupcode.Request) { r.IdentityCheck = backupcode.CallerCheck }},
		{"no identity check", "identityCheck", func(r *backupcode.Request) { r.IdentityCheck = "" }},
		{"no reason", "reason", func(r *backupcode.Request) { r.Reason = " " }},
		{"a reason of 501 letters", "reason", func(r *backupcode.Request) { r.Reason = strings.Repeat("x", 501) }},
	} {
		t.Run("refuses "+test.name, func(t *testing.T) {
			r := request(u)
			test.change(&r)

			_, err := d.Prepare(agent, r)

			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != test.field {
				t.Errorf("got %v, want INVALID_INPUT of %s", err, test.field)
			}
		})
	}

	t.Run("makes codes to enrol for those who enrol, where no code comes by mail", func(t *testing.T) {
		enrolling := func(u *user.User) { u.Status = user.Enrolling }
		for name, test := range map[string]struct {
			d    *desk
			want fault.Code
		}{"no mail": {newDesk(t), ""}, "mail": {newDesk(t, world.Mail), fault.InvalidInput}} {
			u, agent := test.d.User(t, enrolling), test.d.agent(t)
			r := request(u)
			r.Purpose = backupcode.Enrollment

			p, err := test.d.Prepare(agent, r)

			if fault.CodeOf(err) != test.want {
				t.Fatalf("%s: %v", name, err)
			}
			if err != nil {
				continue
			}
			if err := test.d.DB.SetUserStatus(t.Context(), test.d.Bank.ID, u.ID, user.Active); err != nil {
				t.Fatal(err)
			}
			if _, err := test.d.Generate(agent, p.Token, backupcode.HandoverInPerson); fault.CodeOf(err) != fault.InvalidInput {
				t.Errorf("after the enrolment: %v", err)
			}
		}
	})

	t.Run("is NOT_FOUND for what is no user", func(t *testing.T) {
		for _, userID := range []string{"", id.New(id.User), "usr_\x00"} {
			_, err := d.Prepare(agent, request(user.User{ID: userID}))
			world.WantCode(t, err, fault.NotFound)
		}
	})
}

func TestService_Generate(t *testing.T) {
	t.Run("makes as many codes as the institution sets, and tells the user without showing one", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)

		g := d.generate(t, d.agent(t), u)

		if len(g.Codes) != 4 || !g.ExpiresAt.Equal(world.Began.Add(24*time.Hour)) || g.User != u || d.remaining(t, u) != 4 {
			t.Errorf("made %+v", g)
		}
		for _, code := range g.Codes {
			if len(code) != 17 || strings.Contains(g.Instructions, code) {
				t.Errorf("made %s", code)
			}
		}
		if got := d.notices(t); !slices.Equal(got, []notification.Notice{notification.CodesMade}) {
			t.Errorf("told %v", got)
		}
	})

	t.Run("records both steps with why and how, and no code", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)

		g := d.generate(t, d.agent(t), u)

		if len(d.Audited.Events) != 2 || d.Audited.Events[0].Action != audit.PreparedCodes || d.Audited.Events[1].Action != audit.GeneratedCodes {
			t.Fatalf("recorded %v", d.Audited.Events)
		}
		for _, e := range d.Audited.Events {
			if e.TargetID != u.ID || e.Outcome != "" || e.Details["reason"] != "lost phone" || e.Details["identityCheck"] != "CALL_BACK" {
				t.Errorf("recorded %v", e)
			}
			for _, code := range g.Codes {
				if strings.Contains(fmt.Sprint(e), code) {
					t.Errorf("a code is recorded: %v", e)
				}
			}
		}
	})

	t.Run("writes down who, why and how", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		d.generate(t, agent, u)

		sets, err := d.DB.LatestSets(t.Context(), d.Bank.ID, []string{u.ID})

		actor, _ := auth.FromContext(agent)
		if err != nil || len(sets) != 1 || sets[0].ByID != actor.UserID || sets[0].Reason != "lost phone" || sets[0].Origin != backupcode.ByStaff ||
			sets[0].IdentityCheck != backupcode.CallBack || sets[0].Handover != backupcode.HandoverPhoneCall || sets[0].Purpose != backupcode.Lockout {
			t.Errorf("got %+v, %v", sets, err)
		}
	})

	t.Run("voids the set that staff made before, and no set of the user's own", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		own := backupcode.Set{ID: id.New(id.CodeSet), InstitutionID: d.Bank.ID, UserID: u.ID, Origin: backupcode.BySelf, ByID: u.ID, GeneratedAt: world.Began.Add(-time.Hour)}
		if err := d.DB.CreateCodes(t.Context(), own, []backupcode.Hashed{{ID: id.New(id.Code), Position: 1, Selector: "ZZ", Hash: world.Hash("0000000000000")}}); err != nil {
			t.Fatal(err)
		}
		old := d.generate(t, agent, u)
		fresh := d.generate(t, agent, u)

		world.WantCode(t, d.Consume(t.Context(), u, old.Codes[0]), fault.WrongCode)
		world.WantCode(t, d.Consume(t.Context(), u, fresh.Codes[0]), "")
		world.WantCode(t, d.Consume(t.Context(), u, "ZZ000-00000-00000"), "")
	})

	t.Run("replaces a set that has expired", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)
		d.generate(t, d.agent(t), u)
		d.Time.Advance(25 * time.Hour)

		g := d.generate(t, d.agent(t), u)

		world.WantCode(t, d.Consume(t.Context(), u, g.Codes[3]), "")
	})

	t.Run("takes a token once", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		p := d.prepare(t, agent, u)
		if _, err := d.Generate(agent, p.Token, backupcode.HandoverInPerson); err != nil {
			t.Fatal(err)
		}

		_, err := d.Generate(agent, p.Token, backupcode.HandoverInPerson)

		world.WantCode(t, err, fault.Conflict)
		if d.remaining(t, u) != 4 {
			t.Error("the first set is gone")
		}
	})

	t.Run("takes a token for five minutes", func(t *testing.T) {
		for age, want := range map[time.Duration]fault.Code{5*time.Minute - time.Microsecond: "", 5 * time.Minute: fault.Expired} {
			d := newDesk(t)
			agent := d.agent(t)
			p := d.prepare(t, agent, d.User(t))
			d.Time.Advance(age)

			_, err := d.Generate(agent, p.Token, backupcode.HandoverInPerson)

			world.WantCode(t, err, want)
		}
	})

	t.Run("takes a token from the staff user who got it only", func(t *testing.T) {
		d := newDesk(t)
		agent, colleague := d.agent(t), d.agent(t)
		stranger := d.As(t, d.Stranger(), auth.GenerateLockoutCodes)
		p := d.prepare(t, agent, d.User(t))

		for _, ctx := range []context.Context{colleague, stranger} {
			_, err := d.Generate(ctx, p.Token, backupcode.HandoverInPerson)
			world.WantCode(t, err, fault.NotFound)
		}

		_, err := d.Generate(agent, p.Token, backupcode.HandoverInPerson)
		world.WantCode(t, err, "")
	})

	t.Run("is NOT_FOUND for what is no token", func(t *testing.T) {
		d := newDesk(t)
		for _, token := range []string{"", "x", "\x00", auth.NewToken(), strings.Repeat("x", 1<<20)} {
			_, err := d.Generate(d.agent(t), token, backupcode.HandoverInPerson)
			world.WantCode(t, err, fault.NotFound)
		}
	})

	t.Run("asks for a second factor of the last 15 minutes, and keeps the token", func(t *testing.T) {
		d := newDesk(t)
		staff, u := d.User(t, world.Staff), d.User(t)
		before := d.As(t, staff, auth.GenerateLockoutCodes)
		d.Time.Advance(15*time.Minute + time.Microsecond)
		p := d.prepare(t, before, u)

		_, err := d.Generate(before, p.Token, backupcode.HandoverInPerson)
		world.WantCode(t, err, fault.StepUpRequired)

		_, err = d.Generate(d.As(t, staff, auth.GenerateLockoutCodes), p.Token, backupcode.HandoverInPerson)
		world.WantCode(t, err, "")
	})

	t.Run("looks at permission and target again, and keeps the token", func(t *testing.T) {
		d := newDesk(t)
		staff, u := d.User(t, world.Staff), d.User(t)
		p := d.prepare(t, d.As(t, staff, auth.GenerateLockoutCodes), u)

		_, err := d.Generate(d.As(t, staff, auth.ViewUsers), p.Token, backupcode.HandoverInPerson)
		world.WantCode(t, err, fault.Forbidden)
		if err := d.DB.SetUserStatus(t.Context(), d.Bank.ID, u.ID, user.Closed); err != nil {
			t.Fatal(err)
		}
		_, err = d.Generate(d.As(t, staff, auth.GenerateLockoutCodes), p.Token, backupcode.HandoverInPerson)
		world.WantCode(t, err, fault.Conflict)
	})

	t.Run("hands nothing over by text or email", func(t *testing.T) {
		d := newDesk(t)
		agent := d.agent(t)
		p := d.prepare(t, agent, d.User(t))
		for _, h := range []backupcode.Handover{"", "SMS", "EMAIL"} {
			_, err := d.Generate(agent, p.Token, h)
			world.WantCode(t, err, fault.InvalidInput)
		}
	})

	t.Run("that fails leaves token, codes and outbox as they were", func(t *testing.T) {
		errNo := errors.New("no")
		for name, breaks := range map[string]func(d *desk, err error){
			"telling":   func(d *desk, err error) { d.Told.Err = err },
			"recording": func(d *desk, err error) { d.Audited.Err = err },
		} {
			d := newDesk(t)
			u, agent := d.User(t), d.agent(t)
			old := d.generate(t, agent, u)
			d.notices(t)
			p := d.prepare(t, agent, u)
			breaks(d, errNo)

			_, err := d.Generate(agent, p.Token, backupcode.HandoverInPerson)

			if !errors.Is(err, errNo) || d.remaining(t, u) != 4 || len(d.notices(t)) != 0 {
				t.Errorf("%s: got %v", name, err)
			}
			world.WantCode(t, d.Consume(t.Context(), u, old.Codes[0]), "")
			breaks(d, nil)
			_, err = d.Generate(agent, p.Token, backupcode.HandoverInPerson)
			world.WantCode(t, err, "")
		}
	})
}

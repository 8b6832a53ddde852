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
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// generateOwn has a user make codes, right after a second factor.
func (d *desk) generateOwn(t *testing.T, u user.User) backupcode.Own {
	t.Helper()
	own, err := d.GenerateOwn(d.As(t, u))
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// left returns how many codes of each origin still work.
func (d *desk) left(t *testing.T, u user.User) map[backupcode.Origin]int {
	t.Helper()
	sets, err := d.Summaries(d.As(t, u), []string{u.ID})
	if err != nil {
		t.Fatal(err)
	}
	left := map[backupcode.Origin]int{}
	for _, s := range sets[u.ID] {
		left[s.Origin] = s.Remaining
	}
	return left
}

func TestService_GenerateOwn(t *testing.T) {
	t.Run("makes codes that don't expire, as many as the institution sets, and tells and records it without showing one", func(t *testing.T) {
		for _, kind := range []auth.Kind{auth.Customer, auth.Staff} {
			d := newDesk(t)
			u := d.User(t, func(u *user.User) { u.Kind = kind })

			own := d.generateOwn(t, u)

			sets, err := d.Summaries(d.As(t, u), []string{u.ID})
			if err != nil || len(sets[u.ID]) != 1 || sets[u.ID][0].Origin != backupcode.BySelf || sets[u.ID][0].Remaining != 4 ||
				sets[u.ID][0].ExpiresAt != nil || sets[u.ID][0].Purpose != nil {
				t.Errorf("made %+v, %v", sets, err)
			}
			if got := d.notices(t); !slices.Equal(got, []notification.Notice{notification.CodesMade}) {
				t.Errorf("told %v", got)
			}
			if len(d.Audited.Events) != 1 || d.Audited.Events[0].Action != audit.GeneratedOwnCodes || d.Audited.Events[0].TargetID != u.ID || d.Audited.Events[0].Details["codes"] != "4" {
				t.Errorf("recorded %v", d.Audited.Events)
			}
			if len(own.Codes) != 4 || !strings.Contains(own.Instructions, "password manager") {
				t.Errorf("got %+v", own)
			}
			for _, code := range own.Codes {
				if len(code) != 17 || strings.Contains(own.Instructions+fmt.Sprint(d.Audited.Events), code) {
					t.Errorf("made %s", code)
				}
			}
			d.Time.Advance(20 * 365 * 24 * time.Hour)
			world.WantCode(t, d.Consume(t.Context(), u, own.Codes[0]), "")
		}
	})

	t.Run("voids the set that the user made before, and none that staff made", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)
		byStaff := d.generate(t, d.agent(t), u)
		old := d.generateOwn(t, u)

		fresh := d.generateOwn(t, u)

		if left := d.left(t, u); left[backupcode.ByStaff] != 4 || left[backupcode.BySelf] != 4 {
			t.Errorf("left are %v", left)
		}
		world.WantCode(t, d.Consume(t.Context(), u, old.Codes[0]), fault.WrongCode)
		world.WantCode(t, d.Consume(t.Context(), u, fresh.Codes[0]), "")
		world.WantCode(t, d.Consume(t.Context(), u, byStaff.Codes[0]), "")
	})

	t.Run("leaves who was refused with the codes that they had", func(t *testing.T) {
		d := newDesk(t)
		customer, staff := d.User(t), d.User(t, world.Admin)
		before := map[string]user.User{}
		for _, status := range []user.Status{user.Registered, user.Enrolling, user.Frozen} {
			u := d.User(t)
			d.generateOwn(t, u)
			if err := d.DB.SetUserStatus(t.Context(), d.Bank.ID, u.ID, status); err != nil {
				t.Fatal(err)
			}
			before[string(status)] = u
		}
		d.generateOwn(t, customer)
		d.generateOwn(t, staff)
		d.notices(t)
		d.Audited.Events = nil
		ago := func(u user.User, age time.Duration) context.Context {
			return world.FactorAt(d.As(t, u), d.Time.Now().Add(-age))
		}
		for _, try := range []struct {
			name string
			ctx  context.Context
			who  user.User
			want fault.Code
		}{
			{"nobody", t.Context(), customer, fault.Unauthenticated},
			{"a customer whose factor is older than 5 minutes", ago(customer, 5*time.Minute+time.Microsecond), customer, fault.StepUpRequired},
			{"staff whose factor is older than 15 minutes", ago(staff, 15*time.Minute+time.Microsecond), staff, fault.StepUpRequired},
			{"a customer who proved none", world.FactorAt(d.As(t, customer), time.Time{}), customer, fault.StepUpRequired},
			{"who has registered", d.As(t, before["REGISTERED"]), before["REGISTERED"], fault.Conflict},
			{"who enrols", d.As(t, before["ENROLLING"]), before["ENROLLING"], fault.Conflict},
			{"who is frozen", d.As(t, before["FROZEN"]), before["FROZEN"], fault.Conflict},
		} {
			t.Run(try.name, func(t *testing.T) {
				_, err := d.GenerateOwn(try.ctx)

				world.WantCode(t, err, try.want)
				if left := d.left(t, try.who); left[backupcode.BySelf] != 4 || len(d.notices(t)) != 0 || len(d.Audited.Events) != 0 {
					t.Errorf("left are %v, recorded %v", left, d.Audited.Events)
				}
			})
		}
		for _, just := range []context.Context{ago(customer, 5*time.Minute), ago(staff, 15*time.Minute)} {
			_, err := d.GenerateOwn(just)
			world.WantCode(t, err, "")
		}
	})

	t.Run("is CONFLICT where the institution does not permit it", func(t *testing.T) {
		d := newDesk(t, func(s *institution.Settings) { s.Methods = []institution.Method{institution.SMS} })

		_, err := d.GenerateOwn(d.As(t, d.User(t)))

		world.WantCode(t, err, fault.Conflict)
		if !strings.Contains(err.Error(), "Harbor") {
			t.Error(err)
		}
	})

	t.Run("is FORBIDDEN for 24 hours to a session that comes from a backup code", func(t *testing.T) {
		d := newDesk(t)
		u, used := d.User(t), d.Time.Now()
		after := func() context.Context {
			actor, _ := auth.FromContext(d.As(t, u))
			actor.BackupCodeUsedAt = used
			return auth.WithActor(t.Context(), actor)
		}

		d.Time.Advance(24*time.Hour - time.Microsecond)
		_, err := d.GenerateOwn(after())
		world.WantCode(t, err, fault.Forbidden)

		d.Time.Advance(time.Microsecond)
		_, err = d.GenerateOwn(after())
		world.WantCode(t, err, "")
	})

	t.Run("makes nothing for who is frozen meanwhile", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)
		d.Hashes.During = func() {
			if err := d.DB.SetUserStatus(t.Context(), d.Bank.ID, u.ID, user.Frozen); err != nil {
				t.Error(err)
			}
		}

		_, err := d.GenerateOwn(d.As(t, u))

		world.WantCode(t, err, fault.Conflict)
		if left := d.left(t, u); len(left) != 0 {
			t.Errorf("left are %v", left)
		}
	})

	t.Run("is THROTTLED after ten sets in an hour, for that user alone", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)
		for range 10 {
			d.generateOwn(t, u)
		}

		_, err := d.GenerateOwn(d.As(t, u))

		world.WantCode(t, err, fault.Throttled)
		d.generateOwn(t, d.User(t))
		d.Time.Advance(time.Hour)
		d.generateOwn(t, u)
	})

	t.Run("that fails leaves codes and outbox as they were", func(t *testing.T) {
		errNo := errors.New("no")
		for name, breaks := range map[string]func(d *desk){
			"telling":   func(d *desk) { d.Told.Err = errNo },
			"recording": func(d *desk) { d.Audited.Err = errNo },
		} {
			d := newDesk(t)
			u := d.User(t)
			old := d.generateOwn(t, u)
			d.notices(t)
			breaks(d)

			_, err := d.GenerateOwn(d.As(t, u))

			if !errors.Is(err, errNo) || len(d.notices(t)) != 0 {
				t.Errorf("%s: got %v", name, err)
			}
			world.WantCode(t, d.Consume(t.Context(), u, old.Codes[0]), "")
		}
	})
}

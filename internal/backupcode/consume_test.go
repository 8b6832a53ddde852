package backupcode_test

import (
	"errors"
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
	"github.com/factordesk/factordesk/internal/platform/id"
)

func TestService_Consume(t *testing.T) {
	t.Run("takes each code once, however it is typed", func(t *testing.T) {
		d := newDesk(t)
		u := d.User(t)
		codes := d.generate(t, d.agent(t), u).Codes

		for i, typed := range []string{
			codes[0], strings.ToLower(codes[1]), strings.ReplaceAll(codes[2], "-", " "),
			strings.NewReplacer("-", "", "0", "o", "1", "l").Replace(codes[3]),
		} {
			world.WantCode(t, d.Consume(t.Context(), u, typed), "")
			world.WantCode(t, d.Consume(t.Context(), u, typed), fault.WrongCode)
			if n := d.remaining(t, u); n != 3-i {
				t.Errorf("after %d codes %d are left", i+1, n)
			}
		}
	})

	t.Run("takes a code for its lifetime", func(t *testing.T) {
		for age, want := range map[time.Duration]fault.Code{24*time.Hour - time.Microsecond: "", 24 * time.Hour: fault.WrongCode} {
			d := newDesk(t)
			u := d.User(t)
			codes := d.generate(t, d.agent(t), u).Codes
			d.Time.Advance(age)

			world.WantCode(t, d.Consume(t.Context(), u, codes[0]), want)
		}
	})

	t.Run("takes no code of another user", func(t *testing.T) {
		d := newDesk(t)
		codes := d.generate(t, d.agent(t), d.User(t)).Codes

		world.WantCode(t, d.Consume(t.Context(), d.User(t), codes[0]), fault.WrongCode)
	})

	t.Run("computes one hash whatever is wrong, so that nothing can be told by the time", func(t *testing.T) {
		d := newDesk(t)
		u, none := d.User(t), d.User(t)
		codes := d.generate(t, d.agent(t), u).Codes
		world.WantCode(t, d.Consume(t.Context(), u, codes[1]), "")

		for name, typed := range map[string]string{
			"a wrong secret":      codes[0][:2] + "000-00000-00000",
			"an unknown selector": otherThan(codes) + "000-00000-00000",
			"a code that is used": codes[1],
			"no code at all":      "123456",
			"nothing":             "",
		} {
			d.Hashes.Count = 0
			world.WantCode(t, d.Consume(t.Context(), u, typed), fault.WrongCode)
			if d.Hashes.Count != 1 {
				t.Errorf("%s: %d hashes", name, d.Hashes.Count)
			}
		}
		d.Hashes.Count = 0
		world.WantCode(t, d.Consume(t.Context(), none, codes[0]), fault.WrongCode)
		if d.Hashes.Count != 1 {
			t.Errorf("a user without codes: %d hashes", d.Hashes.Count)
		}
	})
}

// What staff made signs in everywhere; what users made themselves where the
// institution permits it.
func TestService_Held(t *testing.T) {
	d := newDesk(t)
	u := d.User(t)
	strict := d.Bank
	strict.Methods = []institution.Method{institution.SMS}
	held := func(t *testing.T, inst institution.Institution, want backupcode.Held) {
		t.Helper()
		if got, err := d.Held(t.Context(), inst, u); err != nil || got != want {
			t.Errorf("%q instead of %q, %v", got, want, err)
		}
	}
	held(t, d.Bank, backupcode.NoSet)
	set := backupcode.Set{ID: id.New(id.CodeSet), InstitutionID: d.Bank.ID, UserID: u.ID, Origin: backupcode.BySelf, ByID: u.ID, GeneratedAt: world.Began}
	if err := d.DB.CreateCodes(t.Context(), set, []backupcode.Hashed{{ID: id.New(id.Code), Position: 1, Selector: "ZZ", Hash: world.Hash("0000000000000")}}); err != nil {
		t.Fatal(err)
	}
	const own = "ZZ000-00000-00000"

	held(t, d.Bank, backupcode.SomeLeft)
	held(t, strict, backupcode.NotPermitted)
	_, err := d.Match(t.Context(), strict, u, own)
	world.WantCode(t, err, fault.WrongCode)
	codeID, err := d.Match(t.Context(), d.Bank, u, own)
	world.WantCode(t, err, "")
	world.WantCode(t, d.Spend(t.Context(), codeID), "")
	world.WantCode(t, d.Spend(t.Context(), codeID), fault.WrongCode)
	held(t, d.Bank, backupcode.NoneLeft)
	held(t, strict, backupcode.NoneLeft)

	made := d.generate(t, d.agent(t), u).Codes[0]
	held(t, strict, backupcode.SomeLeft)
	_, err = d.Match(t.Context(), strict, u, made)
	world.WantCode(t, err, "")
}

// otherThan returns a selector that no code has.
func otherThan(codes []string) string {
	for _, selector := range []string{"AA", "BB", "CC", "DD", "EE"} {
		if !slices.ContainsFunc(codes, func(code string) bool { return strings.HasPrefix(code, selector) }) {
			return selector
		}
	}
	return ""
}

func TestService_Revoke(t *testing.T) {
	t.Run("voids the codes, says how many and tells the user", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		codes := d.generate(t, agent, u).Codes
		world.WantCode(t, d.Consume(t.Context(), u, codes[0]), "")
		d.notices(t)

		got, voided, err := d.Revoke(agent, u.ID, "user asked for it")

		if err != nil || voided != 3 || got != u || d.remaining(t, u) != 0 {
			t.Errorf("voided %d, %v", voided, err)
		}
		world.WantCode(t, d.Consume(t.Context(), u, codes[1]), fault.WrongCode)
		if told := d.notices(t); !slices.Equal(told, []notification.Notice{notification.CodesRevoked}) {
			t.Errorf("told %v", told)
		}
	})

	t.Run("tells nobody if there was nothing to void", func(t *testing.T) {
		d := newDesk(t)

		_, voided, err := d.Revoke(d.agent(t), d.User(t).ID, "why")

		if err != nil || voided != 0 || len(d.notices(t)) != 0 {
			t.Errorf("voided %d, %v", voided, err)
		}
	})

	t.Run("needs a fresh second factor and a reason", func(t *testing.T) {
		d := newDesk(t)

		_, _, err := d.Revoke(world.FactorAt(d.agent(t), world.Began.Add(-16*time.Minute)), d.User(t).ID, "why")
		world.WantCode(t, err, fault.StepUpRequired)
		_, _, err = d.Revoke(d.agent(t), d.User(t).ID, "")

		world.WantCode(t, err, fault.InvalidInput)
	})

	t.Run("that can't be told or recorded voids nothing", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		d.generate(t, agent, u)
		errNo := errors.New("no")

		d.Told.Err = errNo
		_, _, untold := d.Revoke(agent, u.ID, "why")
		d.Told.Err, d.Audited.Err = nil, errNo
		_, _, unrecorded := d.Revoke(agent, u.ID, "why")

		if !errors.Is(untold, errNo) || !errors.Is(unrecorded, errNo) || d.remaining(t, u) != 4 {
			t.Errorf("got %v and %v", untold, unrecorded)
		}
	})

	t.Run("is recorded with its reason and how many it voided, also none", func(t *testing.T) {
		d := newDesk(t)
		u, agent := d.User(t), d.agent(t)
		d.generate(t, agent, u)
		d.Audited.Events = nil

		for _, voided := range []string{"4", "0"} {
			if _, _, err := d.Revoke(agent, u.ID, " why "); err != nil {
				t.Fatal(err)
			}
			e := d.Audited.Events[len(d.Audited.Events)-1]
			if e.Action != audit.RevokedCodes || e.TargetID != u.ID || e.Details["reason"] != "why" || e.Details["voided"] != voided {
				t.Errorf("recorded %v", e)
			}
		}
	})
}

func TestService_Summaries(t *testing.T) {
	d := newDesk(t)
	u, agent := d.User(t), d.User(t, world.Staff)
	d.generate(t, d.agent(t), u)

	t.Run("are for the user and for staff who may view users", func(t *testing.T) {
		for _, ctx := range []struct {
			name  string
			holds []auth.Permission
			want  fault.Code
		}{
			{"staff who may", []auth.Permission{auth.ViewUsers}, ""},
			{"staff who may not", []auth.Permission{auth.GenerateLockoutCodes}, fault.Forbidden},
		} {
			sums, err := d.Summaries(d.As(t, agent, ctx.holds...), []string{u.ID})
			world.WantCode(t, err, ctx.want)
			if ctx.want == "" && (len(sums[u.ID]) != 1 || sums[u.ID][0].Total != 4 || sums[u.ID][0].Origin != backupcode.ByStaff) {
				t.Errorf("%s: %v", ctx.name, sums)
			}
		}
		_, err := d.Summaries(d.As(t, d.User(t)), []string{u.ID})
		world.WantCode(t, err, fault.Forbidden)
		if n := d.remaining(t, u); n != 4 {
			t.Errorf("the user sees %d", n)
		}
	})

	t.Run("are none for users without codes and for those of others", func(t *testing.T) {
		stranger := agent
		stranger.InstitutionID = d.Other.ID
		sums, err := d.Summaries(d.As(t, stranger, auth.ViewUsers), []string{u.ID})
		if err != nil || len(sums) != 0 {
			t.Errorf("for another institution: %v, %v", sums, err)
		}
		sums, err = d.Summaries(d.As(t, agent, auth.ViewUsers), []string{agent.ID})
		if err != nil || len(sums) != 0 {
			t.Errorf("without codes: %v, %v", sums, err)
		}
	})
}

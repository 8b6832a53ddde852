package provider_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

func TestService_TroubleOf(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := newDesk(w)
		ctx, staff := d.Agent(t, auth.ManageProviders), d.Agent(t)
		trouble := func() *provider.Trouble {
			t.Helper()
			found, err := d.TroubleOf(staff)
			world.WantCode(t, err, "")
			return found
		}

		if none := trouble(); none == nil || none.Since != nil || none.CheckedAt != nil || none.FixableBy != "INSTITUTION_ADMIN" {
			t.Errorf("without a provider: %+v", none)
		}
		a := d.saved(t, ctx, d.fresh())
		if well := trouble(); well != nil {
			t.Errorf("all is well, and there is %+v", well)
		}

		began := d.Time.Now()
		d.twilio.tokens = nil
		for range 2 { // found, and found again later
			if _, err := d.CheckNow(ctx, a.ID); err != nil {
				t.Fatal(err)
			}
			found := trouble()
			if found == nil || !found.Since.Equal(began) || !found.CheckedAt.Equal(d.Time.Now()) || regexp.MustCompile(`\d`).MatchString(found.Explanation) {
				t.Errorf("a changed token: %+v", found)
			}
			d.Time.Advance(time.Minute)
		}

		d.twilio.err = fault.Errorf(fault.Timeout, "no answer")
		if _, err := d.CheckNow(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		if unknown := trouble(); unknown != nil {
			t.Errorf("nobody knows, and there is %+v", unknown)
		}

		d.twilio.err, d.twilio.tokens = nil, map[string]string{sid: "madeUpToken2"}
		d.saved(t, ctx, provider.Change{ID: a.ID, Token: new(secret.NewText("madeUpToken2"))})
		if mended := trouble(); mended != nil {
			t.Errorf("mended, and there is %+v", mended)
		}
		d.saved(t, ctx, provider.Change{ID: a.ID, Enabled: new(false), AcceptNoProvider: true})
		if off := trouble(); off == nil || off.CheckedAt != nil {
			t.Errorf("switched off: %+v", off)
		}

		_, err := d.TroubleOf(t.Context())
		world.WantCode(t, err, fault.Unauthenticated)
		_, err = d.TroubleOf(d.As(t, d.User(t)))
		world.WantCode(t, err, fault.Forbidden)
	})
}

func TestService_TroubleOf_IsOfTheOneThatSends(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(w *twilio)
		want   string
	}{
		"suspended":         {func(w *twilio) { w.status = "suspended" }, "suspended or closed"},
		"nothing left":      {func(w *twilio) { w.balance.Hundredths = -120 }, "no money left"},
		"a number gone":     {func(w *twilio) { w.numbers = nil }, "from our number"},
		"below what is due": {func(w *twilio) { w.balance.Hundredths = 1 }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(world.New(t))
			ctx := d.Agent(t, auth.ManageProviders)
			a := d.saved(t, ctx, d.fresh())
			tt.change(d.twilio)
			_, err := d.CheckNow(ctx, a.ID)
			world.WantCode(t, err, "")

			got, err := d.TroubleOf(ctx)
			world.WantCode(t, err, "")
			switch {
			case tt.want == "" && got != nil:
				t.Errorf("there is %+v", got)
			case tt.want != "" && (got == nil || !regexp.MustCompile(tt.want).MatchString(got.Explanation) || regexp.MustCompile(`\d`).MatchString(got.Explanation)):
				t.Errorf("there is %+v", got)
			}
		})
	}
}

// Codes leave while one account sends, whichever it is.
func TestService_TroubleOf_WithTwoAccounts(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := newDesk(w)
		const other = "AC00000000000000000000000000000002"
		d.twilio.tokens[other] = "madeUpToken3"
		ctx := d.Agent(t, auth.ManageProviders)
		first := d.saved(t, ctx, d.fresh())
		second := d.fresh()
		second.AccountSID, second.Token, second.Priority = new(other), new(secret.NewText("madeUpToken3")), new(2)
		spare := d.saved(t, ctx, second)
		fails := func(sid string, a provider.Account) {
			t.Helper()
			delete(d.twilio.tokens, sid)
			d.Time.Advance(time.Minute)
			checked, err := d.CheckNow(ctx, a.ID)
			world.WantCode(t, err, "")
			if checked.Health.Status != provider.Fail {
				t.Errorf("the account itself is %s", checked.Health.Status)
			}
		}
		trouble := func() *provider.Trouble {
			t.Helper()
			found, err := d.TroubleOf(ctx)
			world.WantCode(t, err, "")
			return found
		}

		fails(sid, first)
		if one := trouble(); one != nil {
			t.Errorf("the second sends, and there is %+v", one)
		}
		fails(other, spare)
		if both := trouble(); both == nil || !both.Since.Equal(d.Time.Now()) {
			t.Errorf("none sends since now, and there is %+v", both)
		}
		d.saved(t, ctx, provider.Change{ID: spare.ID, Enabled: new(false)})
		if off := trouble(); off == nil || !off.Since.Equal(d.Time.Now().Add(-time.Minute)) {
			t.Errorf("the one that sends does not, since a minute, and there is %+v", off)
		}
	})
}

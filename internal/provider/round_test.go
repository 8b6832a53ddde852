package provider_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

// many adds accounts, which nobody has asked for yet.
func (d *desk) many(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		world.WantCode(t, d.Create(t.Context(), provider.New{
			InstitutionID: d.Bank.ID, AccountSID: fmt.Sprintf("AC%032x", i+1), Token: secret.NewText("madeUpToken1"), From: "+12025550190",
		}), "")
	}
}

func TestService_CheckDue(t *testing.T) {
	round := func(t *testing.T, d *desk) {
		t.Helper()
		world.WantCode(t, d.Handlers()["CHECK_PROVIDERS"].Do(t.Context(), nil), "")
	}
	t.Run("asks for some at once, and for the status page once", func(t *testing.T) {
		d := newDesk(world.New(t))
		d.many(t, 9)
		var now, most, asked atomic.Int64
		full := make(chan struct{})
		d.twilio.during = func(ctx context.Context, _ provider.Account) {
			asked.Add(1)
			n := now.Add(1)
			defer now.Add(-1)
			for was := most.Load(); n > was && !most.CompareAndSwap(was, n); was = most.Load() {
			}
			if n == 4 && asked.Load() == 4 {
				close(full)
			}
			select { // each waits until four are asked for
			case <-full:
			case <-ctx.Done():
			}
		}

		round(t, d)

		if asked.Load() != 9 || most.Load() != 4 || d.twilio.pages.Load() != 1 {
			t.Errorf("asked for %d accounts, %d at once, and %d times for the page", asked.Load(), most.Load(), d.twilio.pages.Load())
		}
	})

	t.Run("goes on beside one that hangs, which ends in time", func(t *testing.T) {
		d := newDesk(world.New(t))
		d.many(t, 6)
		hangs := fmt.Sprintf("AC%032x", 1)
		var lock sync.Mutex
		var done []string
		others := make(chan struct{})
		d.twilio.during = func(ctx context.Context, a provider.Account) {
			if deadline, ok := ctx.Deadline(); !ok || time.Until(deadline) > 20*time.Second {
				t.Errorf("%s may take until %v", a.AccountSID, deadline)
			}
			if a.AccountSID == hangs {
				<-others
				return
			}
			lock.Lock()
			defer lock.Unlock()
			if done = append(done, a.AccountSID); len(done) == 5 {
				close(others)
			}
		}

		round(t, d)

		if len(done) != 5 || slices.Contains(done, hangs) {
			t.Errorf("beside it were %v", done)
		}
	})

	t.Run("asks again about five minutes later, for each at a time of its own", func(t *testing.T) {
		d := newDesk(world.New(t))
		d.many(t, 20)
		var asked []int
		for range 7 {
			var n atomic.Int64
			d.twilio.during = func(context.Context, provider.Account) { n.Add(1) }
			round(t, d)
			asked = append(asked, int(n.Load()))
			d.Time.Advance(time.Minute)
		}
		if asked[0] != 20 || asked[1]+asked[2]+asked[3] != 0 || asked[4]+asked[5]+asked[6] != 20 || slices.Max(asked[1:]) == 20 {
			t.Errorf("minute by minute it asked for %v", asked)
		}
	})

	t.Run("is done for all, also beside one that can't be read", func(t *testing.T) {
		d := newDesk(world.New(t))
		a := d.saved(t, d.Agent(t, auth.ManageProviders), d.fresh())
		d.Time.Advance(10 * time.Minute)
		d.twilio.status = "closed"
		unreadable := provider.Row{ID: id.New(id.Provider), InstitutionID: d.Other.ID, AccountSID: "AC3", Token: []byte("sealed by nobody"), CreatedAt: world.Began}
		world.WantCode(t, d.DB.CreateProvider(t.Context(), unreadable), "")
		if err := d.Handlers()["CHECK_PROVIDERS"].Do(t.Context(), nil); err == nil {
			t.Error("nobody is told of the account that can't be read")
		}
		if kept, err := d.FindByID(t.Context(), a.ID); err != nil || kept.Health.Status != provider.Fail {
			t.Errorf("one that can't be read keeps the others out: %+v, %v", kept.Health, err)
		}
		world.WantCode(t, d.DB.DeleteProvider(t.Context(), d.Other.ID, unreadable.ID), "")
		pages := d.twilio.pages.Load()
		round(t, d)
		if d.twilio.pages.Load() != pages {
			t.Error("the status page was asked with no account to check")
		}
	})
}

// What sends by a messaging service is looked at there.
func TestService_MessagingService(t *testing.T) {
	d := newDesk(world.New(t))
	ctx := d.Agent(t, auth.ManageProviders)
	by := func(sid string) provider.Change {
		c := d.fresh()
		c.MessagingServiceSID = &sid
		return c
	}
	_, err := d.Save(ctx, by("MG00000000000000000000000000000009"))
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "messagingServiceSid" {
		t.Errorf("a service that is not there: %v", err)
	}
	a := d.saved(t, ctx, by(service))
	sender := func(want provider.Status) provider.Check {
		t.Helper()
		got, err := d.CheckNow(ctx, a.ID)
		world.WantCode(t, err, "")
		c := got.Health.Checks[4]
		if c.ID != provider.CheckSender || c.Status != want {
			t.Errorf("%+v, want %s", c, want)
		}
		return c
	}
	sender(provider.Pass)
	d.twilio.services[service] = 0
	if c := sender(provider.Fail); c.FixableBy != "INSTITUTION_ADMIN" {
		t.Errorf("%+v", c)
	}
	delete(d.twilio.services, service)
	sender(provider.Fail)
	d.twilio.services[service] = 1
	d.twilio.numbers = nil
	sender(provider.Fail) // nobody can be called
}

// An outage that the status page tells of is shown with the account, and does not say that
// codes can't leave.
func TestService_TroubleOf_NotByTheStatusPage(t *testing.T) {
	d := newDesk(world.New(t))
	ctx := d.Agent(t, auth.ManageProviders)
	a := d.saved(t, ctx, d.fresh())
	d.twilio.page = "critical"

	got, err := d.CheckNow(ctx, a.ID)
	world.WantCode(t, err, "")
	last := got.Health.Checks[len(got.Health.Checks)-1]
	if last.ID != provider.CheckStatusPage || last.FixableBy != "PROVIDER" || got.Health.FailingSince != nil {
		t.Errorf("%+v of %+v", last, got.Health)
	}
	if trouble, err := d.TroubleOf(ctx); err != nil || trouble != nil {
		t.Errorf("there is %+v, %v", trouble, err)
	}
	d.twilio.tokens = nil
	_, err = d.CheckNow(ctx, a.ID)
	world.WantCode(t, err, "")
	if trouble, err := d.TroubleOf(ctx); err != nil || trouble == nil || trouble.Since == nil {
		t.Errorf("with the token changed there is %+v, %v", trouble, err)
	}
}

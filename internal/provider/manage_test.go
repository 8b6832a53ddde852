package provider_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

// twilio is what a test has Twilio say.
type twilio struct {
	// tokens are those that it takes, by account.
	tokens map[string]string
	key    string
	status string
	trial  bool
	// balance is none where the account is a subaccount.
	balance *provider.Balance
	numbers map[string]provider.Sender
	// services are the messaging services that there are, with how many senders.
	services map[string]int
	page     string
	err      error
	asked    int
	// pages counts the looks at the status page.
	pages atomic.Int64
	// during is called, if it is set, while an account is asked for.
	during func(ctx context.Context, a provider.Account)
}

func (w *twilio) AccountState(ctx context.Context, a provider.Account) (string, bool, error) {
	if w.during != nil {
		w.during(ctx, a)
		return w.status, w.trial, ctx.Err()
	}
	w.asked++
	switch {
	case w.err != nil:
		return "", false, w.err
	case a.APIKey.SID != "" && a.APIKey.Secret.Reveal() != w.key, a.APIKey.SID == "" && w.tokens[a.AccountSID] != a.Token.Reveal():
		return "", false, &fault.Error{Code: fault.ProviderError, ProviderCode: 20003}
	}
	return w.status, w.trial, nil
}

func (w *twilio) BalanceOf(context.Context, provider.Account) (provider.Balance, bool, error) {
	if w.balance == nil {
		return provider.Balance{}, false, w.err
	}
	return *w.balance, true, w.err
}

func (w *twilio) SenderOf(_ context.Context, a provider.Account) (*provider.Sender, error) {
	if s, ok := w.numbers[a.From]; ok && w.err == nil {
		return &s, nil
	}
	return nil, w.err
}

func (w *twilio) ServiceOf(_ context.Context, a provider.Account) (*provider.MessagingService, error) {
	if n, ok := w.services[a.MessagingServiceSID]; ok && w.err == nil {
		return &provider.MessagingService{Senders: n}, nil
	}
	return nil, w.err
}

func (w *twilio) StatusPage(context.Context) (provider.StatusPage, error) {
	w.pages.Add(1)
	if w.page == "" {
		return provider.StatusPage{}, fault.Errorf(fault.Timeout, "no answer")
	}
	return provider.StatusPage{Indicator: w.page, Description: "Words of the page"}, nil
}

const (
	service      = "MG00000000000000000000000000000001"
	emptyService = "MG00000000000000000000000000000002"
)

const sid = "AC00000000000000000000000000000001"

type desk struct {
	*world.World
	*provider.Service
	twilio *twilio
}

func newDesk(w *world.World) *desk {
	twilio := &twilio{
		tokens: map[string]string{sid: "madeUpToken1"}, status: "active", balance: &provider.Balance{Hundredths: 10_000, Currency: "USD"},
		numbers:  map[string]provider.Sender{"+12025550190": {Texts: true, Calls: true}, "+12025550191": {Calls: true}},
		services: map[string]int{service: 2, emptyService: 0}, page: "none",
	}
	return &desk{w, &provider.Service{Store: w.DB, Institutions: w.Finder(), Keys: secret.Development(), Clock: w.Time, Prober: twilio, Audit: w.Audited}, twilio}
}

func (d *desk) fresh() provider.Change {
	return provider.Change{AccountSID: new(sid), Token: new(secret.NewText("madeUpToken1")), From: new("202 555 0190")}
}

func (d *desk) saved(t *testing.T, ctx context.Context, c provider.Change) provider.Account {
	t.Helper()
	a, err := d.Save(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestService_Save(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := newDesk(w)
		ctx := d.Agent(t, auth.ManageProviders)

		a := d.saved(t, ctx, d.fresh())
		if a.From != "+12025550190" || a.Health == nil || a.Health.Status != provider.Pass || a.Health.Balance.Amount() != "100.00" || a.Priority != 1 {
			t.Fatalf("made %+v, %+v", a, a.Health)
		}

		d.Time.Advance(time.Minute)
		d.twilio.tokens[sid] = "madeUpToken2"
		changed := d.saved(t, ctx, provider.Change{ID: a.ID, Version: new(1), Token: new(secret.NewText("madeUpToken2")), Name: new(" Main ")})
		if changed.Name != "Main" || changed.From != a.From || changed.Version != 2 || !changed.TokenSetAt.Equal(d.Time.Now()) || changed.TokenSetBy == "" {
			t.Errorf("changed to %+v", changed)
		}
		found, err := d.FindByID(ctx, a.ID)
		if err != nil || found.Token.Reveal() != "madeUpToken2" || found.PreviousToken.Reveal() != "madeUpToken1" {
			t.Errorf("reports hold by %q and %q, %v", found.Token.Reveal(), found.PreviousToken.Reveal(), err)
		}
		d.Time.Advance(time.Hour)
		if found, _ = d.FindByID(ctx, a.ID); found.PreviousToken.Reveal() != "" {
			t.Error("the token of before holds for longer than an hour")
		}
		d.Time.Advance(-time.Hour)

		d.twilio.key = "madeUpSecret1"
		keyed := d.saved(t, ctx, provider.Change{ID: a.ID, APIKeySID: new("SK" + sid[2:]), APIKeySecret: new(secret.NewText("madeUpSecret1"))})
		if found, _ = d.Find(ctx, d.Bank.ID); keyed.APIKey.SID == "" || found.APIKey.Secret.Reveal() != "madeUpSecret1" || found.Token.Reveal() != "madeUpToken2" {
			t.Errorf("keyed %+v", found)
		}
		if away := d.saved(t, ctx, provider.Change{ID: a.ID, APIKeySID: new("")}); away.APIKey.SID != "" || away.APIKey.Secret.Reveal() != "" {
			t.Errorf("the key is still there: %+v", away.APIKey)
		}
		for _, e := range d.Audited.Events {
			if e.Action != audit.SavedProvider || e.TargetID != d.Bank.ID || e.Details["provider"] != a.ID || strings.Contains(strings.Join(slices.Collect(valuesOf(e.Details)), " "), "madeUp") {
				t.Errorf("recorded %+v", e)
			}
		}
		if len(d.Audited.Events) != 4 {
			t.Errorf("%d acts are recorded", len(d.Audited.Events))
		}
	})
}

func valuesOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

func TestService_Save_refuses(t *testing.T) {
	d := newDesk(world.New(t))
	ctx := d.Agent(t, auth.ManageProviders)
	a := d.saved(t, ctx, d.fresh())
	silent := fault.Errorf(fault.ProviderUnavailable, "no answer")
	other := func(change func(c *provider.Change)) provider.Change {
		c := d.fresh()
		c.AccountSID = new("AC00000000000000000000000000000002")
		d.twilio.tokens["AC00000000000000000000000000000002"] = "madeUpToken1"
		change(&c)
		return c
	}
	texting := d.saved(t, ctx, other(func(c *provider.Change) {
		c.From, c.MessagingServiceSID, c.Enabled = new("+12025550191"), new("MG"+sid[2:]), new(false)
	}))
	for name, tt := range map[string]struct {
		ctx    context.Context
		change provider.Change
		silent error
		code   fault.Code
		field  string
	}{
		"without the permission":                   {d.Agent(t, auth.ManageSettings), d.fresh(), nil, fault.Forbidden, ""},
		"nobody":                                   {t.Context(), d.fresh(), nil, fault.Unauthenticated, ""},
		"an old factor":                            {world.FactorAt(ctx, world.Began.Add(-16*time.Minute)), d.fresh(), nil, fault.StepUpRequired, ""},
		"another institution's":                    {d.As(t, d.Stranger(), auth.ManageProviders), provider.Change{ID: a.ID, Name: new("x")}, nil, fault.NotFound, ""},
		"what is not there":                        {ctx, provider.Change{ID: "prv_x", Name: new("x")}, nil, fault.NotFound, ""},
		"an old version":                           {ctx, provider.Change{ID: a.ID, Version: new(7), Name: new("x")}, nil, fault.Conflict, ""},
		"an account that is there":                 {ctx, d.fresh(), nil, fault.Conflict, ""},
		"another's account":                        {d.As(t, d.Stranger(), auth.ManageProviders), d.fresh(), nil, fault.Conflict, ""},
		"a wrong token":                            {ctx, provider.Change{ID: a.ID, Token: new(secret.NewText("madeUpToken9"))}, nil, fault.InvalidInput, "authToken"},
		"a wrong key":                              {ctx, provider.Change{ID: a.ID, APIKeySID: new("SK" + sid[2:]), APIKeySecret: new(secret.NewText("madeUpWrong"))}, nil, fault.InvalidInput, "apiKeySecret"},
		"a key without its secret":                 {ctx, provider.Change{ID: a.ID, APIKeySID: new("SK" + sid[2:])}, nil, fault.InvalidInput, "apiKeySecret"},
		"a number of somebody else's":              {ctx, provider.Change{ID: a.ID, From: new("+12025550192")}, nil, fault.InvalidInput, "sender"},
		"no service, and a number that can't text": {ctx, provider.Change{ID: texting.ID, MessagingServiceSID: new("")}, nil, fault.InvalidInput, "sender"},
		"a number that can't text":                 {ctx, provider.Change{ID: a.ID, From: new("+12025550191")}, nil, fault.InvalidInput, "sender"},
		"no number":                                {ctx, provider.Change{ID: a.ID, From: new("Harbor")}, nil, fault.InvalidInput, "sender"},
		"nothing that sends":                       {ctx, provider.Change{ID: a.ID, From: new("")}, nil, fault.InvalidInput, "sender"},
		"no name":                                  {ctx, provider.Change{ID: a.ID, Name: new("\u200b")}, nil, fault.InvalidInput, "name"},
		"no account":                               {ctx, other(func(c *provider.Change) { c.AccountSID = new("AC1") }), nil, fault.InvalidInput, "accountSid"},
		"no token":                                 {ctx, other(func(c *provider.Change) { c.Token = nil }), nil, fault.InvalidInput, "authToken"},
		"no service":                               {ctx, provider.Change{ID: a.ID, MessagingServiceSID: new("MG1")}, nil, fault.InvalidInput, "messagingServiceSid"},
		"no priority":                              {ctx, provider.Change{ID: a.ID, Priority: new(0)}, nil, fault.InvalidInput, "priority"},
		"a balance below nothing":                  {ctx, provider.Change{ID: a.ID, BalanceThreshold: new(-1)}, nil, fault.InvalidInput, "balanceThreshold"},
		"a Twilio that is silent":                  {ctx, provider.Change{ID: a.ID, Token: new(secret.NewText("madeUpToken9"))}, silent, fault.ProviderUnavailable, ""},
		"the only one, switched off":               {ctx, provider.Change{ID: a.ID, Enabled: new(false)}, nil, fault.Conflict, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d.twilio.err = tt.silent
			defer func() { d.twilio.err = nil }()
			_, err := d.Save(tt.ctx, tt.change)

			world.WantCode(t, err, tt.code)
			if f, ok := errors.AsType[*fault.Error](err); ok && f.Field != tt.field {
				t.Errorf("the field is %q", f.Field)
			}
		})
	}
	found, err := d.Find(ctx, d.Bank.ID)
	if err != nil || found.Version != 1 || found.Token.Reveal() != "madeUpToken1" {
		t.Errorf("something was saved: %+v, %v", found, err)
	}
	if off := d.saved(t, ctx, provider.Change{ID: a.ID, Enabled: new(false), AcceptNoProvider: true}); off.Enabled || off.Health.Status != provider.Warning {
		t.Errorf("got %+v", off)
	}
}

func TestService_Remove(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := newDesk(w)
		ctx := d.Agent(t, auth.ManageProviders)
		a := d.saved(t, ctx, d.fresh())

		_, err := d.Remove(ctx, a.ID, "moves", false)
		world.WantCode(t, err, fault.Conflict)
		_, err = d.Remove(ctx, a.ID, " ", true)
		world.WantCode(t, err, fault.InvalidInput)
		_, err = d.Remove(d.Agent(t), a.ID, "moves", true)
		world.WantCode(t, err, fault.Forbidden)
		_, err = d.Remove(d.As(t, d.Stranger(), auth.ManageProviders), a.ID, "moves", true)
		world.WantCode(t, err, fault.NotFound)
		_, err = d.Remove(ctx, a.ID, "moves", true)
		world.WantCode(t, err, "")
		_, err = d.Find(ctx, d.Bank.ID)
		world.WantCode(t, err, fault.ProviderUnavailable)
		_, err = d.Remove(ctx, a.ID, "moves", true)
		world.WantCode(t, err, fault.NotFound)
		d.saved(t, ctx, d.fresh()) // it may come back
	})
}

// Two who switch off one of two accounts each, at once, leave one that sends.
func TestService_Save_TwoAtOnce(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := newDesk(w)
		ctx := d.Agent(t, auth.ManageProviders)
		second := d.fresh()
		second.AccountSID = new("AC00000000000000000000000000000002")
		d.twilio.tokens[*second.AccountSID] = "madeUpToken1"
		for range 5 {
			one, other := d.saved(t, ctx, d.fresh()), d.saved(t, ctx, second)
			errs := make([]error, 2)
			var both sync.WaitGroup
			for i, a := range []provider.Account{one, other} {
				both.Go(func() { _, errs[i] = d.Save(ctx, provider.Change{ID: a.ID, Enabled: new(false)}) })
			}
			both.Wait()

			if codes := []fault.Code{fault.CodeOf(errs[0]), fault.CodeOf(errs[1])}; !slices.Contains(codes, "") || !slices.Contains(codes, fault.Conflict) {
				t.Errorf("both answered %v", errs)
			}
			for _, a := range []provider.Account{one, other} {
				_, err := d.Remove(ctx, a.ID, "again", true)
				world.WantCode(t, err, "")
			}
		}
	})
}

func TestService_CheckNow(t *testing.T) {
	d := newDesk(world.New(t))
	ctx := d.Agent(t, auth.ManageProviders)
	a := d.saved(t, ctx, d.fresh())
	for name, tt := range map[string]struct {
		change func(w *twilio)
		status provider.Status
		want   map[provider.CheckID]provider.Status
	}{
		"in order":            {func(*twilio) {}, provider.Pass, nil},
		"a changed token":     {func(w *twilio) { w.tokens = nil }, provider.Fail, map[provider.CheckID]provider.Status{"CREDENTIALS": "FAIL", "ACCOUNT": "UNKNOWN", "BALANCE": "UNKNOWN", "SENDER": "UNKNOWN"}},
		"suspended":           {func(w *twilio) { w.status = "suspended" }, provider.Fail, map[provider.CheckID]provider.Status{"ACCOUNT": "FAIL"}},
		"for trial":           {func(w *twilio) { w.trial = true }, provider.Warning, map[provider.CheckID]provider.Status{"ACCOUNT": "WARNING"}},
		"below the threshold": {func(w *twilio) { w.balance.Hundredths = 999 }, provider.Warning, map[provider.CheckID]provider.Status{"BALANCE": "WARNING"}},
		"nothing left":        {func(w *twilio) { w.balance.Hundredths = 0 }, provider.Fail, map[provider.CheckID]provider.Status{"BALANCE": "FAIL"}},
		"a subaccount":        {func(w *twilio) { w.balance = nil }, provider.Unknown, map[provider.CheckID]provider.Status{"BALANCE": "UNKNOWN"}},
		"a number given back": {func(w *twilio) { w.numbers = nil }, provider.Fail, map[provider.CheckID]provider.Status{"SENDER": "FAIL"}},
		"a number without calls": {func(w *twilio) { w.numbers["+12025550190"] = provider.Sender{Texts: true} }, provider.Warning,
			map[provider.CheckID]provider.Status{"SENDER": "WARNING"}},
		"a minor outage":    {func(w *twilio) { w.page = "minor" }, provider.Warning, map[provider.CheckID]provider.Status{"STATUS_PAGE": "WARNING"}},
		"a major outage":    {func(w *twilio) { w.page = "major" }, provider.Fail, map[provider.CheckID]provider.Status{"STATUS_PAGE": "FAIL"}},
		"a critical outage": {func(w *twilio) { w.page = "critical" }, provider.Fail, map[provider.CheckID]provider.Status{"STATUS_PAGE": "FAIL"}},
		"an unknown word":   {func(w *twilio) { w.page = "maintenance" }, provider.Unknown, map[provider.CheckID]provider.Status{"STATUS_PAGE": "UNKNOWN"}},
		"no status page":    {func(w *twilio) { w.page = "" }, provider.Unknown, map[provider.CheckID]provider.Status{"STATUS_PAGE": "UNKNOWN"}},
		"silence": {func(w *twilio) { w.err = fault.Errorf(fault.Timeout, "no answer") }, provider.Unknown,
			map[provider.CheckID]provider.Status{"CREDENTIALS": "UNKNOWN", "ACCOUNT": "UNKNOWN", "BALANCE": "UNKNOWN", "SENDER": "UNKNOWN"}},
	} {
		t.Run(name, func(t *testing.T) {
			fresh := newDesk(d.World)
			d.Prober, d.twilio = fresh.twilio, fresh.twilio
			tt.change(d.twilio)

			got, err := d.CheckNow(ctx, a.ID)
			world.WantCode(t, err, "")

			if got.Health.Status != tt.status || !got.Health.CheckedAt.Equal(d.Time.Now()) {
				t.Errorf("it is %s", got.Health.Status)
			}
			for _, c := range got.Health.Checks {
				want := tt.want[c.ID]
				if want == "" {
					want = provider.Pass
				}
				if c.Status != want || c.Explanation == "" || (c.Status == provider.Fail) && c.FixableBy == "" {
					t.Errorf("%+v, want %s", c, want)
				}
			}
			kept, err := d.FindByID(ctx, a.ID)
			if err != nil || kept.Health == nil || kept.Health.Status != tt.status {
				t.Errorf("remembered %+v, %v", kept.Health, err)
			}
		})
	}
	t.Run("is refused as the rest", func(t *testing.T) {
		asked := d.twilio.asked
		_, err := d.CheckNow(d.Agent(t, auth.ManageSettings), a.ID)
		world.WantCode(t, err, fault.Forbidden)
		_, err = d.CheckNow(d.As(t, d.Stranger(), auth.ManageProviders), a.ID)
		world.WantCode(t, err, fault.NotFound)
		if d.twilio.asked != asked {
			t.Error("Twilio was asked")
		}
	})
}

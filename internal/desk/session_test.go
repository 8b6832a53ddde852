package desk_test

import (
	"maps"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const whoAmI = `{ viewer { user { id } } }`

func signedIn(t *testing.T, c *desktest.Client) bool {
	t.Helper()
	return c.Do(whoAmI).OK().At("viewer") != nil
}

// with returns a browser that holds a token.
func with(d *desktest.Desk, cookie, token string) *desktest.Client {
	c := d.Browser("")
	c.Cookies[cookie] = token
	return c
}

func TestStepUp_CodesWantAFactorOf15Minutes(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.Browser(auth.Staff)
		agent.SignIn(d.Harbor.Agent).OK()
		d.Clock.Advance(13 * time.Minute)
		prepared := agent.Do(prepare, V{"user": d.Harbor.Customer.ID}).OK()
		token := V{"token": prepared.Text("prepareBackupCodes.confirmation.token")}
		old := agent.Cookies["fd_staff"]
		d.Clock.Advance(2*time.Minute + time.Second)

		if a := agent.Do(generate, token); a.Code("generateBackupCodes") != "STEP_UP_REQUIRED" {
			t.Fatalf("15 min and 1 s after the factor: %s", a.Body)
		}
		stepped := agent.StepUp(d.Harbor.Agent).OK()

		if stepped.Text("verifyCode.viewer.user.id") != d.Harbor.Agent.ID {
			t.Error(stepped.Body)
		}
		if agent.Cookies["fd_staff"] == old {
			t.Error("the session kept its token")
		}
		if signedIn(t, with(d, "fd_staff", old)) {
			t.Error("the token before the step-up still works")
		}
		agent.Do(generate, token).OK() // the refusal did not spend it
		fresh := agent.Do(`{ viewer { secondFactorAt } }`).OK()
		if fresh.Text("viewer.secondFactorAt") != d.Clock.Now().Format(time.RFC3339) {
			t.Error(fresh.Body)
		}
	})
}

func TestStepUp_AFactorOfExactly15MinutesIsFreshEnough(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	d.Clock.Advance(15 * time.Minute)
	token := agent.Do(prepare, V{"user": d.Harbor.Customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
	agent.Do(generate, V{"token": token}).OK()
}

func TestStepUp_IsBoundToItsSession(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	a := agent.Do(desktest.StartStepUp).OK()
	v := V{"challenge": a.Text("startStepUp.challenge.id"), "option": a.Text("startStepUp.challenge.options.0.id"), "code": "000000"}
	if a.Text("startStepUp.challenge.step") != "STEP_UP" {
		t.Error(a.Body)
	}
	agent.Do(sendCode, v).OK()
	v["code"] = d.Twilio.NextCode(d.Harbor.Agent.Phone.PhoneNumber)

	if a := d.Browser(auth.Staff).Do(verify, v); a.Code("verifyCode") != who {
		t.Errorf("signed out: %s", a.Body)
	}
	for name, other := range map[string]*desktest.Client{
		"another session of the same user": d.As(d.Harbor.Agent), "another user": d.As(d.Harbor.Admin),
	} {
		if a := other.Do(verify, v); a.Code("verifyCode") != out {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	agent.Do(verify, v).OK()
}

// A step-up proves who is there, once more; it is no way to a longer session.
func TestStepUp_DoesNotProlongTheSession(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	for range 24 {
		d.Clock.Advance(29 * time.Minute)
		if !signedIn(t, agent) {
			t.Fatalf("signed out after %v", d.Clock.Now().Sub(desktest.Start))
		}
	}
	agent.StepUp(d.Harbor.Agent).OK()
	d.Clock.Advance(desktest.Start.Add(12 * time.Hour).Sub(d.Clock.Now()))
	if signedIn(t, agent) {
		t.Error("still signed in after 12 hours")
	}
}

func TestSession_EndsAfter30MinutesIdle(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	staff, customer := d.As(d.Harbor.Agent), d.As(d.Harbor.Customer)
	d.Clock.Advance(30*time.Minute - time.Second)
	if !signedIn(t, staff) || !signedIn(t, customer) {
		t.Error("signed out within 30 minutes")
	}
	d.Clock.Advance(30 * time.Minute)
	if signedIn(t, staff) || signedIn(t, customer) {
		t.Error("signed in after 30 minutes without a request")
	}
}

func TestSession_EndsAfter12HoursHoweverBusy(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	for d.Clock.Now().Sub(desktest.Start) < 12*time.Hour-20*time.Minute {
		d.Clock.Advance(20 * time.Minute)
		if !signedIn(t, agent) {
			t.Fatalf("signed out after %v", d.Clock.Now().Sub(desktest.Start))
		}
	}
	d.Clock.Advance(20 * time.Minute)
	if signedIn(t, agent) {
		t.Error("still signed in after 12 hours")
	}
}

func TestSignOut_EndsTheSessionAndForgetsTheCookie(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, elsewhere := d.As(d.Harbor.Agent), d.As(d.Harbor.Agent)
	before := maps.Clone(agent.Cookies)

	a := agent.Do(`mutation { signOut { signedOut } startStepUp { challenge { id } } }`)

	if a.At("signOut.signedOut") != true || a.Code("startStepUp") != who {
		t.Errorf("the rest of the request is nobody's: %s", a.Body)
	}
	if _, kept := agent.Cookies["fd_staff"]; kept {
		t.Error("the cookie was kept")
	}
	if signedIn(t, with(d, "fd_staff", before["fd_staff"])) {
		t.Error("the token still works")
	}
	if !signedIn(t, elsewhere) {
		t.Error("another session ended, too")
	}
}

func TestSession_IsDrawnAnewAtEverySignIn(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	browser.SignIn(d.Harbor.Customer).OK()
	first := browser.Cookies["fd_customer"]
	d.Clock.Advance(time.Minute)
	browser.SignIn(d.Harbor.Customer).OK()

	if second := browser.Cookies["fd_customer"]; second == first || len(second) < 43 {
		t.Errorf("%q, then %q", first, second)
	}
	if !signedIn(t, browser) {
		t.Error("the new session does not work")
	}
	if signedIn(t, with(d, "fd_customer", first)) {
		t.Error("the session that the browser had before still works")
	}
}

func TestSession_OfAClosedAccountEndsAtOnce(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.As(d.Harbor.Customer)
	if err := d.DB.SetUserStatus(t.Context(), d.Harbor.ID, d.Harbor.Customer.ID, "CLOSED"); err != nil {
		t.Fatal(err)
	}
	if signedIn(t, customer) {
		t.Error("still signed in")
	}
}

// A token is good for the kind of user that it was made for, whatever cookie it
// comes in.
func TestSession_ACustomersTokenIsNoStaffToken(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	token := d.As(d.Harbor.Customer).Cookies["fd_customer"]
	if signedIn(t, with(d, "fd_staff", token)) {
		t.Error("signed in as staff")
	}
}

// What another process did to a session shows to queries within two seconds, and
// to mutations at once.
func TestSession_ThatEndedElsewhereActsNoMore(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.As(d.Harbor.Agent)
		if !signedIn(t, agent) {
			t.Fatal("not signed in")
		}
		if _, err := d.DB.SQL().ExecContext(t.Context(), `UPDATE sessions SET ended_at = expires_at`); err != nil {
			t.Fatal(err)
		}

		if !signedIn(t, agent) {
			t.Error("the session was not known from the moment before, and this shows nothing")
		}
		if a := agent.Do(`mutation { startStepUp { challenge { id } } }`); a.Code("startStepUp") != who {
			t.Errorf("a mutation: %s", a.Body)
		}
		d.Clock.Advance(auth.RevokedWithin)
		if signedIn(t, agent) {
			t.Error("still signed in after two seconds")
		}
	})
}

func TestSession_ThatCantBeConfirmedActsNot(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	if !signedIn(t, agent) {
		t.Fatal("not signed in")
	}
	if err := d.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if a := agent.Do(`mutation { mine: startStepUp { challenge { id } } }`); a.Code("mine") != "INTERNAL" {
		t.Error(a.Body)
	}
}

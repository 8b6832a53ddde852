package challenge_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestService_Verify(t *testing.T) {
	t.Run("signs in: a session with a fresh factor, a device that is confirmed, an entry in the record", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)

		proof, err := d.Verify(auth.WithClient(t.Context(), auth.Client{Address: "192.0.2.1", UserAgent: "Browser/1"}), c.Token, ann.option(), d.send(t, c, ann))

		if err != nil || proof.User != ann.User {
			t.Fatalf("got %+v, %v", proof, err)
		}
		session, actor, err := d.DB.FindActor(t.Context(), auth.HashToken(proof.Token))
		if err != nil || actor.UserID != ann.ID || !actor.FactorAt.Equal(world.Began) || session.Address != "192.0.2.1" || session.UserAgent != "Browser/1" {
			t.Errorf("session %+v of %+v, %v", session, actor, err)
		}
		found, err := d.DB.FindDevice(t.Context(), ann.InstitutionID, ann.phone.ID)
		if err != nil || found.Common().ConfirmedAt == nil || found.Common().LastUsedAt == nil {
			t.Errorf("device %+v, %v", found, err)
		}
		if !slices.Equal(d.Audited.Actions(), []audit.Action{audit.SignedIn}) {
			t.Errorf("recorded %v", d.Audited.Actions())
		}
	})

	t.Run("takes a code with spaces", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)

		_, err := d.Verify(t.Context(), c.Token, ann.option(), " "+code[:3]+" "+code[3:]+"\n")

		world.WantCode(t, err, "")
	})

	t.Run("takes a code once", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		if _, err := d.Verify(t.Context(), c.Token, ann.option(), code); err != nil {
			t.Fatal(err)
		}

		_, err := d.Verify(t.Context(), c.Token, ann.option(), code)

		world.WantCode(t, err, fault.Expired)
	})

	t.Run("of parallel tries with the right code one signs in", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		var tries sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			tries.Go(func() { _, errs[i] = d.Verify(t.Context(), c.Token, ann.option(), code) })
		}
		tries.Wait()

		won := 0
		for _, err := range errs {
			switch fault.CodeOf(err) {
			case "":
				won++
			case fault.WrongCode, fault.Expired:
			default:
				t.Errorf("got %v", err)
			}
		}
		if won != 1 || len(d.Audited.Actions()) < 1 {
			t.Errorf("%d signed in", won)
		}
	})

	t.Run("takes a code for five minutes", func(t *testing.T) {
		for age, want := range map[time.Duration]fault.Code{5*time.Minute - time.Microsecond: "", 5 * time.Minute: fault.WrongCode} {
			d := newDesk(t)
			ann := d.person(t, "ann@customer.example")
			c := d.signIn(t, ann)
			code := d.send(t, c, ann)
			d.Time.Advance(age)

			_, err := d.Verify(t.Context(), c.Token, ann.option(), code)

			world.WantCode(t, err, want)
		}
	})

	t.Run("takes no code that is wrong, of another challenge or of another device", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		second := "SMS:" + d.Phone(t, ann.User, "+12025550102").ID
		c, another := d.signIn(t, ann), d.signIn(t, ann)

		_, unsent := d.Verify(t.Context(), c.Token, ann.option(), "123456")
		code := d.send(t, c, ann)
		_, wrong := d.Verify(t.Context(), c.Token, ann.option(), other(code))
		_, elsewhere := d.Verify(t.Context(), another.Token, ann.option(), code)
		_, byOther := d.Verify(t.Context(), c.Token, second, code)
		_, none := d.Verify(t.Context(), c.Token, second, "")

		for _, err := range []error{unsent, wrong, elsewhere, byOther, none} {
			world.WantCode(t, err, fault.WrongCode)
		}
		if !slices.Equal(d.Audited.Actions(), slices.Repeat([]audit.Action{audit.SecondFactorFailed}, 5)) {
			t.Errorf("recorded %v", d.Audited.Actions())
		}
	})

	t.Run("that can't be recorded signs nobody in and spends nothing", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		d.Audited.Err = errors.New("no")

		_, err := d.Verify(t.Context(), c.Token, ann.option(), code)
		if !errors.Is(err, d.Audited.Err) {
			t.Errorf("got %v", err)
		}

		d.Audited.Err = nil
		_, err = d.Verify(t.Context(), c.Token, ann.option(), code)
		world.WantCode(t, err, "")
	})
}

func TestService_Verify_browsers(t *testing.T) {
	verify := func(t *testing.T, d *desk, p person, browser string) challenge.Proof {
		t.Helper()
		c := d.signIn(t, p)
		proof, err := d.Verify(from(t, "192.0.2.1", browser), c.Token, p.option(), d.send(t, c, p))
		if err != nil {
			t.Fatal(err)
		}
		d.Time.Advance(time.Minute)
		return proof
	}

	t.Run("a browser is remembered when its user completed a sign-in, and then known", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")

		first := verify(t, d, ann, "")
		second := verify(t, d, ann, first.BrowserToken)

		if len(first.BrowserToken) != 43 || second.BrowserToken != "" {
			t.Errorf("given %q, then %q", first.BrowserToken, second.BrowserToken)
		}
	})

	t.Run("a browser that two share keeps one token", func(t *testing.T) {
		d := newDesk(t)
		ann, bob := d.person(t, "ann@customer.example"), d.person(t, "bob@customer.example")
		token := verify(t, d, ann, "").BrowserToken

		if again := verify(t, d, bob, token).BrowserToken; again != token {
			t.Errorf("given %q, then %q", token, again)
		}
		if again := verify(t, d, ann, token).BrowserToken; again != "" {
			t.Errorf("the first is forgotten: given %q", again)
		}
	})

	t.Run("a token that nobody gave out is never taken over", func(t *testing.T) {
		d := newDesk(t)

		if given := verify(t, d, d.person(t, "ann@customer.example"), "chosen by a stranger").BrowserToken; given == "chosen by a stranger" || given == "" {
			t.Errorf("given %q", given)
		}
	})
}

func TestService_Verify_throttled(t *testing.T) {
	fail := func(t *testing.T, d *desk, c challenge.Challenge, p person, browser string, n int) {
		t.Helper()
		for range n {
			_, err := d.Verify(from(t, "192.0.2.1", browser), c.Token, p.option(), other(d.Inbox.Last().Code))
			world.WantCode(t, err, fault.WrongCode)
		}
	}

	t.Run("the fifth wrong code pauses the device and tells its owner once, by the others", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		fail(t, d, c, ann, "", 4)
		if len(d.Told.All) != 0 {
			t.Error("told too early")
		}
		fail(t, d, c, ann, "", 1)

		_, err := d.Verify(t.Context(), c.Token, ann.option(), code)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Code != fault.Throttled || f.RetryAfter != 30*time.Second {
			t.Errorf("the right code: %v", err)
		}
		if len(d.Told.All) != 1 || d.Told.All[0].Except != ann.phone.ID {
			t.Errorf("told of %v", d.Told.All)
		}

		d.Time.Advance(30 * time.Second)
		fail(t, d, c, ann, "", 1)
		if len(d.Told.All) != 1 {
			t.Error("told again")
		}
		d.Time.Advance(time.Minute)
		_, err = d.Verify(t.Context(), c.Token, ann.option(), code)
		world.WantCode(t, err, "")
	})

	t.Run("a new code or a new sign-in resets no count, a success does", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		for range 4 {
			c := d.signIn(t, ann)
			d.send(t, c, ann)
			fail(t, d, c, ann, "", 1)
			d.Time.Advance(time.Minute)
		}
		c := d.signIn(t, ann)
		code := d.send(t, c, ann)
		fail(t, d, c, ann, "", 1)
		_, err := d.Verify(t.Context(), c.Token, ann.option(), code)
		world.WantCode(t, err, fault.Throttled)
		d.Time.Advance(30 * time.Second)
		if _, err := d.Verify(t.Context(), c.Token, ann.option(), code); err != nil {
			t.Fatal(err)
		}

		d.Time.Advance(time.Hour)
		next := d.signIn(t, ann)
		d.send(t, next, ann)
		fail(t, d, next, ann, "", 4)
		want := []world.Told{{Notice: notification.ManyCodesAsked, Except: ann.phone.ID}, {Notice: notification.FactorPaused, Except: ann.phone.ID}}
		if !slices.Equal(d.Told.All, want) {
			t.Errorf("told %v", d.Told.All)
		}
	})

	t.Run("strangers never lock the owner's browser out", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		browser := d.enter(t, ann).BrowserToken
		for range 50 {
			fail(t, d, d.signIn(t, ann), ann, "", 1)
			d.Time.Advance(time.Hour)
		}
		_, err := d.Verify(t.Context(), d.signIn(t, ann).Token, ann.option(), "123456")
		world.WantCode(t, err, fault.Locked)
		if last := d.Told.All[len(d.Told.All)-1]; last != (world.Told{Notice: notification.FactorOffElsewhere, Except: ann.phone.ID}) || len(d.Told.All) != 2 {
			t.Errorf("told %v", d.Told.All)
		}

		c := d.signIn(t, ann)
		_, err = d.Verify(from(t, "192.0.2.1", browser), c.Token, ann.option(), d.send(t, c, ann))

		world.WantCode(t, err, "")
	})

	t.Run("fifty wrong codes in a row in a known browser switch the device off", func(t *testing.T) {
		d := newDesk(t)
		ann := d.person(t, "ann@customer.example")
		browser := d.enter(t, ann).BrowserToken
		for range 49 {
			fail(t, d, d.signIn(t, ann), ann, browser, 1)
			d.Time.Advance(time.Hour)
		}
		found, err := d.DB.FindDevice(t.Context(), ann.InstitutionID, ann.phone.ID)
		if err != nil || found.Common().DisabledAt != nil {
			t.Fatalf("off too early: %+v, %v", found, err)
		}

		fail(t, d, d.signIn(t, ann), ann, browser, 1)

		found, err = d.DB.FindDevice(t.Context(), ann.InstitutionID, ann.phone.ID)
		if err != nil || found.Common().DisabledAt == nil {
			t.Errorf("still on: %+v, %v", found, err)
		}
		if last := d.Told.All[len(d.Told.All)-1]; last != (world.Told{Notice: notification.FactorOff, Except: ann.phone.ID}) || len(d.Told.All) != 2 {
			t.Errorf("told %v", d.Told.All)
		}
		_, err = d.SignIn(t.Context(), typed(ann.Email))
		world.WantCode(t, err, fault.Conflict)
	})
}

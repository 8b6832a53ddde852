package authenticator_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// verify spends a code as a sign-in does.
func verify(ctx context.Context, s *authenticator.Service, institutionID, deviceID, code string) (bool, error) {
	step, ok, err := s.Match(ctx, institutionID, deviceID, code)
	if err != nil || !ok {
		return false, err
	}
	return s.Spend(ctx, step)
}

func TestService_MatchAndSpend(t *testing.T) {
	wants := func(t *testing.T, d *desk, s authenticator.Started, code string, want bool) {
		t.Helper()
		if ok, err := verify(t.Context(), d.Service, d.Bank.ID, s.Device.ID, code); ok != want || err != nil {
			t.Errorf("got %v, %v; want %v", ok, err, want)
		}
	}

	t.Run("takes each code once", func(t *testing.T) {
		d := newDesk(t)
		s := d.bound(t, d.User(t))
		code := d.code(t, s)

		wants(t, d, s, d.wrong(t, s), false)
		wants(t, d, s, code, true)
		wants(t, d, s, code, false)
		d.Time.Advance(30 * time.Second)
		wants(t, d, s, code, false)
		wants(t, d, s, d.code(t, s), true)
	})

	t.Run("takes a code of the step before, and none older", func(t *testing.T) {
		d := newDesk(t)
		s := d.bound(t, d.User(t))
		older := d.code(t, s)
		d.Time.Advance(30 * time.Second)
		old := d.code(t, s)
		d.Time.Advance(30 * time.Second)

		wants(t, d, s, older, false)
		wants(t, d, s, old, true)
	})

	t.Run("takes no code of another app, another institution's request or an app that is not bound", func(t *testing.T) {
		d := newDesk(t)
		s, other := d.bound(t, d.User(t)), d.bound(t, d.User(t))
		waiting := d.start(t, d.As(t, d.User(t)))

		wants(t, d, s, d.code(t, other), false)
		wants(t, d, waiting, d.code(t, waiting), false)
		if ok, err := verify(t.Context(), d.Service, id.New(id.Institution), s.Device.ID, d.code(t, s)); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
		if ok, err := verify(t.Context(), d.Service, d.Bank.ID, id.New(id.Device), d.code(t, s)); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
	})

	t.Run("follows a clock that is ahead", func(t *testing.T) {
		d := newDesk(t)
		s := d.bound(t, d.User(t))
		for ahead := range 3 {
			d.Time.Advance(5 * time.Minute)
			code, err := totp.GenerateCode(s.Secret.Reveal(), d.Time.Now().Add(time.Duration(ahead+1)*30*time.Second))
			if err != nil {
				t.Fatal(err)
			}
			wants(t, d, s, code, true)
		}
	})
}

func TestService_Reencrypt(t *testing.T) {
	d := newDesk(t)
	u := d.User(t)
	const known = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for range 3 {
		if err := d.Add(t.Context(), u, "", secret.NewText(known)); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := d.DB.ListAuthenticators(t.Context(), "", 100)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}

	n, err := d.Reencrypt(t.Context())

	if err != nil || n != 3 {
		t.Errorf("wrote %d anew, %v", n, err)
	}
	after, err := d.DB.ListAuthenticators(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for i := range after {
		if bytes.Equal(after[i].Secret, rows[i].Secret) || bytes.Contains(after[i].Secret, []byte(known)) {
			t.Errorf("row %d was not written anew", i)
		}
	}
	code, err := totp.GenerateCode(known, d.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := verify(t.Context(), d.Service, d.Bank.ID, after[0].DeviceID, code); !ok || err != nil {
		t.Errorf("the secret is lost: %v, %v", ok, err)
	}
}

func TestService_Add(t *testing.T) {
	d := newDesk(t)
	for _, key := range []string{"", "GEZDGNBV", "not Base32", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq"} {
		world.WantCode(t, d.Add(t.Context(), d.User(t), "", secret.NewText(key)), fault.InvalidInput)
	}
}

package challenge_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

const (
	composed   = "brújula cañón ñandú té"
	decomposed = "bru\u0301jula can\u0303o\u0301n n\u0303andu\u0301 te\u0301"
)

// People who keep one password type it on keyboards that compose accents differently.
func TestService_SignIn_composed(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		set := func(password string) (name string) {
			t.Helper()
			u := w.User(t)
			w.Phone(t, u, "+12025550101")
			ok, err := w.DB.ReplacePassword(t.Context(), u.ID, world.Hash(world.Password), world.Hash(password))
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			return u.Email
		}
		try := func(name, password string, want fault.Code) (hashes int) {
			t.Helper()
			w.Hashes.Count = 0
			_, err := d.SignIn(t.Context(), challenge.Credentials{Institution: "harbor", Username: name, Password: password})
			world.WantCode(t, err, want)
			return w.Hashes.Count
		}

		now, before := set(composed), set(decomposed)
		try(now, composed, "")
		try(now, decomposed, "")
		try(before, composed, fault.WrongCredentials) // as ever
		try(before, decomposed, "")
		try(before, composed, "") // it was hashed anew
		try(before, decomposed, "")

		if known, unknown := try(now, decomposed+".", fault.WrongCredentials), try("nobody@customer.example", decomposed+".", fault.WrongCredentials); known != 2 || unknown != 2 {
			t.Errorf("a known name took %d hashes, an unknown one %d", known, unknown)
		}
		if n := try(now, composed+".", fault.WrongCredentials); n != 1 {
			t.Errorf("%d hashes", n)
		}
	})
}

// An address has one spelling, but for those that could not be brought into it because
// somebody else has that: they are found by what is stored.
func TestService_SignIn_spellings(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		owner := d.person(t, "ann@xn--bcher-kva.example")
		for _, name := range []string{"ann@bücher.example", "ANN@Bu\u0308cher.example", "ann@XN--BCHER-KVA.example", "\u202aann@bücher.example\u202c"} {
			if c, err := d.SignIn(t.Context(), typed(name)); err != nil || c.UserID != owner.ID {
				t.Errorf("%+q: %v, %v", name, c.UserID, err)
			}
		}

		left := d.person(t, "ann@bücher.example")
		for name, want := range map[string]user.User{"Ann@bücher.example": left.User, "ann@xn--bcher-kva.example": owner.User} {
			if c, err := d.SignIn(t.Context(), typed(name)); err != nil || c.UserID != want.ID {
				t.Errorf("%+q: %v, %v", name, c.UserID, err)
			}
		}
	})
}

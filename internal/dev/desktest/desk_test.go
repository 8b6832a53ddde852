package desktest_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// What the helper returns is what a person at a browser gets.
func TestDesk(t *testing.T) {
	for name, database := range desktest.Databases {
		t.Run(name, func(t *testing.T) {
			d := desktest.New(t, database)
			for _, p := range []desktest.Person{d.Harbor.Admin, d.Harbor.Viewer, d.Harbor.Customer, d.Summit.Admin, d.Summit.Customer} {
				const whoAmI = `{ viewer { user { email } } }`
				if a := d.As(p).Do(whoAmI).OK(); a.Text("viewer.user.email") != p.Email {
					t.Error(a.Body)
				}
				browser := d.Browser(p.Kind)
				if browser.Do(whoAmI).OK().At("viewer") != nil {
					t.Errorf("%s is signed in from the start", p.Email)
				}
				if a := browser.SignIn(p).OK(); a.Text("verifyCode.viewer.user.id") != p.ID {
					t.Error(a.Body)
				}
				browser.Do(whoAmI).OK()
			}
			if d.Browser(auth.Staff).Cookies["fd_staff"] != "" {
				t.Error("browsers share their cookies")
			}
		})
	}
}

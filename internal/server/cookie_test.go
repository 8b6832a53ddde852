package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/server"
)

// attributes returns what a cookie says beside its value.
func attributes(c *http.Cookie) http.Cookie {
	return http.Cookie{Path: c.Path, Domain: c.Domain, MaxAge: c.MaxAge, Secure: c.Secure, HttpOnly: c.HttpOnly, SameSite: c.SameSite}
}

func TestCookies_OfASignIn(t *testing.T) {
	const twelveHours, aYear = 12 * 60 * 60, 365 * 24 * 60 * 60
	for _, tt := range []struct {
		name, prefix string
		secure       bool
	}{
		{"in development", "", false},
		{"elsewhere", "__Host-", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := desktest.New(t, desktest.Server(func(c *server.Config) { c.Secure = tt.secure }))
			for person, session := range map[*desktest.Person]string{&d.Harbor.Agent: "fd_staff", &d.Harbor.Customer: "fd_customer"} {
				browser := d.Browser(person.Kind)
				set := (&http.Response{Header: browser.SignIn(*person).OK().Header}).Cookies()
				found := map[string]http.Cookie{}
				for _, c := range set {
					found[c.Name] = attributes(c)
					if len(c.Value) != 43 {
						t.Errorf("%s has %d characters", c.Name, len(c.Value))
					}
				}
				want := func(maxAge int) http.Cookie {
					return http.Cookie{Path: "/", MaxAge: maxAge, Secure: tt.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
				}
				if diff := cmp.Diff(map[string]http.Cookie{tt.prefix + session: want(twelveHours), tt.prefix + "fd_browser": want(aYear)}, found); diff != "" {
					t.Error(diff)
				}

				header := browser.Do(`mutation { signOut { signedOut } }`).OK().Header
				if got := header.Get("Clear-Site-Data"); got != `"cache"` {
					t.Errorf("signing out clears %q", got)
				}
				out := header.Values("Set-Cookie")
				if len(out) != 1 || !strings.HasPrefix(out[0], tt.prefix+session+"=;") || !strings.Contains(out[0], "Max-Age=0") {
					t.Errorf("signing out sets %q", out)
				}
			}
		})
	}
}

// Staff and customer may use one browser: each client goes by its own cookie.
func TestCookies_OfStaffAndCustomerStandSideBySide(t *testing.T) {
	d := desktest.New(t)
	browser := d.Browser(auth.Staff)
	browser.SignIn(d.Harbor.Agent).OK()
	browser.Header.Set("Factordesk-Client", "banking")
	browser.SignIn(d.Harbor.Customer).OK()
	const whoAmI = `{ viewer { user { id } } }`

	if a := browser.Do(whoAmI).OK(); a.Text("viewer.user.id") != d.Harbor.Customer.ID {
		t.Errorf("banking: %s", a.Body)
	}
	browser.Header.Set("Factordesk-Client", "admin")
	if a := browser.Do(whoAmI).OK(); a.Text("viewer.user.id") != d.Harbor.Agent.ID {
		t.Errorf("admin: %s", a.Body)
	}
	browser.Header.Del("Factordesk-Client")
	a := browser.Do(`{ viewer { user { id } } users { nodes { id } } }`)
	if a.At("viewer") != nil || a.Code("users") != "UNAUTHENTICATED" {
		t.Errorf("no word of which: %s", a.Body)
	}
}

func TestReadyz_OfAClosedDatabase(t *testing.T) {
	d := desktest.New(t)
	get := func(target string) int { return d.Browser("").Send(httptest.NewRequest("GET", target, nil)).Code }
	if got := get("/readyz"); got != 200 {
		t.Errorf("before: %d", got)
	}
	if err := d.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if ready, alive := get("/readyz"), get("/healthz"); ready != 503 || alive != 200 {
		t.Errorf("ready %d, alive %d", ready, alive)
	}
}

// A page of another site can neither act for the viewer nor read as the viewer.
func TestCSRF_AStolenClickChangesNothing(t *testing.T) {
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	r := httptest.NewRequest("POST", "/graphql", strings.NewReader(`{"query": "mutation { signOut { signedOut } }"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")

	w := agent.Send(r)

	if w.Code != 403 || len(w.Result().Cookies()) > 0 {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	agent.Do(`{ users { nodes { id } } }`).OK()
}

// The address that counts against a limit is the caller's, not one it made up.
func TestAddress_LimitsCountTheCallersOwn(t *testing.T) {
	d := desktest.New(t)
	browser := d.Browser(auth.Customer)
	bad := desktest.V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": "not the password"}
	for i := range 10 {
		browser.Header.Set("X-Forwarded-For", "198.51.100."+string(rune('0'+i)))
		if a := browser.Do(desktest.SignIn, bad); a.Code("signIn") != "WRONG_CREDENTIALS" {
			t.Fatal(a.Body)
		}
	}
	browser.Header.Set("X-Forwarded-For", "198.51.100.99")
	if a := browser.Do(desktest.SignIn, bad); a.Code("signIn") != "THROTTLED" {
		t.Error(a.Body)
	}
}

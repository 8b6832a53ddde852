package desk_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/user"
)

// What we did not expect is our fault, never the client's: INTERNAL with an id,
// under which the log has the rest.
func TestErrors_UnexpectedOnesAreInternalAndKeptToOurselves(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		if _, err := d.DB.SQL().ExecContext(t.Context(), `ALTER TABLE devices RENAME TO gone`); err != nil {
			t.Fatal(err)
		}

		a := admin.Do(`{ viewer { user { id devices { id } } } users(first: 1) { nodes { id } } }`)

		e := a.Error("viewer.user.devices")
		if e.Extensions["code"] != "INTERNAL" || a.At("viewer.user.devices") != nil || a.Text("viewer.user.id") != d.Harbor.Admin.ID || len(a.List("users.nodes")) != 1 {
			t.Fatal(a.Body)
		}
		id, _ := e.Extensions["id"].(string)
		if !regexp.MustCompile(`^[A-Z2-7]{26}$`).MatchString(id) || !strings.Contains(e.Message, id) {
			t.Errorf("no id: %s", a.Body)
		}
		for _, secret := range []string{"devices\"", "SELECT", "no such table", "relation"} {
			if strings.Contains(e.Message, secret) {
				t.Errorf("it tells %s: %s", secret, e.Message)
			}
		}
		line := ""
		for l := range strings.Lines(d.Log.String()) {
			if strings.Contains(l, id) {
				line = l
			}
		}
		if !strings.Contains(line, "level=ERROR") || !strings.Contains(line, "viewer.user.devices") || strings.Count(line, "devices") < 3 {
			t.Errorf("the log has %q", line)
		}
	})
}

// panicking is a store that meets what nobody thought of.
type panicking struct {
	user.Store
	with any
}

func (p panicking) ListUsers(context.Context, user.Query) ([]user.Match, error) { panic(p.with) }

// A panic falls on its own field, and the log has where it came from, but not
// what it was about.
func TestErrors_APanicIsInternal(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{"a string": marked, "an error": errors.New(marked), "anything": V{"password": marked}} {
		t.Run(name, func(t *testing.T) {
			d := desktest.New(t)
			admin := d.As(d.Harbor.Admin)
			d.Users.Store = panicking{d.Users.Store, value}

			a := admin.Do(`query($s: String) { users(search: $s) { nodes { id } } viewer { user { id } } }`, V{"s": marked})

			if a.Code("users") != "INTERNAL" || a.At("users") != nil || a.Text("viewer.user.id") != d.Harbor.Admin.ID || strings.Contains(a.Body, marked) {
				t.Error(a.Body)
			}
			if log := d.Log.String(); !strings.Contains(log, "panicking.ListUsers") || strings.Contains(log, marked) {
				t.Errorf("the log has %s", log)
			}
		})
	}
}

func TestErrors_ARequestWhoseTimeIsOverIsATimeout(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequest("POST", "/graphql", strings.NewReader(`{"query": "{ viewer { user { id } } }"}`)).WithContext(over)
	r.Header.Set("Content-Type", "application/json")

	w := d.Browser("").Send(r)

	if w.Code != 503 || !strings.Contains(w.Body.String(), `"TIMEOUT"`) || strings.Contains(w.Body.String(), `"data"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

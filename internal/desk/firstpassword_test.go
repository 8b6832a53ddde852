package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/user"
)

const whoMay = `{ viewer { user { id email } permissions passwordExpiresAt } }`

// givesFirst makes a person's password one that somebody else has seen.
func givesFirst(t *testing.T, d *desktest.Desk, p desktest.Person) {
	t.Helper()
	hash, err := d.Users.Hasher.Hash(t.Context(), user.Hashed(desktest.Password))
	if err != nil {
		t.Fatal(err)
	}
	ok, err := d.DB.SetFirstPassword(t.Context(), p.InstitutionID, p.ID, hash, d.Clock.Now().Add(user.FirstPasswordLifetime))
	if err != nil || !ok {
		t.Fatalf("%t %v", ok, err)
	}
}

// Who signs in by a password that somebody else has seen may do no more than choose
// another; from then on they may what they may.
func TestFirstPassword(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.Harbor.Agent
		givesFirst(t, d, agent)
		browser := d.As(agent)

		before := browser.Do(whoMay).OK()
		if len(before.List("viewer.permissions")) != 0 || before.At("viewer.passwordExpiresAt") != "2026-03-05T12:00:00Z" || before.Text("viewer.user.email") != agent.Email {
			t.Error(before.Body)
		}
		if a := browser.Do(changePassword, V{"current": desktest.Password, "new": desktest.Password}); a.Code("changePassword") != "INVALID_INPUT" {
			t.Errorf("the first one is chosen: %s", a.Body)
		}
		d.Clock.Advance(16 * time.Minute)
		if a := browser.Do(changePassword, V{"current": desktest.Password, "new": newPassword}); a.Code("changePassword") != "STEP_UP_REQUIRED" {
			t.Error(a.Body)
		}
		browser.StepUp(agent).OK()

		a := browser.Do(`mutation($current: String!, $new: String!) {
			changePassword(input: {currentPassword: $current, newPassword: $new}) { viewer { permissions passwordExpiresAt } } }`,
			V{"current": desktest.Password, "new": newPassword}).OK()

		if len(a.List("changePassword.viewer.permissions")) != 4 || a.At("changePassword.viewer.passwordExpiresAt") != nil {
			t.Error(a.Body)
		}
		browser.Do(`{ users { nodes { id } } }`).OK()
		if opens(d, agent, desktest.Password) || !opens(d, agent, newPassword) {
			t.Error("the first password opens still, or the chosen one does not")
		}
		browser.Do(`mutation { signOut { signedOut } }`).OK()
	})
}

// anyValue returns a value for an argument, right or not: whoever may not ask is refused
// before it is looked at.
func anyValue(s *ast.Schema, of *ast.Type) string {
	switch def := s.Types[of.Name()]; {
	case of.Elem != nil:
		return "[]"
	case def.Kind == ast.Enum:
		return def.EnumValues[0].Name
	case def.Kind == ast.InputObject:
		var fields []string
		for _, f := range def.Fields {
			if f.Type.NonNull {
				fields = append(fields, f.Name+": "+anyValue(s, f.Type))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	default:
		return map[string]string{"Int": "1", "Float": "1", "Boolean": "true", "DateTime": `"2026-03-02T12:00:00Z"`, "PhoneNumber": `"+12025550101"`}[of.Name()] +
			map[bool]string{true: `"made up"`}[slices.Contains([]string{"ID", "String"}, of.Name())]
	}
}

// Every operation with a guard is refused but the three that lead on, and so is what a
// person may see of themselves otherwise.
func TestFirstPassword_OpensNothingElse(t *testing.T) {
	t.Parallel()
	open := []string{"changePassword", "startStepUp", "signOut"}
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		givesFirst(t, d, d.Harbor.Admin)
		browser := d.As(d.Harbor.Admin)
		s := desktest.Schema()
		refused := func(document, place string) {
			a := browser.Do(document)
			if a.Code(place) != no || !strings.HasPrefix(a.Error(place).Message, "Choose a password of your own first") {
				t.Errorf("%s: %s", document, a.Body)
			}
		}
		for kind, root := range map[string]*ast.Definition{"query": s.Query, "mutation": s.Mutation} {
			for _, f := range desktest.Fields(root) {
				if !desktest.Guarded(f) || slices.Contains(open, f.Name) {
					continue
				}
				var args []string
				for _, arg := range f.Arguments {
					if arg.Type.NonNull && arg.DefaultValue == nil {
						args = append(args, arg.Name+": "+anyValue(s, arg.Type))
					}
				}
				call, selection := f.Name, ""
				if len(args) > 0 {
					call += "(" + strings.Join(args, ", ") + ")"
				}
				if s.Types[f.Type.Name()].Kind != ast.Scalar {
					selection = "{ __typename }"
				}
				refused(fmt.Sprintf("%s { %s %s }", kind, call, selection), f.Name)
			}
		}
		for _, f := range desktest.Fields(s.Subscription) {
			if got := browser.Subscribe(document(s.Subscription, f), sound(d, s, f.Arguments)).Code(); got != no {
				t.Errorf("%s is answered %q", f.Name, got)
			}
		}
		for _, f := range desktest.Fields(s.Types["User"]) {
			if desktest.Guarded(f) {
				refused(fmt.Sprintf("{ viewer { user { %s { __typename } } } }", f.Name), "viewer.user."+f.Name)
			}
		}
		refused(`{ viewer { sessions { id } } }`, "viewer.sessions")
		if a := browser.Do(whoMay).OK(); a.Text("viewer.user.id") != d.Harbor.Admin.ID {
			t.Error(a.Body)
		}
		for _, name := range open {
			if f := s.Mutation.Fields.ForName(name); f == nil || f.Directives.ForName("inSession") == nil {
				t.Errorf("%s is for who has to choose a password, and does not say so", name)
			}
		}
	})
}

// After 72 hours it opens nothing: not the sign-in, not one that waits for its code, not a
// session that was opened before. The link in a mail leads on.
func TestFirstPassword_Expires(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.Harbor.Agent
		givesFirst(t, d, agent)
		d.Clock.Advance(user.FirstPasswordLifetime - time.Minute)
		late := d.As(agent)
		d.Clock.Advance(30 * time.Second)
		waits, v := d.Browser(agent.Kind), d.Browser(agent.Kind).Challenge(agent)
		waits.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(agent.Phone.PhoneNumber)
		d.Clock.Advance(30 * time.Second)

		if a := waits.Do(verify, v); a.Code("verifyCode") != "EXPIRED" {
			t.Errorf("a sign-in that waited: %s", a.Body)
		}
		if a := late.Do(changePassword, V{"current": desktest.Password, "new": newPassword}); a.Code("changePassword") != "EXPIRED" {
			t.Errorf("a session from before: %s", a.Body)
		}
		for password, want := range map[string]string{desktest.Password: "EXPIRED", newPassword: bad} {
			if a := d.Browser(agent.Kind).Do(signIn, V{"institution": "harbor", "username": agent.Email, "password": password}); a.Code("signIn") != want {
				t.Errorf("%s: %s", password, a.Body)
			}
		}
		d.Clock.Advance(time.Minute)
		if in := resets(t, d, agent, newPassword); len(in.Do(whoMay).OK().List("viewer.permissions")) != 4 || !opens(d, agent, newPassword) {
			t.Error("a reset does not make it a password of one's own")
		}
	})
}

// A reset does not lead back to the password that somebody else has seen.
func TestFirstPassword_IsNotChosenByReset(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.Harbor.Agent
		givesFirst(t, d, agent)
		asks(d, "harbor", agent.Email).OK()
		token := resetToken(t, d, agent)
		a := d.Browser(agent.Kind).Do(resetPassword, V{"token": token, "new": desktest.Password})
		if a.Code("resetPassword") != "INVALID_INPUT" || a.Error("resetPassword").Extensions["field"] != "newPassword" {
			t.Error(a.Body)
		}
		typedNew(d, agent, token, newPassword)
	})
}

// Of two who choose at once, one does, and it is the one whose password opens.
func TestFirstPassword_ChosenOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.Harbor.Agent
		givesFirst(t, d, agent)
		first := d.As(agent)
		d.Clock.Advance(time.Minute)
		browsers := []*desktest.Client{first, d.As(agent)}
		chosen := []string{"kettle-moss-one", "kettle-moss-two"}
		done := make([]bool, len(browsers))
		var all sync.WaitGroup
		for i, b := range browsers {
			all.Go(func() {
				done[i] = b.Do(changePassword, V{"current": desktest.Password, "new": chosen[i]}).Code("changePassword") == yes
			})
		}
		all.Wait()
		if done[0] == done[1] || opens(d, agent, chosen[0]) != done[0] || opens(d, agent, chosen[1]) != done[1] {
			t.Errorf("done: %v", done)
		}
	})
}

package desk_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
)

// rich returns a customer who has something to show in every field of every device.
func rich(t *testing.T, d *desktest.Desk) desktest.Person {
	t.Helper()
	customer := d.Harbor.Customer
	d.AddApp(customer.User)
	d.AddDevice(&device.Email{Base: d.Base(customer), Address: "second@customer.example"})
	d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": "VOIP"}).OK()
	makeCodes(d.As(d.Harbor.Agent), customer.ID)
	d.Clock.Advance(time.Minute)
	for _, shown := range d.As(d.Harbor.Agent).Do(`query($user: ID!) { user(id: $user) { devices { id } } }`, V{"user": customer.ID}).OK().List("user.devices") {
		id := shown.(map[string]any)["id"].(string)
		d.Pause(id)
		if err := errors.Join(
			d.DB.MarkDeviceUsed(t.Context(), customer.InstitutionID, id, d.Clock.Now()),
			d.DB.DisableDevice(t.Context(), customer.InstitutionID, id, d.Clock.Now()),
		); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.DB.SetMailRefused(t.Context(), customer.ID, "second@customer.example", d.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	out := notification.OptOut{Sender: "+12025550190", Since: d.Clock.Now(), LearnedBy: notification.ByStop}
	if err := d.DB.SetOptOut(t.Context(), customer.InstitutionID, customer.Phone.PhoneNumber, out); err != nil {
		t.Fatal(err)
	}
	d.Suspend(customer)
	return customer
}

// Each field of a device says the same alone as among all others, on a profile and
// on a page: what is read is never too little for what is shown.
func TestProfile_EachFieldOfADeviceAloneIsWhatItIsAmongAll(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, agent := rich(t, d), d.As(d.Harbor.Agent)
		ask := func(selection string) (map[string]any, map[string]any) {
			a := agent.Do(`query($user: ID!, $search: String) { user(id: $user) { devices { `+selection+` } }
				users(search: $search) { nodes { devices { `+selection+` } } } }`, V{"user": customer.ID, "search": customer.Email}).OK()
			return a.At("user").(map[string]any), a.At("users.nodes.0").(map[string]any)
		}
		s := desktest.Schema()
		var each, kinds []string
		for _, kind := range s.GetPossibleTypes(s.Types["Device"]) {
			for _, f := range desktest.Fields(kind) {
				each, kinds = append(each, fmt.Sprintf(`... on %s { %s%s }`, kind.Name, f.Name, below(s, f))), append(kinds, kind.Name)
			}
		}
		onProfile, onPage := ask("__typename " + strings.Join(each, " "))
		if diff := cmp.Diff(onProfile, onPage); diff != "" {
			t.Errorf("profile and page differ: %s", diff)
		}
		all := onProfile["devices"].([]any)
		for i, one := range each {
			onProfile, onPage := ask(one)
			if diff := cmp.Diff(onProfile, onPage); diff != "" {
				t.Errorf("%s: profile and page differ: %s", one, diff)
			}
			shown := false
			for j, alone := range onProfile["devices"].([]any) {
				among := all[j].(map[string]any)
				for field, value := range alone.(map[string]any) {
					if diff := cmp.Diff(among[field], value); diff != "" {
						t.Errorf("%s is not what it is among all: %s", one, diff)
					}
					shown = shown || value != nil && among["__typename"] == kinds[i]
				}
			}
			if !shown {
				t.Errorf("%s is null everywhere, so that nothing was compared", one)
			}
		}
	})
}

// below returns all of what a field leads to, one step down.
func below(s *ast.Schema, f *ast.FieldDefinition) string {
	var names []string
	for _, sub := range s.Types[f.Type.Name()].Fields {
		if kind := s.Types[sub.Type.Name()].Kind; kind == ast.Scalar || kind == ast.Enum {
			names = append(names, sub.Name)
		} else if sub.Name == "by" {
			names = append(names, "by { id }")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " { " + strings.Join(names, " ") + " }"
}

// Selections that ask different things of the same devices are each answered in
// full.
func TestProfile_TwoSelectionsOfOneObjectAreBothRight(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, agent := rich(t, d), d.As(d.Harbor.Agent)
		a := agent.Do(`query($user: ID!, $search: String, $yes: Boolean!) {
			user(id: $user) {
				short: devices { id addedAt @skip(if: $yes) }
				devices { ...Dates }
				long: devices { ... on PhoneDevice { carrier numberTypeOverride { reason by { id devices { id pausedUntil lastUsedAt } } } } pausedUntil @include(if: $yes) }
				backupCodes { total } sets: backupCodeSets { origin codes { status } }
			}
			again: user(id: $user) { devices { id } }
			users(search: $search) { nodes { id devices { id } } edges { node { devices { ...Dates } } } }
		} fragment Dates on Device { addedAt lastUsedAt }`, V{"user": customer.ID, "search": customer.Email, "yes": true}).OK()

		one := func(name string) map[string]any { return a.At(name + ".0").(map[string]any) }
		used, added := d.Clock.Now().UTC().Format(time.RFC3339Nano), one("user.devices")["addedAt"]
		if diff := cmp.Diff(map[string]any{"id": customer.Phone.ID}, one("user.short")); diff != "" {
			t.Error(diff)
		}
		if one("user.devices")["lastUsedAt"] != used || added != d.Clock.Now().UTC().Add(-time.Minute).Format(time.RFC3339Nano) {
			t.Error(a.Body)
		}
		long := one("user.long")
		if long["pausedUntil"] == nil || a.Text("user.long.0.numberTypeOverride.reason") == "" || a.Text("user.long.0.numberTypeOverride.by.id") != d.Harbor.Agent.ID {
			t.Error(a.Body)
		}
		if a.At("user.backupCodes.total") == nil || len(a.List("user.sets.0.codes")) == 0 || a.Text("again.devices.0.id") != customer.Phone.ID {
			t.Error(a.Body)
		}
		if _, ok := one("users.nodes.0.devices")["addedAt"]; ok || one("users.edges.0.node.devices")["addedAt"] != added {
			t.Error(a.Body)
		}
	})
}

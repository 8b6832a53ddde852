package graph

import (
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/profile"
)

// Only what a field shows is read for it, whatever form asks.
func TestWanted(t *testing.T) {
	t.Parallel()
	const devices, dates, details = profile.Devices, profile.Devices | profile.Dates, profile.Devices | profile.Details
	for name, tt := range map[string]struct {
		document string
		want     profile.Parts
	}{
		"a user alone":               {`{ user(id: "") { id email viewerCan { resetDevice { allowed } } } }`, 0},
		"devices":                    {`{ user(id: "") { devices { __typename id label isDefault disabledAt } } }`, devices},
		"phones":                     {`{ user(id: "") { devices { ... on PhoneDevice { phoneNumber numberType communicationMethod } } } }`, devices},
		"a date":                     {`{ user(id: "") { devices { addedAt } } }`, dates},
		"a carrier":                  {`{ user(id: "") { devices { ... on PhoneDevice { carrier } } } }`, details},
		"who set a type":             {`{ user(id: "") { devices { ... on PhoneDevice { numberTypeOverride { by { id } } } } } }`, details},
		"a pause":                    {`{ user(id: "") { devices { ... on AuthenticatorDevice { pausedUntil } } } }`, devices | profile.Pauses},
		"an opt-out":                 {`{ user(id: "") { devices { ... on PhoneDevice { optedOut { since } } } } }`, devices | profile.OptOuts},
		"codes":                      {`{ user(id: "") { backupCodes { total } } }`, profile.BackupCodes},
		"sets of codes":              {`{ user(id: "") { backupCodeSets { total } } }`, profile.BackupCodes},
		"the history of all numbers": {`{ user(id: "") { notificationHistory { stale } } }`, devices},
		"a page, by nodes":           {`{ users { nodes { devices { lastUsedAt } } } }`, dates},
		"a page, by edges":           {`{ users { edges { node { devices { confirmedAt } } } } }`, dates},
		"two aliases":                {`{ user(id: "") { a: devices { addedAt } b: devices { ... on PhoneDevice { c: carrier } } } }`, dates | details},
		"fragments":                  {`{ user(id: "") { ...U } } fragment U on User { devices { ...D } } fragment D on Device { addedAt ... { pausedUntil } }`, dates | profile.Pauses},
		"a device below a device":    {`{ user(id: "") { devices { ... on PhoneDevice { numberTypeOverride { by { devices { addedAt } backupCodes { total } } } } } } }`, dates | details | profile.BackupCodes},
		"what is left out": {`query($no: Boolean!, $yes: Boolean!) { user(id: "") { devices {
			id addedAt @include(if: $no) ... @skip(if: $yes) { pausedUntil } ...D @skip(if: true) } backupCodes @include(if: false) { total } } }
			fragment D on PhoneDevice { carrier }`, devices},
		"what is not left out": {`query($no: Boolean!, $yes: Boolean!) { user(id: "") { devices {
			id addedAt @include(if: $yes) ... @skip(if: $no) { pausedUntil } ...D @skip(if: false) @include(if: true) } backupCodes @include(if: true) { total } } }
			fragment D on PhoneDevice { carrier optedOut { since } }`, profile.Everything},
	} {
		document, err := gqlparser.LoadQueryWithRules(served(), tt.document, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := wanted(document.Operations[0].SelectionSet, map[string]any{"yes": true, "no": false})
		if got != tt.want {
			t.Errorf("%s: wants %06b instead of %06b", name, got, tt.want)
		}
	}
}

// A field of a device that nobody gave a part needs all of the device.
func TestWanted_AllOfADeviceForAFieldThatIsNew(t *testing.T) {
	t.Parallel()
	field := &ast.Field{Name: "new", ObjectDefinition: &ast.Definition{Name: "PhoneDevice"}}
	if got := wanted(ast.SelectionSet{field}, nil); got != profile.Everything&^profile.BackupCodes {
		t.Errorf("wants %05b", got)
	}
}

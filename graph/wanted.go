package graph

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/profile"
)

// wanted tells which parts of profiles a selection asks for, however deep: under
// all its aliases, in all its fragments and for all types that an object may have.
// So what is read for one field is enough for any other that shows the same object.
func wanted(selections ast.SelectionSet, variables map[string]any) (parts profile.Parts) {
	for _, s := range selections {
		switch s := s.(type) {
		case *ast.Field:
			if included(s.Directives, variables) {
				parts |= partsOf(s) | wanted(s.SelectionSet, variables)
			}
		case *ast.InlineFragment:
			if included(s.Directives, variables) {
				parts |= wanted(s.SelectionSet, variables)
			}
		case *ast.FragmentSpread:
			if included(s.Directives, variables) {
				parts |= wanted(s.Definition.SelectionSet, variables)
			}
		}
	}
	return parts
}

// included reports whether neither @skip nor @include leaves something out. What they
// are given was checked before; where it is nothing, the field is read.
func included(directives ast.DirectiveList, variables map[string]any) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		value, err := d.Arguments.ForName("if").Value.Value(variables)
		if on, ok := value.(bool); err == nil && ok && on == (d.Name == "skip") {
			return false
		}
	}
	return true
}

// partsOf returns what a field shows. What it does not know of a device needs all
// of it.
func partsOf(f *ast.Field) profile.Parts {
	switch f.ObjectDefinition.Name {
	case "User":
		switch f.Name {
		case "devices", "notificationHistory":
			return profile.Devices
		case "attention":
			return profile.Everything
		case "backupCodes", "backupCodeSets":
			return profile.BackupCodes
		}
	case "Device", "PhoneDevice", "EmailDevice", "AuthenticatorDevice":
		switch f.Name {
		case "__typename", "id", "label", "isDefault", "disabledAt", "suspendedAt", "phoneNumber", "formatted", "address",
			"numberType", "detectedNumberType", "communicationMethod", "callerIdExpectation":
			return profile.Devices
		case "addedAt", "confirmedAt", "lastUsedAt":
			return profile.Devices | profile.Dates
		case "pausedUntil":
			return profile.Devices | profile.Pauses
		case "optedOut":
			return profile.Devices | profile.OptOuts
		case "carrier", "numberTypeOverride", "suspensionReason", "mailRefusedAt":
			return profile.Devices | profile.Details
		}
		return profile.Devices | profile.Dates | profile.Pauses | profile.Details | profile.OptOuts
	}
	return 0
}

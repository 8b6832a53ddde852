package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// public are the fields that need no guard: they are for people who are not
// signed in, or tell nothing but who that is.
var public = []string{
	"Query.viewer", "Query.environment", "Query.challenge", "Query.signInPage",
	"Mutation.signIn", "Mutation.sendCode", "Mutation.verifyCode", "Mutation.register",
	"Mutation.requestPasswordReset", "Mutation.resetPassword", "Query.invitation", "Mutation.acceptInvite",
}

// wantsGuard reports whether a field may not go without a guard.
func wantsGuard(s *ast.Schema, def *ast.Definition, f *ast.FieldDefinition) bool {
	switch def {
	case s.Query, s.Mutation, s.Subscription:
		return true
	}
	person := def.Name == "User" || def.Name == "Institution" || def.Name == "Device" || slices.Contains(def.Interfaces, "Device")
	of := s.Types[f.Type.Name()].Kind
	return person && (len(f.Arguments) > 0 || of != ast.Scalar && of != ast.Enum)
}

func TestSchema_Guards(t *testing.T) {
	t.Parallel()
	s := desktest.Schema()
	used := map[string]bool{}
	for _, def := range desktest.Types(s) {
		for _, f := range desktest.Fields(def) {
			name := def.Name + "." + f.Name
			isPublic := slices.Contains(public, name)
			used[name] = isPublic
			switch {
			case wantsGuard(s, def, f) && !desktest.Guarded(f) && !isPublic:
				t.Errorf("%s has no guard and is not listed as public", name)
			case isPublic && desktest.Guarded(f):
				t.Errorf("%s is listed as public and has a guard", name)
			case desktest.Guarded(f) && f.Type.NonNull:
				t.Errorf("%s is guarded and can't be null: a refusal would void what is around it", name)
			}
		}
	}
	for _, name := range public {
		if !used[name] {
			t.Errorf("%s is listed as public and does not exist", name)
		}
	}
	for _, name := range desktest.Guards {
		d := s.Directives[name]
		if d == nil || !slices.Equal(d.Locations, []ast.DirectiveLocation{ast.LocationFieldDefinition}) {
			t.Errorf("@%s must sit on FIELD_DEFINITION and nowhere else", name)
		}
	}
}

// What belongs to a user or a device is full of addresses and numbers, which only
// VIEW_USERS shows, however a viewer got there.
func TestSchema_PeopleAreNeverReachedWithoutAGuard(t *testing.T) {
	t.Parallel()
	// Who gets to these may see the person: the viewer, and staff who hold VIEW_USERS or,
	// of staff, MANAGE_STAFF.
	mayGo := []string{"Viewer.user", "UserConnection.nodes", "UserEdge.node", "NumberTypeOverride.by"}
	s := desktest.Schema()
	for _, def := range desktest.Types(s) {
		for _, f := range desktest.Fields(def) {
			name := def.Name + "." + f.Name
			to := s.Types[f.Type.Name()]
			if (to.Name == "User" || to.Name == "Device" || to.Name == "Node") && !desktest.Guarded(f) && !slices.Contains(mayGo, name) {
				t.Errorf("%s leads to a %s without a guard", name, to.Name)
			}
		}
	}
}

func TestSchema_EveryElementIsDescribed(t *testing.T) {
	t.Parallel()
	s := desktest.Schema()
	want := func(name, description string) {
		t.Helper()
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", name)
		}
	}
	for _, def := range desktest.Types(s) {
		want(def.Name, def.Description)
		for _, f := range desktest.Fields(def) {
			want(def.Name+"."+f.Name, f.Description)
			for _, arg := range f.Arguments {
				want(def.Name+"."+f.Name+"("+arg.Name+":)", arg.Description)
			}
		}
		for _, v := range def.EnumValues {
			want(def.Name+"."+v.Name, v.Description)
		}
	}
	for name, d := range s.Directives {
		if d.Position.Src.BuiltIn {
			continue
		}
		want("@"+name, d.Description)
		for _, arg := range d.Arguments {
			want("@"+name+"("+arg.Name+":)", arg.Description)
		}
	}
}

func TestSchema_MutationsTakeOneInputAndGiveANullablePayload(t *testing.T) {
	t.Parallel()
	s := desktest.Schema()
	for _, f := range desktest.Fields(s.Mutation) {
		noun := strings.ToUpper(f.Name[:1]) + f.Name[1:]
		if got := f.Type.String(); got != noun+"Payload" {
			t.Errorf("%s gives %s, not a nullable %sPayload", f.Name, got, noun)
		}
		switch {
		case len(f.Arguments) == 0:
		case len(f.Arguments) > 1, f.Arguments[0].Name != "input", f.Arguments[0].Type.String() != noun+"Input!":
			t.Errorf("%s takes something else than input: %sInput!", f.Name, noun)
		}
	}
}

func TestSchema_ConnectionsFollowRelay(t *testing.T) {
	t.Parallel()
	s := desktest.Schema()
	typeOf := func(of, field string) string {
		def := s.Types[of]
		if def == nil {
			return "nothing: there is no type " + of
		}
		f := def.Fields.ForName(field)
		if f == nil {
			return "nothing: " + of + " has no " + field
		}
		return f.Type.String()
	}
	want := func(of, field, want string) {
		t.Helper()
		if got := typeOf(of, field); got != want {
			t.Errorf("%s.%s is %s, not %s", of, field, got, want)
		}
	}
	for field, is := range map[string]string{"hasNextPage": "Boolean!", "hasPreviousPage": "Boolean!", "startCursor": "String", "endCursor": "String"} {
		want("PageInfo", field, is)
	}
	connections := 0
	for _, def := range desktest.Types(s) {
		if noun, ok := strings.CutSuffix(def.Name, "Connection"); ok {
			connections++
			want(def.Name, "edges", "["+noun+"Edge!]!")
			want(def.Name, "nodes", "["+typeOf(noun+"Edge", "node")+"]!")
			want(def.Name, "pageInfo", "PageInfo!")
			want(noun+"Edge", "cursor", "String!")
			if node := typeOf(noun+"Edge", "node"); !strings.HasPrefix(node, noun) || !strings.HasSuffix(node, "!") {
				t.Errorf("%sEdge.node is %s", noun, node)
			}
		}
		if slices.Contains(def.Interfaces, "Node") {
			want(def.Name, "id", "ID!")
		}
		for _, f := range desktest.Fields(def) {
			pages := strings.HasSuffix(f.Type.Name(), "Connection")
			first, after := f.Arguments.ForName("first"), f.Arguments.ForName("after")
			if pages && (first == nil || after == nil || first.Type.String() != "Int" || after.Type.String() != "String") {
				t.Errorf("%s.%s does not take first: Int and after: String", def.Name, f.Name)
			}
		}
	}
	if connections == 0 {
		t.Error("there are no connections")
	}
}

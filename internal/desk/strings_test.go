package desk_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/graph/transport"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// hostile are strings that have broken something somewhere.
var hostile = map[string]string{
	"empty":            "",
	"blank":            " \t\n",
	"NUL":              "\x00",
	"NUL inside":       "a\x00b",
	"controls":         "\x01\x1b[2J\x7f\u0085",
	"half a surrogate": `\ud800`, // as JSON has it
	"SQL":              "' OR '1'='1'; DROP TABLE users; --",
	"a format":         "%s%n%d{}${jndi:x}",
	"markup":           "<script>alert(1)</script>",
	"right to left":    "\u202e\u2066abc\u2069",
	"no character":     "\ufffe\uffff\U0010ffff",
	"combining":        "e" + strings.Repeat("\u0301", 300),
	"long":             strings.Repeat("x", 3000),
	"very long":        strings.Repeat("é", 60_000),
	"many digits":      "+" + strings.Repeat("1", 5000),
	"a path":           "../../etc/passwd",
}

// place is one string that a client can send.
type place struct {
	field *ast.FieldDefinition
	// name is the argument's, and after a dot the input field's.
	name string
}

// places finds every string that arguments and inputs of a root type take.
func places(s *ast.Schema, root *ast.Definition) []place {
	var found []place
	for _, f := range desktest.Fields(root) {
		for _, arg := range f.Arguments {
			if isString(s, arg.Type) {
				found = append(found, place{f, arg.Name})
			}
			for _, in := range s.Types[arg.Type.Name()].Fields {
				if isString(s, in.Type) {
					found = append(found, place{f, arg.Name + "." + in.Name})
				}
			}
		}
	}
	return found
}

func isString(s *ast.Schema, of *ast.Type) bool {
	name := of.Name()
	return s.Types[name].Kind == ast.Scalar && name != "Int" && name != "Boolean" && name != "Float"
}

// document returns a document that calls a field, with a variable for each
// argument, and selects nothing of what it returns.
func document(root *ast.Definition, f *ast.FieldDefinition) string {
	var declared, passed []string
	for _, arg := range f.Arguments {
		declared = append(declared, fmt.Sprintf("$%s: %s", arg.Name, arg.Type))
		passed = append(passed, fmt.Sprintf("%s: $%s", arg.Name, arg.Name))
	}
	return fmt.Sprintf("%s(%s) { %s(%s) { __typename } }", strings.ToLower(root.Name), strings.Join(declared, ", "), f.Name, strings.Join(passed, ", "))
}

// sound returns arguments that are all in order.
func sound(d *desktest.Desk, s *ast.Schema, args ast.ArgumentDefinitionList) V {
	v := V{}
	for _, arg := range args {
		v[arg.Name] = soundValue(d, s, arg.Name, arg.Type)
	}
	return v
}

func soundValue(d *desktest.Desk, s *ast.Schema, name string, of *ast.Type) any {
	known := map[string]any{
		"userId": d.Harbor.Customer.ID, "deviceId": d.Harbor.Customer.Phone.ID, "id": d.Harbor.Customer.ID, "phoneNumber": "+12025550101",
		"reason": "Because", "institution": "harbor", "username": d.Harbor.Customer.Email, "password": desktest.Password,
	}
	def := s.Types[of.Name()]
	switch {
	case known[name] != nil:
		return known[name]
	case !of.NonNull && def.Kind != ast.InputObject:
		return nil
	case def.Kind == ast.Enum:
		return def.EnumValues[0].Name
	case def.Kind == ast.InputObject:
		in := V{}
		for _, f := range def.Fields {
			in[f.Name] = soundValue(d, s, f.Name, f.Type)
		}
		return in
	}
	return "made up"
}

// Whatever stands in any string of any argument, the answer is a typed one.
// Strings that are added to the schema are found by themselves.
func TestBadInput_HostileStringsInEveryArgument(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		s, admin := desktest.Schema(), d.As(d.Harbor.Admin)
		tried := 0
		for _, root := range []*ast.Definition{s.Query, s.Mutation} {
			for _, at := range places(s, root) {
				for _, name := range slices.Sorted(maps.Keys(hostile)) {
					tried++
					variables := sound(d, s, at.field.Arguments)
					arg, inner, nested := strings.Cut(at.name, ".")
					if nested {
						variables[arg].(V)[inner] = hostile[name]
					} else {
						variables[arg] = hostile[name]
					}
					body, err := json.Marshal(map[string]any{"query": document(root, at.field), "variables": variables})
					if err != nil {
						t.Fatal(err)
					}
					sent := string(body)
					if name == "half a surrogate" {
						sent = strings.ReplaceAll(sent, `\\ud800`, `\ud800`)
					}
					if len(sent) > transport.MaxBodyBytes {
						t.Fatalf("%s in %s.%s is larger than a request", name, at.field.Name, at.name)
					}
					d.Clock.Advance(30 * time.Second) // so that few limits answer in their place
					w := admin.Post(sent)
					if w.Code != 200 || strings.Contains(w.Body.String(), "INTERNAL") || !strings.Contains(w.Body.String(), `"data"`) {
						t.Errorf("%s in %s.%s: %d %.500s", name, at.field.Name, at.name, w.Code, w.Body)
					}
				}
			}
		}
		for _, at := range places(s, s.Subscription) {
			for _, name := range slices.Sorted(maps.Keys(hostile)) {
				variables := sound(d, s, at.field.Arguments)
				variables[at.name] = hostile[name]
				stream := admin.Subscribe(document(s.Subscription, at.field), variables)
				if got := stream.Code(); got == "" && stream.Open() || got == "INTERNAL" {
					t.Errorf("%s in %s.%s is answered %q", name, at.field.Name, at.name, got)
				}
			}
		}
		if tried < 20*len(hostile) {
			t.Errorf("only %d strings were tried", tried)
		}
	})
}

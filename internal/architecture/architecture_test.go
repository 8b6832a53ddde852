// Package architecture holds the one way in which imports run:
//
//	cmd > server > graph > domains > auth > basics
//
// Adapters (store, twilio, mail, webhook) implement what domains declare and know nothing of each other, of graph or of
// server. Each library has its place, too.
package architecture

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/factordesk/factordesk/"

// layer is a group of packages and the layers that they may import. Where no package but the entry itself is meant,
// "..." is missing.
type layer struct {
	name     string
	packages []string
	imports  []string
	why      string
}

// The first layer that has a package is its own.
var layers = []layer{
	{"commands", []string{"cmd/..."},
		[]string{"commands", "wiring", "demo", "server", "graph", "adapters", "sandbox", "domains", "auth", "basics", "config", "assets"},
		"commands read settings and start what others wired"},
	{"tests", []string{"internal/pgtest/...", "internal/desktest/...", "internal/store/storetest", "internal/plain/plaintest", "internal/plain/rich/..."},
		[]string{"tests", "wiring", "plain", "demo", "server", "graph", "adapters", "sandbox", "domains", "auth", "basics", "config", "assets"},
		"help for tests may use everything but commands, and nothing else uses it"},
	{"bench", []string{"internal/bench"},
		[]string{"bench", "wiring", "server", "graph", "adapters", "domains", "auth", "basics"},
		"the bench wires the product as a command does, and nothing uses it"},
	{"wiring", []string{"internal/desk"},
		[]string{"graph", "adapters", "domains", "auth", "basics"},
		"the wiring knows services and adapters, and no HTTP, setting or sandbox"},
	{"demo", []string{"internal/demo"},
		[]string{"sandbox", "domains", "auth", "basics"},
		"the demo fills a desk through the services of its domains"},
	{"server", []string{"internal/server/..."},
		[]string{"server", "graph", "domains", "auth", "basics"},
		"the server puts HTTP around graph and knows no adapter"},
	{"plain", []string{"internal/plain/..."},
		[]string{"plain"},
		"what makes gqlgen's fields fast knows gqlgen and nothing of this product"},
	{"graph", []string{"graph/..."},
		[]string{"graph", "plain", "domains", "auth", "basics"},
		"resolvers call services and know no adapter"},
	{"adapters", []string{"internal/store", "internal/twilio", "internal/mail", "internal/webhook"},
		[]string{"domains", "auth", "basics", "assets"},
		"an adapter implements what domains declare and knows no other adapter"},
	{"sandbox", []string{"internal/twiliosandbox/..."},
		[]string{"sandbox", "basics"},
		"the sandbox is a Twilio, and Twilio knows nothing of this product"},
	{"config", []string{"internal/config"},
		[]string{"basics"},
		"settings are read before anything else is there"},
	{"assets", []string{"migrations", "web"},
		nil,
		"files that are built into the binary import nothing"},
	{"auth", []string{"internal/auth"},
		[]string{"basics"},
		"who is calling is known before any domain is asked"},
	{"basics", []string{"internal/fault", "internal/clock", "internal/id", "internal/cursor", "internal/phone", "internal/memory", "internal/reason", "internal/secret"},
		[]string{"basics"},
		"everything stands on the basics, so they stand on nothing"},
	// A new noun is a domain without being named here.
	{"domains", []string{"internal/..."},
		[]string{"domains", "auth", "basics"},
		"a domain declares the interfaces that it needs and knows no one who implements them"},
}

// libraries says which packages may import a library. A library that is not here may be imported anywhere.
var libraries = map[string][]string{
	"github.com/99designs/gqlgen":         {"graph/...", "internal/plain/..."},
	"github.com/alecthomas/kong":          {"cmd/..."},
	"github.com/jmoiron/sqlx":             {"internal/store"},
	"github.com/lib/pq":                   {"internal/store", "internal/pgtest/...", "internal/bench"},
	"github.com/nyaruka/phonenumbers":     {"internal/phone"},
	"github.com/pquerna/otp":              {"internal/authenticator"},
	"github.com/pressly/goose":            {"internal/store"},
	"github.com/prometheus/client_golang": {"internal/server/...", "cmd/..."},
	"github.com/tink-crypto/tink-go":      {"internal/secret"},
	"github.com/twilio/twilio-go":         {"internal/twilio"},
	"github.com/vektah/gqlparser":         {"graph/...", "internal/plain/..."},
	"github.com/wneessen/go-mail":         {"internal/mail"},
	"database/sql":                        {"internal/store", "internal/pgtest/...", "internal/bench"},
	"modernc.org/sqlite":                  {"internal/store", "internal/bench"},
	"testing":                             {"internal/pgtest/...", "internal/desktest/...", "internal/store/storetest", "internal/plain/plaintest"},
}

// goPackage is what go list says of a package, without its tests.
type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestImports(t *testing.T) {
	packages := list(t)
	if len(packages) < 20 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	for _, p := range packages {
		for _, problem := range problems(p) {
			t.Error(problem)
		}
	}
}

// TestProblems shows that TestImports can fail.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"internal/user", module + "internal/store", "internal/user (domains) imports internal/store (adapters): a domain declares the interfaces that it needs and knows no one who implements them"},
		{"internal/passkey", module + "graph", "internal/passkey (domains) imports graph (graph)"},
		{"internal/fault", module + "internal/user", "internal/fault (basics) imports internal/user (domains)"},
		{"internal/auth", module + "internal/user", "internal/auth (auth) imports internal/user (domains)"},
		{"internal/store", module + "internal/twilio", "internal/store (adapters) imports internal/twilio (adapters)"},
		{"internal/mail", module + "internal/server", "internal/mail (adapters) imports internal/server (server)"},
		{"internal/twiliosandbox", module + "internal/notification", "internal/twiliosandbox (sandbox) imports internal/notification (domains)"},
		{"graph", module + "internal/server", "graph (graph) imports internal/server (server)"},
		{"internal/server", module + "internal/store", "internal/server (server) imports internal/store (adapters)"},
		{"internal/desk", module + "cmd/factordesk", "internal/desk (wiring) imports cmd/factordesk (commands)"},
		{"internal/desk", module + "internal/desktest", "internal/desk (wiring) imports internal/desktest (tests)"},
		{"internal/user", "github.com/jmoiron/sqlx", "internal/user imports github.com/jmoiron/sqlx, which only internal/store may"},
		{"internal/twiliosandbox", "github.com/twilio/twilio-go/client", "internal/twiliosandbox imports github.com/twilio/twilio-go/client, which only internal/twilio may"},
		{"internal/storekeeper", module + "internal/store", "internal/storekeeper (domains) imports internal/store (adapters)"},
		{"internal/user", module + "internal/fault", ""},
		{"cmd/factordesk", module + "internal/server", ""},
		{"graph/generated", module + "graph/model", ""},
		{"internal/user", "strings", ""},
	} {
		got := strings.Join(problems(goPackage{module + c.from, []string{c.to}}), "\n")
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s imports %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// problems gives a sentence for each import that a package must not have.
func problems(p goPackage) []string {
	var found []string
	from := strings.TrimPrefix(p.ImportPath, module)
	for _, path := range p.Imports {
		if to, ours := strings.CutPrefix(path, module); ours {
			if mine, other := layerOf(from), layerOf(to); !slices.Contains(mine.imports, other.name) {
				found = append(found, fmt.Sprintf("%s (%s) imports %s (%s): %s", from, mine.name, to, other.name, mine.why))
			}
			continue
		}
		for library, users := range libraries {
			if isIn(path, library+"/...") && !slices.ContainsFunc(users, func(user string) bool { return isIn(from, user) }) {
				found = append(found, fmt.Sprintf("%s imports %s, which only %s may", from, path, strings.Join(users, ", ")))
			}
		}
	}
	return found
}

func layerOf(path string) layer {
	for _, l := range layers {
		if slices.ContainsFunc(l.packages, func(pattern string) bool { return isIn(path, pattern) }) {
			return l
		}
	}
	return layer{name: "nowhere", why: "it has no layer: give it one in internal/architecture"}
}

// isIn tells whether a path matches a pattern, which may end in "/..." as the go command has it.
func isIn(path, pattern string) bool {
	tree, all := strings.CutSuffix(pattern, "/...")
	return path == tree || all && strings.HasPrefix(path, tree+"/")
}

// list asks the go command for the packages of the module.
func list(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		if exit := new(exec.ExitError); errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var packages []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

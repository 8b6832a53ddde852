// Package architecture holds the one way in which imports run:
//
//	cmd > server > graph > nouns > auth > platform
//
// Adapters implement what nouns declare and know nothing of each other, of graph
// or of server. A package's floor is told by where it lies, so a new noun, adapter
// or basic is held without being named here. Each library has its place, too.
package architecture

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
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
		[]string{"commands", "wiring", "demo", "server", "graph", "transport", "adapters", "sandbox", "nouns", "auth", "platform", "config", "assets"},
		"commands read settings and start what others wired"},
	{"dev", []string{"internal/dev/...", "internal/adapter/store/storetest", "internal/platform/gqlfast/contest", "internal/platform/gqlfast/testschema/..."},
		[]string{"dev", "wiring", "gqlfast", "demo", "server", "graph", "transport", "adapters", "sandbox", "nouns", "auth", "platform", "config", "assets"},
		"what tests and measures may use everything but commands, and nothing else uses it"},
	{"wiring", []string{"internal/desk"},
		[]string{"graph", "adapters", "nouns", "auth", "platform"},
		"the wiring knows services and adapters, and no HTTP, setting or sandbox"},
	{"demo", []string{"internal/demo"},
		[]string{"sandbox", "nouns", "auth", "platform"},
		"the demo fills a desk through the services of its nouns"},
	{"server", []string{"internal/server/..."},
		[]string{"server", "graph", "nouns", "auth", "platform"},
		"the server puts HTTP around graph and knows no adapter"},
	{"gqlfast", []string{"internal/platform/gqlfast/..."},
		[]string{"gqlfast"},
		"what makes gqlgen's fields fast knows gqlgen and nothing of this product"},
	{"transport", []string{"graph/transport"},
		[]string{"platform"},
		"GraphQL over HTTP is the same for every schema, and knows no noun"},
	{"graph", []string{"graph/..."},
		[]string{"graph", "transport", "gqlfast", "nouns", "auth", "platform"},
		"resolvers call services and know no adapter"},
	{"sqldb", []string{"internal/adapter/store/sqldb"},
		[]string{"platform", "assets"},
		"what runs SQL knows nothing of what is stored"},
	{"adapters", []string{"internal/adapter/..."},
		[]string{"adapters", "sqldb", "nouns", "auth", "platform"},
		"an adapter implements what nouns declare"},
	{"sandbox", []string{"internal/twiliosandbox/..."},
		[]string{"sandbox", "platform"},
		"the sandbox is a Twilio, and Twilio knows nothing of this product"},
	{"config", []string{"internal/config"},
		[]string{"platform"},
		"settings are read before anything else is there"},
	{"assets", []string{"migrations", "web"},
		nil,
		"files that are built into the binary import nothing"},
	{"auth", []string{"internal/auth"},
		[]string{"platform"},
		"who is calling is known before any noun is asked"},
	{"platform", []string{"internal/platform/..."},
		[]string{"platform"},
		"everything stands on the platform, so it stands on nothing"},
	{"nouns", []string{"internal/..."},
		[]string{"nouns", "auth", "platform"},
		"a noun declares the interfaces that it needs and knows no one who implements them"},
}

// libraries says which packages may import a library. A library that is not here may be imported anywhere.
var libraries = map[string][]string{
	"github.com/99designs/gqlgen":         {"graph/...", "internal/platform/gqlfast/..."},
	"github.com/alecthomas/kong":          {"cmd/..."},
	"github.com/jmoiron/sqlx":             {"internal/adapter/store/sqldb"},
	"github.com/lib/pq":                   {"internal/adapter/store/sqldb", "internal/dev/..."},
	"github.com/nyaruka/phonenumbers":     {"internal/platform/phone"},
	"github.com/pquerna/otp":              {"internal/authenticator"},
	"github.com/pressly/goose":            {"internal/adapter/store/sqldb"},
	"github.com/prometheus/client_golang": {"internal/server/...", "cmd/..."},
	"github.com/tink-crypto/tink-go":      {"internal/platform/secret"},
	"github.com/twilio/twilio-go":         {"internal/adapter/twilio"},
	"github.com/vektah/gqlparser":         {"graph/...", "internal/platform/gqlfast/...", "internal/dev/..."},
	"github.com/wneessen/go-mail":         {"internal/adapter/mail"},
	"database/sql":                        {"internal/adapter/store", "internal/adapter/store/sqldb", "internal/dev/..."},
	"modernc.org/sqlite":                  {"internal/adapter/store/sqldb", "internal/dev/bench"},
	"testing":                             {"internal/dev/...", "internal/adapter/store/storetest", "internal/platform/gqlfast/contest"},
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
		{"internal/user", module + "internal/adapter/store", "internal/user (nouns) imports internal/adapter/store (adapters): a noun declares the interfaces that it needs and knows no one who implements them"},
		{"internal/passkey", module + "graph", "internal/passkey (nouns) imports graph (graph)"},
		{"internal/platform/fault", module + "internal/user", "internal/platform/fault (platform) imports internal/user (nouns)"},
		{"internal/platform/paper", module + "internal/auth", "internal/platform/paper (platform) imports internal/auth (auth)"},
		{"internal/auth", module + "internal/user", "internal/auth (auth) imports internal/user (nouns)"},
		{"internal/adapter/store", module + "internal/adapter/twilio", "internal/adapter/store imports internal/adapter/twilio: an adapter knows no other adapter"},
		{"internal/adapter/twilio/callback", module + "internal/adapter/mail", "internal/adapter/twilio/callback imports internal/adapter/mail: an adapter knows no other adapter"},
		{"internal/adapter/twilio", module + "internal/adapter/store/sqldb", "internal/adapter/twilio imports internal/adapter/store/sqldb: an adapter knows no other adapter"},
		{"internal/adapter/store/sqldb", module + "internal/user", "internal/adapter/store/sqldb (sqldb) imports internal/user (nouns): what runs SQL knows nothing of what is stored"},
		{"internal/adapter/store/sqldb", module + "internal/adapter/store", "internal/adapter/store/sqldb (sqldb) imports internal/adapter/store (adapters)"},
		{"internal/desk", module + "internal/adapter/store/sqldb", "internal/desk (wiring) imports internal/adapter/store/sqldb (sqldb)"},
		{"internal/adapter/pigeon", module + "internal/server", "internal/adapter/pigeon (adapters) imports internal/server (server)"},
		{"internal/twiliosandbox", module + "internal/notification", "internal/twiliosandbox (sandbox) imports internal/notification (nouns)"},
		{"graph/transport", module + "graph/model", "graph/transport (transport) imports graph/model (graph)"},
		{"graph", module + "internal/server", "graph (graph) imports internal/server (server)"},
		{"internal/server", module + "internal/adapter/store", "internal/server (server) imports internal/adapter/store (adapters)"},
		{"internal/desk", module + "cmd/factordesk", "internal/desk (wiring) imports cmd/factordesk (commands)"},
		{"internal/desk", module + "internal/dev/desktest", "internal/desk (wiring) imports internal/dev/desktest (dev)"},
		{"internal/user", "github.com/jmoiron/sqlx", "internal/user imports github.com/jmoiron/sqlx, which only internal/adapter/store/sqldb may"},
		{"internal/twiliosandbox", "github.com/twilio/twilio-go/client", "internal/twiliosandbox imports github.com/twilio/twilio-go/client, which only internal/adapter/twilio may"},
		{"internal/storekeeper", module + "internal/adapter/store", "internal/storekeeper (nouns) imports internal/adapter/store (adapters)"},
		{"internal/user", module + "internal/platform/fault", ""},
		{"internal/adapter/twilio/callback", module + "internal/adapter/twilio", ""},
		{"internal/adapter/store", module + "internal/adapter/store/sqldb", ""},
		{"internal/adapter/store/sqldb", module + "migrations", ""},
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

// problems returns a sentence for each import that a package must not have.
func problems(p goPackage) []string {
	var found []string
	from := strings.TrimPrefix(p.ImportPath, module)
	for _, path := range p.Imports {
		if to, ours := strings.CutPrefix(path, module); ours {
			mine, other := layerOf(from), layerOf(to)
			switch {
			case !slices.Contains(mine.imports, other.name):
				found = append(found, fmt.Sprintf("%s (%s) imports %s (%s): %s", from, mine.name, to, other.name, mine.why))
			case isAdapter(from) && isAdapter(to) && adapterOf(from) != adapterOf(to):
				found = append(found, fmt.Sprintf("%s imports %s: an adapter knows no other adapter", from, to))
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
	return layer{name: "nowhere", why: "it has no layer: give it one in internal/dev/architecture"}
}

func isAdapter(path string) bool { return isIn(path, "internal/adapter/...") }

// adapterOf returns the name of the adapter that a package below internal/adapter belongs to.
func adapterOf(path string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(path, "internal/adapter/"), "/")
	return name
}

// isIn reports whether a path matches a pattern, which may end in "/..." as the go command has it.
func isIn(path, pattern string) bool {
	tree, all := strings.CutSuffix(pattern, "/...")
	return path == tree || all && strings.HasPrefix(path, tree+"/")
}

// list asks the go command for the packages of the module.
func list(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../../.."
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

// TestNouns fails on a package that lies directly below internal/ and is neither one of the eight others nor a noun, which
// has its types, its rules and what it needs of the database where every noun has them.
func TestNouns(t *testing.T) {
	others := []string{"adapter", "config", "demo", "desk", "dev", "platform", "server", "twiliosandbox"}
	for _, p := range list(t) {
		name, ok := strings.CutPrefix(p.ImportPath, module+"internal/")
		if !ok || strings.Contains(name, "/") || slices.Contains(others, name) {
			continue
		}
		for _, file := range []string{name + ".go", "service.go", "store.go"} {
			if _, err := os.Stat("../../" + name + "/" + file); err != nil {
				t.Errorf("internal/%s has no %s, as every noun has", name, file)
			}
		}
	}
}

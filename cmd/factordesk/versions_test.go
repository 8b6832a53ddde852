//go:build versions

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// previous is the tree of the version before this one, with its program built.
func previous() string { return os.Getenv("PREVIOUS") }

// TestVersions_OnOneDatabase has the version before this one serve while this one migrates
// the database beneath it and serves beside it, as in a deploy without a pause.
func TestVersions_OnOneDatabase(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			settings := []string{"DATABASE_URL=" + url}
			before := launchOf(t, filepath.Join(previous(), "factordesk"), settings, "--demo")
			before.await()
			agent, _ := before.signIn("harbor", "agent@harbor.example", "+12025550182")

			t.Setenv("DATABASE_URL", url)
			t.Setenv("FACTORDESK_ENVIRONMENT", "development")
			succeeds(t, "", "migrate", "up")

			t.Run("the one before signs in, reads and writes", func(t *testing.T) { works(t, agent, "customer01@customer.example") })
			after := serve(t, settings, "--demo")
			t.Run("this one takes its session", func(t *testing.T) { works(t, agent.at(after), "customer02@customer.example") })
			t.Run("a code of the one before is entered at this one, and the other way round", func(t *testing.T) {
				for _, way := range []struct {
					from, to      *process
					email, number string
				}{{before, after, "voip@customer.example", "+12025550103"}, {after, before, "mobile@customer.example", "+12025550101"}} {
					asked := way.from.browser()
					challenge := asked.password("harbor", way.email, password)
					heard := way.from.listen(way.number)
					asked.code(challenge)
					asked.at(way.to).enter(challenge, heard())
				}
			})
			t.Run("what this one writes the one before reads", func(t *testing.T) {
				admin, _ := after.signIn("harbor", "admin@harbor.example", "+12025550181")
				works(t, admin, "customer03@customer.example")
				works(t, admin.at(before), "customer03@customer.example")
			})
		})
	}
}

// at returns the same browser at another process.
func (c *client) at(p *process) *client {
	moved := *c
	moved.process, moved.api = p, p.API
	return &moved
}

// works has staff find a user, read all that their page shows, change a device and have
// it changed back.
func works(t *testing.T, staff *client, email string) {
	t.Helper()
	var found struct {
		Users struct {
			Nodes []struct {
				ID      string
				Devices []struct{ ID string }
			}
		}
	}
	staff.ask(&found, `query($search: String!) { users(search: $search) { nodes { id status devices { id addedAt ... on PhoneDevice { numberType } } backupCodes { total remaining } } } }`, vars{"search": email})
	if len(found.Users.Nodes) != 1 || len(found.Users.Nodes[0].Devices) == 0 {
		t.Fatalf("found %+v", found)
	}
	u := found.Users.Nodes[0]
	staff.ask(&struct{}{}, `query($id: ID!) { user(id: $id) { notificationHistory { messages { nodes { id status } } } } }`, vars{"id": u.ID})
	staff.ask(&struct{}{}, `mutation($id: ID!) { updateDeviceNumberType(input: {deviceId: $id, numberType: LANDLINE, reason: "versions"}) { device { id } } }`, vars{"id": u.Devices[0].ID})
	staff.ask(&struct{}{}, `mutation($id: ID!) { clearDeviceNumberType(input: {deviceId: $id, reason: "versions"}) { device { id } } }`, vars{"id": u.Devices[0].ID})
}

// TestVersions_Requests holds every document of the clients of the version before this
// one against the schema of this one: pages that were opened before a deploy go on.
func TestVersions_Requests(t *testing.T) {
	text, err := os.ReadFile("../../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	served, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	manifests, err := filepath.Glob(filepath.Join(previous(), "web/*/src/gql/persisted-documents.json"))
	if err != nil || len(manifests) == 0 {
		t.Fatalf("no manifests: %v", err)
	}
	for _, file := range manifests {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var documents map[string]string
		if err := json.Unmarshal(data, &documents); err != nil || len(documents) == 0 {
			t.Fatalf("%s: %v", file, err)
		}
		for _, document := range documents {
			if _, errs := gqlparser.LoadQueryWithRules(served, document, nil); len(errs) > 0 {
				t.Errorf("%s is no longer taken: %v", nameOf(document), errs)
			}
		}
	}
}

func nameOf(document string) string {
	name, _, _ := strings.Cut(document, "(")
	return name
}

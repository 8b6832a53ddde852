package desk_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// The files are what getIntrospectionQuery of graphql-js writes, one for each text that
// it ever was since 14, by default and with every option.
func TestIntrospection_ByEveryGraphQLJS(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/introspection/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	development, production := desktest.New(t), desktest.New(t, desktest.Production)
	said := ""
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			document, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			line, _, _ := strings.Cut(string(document), "\n")
			said += line + "\n"

			a := development.Browser("").Do(string(document))

			if len(a.Errors) > 0 || len(a.List("__schema.types")) < 100 {
				t.Errorf("%.300s", a.Body)
			}
			refused(t, production, file, production.Browser("").Do(string(document)).Body)
		})
	}
	if pinned := pinnedGraphQLJS(t); !strings.Contains(said, pinned) {
		t.Errorf("the explorer has graphql-js %s: compare what getIntrospectionQuery of it writes with testdata/introspection, and name the version there:\n%s", pinned, said)
	}
}

func pinnedGraphQLJS(t *testing.T) string {
	t.Helper()
	manifest, err := os.ReadFile("../../web/graphiql/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Dependencies map[string]string }
	if err := json.Unmarshal(manifest, &got); err != nil || got.Dependencies["graphql"] == "" {
		t.Fatal("no graphql-js is pinned", err)
	}
	return got.Dependencies["graphql"]
}

// What is exempt from the depth is introspection, and nothing that calls itself so.
func TestIntrospection_ExemptsNothingElse(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	deep := strings.Repeat("devices { ... on PhoneDevice { numberTypeOverride { by { ", 5) + "id" + strings.Repeat("}", 20)
	for name, document := range map[string]string{
		"a fragment on a type of introspection": `{ viewer { user { ...F } } } fragment F on __Type { ` + deep + ` }`,
		"a fragment below introspection":        `{ __schema { types { ...F } } viewer { user { ...F } } } fragment F on __Type { ` + deep + ` }`,
	} {
		a := d.As(d.Harbor.Admin).Do(document)
		refused(t, d, name, a.Body)
		if !strings.Contains(a.Body, "deeper than 12 levels") {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
}

// Directives that bind fields to Go code are no business of clients.
func TestIntrospection_HidesHowTheSchemaIsBuilt(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	a := d.Browser("").Do(`{ __schema { directives { name } } }`).OK()
	names := map[string]bool{}
	for _, directive := range a.At("__schema.directives").([]any) {
		names[directive.(map[string]any)["name"].(string)] = true
	}
	want := []string{"authenticated", "deprecated", "hasPermission", "inSession", "include", "oneOf", "ownerOr", "skip", "specifiedBy"}
	if got := slices.Sorted(maps.Keys(names)); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

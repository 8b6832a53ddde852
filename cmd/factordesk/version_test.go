package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) {
	out := succeeds(t, "", "version")

	if !regexp.MustCompile(`^version \S+\ncommit  \S+\ndate    \S+\ngo      ` + regexp.QuoteMeta(runtime.Version()) + `\n$`).MatchString(out) {
		t.Errorf("printed %q", out)
	}
}

func TestBuiltFrom(t *testing.T) {
	checkout := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.time", Value: "2026-11-30T04:05:06Z"}, {Key: "vcs.modified", Value: "false"},
	}
	changed := append(checkout[:2:2], debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	of := func(version string, settings []debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: version}, Settings: settings}
	}
	for name, c := range map[string]struct {
		info   *debug.BuildInfo
		linked [3]string
		want   build
	}{
		"a release":              {of("v1.2.3", nil), [3]string{}, build{"v1.2.3", "unknown", "unknown", "go1.26.8"}},
		"a checkout":             {of("(devel)", checkout), [3]string{}, build{"devel", "abc", "2026-11-30T04:05:06Z", "go1.26.8"}},
		"a changed checkout":     {of("(devel)", changed), [3]string{}, build{"devel", "abc-dirty", "2026-11-30T04:05:06Z", "go1.26.8"}},
		"by make":                {of("(devel)", nil), [3]string{"v2.0.0", "def", "2027-01-02T03:04:05Z"}, build{"v2.0.0", "def", "2027-01-02T03:04:05Z", "go1.26.8"}},
		"by make, without a tag": {of("(devel)", nil), [3]string{"", "def", "2027-01-02T03:04:05Z"}, build{"devel", "def", "2027-01-02T03:04:05Z", "go1.26.8"}},
		"nothing is known":       {nil, [3]string{}, build{"devel", "unknown", "unknown", "unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			linkedVersion, linkedCommit, linkedDate = c.linked[0], c.linked[1], c.linked[2]
			defer func() { linkedVersion, linkedCommit, linkedDate = "", "", "" }()

			if got := builtFrom(c.info, c.info != nil); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestLinked fails where the Makefile names a variable that is not there: the linker
// would say nothing.
func TestLinked(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	source, err := parser.ParseFile(token.NewFileSet(), "version.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	variables := map[string]bool{}
	for _, d := range source.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, name := range g.Specs[0].(*ast.ValueSpec).Names {
				variables[name.Name] = true
			}
		}
	}

	linked := regexp.MustCompile(`-X main\.(\w+)=`).FindAllStringSubmatch(string(makefile), -1)
	if len(linked) != 3 || len(variables) != 3 {
		t.Errorf("the Makefile links %v, version.go has %v", linked, variables)
	}
	for _, l := range linked {
		if !variables[l[1]] {
			t.Errorf("version.go has no variable %s", l[1])
		}
	}
}

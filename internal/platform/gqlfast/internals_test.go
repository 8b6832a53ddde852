package gqlfast

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The README lists what of gqlgen this package stands on, and how each part read
// when somebody last read it. An upgrade that changes a part fails here until
// somebody has read it again.
func TestREADME_ListsTheInternalsAsTheyAre(t *testing.T) {
	t.Parallel()
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/99designs/gqlgen").Output()
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.*?) \\| `([0-9a-f]{8})` \\|").FindAllSubmatch(readme, -1)
	if len(listed) < 10 {
		t.Fatalf("README.md lists only %d parts of gqlgen", len(listed))
	}
	for _, row := range listed {
		file, names, read := string(row[1]), regexp.MustCompile("`([^`]+)`").FindAllSubmatch(row[2], -1), string(row[3])
		text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), filepath.FromSlash(file)))
		if err != nil {
			t.Errorf("gqlgen has no %s any more, and README.md says what we take from it: %v", file, err)
			continue
		}
		parts := [][]byte{text}
		if len(names) > 0 {
			parts = nil
		}
		for _, name := range names {
			found := declared(t, text, string(name[1]))
			if found == nil {
				t.Errorf("gqlgen's %s declares no %s any more, and README.md says what we take from it", file, name[1])
			}
			parts = append(parts, found)
		}
		if is := fingerprint(parts); is != read {
			t.Errorf("gqlgen's %s: %s changed since it was read (%s, now %s): do what README.md says under \"Upgrading gqlgen\"", file, row[2], read, is)
		}
	}
}

func fingerprint(parts [][]byte) string {
	sum := sha256.Sum256(bytes.Join(parts, []byte("\n")))
	return hex.EncodeToString(sum[:4])
}

// declared returns the text of all declarations of a name, methods among them,
// without their comments.
func declared(t *testing.T, text []byte, name string) []byte {
	t.Helper()
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []byte
	for _, decl := range parsed.Decls {
		is := false
		switch d := decl.(type) {
		case *ast.FuncDecl:
			is = d.Name.Name == name
		case *ast.GenDecl:
			is = slices.ContainsFunc(d.Specs, func(s ast.Spec) bool {
				named, ok := s.(*ast.TypeSpec)
				return ok && named.Name.Name == name
			})
		}
		if is {
			found = append(found, text[fset.Position(decl.Pos()).Offset:fset.Position(decl.End()).Offset]...)
		}
	}
	return found
}

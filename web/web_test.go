package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// The page is served by a policy that allows nothing inline and nothing from elsewhere.
func TestGraphiQL(t *testing.T) {
	files, built := GraphiQL()
	if !built {
		t.Skip("not built: run `make web`")
	}
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if inline := regexp.MustCompile(`<script[^>]*>[^<]`).Find(page); inline != nil {
		t.Errorf("index.html has an inline script: %s", inline)
	}
	for _, link := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(string(page), -1) {
		name, own := strings.CutPrefix(link[1], "/graphiql/")
		if !own {
			t.Errorf("index.html points outside: %s", link[1])
			continue
		}
		if _, err := fs.Stat(files, name); err != nil {
			t.Errorf("index.html points at a missing file: %v", err)
		}
	}
	styles, err := fs.Glob(files, "assets/*.css")
	if err != nil || len(styles) == 0 {
		t.Fatalf("no style sheet was built: %v", err)
	}
	for _, name := range styles {
		style, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if away := regexp.MustCompile(`(?:url\(["']?|@import\s+["'])(?:data:|https?:|//)[^)"']{0,60}`).Find(style); away != nil {
			t.Errorf("%s needs what the policy refuses: %s", name, away)
		}
	}
}

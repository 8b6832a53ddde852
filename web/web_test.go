package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// The pages are served by policies that allow nothing inline and nothing from elsewhere.
func TestPages(t *testing.T) {
	for name, files := range built(t) {
		page := read(t, files, "index.html")
		if inline := regexp.MustCompile(`<script[^>]*>[^<]`).Find(page); inline != nil {
			t.Errorf("%s: index.html has an inline script: %s", name, inline)
		}
		links(t, name, files)
		styles, err := fs.Glob(files, "assets/*.css")
		if err != nil || len(styles) == 0 {
			t.Fatalf("%s: no style sheet was built: %v", name, err)
		}
		for _, sheet := range styles {
			if away := regexp.MustCompile(`(?:url\(["']?|@import\s+["'])(?:data:|https?:|//)[^)"']{0,60}`).Find(read(t, files, sheet)); away != nil {
				t.Errorf("%s: %s needs what the policy refuses: %s", name, sheet, away)
			}
		}
	}
}

func built(t *testing.T) map[string]fs.FS {
	t.Helper()
	pages := map[string]fs.FS{}
	for name, page := range map[string]func() (fs.FS, bool){"graphiql": GraphiQL, "admin": Admin, "banking": Banking} {
		files, ok := page()
		if !ok {
			t.Skipf("%s is not built: run `make web`", name)
		}
		pages[name] = files
	}
	return pages
}

// links returns the files that a page names, and fails for one that is not there.
func links(t *testing.T, name string, files fs.FS) []string {
	t.Helper()
	var found []string
	for _, link := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(string(read(t, files, "index.html")), -1) {
		file, own := strings.CutPrefix(link[1], "/"+name+"/")
		if !own {
			t.Errorf("%s: index.html points outside: %s", name, link[1])
			continue
		}
		read(t, files, file)
		found = append(found, file)
	}
	return found
}

func read(t *testing.T, files fs.FS, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

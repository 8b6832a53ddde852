package server_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/factordesk/factordesk/internal/server"
)

// dashboard stands for a built client: its script is long enough to be worth compressing.
var dashboard = fstest.MapFS{
	"index.html":         {Data: []byte(`<!doctype html><meta property="csp-nonce" nonce="CSP_NONCE"><script nonce="CSP_NONCE"></script>`)},
	"favicon.svg":        {Data: []byte("<svg/>")},
	"assets/app-1a2b.js": {Data: []byte(strings.Repeat("start();\n", 1000))},
}

func withDashboard(c *server.Config) { c.Admin = dashboard }

func TestClient_Page(t *testing.T) {
	s := newSurface(t, withDashboard)
	nonces := map[string]bool{}
	for _, target := range []string{"/admin/", "/admin/users", "/admin/users/usr_01/backup-codes", "/admin/index.html", "/admin/../admin/x"} {
		w := s.send("GET", target)
		if target == "/admin/../admin/x" { // the mux cleans the path
			if w.Code != 307 && w.Code != 301 {
				t.Errorf("%s: %d", target, w.Code)
			}
			continue
		}
		csp := w.Header().Get("Content-Security-Policy")
		nonce := regexp.MustCompile(`'nonce-([^']+)'`).FindStringSubmatch(csp)
		if w.Code != 200 || nonce == nil || strings.Count(w.Body.String(), `nonce="`+nonce[1]+`"`) != 2 || strings.Contains(w.Body.String(), "CSP_NONCE") {
			t.Fatalf("%s: %d %q %s", target, w.Code, csp, w.Body)
		}
		nonces[nonce[1]] = true
		if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %q, %q", target, csp, w.Header().Get("Cache-Control"))
		}
	}
	if len(nonces) != 4 {
		t.Errorf("4 answers had %d nonces", len(nonces))
	}
	if w := s.send("GET", "/admin"); w.Code != 301 || w.Header().Get("Location") != "/admin/" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := newSurface(t, nil).send("GET", "/admin/"); w.Code != 404 {
		t.Errorf("where it was not built: %d", w.Code)
	}
}

func TestClient_Files(t *testing.T) {
	s := newSurface(t, withDashboard)
	w := s.send("GET", "/admin/assets/app-1a2b.js", "Accept-Encoding", "gzip")
	if w.Code != 200 || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	zipped, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if script, err := io.ReadAll(zipped); err != nil || !bytes.Equal(script, dashboard["assets/app-1a2b.js"].Data) {
		t.Errorf("%v, %d bytes", err, len(script))
	}
	if w := s.send("GET", "/admin/favicon.svg"); w.Code != 200 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	// A page of an older release must not get HTML for a script.
	if w := s.send("GET", "/admin/assets/app-0000.js"); w.Code != 404 {
		t.Errorf("a file that is gone: %d", w.Code)
	}
}

func TestClient_OnlyAtItsHost(t *testing.T) {
	s := newSurface(t, func(c *server.Config) {
		c.Admin, c.Banking = dashboard, dashboard
		c.AdminHost, c.BankingHost = "desk.bank.example", "my.bank.example"
	})
	for target, wants := range map[string]map[string]int{
		"/admin/":   {"desk.bank.example": 200, "my.bank.example": 404, "2fa.bank.example": 421},
		"/banking/": {"desk.bank.example": 404, "my.bank.example": 200, "2fa.bank.example": 421},
	} {
		for host, want := range wants {
			if w := s.send("GET", target, "Host", host); w.Code != want {
				t.Errorf("%s at %s: %d, want %d", target, host, w.Code, want)
			}
		}
	}
}

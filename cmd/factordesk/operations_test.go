package main

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestServe_Operations gives the program a manifest for each of two clients.
// Production then runs nothing else; acceptance tests and development do.
func TestServe_Operations(t *testing.T) {
	t.Parallel()
	const admin, banking, other = "query Admin { viewer { permissions } }", "query Banking { viewer { user { id } } }", "{ __typename }"
	var files, hashes []string
	for i, document := range []string{admin, banking} {
		hash := fmt.Sprintf("%x", sha256.Sum256([]byte(document)))
		file := filepath.Join(t.TempDir(), fmt.Sprintf("client-%d.json", i))
		write(t, file, fmt.Sprintf("{%q: %q}", hash, document))
		files, hashes = append(files, file), append(hashes, hash)
	}
	for environment, open := range map[string]bool{"production": false, "uat": true, "development": true} {
		settings := production(t)
		settings["FACTORDESK_ENVIRONMENT"], settings["FACTORDESK_OPERATIONS"] = environment, strings.Join(files, ",")
		p := serve(t, environ(settings))
		visitor := p.browser()
		visitor.header.Set("Host", "desk.bank.example")
		for _, hash := range hashes {
			_, body := visitor.send("POST", p.API+"/graphql", []byte(`{"documentId": "sha256:`+hash+`"}`))
			var a answer
			if read(t, body, &a); string(a.Data) != `{"viewer":null}` || len(a.Errors) > 0 {
				t.Errorf("%s: a listed document is answered %s", environment, body)
			}
		}
		if _, a := visitor.post(other, nil); (len(a.Errors) == 0) != open || !open && a.Errors[0].Extensions.Code != "INVALID_INPUT" {
			t.Errorf("%s: another document is answered %s %+v", environment, a.Data, a.Errors)
		}
		p.stop()
	}
}

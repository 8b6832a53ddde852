// Package web carries the built pages inside the binary. The pages are built by `make web`, each into the dist folder
// of its own project; a folder that was not built holds only .keep, so that the binary compiles without Node.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:graphiql/dist all:admin/dist all:banking/dist
var dist embed.FS

// GraphiQL is the GraphQL explorer, made to be served under /graphiql/ by a policy as strict as
// "default-src 'self'; style-src 'self' 'unsafe-inline'". It is false when the page was not built.
func GraphiQL() (fs.FS, bool) { return page("graphiql/dist") }

// Admin is the admin dashboard, made to be served under /admin/. It is false when it was not built.
func Admin() (fs.FS, bool) { return page("admin/dist") }

// Banking is the digital banking client, made to be served under /banking/. It is false when it was not built.
func Banking() (fs.FS, bool) { return page("banking/dist") }

//go:embed shared/src/gql/persisted-documents.json admin/src/gql/persisted-documents.json banking/src/gql/persisted-documents.json
var manifests embed.FS

// Operations are the manifests of what the built-in clients send, by their paths.
func Operations() map[string][]byte {
	files, _ := fs.Glob(manifests, "*/src/gql/persisted-documents.json") // the pattern is good
	all := map[string][]byte{}
	for _, name := range files {
		all[name], _ = manifests.ReadFile(name) // embedded
	}
	return all
}

func page(dir string) (fs.FS, bool) {
	files, err := fs.Sub(dist, dir)
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(files, "index.html"); err != nil {
		return nil, false
	}
	return files, true
}

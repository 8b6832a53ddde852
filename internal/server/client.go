package server

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// noncePlaceholder is what a built page says where each answer has a nonce of its own.
const noncePlaceholder = "CSP_NONCE"

// client serves a built single-page client under prefix, which ends in a slash:
// its files as they are, its page for every other path. Files are compressed:
// they hold no secret that a length could tell.
func client(prefix string, files fs.FS) http.Handler {
	// Its zstd, at the level that it has, makes files that are a tenth larger.
	compress, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(gzip.BestCompression), gzhttp.EnableZstd(false))
	if err != nil {
		panic(err) // the level is a constant
	}
	assets := compress(http.FileServerFS(files))
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		panic("a client without index.html: " + err.Error()) // package web looked
	}
	return http.StripPrefix(prefix, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean(r.URL.Path)
		if info, err := fs.Stat(files, name); err == nil && !info.IsDir() && name != "index.html" {
			if strings.HasPrefix(name, "assets/") { // their names carry their hash
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			assets.ServeHTTP(w, r)
			return
		}
		if strings.HasPrefix(name, "assets/") { // a page of an older release asks for a file that is gone
			http.NotFound(w, r)
			return
		}
		nonce := rand.Text()
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"+nonce+"'; "+
			"img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store") // the nonce is this answer's alone
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), clipboard-read=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		_, _ = w.Write(bytes.ReplaceAll(index, []byte(noncePlaceholder), []byte(nonce)))
	}))
}

// only serves a client at its own host, where hosts are told apart.
func (c Config) only(host string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host != "" && r.Host != host {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

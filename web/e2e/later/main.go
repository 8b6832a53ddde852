//go:build ignore

// Later lets time pass for a Factordesk that a browser story runs: every second factor in its SQLite file becomes
// twenty minutes old, too old for an act that asks for a fresh one, and no limit remembers what was sent before.
// Stories run it by `go run`; it is part of no build.
package main

import (
	"database/sql"
	"log"
	"net/url"
	"os"
	"time"

	_ "modernc.org/sqlite"
)

func main() {
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: os.Args[1]}).EscapedPath(), RawQuery: "_pragma=busy_timeout(5000)&_time_format=sqlite"}
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec("UPDATE sessions SET factor_at = ? WHERE factor_at IS NOT NULL", time.Now().UTC().Add(-20*time.Minute)); err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec("DELETE FROM throttle_windows"); err != nil {
		log.Fatal(err)
	}
}

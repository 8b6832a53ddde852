// Package migrations holds the databases' schemas, one folder a dialect. The two
// say the same in each dialect's own types; everything that reads or writes is
// one SQL text for both, in package store.
//
// Migrations go up only: a migration that turns out wrong is mended by the next.
package migrations

import "embed"

// Postgres and SQLite hold the migrations of each dialect.
//
//go:embed postgres/*.sql
var Postgres embed.FS

// SQLite holds the migrations of SQLite.
//
//go:embed sqlite/*.sql
var SQLite embed.FS

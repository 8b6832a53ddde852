// Package store keeps everything in SQLite or PostgreSQL, through sqlx, with one
// SQL text for both; only the migrations differ. One file a noun implements the
// small store interfaces that the domains declare.
//
// A transaction travels privately in the context: DB.InTx puts it there, and
// every method of DB takes it from there if there is one. So a domain groups
// what belongs together without knowing what a transaction is.
//
// Under database/sql each connection prepares a text once and keeps it; above it
// a gate as wide as the pool lets calls in first come, first served. So with
// PostgreSQL connections are direct, or through a pooler of sessions.
//
// Times are bound as Go times in UTC, to the microsecond; the databases' own
// clocks are never asked. What may happen once is one conditional statement
// whose row count is checked. Errors leave as fault codes: NOT_FOUND, CONFLICT.
package store

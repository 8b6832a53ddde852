// Package store keeps everything in SQLite or PostgreSQL, with one SQL text for
// both; only the migrations differ. One file a noun implements the small store
// interfaces that the domains declare. Connections, transactions, migrations and
// errors are those of package sqldb, which knows no noun.
//
// What may happen only once is one conditional statement whose row count is
// checked. Errors leave as fault codes: NOT_FOUND, CONFLICT.
package store

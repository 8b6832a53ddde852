// Package sqldb runs SQL on SQLite or PostgreSQL, through sqlx, and knows nothing
// of what is stored: the store above it has the texts, one for both databases.
//
//	DB ── gate ── database/sql's pool ── preparing ─┬─ watched ── lib/pq
//	                                                └─ modernc's SQLite
//
// The gate is as wide as the pool and lets calls in first come, first served. Each
// connection prepares a text once and keeps it, so with PostgreSQL connections are
// direct, or through a pooler of sessions.
//
// A transaction travels privately in the context: DB.InTx puts it there, and every
// statement takes it from there if there is one. So whoever groups what belongs
// together need not know what a transaction is.
//
// Times are bound in UTC, to the microsecond; the databases' own clocks are never
// asked. Errors leave as fault codes: NOT_FOUND, CONFLICT, UNAVAILABLE for a database
// in trouble that did nothing of what was asked, TIMEOUT where it has not answered and
// may have done it.
//
// No call outlasts its context by more than a second, however silent PostgreSQL is
// (dial.go, watched.go); its connection is closed then.
package sqldb

package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// crowd is how many users the plans are made for.
const crowd = 100_000

// fill stores n users in a bank, each with three terms of its own;
// every fifth has a phone with its two terms, a session, and a text to one of
// twenty numbers. One statement a table makes all rows, in SQL that says the same
// to both databases.
func (b bank) fill(t *testing.T, n int) {
	t.Helper()
	people := fmt.Sprintf(`
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d),
		people (i, id, kind, first_name, last_name, email, number) AS (
		  SELECT i, 'usr_' || (1000000 + i), CASE WHEN i %% 100 = 0 THEN 'STAFF' ELSE 'CUSTOMER' END,
		    'f' || (i %% 211), 'l' || (i * 37 %% 5003), 'person-' || i || '@customer.example',
		    '1' || (200 + i / 100 %% 790) || '5550' || (100 + i %% 100)
		  FROM n) `, n)
	values := strings.NewReplacer("{bank}", "'"+b.ID+"'", "{now}", "'"+now.Format("2006-01-02 15:04:05.999999-07:00")+"'")
	inserts := []string{`
		INSERT INTO users (id, institution_id, kind, status, email, password_hash, first_name, last_name, sort_key, admin_level, created_at, owned_email, email_proved_at)
		SELECT id, {bank}, kind, 'ACTIVE', email, '', first_name, last_name, last_name || ' ' || first_name, FALSE, {now}, email, {now} FROM people`, `
		INSERT INTO user_terms (user_id, source, term, institution_id, kind)
		SELECT id, 'profile', first_name || ' ' || last_name, {bank}, kind FROM people
		UNION ALL SELECT id, 'profile', last_name || ' ' || first_name, {bank}, kind FROM people
		UNION ALL SELECT id, 'profile', email, {bank}, kind FROM people
		UNION ALL SELECT id, 'dev_' || i, number, {bank}, kind FROM people WHERE i % 5 = 0
		UNION ALL SELECT id, 'dev_' || i, substr(number, 2), {bank}, kind FROM people WHERE i % 5 = 0
		ORDER BY 1`, `
		INSERT INTO devices (id, institution_id, user_id, kind, label, is_default, address, added_at)
		SELECT 'dev_' || i, {bank}, id, 'PHONE', '', TRUE, '+' || number, {now} FROM people WHERE i % 5 = 0`, `
		INSERT INTO sessions (id, token_hash, user_id, institution_id, kind, created_at, last_used_at, expires_at, address, user_agent)
		SELECT 'ses_' || i, 'hash ' || i, id, {bank}, kind, {now}, {now}, {now}, '', '' FROM people WHERE i % 5 = 0`, `
		INSERT INTO notifications (id, institution_id, user_id, channel, kind, account_sid, sid, recipient, sender, body,
		  provider_status, status_rank, error_code, date, updated_at)
		SELECT 'SM' || i, {bank}, id, 'SMS', 'ALERT', '', 'SM' || i, '+12025550' || (100 + i % 100), '', '', 'sent', 3, 0, {now}, {now} FROM people WHERE i % 10 < 2`,
	}
	// What makes it fast: SQLite keeps in memory what it has not written yet,
	// PostgreSQL looks no foreign keys up, and both build their indexes afterwards.
	hurry := `PRAGMA cache_size = -262144`
	if isPostgres(b.db) {
		hurry = `SET LOCAL statement_timeout = 0; SET LOCAL session_replication_role = replica`
	}
	check(t, b.db.InTx(t.Context(), func(ctx context.Context) error {
		indexes := b.db.indexes(t, ctx)
		statements := []string{hurry}
		for _, index := range indexes {
			statements = append(statements, `DROP INDEX `+index.Name)
		}
		for _, insert := range inserts {
			statements = append(statements, people+values.Replace(insert))
		}
		for _, index := range indexes {
			statements = append(statements, index.SQL)
		}
		for _, statement := range statements {
			if _, err := b.db.sql.Exec(ctx, "", statement); err != nil {
				return err
			}
		}
		return nil
	}))
}

type index struct{ Name, SQL string }

// indexes returns the indexes that the migrations made beside those of constraints.
func (db *DB) indexes(t *testing.T, ctx context.Context) (made []index) {
	t.Helper()
	query := `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`
	if isPostgres(db) {
		query = `
			SELECT indexname AS name, indexdef AS sql FROM pg_indexes
			WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)`
	}
	check(t, db.sql.List(ctx, &made, query))
	return made
}

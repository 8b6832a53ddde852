package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
)

// TestServe_Keeps sweeps what was over for longer than the settings say.
func TestServe_Keeps(t *testing.T) {
	t.Parallel()
	url := "sqlite://" + demoCopy(t)
	db := storetest.Open(t, url)
	for table, row := range map[string]string{
		"sessions (id, token_hash, user_id, institution_id, kind, created_at, last_used_at, expires_at, address, user_agent)": "'%[1]s', '%[1]s', id, '', 'STAFF', '%[2]s', '%[2]s', '%[2]s', '', ''",
		"browsers (token_hash, user_id, created_at)":                              "'%[1]s', id, '%[2]s'",
		"throttle_attempts (authenticator, browser, failures, tried_at)":          "'%[1]s', 'known', 3, '%[2]s'",
		"notification_refreshes (institution_id, recipient, refreshed_at, depth)": "'', '%[1]s', '%[2]s', 20",
	} {
		for name, ago := range map[string]time.Duration{"over": 49 * time.Hour, "kept": 47 * time.Hour} {
			values := fmt.Sprintf(row, name, time.Now().UTC().Add(-ago).Format("2006-01-02 15:04:05.000000+00:00"))
			if _, err := db.SQL().Exec("INSERT INTO " + table + " SELECT " + values + " FROM users ORDER BY id LIMIT 1"); err != nil {
				t.Fatal(table, err)
			}
		}
	}
	if _, err := db.SQL().Exec(`UPDATE jobs SET due_at = created_at WHERE kind LIKE 'SWEEP_%'`); err != nil { // an hour later
		t.Fatal(err)
	}
	left := func(name string) (n int) {
		t.Helper()
		if err := db.SQL().QueryRow(`SELECT (SELECT count(*) FROM sessions WHERE id = $1) + (SELECT count(*) FROM browsers WHERE token_hash = $1)
			+ (SELECT count(*) FROM throttle_attempts WHERE authenticator = $1) + (SELECT count(*) FROM notification_refreshes WHERE recipient = $1)`, name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}

	serve(t, []string{"DATABASE_URL=" + url, "FACTORDESK_KEEP_SESSIONS=2", "FACTORDESK_KEEP_BROWSERS=2", "FACTORDESK_KEEP_ATTEMPTS=2", "FACTORDESK_KEEP_READINGS=2"}, "--demo")

	eventually(t, "swept", func() bool { return left("over") == 0 })
	if n := left("kept"); n != 4 {
		t.Errorf("%d of 4 are left", n)
	}
}

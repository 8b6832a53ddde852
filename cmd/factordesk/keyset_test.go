package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const foreign = "this keyset does not belong to this database"

// TestServe_ForeignKeyset is about a keyset that is as good as any, and of another
// database: nothing that writes takes it, and nothing is written.
func TestServe_ForeignKeyset(t *testing.T) {
	for _, from := range []string{"with a canary", "from before there were canaries"} {
		t.Run(from, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, url string) {
				succeeds(t, "", bank...)
				mine := os.Getenv("FACTORDESK_KEYSET")
				other := filepath.Join(t.TempDir(), "other.json")
				succeeds(t, "", "keys", "create", "--keyset", other)
				if from != "with a canary" {
					execute(t, url, `DELETE FROM keyset_canary`)
				}
				before := dump(t, url)
				t.Setenv("FACTORDESK_KEYSET", other)
				for _, args := range [][]string{
					{"serve"}, {"institution", "create", "--slug", "other", "--name", "Other"}, {"keys", "reencrypt"}, {"keys", "list"}, {"keys", "retire", "mac/00000000"}, {"audit", "verify"},
					{"staff", "create", "--institution", "bank", "--email", "bo@bank.example", "--first-name", "Bo", "--last-name", "Agent", "--phone", "+12025550182"},
				} {
					if args[0] == "serve" {
						args = append(args, "--addr", "127.0.0.1:0", "--ops-addr", "127.0.0.1:0", "--sandbox-addr", "127.0.0.1:0")
					}
					if said := fails(t, exitFailed, args...); !strings.Contains(said, foreign) || !strings.Contains(said, "FACTORDESK_KEYSET") {
						t.Errorf("%s: %s", args, said)
					}
				}
				if after := dump(t, url); !maps.EqualFunc(before, after, slices.Equal) {
					t.Error("something was written")
				}
				t.Setenv("FACTORDESK_KEYSET", mine)
				succeeds(t, "", "keys", "reencrypt")
				if rows := dump(t, url); len(rows["keyset_canary"]) != 1 {
					t.Errorf("%d canaries", len(rows["keyset_canary"]))
				}
			})
		})
	}
}

// TestServe_UnusableKeyset is about files that are no keyset, or not whole.
func TestServe_UnusableKeyset(t *testing.T) {
	setenv(t, production(t))
	whole := contents(t, os.Getenv("FACTORDESK_KEYSET"))
	database := strings.TrimPrefix(os.Getenv("DATABASE_URL"), "sqlite://")
	for name, text := range map[string]string{"empty": "", "truncated": whole[:len(whole)/2], "without its end": whole[:len(whole)-1], "no keyset": hidden} {
		file := filepath.Join(t.TempDir(), "keyset.json")
		write(t, file, text)
		for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0", "--ops-addr", "127.0.0.1:0"}, {"audit", "verify"}, {"keys", "reencrypt"}} {
			if said := fails(t, exitSettings, append(args, "--keyset", file)...); !strings.Contains(said, "FACTORDESK_KEYSET") || strings.Contains(said, hidden) {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
	if _, err := os.Stat(database); !os.IsNotExist(err) {
		t.Errorf("%s: %v", database, err)
	}
}

// TestServe_ReadableFiles warns of what others can read, and makes nothing so.
func TestServe_ReadableFiles(t *testing.T) {
	t.Parallel()
	keyset, database := filepath.Join(t.TempDir(), "keyset.json"), sqlite(t)
	succeeds(t, "", "keys", "create", "--keyset", keyset)
	settings := []string{"FACTORDESK_ENVIRONMENT=development", "DATABASE_URL=" + database, "FACTORDESK_KEYSET=" + keyset}
	const warning = "everybody on this machine can read a file that holds secrets"
	p := serve(t, settings)
	for _, end := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(strings.TrimPrefix(database, "sqlite://") + end); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", end, info, err)
		}
	}
	p.stop()
	if strings.Contains(p.errs.String(), warning) {
		t.Error("it warns of files that nobody else can read")
	}
	if err := os.Chmod(keyset, 0o644); err != nil {
		t.Fatal(err)
	}
	p = serve(t, settings)
	p.stop()
	if said := p.errs.String(); strings.Count(said, warning) != 1 || !strings.Contains(said, keyset) {
		t.Error(said)
	}
}

// TestCommands_NotMigrated is about databases that are not there, empty, or of
// another version: no command but serve and migrate up makes or migrates one.
func TestCommands_NotMigrated(t *testing.T) {
	commands := [][]string{
		{"audit", "verify"}, bank, {"keys", "reencrypt"}, {"keys", "list"}, {"keys", "retire", "mac/00000000"},
		{"staff", "create", "--institution", "bank", "--email", "bo@bank.example", "--first-name", "Bo", "--last-name", "Agent", "--phone", "+12025550182"},
	}
	eachEmpty(t, func(t *testing.T, url string) {
		folder := filepath.Dir(strings.TrimPrefix(url, "sqlite://"))
		refuse := func(want string) {
			t.Helper()
			for _, args := range commands {
				if said := fails(t, exitFailed, args...); !strings.Contains(said, want) {
					t.Errorf("%s: %q, want %q", args, said, want)
				}
			}
		}
		refuse("factordesk migrate up")
		if strings.HasPrefix(url, "sqlite://") {
			fails(t, exitFailed, "migrate", "status")
			if found, err := os.ReadDir(folder); err != nil || len(found) > 0 {
				t.Errorf("made %v, %v", found, err)
			}
			write(t, strings.TrimPrefix(url, "sqlite://"), "") // a file, and no database yet
			refuse("factordesk migrate up")
			if found, err := os.ReadDir(folder); err != nil || len(found) != 1 || contents(t, strings.TrimPrefix(url, "sqlite://")) != "" {
				t.Errorf("made %v, %v", found, err)
			}
		} else if made := tableCount(t, url); made > 0 {
			t.Errorf("made %d tables", made)
		}

		succeeds(t, "", "migrate", "up")
		succeeds(t, "", bank...)
		execute(t, url, `DELETE FROM goose_db_version WHERE version_id = 5`)
		before := dump(t, url)
		refuse("older than this version (step 5 is missing): run: factordesk migrate up")
		execute(t, url, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`)
		refuse("newer version")
		for _, args := range [][]string{{"serve"}, {"migrate", "up"}} {
			if said := fails(t, exitFailed, args...); !strings.Contains(said, "a newer version migrated the database (step 99999): use that version") {
				t.Errorf("%s: %q", args, said)
			}
		}
		if said := succeeds(t, "", "migrate", "status"); !regexp.MustCompile(`(?m)^99999 +unknown to this version +applied `).MatchString(said) {
			t.Errorf("status says %s", said)
		}
		if after := dump(t, url); !maps.EqualFunc(before, after, func(a, b []string) bool { return len(a) == len(b) || len(a)+1 == len(b) }) {
			t.Error("something was written")
		}
	})
}

// TestAuditVerify_Nothing is about a record that there is nothing of.
func TestAuditVerify_Nothing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		before := dump(t, url)
		if said := fails(t, exitFailed, "audit", "verify"); !strings.Contains(said, "nothing to verify") {
			t.Error(said)
		}
		if after := dump(t, url); !maps.EqualFunc(before, after, slices.Equal) {
			t.Error("it wrote")
		}
	})
}

// TestKeysRetire goes through a rotation to its end: each old key goes once nothing
// stored needs it.
func TestKeysRetire(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		file := os.Getenv("FACTORDESK_KEYSET")
		names := func(state string) map[string]string {
			t.Helper()
			found := map[string]string{}
			for _, line := range regexp.MustCompile(`(?m)^(\w+)/(\w+) +`+state+` `).FindAllStringSubmatch(succeeds(t, "", "keys", "list"), -1) {
				found[line[1]] = line[1] + "/" + line[2]
			}
			return found
		}
		refused := func(key, want string) {
			t.Helper()
			before := contents(t, file)
			if said := fails(t, exitFailed, "keys", "retire", key); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
			if contents(t, file) != before {
				t.Error("the file was changed")
			}
		}
		first := names("in use")
		for _, part := range []string{"aead", "mac", "audit"} {
			refused(first[part], "is the key in use")
		}
		fails(t, exitSettings, "keys", "retire", "mac/00000000")
		succeeds(t, "", "keys", "add")
		succeeds(t, "", "keys", "promote")
		execute(t, url, `INSERT INTO one_time_codes (subject, device_id, mac, expires_at)
			SELECT 'subject', 'device', code_mac, '2099-01-01 00:00:00+00:00' FROM keyset_canary`)
		refused(first["aead"], "needed by 1 provider tokens, 1 canary; run factordesk keys reencrypt")
		refused(first["mac"], "needed by 1 live codes, 1 canary")
		succeeds(t, "", "keys", "reencrypt")
		refused(first["mac"], "needed by 1 live codes")
		execute(t, url, `UPDATE one_time_codes SET expires_at = '2020-01-01 00:00:00+00:00'`)

		for _, part := range []string{"aead", "mac"} {
			succeeds(t, "", "keys", "retire", first[part])
		}

		if left := names("old"); left["aead"] != "" || left["mac"] != "" {
			t.Errorf("left: %v", left)
		}
		readable(t, url, file)
		succeeds(t, "", "keys", "reencrypt")
	})
}

// tableCount returns how many there are in a PostgreSQL database.
func tableCount(t *testing.T, url string) (n int) {
	t.Helper()
	db := openSQL(t, url)
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestOperators_OnRecord is about what operators do by commands: it is in the record
// of the institution, by the name that the operating system has for them.
func TestOperators_OnRecord(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		succeeds(t, "", "staff", "create", "--institution", "bank", "--email", "bo@bank.example", "--first-name", "Bo", "--last-name", "Agent", "--phone", "+12025550182", "--permission", "VIEW_USERS")
		first := regexp.MustCompile(`mac/\w+`).FindString(succeeds(t, "", "keys", "list"))
		succeeds(t, "", "keys", "add")
		succeeds(t, "", "keys", "promote")
		succeeds(t, "", "keys", "reencrypt")
		succeeds(t, "", "keys", "retire", first)
		fails(t, exitFailed, bank...) // it is there already

		var done []string
		for _, row := range dump(t, url)["audit_entries"] {
			if !regexp.MustCompile(`(?m)^actor_id=operator:\S+$`).MatchString(row) || !strings.Contains(row, "actor_kind=OPERATOR\n") || !strings.Contains(row, "outcome=DONE\n") {
				t.Error(row)
			}
			done = append(done, regexp.MustCompile(`(?m)^action=(\w+)$`).FindStringSubmatch(row)[1])
		}
		slices.Sort(done)
		if want := []string{"CREATE_INSTITUTION", "CREATE_STAFF", "REENCRYPT_SECRETS", "RETIRE_KEY"}; !slices.Equal(done, want) {
			t.Errorf("the record has %q, want %q", done, want)
		}
		if said := succeeds(t, "", "audit", "verify"); !strings.Contains(said, "is whole: 4 entries") {
			t.Error(said)
		}
	})
}

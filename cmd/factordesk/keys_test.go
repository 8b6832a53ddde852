package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/provider"
)

// TestKeys rotates the keys as an operator would, and reads a stored token
// after each step.
func TestKeys(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		keyset := os.Getenv("FACTORDESK_KEYSET")
		succeeds(t, "", bank...)
		first := sealed(t, url)
		readable(t, url, keyset)

		old := contents(t, keyset)
		succeeds(t, "", "keys", "add")
		added := contents(t, keyset)
		if added == old {
			t.Error("nothing was added")
		}
		readable(t, url, keyset)
		if out := succeeds(t, "", "keys", "reencrypt"); !strings.Contains(out, "1 provider token") {
			t.Error(out)
		}
		// Processes that have the old file still read what is written now.
		before := filepath.Join(t.TempDir(), "before.json")
		write(t, before, old)
		readable(t, url, before)

		succeeds(t, "", "keys", "promote")
		readable(t, url, keyset)
		succeeds(t, "", "keys", "reencrypt")
		readable(t, url, keyset)
		if sealed(t, url) == first {
			t.Error("nothing was written anew")
		}
		if token, err := open(t, url, before); err == nil {
			t.Errorf("the old keys still open the token: %v", token)
		}
		if info, err := os.Stat(keyset); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(keyset), ".keyset-*")); err != nil || len(left) != 0 {
			t.Errorf("left over: %v, %v", left, err)
		}
	})
}

func TestKeys_Refusals(t *testing.T) {
	settings := production(t)
	keyset := settings["FACTORDESK_KEYSET"]
	t.Run("a keyset is never overwritten", func(t *testing.T) {
		before := contents(t, keyset)
		if said := fails(t, exitSettings, "keys", "create", "--keyset", keyset); !strings.Contains(said, keyset) {
			t.Error(said)
		}
		if contents(t, keyset) != before {
			t.Error("it was")
		}
	})
	t.Run("a file that is no keyset is left as it is, and not quoted", func(t *testing.T) {
		broken := filepath.Join(t.TempDir(), "broken.json")
		write(t, broken, hidden)
		for _, c := range []string{"add", "promote"} {
			if said := fails(t, exitSettings, "keys", c, "--keyset", broken); strings.Contains(said, hidden) {
				t.Error(said)
			}
		}
		if contents(t, broken) != hidden {
			t.Error("it was changed")
		}
	})
	t.Run("no file", func(t *testing.T) {
		nowhere := filepath.Join(t.TempDir(), "no", "such", "folder", "keyset.json")
		for _, c := range []string{"create", "add", "promote", "reencrypt"} {
			if said := fails(t, exitSettings, "keys", c, "--keyset", nowhere); !strings.Contains(said, nowhere) {
				t.Error(said)
			}
		}
		for _, c := range []string{"create", "add", "promote", "reencrypt"} {
			if said := fails(t, exitSettings, "keys", c); !strings.Contains(strings.ToLower(said), "keyset") {
				t.Error(said)
			}
		}
	})
	t.Run("another's keyset opens nothing and changes nothing", func(t *testing.T) {
		setenv(t, settings)
		setenv(t, twilioAccount())
		succeeds(t, "", "migrate", "up")
		succeeds(t, "", bank...)
		before := sealed(t, settings["DATABASE_URL"])
		other := filepath.Join(t.TempDir(), "other.json")
		succeeds(t, "", "keys", "create", "--keyset", other)
		fails(t, exitFailed, "keys", "reencrypt", "--keyset", other)
		if sealed(t, settings["DATABASE_URL"]) != before {
			t.Error("the token was changed")
		}
	})
}

func contents(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// sealed returns the one token of a database, as it is stored.
func sealed(t *testing.T, url string) string {
	t.Helper()
	rows := dump(t, url)["sms_providers"]
	if len(rows) != 1 {
		t.Fatalf("%d accounts", len(rows))
	}
	_, token, _ := strings.Cut(rows[0], "\ntoken=")
	return token
}

// open reads the one token of a database with the keys of a file.
func open(t *testing.T, url, keyset string) (provider.Account, error) {
	t.Helper()
	keys, err := config.Keys{KeysetFile: keyset}.Keyset()
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	accounts, err := (&provider.Service{Store: db, Keys: keys, Clock: clock.System{}}).List(t.Context())
	if err != nil {
		return provider.Account{}, err
	}
	return accounts[0], nil
}

func readable(t *testing.T, url, keyset string) {
	t.Helper()
	account, err := open(t, url, keyset)
	if err != nil || account.Token.Reveal() != "madeuptokenofatest" {
		t.Errorf("the token can't be read: %v", err)
	}
}

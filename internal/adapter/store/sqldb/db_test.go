package sqldb

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestOpen(t *testing.T) {
	t.Run("refuses what is no database URL", func(t *testing.T) {
		for _, url := range []string{"", "mysql://127.0.0.1/x", "var/factordesk.db", "sqlite:var/x.db", "sqlite://"} {
			if _, err := Open(t.Context(), url, ReadWrite); err == nil {
				t.Errorf("%q was opened", url)
			}
		}
	})

	t.Run("makes the folder of a SQLite file, whatever it is called", func(t *testing.T) {
		for _, name := range []string{"plain.db", "with space.db", "percent%20.db", "question?.db", "hash#.db", "ünïcode.db", "a&b=c.db"} {
			path := filepath.Join(t.TempDir(), "deep", "er", name)
			db := open(t, "sqlite://"+path)
			check(t, db.Migrate(t.Context()))

			found, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.db"))

			check(t, err)
			same(t, found, []string{path})
		}
	})

	t.Run("never shows the password of a PostgreSQL URL that it can't read or reach", func(t *testing.T) {
		for _, url := range []string{
			"postgres://desk:made-up-password@127.0.0.1:not-a-port/desk",
			"postgres://desk:made-up-password@127.0.0.1:1/desk?sslmode=disable",
			"postgres://desk:made-up-password@127.0.0.1:1/desk?sslmode=sideways",
			"postgres://desk:made-up-password%ZZ@127.0.0.1/desk",
		} {
			_, err := Open(t.Context(), url, ReadWrite)
			if err == nil {
				t.Errorf("%s was opened", url)
				continue
			}
			if strings.Contains(err.Error(), "made-up-password") {
				t.Errorf("the password is in: %v", err)
			}
		}
	})
}

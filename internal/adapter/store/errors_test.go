package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func testErrors(t *testing.T, db *DB) {
	b := newBank(t, db)

	t.Run("a row that is there already is CONFLICT", func(t *testing.T) {
		wantCode(t, db.CreateInstitution(t.Context(), b.Institution), fault.Conflict)
	})

	t.Run("a row of something that is not there is CONFLICT", func(t *testing.T) {
		orphan := user.User{ID: id.New(id.User), InstitutionID: id.New(id.Institution), Email: "nobody@customer.example", CreatedAt: now}

		wantCode(t, db.CreateUser(t.Context(), orphan, "hash"), fault.Conflict)
	})

	t.Run("a row that is not there is NOT_FOUND", func(t *testing.T) {
		_, err := db.FindUser(t.Context(), b.ID, id.New(id.User))

		wantCode(t, err, fault.NotFound)
	})

	t.Run("a CONFLICT in a transaction leaves nothing of it behind", func(t *testing.T) {
		u := b.user()

		err := db.InTx(t.Context(), func(ctx context.Context) error {
			check(t, db.SetUserStatus(ctx, b.ID, u.ID, user.Frozen))
			return db.CreateInstitution(ctx, b.Institution)
		})

		wantCode(t, err, fault.Conflict)
		found, err := db.FindUser(t.Context(), b.ID, u.ID)
		check(t, err)
		same(t, found, u)
	})

	t.Run("a caller who goes away gets TIMEOUT, and the connection is free again", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		var n int
		endless := `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n`

		began := time.Now()
		err := db.get(ctx, "", &n, endless)

		wantCode(t, err, fault.Timeout)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("it took %s to give up", took)
		}
		same(t, db.x.Stats().InUse, 0)
	})

	t.Run("an error that is nobody's fault keeps its code INTERNAL", func(t *testing.T) {
		_, err := db.exec(t.Context(), "thing", `UPDATE no_such_table SET x = 1`)

		wantCode(t, err, fault.Internal)
	})

	t.Run("statements are counted", func(t *testing.T) {
		before := db.Statements()

		_, _ = db.FindUser(t.Context(), b.ID, "usr_none")

		same(t, db.Statements()-before, int64(1))
	})
}

func TestOpen(t *testing.T) {
	t.Run("refuses what is no database URL", func(t *testing.T) {
		for _, url := range []string{"", "mysql://127.0.0.1/x", "var/factordesk.db", "sqlite:var/x.db", "sqlite://"} {
			if _, err := Open(t.Context(), url); err == nil {
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
			_, err := Open(t.Context(), url)
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

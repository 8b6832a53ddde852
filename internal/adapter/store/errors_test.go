package store

import (
	"context"
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
		err := db.sql.Get(ctx, "", &n, endless)

		wantCode(t, err, fault.Timeout)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("it took %s to give up", took)
		}
		same(t, db.SQL().Stats().InUse, 0)
	})

	t.Run("an error that is nobody's fault keeps its code INTERNAL", func(t *testing.T) {
		_, err := db.sql.Exec(t.Context(), "thing", `UPDATE no_such_table SET x = 1`)

		wantCode(t, err, fault.Internal)
	})

	t.Run("statements are counted", func(t *testing.T) {
		before := db.Statements()

		_, _ = db.FindUser(t.Context(), b.ID, "usr_none")

		same(t, db.Statements()-before, int64(1))
	})
}

package store

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/user"
)

// TestPlans holds the queries of busy pages to their indexes, among 100,000
// users.
func TestPlans(t *testing.T) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := newDatabase(t)
			db := open(t, url)
			check(t, db.Migrate(t.Context()))
			b := newBank(t, db)
			b.fill(t, crowd)
			newBank(t, db).user()
			w := watch(t, url)
			if !isPostgres(db) { // PostgreSQL looks at its tables by itself
				t.Run("before ANALYZE", func(t *testing.T) { testPlans(t, db, b, w) })
			}
			_, err := db.sql.Exec(t.Context(), "", `ANALYZE`)
			check(t, err)
			t.Run("after ANALYZE", func(t *testing.T) { testPlans(t, db, b, w) })
		})
	}
}

// A bank is not read as a whole either where that takes little.
func TestPlans_OfASmallBank(t *testing.T) {
	t.Parallel()
	url := databases["PostgreSQL"](t)
	db := open(t, url)
	check(t, db.Migrate(t.Context()))
	b := newBank(t, db)
	b.fill(t, 30_000)
	_, err := db.sql.Exec(t.Context(), "", `ANALYZE`)
	check(t, err)
	w := watch(t, url)

	found, err := w.ListProfiles(t.Context(), user.Query{InstitutionID: b.ID, Kind: auth.Customer, Limit: 51}, profile.Devices)

	check(t, err)
	same(t, len(found), 51)
	frugal(t, w.explain(t, w.DB), 0)
}

func testPlans(t *testing.T, db *DB, b bank, w *witness) {
	for _, search := range []struct {
		name     string
		from, to string
	}{
		{"everyone", "", ""},
		{"a search that half of all match", "f1", "f1\U0010ffff"},
		{"a search that all match", "person", "person\U0010ffff"},
		{"a search that a few match", "l4242 f", "l4242 f\U0010ffff"},
		{"a search for one", "person-4242@", "person-4242@\U0010ffff"},
		{"a search for none", "zoe", "zoe\U0010ffff"},
		{"a search for a number", "12025550", "12025550\U0010ffff"},
	} {
		for _, kind := range []auth.Kind{"", auth.Customer, auth.Staff} {
			name := search.name
			if kind != "" {
				name += " of kind " + string(kind)
			}
			q := user.Query{InstitutionID: b.ID, Kind: kind, From: search.from, To: search.to, Limit: 21}

			t.Run(name+", first page", func(t *testing.T) { listFrugally(t, db, w, q) })
			t.Run(name+", later page", func(t *testing.T) {
				q := q
				q.AfterKey, q.AfterID = later(t, db, q)
				listFrugally(t, db, w, q)
			})
		}
	}

	t.Run("notifications of some numbers", func(t *testing.T) {
		q := notification.ListQuery{InstitutionID: b.ID, To: []string{"+12025550100", "+12025550101", "+12025550111"}, Limit: 21}
		for _, before := range []time.Time{{}, now} {
			q.Before, q.BeforeID = before, "SM5"
			found, _, err := w.ReadLog(t.Context(), q)
			check(t, err)
			same(t, len(found), 21)

			frugal(t, w.explain(t, db), len(q.To)) // the merge of the numbers' pages
		}
	})

	t.Run("devices of a page of users", func(t *testing.T) {
		users, err := db.ListUsers(t.Context(), user.Query{InstitutionID: b.ID, Limit: 101})
		check(t, err)
		ids := convert(users, func(m user.Match) string { return m.User.ID })
		_, err = w.ListDevices(t.Context(), b.ID, ids)
		check(t, err)

		frugal(t, w.explain(t, db), 0)
	})

	t.Run("the profiles of a page", func(t *testing.T) {
		for _, q := range []user.Query{{Kind: auth.Customer}, {From: "f1", To: "f1\U0010ffff"}} {
			q.InstitutionID, q.Limit = b.ID, 21
			found, err := w.ListProfiles(t.Context(), q, profile.Everything)
			check(t, err)
			same(t, len(found), 21)

			frugal(t, w.explain(t, db), 4) // what belongs to the page, not what it is picked from
		}
	})

	t.Run("a profile", func(t *testing.T) {
		_, err := w.FindProfile(t.Context(), b.ID, "usr_1004240", profile.Everything)
		check(t, err)

		frugal(t, w.explain(t, db), 4)
	})

	t.Run("the actor of a request", func(t *testing.T) {
		_, _, err := w.FindActor(t.Context(), "hash 5000")
		check(t, err)

		frugal(t, w.explain(t, db), 0)
	})
}

// What is over is found without a look at what is not.
func TestPlans_OfSweeps(t *testing.T) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := newDatabase(t)
			db := open(t, url)
			check(t, db.Migrate(t.Context()))
			b := newBank(t, db)
			b.fill(t, 30_000)
			_, err := db.sql.Exec(t.Context(), "", `ANALYZE`)
			check(t, err)
			w := watch(t, url)
			for _, s := range sweeps {
				t.Run(s.table, func(t *testing.T) {
					var n int
					query, args := s.find(now, now.AddDate(-1, 0, 0), sweptAtOnce)
					check(t, w.sql.Get(t.Context(), "", &n, `SELECT count(*) FROM (`+query+`) rows_over`, args...))

					frugal(t, w.explain(t, db), 0)
				})
			}
		})
	}
}

func listFrugally(t *testing.T, db *DB, w *witness, q user.Query) {
	t.Helper()
	_, err := w.ListUsers(t.Context(), q)
	check(t, err)

	plan := w.explain(t, db)

	frugal(t, plan, 0)
	if !isPostgres(db) && !strings.Contains(plan, "id)>(?,?)") {
		t.Errorf("the index is not read from the cursor on:\n%s", plan)
	}
}

// later returns the place in the middle of a list.
func later(t *testing.T, db *DB, q user.Query) (key, id string) {
	t.Helper()
	var match []matchRow
	if q.From == "" {
		check(t, db.sql.List(t.Context(), &match, `
			SELECT id, sort_key AS match_key FROM users WHERE institution_id = ? ORDER BY sort_key, id LIMIT 1 OFFSET ?`,
			q.InstitutionID, crowd/2))
	} else {
		check(t, db.sql.List(t.Context(), &match, `
			SELECT user_id AS id, term AS match_key FROM user_terms WHERE institution_id = ? AND term >= ? AND term < ?
			ORDER BY term, user_id LIMIT 1 OFFSET (SELECT count(*) / 2 FROM user_terms WHERE institution_id = ? AND term >= ? AND term < ?)`,
			q.InstitutionID, q.From, q.To, q.InstitutionID, q.From, q.To))
	}
	if len(match) == 0 {
		return q.From, "usr_1"
	}
	return match[0].Key, match[0].ID
}

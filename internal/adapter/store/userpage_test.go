package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/user"
)

func testUserPages(t *testing.T, db *DB) {
	users := &user.Service{Store: db, Clock: clock.NewFake(now)}

	for _, form := range []struct {
		name   string
		filter user.Filter
	}{
		{"of everyone", user.Filter{}},
		{"of a kind", user.Filter{Kind: auth.Customer}},
		{"of a search", user.Filter{Search: "twi"}},
		{"of a search for a kind", user.Filter{Search: "twi", Kind: auth.Customer}},
	} {
		// Nine users of one name, between two of others.
		crowd := func(b bank) (ids []string) {
			ids = append(ids, b.user(named("Adam", "Twiddle")).ID)
			for range 9 {
				ids = append(ids, b.user(named("Tom", "Twin")).ID)
			}
			return append(ids, b.user(named("Zoe", "Twirl")).ID)
		}

		t.Run(form.name+" go on where the last ended, also between equal names", func(t *testing.T) {
			b := newBank(t, db)
			all := crowd(b)

			pages, seen := walk(t, users, b, form.filter, 2, func() {})

			same(t, pages, 6)
			same(t, seen, all)
		})

		t.Run(form.name+" give each user once while others are added", func(t *testing.T) {
			b := newBank(t, db)
			all := crowd(b)

			more := 4
			pages, seen := walk(t, users, b, form.filter, 2, func() {
				if more--; more < 0 {
					return
				}
				b.user(named("Aaron", "Twiddle")) // before
				b.user(named("Tom", "Twin"))      // in the middle
				b.user(named("Tom", "Twin"), staff)
				newBank(t, db).user(named("Tom", "Twin"))
			})

			if pages <= 3 {
				t.Errorf("only %d pages", pages)
			}
			for _, id := range all {
				if n := count(seen, id); n != 1 {
					t.Errorf("%s was given %d times", id, n)
				}
			}
			for _, id := range seen {
				if n := count(seen, id); n != 1 {
					t.Errorf("%s was given %d times", id, n)
				}
			}
		})
	}

	t.Run("of a search give once a user whom it finds by several terms, pages apart", func(t *testing.T) {
		b := newBank(t, db)
		twice := b.user(named("Twig", "Twuzz"), func(u *user.User) { u.Email = "twz@customer.example" })
		var others []string
		for i := range 6 {
			others = append(others, b.user(named("Tom", fmt.Sprintf("Twin%d", i))).ID)
		}

		_, seen := walk(t, users, b, user.Filter{Search: "tw"}, 2, func() {})

		same(t, seen, append([]string{twice.ID}, others...))
	})

	t.Run("of a search by number give once an owner of many numbers", func(t *testing.T) {
		b := newBank(t, db)
		first, second := b.user(), b.user()
		for i := range 8 {
			b.phone(first, fmt.Sprintf("+1202555010%d", i))
			b.phone(second, fmt.Sprintf("+1202555011%d", i))
		}

		_, seen := walk(t, users, b, user.Filter{Search: "+1202555"}, 1, func() {})

		same(t, seen, []string{first.ID, second.ID})
	})

	t.Run("say whether another follows", func(t *testing.T) {
		b := newBank(t, db)
		for range 4 {
			b.user()
		}

		for first, want := range map[int]bool{3: true, 4: false, 5: false} {
			page, err := users.Search(b.desk(), user.Filter{First: &first})

			check(t, err)
			same(t, page.HasNext, want)
			same(t, len(page.Matches), min(first, 4))
		}
	})
}

// walk reads all pages of a size and returns the ids in the order in which they
// came. Something may happen after each page.
func walk(t *testing.T, users *user.Service, b bank, f user.Filter, size int, happens func()) (pages int, ids []string) {
	t.Helper()
	f.First = &size
	var keys []string
	for {
		page, err := users.Search(b.desk(), f)
		check(t, err)
		pages++
		for _, m := range page.Matches {
			ids, keys = append(ids, m.User.ID), append(keys, m.Key)
		}
		if !page.HasNext || pages == 100 {
			break
		}
		f.After = page.Matches[len(page.Matches)-1].Cursor()
		happens()
	}
	if !slices.IsSortedFunc(keys, strings.Compare) {
		t.Errorf("not in order: %q", keys)
	}
	return pages, ids
}

func count(ids []string, id string) (n int) {
	for _, one := range ids {
		if one == id {
			n++
		}
	}
	return n
}

package sqldb

import (
	"slices"
	"testing"
)

func Test_expand(t *testing.T) {
	ids := func(n int) []string { return slices.Repeat([]string{"a"}, n) }

	t.Run("fills lists up with their last value to one of few lengths", func(t *testing.T) {
		query, args := expand(`SELECT 1 WHERE a = ? AND b IN (?) AND c IN (?) AND d = ?`, []any{1, []string{"x", "y", "z"}, []string{"u"}, "v"})

		same(t, query, `SELECT 1 WHERE a = ? AND b IN (?, ?, ?, ?, ?) AND c IN (?) AND d = ?`)
		same(t, args, []any{1, "x", "y", "z", "z", "z", "u", "v"})
	})

	t.Run("keeps every value, and texts few", func(t *testing.T) {
		for n, want := range map[int]int{1: 1, 2: 2, 3: 5, 6: 10, 11: 25, 25: 25, 26: 50, 50: 50, 100: 100, 101: 125} {
			_, args := expand(`?`, []any{ids(n)})
			same(t, len(args), want)
		}
	})

	t.Run("leaves what has no list alone", func(t *testing.T) {
		query, args := expand(`a = ?`, []any{1})
		same(t, query, `a = ?`)
		same(t, args, []any{1})
	})
}

package sqldb

import (
	"slices"
	"strings"
)

// expand turns the ? of each list among args into as many as the list has
// values, the last of which is repeated up to one of few lengths: IN (…) takes no
// notice. Lists are not empty.
func expand(query string, args []any) (string, []any) {
	if !slices.ContainsFunc(args, isList) {
		return query, args
	}
	var text strings.Builder
	var flat []any
	for _, arg := range args {
		before, after, _ := strings.Cut(query, "?")
		_, _ = text.WriteString(before + "?")
		query = after
		list, ok := arg.([]string)
		if !ok {
			flat = append(flat, arg)
			continue
		}
		length := padded(len(list))
		_, _ = text.WriteString(strings.Repeat(", ?", length-1))
		for i := range length {
			flat = append(flat, list[min(i, len(list)-1)])
		}
	}
	return text.String() + query, flat
}

func isList(arg any) bool {
	_, ok := arg.([]string)
	return ok
}

// padded returns the length that a list of n is filled up to. It is never much
// longer: PostgreSQL reads a whole table for what looks like many values.
func padded(n int) int {
	for _, length := range []int{1, 2, 5, 10} {
		if n <= length {
			return length
		}
	}
	return (n + 24) / 25 * 25
}

package mask

import "strings"

// phone parses a telephone number that begins with the digits at i, and
// returns its last item, or -1. It knows numbers by their plus sign, the
// North American 3-3-4 and national numbers of two groups or more that begin
// with 0.
func (s *scan) phone(i int) int {
	plus := i > 0 && s.text(i-1) == "+" || i > 1 && s.text(i-1) == "(" && s.text(i-2) == "+"
	groups := s.phoneGroups(i)
	n := len(groups)
	if end := nanp(s.texts(groups)); end > 0 && (n > 1 || plus) {
		return groups[end-1]
	}
	limit, least := 11, 9
	if plus {
		limit, least = 13, 7
		if len(s.items[i].text) > limit {
			limit = 15
		}
	} else if s.items[i].text[0] != '0' || n < 2 {
		return -1
	}
	total, end := 0, -1
	for _, g := range groups {
		total += len(s.items[g].text)
		if total > limit {
			break
		}
		if total >= least {
			end = g
		}
	}
	return end
}

// phoneGroups lists the digits that stand in one row with those at i, as many
// as a telephone number may have.
func (s *scan) phoneGroups(i int) []int {
	groups, total := []int{i}, len(s.items[i].text)
	for j := i; total < 15 && len(groups) < 7; {
		next := j + 1
		for next < len(s.items) && next <= j+2 && s.parts(next) {
			next++
		}
		if next == j+1 || !s.is(next, digits) || s.glued(next) {
			break
		}
		total += len(s.items[next].text)
		groups = append(groups, next)
		j = next
		s.steps++
	}
	return groups
}

func (s *scan) parts(i int) bool {
	it := s.items[i]
	return it.kind == space || it.kind == mark && strings.Contains("-.()·/", it.text)
}

// nanp returns how many groups make a North American number, or 0.
func nanp(groups []string) int {
	n := 0
	if groups[0] == "1" {
		n = 1
	}
	sizes := [3]int{3, 3, 4}
	if len(groups) == n+1 && len(groups[n]) == 10 && n == 1 || len(groups) >= 1 && len(groups[0]) == 11 && groups[0][0] == '1' {
		return n + 1
	}
	if len(groups) < n+3 {
		return 0
	}
	for k, size := range sizes {
		if len(groups[n+k]) != size {
			return 0
		}
	}
	if groups[n][0] < '2' || groups[n+1][0] < '2' {
		return 0
	}
	return n + 3
}

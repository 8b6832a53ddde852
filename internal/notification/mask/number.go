package mask

import "strings"

// shape is what a number looks like by itself.
type shape uint8

const (
	plainNumber shape = iota // 123456
	grouped                  // 123-456, 12.34.56
	mixed                    // K7X9QF, G-123456
	letters                  // XKQTRB
	money                    // 1,234.56
	decimal                  // 1234.56, 12.50
	clock                    // 14:05
	fullDate                 // 2026-11-22, 22/11/26
	shortDate                // 22-11-26: could be a code too
	telephone                // +1 202 555 0123, 202-555-0123
	localPhone               // 555-0123: could be a code too
	address                  // 192.0.2.1
	longNumber               // 1234 5678 9012 3456
)

// span is a run of items that is one number or one code.
type span struct {
	shape       shape
	first, last int // items
	digits      int // how many digits, and letters where it is mixed
	verdict     verdict
}

// cluster parses the digits at item i with those that only punctuation parts
// from them, and returns the item after it.
func (s *scan) cluster(i int) int {
	groups, seps := []int{i}, []byte(nil)
	for j := i; s.is(j+2, digits) && s.joins(j+1) && s.loose(j+2); j += 2 {
		groups = append(groups, j+2)
		seps = append(seps, separator(s.items[j+1].text))
		s.steps++
	}
	last := groups[len(groups)-1]
	sh, ok := shapeOf(s.texts(groups), string(seps))
	if sh == fullDate && s.text(last+1) == "t" && s.is(last+2, digits) {
		s.add(sh, i, last)
		return last + 2
	}
	if sh == decimal && len(s.text(i)) >= 4 && s.right(last).class.has(unit) {
		ok = false // "482913,5 minutes"
	}
	if ok {
		s.add(sh, i, last)
		return last + 1
	}
	for _, g := range groups {
		s.add(plainNumber, g, g)
	}
	return last + 1
}

// joins reports whether the mark at i may stand inside a number.
func (s *scan) joins(i int) bool {
	it := s.items[i]
	return it.kind == raw || it.kind == mark && strings.Contains(".,:/-·•_'", it.text)
}

// separator returns a mark that stands inside a number as one byte.
func separator(t string) byte {
	if strings.Contains(".,:/-'", t) && len(t) == 1 {
		return t[0]
	}
	return '_'
}

// loose reports whether the digits at i end a token, or continue in a word that
// may stand behind a number: 10:30am, 50.00USD.
func (s *scan) loose(i int) bool {
	if !s.is(i+1, word) || !s.items[i+1].cased {
		return true
	}
	next := s.items[i+1]
	return next.class != 0 || strings.Contains(" am pm t z st nd rd th ", " "+next.text+" ")
}

func (s *scan) texts(at []int) []string {
	out := make([]string, len(at))
	for i, k := range at {
		out[i] = s.items[k].text
	}
	return out
}

// shapeOf names the shape of groups of digits with the marks between them, and
// is false where they are several numbers.
func shapeOf(groups []string, seps string) (shape, bool) {
	switch {
	case len(groups) == 1:
		return plainNumber, true
	case isClock(groups, seps):
		return clock, true
	case isMoney(groups, seps):
		return money, true
	}
	if sh, ok := dateShape(groups, seps); ok {
		return sh, true
	}
	same := strings.Trim(seps, seps[:1]) == ""
	total, short := 0, true
	for _, g := range groups {
		total += len(g)
		short = short && len(g) <= 5
	}
	switch {
	case same && seps[0] == '.' && isAddress(groups):
		return address, true
	case len(groups) == 2 && strings.ContainsAny(seps, ".,") && len(groups[1]) <= 2:
		return decimal, true
	case same && seps == "-" && len(groups[0]) == 3 && len(groups[1]) == 4:
		return localPhone, true
	case same && seps[0] != ',' && short && total >= 4 && total <= 10:
		return grouped, true
	case same && total > 10 && len(groups) >= 3 && seps[0] == '-':
		return longNumber, true
	}
	return 0, false
}

// isClock knows 14:05, 14:05:09 and 09:00-17:00.
func isClock(groups []string, seps string) bool {
	if !strings.HasPrefix(seps, ":") || len(groups) > 6 {
		return false
	}
	for i, g := range groups {
		hour := i == 0 || seps[i-1] != ':'
		switch {
		case hour && (len(g) > 2 || value(g) > 24):
			return false
		case !hour && (len(g) != 2 || value(g) > 59):
			return false
		case hour && (i == len(groups)-1 || seps[i] != ':'):
			return false
		}
	}
	return strings.Trim(seps, ":-") == ""
}

// isMoney knows amounts by their thousands: 1,234.56, 1.234,56, 1'234,
// 12,34,567.00. One dot with three digits behind it may be a code.
func isMoney(groups []string, seps string) bool {
	n := len(groups)
	sep := seps[:1]
	thousands := strings.Repeat(sep, n-1)
	fraction := seps != thousands
	if fraction {
		if n < 3 || len(groups[n-1]) > 2 || !strings.HasPrefix(seps, strings.Repeat(sep, n-2)) {
			return false
		}
		n--
	}
	if !strings.Contains(".,'", sep) || len(groups[0]) > 3 || len(groups[n-1]) != 3 {
		return false
	}
	for _, g := range groups[1 : n-1] {
		if len(g) != 3 && (len(g) != 2 || sep != ",") {
			return false
		}
	}
	return fraction || sep != "." || n > 2 && groups[0] != "0"
}

// dateShape knows dates by day, month and year in any order.
func dateShape(groups []string, seps string) (shape, bool) {
	if !strings.Contains("/ - . // -- ..", seps) {
		return 0, false
	}
	slash := seps[0] == '/'
	a, b := value(groups[0]), value(groups[1])
	if len(groups) == 2 {
		switch {
		case len(groups[0]) <= 2 && len(groups[1]) == 4 && isMonth(a) && isYear(groups[1]):
			return fullDate, true
		case isYear(groups[0]) && (isYear(groups[1]) || slash && len(groups[1]) == 2):
			return fullDate, seps != "."
		case len(groups[0]) <= 2 && len(groups[1]) <= 2 && seps != "." && slash:
			return fullDate, isMonth(a) || isMonth(b)
		case len(groups[0]) == 2 && len(groups[1]) == 2 && isDay(a, b):
			return shortDate, true
		}
		return 0, false
	}
	c := value(groups[2])
	switch {
	case isYear(groups[0]) && isMonth(b) && c <= 31:
		return fullDate, true
	case isYear(groups[2]) && isDay(a, b):
		return fullDate, true
	case max(len(groups[0]), len(groups[1]), len(groups[2])) == 2 && len(groups[2]) == 2 && (isDay(a, b) || isDay(b, c)):
		if slash {
			return fullDate, true
		}
		return shortDate, true
	}
	return 0, false
}

func isMonth(n int) bool  { return n >= 1 && n <= 12 }
func isDay(a, b int) bool { return isMonth(a) && b >= 1 && b <= 31 || isMonth(b) && a >= 1 && a <= 31 }
func isYear(g string) bool {
	return len(g) == 4 && (value(g)/100 == 19 || value(g)/100 == 20) || isOther(g)
}
func isOther(g string) bool { return len(g) == 4 && (value(g)/100 == 14 || value(g)/100 == 25) }

// isAddress knows an IP address or a version. Four single digits are a code.
func isAddress(groups []string) bool {
	if len(groups) != 4 {
		return false
	}
	longest := 0
	for _, g := range groups {
		longest = max(longest, len(g))
	}
	return longest > 1
}

// value is the number that up to nine digits write.
func value(g string) int {
	n := 0
	for i := 0; i < len(g) && i < 9; i++ {
		n = n*10 + int(g[i]-'0')
	}
	return n
}

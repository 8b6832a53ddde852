package mask

import "strings"

// Hidden stands for a code. Its length says nothing about the code's.
const Hidden = "••••••"

// Codes returns the body of a message with its verification codes hidden and
// everything else as it was. It takes any bytes, works in linear time, and
// masking twice changes nothing.
func Codes(body string) string {
	for range 3 {
		next, _ := pass(body)
		if next == body {
			return body
		}
		body = next
	}
	return everyNumber(body)
}

// pass hides what it takes for codes, and says how many steps it took.
func pass(body string) (string, int) {
	s := scan{body: body, items: lex(body)}
	s.understand()
	s.links()
	s.parse()
	s.merge()
	s.judge()
	s.reconsider()
	return s.render(), s.steps + len(s.items)
}

// verdict is what becomes of a span.
type verdict uint8

const (
	keep      verdict = iota // certainly no code
	explained                // its neighbours say that it is no code
	open                     // nothing says what it is
	hide                     // a code
)

// scan is one message on its way.
type scan struct {
	body  string
	items []item
	spans []span
	// linked are the spans within links, until parse puts them in their places.
	linked []span
	// level is 2 where the message speaks of codes, 1 where it speaks of what
	// one does with codes, 0 elsewhere.
	level int
	// isAlert says that the message has words or amounts of an alert.
	isAlert bool
	// wasHidden says that a code of the message was hidden before.
	wasHidden bool
	// whispers says that the message has words in small letters.
	whispers bool
	steps    int
}

func (s *scan) is(i int, k kind) bool { return i >= 0 && i < len(s.items) && s.items[i].kind == k }

func (s *scan) text(i int) string {
	if i < 0 || i >= len(s.items) {
		return ""
	}
	return s.items[i].text
}

func (s *scan) add(sh shape, first, last int) {
	n := 0
	for i := first; i <= last; i++ {
		if s.items[i].kind == digits || sh == mixed && s.items[i].kind == word {
			n += len(s.items[i].text)
		}
		s.steps++
	}
	s.spans = append(s.spans, span{shape: sh, first: first, last: last, digits: n})
}

// parse finds every number and every word with digits in it.
func (s *scan) parse() {
	for i := 0; i < len(s.items); {
		s.steps++
		switch it := s.items[i]; {
		case it.inLink:
			if len(s.linked) > 0 && s.linked[0].first == i {
				s.spans, s.linked = append(s.spans, s.linked[0]), s.linked[1:]
			}
			i++
		case it.kind == word && it.cased:
			i = s.token(i)
		case it.kind == digits:
			if end := s.phone(i); end >= 0 {
				s.add(telephone, i, end)
				i = end + 1
			} else if s.glued(i + 1) {
				i = s.token(i)
			} else {
				i = s.cluster(i)
			}
		default:
			i++
		}
	}
}

// What follows a digit that is shown as a key; both are as long.
const (
	shown = "\ufe0f"
	key   = "\u20e3"
)

// render writes the message with its codes hidden. Control characters within a
// code stay, behind it.
func (s *scan) render() string {
	var b strings.Builder
	done := 0
	for i, sp := range s.spans {
		if sp.verdict != hide {
			continue
		}
		from, to := s.items[sp.first].start, s.items[sp.last].end
		for rest := s.body[to:]; strings.HasPrefix(rest, shown) || strings.HasPrefix(rest, key); rest = s.body[to:] {
			to += len(key)
		}
		if i > 0 && s.spans[i-1].verdict == hide && s.continued(s.spans[i-1], sp) {
			b.WriteString(s.kept(s.spans[i-1].last+1, sp.last))
			done = to
			continue
		}
		b.WriteString(s.body[done:from])
		b.WriteString(Hidden)
		b.WriteString(s.kept(sp.first, sp.last))
		done = to
	}
	b.WriteString(s.body[done:])
	return b.String()
}

// continued reports whether two hidden spans are halves of one code: 1234 5678.
func (s *scan) continued(a, b span) bool {
	return a.shape == b.shape && (a.shape == plainNumber || a.shape == letters) && a.digits == b.digits && a.digits <= 5 &&
		b.first == a.last+2 && (s.is(a.last+1, space) || s.text(a.last+1) == "-")
}

// kept returns the control characters and broken bytes of some items.
func (s *scan) kept(first, last int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		if it := s.items[i]; it.kind == raw {
			b.WriteString(s.body[it.start:it.end])
		}
	}
	return b.String()
}

// everyNumber hides whatever has a digit. It is the last resort for a message
// that the rules would read differently each time.
func everyNumber(body string) string {
	s := scan{body: body, items: lex(body)}
	for i, it := range s.items {
		if it.kind == digits {
			s.spans = append(s.spans, span{shape: mixed, first: i, last: i, verdict: hide})
		}
	}
	return s.render()
}

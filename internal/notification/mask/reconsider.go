package mask

import "strings"

// reconsider looks at a message that speaks of a code but has none hidden: the
// code is then one of the numbers that their neighbours seemed to explain.
// "Verify your account: 4829".
func (s *scan) reconsider() {
	if s.level == 0 || s.wasHidden {
		return
	}
	for _, sp := range s.spans {
		if sp.verdict == hide {
			return
		}
	}
	next, end := 0, -1
	var about class
	for i := range s.spans {
		sp := &s.spans[i]
		if sp.first > end {
			for next <= sp.first {
				about, end = s.sentence(next)
				next = end + 1
			}
		}
		if sp.verdict == explained && s.suspicious(*sp, about) {
			sp.verdict = hide
		}
	}
}

// sentence returns the classes of the sentence that begins at i, and its end.
func (s *scan) sentence(i int) (class, int) {
	var c class
	for ; i < len(s.items); i++ {
		s.steps++
		it := s.items[i]
		if it.kind == newline || it.kind == mark && strings.Contains("!?。;", it.text) || s.endsSentence(i) {
			return c, i
		}
		if !it.class.has(codeVerb) || s.isVerb(i) {
			c |= it.class
		}
	}
	return c, i
}

// endsSentence reports whether a full stop ends a sentence at i.
func (s *scan) endsSentence(i int) bool {
	return s.text(i) == "." && (i+1 == len(s.items) || s.is(i+1, space) || s.is(i+1, newline)) && !s.abbreviates(i)
}

// suspicious reports whether an explained number may be the code after all.
func (s *scan) suspicious(sp span, about class) bool {
	if about.has(event) {
		return false
	}
	if about.has(codeNoun) {
		return true
	}
	last := sp.last+1 >= len(s.items) || s.is(sp.last+1, newline) || s.endsSentence(sp.last+1) ||
		strings.Contains("!?。;", s.text(sp.last+1))
	return about.has(codeVerb) && (last || s.left(sp.first).colon)
}

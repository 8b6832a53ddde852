package mask

import "strings"

// judge returns every span its verdict.
func (s *scan) judge() {
	for i := range s.spans {
		sp := &s.spans[i]
		if sp.verdict != keep {
			continue
		}
		switch sp.shape {
		case mixed:
			sp.verdict = s.judgeToken(sp)
		case letters:
			sp.verdict = s.judgeLetters(sp)
		default:
			sp.verdict = s.judgeNumber(sp)
		}
		if sp.verdict == open && i > 0 && s.inherits(s.spans[i-1], *sp) {
			sp.verdict = s.spans[i-1].verdict
		}
		if sp.verdict == open && s.hides(*sp) {
			sp.verdict = hide
		}
	}
}

// judgeNumber decides about digits.
func (s *scan) judgeNumber(sp *span) verdict {
	l, r := s.left(sp.first), s.right(sp.last)
	switch {
	case sp.digits < 4, sp.shape == clock, sp.shape == fullDate, s.priced(sp, l, r), s.masked(sp, l):
		return keep
	case r.class.has(unit) && sp.digits <= 4 && sp.shape == plainNumber && (!l.class.has(codeNoun) || !l.is && !l.colon):
		return keep
	case l.class.has(ending) && sp.digits <= 5 || sp.digits <= 4 && !l.class.has(codeNoun) && s.behind(r).has(ending):
		return keep
	case s.plus(sp):
		return keep
	case l.class.has(codeNoun):
		return hide
	case sp.shape == telephone, sp.shape == longNumber, sp.shape == money && s.text(sp.first+1) != ".":
		return keep
	case l.class.has(enter) && !l.colon, s.named(sp, l), s.entered(r):
		return hide
	case s.dated(sp, l, r), s.isZip(sp) && s.text(sp.first-3) == " " && s.text(sp.first-4) == ",":
		return keep
	case sp.shape == decimal, sp.shape == address && l.class != 0, sp.shape == shortDate:
		return explained
	case sp.digits > 10:
		return keep
	}
	return s.judgeByNeighbours(sp, l, r)
}

// judgeByNeighbours decides about digits whose shape says nothing.
func (s *scan) judgeByNeighbours(sp *span, l, r label) verdict {
	switch {
	case l.class.has(reference), l.number && l.class.has(telling), l.class.has(amount), r.class.has(unit) && (sp.digits < 6 || s.level == 0):
		return explained
	case l.class.has(account):
		if s.level == 0 || l.number || sp.digits <= 4 || sp.digits > 8 || s.text(sp.first+1) == "/" {
			return explained
		}
	case l.class.has(phone) && sp.digits >= 5, sp.shape == localPhone && l.class.has(phone):
		return explained
	case l.class.has(street), s.isStreet(sp), s.isZip(sp), s.isReply(sp, l):
		return explained
	case s.behind(r).has(account) && sp.digits == 4 && !l.is && s.items[r.at].first != copula:
		return explained
	case s.level == 0 && (l.class.has(alert) || l.number && s.isAlert):
		return explained
	}
	return open
}

// priced reports whether the number is an amount of money: a currency on one of
// its sides that does not belong to the number on the other side.
func (s *scan) priced(sp *span, l, r label) bool {
	plain := sp.shape == plainNumber || sp.shape == grouped && s.text(sp.first+1) != " "
	if l.class.has(currency) && (l.sign || !plain || !s.is(l.at-1, digits) && !s.is(l.at-2, digits)) {
		return !l.is || l.sign
	}
	if !r.class.has(currency) {
		return false
	}
	return !plain || !s.is(r.at+1, digits) && !s.is(r.at+2, digits)
}

// masked reports whether the number is what a mask left of a longer one.
func (s *scan) masked(sp *span, l label) bool {
	before, after := s.text(sp.first-1), s.text(sp.last+1)
	star := func(t string) bool {
		return t == "*" || t == "•" || t == "·" || t == "●" || t == "×" || t == "∙"
	}
	if sp.digits > 6 || s.items[sp.first].kind != digits {
		return false
	}
	if star(after) && after != before && (star(s.text(sp.last+2)) || s.is(sp.last+2, digits)) && !l.class.has(codeNoun) {
		return true
	}
	if sp.digits > 5 || l.class.has(codeNoun) || star(after) {
		return false
	}
	if before == "-" && strings.Trim(s.text(sp.first-2), "xх*") == "" && s.text(sp.first-2) != "" {
		return true
	}
	dots := before == "…" || before == "." && s.text(sp.first-2) == "."
	return sp.digits <= 4 && (star(before) || dots && (l.class.has(account) || s.is(sp.first-4, digits)) ||
		before == " " && star(s.text(sp.first-2)) && star(s.text(sp.first-3)))
}

// plus reports whether the number is a telephone number with its plus sign.
func (s *scan) plus(sp *span) bool {
	return sp.shape == telephone && (s.text(sp.first-1) == "+" || s.text(sp.first-2) == "+")
}

// named reports whether the sentence goes on to call the number a code.
func (s *scan) named(sp *span, l label) bool {
	if l.class.has(reference | ending) {
		return false
	}
	r := s.label(sp.last)
	return r.class.has(codeNoun) && (r.is || r.sign && !l.class.has(account))
}

// entered reports whether the verb "enter" follows, as in Hindi or Japanese.
func (s *scan) entered(r label) bool {
	return r.at >= 0 && !s.items[r.at].cased && s.items[r.at].class.has(enter)
}

// dated reports whether the number is a year or a date beside its neighbours.
func (s *scan) dated(sp *span, l, r label) bool {
	if sp.shape == shortDate {
		return l.class.has(inYear) && !l.colon
	}
	if sp.shape != plainNumber || sp.digits != 4 || !isYear(s.text(sp.first)) {
		return false
	}
	if l.class.has(month|inYear) && !l.colon && !l.is || r.class.has(month|inYear) && r.sign {
		return true
	}
	for k := sp.first - 1; k >= 0 && k >= sp.first-7; k-- {
		switch it := s.items[k]; {
		case it.class.has(month):
			return true
		case it.kind == space, it.text == ",", it.text == ".", it.kind == digits && len(it.text) <= 2,
			it.kind == word && (it.text == "de" || it.text == "del" || it.text == "do" || it.text == "th"):
		default:
			return false
		}
	}
	return false
}

// isStreet reports whether a street follows: 1200 North Market St.
func (s *scan) isStreet(sp *span) bool {
	if sp.shape != plainNumber || sp.digits > 5 {
		return false
	}
	for k, names := sp.last+1, 0; k < len(s.items) && names <= 3; k++ {
		switch it := s.items[k]; {
		case it.kind == space || it.text == "." && names > 0:
		case it.kind == word && it.class.has(street) && (names > 0 || it.class.has(leading)):
			return true
		case it.kind == word && it.title, it.kind == digits && len(it.text) <= 3:
			names++
		case it.kind == word && s.is(k-1, digits):
		default:
			return false
		}
	}
	return false
}

// isZip reports whether the number is a ZIP code behind its state, or a postal
// code before its town: ", 10115 Berlin".
func (s *scan) isZip(sp *span) bool {
	if s.items[sp.first].kind != digits || len(s.text(sp.first)) != 5 {
		return false
	}
	if s.is(sp.first-1, space) && s.is(sp.first-2, word) && s.items[sp.first-2].upper && states[s.text(sp.first-2)] {
		return true
	}
	return s.text(sp.first-2) == "," && s.is(sp.last+1, space) && s.is(sp.last+2, word) && s.items[sp.last+2].title
}

// isReply reports whether one is asked to send a text to the number.
func (s *scan) isReply(sp *span, l label) bool {
	if l.class.has(send) && l.at >= 0 && sp.digits <= 6 && s.level == 0 {
		return true
	}
	if t := s.text(sp.first - 2); t != "to" && t != "al" && t != "au" && t != "an" && t != "на" {
		return false
	}
	for k := sp.first - 3; k >= 0 && k >= sp.first-9; k-- {
		if s.items[k].class.has(send) {
			return true
		}
	}
	return false
}

// inherits reports whether a number is the second of a pair: "cards 1234 and 5678".
func (s *scan) inherits(a, b span) bool {
	if t := s.text(a.last + 1); b.first == a.last+2 && (t == "-" || t == "/") {
		return a.verdict == explained // "claim 2026-004412"
	}
	return a.verdict < open && a.digits == b.digits && a.shape == b.shape && b.first == a.last+4 &&
		s.items[a.last+2].class.has(connector)
}

// hides reports whether a number that nothing explains is hidden.
func (s *scan) hides(sp span) bool {
	if s.level == 2 || s.level == 1 && sp.shape != mixed {
		return true
	}
	if sp.shape == mixed {
		first := s.items[sp.first]
		return !s.isAlert || s.level == 1 && !s.looksLowercase(sp) || sp.digits <= 9 && len(first.text) == 1 && s.text(sp.first+1) == "-"
	}
	if l := s.left(sp.first); !s.isAlert || s.alone(sp) || l.colon && l.class == 0 {
		return true
	}
	return sp.digits == 6 && sp.shape != localPhone && sp.shape != address
}

func (s *scan) looksLowercase(sp span) bool {
	for i := sp.first; i <= sp.last; i++ {
		if s.is(i, word) && s.items[i].upper {
			return false
		}
	}
	return true
}

// alone reports whether a number begins the message or is a sentence of its own.
func (s *scan) alone(sp span) bool {
	start := sp.first == 0 || s.is(sp.first-1, newline) || s.is(sp.first-1, space) && strings.Contains(".!?\n。", s.text(sp.first-2))
	end := sp.last == len(s.items)-1 || strings.Contains(".!?\n。", s.text(sp.last+1))
	return sp.first == 0 || start && end
}

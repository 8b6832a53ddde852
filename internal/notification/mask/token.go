package mask

import "strings"

// glued reports whether the item at i is a word that goes on from digits, or
// digits that go on from a word.
func (s *scan) glued(i int) bool {
	if i < 0 || i >= len(s.items) {
		return false
	}
	switch it := s.items[i]; it.kind {
	case word:
		return it.cased
	case digits:
		return s.is(i-1, word) && s.items[i-1].cased
	}
	return false
}

// token parses letters and digits that form one word, K7X9QF, or that hyphens
// join, G-123456, and returns the item after it.
func (s *scan) token(i int) int {
	if end := s.iban(i); end > 0 {
		s.add(longNumber, i, end)
		return end + 1
	}
	if end := s.spelled(i); end > 0 {
		s.add(mixed, i, end)
		return end + 1
	}
	end := s.run(i)
	if end == i && s.is(i, word) && !s.prefixes(i) {
		if it := s.items[i]; it.upper && len(it.text) >= 4 && len(it.text) <= 10 && it.class == 0 {
			s.add(letters, i, i)
		}
		return i + 1
	}
	if s.is(i, word) && end >= i+1 && (s.items[i].class.has(currency|unit|reference|account|codeNoun|amount|month) || s.number(i+2)) {
		if end == i+1 && s.number(i+2) || s.items[i].class.has(codeNoun) && end == i+1 {
			return s.cluster(i + 1)
		}
	}
	for s.text(end+1) == "-" && s.piece(end+2) {
		end = s.run(end + 2)
		s.steps++
	}
	if end == i {
		return i + 1
	}
	s.add(mixed, i, end)
	return end + 1
}

// spelled returns the last item of letters and digits that stand one by one,
// A 7 B 9, or 0.
func (s *scan) spelled(i int) int {
	end, n, numbers := 0, 0, 0
	for ; n < 10 && i < len(s.items) && len(s.text(i)) == 1 && (s.is(i, digits) || s.items[i].upper); i += 2 {
		if end, n = i, n+1; s.is(i, digits) {
			numbers++
		}
		if !s.is(i+1, space) {
			break
		}
	}
	if n < 4 || numbers == 0 || numbers == n {
		return 0
	}
	return end
}

// iban returns the last item of an IBAN in groups of four, or 0.
func (s *scan) iban(i int) int {
	if !s.is(i, word) || !s.items[i].upper || len(s.text(i)) != 2 || !s.is(i+1, digits) || len(s.text(i+1)) != 2 {
		return 0
	}
	end, groups := i+1, 0
	for groups < 8 && s.is(end+1, space) {
		next, size := end+2, 0
		for next < len(s.items) && (s.is(next, digits) || s.is(next, word) && s.items[next].upper) && size < 5 {
			size += len(s.items[next].text)
			next++
		}
		if size == 0 || size > 4 {
			break
		}
		groups++
		if end = next - 1; size < 4 {
			break
		}
	}
	if groups < 2 {
		return 0
	}
	return end
}

// run returns the last item of the letters and digits that begin at i.
func (s *scan) run(i int) int {
	for s.glued(i+1) || s.is(i+1, digits) && s.is(i, word) && s.items[i].cased {
		i++
		s.steps++
	}
	return i
}

// number reports whether what stands at i carries a number on: ",234".
func (s *scan) number(i int) bool {
	return i < len(s.items) && s.is(i+1, digits) && s.joins(i) && s.loose(i+1)
}

// prefixes reports whether the word at i is the first part of a code: G-123456.
func (s *scan) prefixes(i int) bool {
	it := s.items[i]
	return it.upper && len(it.text) <= 5 && !it.class.has(codeNoun|reference|account|currency|numberWord) &&
		s.text(i+1) == "-" && (s.is(i+2, digits) || s.is(i+2, word) && s.items[i+2].upper && s.glued(i+3))
}

// piece reports whether a part of a hyphened code begins at i.
func (s *scan) piece(i int) bool {
	if s.is(i, digits) {
		return true
	}
	return s.is(i, word) && s.items[i].cased && s.items[i].upper && len(s.items[i].text) <= 5
}

// judgeToken decides about letters with digits.
func (s *scan) judgeToken(sp *span) verdict {
	l := s.left(sp.first)
	labelled := l.class.has(codeNoun) || l.class.has(enter) && !l.colon
	first, last := s.items[sp.first], s.items[sp.last]
	switch {
	case s.narrow(sp):
		return s.judgeNumber(sp)
	case sp.digits < 4 || s.isTail(sp):
		return keep
	case labelled && !s.isMeasure(sp):
		return hide
	case sp.digits > 10:
		return keep
	case s.isMeasure(sp) || l.class.has(ending|currency):
		return keep
	case s.isPostal(sp), l.class.has(reference | account | phone), l.number && l.class.has(telling):
		return explained
	case sp.last == sp.first+1 && first.class.has(reference|account|month):
		return explained
	case s.named(sp, l):
		return hide
	case s.looksLikeName(first, last, sp):
		return explained
	}
	return open
}

// narrow takes words off a token that are glued to a number: OTP123456. It is
// true where digits are left.
func (s *scan) narrow(sp *span) bool {
	const glue = codeNoun | copula | enter
	first, last := sp.first, sp.last
	for first < last && s.is(first, word) && s.items[first].class.has(glue) && len(s.items[first].text) > 1 {
		if first++; s.text(first) == "-" {
			first++
		}
	}
	for last > first && s.is(last, word) && s.items[last].class.has(glue) && len(s.items[last].text) > 1 {
		last--
	}
	if first == sp.first && last == sp.last || first != last || !s.is(first, digits) {
		return false
	}
	sp.first, sp.last, sp.shape, sp.digits = first, last, plainNumber, len(s.items[first].text)
	return true
}

// isTail knows masked account numbers: xx1234, 4532XXXXXXXX1234.
func (s *scan) isTail(sp *span) bool {
	for i := sp.first; i < sp.last; i++ {
		t := s.items[i].text
		if s.is(i, word) && strings.Trim(t, "xх*") == "" && len(s.text(i+1)) <= 4 && s.is(i+1, digits) &&
			(len(t) > 1 || sp.first == i) && i+1 == sp.last {
			return true
		}
	}
	return false
}

// isMeasure knows a number with its unit: 24hrs, 5000USD, USD5000, 2026th.
func (s *scan) isMeasure(sp *span) bool {
	first, last := s.items[sp.first], s.items[sp.last]
	switch {
	case sp.last == sp.first+1 && first.kind == digits:
		return last.class.has(currency|month) || last.class.has(unit) && len(first.text) <= 4 ||
			strings.Contains(" st nd rd th am pm h ", " "+last.text+" ") && len(first.text) <= 4
	case sp.last == sp.first+1:
		return first.class.has(currency)
	case sp.last == sp.first+2 && first.kind == digits:
		middle := s.items[sp.first+1]
		return middle.class.has(month) || middle.text == "h" && len(first.text) <= 2 && len(last.text) == 2
	}
	return false
}

// isPostal knows the first half of a British postcode and of an IBAN.
func (s *scan) isPostal(sp *span) bool {
	first := s.items[sp.first]
	if first.kind != word || !first.upper || len(first.text) > 2 || sp.digits > 4 || !s.is(sp.last+1, space) {
		return false
	}
	if s.is(sp.last+2, digits) && len(first.text) == 2 && len(s.text(sp.last+2)) == 4 {
		return true
	}
	return len(s.text(sp.last+2)) == 1 && s.is(sp.last+3, word) && len(s.text(sp.last+3)) == 2
}

// looksLikeName knows names with a number: Acme24, iPhone15, 365bank.
func (s *scan) looksLikeName(first, last item, sp *span) bool {
	if sp.last != sp.first+1 {
		return false
	}
	letters, number := first, last
	if first.kind == digits {
		letters, number = last, first
	}
	return !letters.upper && len(letters.text) >= 3 && len(number.text) <= 3 && strings.ContainsAny(letters.text, "aeiouy")
}

// judgeLetters decides about a word in capitals: it is a code only where it is
// called one, in a message that is not all in capitals.
func (s *scan) judgeLetters(sp *span) verdict {
	if !s.whispers {
		return keep
	}
	l := s.left(sp.first)
	if l.class.has(codeNoun) && (l.is || l.colon) && !s.is(sp.first-1, newline) {
		return hide
	}
	if r := s.label(sp.last); sp.first == 0 && r.is && r.class.has(codeNoun) && strings.HasPrefix("your the ", s.text(sp.last+4)+" ") {
		return hide
	}
	return keep
}

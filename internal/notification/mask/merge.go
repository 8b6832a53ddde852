package mask

// merge joins numbers that blanks part: codes written 123 456 or 12 34 56,
// amounts written 12 500, and long numbers in groups.
func (s *scan) merge() {
	out := s.spans[:0:0]
	for i := 0; i < len(s.spans); {
		n := s.row(i)
		s.steps += n
		if joined, used := s.join(s.spans[i : i+n]); used > 1 {
			out = append(out, joined)
			i += used
			continue
		}
		out = append(out, s.spans[i])
		i++
		for k := 1; k < n && n > 40; k++ { // a row that long is no code: it is looked at once
			out = append(out, s.spans[i])
			i++
		}
	}
	s.spans = out
}

// row counts the numbers that stand in one row, with one blank or a hyphen
// between blanks from each to the next.
func (s *scan) row(i int) int {
	n := 1
	for i+n < len(s.spans) && n <= 41 {
		a, b := s.spans[i+n-1], s.spans[i+n]
		gap := b.first - a.last - 1
		blank := gap == 2 && s.is(a.last+1, space) && s.is(a.last+2, space) || gap == 1 && (s.is(a.last+1, space) || s.is(a.last+1, raw) || s.text(a.last+1) == ",") ||
			gap == 2 && s.text(a.last+1) == "," && s.is(a.last+2, space) && a.digits == 1 ||
			gap == 3 && s.text(a.last+2) == "-" && s.is(a.last+1, space) && s.is(a.last+3, space)
		if !blank || a.shape != plainNumber || a.digits > 5 || b.digits > 5 || b.shape != plainNumber && b.shape != decimal {
			break
		}
		n++
	}
	return n
}

// join makes one span of the first spans of a row, and says of how many.
func (s *scan) join(row []span) (span, int) {
	if used := s.amountRow(row); used > 1 {
		return s.whole(row[:used], money), used
	}
	if last := row[len(row)-1]; len(row) > 1 && (last.shape != plainNumber || s.right(last.last).class.has(unit|currency)) {
		row = row[:len(row)-1]
	}
	total, least, most := 0, 10, 0
	for _, sp := range row {
		total += sp.digits
		least, most = min(least, sp.digits), max(most, sp.digits)
	}
	switch {
	case len(row) < 2:
		return span{}, 1
	case total > 10 && len(row) >= 3 && least >= 2 && most >= 4:
		return s.whole(row, longNumber), len(row)
	case least < 4 && total >= 4 && total <= 8 && s.left(row[0].first).class.has(codeNoun):
		return s.whole(row, grouped), len(row)
	case least < 4 && most-least <= 1 && total >= 4 && (total <= 10 || least == 1 && most == 1 && total <= 12):
		return s.whole(row, grouped), len(row)
	}
	return span{}, 1
}

// amountRow counts the numbers that make an amount beside a currency: 1 234,56 €.
func (s *scan) amountRow(row []span) int {
	for n := 1; n < len(row); n++ {
		sp := row[n]
		if len(s.text(sp.first)) != 3 || row[0].digits > 3 {
			return 0
		}
		if s.right(sp.last).class.has(currency) || sp.shape == decimal ||
			s.left(row[0].first).class.has(currency) && n == len(row)-1 {
			return n + 1
		}
	}
	return 0
}

func (s *scan) whole(row []span, sh shape) span {
	sp := span{shape: sh, first: row[0].first, last: row[len(row)-1].last}
	for _, r := range row {
		sp.digits += r.digits
	}
	return sp
}

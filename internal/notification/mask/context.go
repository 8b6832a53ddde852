package mask

// label is what stands beside a number.
type label struct {
	class  class
	at     int  // the item that the class comes from, or -1
	colon  bool // a colon or an equals sign is between
	number bool // "number", "no." or # is between
	is     bool // a word like "is" is between
	sign   bool // the number touches the item
	prep   bool // a preposition is between: "in"
}

// window is how many items a number looks around itself.
const window = 12

// left tells what explains a number from its left: the nearest word that has a
// class, if only words and marks without meaning are between.
func (s *scan) left(i int) label {
	l := s.before(i)
	if l.prep && l.class == 0 {
		l.class = inYear
	}
	return l
}

// walk is the way from a number to the left.
type walk struct {
	label
	from  int
	comma bool
	name  bool // a name was passed: "Visa Signature 1234"
}

func (s *scan) before(i int) label {
	w := walk{label: label{at: -1}, from: i}
	for k := i - 1; k >= 0 && k >= i-window; k-- {
		if s.steps++; s.stops(&w, k) {
			break
		}
	}
	return w.label
}

// stops reports whether the walk ends at item k.
func (s *scan) stops(w *walk, k int) bool {
	switch s.items[k].kind {
	case space:
		return false
	case newline:
		return !s.endsOpen(k)
	case mark:
		return s.stopsAtMark(w, k)
	case word:
		return s.stopsAtWord(w, k)
	}
	return true
}

func (s *scan) stopsAtMark(w *walk, k int) bool {
	it := s.items[k]
	if it.class.has(currency) {
		w.class, w.at, w.sign = currency, k, k == w.from-1
		return true
	}
	switch it.text {
	case ":", "=":
		w.colon = true
	case ",", "、":
		w.comma = true
	case "#", "№":
		w.number = true
	case ".":
		return !s.abbreviates(k)
	default:
		return !isFiller(it.text)
	}
	return false
}

func (s *scan) stopsAtWord(w *walk, k int) bool {
	it := s.items[k]
	c := it.near
	switch {
	case c.has(codeNoun):
		w.label = w.found(codeNoun, k)
	case w.comma && !c.has(copula):
	case c.has(numberWord) && !c.has(account|reference|phone|ending):
		w.number = true
		return false
	case c.has(inYear) && !c.has(^(inYear | copula | connector)):
		w.prep = true
		return false
	case c == copula, c == copula|connector && !s.pairs(k):
		w.is = true
		return false
	case c != 0:
		w.label = w.found(c, k)
	case it.title && !w.name && !w.colon:
		w.name = true
		return false
	}
	return true
}

func (l label) found(c class, at int) label {
	if l.prep && !c.has(ending|phone|send|month) {
		c = inYear
	}
	l.class, l.at = c, at
	return l
}

// pairs reports whether the connector at k stands behind a number.
func (s *scan) pairs(k int) bool { return s.is(k-2, digits) && s.is(k-1, space) }

// endsOpen reports whether the line that ends at k ends with a colon.
func (s *scan) endsOpen(k int) bool {
	least := k - window
	for k--; k >= 0 && k >= least && (s.items[k].kind == space || s.items[k].kind == newline); k-- {
		s.steps++
	}
	return k >= 0 && (s.text(k) == ":" || s.text(k) == "-")
}

// abbreviates reports whether the dot at k does not end a sentence: "No.", "...".
func (s *scan) abbreviates(k int) bool {
	if s.text(k-1) == "." || s.text(k+1) == "." {
		return true
	}
	return s.is(k-1, word) && (abbreviations[s.text(k-1)] || s.items[k-1].class.has(currency|month))
}

var abbreviations = listed(`no nr num ref acct acc ac inv bal amt ext ph tel txn chq n rs nro núm ord pol tél č тел сч св št`)

// isFiller knows the marks that may stand between a label and its number.
func isFiller(t string) bool {
	switch t {
	case "-", "(", "[", "{", "\"", "'", "“", "”", "‘", "’", "«", "»", "„", "*", "_", "~", "`", "<", ">", "|", "►", "•", "→", "…", "·",
		"【", "「", "『", "《", "》", "/", "°", "✅", "👉", "🔑", "🔐", "🔒":
		return true
	}
	return false
}

// right tells what stands directly behind a number.
func (s *scan) right(i int) label {
	l := label{at: -1}
	for k := i + 1; k < len(s.items) && k <= i+3; k++ {
		s.steps++
		switch it := s.items[k]; {
		case it.kind == space:
		case it.kind == word || it.kind == mark && (it.class != 0 || it.text == "%"):
			if it.text == "%" {
				return label{class: unit, at: k}
			}
			l.class, l.at, l.sign = it.first, k, k == i+1
			return l
		case it.kind == mark && (it.text == ")" || it.text == "]") && k == i+1:
		default:
			return l
		}
	}
	return l
}

// behind returns the class of what stands behind a number, past a word like
// "with": "4821 ile biten kartınız".
func (s *scan) behind(r label) class {
	if r.at < 0 || r.class.has(^(copula | numberWord)) || !s.is(r.at+2, word) {
		return r.class
	}
	return s.items[r.at+2].first
}

// label looks for a code word in the rest of the sentence behind a number:
// "… is your Acme code".
func (s *scan) label(i int) label {
	l := label{at: -1}
	count := 0
	for k := i + 1; k < len(s.items) && k <= i+2*window && count < 7; k++ {
		s.steps++
		it := s.items[k]
		switch {
		case it.kind == digits || it.kind == newline || it.kind == hidden:
			return l
		case it.kind == mark && (it.text == "." || it.text == "!" || it.text == "?" || it.text == "。" || it.text == ";" || it.text == ","):
			return l
		case it.kind == word:
			if count == 0 && (it.first.has(copula) || it.text == "as") {
				l.is = true
			}
			if it.class.has(codeNoun) {
				l.sign = count == 0
				return l.found(codeNoun, k)
			}
			count++
		}
	}
	return l
}

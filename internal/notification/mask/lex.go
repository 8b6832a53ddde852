package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// kind is what an item of a message is made of.
type kind uint8

const (
	word    kind = iota // letters of one alphabet
	digits              // decimal digits of any script
	space               // one blank within a line
	newline             // one line break
	mark                // one punctuation mark or symbol
	raw                 // one control character or one byte that is no UTF-8
	hidden              // a code that was hidden before
)

// item is a piece of a message. Its text is folded: small letters without
// accents, ASCII digits, half-width punctuation.
type item struct {
	kind       kind
	text       string
	start, end int  // bytes in the message
	upper      bool // a word all in capitals
	title      bool // a word that begins with a capital
	cased      bool // a word of Latin, Cyrillic or Greek letters
	packed     bool // a word of a script that puts no blanks between words
	inLink     bool // part of a link, an address or an app hash
	class      class
	near       class // class of what stands at the end of a packed word
	first      class // class of what stands at the beginning of a packed word
}

// lexer collects items, and the text of the last of them.
type lexer struct {
	items []item
	text  strings.Builder
	row   int // Chinese numerals of a number that are still to come
}

// lex cuts a message into items. Characters that have no width of their own
// (accents, joiners, direction marks, keycaps) belong to no item: a code that
// is interrupted by them is one code, and they stay in the message.
func lex(body string) []item {
	l := lexer{items: make([]item, 0, len(body)/3+8)}
	for i := 0; i < len(body); {
		if n := hiddenAt(body, i); n > 0 {
			l.flush()
			l.items = append(l.items, item{kind: hidden, start: i, end: i + n})
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(body[i:])
		k, folded := fold(r, size)
		if l.row == 0 && r >= '〇' {
			l.row = spelt(body[i:])
		}
		if l.row > 0 {
			l.row--
			k, folded = digits, '0'+numeral(r)
		}
		if k != ignored {
			l.add(item{kind: k, start: i, end: i + size}, r, folded)
		}
		i += size
	}
	l.flush()
	for i := range l.items {
		classify(&l.items[i])
	}
	return l.items
}

// add appends a character, as part of the last item where it continues it.
func (l *lexer) add(next item, r, folded rune) {
	if next.kind == word {
		describe(&next, r, folded)
	}
	if n := len(l.items); n > 0 && continues(l.items[n-1], next) {
		last := &l.items[n-1]
		last.end, last.upper = next.end, last.upper && next.upper
	} else {
		l.flush()
		l.items = append(l.items, next)
	}
	l.text.WriteRune(folded)
}

// flush returns the last item its text.
func (l *lexer) flush() {
	if n := len(l.items); n > 0 && l.text.Len() > 0 {
		l.items[n-1].text = l.text.String()
	}
	l.text.Reset()
}

const ignored = kind(255)

// hiddenAt returns the length of the hidden code at i, or 0. More bullets, or
// digits touching them, are somebody else's mask of an account number.
func hiddenAt(body string, i int) int {
	const bullet = "•"
	if !strings.HasPrefix(body[i:], Hidden) || strings.HasSuffix(body[:i], bullet) {
		return 0
	}
	rest := body[i+len(Hidden):]
	if strings.HasPrefix(rest, bullet) {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsDigit(r) {
		return 0
	}
	return len(Hidden)
}

// continues reports whether next belongs to the item before it.
func continues(last, next item) bool {
	return last.kind == next.kind && (next.kind == digits ||
		next.kind == word && last.cased == next.cased && last.packed == next.packed)
}

// fold returns the kind of a rune and its plain form.
func fold(r rune, size int) (kind, rune) {
	switch {
	case r == utf8.RuneError && size <= 1:
		return raw, r
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		return newline, '\n'
	case r == '\t' || unicode.Is(unicode.Zs, r):
		return space, ' '
	case unicode.IsControl(r):
		return raw, r
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r == 'ـ' || r == '\u3164':
		return ignored, r
	}
	r = plain(r)
	switch {
	case r >= '0' && r <= '9':
		return digits, r
	case unicode.IsLetter(r) || unicode.Is(unicode.Mc, r):
		return word, unicode.ToLower(r)
	}
	return mark, r
}

// plain takes accents off letters and returns the ASCII form of digits and of
// full-width, circled or mathematical characters.
func plain(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	if table := digitRange(r); table >= 0 {
		return '0' + (r-table)%10
	}
	if r == '⓿' {
		return '0'
	}
	if r >= '❶' && r <= '➓' {
		return dingbat(r)
	}
	switch r {
	case 'ı', 'İ':
		return 'i'
	case '，':
		return '、' // no mark of decimals
	case '’', '‘':
		return '\''
	case '٫':
		return '.'
	case '٬', '،':
		return ','
	case '‐', '‑', '–', '—', '−', '﹣':
		return '-'
	}
	if r < 0x0600 || r >= 0x1E00 && r < 0x2000 || r >= 0x2070 && r < 0x2500 || r >= 0xFF00 {
		d := []rune(string(norm.NFKD.PropertiesString(string(r)).Decomposition()))
		if len(d) > 0 && (len(d) == 1 || unicode.Is(unicode.Mn, d[1])) {
			return d[0]
		}
	}
	return r
}

// digitRange returns the first digit of the block of ten that r is in, or -1.
func digitRange(r rune) rune {
	if !unicode.IsDigit(r) {
		return -1
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return rune(t.Lo)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) { //nolint:gosec // both are runes
			return rune(t.Lo) //nolint:gosec // it is a rune
		}
	}
	return -1
}

// dingbat returns the digit in a black or white circle; tens stay as they are.
func dingbat(r rune) rune {
	if n := (r - '❶') % 10; n < 9 {
		return '1' + n
	}
	return r
}

const numerals = "零一二三四五六七八九"

// numeral returns the value of a Chinese numeral, or -1.
func numeral(r rune) rune {
	if r == '〇' {
		return 0
	}
	at := strings.IndexRune(numerals, r)
	if at < 0 {
		return -1
	}
	return rune(at / len("零")) //nolint:gosec // 9 at most
}

// spelt counts the Chinese numerals at the beginning of rest, ten at most. Four
// in a row are a number; fewer are words.
func spelt(rest string) int {
	n := 0
	for _, r := range rest {
		if numeral(r) < 0 || n == 10 {
			break
		}
		n++
	}
	if n < 4 {
		return 0
	}
	return n
}

// describe notes the case and the alphabet of a letter.
func describe(it *item, r, folded rune) {
	it.cased = unicode.In(folded, unicode.Latin, unicode.Cyrillic, unicode.Greek)
	it.packed = unicode.In(folded, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || folded == 'ー'
	it.upper = unicode.IsUpper(r)
	it.title = it.upper
}

package mask

import (
	"strings"
	"sync"
)

// class says what a word tells about the number beside it. A word may have
// several.
type class uint32

const (
	codeNoun   class = 1 << iota // code, PIN, OTP, password
	codeVerb                     // verify, sign in: a code may be near
	enter                        // use, enter, type: a code follows
	copula                       // is, are: stands between a label and its number
	numberWord                   // number, no., id
	account                      // card, account, and brands of cards
	ending                       // ending in
	reference                    // order, invoice, ticket
	phone                        // call, hotline
	send                         // text STOP to, reply to
	amount                       // balance, limit
	currency                     // USD, euros
	unit                         // minutes, points
	month                        // November
	inYear                       // in, since: a year may follow
	alert                        // purchase, transfer: says that the message is an alert
	modifier                     // zip, promo: makes "code" mean something else
	event                        // changed, blocked: says that no code is handed over
	street                       // Street, Avenue
	leading                      // rue, via: stands before the name of the street
	connector                    // and, of: binds what is on both sides
)

// telling are the classes that say what a number is.
const telling = account | ending | reference | phone | amount | alert

// has reports whether any of the classes applies.
func (c class) has(any class) bool { return c&any != 0 }

// lexicon holds folded words and stems. A stem is looked up at every place of
// a word that it may stand at, by its first rune, so that the work is linear
// in the length of the word.
type lexicon struct {
	exact  map[string]class
	prefix map[rune][]stem
	inside map[rune][]stem
}

type stem struct {
	text   string
	atEnd  bool
	class  class
	packed bool
}

// words are read when the first body is masked: it takes milliseconds, which a
// start has better use for.
var words = sync.OnceValue(func() lexicon { return newLexicon(codeWords, alertWords, shapeWords) })

// newLexicon reads tables in which "word" stands for itself, "stem*" for any
// word that begins so, "*stem" for one that ends so and "*stem*" for one that
// holds it. Words of scripts without blanks are always stems.
func newLexicon(tables ...map[class]string) lexicon {
	l := lexicon{map[string]class{}, map[rune][]stem{}, map[rune][]stem{}}
	for _, table := range tables {
		for c, list := range table {
			for _, entry := range strings.Fields(list) {
				l.add(entry, c)
			}
		}
	}
	return l
}

func (l lexicon) add(entry string, c class) {
	open, text := strings.HasSuffix(entry, "*"), strings.Trim(entry, "*")
	free := strings.HasPrefix(entry, "*")
	it := fields(text)
	s := stem{text: it.text, atEnd: free && !open, class: c, packed: it.packed}
	first := []rune(s.text)[0]
	switch {
	case free || it.packed:
		l.inside[first] = append(l.inside[first], s)
	case open:
		l.prefix[first] = append(l.prefix[first], s)
	default:
		l.exact[s.text] |= c
	}
}

// fields folds a word of a table as lex folds a word of a message.
func fields(text string) item {
	var b strings.Builder
	var it item
	for _, r := range text {
		k, f := fold(r, len(string(r)))
		if k == ignored {
			continue
		}
		describe(&it, r, f)
		b.WriteRune(f)
	}
	it.text = b.String()
	return it
}

// reach is how many bytes from its edge a packed word still speaks of the
// number beside it: four characters of three bytes.
const reach = 12

// classify looks a word up.
func classify(it *item) {
	if it.kind != word {
		if it.kind == mark && isCurrencySign(it.text) {
			it.class = currency
		}
		it.near, it.first = it.class, it.class
		return
	}
	if c, ok := words().exact[it.text]; ok {
		it.class = c
		if c.has(modifier | reference) {
			it.near, it.first = c, c
			return
		}
	}
	if it.upper && it.end-it.start == 3 && isISOCurrency(it.text) {
		it.class |= currency
	}
	if it.upper && it.text == "tan" || it.text == "ma" && it.end-it.start > len("ma") {
		it.class |= codeNoun
	}
	words().stems(it)
	if !it.packed {
		it.near, it.first = it.class, it.class
	}
}

// stems adds the classes of the stems that a word holds. Of a packed word,
// near tells of the stem that ends last and first of the one that begins it.
func (l lexicon) stems(it *item) {
	last := 0
	for at, r := range it.text {
		if at == 0 {
			for _, s := range l.prefix[r] {
				if strings.HasPrefix(it.text, s.text) {
					it.class |= s.class
				}
			}
		}
		for _, s := range l.inside[r] {
			end := at + len(s.text)
			if !strings.HasPrefix(it.text[at:], s.text) || s.atEnd && end != len(it.text) {
				continue
			}
			it.class |= s.class
			if at == 0 {
				it.first |= s.class
			}
			switch {
			case end < last || end+reach < len(it.text):
			case !s.class.has(^(copula | connector | numberWord)):
				it.near |= s.class
			case end == last:
				it.near |= s.class
			default:
				it.near, last = it.near&(copula|numberWord)|s.class, end
			}
		}
	}
}

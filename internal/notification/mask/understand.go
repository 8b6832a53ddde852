package mask

import "strings"

// understand reads the words of the message: what it is about, and which
// "code" is a zip code.
func (s *scan) understand() {
	lead := strings.TrimSpace(s.body)
	if strings.HasPrefix(lead, "<#>") || strings.HasPrefix(lead, "[#]") {
		s.level = 2
	}
	before := -1
	for i := range s.items {
		it := &s.items[i]
		if it.kind != word {
			continue
		}
		s.compound(before, i)
		before = i
	}
	for i, it := range s.items {
		s.steps++
		s.wasHidden = s.wasHidden || it.kind == hidden
		s.whispers = s.whispers || it.kind == word && it.cased && !it.title && len(it.text) > 1
		if it.class.has(alert|currency) && it.kind != digits {
			s.isAlert = true
		}
		switch {
		case it.class.has(codeNoun):
			s.level = 2
		case s.level == 0 && (it.class.has(codeVerb) && s.isVerb(i) || s.isLifetime(i)):
			s.level = 1
		}
	}
}

// compound returns two words the meaning that they have together.
func (s *scan) compound(before, i int) {
	if before < 0 || i > before+2 {
		return
	}
	a, b := &s.items[before], &s.items[i]
	switch {
	case a.class.has(modifier) && b.class.has(codeNoun):
		b.class, b.near, b.first = reference, reference, reference
	case a.class.has(codeNoun) && b.class.has(modifier):
		a.class, a.near, a.first = reference, reference, reference
		b.class, b.near = b.class|reference, reference
	case a.text == "a" && b.text == "c" && s.text(before+1) == "/":
		b.class, b.near = account|alert, account|alert
	}
}

// isVerb reports whether "log" or "sign" means to log in.
func (s *scan) isVerb(i int) bool {
	switch s.text(i) {
	case "log", "sign", "logging", "signing":
		next := s.text(i + 2)
		return next == "in" || next == "on" || next == "into"
	}
	return true
}

// isLifetime reports whether the word at i ends a time such as codes live:
// "10 minutes".
func (s *scan) isLifetime(i int) bool {
	number := s.text(i - 1)
	if number == " " {
		number = s.text(i - 2)
	}
	return s.items[i].first.has(unit) && minutes(s.text(i)) && number != "" && len(number) <= 2 && number[0] >= '0' && number[0] <= '9'
}

package mask

import "strings"

// links finds links, mail addresses, app hashes and origin-bound codes
// ("@bank.example #123456"): their digits are read by rules of their own.
func (s *scan) links() {
	for i := 0; i < len(s.items); {
		end := i
		for end < len(s.items) && s.items[end].kind != space && s.items[end].kind != newline {
			end++
		}
		if end > i {
			s.chunk(i, end-1)
		}
		s.steps += end - i
		i = max(end, i+1)
	}
}

// chunk looks at the items between two blanks.
func (s *scan) chunk(first, last int) {
	text := s.body[s.items[first].start:s.items[last].end]
	path := s.path(first, last)
	switch {
	case s.boundCode(first, last):
	case path >= 0:
		for i := first; i <= last; i++ {
			s.items[i].inLink = true
		}
		s.linkParts(path, last)
	case s.isAppHash(text, last), strings.Contains(text, "@") && strings.Contains(text[strings.Index(text, "@"):], ".") && text[0] != '@':
		for i := first; i <= last; i++ {
			s.items[i].inLink = true
		}
	}
}

// boundCode hides what follows "@domain #".
func (s *scan) boundCode(first, last int) bool {
	if s.text(first) != "#" || last == first || first < 4 || !s.is(first-1, space) {
		return false
	}
	k := first - 2
	for ; k >= 0 && k >= first-16 && (s.items[k].kind == word || s.items[k].kind == digits || s.text(k) == "." || s.text(k) == "-"); k-- {
		s.steps++
	}
	if s.text(k) != "@" {
		return false
	}
	for i := first; i <= last; i++ {
		s.items[i].inLink = true
	}
	s.linked = append(s.linked, span{shape: mixed, first: first + 1, last: last, verdict: hide})
	return true
}

// isAppHash knows the eleven characters that end a message for an Android app.
func (s *scan) isAppHash(text string, last int) bool {
	if len(text) != 11 || s.level == 0 {
		return false
	}
	for _, it := range s.items[last+1 : min(len(s.items), last+4)] {
		if it.kind != space && it.kind != newline {
			return false
		}
	}
	return strings.Trim(text, "0123456789+/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" &&
		strings.ToLower(text) != text && strings.ToUpper(text) != text
}

// path returns the item where the path of a link begins, or -1.
func (s *scan) path(first, last int) int {
	dots := 0
	for i := first; i <= last; i++ {
		s.steps++
		switch t := s.text(i); {
		case t == ":" && s.text(i+1) == "/" && s.text(i+2) == "/" && i+2 <= last && s.is(i-1, word):
			return s.afterHost(i+3, last)
		case t == "." && i > first && (s.is(i+1, word) && i+1 <= last):
			dots++
		case (t == "/" || t == "?") && dots > 0 && s.is(i-1, word):
			return i
		case t == "/" || t == "?" || t == ":" || t == "@" || t == ",":
			dots = 0
		}
	}
	return -1
}

func (s *scan) afterHost(i, last int) int {
	for ; i <= last; i++ {
		if t := s.text(i); t == "/" || t == "?" || t == "#" {
			return i
		}
	}
	return last + 1
}

// linkParts reads the path and the query of a link. What follows a name that
// means a code is hidden whole.
func (s *scan) linkParts(i, last int) {
	for last > i && s.items[last].kind == mark {
		last--
	}
	key := ""
	for i <= last {
		s.steps++
		end := i
		for end <= last && !s.parting(end) {
			end++
		}
		if end == i {
			i++
			continue
		}
		s.linkPart(key, s.text(i-1) == "=" || strings.HasSuffix(key, "="), i, end-1)
		if key = s.joined(i, end-1); s.text(end) == "=" {
			key += "="
		}
		i = end + 1
	}
}

// parting reports whether the mark at i divides a link.
func (s *scan) parting(i int) bool {
	switch s.text(i) {
	case "/", "?", "&", "=", "#", ";", ":", "%":
		return s.items[i].kind == mark
	}
	return false
}

// joined returns the letters and digits of some items; no name of a code is long.
func (s *scan) joined(first, last int) string {
	var b strings.Builder
	for i := first; i <= last && b.Len() < 24; i++ {
		if k := s.items[i].kind; k == word || k == digits {
			b.WriteString(s.text(i))
		}
	}
	return b.String()
}

var (
	codeKeys = listed(`otp otc otpcode code codes passcode pin tan token auth authcode verify verification verificationcode verifycode vcode
		confirm confirmation pass password pwd key secret login signin magic activate activation reset unlock 2fa mfa totp challenge approve codigo clave kod`)
	shortKeys = listed(`c v t p k o x s q a i l m r id n`)
)

// linkPart decides about one part of a link, behind the part named key.
func (s *scan) linkPart(key string, isValue bool, first, last int) {
	sp := span{shape: mixed, first: first, last: last}
	letters, number, upper := 0, 0, false
	for i := first; i <= last; i++ {
		switch it := s.items[i]; it.kind {
		case digits:
			number += len(it.text)
		case word:
			letters += len(it.text)
			upper = upper || it.title
		}
	}
	sp.digits = letters + number
	key = strings.TrimSuffix(key, "=")
	named := codeKeys[key] || (s.level > 0 || !s.isAlert) && shortKeys[key]
	switch {
	case sp.digits == 0 || !isValue && number == 0 && !upper:
		return
	case named && (isValue || sp.digits >= 4 && number > 0 || codeKeys[key] && upper && sp.digits >= 6):
		sp.verdict = hide
	case number < 4 && letters == 0 || number == 0 || sp.digits < 4 || sp.digits > 10:
		return
	case letters == 0 && s.level > 0:
		sp.verdict = hide
	default:
		sp.verdict = explained
	}
	s.linked = append(s.linked, sp)
}

package user

import (
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Terms returns what a search may begin with to find the user: the name from any of
// its words on, the address in both of its spellings, the id.
func (u User) Terms() []string {
	first, last := text.Fold(u.FirstName), text.Fold(u.LastName)
	var terms []string
	for _, name := range [][2]string{{first, last}, {last, first}} {
		for _, from := range words(name[0]) {
			terms = append(terms, from+" "+name[1])
		}
	}
	terms = append(terms, text.Fold(u.Email), u.ID)
	if shown := text.Shown(u.Email); shown != u.Email {
		terms = append(terms, text.Fold(shown))
	}
	return terms
}

// words returns a name from each of its words on.
func words(name string) []string {
	from := []string{name}
	for i := 1; i < len(name); i++ {
		if before := name[i-1]; (before == ' ' || before == '-') && name[i] != ' ' && name[i] != '-' {
			from = append(from, name[i:])
		}
	}
	return from
}

// PhoneTerms returns what a search may begin with to find the owner of a number.
func PhoneTerms(number string) []string { return phone.Endings(number) }

// prefix returns the beginning that terms are compared with. What looks like a
// phone number is reduced to its digits.
func prefix(search string) string {
	if digits, ok := phone.Digits(search); ok {
		return digits
	}
	return text.Fold(search)
}

// after returns the smallest string greater than every string that begins with p.
func after(p string) string {
	return p + "\U0010FFFF"
}

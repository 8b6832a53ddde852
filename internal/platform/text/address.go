package text

import (
	"net/mail"
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// longestAddress is how long an address may be (RFC 5321, 4.5.3.1.3).
const longestAddress = 254

// domains reads domains as browsers do.
var domains = idna.New(
	idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(true), idna.VerifyDNSLength(true), idna.StrictDomainName(true),
)

// Address returns the one spelling of an email address by which it is stored, found
// and mailed to: lowercase, composed, the domain in ASCII (A-labels). ok is false for
// what is no address, or one that could be taken for another: without a dot in its
// domain, at the number of a machine, with characters that nobody sees, or with
// letters of scripts that nobody mixes.
func Address(s string) (address string, ok bool) {
	typed := edged(s)
	at := strings.LastIndexByte(typed, '@')
	if at < 1 || !IsName(typed, longestAddress) {
		return "", false
	}
	local, unicodeDomain := strings.ToLower(typed[:at]), typed[at+1:]
	domain, err := domains.ToASCII(unicodeDomain)
	if err != nil || !strings.Contains(domain, ".") || isNumbers(domain) {
		return "", false
	}
	shown, err := domains.ToUnicode(domain)
	if err != nil || mixes(local) {
		return "", false
	}
	for label := range strings.SplitSeq(shown, ".") {
		if mixes(label) {
			return "", false
		}
	}
	address = norm.NFC.String(local) + "@" + domain
	parsed, err := mail.ParseAddress(address)
	return address, err == nil && parsed.Address == address && len(address) <= longestAddress
}

// Shown returns an address as people write it, with the domain's own letters.
func Shown(address string) string {
	at := strings.LastIndexByte(address, '@')
	if domain, err := domains.ToUnicode(address[at+1:]); err == nil {
		return address[:at+1] + domain
	}
	return address
}

// Usernames returns the spellings by which somebody may be found who signs in with
// what was typed: the one of Address and, where that is another, the one before
// addresses had one spelling, which some could not be brought into.
func Usernames(typed string) []string {
	before := strings.ToLower(strings.TrimSpace(typed))
	address, ok := Address(typed)
	switch {
	case !ok:
		return []string{before}
	case address == before:
		return []string{address}
	}
	return []string{address, before}
}

// edged returns an address without full-width letters, and without spaces and
// invisible characters around it, which come along from where it was copied.
func edged(s string) string {
	return strings.TrimFunc(norm.NFC.String(width.Fold.String(s)), func(r rune) bool { return unicode.IsSpace(r) || hides(r) && r != 0 })
}

// isNumbers reports whether a domain is the number of a machine, in whatever form.
func isNumbers(domain string) bool {
	_, err := netip.ParseAddr(strings.Trim(domain, "[]"))
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	return err == nil || strings.Trim(last, "0123456789") == ""
}

// together are the scripts that are written together in one word, but for Latin, which
// goes with each of the three (Unicode TS 39, "highly restrictive").
var together = [][]string{{"Han", "Hiragana", "Katakana"}, {"Han", "Bopomofo"}, {"Han", "Hangul"}}

// mixes reports whether a text has letters of scripts that nobody writes together, by
// which one letter is taken for another.
func mixes(s string) bool {
	found := map[string]bool{}
	for _, r := range s {
		if script := scriptOf(r); script != "" {
			found[script] = true
		}
	}
	if len(found) < 2 {
		return false
	}
	delete(found, "Latin")
	for _, set := range together {
		rest := len(found)
		for _, script := range set {
			if found[script] {
				rest--
			}
		}
		if rest == 0 {
			return false
		}
	}
	return true
}

// scriptOf returns the script of a letter, empty for what is of all scripts.
func scriptOf(r rune) string {
	if r <= unicode.MaxASCII {
		if unicode.IsLetter(r) {
			return "Latin"
		}
		return ""
	}
	for name, script := range unicode.Scripts {
		if unicode.Is(script, r) {
			if name == "Common" || name == "Inherited" {
				return ""
			}
			return name
		}
	}
	return ""
}

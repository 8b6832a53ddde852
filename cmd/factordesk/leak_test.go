package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/demo"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

// held says which secret may stand where: with whom it is for, or where the desk
// works with it. Any secret in any other place is a leak. Two places are outside
// of this: the phones of the sandbox, which are their owners', and the answers to
// those who ask, of which errors and headers are looked at.
var held = map[string][]string{
	"number": {
		"devices.address", "user_terms.term", // whose it is, and how they are found
		"notifications.recipient", "notifications.sender", "notification_refreshes.recipient", // the history
		"opt_outs.number", "opt_outs.sender", // who replied STOP, and to whom
		"notices.recipient",     // where to send
		"sms_providers.sender",  // the institution's own
		"audit_entries.details", // one that staff looked up
	},
	// In acceptance tests codes go by mail; see TestServe_UAT.
	"one-time code by mail": {"mail"},
	"mark":                  {"devices.label"}, // the name that its owner gave it
	// An institution prints its support number on its cards and in its notices. The
	// record has it in full, before and after: a changed one sends customers to a
	// stranger.
	"support number": {"institutions.settings", "audit_entries.details", "mail", "notifications.body"},
	// Who replied STOP is told the institution's own number to text START to, which all its
	// texts come from. What is told is logged.
	"sender": {"errors", "stderr"},
	"link":   {"mail"},
	// What was made up by staff as a reason is shown to their colleagues.
	"reason": {"audit_entries.details", "devices.override_reason", "backup_code_confirmations.reason", "backup_code_sets.reason"},
}

// secrets are things that were typed or shown in a test, by what they are.
type secrets struct {
	mu  sync.Mutex
	all map[string]string
}

func (s *secrets) add(kind string, values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[string]string{}
	}
	for _, value := range values {
		if value != "" {
			s.all[value] = kind
		}
	}
}

// supportNumber is the one that the test's administrator gives to harbor.
const supportNumber = "+12025550199"

// numbers are the phone numbers of the demo's people, however they are set.
var numbers = regexp.MustCompile(`(?:202|312)[-. ()]{0,3}555[-. ]{0,2}0\d{3}|7700[- ]?900[- ]?104`)

// clocks are times of day, whose fractions can look like a code.
var clocks = regexp.MustCompile(`\d\d:\d\d:\d\d\.\d+`)

// leaks returns the secrets that can be read in a place and may not be there.
func (s *secrets) leaks(place, text string) []string {
	text = clocks.ReplaceAllString(text, "")
	lower := strings.ToLower(text)
	var found []string
	s.mu.Lock()
	defer s.mu.Unlock()
	for value, kind := range s.all {
		if !slices.Contains(held[kind], place) && stands(value, lower) {
			found = append(found, kind+" "+value)
		}
	}
	if !slices.Contains(held["number"], place) {
		if slices.Contains(held["support number"], place) {
			text = strings.ReplaceAll(strings.ReplaceAll(text, supportNumber, ""), phone.Format(supportNumber), "")
		}
		if slices.Contains(held["sender"], place) {
			text = strings.ReplaceAll(text, "Text START to "+phone.Format(demo.Accounts()[0].From), "")
		}
		for _, number := range numbers.FindAllString(text, -1) {
			found = append(found, "number "+number)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// stands reports whether a value can be read in a lowercase text, in any of its
// forms. Digits and letters beside a short value make it part of another.
func stands(value, text string) bool {
	short := len(value) < 10
	for _, form := range plainForms(value) {
		if contains(text, strings.ToLower(form), short) {
			return true
		}
	}
	for _, form := range encodedForms(value) {
		if contains(text, strings.ToLower(form), false) {
			return true
		}
	}
	return false
}

// plainForms are what a person would still read: as it is, without its hyphens
// or its plus, with its characters apart, and as URLs, JSON, Go and HTML write it.
func plainForms(value string) []string {
	quoted, _ := json.Marshal(value) // a string always marshals
	characters := strings.Split(strings.TrimPrefix(value, "+"), "")
	return []string{
		value, strings.ReplaceAll(value, "-", ""), strings.TrimPrefix(value, "+"),
		strings.Join(characters, ", "), strings.Join(characters, " "), strings.Join(characters, "-"), strings.Join(characters, "."),
		url.QueryEscape(value), url.PathEscape(value), string(quoted[1 : len(quoted)-1]), strconv.QuoteToASCII(value)[1:], html.EscapeString(value),
	}
}

// encodedForms are hexadecimal and Base64, by itself or, if the value is long
// enough to be told from chance, inside of something longer.
func encodedForms(value string) []string {
	forms := []string{hex.EncodeToString([]byte(value))}
	for before := range 3 {
		if before > 0 && len(value) < 10 {
			break
		}
		all := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + value))
		core := all[(before*8+5)/6 : (before+len(value))*8/6]
		forms = append(forms, core, strings.NewReplacer("+", "-", "/", "_").Replace(core))
	}
	return forms
}

// contains reports whether a form is in a text and, if it must be whole, without a
// digit or letter beside it.
func contains(text, form string, whole bool) bool {
	for from := 0; form != ""; {
		at := strings.Index(text[from:], form)
		if at < 0 {
			return false
		}
		start := from + at
		end := start + len(form)
		if !whole || !(start > 0 && alphanumeric(text[start-1]) || end < len(text) && alphanumeric(text[end])) {
			return true
		}
		from = start + 1
	}
	return false
}

func alphanumeric(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' }

// TestSecrets_leaks plants a secret of each kind in each kind of place and in
// each form, to show that leaksNothing can fail.
func TestSecrets_leaks(t *testing.T) {
	var s secrets
	planted := map[string]string{
		"one-time code": "123456", "backup code": "ABCDE-FGHJK-MNPQR", "password": `a "good" pass/word+ü`, "cookie": "Zm9v-YmFyLWJh_enF1eA", "number": "+12025550182",
	}
	for kind, value := range planted {
		s.add(kind, value)
	}
	forms := func(value string) map[string]string {
		quoted, _ := json.Marshal(map[string]string{"x": value})
		return map[string]string{
			"plain": "is " + value + ".", "log line": slogged(value), "JSON": string(quoted), "Go": fmt.Sprintf("%q %+q", value, value), "upper case": strings.ToUpper(value), "spoken": strings.Join(strings.Split(strings.TrimPrefix(value, "+"), ""), ", "),
			"query": url.Values{"x": {value}}.Encode(), "path": "/x/" + url.PathEscape(value), "HTML": html.EscapeString(value),
			"Base64": base64.StdEncoding.EncodeToString([]byte(value)), "URL's Base64": base64.RawURLEncoding.EncodeToString([]byte(value)), "hex": hex.EncodeToString([]byte(value)),
		}
	}
	for _, place := range []string{"stdout", "stderr", "/metrics", "errors", "headers", "mail", "users.email", "audit_entries.details", "throttle_windows.key"} {
		for kind, value := range planted {
			if slices.Contains(held[kind], place) {
				continue
			}
			for form, text := range forms(value) {
				if found := s.leaks(place, "before, "+text+"\nafter"); len(found) == 0 {
					t.Errorf("%s as %s is not found in %s: %s", kind, form, place, text)
				}
			}
		}
	}
	for before, kind := range []string{"password", "password", "password"} {
		hidden := base64.StdEncoding.EncodeToString([]byte("user-"[:before+1] + planted[kind] + "-after"))
		if len(s.leaks("stderr", hidden)) == 0 {
			t.Errorf("a password inside of Base64 is not found: %s", hidden)
		}
	}
	for _, number := range []string{"+12025550199", "(202) 555-0199", "202-555-0199", "447700900104"} {
		if len(s.leaks("stderr", "to "+number)) == 0 || len(s.leaks("devices.address", number)) != 0 {
			t.Errorf("%s is not found in the log, or not let stand in its column", number)
		}
	}
	for _, place := range held["support number"] {
		if found := s.leaks(place, "Call "+supportNumber+"."); found != nil {
			t.Errorf("the support number in %s: %v", place, found)
		}
		if !slices.Contains(held["number"], place) && len(s.leaks(place, "+12025550182, not "+supportNumber)) == 0 {
			t.Errorf("a customer's number beside the support number is not found in %s", place)
		}
	}
	for _, harmless := range []string{"1234567 x123456", "at 10:11:12.123456 +0000", "••• 0182", ""} {
		if found := s.leaks("stderr", harmless); found != nil {
			t.Errorf("%q: %v", harmless, found)
		}
	}
}

func slogged(value string) string {
	var out buffer
	newLogger(&out, "debug", config.Production).Info(strings.TrimPrefix(value, "+"), "value", []string{strings.TrimPrefix(value, "+")})
	return out.String()
}

func TestNewLogger(t *testing.T) {
	for _, e := range []config.Environment{config.Development, config.Production} {
		var out buffer
		newLogger(&out, "debug", e).With("path", "/v2/PhoneNumbers/+12025550182").Info("to +12025550183",
			"error", fmt.Errorf("lost: %w", errors.New("no +12025550184")), "numbers", []string{"+12025550185"}, "took", time.Second, "count", 3)
		got := out.String()
		if found := numbers.FindAllString(got, -1); found != nil {
			t.Errorf("%s: %v in %s", e, found, got)
		}
		for _, want := range []string{"/v2/PhoneNumbers/••• 0182", "to ••• 0183", "lost: no ••• 0184", "••• 0185", "took", "count"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s is missing in %s", e, want, got)
			}
		}
	}
}

// leaksNothing stops the program and reads all that it has written: what it
// printed and logged, the sandbox with it, metrics, errors, headers, mails, and
// every column of every table. It returns the places with their texts.
func (p *process) leaksNothing(t *testing.T, databaseURL string, letters mailbox) map[string]string {
	t.Helper()
	_, metrics := p.browser().send(http.MethodGet, p.Ops+"/metrics", nil)
	p.stop()
	p.typed.add("Twilio token", "harborsandboxtoken", "summitsandboxtoken")
	places := columns(t, databaseURL)
	places["stdout"] = strings.Replace(p.out.String(), demo.Greeting, "", 1)
	places["stderr"] = p.errs.String()
	places["/metrics"] = regexp.MustCompile(`(?m) \S+$`).ReplaceAllString(string(metrics), "") // values are numbers
	places["headers"] = p.headers.String()
	places["errors"] = strings.ReplaceAll(p.errors.String(), "such as +12025550101", "") // the example of how a number is written
	for _, m := range letters.read(t) {
		for _, link := range notYou.FindAllStringSubmatch(m.text, -1) {
			p.typed.add("link", link[1])
		}
		places["mail"] += m.subject + "\n" + m.text + "\n" + m.raw
	}
	for place, text := range places {
		if leaked := p.typed.leaks(place, text); len(leaked) != 0 {
			t.Errorf("%s has %v", place, leaked)
			for line := range strings.Lines(text) {
				if found := p.typed.leaks(place, line); len(found) != 0 {
					t.Errorf("%s: %v in %s", place, found, line)
				}
			}
		}
	}
	return places
}

// enoughWasThere fails if leaksNothing had little to find: few secrets, an empty
// place, a quiet log, or a place in the table above that holds nothing.
func (d *day) enoughWasThere(t *testing.T, places map[string]string) {
	t.Helper()
	if n := len(d.typed.all); n < 50 {
		t.Errorf("only %d secrets were typed", n)
	}
	for _, place := range []string{"stdout", "stderr", "/metrics", "errors", "headers", "mail"} {
		if places[place] == "" {
			t.Errorf("%s is empty", place)
		}
	}
	if !strings.Contains(places["stderr"], "level=DEBUG") {
		t.Error("the log is not as talkative as it can be")
	}
	for _, kind := range []string{"number", "reason"} {
		for _, place := range held[kind] {
			if !d.typed.holds(kind, places[place]) {
				t.Errorf("%s may hold a %s and does not", place, kind)
			}
		}
	}
}

// holds reports whether a secret of a kind can be read in a text.
func (s *secrets) holds(kind, text string) bool {
	for value, k := range s.all {
		if k == kind && stands(value, strings.ToLower(text)) {
			return true
		}
	}
	return kind == "number" && numbers.MatchString(text)
}

package twiliosandbox

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	shortCode   = regexp.MustCompile(`^\d{3,6}$`)
	alphaSender = regexp.MustCompile(`^[A-Za-z0-9 ]{1,11}$`)
	hasLetter   = regexp.MustCompile(`[A-Za-z]`)
	serviceSID  = regexp.MustCompile(`^MG[0-9A-Za-z]{1,32}$`)
)

// Scheduling reaches from 15 minutes to 35 days ahead.
const (
	leastSchedule = 15 * time.Minute
	mostSchedule  = 35 * 24 * time.Hour
)

// Magic numbers, from Twilio's test credentials.
const (
	magicPrefix = "+1500555"
	magicSender = magicPrefix + "0006"
)

var (
	magicTextFrom = map[string]int{"0001": 21212, "0007": 21606, "0008": 21611}
	magicTextTo   = map[string]int{"0001": 21211, "0002": 21612, "0003": 21408, "0004": 21610, "0009": 21614}
	magicCallFrom = map[string]int{"0001": 21212}
	magicCallTo   = map[string]int{"0001": 21217, "0002": 21214, "0003": 21215, "0004": 21216}
)

// magic returns the code that a magic number answers with, 0 for none.
func magic(number string, codes map[string]int) int {
	if len(number) != len(magicSender) || number[:len(magicPrefix)] != magicPrefix {
		return 0
	}
	return codes[number[len(magicPrefix):]]
}

func (s *Sandbox) createMessage(a *account, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !a.mayUse() {
		return nil, refuse(http.StatusForbidden, 20005, "Account %s is not active", a.sid)
	}
	m, sendIn, refused := s.draftMessage(a, r.PostForm)
	if refused != nil {
		return nil, refused
	}
	if callback := r.PostForm.Get("StatusCallback"); callback != "" {
		mode := s.callbackMode(r, callback)
		m.courier = &courier{sandbox: s, url: callback, token: a.token, path: m.path(), mode: mode}
	}
	s.messages.add(m)
	s.run(func() { s.carry(m, sendIn) })
	return m.view(), nil
}

// draftMessage makes the message that a form asks for, in its initial status,
// and tells in how long it is to be sent if it is scheduled.
func (s *Sandbox) draftMessage(a *account, form url.Values) (*message, time.Duration, *apiError) {
	now := s.clock.Now()
	body := form.Get("Body")
	m := &message{
		sid: newSID("SM"), accountSID: a.sid, status: statusQueued, created: now, updated: now,
		body: body, text: body, segments: segments(body), media: len(form["MediaUrl"]),
		discard: form.Get("ContentRetention") == "discard",
	}
	if m.media > 0 {
		m.sid = newSID("MM")
	}
	for _, check := range []func() *apiError{
		func() *apiError { return m.address(form) },
		func() *apiError { return m.chooseSender(s, a, form) },
		func() *apiError { return checkContent(form) },
		func() *apiError { return checkOptions(form) },
	} {
		if refused := check(); refused != nil {
			return nil, 0, refused
		}
	}
	sendIn, refused := m.schedule(form, now)
	if refused != nil {
		return nil, 0, refused
	}
	if s.optedOut(m.to, cmp.Or(m.from, m.sender)) {
		return nil, 0, bad(21610, "%s: %s", title(21610), m.to)
	}
	m.outcome = s.textOutcome(m.to)
	if m.outcome.word == outcomeReject {
		return nil, 0, bad(m.outcome.code, "%s: %s", title(m.outcome.code), m.to)
	}
	return m, sendIn, nil
}

// address checks To.
func (m *message) address(form url.Values) *apiError {
	to := form.Get("To")
	m.to = number(to)
	switch code := magic(m.to, magicTextTo); {
	case to == "":
		return bad(21604, "A 'To' phone number is required.")
	case shortCode.MatchString(to):
		return bad(21265, "'To' number cannot be a Short Code: %s", to)
	case code != 0:
		return bad(code, "%s: %s", title(code), to)
	case !readNumber(m.to).valid:
		return bad(21211, "Invalid 'To' Phone Number: %s", to)
	}
	return nil
}

// chooseSender checks From or MessagingServiceSid. A service picks its sender
// after the request, so the message has none at first.
func (m *message) chooseSender(s *Sandbox, a *account, form url.Values) *apiError {
	from, service := form.Get("From"), form.Get("MessagingServiceSid")
	m.service, m.from = service, number(from)
	switch {
	case service == "" && from == "":
		return bad(21603, "A 'From' phone number is required.")
	case service != "" && !(serviceSID.MatchString(service) && a.hasService(service)):
		return bad(21701, "The Messaging Service %s does not exist", service)
	case service != "":
		m.status, m.segments, m.sender = statusAccepted, 0, senderOf(a, service)
	}
	if from == "" {
		if m.sender == "" {
			return bad(21703, "%s", title(21703))
		}
		return nil
	}
	code := magic(m.from, magicTextFrom)
	switch {
	case code != 0:
		return bad(code, "%s: %s", title(code), from)
	case m.from == m.to:
		return bad(21266, "'To' and 'From' number cannot be the same: %s", from)
	case m.from == magicSender:
		return nil
	}
	return s.checkSender(a, m, from)
}

// checkSender checks a From that no magic decides.
func (s *Sandbox) checkSender(a *account, m *message, from string) *apiError {
	switch {
	case alphaSender.MatchString(from) && hasLetter.MatchString(from):
		m.from = from
		if m.to[1] == '1' {
			return bad(21612, "%s: an alphanumeric sender cannot reach %s", title(21612), m.to)
		}
		return nil
	case !readNumber(m.from).valid && !shortCode.MatchString(from):
		return bad(21212, "The 'From' number %s is not a valid phone number, shortcode, or alphanumeric sender ID.", from)
	case a.owns(m.from):
		return nil
	}
	for _, other := range s.accounts {
		if other != a && !other.adopts && other.owns(m.from) {
			return bad(21606, "The 'From' phone number %s is not a valid, SMS-capable inbound phone number or short code for your account.", from)
		}
	}
	return bad(21659, "'From' %s is not a Twilio phone number or Short Code, country mismatch", from)
}

// senderOf is the number that a messaging service of an account sends from.
func senderOf(a *account, service string) string {
	switch numbers := a.sendersOf(service); {
	case len(numbers) > 0:
		return numbers[0]
	case a.adopts && a.services == nil:
		return magicSender
	}
	return ""
}

func checkContent(form url.Values) *apiError {
	switch {
	case form.Get("ContentSid") != "":
		return bad(21655, "The ContentSid is invalid: the sandbox keeps no content templates, send a Body")
	case form.Get("Body") == "" && len(form["MediaUrl"]) == 0:
		return bad(21602, "Message body is required.")
	case utf8.RuneCountInString(form.Get("Body")) > 1600:
		return bad(21617, "The concatenated message body exceeds the 1600 character limit.")
	}
	return nil
}

func checkOptions(form url.Values) *apiError {
	if text := form.Get("ValidityPeriod"); text != "" {
		switch n, err := strconv.Atoi(text); {
		case err != nil || n < 1:
			return bad(90014, "Validity Period should be positive integer: %s", text)
		case n > 36000:
			return bad(90007, "Invalid validity period value: %s is above 36000 seconds", text)
		}
	}
	for name, words := range map[string][2]string{
		"ContentRetention": {"retain", "discard"}, "AddressRetention": {"retain", "obfuscate"},
	} {
		if text := form.Get(name); text != "" && text != words[0] && text != words[1] {
			return bad(20001, "%s must be %s or %s", name, words[0], words[1])
		}
	}
	return checkCallbackURL("StatusCallback", form.Get("StatusCallback"))
}

func checkCallbackURL(name, text string) *apiError {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.Contains(u.Hostname(), "_") {
		return bad(21609, "The %s URL %s is not a valid URL.", name, text)
	}
	return nil
}

// schedule reads SendAt, which only messaging services know.
func (m *message) schedule(form url.Values, now time.Time) (time.Duration, *apiError) {
	scheduleType, sendAt := form.Get("ScheduleType"), form.Get("SendAt")
	switch {
	case m.service == "" || (scheduleType == "" && sendAt == ""):
		return 0, nil
	case scheduleType != "fixed":
		return 0, bad(35113, "ScheduleType must be fixed")
	case sendAt == "":
		return 0, bad(35111, "SendAt is required to schedule a message")
	}
	at, err := time.Parse(time.RFC3339, sendAt)
	ahead := at.Sub(now)
	if err != nil || ahead < leastSchedule || ahead > mostSchedule {
		return 0, bad(35114, "SendAt must be an ISO 8601 time from 15 minutes to 35 days ahead")
	}
	m.status = statusScheduled
	return ahead, nil
}

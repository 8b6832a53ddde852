package twiliosandbox

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// keywords are the words that Twilio reads in a text that consists of one of them,
// by what it tells of them as OptOutType.
var keywords = map[string][]string{
	"STOP":  {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"},
	"START": {"START", "YES", "UNSTOP"},
	"HELP":  {"HELP", "INFO"},
}

// optOutType is the kind of keyword that a text consists of, "" for none.
func optOutType(body string) string {
	word := strings.ToUpper(strings.TrimSpace(body))
	for kind, words := range keywords {
		if slices.Contains(words, word) {
			return kind
		}
	}
	return ""
}

// inboundView is the answer to a text from a phone.
type inboundView struct {
	SID        string `json:"sid"`
	From       string `json:"from"`
	To         string `json:"to"`
	Body       string `json:"body"`
	Status     string `json:"status"`
	OptOutType string `json:"optOutType,omitempty"`
}

// postInbound lets a phone text one of the accounts' numbers.
func (s *Sandbox) postInbound(w http.ResponseWriter, r *http.Request) {
	var input struct {
		To   string `json:"to"`
		Body string `json:"body"`
	}
	from := r.PathValue("number")
	err := readJSON(r, &input)
	switch length := utf8.RuneCountInString(input.Body); {
	case err != nil:
	case !e164.MatchString(from):
		err = &fieldError{"number", "is not an E.164 number"}
	case length == 0 || length > 1600:
		err = &fieldError{"body", "holds 1 to 1600 characters"}
	}
	if err != nil {
		refuseInput(w, err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.ownerOf(input.To)
	switch {
	case a == nil:
		refuseInput(w, &fieldError{"to", "is no number of an account of this sandbox"})
		return
	case s.phones[from] == nil && len(s.phones) >= maxRecords:
		refuseInput(w, &fieldError{"number", "is one phone too many"})
		return
	}
	writeJSON(w, http.StatusCreated, s.takeText(a, from, input.To, input.Body))
}

// ownerOf returns the account that texts to a number are for, nil if there is none.
func (s *Sandbox) ownerOf(number string) *account {
	for _, sid := range slices.Sorted(maps.Keys(s.accounts)) {
		a := s.accounts[sid]
		senders := slices.Concat(a.numbers, slices.Concat(slices.Collect(maps.Values(a.services))...))
		if slices.Contains(senders, number) {
			return a
		}
	}
	return nil
}

// takeText writes down a text from a phone, obeys its keyword and posts it to the
// number's SmsUrl.
func (s *Sandbox) takeText(a *account, from, to, body string) inboundView {
	now := s.clock.Now()
	m := &message{
		sid: newSID("SM"), accountSID: a.sid, inbound: true, status: statusReceived, from: from, to: to,
		body: body, text: body, segments: segments(body), created: now, updated: now, sent: now,
	}
	m.charge()
	s.messages.add(m)
	kind := optOutType(body)
	s.handset(from).heed(kind, to)
	s.version++
	if hook := a.smsURL(to); hook != "" {
		m.courier = &courier{sandbox: s, url: hook, token: a.token, path: m.path()}
		m.courier.post(event{form: m.inboundForm(kind), last: true})
	}
	return inboundView{m.sid, from, to, body, m.status, kind}
}

// heed opts the phone out of a sender or in again. START also ends the outcome
// that plays a phone which has opted out of every sender.
func (p *handset) heed(kind, sender string) {
	if kind != "STOP" && kind != "START" {
		return
	}
	p.optedOutOf = slices.DeleteFunc(p.optedOutOf, func(other string) bool { return other == sender })
	if kind == "STOP" {
		p.optedOutOf = append(p.optedOutOf, sender)
	} else if p.set.Outcome == "reject:21610" {
		p.set.Outcome = ""
	}
}

// optedOut reports whether a phone takes no texts of a sender any more.
func (s *Sandbox) optedOut(number, sender string) bool {
	p := s.phones[number]
	return p != nil && slices.Contains(p.optedOutOf, sender)
}

// inboundForm is what SmsUrl is told.
func (m *message) inboundForm(kind string) url.Values {
	form := url.Values{
		"MessageSid": {m.sid}, "SmsSid": {m.sid}, "SmsMessageSid": {m.sid}, "SmsStatus": {m.status},
		"AccountSid": {m.accountSID}, "ApiVersion": {apiVersion}, "From": {m.from}, "To": {m.to}, "Body": {m.body},
		"NumMedia": {"0"}, "NumSegments": {count(m.segments)},
	}
	if kind != "" {
		form.Set("OptOutType", kind)
	}
	return form
}

package twiliosandbox

import (
	"net/url"
)

// fetchScript gets the TwiML of a call that somebody answers from its Url. Where
// none is to be had the call has none.
func (s *Sandbox) fetchScript(c *call) {
	s.mu.Lock()
	answered := c.script != nil && !c.finished() && c.getsThrough()
	form := c.form(statusInProgress)
	if c.answeredBy != "" && !c.async {
		form.Set("AnsweredBy", c.answeredBy)
	}
	s.mu.Unlock()
	if !answered {
		return
	}
	twiml := s.fetchTwiML(c.script, form)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.twiml = twiml
}

// fetchTwiML asks an address, which is on this machine or nowhere, for a document
// and returns "" where it has none.
func (s *Sandbox) fetchTwiML(from *courier, form url.Values) string {
	target, err := url.Parse(from.url)
	if err != nil || !isLoopback(target.Hostname()) {
		s.log.Warn("twilio sandbox: TwiML not fetched, its address is not loopback", "path", from.path, "host", hostOf(target))
		return ""
	}
	status, body, err := from.attempt(target, parcel{form: form, key: from.token, idempotency: newSID("")})
	if err != nil || status/100 != 2 {
		s.log.Warn("twilio sandbox: TwiML could not be fetched", "path", from.path, "host", target.Host, "status", status)
		return ""
	}
	return string(body)
}
